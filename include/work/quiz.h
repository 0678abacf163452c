/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quiz: the questions of a list (config/checklists, or one of the register) for courses of a type, in an order of its own
 * each time, one key an answer; what was wrong is asked again until it is right. The share that was right at once is
 * kept as training of whoever answered. For the screen and for line mode.
 */
#ifndef WORK_QUIZ_H
#define WORK_QUIZ_H

#include "work/actor.h"
#include "work/lists.h"

enum { QUIZ_OPTIONS = 6 };

struct quiz_question {
	struct bytes text, option[QUIZ_OPTIONS];
	unsigned options, right; /* right: 1… */
};

struct quiz {
	struct arena arena;
	const char *type; /* of the training: a code of training_type */
	struct checklist_at list;
	struct quiz_question question[ANSWERS_MOST];
	unsigned questions;
	unsigned queue[ANSWERS_MOST]; /* still to be answered, the first is asked now */
	unsigned waiting;
	unsigned asked, right; /* at the first time */
	unsigned tries[ANSWERS_MOST];
	unsigned last; /* 1 + the question answered last; 0 = none */
	bool last_right;
	int64_t began;
};

/* RC_NONE: there is no list for that type. */
enum rc quiz_start(struct quiz *quiz, const struct actor *actor, const char *type, struct fault *fault) MUST_CHECK;
void quiz_release(struct quiz *quiz);
const struct quiz_question *quiz_asks(const struct quiz *quiz); /* NULL: all are answered right */
/* Option N, 1…: false: there is none such, or nothing is asked. */
bool quiz_answer(struct quiz *quiz, unsigned n);
unsigned quiz_score(const struct quiz *quiz);
/* Tenths of an hour, as long as it took, but for each question no more than limit training.question.minutes. */
unsigned quiz_tenths(const struct quiz *quiz, int64_t now);
enum rc quiz_commit(struct quiz *quiz, const struct actor *actor, struct ref *ref, struct fault *fault) MUST_CHECK;

#endif
