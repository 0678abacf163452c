/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who has what is asked for: this place, its neighbours, who has signed an agreement, the station
 * above.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/reach.h"
#include "work/stock.h"

enum { SHOWN = 5 };

struct seeking {
	struct wish *wish;
	struct world *world;
	struct arena *arena;
	size_t room;
};

static struct offer *add(struct seeking *to)
{
	struct wish *wish = to->wish;

	wish->offers = array_more_in(
		to->arena, wish->offers, wish->count, &to->room, sizeof *wish->offers);
	return &wish->offers[wish->count++];
}

static const char *text_of(struct seeking *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->world->store, row, tag, true, to->arena);
}

static const char *place_of(struct seeking *to, uint64_t area)
{
	struct bytes name;

	if (!area_name(area, &name))
		return "";
	return (const char *)arena_bytes(to->arena, name).at;
}

/* One name stands in the other: 潜水泵, 潜水泵3千瓦. */
static bool alike(struct bytes name, struct bytes wanted)
{
	return name.len && wanted.len &&
	       (memmem(name.at, name.len, wanted.at, wanted.len) ||
		       memmem(wanted.at, wanted.len, name.at, name.len));
}

static bool see_supply(const struct row *row, void *to)
{
	struct seeking *seeking = to;
	struct store *store = seeking->world->store;
	const struct value *name = row_value(row, supply_name),
			   *have = row_value(row, supply_quantity);

	if (!name || !alike(name->text, bytes_text(seeking->wish->name)) || row_void(row) ||
		!store_within(store, row->area) || row->area == seeking->wish->area ||
		(have && have->num <= 0))
		return true;
	struct offer *offer = add(seeking);
	*offer = (struct offer){
		.from = row->area == store_area(store) ? OFFER_OWN : OFFER_NEIGHBOUR,
		.ref = row->ref,
		.what = text_of(seeking, row, supply_name),
		.where = row->area == store_area(store) ? text_of(seeking, row, supply_store)
							: place_of(seeking, row->area),
		.who = text_of(seeking, row, supply_keeper),
		.phone = text_of(seeking, row, supply_phone),
		.quantity = have ? have->num : 0};
	offer->far = reach_minutes_of(store, row->area, seeking->wish->area, &offer->minutes);
	return true;
}

static bool see_agreement(const struct row *row, void *to)
{
	struct seeking *seeking = to;
	const struct value *goods = row_value(row, agreement_goods),
			   *until = row_value(row, agreement_until),
			   *minutes = row_value(row, agreement_minutes);

	if (!goods || !alike(goods->text, bytes_text(seeking->wish->name)) ||
		(until && date_end(until->num) < seeking->world->around.now))
		return true;
	*add(seeking) = (struct offer){.from = OFFER_AGREEMENT,
		.ref = row->ref,
		.what = text_of(seeking, row, agreement_goods),
		.where = text_of(seeking, row, agreement_party),
		.who = text_of(seeking, row, agreement_person),
		.phone = text_of(seeking, row, agreement_phone),
		.far = minutes,
		.minutes = minutes ? minutes->num : 0};
	return true;
}

static int by_way(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->far != y->far)
		return x->far ? -1 : 1;
	if (x->far && x->minutes != y->minutes)
		return x->minutes < y->minutes ? -1 : 1;
	return (x->quantity < y->quantity) - (x->quantity > y->quantity);
}

enum rc stock_offers(
	struct wish *wish, struct world *world, struct arena *arena, struct fault *fault)
{
	struct seeking seeking = {.wish = wish, .world = world, .arena = arena};
	struct query supplies = query_all(KIND_supply), agreements = query_all(KIND_agreement);

	wish->count = 0;
	enum rc rc = store_each(world->store, &supplies, see_supply, &seeking, fault);
	if (!rc)
		rc = store_each(world->store, &agreements, see_agreement, &seeking, fault);
	if (wish->count)
		qsort(wish->offers, wish->count, sizeof *wish->offers, by_way);
	if (wish->count > SHOWN)
		wish->count = SHOWN;
	if (!rc && !world->around.alone && wish->state != request_is_passed)
		*add(&seeking) = (struct offer){.from = OFFER_ABOVE,
			.what = wish->name,
			.where = "",
			.who = "",
			.phone = ""};
	return rc;
}

int64_t stock_share(const struct wish *wish, const struct offer *offer)
{
	return offer->quantity && offer->quantity < wish->quantity ? offer->quantity
								   : wish->quantity;
}
