/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records by the names that a file gives them.
 */
#include "work/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/kinds.h"
#include "store/log.h"

/* 14 hex digits, '-', a number. */
static bool is_full_id(const char *name)
{
	size_t hex = strspn(name, "0123456789abcdefABCDEF");

	return hex == 14 && name[14] == '-' && name[15] &&
	       !name[15 + strspn(name + 15, "0123456789")];
}

bool source_known(struct store *store, const char *source, const char *name, struct ref *ref)
{
	struct fault fault;

	if (store_ref(store, source, name, ref))
		return true;
	return is_full_id(name) && store_resolve(store, name, ref, &fault) == RC_OK;
}

bool source_known_fact(struct store *store, const char *source, const char *name)
{
	struct arena arena = {0};
	struct fact fact;
	struct ref ref;
	bool known = store_ref(store, source, name, &ref);

	if (!known && is_full_id(name))
		known = log_fact(store_log(store), strtoull(name, NULL, 16),
			(uint32_t)strtoul(name + 15, NULL, 10), &arena, &fact);
	arena_release(&arena);
	return known;
}

bool source_record(
	struct store *store, const char *source, const char *name, unsigned target, struct ref *ref)
{
	if (source_known(store, source, name, ref))
		return true;
	return (!target || target == KIND_warning) && store_ref(store, SOURCE_CAP, name, ref);
}
