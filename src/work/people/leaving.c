/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who must leave, put together from registers, orders, lists of transfers and check-ins.
 */
#include "work/leaving.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/in_force.h"

enum { NO_RISK = 5, VILLAGES = 1000, RELEASED_DAYS = 2 };

/* Households by their reference, to find whose zone a stay is of. */
struct whose {
	struct ref household, point;
	uint64_t area;
	bool zone;
};

struct loading {
	struct leaving *leaving;
	struct store *store;
	struct arena *arena;
	int64_t now;
	size_t zone_room, shelter_room, order_room;
	struct whose *whose;
	struct ref *lived; /* in the arena, sorted: danger zones of the households, as often as
			      there are such */
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

static const char *text_of(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->store, row, tag, true, to->arena);
}

static bool ref_of(struct store *store, const struct row *row, unsigned tag, struct ref *ref)
{
	const struct value *value = row_value(row, tag);

	*ref = (struct ref){0, 0};
	return value && value_record(store, field_of(row->kind, tag), value, row->area, ref);
}

/* ---- orders to leave */

static bool see_order(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct leaving *leaving = loading->leaving;
	const struct value *due = row_value(row, evacuation_due);
	bool near = area_within(row->area, leaving->area) || area_within(leaving->area, row->area);
	bool late = row->state == evacuation_is_released &&
		    row->state_at < loading->now - RELEASED_DAYS * DAY_SECONDS;

	if (!near || late || row_void(row))
		return true;
	leaving->orders = array_more_in(loading->arena, leaving->orders, leaving->order_count,
		&loading->order_room, sizeof *leaving->orders);
	struct leaving_order *order = &leaving->orders[leaving->order_count++];
	*order = (struct leaving_order){.ref = row->ref,
		.area = row->area,
		.state = row->state,
		.at = row->state == evacuation_is_issued ? row->at : row->state_at,
		.due = due ? due->num : 0,
		.who = text_of(loading, row, evacuation_who),
		.where = text_of(loading, row, evacuation_where),
		.leader = text_of(loading, row, evacuation_leader),
		.back = text_of(loading, row, evacuation_back),
		.route = text_of(loading, row, evacuation_route),
		.issuer = text_of(loading, row, evacuation_issuer)};
	(void)ref_of(loading->store, row, evacuation_point, &order->point);
	return true;
}

static bool ordered(const struct leaving *leaving, struct ref point)
{
	for (unsigned n = 0; n < leaving->order_count; n++)
		if (leaving->orders[n].state == evacuation_is_issued && point.seq &&
			same(leaving->orders[n].point, point))
			return true;
	return false;
}

/* ---- zones */

static struct leaving_zone *new_zone(struct loading *to)
{
	struct leaving *leaving = to->leaving;

	leaving->zones = array_more_in(to->arena, leaving->zones, leaving->zone_count,
		&to->zone_room, sizeof *leaving->zones);
	struct leaving_zone *zone = &leaving->zones[leaving->zone_count++];
	*zone = (struct leaving_zone){
		.risk = NO_RISK, .name = "", .leader = "", .shelter = "", .route = ""};
	return zone;
}

/* The place right below the one that is looked at. */
static uint64_t place_of(const struct leaving *leaving, uint64_t area)
{
	return area_level(leaving->area) == LEVEL_TOWNSHIP ? area : area / VILLAGES * VILLAGES;
}

static struct leaving_zone *zone_of(
	struct loading *to, const struct home *home, struct ref point, uint64_t area)
{
	struct leaving *leaving = to->leaving;
	uint64_t place = leaving->places ? place_of(leaving, area) : area;

	for (unsigned n = 0; n < leaving->zone_count; n++)
		if (leaving->places ? leaving->zones[n].area == place
				    : same(leaving->zones[n].point, point))
			return &leaving->zones[n];
	if (!home)
		return NULL;
	struct leaving_zone *zone = new_zone(to);
	zone->point = leaving->places ? (struct ref){0, 0} : point;
	zone->area = place;
	return zone;
}

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* What the register knows of a zone where somebody lives. */
static bool see_point(const struct row *row, void *to)
{
	struct loading *loading = to;
	unsigned homes = loading->leaving->homes.count;
	struct leaving_zone *zone = zone_of(loading, NULL, row->ref, row->area);
	int64_t risk;
	struct record record;

	if (!zone || !homes ||
		!bsearch(&row->ref, loading->lived, homes, sizeof *loading->lived, by_ref))
		return true;
	row_record(row, &record);
	zone->zones++;
	loading->leaving->points++;
	if (record_number(&record, point_risk, &risk) && risk / 1000 < zone->risk)
		zone->risk = (unsigned)(risk / 1000);
	if (loading->leaving->places)
		return true;
	zone->name = text_of(loading, row, point_name);
	zone->leader = text_of(loading, row, point_leader);
	if (!*zone->leader)
		zone->leader = text_of(loading, row, point_village_head);
	zone->shelter = text_of(loading, row, point_shelter);
	zone->route = text_of(loading, row, point_route);
	return true;
}

static void add_home(struct loading *to, const struct home *home)
{
	struct leaving *leaving = to->leaving;
	int64_t people = home->people > 0 ? home->people : 0;
	bool left = home->left;

	if (!home->point.seq && !home->transfer.seq)
		return;
	struct leaving_zone *zone = zone_of(to, home, home->point, home->area);
	zone->count++;
	zone->counts[home->status]++;
	zone->people += people;
	zone->left += left;
	zone->ordered |= home->transfer.seq != 0 || ordered(leaving, home->point);
	if (left && home->due && (!zone->due || home->due < zone->due))
		zone->due = home->due;
	leaving->count++;
	leaving->counts[home->status]++;
	leaving->people += people;
	leaving->left += left;
	leaving->people_left += left ? people : 0;
}

static int by_need(const void *a, const void *b)
{
	const struct leaving_zone *x = a, *y = b;

	if ((x->left > 0) != (y->left > 0))
		return x->left ? -1 : 1;
	if (x->ordered != y->ordered)
		return x->ordered ? -1 : 1;
	if (x->risk != y->risk)
		return x->risk < y->risk ? -1 : 1;
	if (x->left != y->left)
		return x->left > y->left ? -1 : 1;
	return (x->area > y->area) - (x->area < y->area);
}

static enum rc load_zones(struct loading *to, struct fault *fault)
{
	struct leaving *leaving = to->leaving;
	struct query query = query_all(KIND_point);

	to->lived = arena_get(to->arena, (leaving->homes.count + 1) * sizeof *to->lived);
	for (unsigned n = 0; n < leaving->homes.count; n++) {
		add_home(to, &leaving->homes.list[n]);
		to->lived[n] = leaving->homes.list[n].point;
	}
	if (leaving->homes.count)
		qsort(to->lived, leaving->homes.count, sizeof *to->lived, by_ref);
	query.area = leaving->area;
	query.state = point_is_watched;
	enum rc rc = store_each(to->store, &query, see_point, to, fault);
	if (leaving->zone_count)
		qsort(leaving->zones, leaving->zone_count, sizeof *leaving->zones, by_need);
	return rc;
}

/* ---- shelters */

static bool see_shelter(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct leaving *leaving = loading->leaving;
	const struct value *capacity = row_value(row, shelter_capacity);
	struct buf phone = {0};

	if (row_void(row))
		return true;
	leaving->shelters = array_more_in(loading->arena, leaving->shelters, leaving->shelter_count,
		&loading->shelter_room, sizeof *leaving->shelters);
	row_phone(loading->store, row, &phone);
	leaving->shelters[leaving->shelter_count++] = (struct leaving_shelter){.ref = row->ref,
		.area = row->area,
		.state = row->state,
		.name = text_of(loading, row, shelter_name),
		.key = text_of(
			loading, row, row_value(row, shelter_key) ? shelter_key : shelter_keeper),
		.phone = arena_text(loading->arena, buf_cstr(&phone)),
		.needs = text_of(loading, row, shelter_needs),
		.capacity = capacity ? capacity->num : -1};
	leaving->room += capacity ? capacity->num : 0;
	leaving->shelters_all++;
	if (row->state == shelter_is_open || row->state == shelter_is_full) {
		leaving->open++;
		leaving->room_open += capacity ? capacity->num : 0;
	}
	buf_release(&phone);
	return true;
}

static int by_household(const void *a, const void *b)
{
	const struct whose *x = a, *y = b;

	if (x->household.site != y->household.site)
		return x->household.site < y->household.site ? -1 : 1;
	return (x->household.seq > y->household.seq) - (x->household.seq < y->household.seq);
}

static void index_homes(struct loading *to)
{
	const struct homes *homes = &to->leaving->homes;

	to->whose = arena_get(to->arena, (homes->count + 1) * sizeof *to->whose);
	for (unsigned n = 0; n < homes->count; n++)
		to->whose[n] = (struct whose){homes->list[n].household, homes->list[n].point,
			homes->list[n].area,
			homes->list[n].point.seq || homes->list[n].transfer.seq};
	if (homes->count)
		qsort(to->whose, homes->count, sizeof *to->whose, by_household);
}

static const struct whose *whose_of(struct loading *to, const struct row *stay)
{
	struct whose key = {0};

	if (!to->leaving->homes.count || !ref_of(to->store, stay, stay_household, &key.household))
		return NULL;
	return bsearch(&key, to->whose, to->leaving->homes.count, sizeof *to->whose, by_household);
}

static bool means(const struct leaving_order *order, const struct whose *whose)
{
	return order->point.seq ? same(order->point, whose->point)
				: area_within(whose->area, order->area);
}

/* Whom an order still keeps away has not got to go back, whatever another says. */
static void add_back(struct leaving *leaving, const struct whose *whose, int64_t heads)
{
	struct leaving_order *back = NULL;

	for (unsigned n = 0; n < leaving->order_count; n++) {
		struct leaving_order *order = &leaving->orders[n];

		if (!means(order, whose))
			continue;
		if (order->state == evacuation_is_issued)
			return;
		if (!back || order->at > back->at)
			back = order;
	}
	if (back)
		back->inside += heads;
}

static void sooner(int64_t *first, int64_t due)
{
	if (!*first || due < *first)
		*first = due;
}

static bool see_stay(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct leaving *leaving = loading->leaving;
	const struct value *people = row_value(row, stay_people);
	int64_t heads = people ? people->num : 0;
	const struct whose *whose = whose_of(loading, row), unknown = {.area = row->area};
	bool unhelped = !row_value(row, stay_helped);
	struct ref at;

	leaving->inside += heads;
	leaving->own_way += whose && whose->zone ? 0 : heads;
	add_back(leaving, whose ? whose : &unknown, heads);
	leaving->unhelped += unhelped;
	if (unhelped)
		sooner(&leaving->first_help, stay_help_due(row));
	if (!ref_of(loading->store, row, stay_shelter, &at))
		return true;
	for (unsigned n = 0; n < leaving->shelter_count; n++) {
		struct leaving_shelter *shelter = &leaving->shelters[n];

		if (!same(shelter->ref, at))
			continue;
		shelter->heads += heads;
		shelter->families++;
		shelter->unhelped += unhelped;
		if (unhelped)
			sooner(&shelter->first_help, stay_help_due(row));
	}
	return true;
}

/* When somebody told how many there are. */
static void find_said(struct loading *to, struct leaving_shelter *shelter)
{
	struct arena arena = {0};
	struct history history = {0};
	struct record record;
	struct fault fault;

	if (store_record(to->store, shelter->ref, &arena, &record, &history, &fault) == RC_OK)
		for (size_t n = 0; n < history.count; n++)
			if (history.ops[n].step == shelter_do_count &&
				history.verdicts[n] == V_GOOD &&
				op_at(&history.ops[n]) > shelter->said_at)
				shelter->said_at = op_at(&history.ops[n]);
	arena_release(&arena);
}

static bool is_used(const struct leaving_shelter *shelter)
{
	return shelter->heads || shelter->state == shelter_is_open ||
	       shelter->state == shelter_is_full;
}

static int by_use(const void *a, const void *b)
{
	const struct leaving_shelter *x = a, *y = b;

	if (is_used(x) != is_used(y))
		return is_used(x) ? -1 : 1;
	if (x->heads != y->heads)
		return x->heads > y->heads ? -1 : 1;
	if (x->area != y->area)
		return x->area < y->area ? -1 : 1;
	return x->capacity > y->capacity ? -1 : x->capacity < y->capacity;
}

/* Above a village only those that are in use are of concern one by one. */
static enum rc load_shelters(struct loading *to, struct fault *fault)
{
	struct leaving *leaving = to->leaving;
	struct query shelters = query_all(KIND_shelter), stays = query_all(KIND_stay);
	unsigned kept = 0;

	shelters.area = stays.area = leaving->area;
	stays.state = stay_is_in;
	index_homes(to);
	enum rc rc = store_each(to->store, &shelters, see_shelter, to, fault);
	if (!rc)
		rc = store_each(to->store, &stays, see_stay, to, fault);
	for (unsigned n = 0; n < leaving->shelter_count; n++) {
		struct leaving_shelter *shelter = &leaving->shelters[n];

		if (leaving->places && !is_used(shelter))
			continue;
		if (is_used(shelter))
			find_said(to, shelter);
		leaving->shelters[kept++] = *shelter;
	}
	leaving->shelter_count = kept;
	if (kept)
		qsort(leaving->shelters, kept, sizeof *leaving->shelters, by_use);
	return rc;
}

/* A released order stays as long as somebody of it is in a shelter. */
static void drop_released(struct leaving *leaving)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < leaving->order_count; n++)
		if (leaving->orders[n].state == evacuation_is_issued || leaving->orders[n].inside)
			leaving->orders[kept++] = leaving->orders[n];
	leaving->order_count = kept;
}

enum rc leaving_load(
	struct leaving *leaving, struct world *world, struct arena *arena, struct fault *fault)
{
	struct loading loading = {.leaving = leaving,
		.store = world->store,
		.arena = arena,
		.now = world->around.now};
	struct query orders = query_all(KIND_evacuation);
	struct in_force in_force;
	uint64_t area = leaving->area ? leaving->area : store_area(world->store);

	*leaving = (struct leaving){.area = area, .places = area_level(area) != LEVEL_VILLAGE};
	enum rc rc = in_force_load(&in_force, world, fault);
	if (!rc)
		in_force_keep(&in_force, world->store, area);
	if (!rc && in_force.count)
		leaving->warning = in_force.at[0];
	leaving->homes = (struct homes){
		.warning = leaving->warning, .area = area, .whole = true, .any = true};
	if (!rc)
		rc = homes_load(&leaving->homes, world->store, world->around.now, arena, fault);
	if (!rc)
		rc = store_each(world->store, &orders, see_order, &loading, fault);
	if (!rc)
		rc = load_zones(&loading, fault);
	if (!rc)
		rc = load_shelters(&loading, fault);
	drop_released(leaving);
	return rc;
}
