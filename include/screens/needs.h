/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody now (work/agenda.h), as a list, in a sentence, and as an alarm.
 */
#ifndef SCREENS_NEEDS_H
#define SCREENS_NEEDS_H

#include "ui/list.h"
#include "work/agenda.h"

enum { NEEDS_SHOWN = 200 };

/* A row of LIST (three columns, WIDE four) for each, NEEDS_SHOWN at most; id = its place. */
void needs_list(const struct needs *needs, struct list *list, int64_t now, bool wide);
/* "待签收1 超期3", or "" when there is nothing. */
void needs_sum(const struct needs *needs, struct buf *out);
/* The line of what is most urgent among what rings. */
struct alarm {
	struct buf what, rest; /* what it is, "" = nothing rings; how long there is, and what for */
	int64_t ring;          /* seconds between two bells */
	bool fresh;            /* one came after *HEARD: ring now */
};
/* ALARM is emptied first, and the caller releases both texts. *HEARD is a place in the order of arrival,
 * which moves. */
enum rc needs_alarm(struct store *store, uint64_t *heard, struct alarm *alarm, struct fault *fault) MUST_CHECK;

#endif
