/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on the map: points of danger, what happens and major hazards, shelters, stores, teams; with the place that
 * a record has itself, or that of the record that it is about.
 */
#ifndef WORK_PLACES_H
#define WORK_PLACES_H

#include "format/json.h"
#include "store/rows.h"
#include "work/geo.h"

/* The worse, the lower. */
enum place_look {
	LOOK_INCIDENT,
	LOOK_MAJOR,
	LOOK_POINT_RED,
	LOOK_POINT_ORANGE,
	LOOK_POINT_YELLOW,
	LOOK_POINT_BLUE,
	LOOK_POINT_UNGRADED,
	LOOK_SHELTER_OPEN,
	LOOK_STORE,
	LOOK_TEAM,
	LOOK_SHELTER_CLOSED,
	PLACE_LOOKS
};

enum place_layer { LAYER_ALL, LAYER_POINTS, LAYER_EVENTS, LAYER_SHELTERS, LAYER_STORES, LAYER_TEAMS, PLACE_LAYERS };

struct map_place {
	struct ref ref, of; /* of: the record whose place it has; seq 0 = its own */
	const struct kind *kind;
	uint64_t area;
	int64_t since; /* when it was written, seconds */
	struct geo at;
	bool known; /* it has a place at all; .at means nothing else */
	enum place_look look;
	unsigned number;   /* 1 to 9 of the first nine that happen or are major and have a place; 0 = none */
	const char *title; /* in the arena */
};

struct map_places {
	struct map_place *at;    /* those that happen and are major first, the newest first; the others by look */
	unsigned count, unknown; /* so many without a place, which stand behind all others, by area */
	struct geo home;         /* from here directions are told: */
	const char
		*home_name; /* what stands there, a store, shelter or point of the station's own area; "" = the middle of all */
};

/* Those that are open, or in use: what is void or over is left out. In ARENA. */
enum rc places_load(struct map_places *places, struct store *store, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The fields lon and lat of ROW itself; false: it has none. */
bool place_own(const struct row *row, struct geo *at);
bool place_on_layer(const struct map_place *place, enum place_layer layer);
/* Red, orange, or what happens; what helps stays. */
bool place_is_grave(const struct map_place *place);
/* 'R', '1', '^'; '!' of what happens behind the ninth. */
char place_sign(const struct map_place *place);

/* ---- The nearest of what is needed. */

struct near_place {
	const struct map_place *place;
	unsigned metres;
	bool about; /* the place itself is not known: it is counted from what is known of its village */
};
/* Open and closed shelters, stores and teams by their distance from FROM, the nearest first; those of which nobody knows
 * even the village's place are left out. In ARENA. Returns how many. */
unsigned places_near(const struct map_places *places, struct geo from, struct arena *arena, struct near_place **near);
/* Where the record REF lies: as on the map, or by its fields lon and lat, or by what is known of its village (*ABOUT).
 * False: nobody knows. */
bool places_of(const struct map_places *places, struct store *store, struct ref ref, struct geo *at, bool *about);

/* All that have a place, as GeoJSON (RFC 7946): number, kind, title, area; no other field of a record. */
void places_geojson(const struct map_places *places, struct store *store, struct buf *out);

#endif
