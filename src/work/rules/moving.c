/* SPDX-License-Identifier: GPL-3.0-or-later
 * From when until when orders to leave ran, and which transfers count by them.
 */
#include "work/moving.h"

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

enum { ARRIVED_SECONDS = 2 * DAY_SECONDS };

struct loading {
	struct moving *moving;
	struct arena *arena;
	size_t room;
};

static struct ref point_of(struct store *store, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	struct ref point = {0, 0};

	if (value && !value_record(store, field_of(row->kind, tag), value, row->area, &point))
		point = (struct ref){0, 0};
	return point;
}

static bool see_order(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct moving *moving = loading->moving;

	if (row_void(row) && row->state == evacuation_is_issued)
		return true;
	moving->orders = array_more_in(loading->arena, moving->orders, moving->count,
		&loading->room, sizeof *moving->orders);
	moving->orders[moving->count++] =
		(struct moving_order){.point = point_of(moving->store, row, evacuation_point),
			.area = row->area,
			.from = row->at,
			.until = row->state == evacuation_is_issued ? 0 : row->state_at};
	return true;
}

enum rc moving_load(struct moving *moving, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault)
{
	struct loading loading = {.moving = moving, .arena = arena};
	struct query query = query_all(KIND_evacuation);

	*moving = (struct moving){.store = store, .now = now};
	return store_each(store, &query, see_order, &loading, fault);
}

static bool means(const struct moving_order *order, struct ref point, uint64_t area)
{
	return order->point.seq ? order->point.site == point.site && order->point.seq == point.seq
				: area_within(area, order->area);
}

/* One that runs, and ran already at BEFORE (0 = now). */
static bool runs_since(const struct moving *moving, struct ref point, uint64_t area, int64_t before)
{
	for (unsigned n = 0; n < moving->count; n++) {
		const struct moving_order *order = &moving->orders[n];

		if (!order->until && means(order, point, area) &&
			(!before || order->from <= before))
			return true;
	}
	return false;
}

bool moving_counts(const struct moving *moving, const struct row *transfer)
{
	struct ref point = point_of(moving->store, transfer, transfer_point);
	int64_t at = transfer->state_at ? transfer->state_at : transfer->at, ended = 0;

	for (unsigned n = 0; n < moving->count; n++) {
		const struct moving_order *order = &moving->orders[n];

		if (order->until > ended && means(order, point, transfer->area))
			ended = order->until;
	}
	/* Who arrived in the second in which the order ended arrived by it. */
	if (ended && ended >= at)
		return runs_since(moving, point, transfer->area, ended);
	return transfer->state != transfer_is_arrived || at >= moving->now - ARRIVED_SECONDS ||
	       runs_since(moving, point, transfer->area, 0);
}

bool moving_ordered(const struct moving *moving, struct ref point)
{
	for (unsigned n = 0; n < moving->count && point.seq; n++) {
		const struct moving_order *order = &moving->orders[n];

		if (!order->until && order->point.seq && means(order, point, 0))
			return true;
	}
	return false;
}
