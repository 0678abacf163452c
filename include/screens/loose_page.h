/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that wait for a person to tie them, as lines, and what each may be tied to, as choices. For the screen and
 * for line mode.
 */
#ifndef SCREENS_LOOSE_PAGE_H
#define SCREENS_LOOSE_PAGE_H

#include "ui/page.h"
#include "ui/pick.h"
#include "work/loose.h"

/* One line a warning: what it says, what could not be tied, what it may belong to. *COUNT of them. */
enum rc loose_page_load(struct page *page, struct store *store, unsigned *count, struct fault *fault) MUST_CHECK;
/* "2条预警没关联上", "" when there are none: for the board of warnings. */
void loose_page_sum(struct store *store, struct buf *out);

/* What ONE may be tied to: a source of a picker. */
struct loose_offers {
	struct store *store;
	struct ref one;
};
pick_fn loose_offer;
struct ref loose_chosen(struct store *store, struct pick *pick); /* seq 0: none */
/* "BX-104 → BX-98 橙O 暴雨橙色预警": what is asked before it is written. TO seq 0: only the first. */
void loose_pair(struct store *store, struct ref one, struct ref to, struct buf *out);
const char *loose_settled(struct ref to); /* what is said when it is written */

#endif
