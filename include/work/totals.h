/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of counts and figures (rows `table` of the county's rules): a row a place right below this station, what lies in
 * its own place alone, and all of it; each number with the records behind it.
 */
#ifndef WORK_TOTALS_H
#define WORK_TOTALS_H

#include "work/figures.h"

enum { TOTALS_CELLS = 8 };
enum total_at {
	TOTAL_PLACE, /* of a place below, and all in it */
	TOTAL_OWN,   /* of the place of this station alone */
	TOTAL_ALL
};

struct total {
	enum { TOTAL_KNOWN, TOTAL_NOTHING, TOTAL_UNKNOWN } how; /* nothing to divide by; a month past of which nobody wrote it */
	int64_t value;                                          /* thousandths; minutes of a median */
};
struct totals_row {
	enum total_at at;
	uint64_t area;
	bool any; /* a number that is not 0 */
	struct total cell[TOTALS_CELLS];
};
struct totals {
	const struct rule *table;
	struct totals_row *rows; /* in the arena; the last is TOTAL_ALL */
	unsigned count;
	int64_t at;        /* in whose month or year */
	bool past;         /* that is over */
	enum rule_per per; /* PER_MONTH, PER_YEAR: what the table goes by; PER_ALL: by none */
};

/* The period of TABLE so many before that of NOW: some time in it, the last second of one that is over. */
int64_t totals_at(const struct rule *table, int64_t now, unsigned before);
enum rc totals_load(struct totals *totals, struct world *world, const struct rule *table, int64_t at, struct arena *arena,
	struct fault *fault) MUST_CHECK;
/* What the numbers of ROW are counted of. */
struct counting_of totals_of(const struct totals *totals, const struct totals_row *row);

/* The count or figure of that name; NULL. */
const struct rule *total_rule(const char *name);
/* Is NUMBER of what is now, and of no month? */
bool total_is_now(const struct rule *number);
/* Is it a share in hundred? */
bool total_is_share(const struct rule *number);
/* A count as a figure without a target, or a figure. */
enum rc total_load(struct figured *figured, struct world *world, const struct rule *number, const struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* The records behind it: of a share those that it divides by. RC_NONE: the rules have no such number. */
enum rc total_behind(struct counted *counted, struct world *world, const char *name, const struct counting_of *of,
	struct arena *arena, struct fault *fault) MUST_CHECK;
const struct kind *total_kind(const struct rule *number); /* of those records */

#endif
