/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that is there: without it the process ends, as only committed facts count. Given back with
 * free().
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/arena.h"

void *memory_get(size_t count, size_t size); /* zeroed */
/* AT, or NULL, with another size; what is new in it has no value yet. */
void *memory_size(void *at, size_t count, size_t size);
char *memory_text(const char *text); /* a copy */

/* Room for one more thing of SIZE bytes behind the COUNT that stand at AT: *ROOM doubles when they
 * fill it. */
void *array_more(void *at, size_t count, size_t *room, size_t size);
/* The same in ARENA, where the old ones stay until its end. */
void *array_more_in(struct arena *arena, void *at, size_t count, size_t *room, size_t size);

#endif
