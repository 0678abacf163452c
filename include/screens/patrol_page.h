/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board X: what is to be looked at, and how far the round is. For the screen and for line mode.
 */
#ifndef SCREENS_PATROL_PAGE_H
#define SCREENS_PATROL_PAGE_H

#include "screens/tally.h"
#include "work/actor.h"
#include "work/round.h"

struct patrol_page {
	struct tally tally;
	struct round round; /* .rows in the arena given at loading */
	const char *title;
	const char *line, *brief, *campaign; /* in that arena */
	int64_t now;
	struct ref asked;             /* is all well there? */
	unsigned turn;                /* 0 today, 1 all, 2… the campaigns */
	bool may_patrol, may_inspect; /* may who looks add such records? */
};

enum rc patrol_page_load(
	struct patrol_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void patrol_page_lay(struct patrol_page *page, unsigned columns);
void patrol_page_release(struct patrol_page *page);
/* The row at '>'; NULL. */
const struct round_row *patrol_page_row(struct patrol_page *page);
/* One row in a line, for line mode. */
void patrol_page_put(const struct patrol_page *page, const struct round_row *row, struct buf *out);

/* What stands against "无隐患" of ROW: its open hazards, how many and the gravest; nothing where none is open. */
void patrol_page_doubt(struct store *store, const struct round_row *row, struct buf *out);

#endif
