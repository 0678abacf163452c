/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a register has all that was above when this station joined.
 */
#include "store/peer.h"
#include "store/station.h"
#include "store/rows/internal.h"

enum { SHRINK = 3 }; /* canonical bytes to bytes on the wire */

int64_t load_seconds(const struct pace *pace, uint64_t bytes)
{
	uint64_t wire = bytes / SHRINK, frame = pace->frame ? pace->frame : PACE_LEAST;

	if (!pace->rate)
		return -1;
	return (int64_t)(wire / pace->rate + (wire / frame + 1) * pace->trip_ms / 1000 + 1);
}

/* Before that nobody takes an empty register for a whole one, and what people wrote here is simply
 * there. */
static bool begun(const struct peer *peer)
{
	bool any = peer->store || peer->load.loaded;

	for (unsigned lane = 0; lane < LANES && !any; lane++)
		any = peer->load.came[lane].facts || peer->load.left[lane].facts;
	return any;
}

enum rc load_status_lanes(struct store *store, unsigned lanes_mask, struct load_status *load_status,
	struct fault *fault)
{
	struct peer peer;
	enum rc rc;

	*load_status = (struct load_status){0};
	if (!store_station(store)->joined)
		return RC_OK;
	rc = peer_load(store, &peer, fault);
	if (rc || !begun(&peer))
		return rc == RC_NONE ? RC_OK : rc;
	lanes_mask &= ~peer.load.opened;
	load_status->pace = peer.pace;
	load_status->told = true;
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (lanes_mask >> lane) /* it, or one behind it */
			load_status->before += peer.load.left[lane].bytes;
		if (!(lanes_mask & (1u << lane)))
			continue;
		load_status->closed = true;
		load_status->told &= peer.load.left[lane].facts != 0;
		load_status->more |= peer.load.left[lane].facts >= LEFT_MOST;
		load_status->came.facts += peer.load.came[lane].facts;
		load_status->came.bytes += peer.load.came[lane].bytes;
		load_status->left.facts += peer.load.left[lane].facts;
		load_status->left.bytes += peer.load.left[lane].bytes;
	}
	return RC_OK;
}

enum rc load_status_look(struct store *store, const struct kind *kind,
	struct load_status *load_status, struct fault *fault)
{
	return load_status_lanes(
		store, kind->flags & K_UP_ONLY ? 0 : 1u << kind->lane, load_status, fault);
}
