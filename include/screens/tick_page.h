/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board D: every household of a place, and how far the warning has come to it. For the screen and for line mode.
 */
#ifndef SCREENS_TICK_PAGE_H
#define SCREENS_TICK_PAGE_H

#include "screens/tally.h"
#include "work/homes.h"
#include "work/in_force.h"

struct tick_page {
	struct tally tally;
	struct homes homes;                 /* in the arena given at loading */
	struct ref warning;                 /* seq 0: the gravest in force is taken that is for .area */
	struct in_force in_force;           /* those that are for .area */
	uint64_t area;                      /* 0: the station's own */
	bool all;                           /* also those where nothing is left to do */
	bool by_line;                       /* the caller's: no keys but those of line mode are named */
	bool zones;                         /* only who lives in a danger zone that the warning means */
	struct ref point;                   /* only who lives there; seq 0: all */
	const char *title;                  /* of the warning, in the arena; "" = none */
	const char *wide, *narrow, *limits; /* lines above the rows */
	const char *zone_line;              /* "" = the warning means no zone here */
	int64_t now;
	int64_t ages;      /* when the numbers are old, if nothing comes; 0 = never, or already */
	uint32_t own_who;  /* what others said shows their names */
	struct ref *order; /* owned: what is shown, in the order of the last sorting; a key does not move a row */
	unsigned ordered;
	struct home_done done; /* at 0: nothing was done yet */
	const char *figures;   /* of the rules; "" = none */
	const char *places;    /* how far each village is; "" = it is one alone */
	char said[160];        /* what was done last */
	bool tell;             /* and the row does not show it: it stands below the list */
};

enum rc tick_page_load(struct tick_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
/* From the next load on the rows are sorted anew. */
void tick_page_sort(struct tick_page *page);
/* From the next load on it is about the next warning in force that is for the place. False: there is no other. */
bool tick_page_turn(struct tick_page *page);
void tick_page_lay(struct tick_page *page, struct store *store, unsigned columns);
void tick_page_release(struct tick_page *page);
/* "危险区4处 34户127人 重点户27"; nothing where the warning means none here. */
void tick_zones(const struct homes *homes, struct buf *out);
/* The household at '>'; NULL. */
const struct home *tick_page_home(struct tick_page *page);
/* '>' goes to the next where something is left to do. */
void tick_page_next(struct tick_page *page);
/* One household in a line, for line mode. */
void tick_page_row(const struct tick_page *page, struct store *store, const struct home *home, struct buf *out);
/* Writes the key at '>' and says so in .said. */
enum rc tick_page_act(struct tick_page *page, const struct actor *actor, enum home_tick tick, const char *reason,
	struct fault *fault) MUST_CHECK;
enum rc tick_page_undo(struct tick_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* "1要看家畜 2不相信会出事 …": why somebody will not leave; a digit is home_reason()'s. */
void tick_reasons(struct buf *out);

#endif
