/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people type for a time, as a short line of ASCII marks: Chinese words, full-width forms
 * and capitals are gone, and what has no business in a time has become '?'.
 */
#include "base/when_parts.h"

#include <string.h>

#include "base/text.h"

struct mark {
	const char *word, *mark;
};

/* zh: what is typed. Longer words before those they begin with. */
/* clang-format off */
static const struct mark marks[] = {
	{"大前天", "@-3 "}, {"大后天", "@+3 "}, {"前天", "@-2 "}, {"昨天", "@-1 "},
	{"昨日", "@-1 "}, {"今天", "@+0 "}, {"今日", "@+0 "}, {"明天", "@+1 "},
	{"明日", "@+1 "}, {"后天", "@+2 "}, {"today", "@+0 "}, {"tomorrow", "@+1 "},
	{"yesterday", "@-1 "}, {"分钟前", "m<"}, {"分钟后", "m>"}, {"个小时前", "h<"},
	{"个小时后", "h>"}, {"小时前", "h<"}, {"小时后", "h>"}, {"天前", "d<"},
	{"天后", "d>"}, {"日后", "d>"}, {"周前", "w<"}, {"周后", "w>"},
	{"个星期后", "w>"}, {"现在", "now"}, {"刚才", "now"}, {"凌晨", "|z"},
	{"早上", "|a"}, {"早晨", "|a"}, {"上午", "|a"}, {"中午", "|n"},
	{"下午", "|p"}, {"傍晚", "|e"}, {"晚上", "|e"}, {"年", "-"},
	{"月份", "-"}, {"月", "-"}, {"日", "d"}, {"号", "d"},
	{"点半", "h30"}, {"时半", "h30"}, {"点整", "h"}, {"时整", "h"},
	{"点钟", "h"}, {"点", "h"}, {"时", "h"}, {"分", "'"},
	{"秒", "\""}, {"。", "."}, {"—", "-"}, {"–", "-"},
	{"　", " "}, {"、", "-"},
};
/* clang-format on */

/* A word at TYPED as its mark; returns the bytes taken, 0 when there is none. */
static size_t put_word(const char *typed, size_t len, struct buf *out)
{
	for (size_t i = 0; i < countof(marks); i++) {
		size_t size = strlen(marks[i].word);
		if (size > len || memcmp(typed, marks[i].word, size) != 0)
			continue;
		/* 2026 年 7 月: blanks before a unit, and behind year and month, say nothing. */
		bool unit = strchr("-dh'\"m", marks[i].mark[0]) && marks[i].mark[0] != ' ';
		while (unit && out->len && out->at[out->len - 1] == ' ')
			out->len--;
		buf_text(out, marks[i].mark);
		while (strcmp(marks[i].mark, "-") == 0 && size < len && typed[size] == ' ')
			size++;
		return size;
	}
	return 0;
}

/* The marks themselves are not for typing. */
static uint8_t typed_mark(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFF01 - 0x21;
	if (cp >= 'A' && cp <= 'Z')
		return (uint8_t)(cp + 'a' - 'A');
	bool fine = cp >= ' ' && cp < 0x7F && !strchr("|@<>'\"", (int)cp);
	return fine ? (uint8_t)cp : '?';
}

bool when_marks(const char *typed, char out[WHEN_TYPED])
{
	struct buf buf = {0};
	size_t len = strlen(typed);
	bool good = len < WHEN_TYPED;
	while (good && len) {
		uint32_t cp;
		size_t size = put_word(typed, len, &buf);
		if (size == 0) {
			size = text_next(typed, len, &cp);
			buf_byte(&buf, typed_mark(cp));
		}
		typed += size;
		len -= size;
	}
	const char *text = buf_cstr(&buf);
	text += strspn(text, " ");
	size_t size = strlen(text);
	while (size && text[size - 1] == ' ')
		size--;
	good = good && size > 0 && size < WHEN_TYPED;
	if (good) {
		memcpy(out, text, size);
		out[size] = 0;
	}
	buf_release(&buf);
	return good;
}
