/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Y: the warning in force, who has signed it and who has not. For the screen and for line mode.
 */
#ifndef SCREENS_WARN_PAGE_H
#define SCREENS_WARN_PAGE_H

#include "screens/tally.h"
#include "work/going_on.h"
#include "work/homes.h"
#include "work/in_force.h"
#include "work/owing.h"

struct warn_page {
	struct tally tally;
	struct in_force in_force;
	unsigned which;     /* of those */
	struct ref warning; /* seq 0: the gravest in force is taken; then, none is */
	struct owing owing; /* in the arena given at loading */
	bool lean;          /* the caller's: the line is slow */
	bool all;           /* also who has signed */
	bool asked;         /* this station is to sign */
	bool signed_by;     /* and somebody here has */
	bool proven;        /* where it comes from is known */
	bool lifted;        /* it was lifted, or lifts another: nobody has anything to do by it */
	const char *title;  /* "" = none is in force; the lines lie in the arena, too */
	const char *head, *head_short, *text, *action, *signed_here, *signed_short, *wide, *narrow, *told, *zones;
	const char *above, *above_short, *after; /* the watch above; what a village does once it has signed */
	const char *figures;                     /* of the rules */
	const char *played, *groups;             /* the loudspeakers; groups of people that are written to */
	const char *replaced, *loose;            /* what it has taken the place of; what could not be tied */
	struct card_run run;                     /* the disposal card for it */
	bool begins;                             /* who looks may begin it */
	const char *step_line, *step_narrow;     /* how far that is; "" = there is none */
	bool why;                                /* the rules that ask and that call are shown */
	const char *why_ask, *why_call;
	enum look look; /* of the head */
	int64_t now;
};

enum rc warn_page_load(struct warn_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The next one in force; from the next load on. */
void warn_page_turn(struct warn_page *page);
void warn_page_lay(struct warn_page *page, unsigned columns);
void warn_page_release(struct warn_page *page);
/* The place at '>'; NULL. */
const struct owing_place *warn_page_place(struct warn_page *page);
/* The lines above the rows, in the order in which they matter at that width. */
void warn_page_heads(struct warn_page *page, bool wide);
/* How far the card is, and under which rules the warning is: for warn_page.c. */
void warn_page_tell(struct warn_page *page, const struct row *warning, struct store *store, struct arena *arena);
/* Where it is dangerous, whom to ask above, and what comes after the signature: for warn_page.c. */
void warn_page_ahead(struct warn_page *page, struct world *world, const struct homes *homes, struct arena *arena);
/* What else hangs on it, broadcasts and the warnings that it replaced: for warn_page.c. */
enum rc warn_page_hanging(struct warn_page *page, struct store *store, struct arena *arena, struct fault *fault) MUST_CHECK;
/* One place in a line, for line mode. */
void warn_page_row(const struct warn_page *page, const struct owing_place *place, struct buf *out);

#endif
