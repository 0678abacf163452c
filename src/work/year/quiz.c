/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions asked until each is answered right, and the training that they become.
 */
#include "work/quiz.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "model/rules.h"
#include "work/writing.h"

/* ---- questions */

/* The next part of TEXT, which moves behind the '|'. */
static struct bytes next_part(struct bytes *text)
{
	const uint8_t *bar = text->len ? memchr(text->at, '|', text->len) : NULL;
	size_t len = bar ? (size_t)(bar - text->at) : text->len;
	struct bytes part = bytes_of(text->at, len);

	*text = bytes_of(text->at + len + (bar != NULL), text->len - len - (bar != NULL));
	return part;
}

/* False: it has no right answer. */
static bool read_question(struct bytes item, struct quiz_question *question)
{
	*question = (struct quiz_question){.text = next_part(&item)};
	while (item.len && question->options < QUIZ_OPTIONS) {
		struct bytes part = next_part(&item);

		if (part.len && *part.at == '*') {
			question->right = question->options + 1;
			part = bytes_of(part.at + 1, part.len - 1);
		}
		question->option[question->options++] = part;
	}
	return question->right && question->options > 1;
}

/* Another order each time; who answers may not learn places by heart. */
static void shuffle(struct quiz *quiz, uint64_t seed)
{
	for (unsigned n = quiz->waiting; n > 1; n--) {
		seed = seed * 6364136223846793005u + 1442695040888963407u; /* Knuth, MMIX */
		unsigned other = (unsigned)(seed >> 33) % n, kept = quiz->queue[n - 1];

		quiz->queue[n - 1] = quiz->queue[other];
		quiz->queue[other] = kept;
	}
}

enum rc quiz_start(
	struct quiz *quiz, const struct actor *actor, const char *type, struct fault *fault)
{
	const struct lists_wanted wanted = {kind_of(KIND_training), type, store_now(actor->store)};
	struct lists lists = {0};

	*quiz = (struct quiz){.began = wanted.now};
	quiz->type = arena_text(&quiz->arena, type);
	enum rc rc = lists_about(&lists, actor->store, &wanted, &quiz->arena, fault);
	if (!rc && !lists.count)
		rc = fault_set(fault, RC_NONE, "%s", _("没有测验题"));
	if (!rc)
		rc = list_load(&quiz->list, actor->store, lists.at[0].code, &quiz->arena, fault);
	for (unsigned n = 0; !rc && n < quiz->list.items; n++)
		if (read_question(quiz->list.item[n].text, &quiz->question[quiz->questions])) {
			quiz->queue[quiz->waiting++] = quiz->questions++;
		}
	if (!rc && !quiz->questions)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 里没有写对答案的题"), quiz->list.title);
	shuffle(quiz, (uint64_t)wanted.now);
	return rc;
}

void quiz_release(struct quiz *quiz)
{
	arena_release(&quiz->arena);
}

const struct quiz_question *quiz_asks(const struct quiz *quiz)
{
	return quiz->waiting ? &quiz->question[quiz->queue[0]] : NULL;
}

bool quiz_answer(struct quiz *quiz, unsigned n)
{
	const struct quiz_question *asked = quiz_asks(quiz);

	if (!asked || !n || n > asked->options)
		return false;
	unsigned at = quiz->queue[0];

	memmove(quiz->queue, quiz->queue + 1, --quiz->waiting * sizeof *quiz->queue);
	quiz->last_right = n == asked->right;
	quiz->last = at + 1;
	if (!quiz->tries[at]++) {
		quiz->asked++;
		quiz->right += quiz->last_right;
	}
	if (!quiz->last_right)
		quiz->queue[quiz->waiting++] = at;
	return true;
}

unsigned quiz_score(const struct quiz *quiz)
{
	enum { FULL = 100 };

	return quiz->questions ? quiz->right * FULL / quiz->questions : 0;
}

unsigned quiz_tenths(const struct quiz *quiz, int64_t now)
{
	enum { MINUTE = 60, TENTH = 360, MINUTES = 3 };
	int64_t took = now - quiz->began;
	int64_t most = quiz->questions * MINUTE * rules_limit("training.question.minutes", MINUTES);

	if (took > most)
		took = most;
	return took > 0 ? (unsigned)((took + TENTH - 1) / TENTH) : 1;
}

/* ---- the fact */

enum rc quiz_commit(
	struct quiz *quiz, const struct actor *actor, struct ref *ref, struct fault *fault)
{
	enum { TEN = 10 };
	unsigned tenths = quiz_tenths(quiz, store_now(actor->store));
	struct change change;
	char score[16], hours[16];

	if (quiz_asks(quiz))
		return fault_set(fault, RC_BAD, _("还有%u题没有答对"), quiz->waiting);
	snprintf(score, sizeof score, "%u", quiz_score(quiz));
	snprintf(hours, sizeof hours, "%u.%u", tenths / TEN, tenths % TEN);
	const struct {
		const char *name, *text;
	} given[] = {{"title", quiz->list.title}, {"type", quiz->type}, {"score", score},
		{"hours", hours}, {"people", "1"},
		{"person", actor->user ? actor->user->name : ""}};
	enum rc rc = RC_OK;

	change_new(&change, actor, kind_of(KIND_training), (struct ref){0, 0});
	for (size_t n = 0; n < countof(given) && !rc; n++)
		rc = writing_text(&change, given[n].name, given[n].text, fault);
	return writing_end(&change, rc, ref, fault);
}
