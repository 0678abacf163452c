/* SPDX-License-Identifier: GPL-3.0-or-later
 * The nearest of what is needed: shelters, stores and teams by distance; and the map as GeoJSON.
 */
#include "work/places.h"

#include <stdlib.h>

#include "model/area.h"

/* What is known of a village, where one thing of it has no place: the middle of those that have. */
static bool village_at(const struct map_places *places, uint64_t area, struct geo *at)
{
	int64_t lon = 0, lat = 0, count = 0;

	for (unsigned n = 0; n < places->count - places->unknown; n++)
		if (places->at[n].area == area) {
			lon += places->at[n].at.lon;
			lat += places->at[n].at.lat;
			count++;
		}
	if (count)
		*at = (struct geo){lon / count, lat / count};
	return count > 0;
}

static bool at_of(
	const struct map_places *places, const struct map_place *place, struct geo *at, bool *about)
{
	*at = place->at;
	*about = !place->known;
	return place->known || village_at(places, place->area, at);
}

static int by_distance(const void *a, const void *b)
{
	const struct near_place *x = a, *y = b;

	if (x->metres != y->metres)
		return x->metres < y->metres ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

unsigned places_near(const struct map_places *places, struct geo from, struct arena *arena,
	struct near_place **near)
{
	unsigned count = 0;

	*near = arena_get(arena, (places->count + 1) * sizeof **near);
	for (unsigned n = 0; n < places->count; n++) {
		struct near_place one = {.place = &places->at[n]};
		struct geo at;

		if (one.place->look < LOOK_SHELTER_OPEN ||
			!at_of(places, one.place, &at, &one.about))
			continue;
		one.metres = geo_metres(from, at);
		(*near)[count++] = one;
	}
	qsort(*near, count, sizeof **near, by_distance);
	return count;
}

bool places_of(const struct map_places *places, struct store *store, struct ref ref, struct geo *at,
	bool *about)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;
	bool found = false;

	for (unsigned n = 0; n < places->count; n++)
		if (places->at[n].ref.site == ref.site && places->at[n].ref.seq == ref.seq)
			return at_of(places, &places->at[n], at, about);
	if (store_row(store, ref, &arena, &row, &fault) == RC_OK) {
		found = place_own(&row, at);
		*about = !found;
		found = found || village_at(places, row.area, at);
	}
	arena_release(&arena);
	return found;
}

static void put_feature(struct json_out *out, struct store *store, const struct map_place *place)
{
	char id[32], number[32], area[16];

	store_id(place->ref, id);
	store_number(store, place->ref, number);
	area_show(place->area, area);
	json_line(out);
	json_open(out, '{');
	json_key_text(out, "type", "Feature");
	json_key_text(out, "id", id);
	json_key(out, "geometry");
	json_open(out, '{');
	json_key_text(out, "type", "Point");
	json_key(out, "coordinates");
	json_open(out, '[');
	json_degree(out, place->at.lon);
	json_degree(out, place->at.lat);
	json_close(out, ']');
	json_close(out, '}');
	json_key(out, "properties");
	json_open(out, '{');
	json_key_text(out, "number", number);
	json_key_text(out, "kind", place->kind->name);
	json_key_text(out, "title", place->title);
	json_key_text(out, "area", area);
	json_key_text(out, "sign", (const char[]){place_sign(place), '\0'});
	json_close(out, '}');
	json_close(out, '}');
}

void places_geojson(const struct map_places *places, struct store *store, struct buf *out)
{
	struct json_out json;

	json_begin(&json, out);
	json_open(&json, '{');
	json_key_text(&json, "type", "FeatureCollection");
	json_key(&json, "features");
	json_open(&json, '[');
	for (unsigned n = 0; n < places->count - places->unknown; n++)
		put_feature(&json, store, &places->at[n]);
	json_close(&json, ']');
	json_close(&json, '}');
	buf_byte(out, '\n');
}
