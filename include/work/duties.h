/* SPDX-License-Identifier: GPL-3.0-or-later
 * Watches that were held, counted for rest and pay: from the rosters of this place and the handovers that were signed.
 */
#ifndef WORK_DUTIES_H
#define WORK_DUTIES_H

#include "base/arena.h"
#include "store/rows.h"

/* What one person held of the watches that began in one month. A watch is a day and a night: from limit watch.hour to
 * limit watch.night.hour, and on to watch.hour of the next morning. */
struct duty_count {
	const char *name;
	int64_t month;       /* yyyymm */
	unsigned day, night; /* held to their end */
	unsigned weekend;    /* of both: begun on a weekend that is no holiday */
	unsigned holiday;    /* begun on a day that a row `holiday` names */
	unsigned signed_by;  /* handovers of that month that the person gave or took, signed by who took them */
	unsigned rest;       /* hours of rest that are due for them, by the limits rest.… */
};

/* By month, then by name. In the arena given at loading. */
struct duty_counts {
	struct duty_count *list;
	unsigned count;
};
/* Of watches that began on FIRST to LAST (dates, both in) and are over at NOW. Officers as the handovers had it: whoever
 * had taken the watch over has it from then on; leaders and heads as the roster has it. Somebody with two posts is
 * counted once, stand-ins who were not called in are not. */
enum rc duty_counts_load(struct duty_counts *counts, struct store *store, int64_t first, int64_t last, struct arena *arena,
	struct fault *fault) MUST_CHECK;

#endif
