/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers to a checklist as a text: "8yn3ya".
 */
#include "model/answers.h"

#include <string.h>

void answers_put(const struct answers *answers, struct buf *out)
{
	for (unsigned n = 0, same; n < answers->count; n += same) {
		for (same = 1; n + same < answers->count;)
			if (answers->at[n + same] == answers->at[n])
				same++;
			else
				break;
		if (same > 1)
			buf_fmt(out, "%u", same);
		buf_byte(out, (uint8_t)answers->at[n]);
	}
}

static bool is_answer(char letter)
{
	return letter == ANSWER_YES || letter == ANSWER_NO || letter == ANSWER_AWAY;
}

bool answers_take(struct bytes text, struct answers *answers)
{
	enum { TEN = 10 };
	unsigned same = 0;

	*answers = (struct answers){0};
	for (size_t n = 0; n < text.len; n++) {
		char letter = (char)text.at[n];

		if (letter >= '0' && letter <= '9') {
			same = same * TEN + (unsigned)(letter - '0');
			if (!same || same > ANSWERS_MOST)
				return false;
			continue;
		}
		letter = (char)(letter | ' ');
		same = same ? same : 1;
		if (!is_answer(letter) || answers->count + same > ANSWERS_MOST)
			return false;
		memset(answers->at + answers->count, letter, same);
		answers->count += same;
		same = 0;
	}
	return !same;
}

unsigned answers_of(const struct answers *answers, char answer)
{
	unsigned count = 0;

	for (unsigned n = 0; n < answers->count; n++)
		count += answers->at[n] == answer;
	return count;
}

bool answers_about(struct bytes list, const char *code)
{
	size_t len = strlen(code);

	return len && list.len >= len && !memcmp(list.at, code, len) &&
	       (list.len == len || list.at[len] == ' ');
}
