/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sites whose grants have changed since log_hold, as they were before: what that means for their
 * facts is judged once, at the end (site.c).
 */
#include "store/log/internal.h"

#include <stdlib.h>

#include "base/memory.h"

void log_hold(struct log *log)
{
	log->holds = true;
}

void log_hold_end(struct log *log)
{
	log->holds = false;
	changed_clear(&log->held);
	changed_clear(&log->again);
}

bool log_hold_again(struct log *log, uint64_t site)
{
	if (log->holds)
		changed_add(&log->again, (struct ref){site, 0});
	return log->holds;
}

void log_held_again(struct log *log, struct arena *arena, struct ref **sites, size_t *count)
{
	changed_take(&log->again, arena, sites, count);
}

void log_hold_site(struct log *log, const struct site *old, uint64_t site)
{
	size_t before = log->held.count;
	changed_add(&log->held, (struct ref){site, 0});
	if (log->held.count == before)
		return;
	if (log->olds_room < log->held.room) {
		log->olds_room = log->held.room;
		log->olds = memory_size(log->olds, log->olds_room, sizeof(*log->olds));
	}
	log->olds[before] = *old;
}
