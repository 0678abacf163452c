/* SPDX-License-Identifier: GPL-3.0-or-later
 * Areas are renumbered: facts reach where their area lies now, and their authors may what they
 * might then. The rows say which changes count (rows/recoded.c).
 */
#include "store/log/internal.h"

#include <stdlib.h>

#include "base/endian.h"

static bool has(const struct area_map *map, const struct area_change *change)
{
	for (unsigned i = 0; i < map->count; i++)
		if (map->at[i].old == change->old && map->at[i].now == change->now)
			return true;
	return false;
}

/* What lies there is judged again; so are facts that were refused to whoever is there. */
static enum rc judge_in(struct log *log, uint64_t area, struct fault *fault)
{
	struct changed sites = {0};
	enum rc rc = log_validate_area(log, area, fault);
	if (!rc)
		rc = engine_sites_in(log->db, area, area_last(area), &sites, fault);
	for (size_t i = 0; i < sites.count && !rc; i++) {
		rc = log_validate_site(log, sites.at[i].site, true, fault);
		if (!rc)
			rc = dropped_want(log, sites.at[i].site, "area", fault);
	}
	changed_release(&sites);
	return rc;
}

static enum rc judge_new(struct log *log, const struct area_map *map, const struct area_map *other,
	struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < map->count && !rc; i++) {
		if (has(other, &map->at[i]))
			continue;
		rc = judge_in(log, map->at[i].old, fault);
		if (!rc)
			rc = judge_in(log, map->at[i].now, fault);
	}
	return rc;
}

enum rc log_areas_set(struct log *log, const struct area_map *map, struct fault *fault)
{
	struct buf raw = {0};
	struct area_map before = *log_areas(log);
	enum rc rc;

	for (unsigned i = 0; i < map->count; i++) {
		low_put(buf_grow(&raw, 8), map->at[i].old, 8);
		low_put(buf_grow(&raw, 8), map->at[i].now, 8);
	}
	log->areas = (struct area_map){0};
	log->areas_known = false;
	rc = kv_bytes_put(log->db, kv_own(KV_AREAS), buf_bytes(&raw), fault);
	if (!rc)
		rc = judge_new(log, map, &before, fault);
	if (!rc)
		rc = judge_new(log, &before, map, fault);
	free((void *)(uintptr_t)before.at);
	buf_release(&raw);
	return rc;
}
