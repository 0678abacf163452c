/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board E: the year's drills, the one that goes on, what drills showed. For the screen and for line mode.
 */
#ifndef SCREENS_DRILL_PAGE_H
#define SCREENS_DRILL_PAGE_H

#include "screens/tally.h"
#include "work/drill.h"

enum drill_what {
	DRILL_ROW_NONE,
	DRILL_ROW_COUNT,
	DRILL_ROW_RUNNING,
	DRILL_ROW_INJECT,
	DRILL_ROW_DRILL,
	DRILL_ROW_FINDING,
	DRILL_ROW_PART,   /* of the counter whose list is open */
	DRILL_ROW_ARRIVAL /* of the drill that goes on, as its list */
};

struct drill_page {
	struct tally tally;
	struct drills drills; /* in the arena given at loading */
	int64_t now;
	bool all;                /* also findings that are put right */
	enum drill_what listing; /* whose list is open in the place of the rows: a counter, the running drill; NONE */
	unsigned listed;         /* which counter */
	unsigned columns;
	bool turned; /* another list than before: '>' begins at its top */
	bool looked; /* '>' was put where somebody has to act */
	struct arena lines;
	char said[200];
};

/* What '>' stands on; what does not apply is NULL. */
struct drill_at {
	enum drill_what what;
	unsigned n;
	struct ref ref; /* seq 0: it is no record */
};

enum rc drill_page_load(struct drill_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void drill_page_lay(struct drill_page *page, unsigned columns);
void drill_page_release(struct drill_page *page);
struct drill_at drill_page_at(struct drill_page *page);
/* The row WHAT N in one line. */
void drill_page_row(const struct drill_page *page, enum drill_what what, unsigned n, struct buf *out);
/* "情况2 +11分 车内1人受伤": what is asked about. */
void drill_page_ask(const struct drill_page *page, const struct drill_inject *inject, struct buf *out);
/* The inject that key 1 means: the one at '>', else the first that waits for an answer, else the first that is to be told by
 * this station; NULL: there is none. */
const struct drill_inject *drill_page_inject(struct drill_page *page);
/* '>' goes to the next inject that waits for an answer. */
void drill_page_next(struct drill_page *page);
/* Why that one is not to be answered now, translated; "" = it is. */
const char *drill_page_sealed(const struct drill_inject *inject);
/* The drill that is to be evaluated: the one at '>', else the first that was held; seq 0: none. */
struct ref drill_page_held(struct drill_page *page);
/* The minute of the drill that goes on. */
int64_t drill_page_minute(const struct drill_page *page);
/* Opens the list behind the row WHAT N, or closes the one that is open. False: there is none behind it. */
bool drill_page_list(struct drill_page *page, enum drill_what what, unsigned n);

#endif
