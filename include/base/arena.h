/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that goes all at once: what is on a page or in a frame.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/base.h"

struct arena_block;

struct arena {
	struct arena_block *last; /* zeroed = empty and valid */
};

void *arena_get(struct arena *arena, size_t size);                 /* zeroed, aligned */
char *arena_text(struct arena *arena, const char *text);           /* a copy */
struct bytes arena_bytes(struct arena *arena, struct bytes bytes); /* a copy, NUL behind it */
char *arena_fmt(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);
void arena_release(struct arena *arena);

#endif
