/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Z: orders to leave, danger zones with how far their people are, shelters with who is there. For the screen
 * and for line mode.
 */
#ifndef SCREENS_MOVE_PAGE_H
#define SCREENS_MOVE_PAGE_H

#include "screens/tally.h"
#include "work/leaving.h"

struct move_page {
	struct tally tally;
	struct leaving leaving; /* in the arena given at loading */
	uint64_t area;          /* 0: the station's own */
	int64_t now;
	unsigned columns;
	const char *figures; /* of the rules; "" = none */
	struct arena lines;  /* of the layout */
	char said[160];
};

/* What '>' stands on; what does not apply is NULL. */
struct move_at {
	const struct leaving_order *order;
	const struct leaving_zone *zone;
	const struct leaving_shelter *shelter;
};

enum rc move_page_load(struct move_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void move_page_lay(struct move_page *page, unsigned columns);
void move_page_release(struct move_page *page);
struct move_at move_page_at(struct move_page *page);
/* The shelter at '>', else where those of the zone at '>' go, else the first that is open; NULL: there is none. */
const struct leaving_shelter *move_page_shelter(struct move_page *page);
/* What the order to leave begins with: "who=…" lines, with the zone at '>', or all that the warning means; in the arena. */
const char *move_page_presets(struct move_page *page, struct store *store, struct arena *arena);
/* A row in one line, for line mode: NTH of orders, zones and shelters together; false: there is none. */
bool move_page_row(struct move_page *page, unsigned nth, struct buf *out);
/* The orders to go back, and who of whom they are about has not gone; of several each with its own. "" = there is none. */
void move_back_text(const struct leaving *leaving, int64_t now, struct buf *out);
/* The order stands whole below the list: its five answers. */
void move_order_text(const struct leaving_order *order, int64_t now, struct buf *out);
/* "到 A，过 B，到 C" as numbered way points: "1A 2B 3C". */
void way_points(const char *route, struct buf *out);
/* "[###.......] 31%" */
void move_bar(int64_t heads, int64_t capacity, unsigned cells, struct buf *out);
/* What is behind how many who had no help yet: "没救助3户 最急剩2小时"; "" = none. */
void move_unhelped(unsigned families, int64_t first, int64_t now, struct buf *out);

#endif
