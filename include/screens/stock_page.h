/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board K: goods that are low, run out or were not tried, what is asked for with who has it, what is on its way. For the
 * screen and for line mode.
 */
#ifndef SCREENS_STOCK_PAGE_H
#define SCREENS_STOCK_PAGE_H

#include "screens/tally.h"
#include "work/stock.h"

struct stock_page {
	struct tally tally;
	struct stock stock; /* in the arena given at loading */
	struct ref open;    /* the request whose offers are shown; seq 0: the first that waits */
	bool all;           /* also goods that nothing is wrong with */
	int64_t now;
	unsigned columns;
	struct arena lines; /* of the layout */
	char said[200];
};

enum stock_row { STOCK_ROW_NONE, STOCK_ROW_LINE, STOCK_ROW_WISH, STOCK_ROW_OFFER, STOCK_ROW_SENT };

struct stock_at {
	enum stock_row what;
	const struct stock_line *line;
	const struct wish *wish; /* also of an offer */
	const struct offer *offer;
	const struct sent *sent;
};

enum rc stock_page_load(struct stock_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void stock_page_lay(struct stock_page *page, unsigned columns);
void stock_page_release(struct stock_page *page);
/* What '>' stands on; what does not apply is NULL. */
struct stock_at stock_page_at(struct stock_page *page);
struct ref stock_page_ref(const struct stock_at *at);
/* The offers of the request at '>' are shown instead; true: that was another one. */
bool stock_page_turn(struct stock_page *page);
/* Offer N (1…) of WISH; NULL. */
const struct offer *stock_page_offer(const struct wish *wish, unsigned n);
/* A row in one line, as line mode says it. */
void stock_page_line(const struct stock_page *page, const struct stock_line *line, struct buf *out);
void stock_page_wish(const struct stock_page *page, const struct wish *wish, struct buf *out);
void stock_page_offered(const struct offer *offer, struct buf *out);
void stock_page_sent(const struct stock_page *page, const struct sent *sent, struct buf *out);
/* What is asked before WISH is answered by OFFER. */
void stock_page_asks(const struct wish *wish, const struct offer *offer, struct buf *out);

#endif
