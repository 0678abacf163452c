/* SPDX-License-Identifier: GPL-3.0-or-later
 * Households and how far a warning has come to them: from what was told (relay) and from the list
 * of transfers, whichever is newer.
 */
#include "work/homes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "work/moving.h"

enum { MINUTE = 60, AGAIN_MINUTES = 30, TYPES_ROOM = 200 };

struct loading {
	struct homes *homes;
	struct store *store;
	struct arena *arena;
	size_t room;
	struct moving moving;   /* orders: a transfer of one that is over counts no more */
	char types[TYPES_ROOM]; /* sorts of points that the warning means, a,b; "" = none in
				   particular */
	struct ref *zones;      /* in the arena, sorted */
	size_t zone_room;
};

static int by_household(const void *a, const void *b)
{
	const struct home *x = a, *y = b;

	if (x->household.site != y->household.site)
		return x->household.site < y->household.site ? -1 : 1;
	return (x->household.seq > y->household.seq) - (x->household.seq < y->household.seq);
}

static const char *field_text(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->store, row, tag, true, to->arena);
}

/* Is CODE one of LIST (a,b)? */
static bool names(const char *list, const char *code)
{
	size_t len = strlen(code);

	for (const char *at = list; (at = strstr(at, code)); at += len)
		if ((at == list || at[-1] == ',') && (!at[len] || at[len] == ','))
			return true;
	return false;
}

/* Is one of CODES (a,b) among those of the field? */
static bool has_code(const struct row *row, unsigned tag, const char *const *codes)
{
	const struct value *value = row_value(row, tag);
	char list[200];

	if (!value)
		return false;
	bytes_into(list, sizeof(list), value->text);
	for (size_t n = 0; codes[n]; n++)
		if (names(list, codes[n]))
			return true;
	return false;
}

static bool ref_of(struct loading *to, const struct row *row, unsigned tag, struct ref *ref)
{
	const struct value *value = row_value(row, tag);

	return value && value_record(to->store, field_of(row->kind, tag), value, row->area, ref);
}

/* ---- danger zones that the warning means */

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* Of the event, else of the one that it belongs to in the table. */
static void find_types(struct loading *to, const struct row *warning)
{
	const struct value *event = row_value(warning, warning_event);
	const struct code *sorts = NULL;
	char code[24] = "";

	if (event)
		bytes_into(code, sizeof code, event->text);
	for (const struct code *at = code_find("event", code); at && !sorts;
		at = code_find("event", at->parent))
		sorts = code_find("event_point", at->code);
	snprintf(to->types, sizeof to->types, "%s", sorts ? sorts->zh : "");
}

static bool see_point(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	char type[24] = "";

	if (row_value(row, point_type))
		bytes_into(type, sizeof type, row_value(row, point_type)->text);
	if (!*type || !names(loading->types, type))
		return true;
	loading->zones = array_more_in(loading->arena, loading->zones, homes->zones,
		&loading->zone_room, sizeof *loading->zones);
	loading->zones[homes->zones++] = row->ref;
	return true;
}

static enum rc find_zones(struct loading *to, struct fault *fault)
{
	struct homes *homes = to->homes;
	struct query query = query_all(KIND_point);
	struct arena arena = {0};
	struct row row;

	if (!homes->warning.seq ||
		store_row(to->store, homes->warning, &arena, &row, fault) != RC_OK)
		return RC_OK;
	find_types(to, &row);
	arena_release(&arena);
	query.area = homes->area;
	query.state = point_is_watched;
	enum rc rc = *to->types ? store_each(to->store, &query, see_point, to, fault) : RC_OK;
	if (homes->zones)
		qsort(to->zones, homes->zones, sizeof *to->zones, by_ref);
	return rc;
}

static bool in_zone(const struct loading *to, struct ref point)
{
	return to->homes->zones && point.seq &&
	       bsearch(&point, to->zones, to->homes->zones, sizeof point, by_ref);
}

/* ---- households */

static bool see_household(const struct row *row, void *to)
{
	static const char *const carried[] = {"bed", "carry", NULL};
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	const struct value *people = row_value(row, household_people);
	struct ref point = {0, 0};

	if (row_value(row, household_point) && !ref_of(loading, row, household_point, &point))
		point = (struct ref){0, 0};
	homes->list = array_more_in(
		loading->arena, homes->list, homes->count, &loading->room, sizeof *homes->list);
	homes->list[homes->count++] = (struct home){.household = row->ref,
		.transfer_state = -1,
		.area = row->area,
		.people = people ? people->num : -1,
		.carry = has_code(row, household_tags, carried),
		.weak = row_value(row, household_tags) != NULL,
		.danger = *loading->types ? in_zone(loading, point)
					  : row_value(row, household_point) != NULL,
		.zone = in_zone(loading, point),
		.point = point,
		.head = field_text(loading, row, household_head),
		.group = field_text(loading, row, household_group),
		.door = field_text(loading, row, household_door),
		.phone = field_text(loading, row, household_phone),
		.tags = field_text(loading, row, household_tags),
		.helper = field_text(loading, row, household_helper),
		.shelter = field_text(loading, row, household_shelter),
		.code = field_text(loading, row, household_code),
		.text = field_text(loading, row, household_text)};
	return true;
}

static struct home *home_of(struct loading *loading, const struct row *row, unsigned tag)
{
	struct home key = {0};

	return loading->homes->count && ref_of(loading, row, tag, &key.household)
		       ? bsearch(&key, loading->homes->list, loading->homes->count, sizeof key,
				 by_household)
		       : NULL;
}

static void set_status(
	struct home *home, const struct row *row, int64_t at, enum home_status status)
{
	if (at < home->at)
		return;
	home->at = at;
	home->status = status;
	home->said = row->ref;
}

static bool see_relay(const struct row *row, void *to)
{
	static const struct {
		const char *code;
		enum home_status status;
	} results[] = {{"told", HOME_TOLD}, {"refused", HOME_REFUSED}, {"absent", HOME_ABSENT},
		{"moved", HOME_ARRIVED}, {"helped", HOME_TOLD}};
	struct loading *loading = to;
	struct home *home = home_of(loading, row, relay_household);
	const struct value *result = row_value(row, relay_result);

	for (size_t n = 0; home && result && !row_void(row) && n < countof(results); n++) {
		if (!bytes_equal(result->text, bytes_text(results[n].code)))
			continue;
		if (row->at >= home->at && row_value(row, relay_text))
			home->text = field_text(loading, row, relay_text);
		set_status(home, row, row->at, results[n].status);
		home->helped |= n == countof(results) - 1;
	}
	return true;
}

static bool see_transfer(const struct row *row, void *to)
{
	static const enum home_status statuses[] = {[transfer_is_listed] = HOME_OPEN,
		[transfer_is_told] = HOME_TOLD,
		[transfer_is_leaving] = HOME_LEAVING,
		[transfer_is_arrived] = HOME_ARRIVED,
		[transfer_is_refused] = HOME_REFUSED,
		[transfer_is_absent] = HOME_ABSENT};
	struct loading *loading = to;
	struct home *home = home_of(loading, row, transfer_household);
	const struct value *due = row_value(row, transfer_due);
	int64_t at = row->state_at ? row->state_at : row->at;

	if (!home || row_void(row) || row->state >= (int)countof(statuses) ||
		!moving_counts(&loading->moving, row))
		return true;
	home->transfer = row->ref;
	home->transfer_state = row->state;
	home->transfer_at = at;
	home->asked = row->at;
	home->danger = true;
	if (!home->point.seq && !ref_of(loading, row, transfer_point, &home->point))
		home->point = (struct ref){0, 0};
	if (row_value(row, transfer_shelter))
		home->shelter = field_text(loading, row, transfer_shelter);
	if (row->state != transfer_is_listed)
		set_status(home, row, at, statuses[row->state]);
	home->due = due ? due->num : 0;
	if (row->state != transfer_is_arrived && due &&
		(!loading->homes->until || due->num < loading->homes->until))
		loading->homes->until = due->num;
	return true;
}

/* An order to leave that runs is about all who live there, also about who was registered since. */
static bool see_order(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	struct ref point;

	if (!ref_of(loading, row, evacuation_point, &point) || !point.seq)
		return true;
	for (unsigned n = 0; n < homes->count; n++) {
		struct home *home = &homes->list[n];

		if (by_ref(&home->point, &point))
			continue;
		home->ordered = true;
		if (!home->asked || row->at < home->asked)
			home->asked = row->at;
	}
	return true;
}

/* What was said at the door without a warning belongs to the leaving that goes on there. */
static bool see_visit(const struct row *row, void *to)
{
	const struct home *home = home_of(to, row, relay_household);

	if (row_value(row, relay_warning) || !home || !home->asked || row->at < home->asked)
		return true;
	/* Of the same second: the list's own word, which one cannot say without the list. */
	if (row->at == home->at && home->status != HOME_OPEN)
		return true;
	return see_relay(row, to);
}

static enum rc load_visits(struct loading *to, struct fault *fault)
{
	struct query query = query_all(KIND_relay);

	query.area = to->homes->area;
	return to->homes->warning.seq ? RC_OK : store_each(to->store, &query, see_visit, to, fault);
}

/* Who is visited first. */
static unsigned turn_of(const struct home *home, int64_t now)
{
	if (home->again)
		return home->again <= now ? 0 : 5;
	if (home->status != HOME_OPEN)
		return 6;
	if (home->carry)
		return 1;
	if (home->weak)
		return 2;
	return home->danger ? 3 : 4;
}

static int by_turn(const void *a, const void *b)
{
	const struct home *x = a, *y = b;
	int order = text_order(x->group, y->group);

	if (x->turn != y->turn)
		return x->turn < y->turn ? -1 : 1;
	if (!order)
		order = text_order(x->door, y->door);
	return order ? order : by_household(a, b);
}

static void count_zones(struct homes *homes)
{
	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		homes->zone_homes += home->zone;
		homes->zone_weak += home->zone && home->weak;
		homes->zone_people += home->zone && home->people > 0 ? home->people : 0;
	}
}

static bool lives_at(const struct home *home, struct ref point)
{
	return !point.seq || (home->point.site == point.site && home->point.seq == point.seq);
}

/* Without a warning only who is on a list or has to leave is of concern; at zones only who lives
 * there. */
static void keep_wanted(struct homes *homes)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		if ((homes->whole || homes->warning.seq || home->transfer.seq || home->ordered) &&
			(!homes->only_zones || home->zone) && lives_at(home, homes->point))
			homes->list[kept++] = *home;
	}
	homes->count = kept;
}

static int by_time(const void *a, const void *b)
{
	const struct home *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Sorts the list by the way. */
static int64_t ninety_of(struct homes *homes)
{
	enum { TENTHS = 10, NINE = 9 };
	int64_t told = 0;

	if (homes->count)
		qsort(homes->list, homes->count, sizeof *homes->list, by_time);
	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		if (!home_undone(home->status) && home->people > 0)
			told += home->people;
		if (told && told * TENTHS >= homes->people * NINE)
			return home->at;
	}
	return 0;
}

/* Who is told to leave, by the list, an order for the zone, or a warning that means it, and is not
 * there yet. */
static void find_left(struct loading *to)
{
	struct homes *homes = to->homes;

	for (unsigned n = 0; n < homes->count; n++) {
		struct home *home = &homes->list[n];
		bool told = home->transfer.seq || (home->zone && homes->warning.seq) ||
			    moving_ordered(&to->moving, home->point);

		home->left = told && home->status != HOME_ARRIVED;
		homes->left += home->left;
	}
}

static void sum_up(struct homes *homes, int64_t now)
{
	int64_t again = rules_limit("visit.again.minutes", AGAIN_MINUTES) * MINUTE;

	for (unsigned n = 0; n < homes->count; n++) {
		struct home *home = &homes->list[n];

		if (home->status == HOME_REFUSED || home->status == HOME_ABSENT)
			home->again = home->at + again;
		home->turn = turn_of(home, now);
		homes->again += home->again && home->again <= now;
		homes->counts[home->status]++;
		homes->people += home->people > 0 ? home->people : 0;
		if (!home_undone(home->status))
			homes->told += home->people > 0 ? home->people : 0;
	}
	homes->ninety = ninety_of(homes);
	if (homes->count)
		qsort(homes->list, homes->count, sizeof *homes->list, by_turn);
}

enum rc homes_load(struct homes *homes, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault)
{
	struct loading loading = {.homes = homes, .store = store, .arena = arena};
	struct query query = query_all(KIND_household);

	*homes = (struct homes){.warning = homes->warning,
		.area = homes->area,
		.only_zones = homes->only_zones,
		.whole = homes->whole,
		.point = homes->point};
	query.area = homes->area;
	enum rc rc = moving_load(&loading.moving, store, now, arena, fault);
	if (!rc)
		rc = find_zones(&loading, fault);
	if (!rc)
		rc = store_each(store, &query, see_household, &loading, fault);
	if (homes->count)
		qsort(homes->list, homes->count, sizeof *homes->list, by_household);
	query = query_all(KIND_relay);
	query.parent = homes->warning;
	if (!rc && homes->warning.seq)
		rc = store_each(store, &query, see_relay, &loading, fault);
	query = query_all(KIND_transfer);
	query.area = homes->area;
	if (!rc)
		rc = store_each(store, &query, see_transfer, &loading, fault);
	query = query_all(KIND_evacuation);
	query.state = evacuation_is_issued;
	if (!rc)
		rc = store_each(store, &query, see_order, &loading, fault);
	if (!rc)
		rc = load_visits(&loading, fault);
	count_zones(homes);
	keep_wanted(homes);
	find_left(&loading);
	sum_up(homes, now);
	return rc;
}

void home_author(struct store *store, const struct home *home, uint32_t own, struct buf *out)
{
	const struct op *last = NULL;
	struct arena arena = {0};
	struct history history;
	struct record record;
	struct fault fault;
	bool found = home->said.seq &&
		     store_record(store, home->said, &arena, &record, &history, &fault) == RC_OK;

	for (size_t n = 0; found && n < history.count; n++)
		if (history.verdicts[n] == V_GOOD &&
			(op_first(&history.ops[n]) || history.ops[n].step))
			last = &history.ops[n];
	if (last && (last->site != store_station(store)->site || last->who != own))
		store_author_of(store, last->site, last->who, last->by, out);
	arena_release(&arena);
}
