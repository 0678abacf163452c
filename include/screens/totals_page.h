/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board T: a table of the county's rules, a line a place, the last line all of it. For the screen and for line mode.
 */
#ifndef SCREENS_TOTALS_PAGE_H
#define SCREENS_TOTALS_PAGE_H

#include "screens/tally.h"
#include "work/actor.h"
#include "work/totals.h"

enum totals_order { TOTALS_BUSY, TOTALS_MOST, TOTALS_LEAST, TOTALS_ORDERS };

struct totals_page {
	struct tally tally;
	struct totals totals;   /* in the arena given at loading; .table NULL: the rules have no table */
	unsigned table, column; /* shown, chosen */
	unsigned before;        /* periods */
	enum totals_order order;
	bool all;       /* also places of which nothing is known but 0 */
	unsigned shown; /* of .totals, the others say nothing but 0 */
	unsigned *rows; /* of .totals as they are shown, in the arena; the whole is the last */
	unsigned columns;
	char said[240], targets[160], below[80], others[80]; /* the lines under the table */
	struct arena lines;
};

enum rc totals_page_load(
	struct totals_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void totals_page_lay(struct totals_page *page, unsigned columns);
void totals_page_release(struct totals_page *page);
/* "2026-11 隐患". */
void totals_page_title(const struct totals_page *page, struct buf *out);
/* What '>' stands on; NULL: there is no table. */
const struct totals_row *totals_page_at(struct totals_page *page);
/* The Nth as they are shown; NULL past the end. */
const struct totals_row *totals_page_shown(const struct totals_page *page, unsigned n);
/* "西彰村", "本级", "合计". */
void totals_page_place(const struct totals_row *row, struct buf *out);
const char *totals_page_head(const struct totals_page *page, unsigned column);
/* What stands there: "15", "50%", "3分", "-", "." */
void totals_page_cell(const struct totals_page *page, const struct totals_row *row, unsigned column, struct buf *out);
/* "西彰村: 发现15 销号6 …" */
void totals_page_line(const struct totals_page *page, const struct totals_row *row, struct buf *out);
/* "目标 销号率90%"; "" = none. */
void totals_page_targets(const struct totals_page *page, struct buf *out);
/* "其余59个地方都是0或没有"; "" = all are shown. */
void totals_page_others(const struct totals_page *page, struct buf *out);
/* To be loaded after these; false: there is nothing further that way. */
void totals_page_turn(struct totals_page *page);
bool totals_page_period(struct totals_page *page, int step);
/* The next column, STEP 1 or -1; to be laid out after it. */
void totals_page_move(struct totals_page *page, int step);

#endif
