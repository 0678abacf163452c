/* SPDX-License-Identifier: GPL-3.0-or-later
 * The records whose rows are to be folded again: a set that keeps the order of adding.
 */
#include "store/db/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t place_of(const struct changed *changed, struct ref ref)
{
	uint64_t hash = (ref.site ^ (uint64_t)ref.seq << 20) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> 20) & (changed->slots - 1);
	for (; changed->table[at]; at = (at + 1) & (changed->slots - 1)) {
		const struct ref *there = &changed->at[changed->table[at] - 1];
		if (there->site == ref.site && there->seq == ref.seq)
			break;
	}
	return at;
}

static void grow(struct changed *changed)
{
	changed->at = array_more(changed->at, changed->count, &changed->room, sizeof *changed->at);
	changed->slots = changed->room * 2;
	free(changed->table);
	changed->table = memory_get(changed->slots, sizeof(*changed->table));
	for (size_t i = 0; i < changed->count; i++)
		changed->table[place_of(changed, changed->at[i])] = (uint32_t)i + 1;
}

void changed_add(struct changed *changed, struct ref ref)
{
	if (changed->count == changed->room)
		grow(changed);
	size_t at = place_of(changed, ref);
	if (changed->table[at])
		return;
	changed->at[changed->count++] = ref;
	changed->table[at] = (uint32_t)changed->count;
}

bool changed_find(const struct changed *changed, struct ref ref, size_t *at)
{
	size_t place = changed->count ? place_of(changed, ref) : 0;

	if (!changed->count || !changed->table[place])
		return false;
	*at = changed->table[place] - 1;
	return true;
}

void changed_clear(struct changed *changed)
{
	if (!changed->count)
		return;
	memset(changed->table, 0, changed->slots * sizeof(*changed->table));
	changed->count = 0;
}

void changed_take(struct changed *changed, struct arena *arena, struct ref **refs, size_t *count)
{
	*count = changed->count;
	*refs = arena_get(arena, (*count + 1) * sizeof **refs);
	if (*count)
		memcpy(*refs, changed->at, *count * sizeof **refs);
	changed_clear(changed);
}

void changed_release(struct changed *changed)
{
	free(changed->at);
	free(changed->table);
	*changed = (struct changed){0};
}
