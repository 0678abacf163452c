/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that is there, and arrays that grow in it.
 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 32 };

void *memory_get(size_t count, size_t size)
{
	void *at = calloc(count ? count : 1, size);
	if (!at)
		memory_none(count * size);
	return at;
}

void *memory_size(void *at, size_t count, size_t size)
{
	at = reallocarray(at, count ? count : 1, size);
	if (!at)
		memory_none(count * size);
	return at;
}

char *memory_text(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(memory_size(NULL, size, 1), text, size);
}

/* Behind COUNT: how many there is room for. */
static bool grows(size_t count, size_t *room)
{
	if (count < *room)
		return false;
	*room = *room ? *room * 2 : ROOM_FIRST;
	return true;
}

void *array_more(void *at, size_t count, size_t *room, size_t size)
{
	return grows(count, room) ? memory_size(at, *room, size) : at;
}

void *array_more_in(struct arena *arena, void *at, size_t count, size_t *room, size_t size)
{
	if (!grows(count, room))
		return at;
	void *more = arena_get(arena, *room * size);
	return count ? memcpy(more, at, count * size) : more;
}
