/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far it is from one place to another.
 */
#include "work/reach.h"

#include "model/area.h"
#include "model/kinds.h"

struct reaching {
	uint64_t from, to;
	int64_t minutes;
	bool found;
};

static uint64_t area_at(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? (uint64_t)value->num : 0;
}

/* The newest of several counts: piles show it first, registers by their title. */
static bool see_way(const struct row *row, void *to)
{
	struct reaching *reaching = to;
	const struct value *minutes = row_value(row, reach_minutes);
	uint64_t from = area_at(row, reach_from), end = area_at(row, reach_to);

	if (minutes && ((from == reaching->from && end == reaching->to) ||
			       (from == reaching->to && end == reaching->from))) {
		reaching->minutes = minutes->num;
		reaching->found = true;
	}
	return !reaching->found;
}

static bool written(struct store *store, uint64_t from, uint64_t to, int64_t *minutes)
{
	struct reaching reaching = {.from = from, .to = to};
	struct query query = query_all(KIND_reach);
	struct fault fault;

	if (from == to) {
		*minutes = 0;
		return true;
	}
	if (store_each(store, &query, see_way, &reaching, &fault) || !reaching.found)
		return false;
	*minutes = reaching.minutes;
	return true;
}

bool reach_minutes_of(struct store *store, uint64_t from, uint64_t to, int64_t *minutes)
{
	uint64_t above = area_above(from);
	int64_t more;

	if (written(store, from, to, minutes))
		return true;
	if (!above || above != area_above(to) || !written(store, from, above, minutes) ||
		!written(store, above, to, &more))
		return false;
	*minutes += more;
	return true;
}

void reach_put(struct store *store, const struct row *row, struct buf *out)
{
	uint64_t own = store_area(store);
	int64_t minutes;

	if (row->area != own && reach_minutes_of(store, own, row->area, &minutes))
		buf_fmt(out, _("约%lld分"), (long long)minutes);
}
