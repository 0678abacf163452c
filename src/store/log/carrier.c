/* SPDX-License-Identifier: GPL-3.0-or-later
 * From which side of this station a fact was carried here.
 */
#include "store/log/internal.h"

#include "model/area.h"

/* VIA is 31 bits of the carrier's site (via_of). */
bool log_from_below(struct log *log, unsigned via)
{
	bool below = false;

	if (log->depth && log->below_via == via)
		return log->below;
	struct sql sql =
		sql_open(log->db, "SELECT area FROM site WHERE (site & 1073741823 | 1073741824)=?");

	sql_num(&sql, via);
	while (log->area && sql_row(&sql)) {
		uint64_t area = (uint64_t)sql_get(&sql, 0);
		below |= area && area != log->area && area_within(area, log->area);
	}
	below = sql_end(&sql, NULL) == RC_OK && below;
	log->below_via = via;
	log->below = below;
	return below;
}
