/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas that were renumbered: from the code of then to that of now, and back.
 */
#include "model/area.h"

enum { HOPS = 8 }; /* from code to code: whoever writes a circle ends somewhere in it */

/* The narrowest change of AREA; NULL. */
static const struct area_change *change_of(const struct area_map *map, uint64_t area)
{
	const struct area_change *best = NULL;

	for (unsigned i = 0; i < map->count; i++) {
		const struct area_change *change = &map->at[i];

		if (area_within(area, change->old) &&
			(!best || area_digits(change->old) > area_digits(best->old)))
			best = change;
	}
	return best;
}

static uint64_t moved(uint64_t area, uint64_t from, uint64_t to)
{
	return to + (area - from);
}

uint64_t area_now(const struct area_map *map, uint64_t area)
{
	const struct area_change *change;

	for (unsigned i = 0; i < HOPS && area && (change = change_of(map, area)); i++)
		area = moved(area, change->old, change->now);
	return area;
}

static bool is_there(const uint64_t *areas, unsigned count, uint64_t area)
{
	for (unsigned i = 0; i < count; i++)
		if (areas[i] == area)
			return true;
	return false;
}

unsigned area_before(const struct area_map *map, uint64_t area, uint64_t before[AREAS_BEFORE])
{
	unsigned count = 0;

	for (unsigned done = 0; area && done <= count; done++) {
		uint64_t from = done ? before[done - 1] : area;

		for (unsigned i = 0; i < map->count && count < AREAS_BEFORE; i++) {
			const struct area_change *change = &map->at[i];
			uint64_t old = moved(from, change->now, change->old);

			if (area_within(from, change->now) && area_now(map, old) == area &&
				old != area && !is_there(before, count, old))
				before[count++] = old;
		}
	}
	return count;
}
