/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers to the items of a checklist, as a fact holds them: a letter an item, and the number of equal ones before it,
 * so that ten times yes and one no is "10yn", four bytes on the wire. People may also type a letter an item.
 */
#ifndef MODEL_ANSWERS_H
#define MODEL_ANSWERS_H

#include "base/buf.h"

enum { ANSWERS_MOST = 40, ANSWER_YES = 'y', ANSWER_NO = 'n', ANSWER_AWAY = 'a' /* does not apply */ };

struct answers {
	unsigned count;
	char at[ANSWERS_MOST]; /* of each item: ANSWER_… */
};

void answers_put(const struct answers *answers, struct buf *out);
/* False: it is no such text. */
bool answers_take(struct bytes text, struct answers *answers);
unsigned answers_of(const struct answers *answers, char answer); /* how many are that one */
/* "LPG 1", the list that was answered and its version, is about the list LPG; "" of both is nothing. */
bool answers_about(struct bytes list, const char *code);

#endif
