/* SPDX-License-Identifier: GPL-3.0-or-later
 * The values of a body in columns: kind by kind and tag by tag, in each as they came (places_of()
 * in body.c).
 */
#include "sync/wire/walk/walk.h"

#include <string.h>

struct key {
	uint64_t key;
	uint32_t n; /* how many; then where the next one goes */
};

static uint64_t key_of(const struct walk *walk, uint32_t item)
{
	return (uint64_t)walk->facts[walk->owner[item]].kind << 32 | walk->items[item] >> FORM_BITS;
}

/* The first of COUNT sorted keys that is not below KEY. */
static uint32_t key_at(const struct key *keys, uint32_t count, uint64_t key)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (keys[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool walk_columns(struct walk *walk)
{
	struct key keys[WALK_KEYS];
	uint32_t count = 0, from = 0;

	for (uint32_t i = 0; i < walk->item_count; i++) {
		uint64_t key = key_of(walk, i);
		uint32_t at = key_at(keys, count, key);
		if (at == count || keys[at].key != key) {
			if (count == WALK_KEYS)
				return false;
			memmove(&keys[at + 1], &keys[at], (count - at) * sizeof *keys);
			keys[at] = (struct key){key, 0};
			count++;
		}
		keys[at].n++;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t n = keys[i].n;
		keys[i].n = from;
		from += n;
	}
	for (uint32_t i = 0; i < walk->item_count; i++)
		walk->order[keys[key_at(keys, count, key_of(walk, i))].n++] = (uint16_t)i;
	return true;
}
