/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far carrying has come with one site, kept beside its lanes; and what starts again when a
 * station may read other facts than before.
 */
#include "store/db.h"
#include "store/peer.h"
#include "sync/trust/internal.h"

#include <string.h>

void carried_load(struct store *store, uint64_t site, struct carried *carried)
{
	int64_t numbers[CARRIED_NUMBERS];

	kv_list(store, kv_of(KV_CARRY, site), numbers, CARRIED_NUMBERS);
	carried->store = (uint64_t)numbers[CARRIED_STORE];
	carried->newest = (uint64_t)numbers[CARRIED_NEWEST];
	for (unsigned lane = 0; lane < LANES; lane++) {
		carried->got[lane] = (uint64_t)numbers[CARRIED_GOT + lane];
		carried->proven[lane] = (uint64_t)numbers[CARRIED_PROVEN + lane];
	}
}

enum rc carried_save(
	struct store *store, uint64_t site, const struct carried *carried, struct fault *fault)
{
	int64_t numbers[CARRIED_NUMBERS] = {[CARRIED_STORE] = (int64_t)carried->store,
		[CARRIED_NEWEST] = (int64_t)carried->newest};

	for (unsigned lane = 0; lane < LANES; lane++) {
		numbers[CARRIED_GOT + lane] = (int64_t)carried->got[lane];
		numbers[CARRIED_PROVEN + lane] = (int64_t)carried->proven[lane];
	}
	return kv_list_set(store, kv_of(KV_CARRY, site), numbers, CARRIED_NUMBERS, fault);
}

enum rc carried_forget(struct store *store, uint64_t site, bool below, struct fault *fault)
{
	struct carried carried;

	carried_load(store, site, &carried);
	memset(below ? carried.proven : carried.got, 0, sizeof carried.got);
	return carried_save(store, site, &carried, fault);
}

/* ---- a station may read other facts than before: all starts again */

static enum rc lanes_forget(struct store *store, uint64_t site, struct fault *fault)
{
	struct peer_lane lane_at;
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		rc = log_peer_lane(store_log(store), site, lane, &lane_at, fault);
		lane_at.got = 0;
		if (!rc)
			rc = log_peer_lane_set(store_log(store), site, lane, &lane_at, fault);
	}
	return rc;
}

enum rc moved_below(struct store *store, uint64_t site, struct fault *fault)
{
	enum rc rc = lanes_forget(store, site, fault);

	return rc ? rc : carried_forget(store, site, true, fault);
}

enum rc moved_here(struct store *store, uint64_t site, struct fault *fault)
{
	enum rc rc = lanes_forget(store, site, fault);

	return rc ? rc : carried_forget(store, site, false, fault);
}
