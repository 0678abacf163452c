/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on the map, read from the registers.
 */
#include "work/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/kinds.h"
#include "store/station.h"

enum { NUMBERED = 9 };

struct loading {
	struct store *store;
	struct map_places *places;
	struct arena *arena;
	size_t room;
};

static bool has_code(const struct row *row, unsigned tag, const char *code)
{
	const struct value *value = row_value(row, tag);

	return value && bytes_equal(value->text, bytes_text(code));
}

bool place_own(const struct row *row, struct geo *at)
{
	const struct field *lon = field_named(row->kind, "lon"),
			   *lat = field_named(row->kind, "lat");
	const struct value *east = lon ? row_value(row, lon->tag) : NULL;
	const struct value *north = lat ? row_value(row, lat->tag) : NULL;

	if (!east || !north || east->wire != WIRE_NUM || north->wire != WIRE_NUM ||
		llabs(east->num) > 180LL * DEGREE || llabs(north->num) > 90LL * DEGREE)
		return false;
	*at = (struct geo){east->num, north->num};
	return true;
}

/* Which record it is about, whose place is its own. */
static const struct about {
	unsigned kind, tag;
} abouts[] = {
	{KIND_incident, incident_point}, {KIND_hazard, hazard_point}, {KIND_hazard, hazard_about}};

static bool place_through(
	struct store *store, const struct row *row, struct ref *of, struct geo *at)
{
	bool found = false;

	for (size_t n = 0; n < countof(abouts) && !found; n++) {
		const struct value *value =
			abouts[n].kind == row->kind->id ? row_value(row, abouts[n].tag) : NULL;
		struct arena arena = {0};
		struct fault fault = {0};
		struct row other;

		if (value &&
			value_record(
				store, field_of(row->kind, abouts[n].tag), value, row->area, of) &&
			store_row(store, *of, &arena, &other, &fault) == RC_OK)
			found = place_own(&other, at);
		arena_release(&arena);
	}
	if (!found)
		*of = (struct ref){0, 0};
	return found;
}

static bool look_of(const struct row *row, enum place_look *look)
{
	static const char *const risks[] = {"1", "2", "3", "4"};
	unsigned flags = row->kind->states[0].code ? row->kind->states[row->state].flags : 0;

	switch (row->kind->id) {
	case KIND_incident:
		*look = LOOK_INCIDENT;
		return flags & STATE_OPEN;
	case KIND_hazard:
		*look = LOOK_MAJOR;
		return flags & STATE_OPEN && has_code(row, hazard_grade, "M");
	case KIND_shelter:
		*look = flags & STATE_OPEN ? LOOK_SHELTER_OPEN : LOOK_SHELTER_CLOSED;
		return !(flags & STATE_VOID);
	case KIND_depot:
		*look = LOOK_STORE;
		return true;
	case KIND_team:
		*look = LOOK_TEAM;
		return true;
	default:
		*look = LOOK_POINT_UNGRADED;
	}
	for (unsigned n = 0; n < countof(risks); n++)
		if (has_code(row, point_risk, risks[n]))
			*look = LOOK_POINT_RED + n;
	return flags & STATE_OPEN;
}

static bool see(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct map_places *places = loading->places;
	struct map_place place = {
		.ref = row->ref, .kind = row->kind, .area = row->area, .since = row->at};
	struct buf title = {0};

	if (!look_of(row, &place.look))
		return true;
	place.known = place_own(row, &place.at);
	row_mark(row, &title);
	row_title(loading->store, row, &title);
	place.title = arena_text(loading->arena, buf_cstr(&title));
	buf_release(&title);
	places->at = array_more_in(
		loading->arena, places->at, places->count, &loading->room, sizeof *places->at);
	places->at[places->count++] = place;
	return true;
}

/* After the lists are read: here other records are asked for. */
static void find_through(struct loading *loading)
{
	for (unsigned n = 0; n < loading->places->count; n++) {
		struct map_place *place = &loading->places->at[n];
		struct arena arena = {0};
		struct fault fault = {0};
		struct row row;

		if (!place->known &&
			(place->kind->id == KIND_incident || place->kind->id == KIND_hazard) &&
			store_row(loading->store, place->ref, &arena, &row, &fault) == RC_OK)
			place->known = place_through(loading->store, &row, &place->of, &place->at);
		arena_release(&arena);
	}
}

static int by_look(const void *a, const void *b)
{
	const struct map_place *x = a, *y = b;

	if (x->known != y->known)
		return x->known ? -1 : 1;
	if (!x->known && x->area != y->area)
		return x->area < y->area ? -1 : 1;
	if (x->look != y->look)
		return x->look < y->look ? -1 : 1;
	if (x->since != y->since)
		return x->since > y->since ? -1 : 1;
	if (x->ref.site != y->ref.site)
		return x->ref.site < y->ref.site ? -1 : 1;
	return (x->ref.seq > y->ref.seq) - (x->ref.seq < y->ref.seq);
}

/* A store, then a shelter, then whatever else lies in the station's own area; else the middle. */
static void find_home(struct map_places *places, uint64_t own)
{
	static const enum place_look order[] = {LOOK_STORE, LOOK_SHELTER_OPEN, LOOK_SHELTER_CLOSED};
	unsigned known = places->count - places->unknown;
	int64_t lon = 0, lat = 0;

	places->home_name = "";
	for (size_t k = 0; k < countof(order); k++)
		for (unsigned n = 0; n < known; n++)
			if (places->at[n].look == order[k] && places->at[n].area == own) {
				places->home = places->at[n].at;
				places->home_name = places->at[n].title;
				return;
			}
	for (unsigned n = 0; n < known; n++) {
		lon += places->at[n].at.lon;
		lat += places->at[n].at.lat;
	}
	if (known)
		places->home = (struct geo){lon / known, lat / known};
}

enum rc places_load(
	struct map_places *places, struct store *store, struct arena *arena, struct fault *fault)
{
	static const unsigned kinds_shown[] = {
		KIND_incident, KIND_hazard, KIND_point, KIND_shelter, KIND_depot, KIND_team};
	struct loading loading = {.store = store, .places = places, .arena = arena};
	unsigned number = 0;
	enum rc rc = RC_OK;

	*places = (struct map_places){.home_name = ""};
	for (size_t n = 0; n < countof(kinds_shown) && !rc; n++) {
		struct query query = query_all(kinds_shown[n]);

		rc = store_each(store, &query, see, &loading, fault);
	}
	if (rc || !places->count)
		return rc;
	find_through(&loading);
	qsort(places->at, places->count, sizeof *places->at, by_look);
	for (unsigned n = 0; n < places->count; n++) {
		struct map_place *place = &places->at[n];

		places->unknown += !place->known;
		if (place->known && place->look <= LOOK_MAJOR && number < NUMBERED)
			place->number = ++number;
	}
	find_home(places, store_area(store));
	return RC_OK;
}

bool place_on_layer(const struct map_place *place, enum place_layer layer)
{
	static const enum place_layer layers[PLACE_LOOKS] = {LAYER_EVENTS, LAYER_EVENTS,
		LAYER_POINTS, LAYER_POINTS, LAYER_POINTS, LAYER_POINTS, LAYER_POINTS,
		LAYER_SHELTERS, LAYER_STORES, LAYER_TEAMS, LAYER_SHELTERS};

	return layer == LAYER_ALL || layers[place->look] == layer;
}

bool place_is_grave(const struct map_place *place)
{
	return place->look <= LOOK_POINT_ORANGE || place->look == LOOK_SHELTER_OPEN ||
	       place->look == LOOK_STORE || place->look == LOOK_TEAM;
}

char place_sign(const struct map_place *place)
{
	static const char signs[PLACE_LOOKS + 1] = "!!ROYB.^$#n";

	return place->number ? (char)('0' + place->number) : signs[place->look];
}
