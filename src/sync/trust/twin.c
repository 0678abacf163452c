/* SPDX-License-Identifier: GPL-3.0-or-later
 * A twin: a station beside its hub, with the same area, which that hub has let in. It reads what
 * the hub reads, what is up-only too, and grants and revokes nobody. Who is one, here alone.
 */
#include "store/station.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

static bool same_area(struct log *log, uint64_t area, uint64_t other)
{
	return log_within(log, area, other) && log_within(log, other, area);
}

bool twin_is(struct store *store, const struct site *site)
{
	struct log *log = store_log(store);
	struct site hub;

	return site->area && site->above && log_site(log, site->above, &hub) && hub.area &&
	       same_area(log, site->area, hub.area) && !successor_of(store, site->site, hub.site);
}

bool twin_below(struct store *store, const struct site *site)
{
	uint64_t own = store_station(store)->site;

	return site->site != own && (site->above == own || successors_have(store, site->above)) &&
	       same_area(store_log(store), site->area, store_station(store)->area);
}

bool twin_self(struct store *store)
{
	struct site own;

	return log_site(store_log(store), store_station(store)->site, &own) && twin_is(store, &own);
}

/* A village has nothing that a second station would have to keep for it. */
bool twin_may_be_let_in(const struct site *hub, const struct site *twin)
{
	return hub->level > LEVEL_VILLAGE && twin->level == hub->level && twin->site != hub->site;
}

void twin_steps_in(struct site *twin, const struct site *hub)
{
	twin->above = hub->above;
	twin->rights = hub->rights;
	twin->until = hub->until;
}
