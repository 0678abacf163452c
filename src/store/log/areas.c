/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies where: areas that were renumbered, by the codes of then and of now, and from which side
 * of this station a fact was carried here.
 */
#include "store/log/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/endian.h"
#include "base/memory.h"

enum { PAIR = 16 };

void log_areas_free(struct log *log)
{
	free((void *)(uintptr_t)log->areas.at);
	log->areas = (struct area_map){0};
	log->areas_known = false;
}

const struct area_map *log_areas(struct log *log)
{
	struct buf raw = {0};
	struct area_change *at;

	if (log->areas_known)
		return &log->areas;
	log_areas_free(log);
	if (kv_bytes_in(log->db, kv_own(KV_AREAS), &raw) && raw.len >= PAIR) {
		log->areas.count = (unsigned)(raw.len / PAIR);
		log->areas.at = at = memory_get(log->areas.count, sizeof *at);
		for (unsigned i = 0; i < log->areas.count; i++) {
			at[i].old = low_get(raw.at + (size_t)i * PAIR, 8);
			at[i].now = low_get(raw.at + (size_t)i * PAIR + 8, 8);
		}
	}
	buf_release(&raw);
	log->areas_known = true;
	return &log->areas;
}

bool log_within(struct log *log, uint64_t area, uint64_t above)
{
	const struct area_map *map = log_areas(log);

	return area_within(area, above) ||
	       (map->count && area_within(area_now(map, area), area_now(map, above)));
}

bool log_was_within(struct log *log, uint64_t area, uint64_t above)
{
	uint64_t before[AREAS_BEFORE];
	unsigned count;

	if (log_within(log, area, above))
		return true;
	count = area_before(log_areas(log), area_now(log_areas(log), area), before);
	for (unsigned i = 0; i < count; i++)
		if (area_within(before[i], above))
			return true;
	return false;
}

void log_spans(struct log *log, struct area_span spans[2])
{
	const struct area_map *map = log_areas(log);
	uint64_t before[AREAS_BEFORE], now = area_now(map, log->area);

	if (now == log->area && area_before(map, now, before))
		now = before[0];
	spans[0] = (struct area_span){log->area, area_last(log->area)};
	spans[1] = (struct area_span){now, area_last(now)};
}

/* VIA is 31 bits of the carrier's site (via_of). */
bool log_from_below(struct log *log, unsigned via)
{
	bool below = false;

	if (log->depth && log->below_via == via)
		return log->below;
	struct changed areas = {0};
	if (log->area && engine_areas_of(log->db, via, log->site, &areas, NULL) == RC_OK)
		for (size_t n = 0; n < areas.count; n++) {
			uint64_t area = areas.at[n].site;
			bool beside = area == log->area && !areas.at[n].seq;
			below |= area && !beside && log_within(log, area, log->area);
		}
	changed_release(&areas);
	log->below_via = via;
	log->below = below;
	return below;
}
