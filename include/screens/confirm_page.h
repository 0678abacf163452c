/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board H: what nobody has confirmed for too long, one key a row. For the screen and for line mode.
 */
#ifndef SCREENS_CONFIRM_PAGE_H
#define SCREENS_CONFIRM_PAGE_H

#include "screens/tally.h"
#include "work/confirm.h"

enum { CONFIRM_MARKS = 64, CONFIRM_UNDO_SECONDS = 3600 };

struct confirm_page {
	struct tally tally;
	struct confirm_rows rows; /* in the arena given at loading */
	int64_t now;
	unsigned columns;
	struct arena lines; /* of the layout */
	unsigned done;      /* confirmed here, while the board was open */
	int64_t done_ms;    /* the last time, milliseconds; 0 = not yet */
	struct confirm_row last;
	bool back; /* the last one can be taken back */
	char said[160];
};

enum rc confirm_page_load(
	struct confirm_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void confirm_page_lay(struct confirm_page *page, struct store *store, unsigned columns);
void confirm_page_release(struct confirm_page *page);
/* What '>' stands on; NULL: nothing is left. */
const struct confirm_row *confirm_page_at(struct confirm_page *page);
/* How many are marked. */
unsigned confirm_page_marked(const struct confirm_page *page);
/* "住户 任文革1组 15439115824 …", for line mode. */
void confirm_page_line(struct confirm_page *page, struct store *store, const struct confirm_row *row, struct buf *out);
/* ROW was confirmed today. RC_BAD also where a second has not gone by since the one before: nobody looks so fast. */
enum rc confirm_page_right(
	struct confirm_page *page, const struct actor *actor, const struct confirm_row *row, struct fault *fault) MUST_CHECK;
/* All that are marked: all of them or nothing. */
enum rc confirm_page_right_marked(struct confirm_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* Takes back the one that was confirmed here last. */
enum rc confirm_page_undo(struct confirm_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;

#endif
