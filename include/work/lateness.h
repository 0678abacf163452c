/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which places were late with what a row `ask` wanted of them in a past period: for the notice that names them. Drills do
 * not count.
 */
#ifndef WORK_LATENESS_H
#define WORK_LATENESS_H

#include "work/rules.h"

struct late_place {
	uint64_t area;
	unsigned times; /* late, */
	unsigned never; /* of these without any answer here */
};
struct lateness {
	struct late_place *places; /* in the arena; the most often late first */
	unsigned count;
	size_t room;
};

/* FROM to TO (seconds). Of records: those written then; of what is asked every day: each day on which it was asked, by the
 * responses that were on then, each with the level that it has now. */
struct late_period {
	int64_t from, to;
};
/* The month of NOW until NOW; BEFORE: the whole month before it. */
struct late_period late_month(int64_t now, bool before);
enum rc lateness_load(struct lateness *late, struct world *world, const struct rule *ask, struct late_period period,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* "西彰村3次（1次没收到）、伏背村1次", in Chinese as official texts are; nothing where none was late. */
void lateness_show(const struct lateness *late, struct buf *out);

#endif
