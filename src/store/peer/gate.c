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

enum rc gate_lanes(struct store *store, unsigned lanes_mask, struct gate *gate, struct fault *fault)
{
	struct peer peer;
	enum rc rc;

	*gate = (struct gate){0};
	if (!store_station(store)->joined)
		return RC_OK;
	rc = peer_load(store, &peer, fault);
	if (rc || !begun(&peer))
		return rc == RC_NONE ? RC_OK : rc;
	lanes_mask &= ~peer.load.opened;
	gate->pace = peer.pace;
	gate->told = true;
	for (unsigned lane = 0; lane < LANES; lane++) {
		if (lanes_mask >> lane) /* it, or one behind it */
			gate->before += peer.load.left[lane].bytes;
		if (!(lanes_mask & (1u << lane)))
			continue;
		gate->closed = true;
		gate->told &= peer.load.left[lane].facts != 0;
		gate->more |= peer.load.left[lane].facts >= LEFT_MOST;
		gate->came.facts += peer.load.came[lane].facts;
		gate->came.bytes += peer.load.came[lane].bytes;
		gate->left.facts += peer.load.left[lane].facts;
		gate->left.bytes += peer.load.left[lane].bytes;
	}
	return RC_OK;
}

enum rc gate_look(
	struct store *store, const struct kind *kind, struct gate *gate, struct fault *fault)
{
	return gate_lanes(store, kind->flags & K_UP_ONLY ? 0 : 1u << kind->lane, gate, fault);
}
