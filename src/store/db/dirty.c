/* SPDX-License-Identifier: GPL-3.0-or-later
 * The records whose rows are to be folded again: a set that keeps the order of adding.
 */
#include "store/db/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t place_of(const struct dirty *dirty, struct ref ref)
{
	uint64_t hash = (ref.site ^ (uint64_t)ref.seq << 20) * 0x9e3779b97f4a7c15u;
	size_t at = (size_t)(hash >> 20) & (dirty->slots - 1);
	for (; dirty->table[at]; at = (at + 1) & (dirty->slots - 1)) {
		const struct ref *there = &dirty->at[dirty->table[at] - 1];
		if (there->site == ref.site && there->seq == ref.seq)
			break;
	}
	return at;
}

static void grow(struct dirty *dirty)
{
	dirty->at = array_more(dirty->at, dirty->count, &dirty->room, sizeof *dirty->at);
	dirty->slots = dirty->room * 2;
	free(dirty->table);
	dirty->table = memory_get(dirty->slots, sizeof(*dirty->table));
	for (size_t i = 0; i < dirty->count; i++)
		dirty->table[place_of(dirty, dirty->at[i])] = (uint32_t)i + 1;
}

void dirty_add(struct dirty *dirty, struct ref ref)
{
	if (dirty->count == dirty->room)
		grow(dirty);
	size_t at = place_of(dirty, ref);
	if (dirty->table[at])
		return;
	dirty->at[dirty->count++] = ref;
	dirty->table[at] = (uint32_t)dirty->count;
}

void dirty_clear(struct dirty *dirty)
{
	if (!dirty->count)
		return;
	memset(dirty->table, 0, dirty->slots * sizeof(*dirty->table));
	dirty->count = 0;
}

void dirty_take(struct dirty *dirty, struct arena *arena, struct ref **refs, size_t *count)
{
	*count = dirty->count;
	*refs = arena_get(arena, (*count + 1) * sizeof **refs);
	if (*count)
		memcpy(*refs, dirty->at, *count * sizeof **refs);
	dirty_clear(dirty);
}

void dirty_release(struct dirty *dirty)
{
	free(dirty->at);
	free(dirty->table);
	*dirty = (struct dirty){0};
}
