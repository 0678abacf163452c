/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a frame has named so far, found again without looking through all of it: a frame's facts may
 * name each other as often as there are of them.
 */
#include "sync/wire/body_parts.h"

#include <string.h>

enum { SLOTS_FIRST = 64 };

struct slot {
	uint64_t site, number;
	uint32_t place; /* + 1; 0 = empty */
};

/* The slot of (SITE, NUMBER), or the empty one where it belongs. */
static struct slot *slot_of(const struct body_map *map, uint64_t site, uint64_t number)
{
	uint64_t hash = (site ^ number << 21 ^ number >> 43) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> 24) & (map->room - 1);

	while (map->slots[at].place &&
		(map->slots[at].site != site || map->slots[at].number != number))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

static void grow(struct body_map *map, struct arena *arena)
{
	struct body_map more = {.room = map->room ? map->room * 4 : SLOTS_FIRST};

	more.slots = arena_get(arena, more.room * sizeof *more.slots);
	for (size_t i = 0; i < map->room; i++) {
		const struct slot *old = &map->slots[i];
		if (old->place)
			*slot_of(&more, old->site, old->number) = *old;
	}
	more.count = map->count;
	*map = more;
}

void body_map_put(
	struct body_map *map, struct arena *arena, uint64_t site, uint64_t number, size_t place)
{
	if (map->count * 2 >= map->room)
		grow(map, arena);
	struct slot *slot = slot_of(map, site, number);
	map->count += !slot->place;
	*slot = (struct slot){site, number, (uint32_t)place + 1};
}

bool body_map_get(const struct body_map *map, uint64_t site, uint64_t number, size_t *place)
{
	const struct slot *slot = map->room ? slot_of(map, site, number) : NULL;

	if (!slot || !slot->place)
		return false;
	*place = slot->place - 1;
	return true;
}

void body_map_clear(struct body_map *map)
{
	if (map->room)
		memset(map->slots, 0, map->room * sizeof *map->slots);
	map->count = 0;
}
