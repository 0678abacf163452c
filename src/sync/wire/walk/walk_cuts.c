/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the columns of a message begin: what stands in one has other bytes than what stands in the
 * next.
 */
#include "sync/wire/walk/walk.h"

#include "base/memory.h"

#include <stdlib.h>

/* The part of the body that the next byte begins, of values the field and its form; 0: it begins
 * none. */
static uint64_t column_of(const struct walk *walk)
{
	if (walk->step <= WALK_HOUR || walk->pos || walk->step == WALK_VALUE_BYTES ||
		walk->step == WALK_REF)
		return 0;
	return (uint64_t)(walk->part + 1) << 32 | (walk->step == WALK_VALUE ? walk->column : 0);
}

static size_t cuts_of(
	struct walk *walk, struct bytes plain, size_t least, size_t cuts[], size_t most)
{
	size_t count = 0, begun = 0;
	uint64_t column, last = 0;

	for (size_t i = 0; i < plain.len && !walk->lost; i++) {
		column = column_of(walk);
		if (last && column && column != last && i - begun >= least &&
			plain.len - i >= least && count < most)
			cuts[count++] = begun = i;
		last = column ? column : last;
		walk_byte(walk, plain.at[i]);
	}
	return walk->columns && walk->whole ? count : 0;
}

size_t walk_cuts(struct bytes plain, size_t least, size_t cuts[], size_t most)
{
	struct walk *walk = memory_get(1, sizeof *walk);
	size_t count = 0;

	for (unsigned lean = 0; lean < 2 && !count; lean++) {
		walk_start(walk);
		walk->lean = lean;
		count = cuts_of(walk, plain, least, cuts, most);
	}
	free(walk);
	return count;
}
