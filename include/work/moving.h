/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders to leave as times: from when until when each ran, and for whom. A household's place on the list of transfers
 * counts as long as its order runs, the same on every board.
 */
#ifndef WORK_MOVING_H
#define WORK_MOVING_H

#include "base/arena.h"
#include "store/rows.h"

struct moving_order {
	struct ref point; /* seq 0: everybody in .area */
	uint64_t area;
	int64_t from, until; /* until 0: it runs */
};

struct moving {
	struct moving_order *orders; /* in the arena */
	unsigned count;
	struct store *store;
	int64_t now;
};

/* All orders that there are. */
enum rc moving_load(struct moving *moving, struct store *store, int64_t now, struct arena *arena, struct fault *fault) MUST_CHECK;

/* Does that TRANSFER still count? Not once its order was ended, unless another runs since before; nor, where no order
 * runs, who arrived days ago. */
bool moving_counts(const struct moving *moving, const struct row *transfer);

/* Does an order run for that POINT itself? */
bool moving_ordered(const struct moving *moving, struct ref point);

#endif
