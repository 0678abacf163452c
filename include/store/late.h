/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this station wrote and what was proven to be held above only after the county's limit: the
 * record, when it was written, when it was proven first, and what had kept it. Noted when the mark
 * of a station above moves over the fact, whichever road the mark came by.
 *
 * Not noted: what was written before this station had anybody above it, and what was stamped by a
 * clock that was never set, for then nobody knows when it was.
 */
#ifndef STORE_LATE_H
#define STORE_LATE_H

#include "store/log.h"
#include "store/trouble.h"

struct late {
	struct ref rec;
	unsigned lane;
	int64_t written, proven; /* seconds, by the clock above */
	enum trouble why;        /* TROUBLE_NONE: tries worked, yet it was not its turn */
	unsigned tries;          /* that went so */
};

/* From how many seconds on a fact of LANE is late: limit late.LANE.minutes of rules.conf. */
int64_t late_limit(unsigned lane);

/* What had kept it, in words. */
void late_why(const struct late *late, struct buf *out);

typedef bool late_fn(const struct late *late, void *to);
/* Those proven since SINCE (seconds), the latest first, at most LIMIT; kept are the last LATE_KEPT
 * of a lane. */
enum { LATE_KEPT = 50 };
enum rc late_each(struct store *store, int64_t since, unsigned limit, late_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;

#endif
