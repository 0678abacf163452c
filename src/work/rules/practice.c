/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is a drill going on here?
 */
#include "model/area.h"
#include "model/kinds.h"
#include "work/rules.h"

struct practising {
	struct store *store;
	struct ref drill;
};

/* One of this place, of a place above it, or below. */
static bool see_drill(const struct row *row, void *to)
{
	struct practising *at = to;
	uint64_t own = store_area(at->store);

	if (area_within(own, row->area) || area_within(row->area, own))
		at->drill = row->ref;
	return !at->drill.seq;
}

struct ref practice_on(struct store *store)
{
	struct practising at = {.store = store};
	struct query query = query_all(KIND_drill);
	struct fault fault;

	query.state = drill_is_running;
	return store_each(store, &query, see_drill, &at, &fault) ? (struct ref){0, 0} : at.drill;
}
