/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that goes all at once. Blocks hang in a chain, the newest first; a piece too big
 * for a block gets one of its own.
 */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024 };

struct arena_block {
	struct arena_block *before;
	size_t used, room;
	_Alignas(max_align_t) uint8_t at[];
};

static struct arena_block *block_new(struct arena_block *before, size_t room)
{
	struct arena_block *block = calloc(1, sizeof *block + room);
	if (!block)
		memory_none(room);
	block->before = before;
	block->room = room;
	return block;
}

void *arena_get(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	if (size > SIZE_MAX / 2)
		memory_none(size);
	size = size ? (size + align - 1) / align * align : align;
	struct arena_block *last = arena->last;
	if (!last || last->room - last->used < size) {
		last = block_new(last, size > BLOCK ? size : BLOCK);
		arena->last = last;
	}
	void *at = last->at + last->used;
	last->used += size;
	return at;
}

struct bytes arena_bytes(struct arena *arena, struct bytes bytes)
{
	uint8_t *at = arena_get(arena, bytes.len + 1);
	if (bytes.len)
		memcpy(at, bytes.at, bytes.len);
	return bytes_of(at, bytes.len);
}

char *arena_text(struct arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(arena_get(arena, size), text, size);
}

char *arena_fmt(struct arena *arena, const char *fmt, ...)
{
	assert(fmt);
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(len >= 0);
	char *at = arena_get(arena, (size_t)len + 1);
	vsnprintf(at, (size_t)len + 1, fmt, again);
	va_end(again);
	return at;
}

void arena_release(struct arena *arena)
{
	while (arena->last) {
		struct arena_block *before = arena->last->before;
		free(arena->last);
		arena->last = before;
	}
}
