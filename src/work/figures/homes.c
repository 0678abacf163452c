/* SPDX-License-Identifier: GPL-3.0-or-later
 * Households and how far a warning has come to them: those of the places that it is for, the danger
 * zones that it means, who is visited first, and the sums.
 */
#include "work/figures/homes_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"

enum { MINUTE = 60, AGAIN_MINUTES = 30 };

static int by_household(const void *a, const void *b)
{
	const struct home *x = a, *y = b;

	return loading_by_ref(&x->household, &y->household);
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

/* ---- danger zones that the warning means */

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

/* The warning is not for that place. */
static bool outside(const struct loading *to, uint64_t area)
{
	return to->areas.len && area_reach(to->areas, area) == AREA_ELSEWHERE;
}

static bool see_point(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	char type[24] = "";

	if (outside(loading, row->area))
		return true;
	if (row_value(row, point_type))
		bytes_into(type, sizeof type, row_value(row, point_type)->text);
	if (!*type || !names(loading->types, type))
		return true;
	loading->zones = array_more_in(loading->arena, loading->zones, homes->zones,
		&loading->zone_room, sizeof *loading->zones);
	loading->zones[homes->zones++] = row->ref;
	return true;
}

static enum rc find_meant(struct loading *to, struct fault *fault)
{
	struct homes *homes = to->homes;
	struct query query = query_all(KIND_point);
	struct arena arena = {0};
	struct row row;

	if (!homes->warning.seq ||
		store_row(to->store, homes->warning, &arena, &row, fault) != RC_OK)
		return RC_OK;
	if (row_value(&row, warning_areas))
		to->areas = arena_bytes(to->arena, row_value(&row, warning_areas)->text);
	find_types(to, &row);
	arena_release(&arena);
	query.area = homes->area;
	query.state = point_is_watched;
	enum rc rc = *to->types ? store_each(to->store, &query, see_point, to, fault) : RC_OK;
	if (homes->zones)
		qsort(to->zones, homes->zones, sizeof *to->zones, loading_by_ref);
	return rc;
}

static bool in_zone(const struct loading *to, struct ref point)
{
	return to->homes->zones && point.seq &&
	       bsearch(&point, to->zones, to->homes->zones, sizeof point, loading_by_ref);
}

/* ---- households */

static void put_texts(struct loading *to, struct home *home, const struct row *row)
{
	const struct {
		unsigned tag;
		const char **text;
	} texts[] = {{household_head, &home->head}, {household_group, &home->group},
		{household_door, &home->door}, {household_phone, &home->phone},
		{household_tags, &home->tags}, {household_helper, &home->helper},
		{household_shelter, &home->shelter}, {household_code, &home->code},
		{household_text, &home->text}};

	for (size_t n = 0; n < countof(texts); n++)
		*texts[n].text = to->homes->sums ? "" : loading_text(to, row, texts[n].tag);
}

static bool see_household(const struct row *row, void *to)
{
	static const char *const carried[] = {"bed", "carry", NULL};
	struct loading *loading = to;
	struct homes *homes = loading->homes;
	const struct value *people = row_value(row, household_people);
	struct ref point = {0, 0};

	if (!homes->whole && outside(loading, row->area))
		return true;
	if (row_value(row, household_point) && !loading_ref(loading, row, household_point, &point))
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
		.point = point};
	put_texts(loading, &homes->list[homes->count - 1], row);
	return true;
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
		homes->before += home_told_before(home);
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
		.any = homes->any,
		.sums = homes->sums,
		.point = homes->point};
	query.area = homes->area;
	enum rc rc = moving_load(&loading.moving, store, now, arena, fault);
	if (!rc)
		rc = find_meant(&loading, fault);
	if (!rc)
		rc = store_each(store, &query, see_household, &loading, fault);
	if (homes->count)
		qsort(homes->list, homes->count, sizeof *homes->list, by_household);
	if (!rc)
		rc = homes_words(&loading, now, fault);
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
