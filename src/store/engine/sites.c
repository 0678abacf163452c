/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites as they are known in one transaction: each is read once.
 */
#include "store/engine/internal.h"

#include <stdlib.h>

#include "base/memory.h"

enum rc sites_load(struct sites *sites, struct db *db, const struct ref numbers[], size_t count,
	uint64_t own, struct fault *fault)
{
	size_t before = sites->numbers.count, more;
	struct known_site *got;

	for (size_t i = 0; i < count; i++)
		changed_add(&sites->numbers, (struct ref){numbers[i].site, 0});
	more = sites->numbers.count - before;
	if (!more)
		return RC_OK;
	got = arena_get(&sites->arena, more * sizeof *got);
	for (size_t i = before; i < sites->numbers.count; i++) {
		sites->at = array_more(sites->at, i, &sites->room, sizeof *sites->at);
		sites->at[i] = &got[i - before];
	}
	enum rc rc = engine_sites(db, sites->numbers.at + before, more, own, got, fault);
	if (rc)
		sites_stale(sites);
	return rc;
}

const struct known_site *sites_get(struct sites *sites, struct db *db, uint64_t site, uint64_t own)
{
	static const struct known_site nobody;
	const struct ref wanted = {site, 0};
	size_t at;

	if (changed_find(&sites->numbers, wanted, &at))
		return sites->at[at];
	return sites_load(sites, db, &wanted, 1, own, NULL) ? &nobody
							    : sites->at[sites->numbers.count - 1];
}

void sites_stale(struct sites *sites)
{
	changed_clear(&sites->numbers);
}

void sites_clear(struct sites *sites)
{
	sites_stale(sites);
	arena_release(&sites->arena);
}

void sites_release(struct sites *sites)
{
	sites_clear(sites);
	changed_release(&sites->numbers);
	free(sites->at);
	*sites = (struct sites){0};
}
