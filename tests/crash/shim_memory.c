/* SPDX-License-Identifier: GPL-3.0-or-later
 * A machine that runs out of memory: the SHIM_AT-th allocation fails; with SHIM_STICKY all later
 * ones too.
 */
#include "shim.h"

#include <errno.h>
#include <stddef.h>

/* The C library's own, under the names it keeps for this. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *old, size_t size);

static bool fails(void)
{
	if (!shim_now(shim_count()))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}
