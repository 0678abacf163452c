/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a register has all that was above when this station joined.
 */
#include "store/gate.h"

enum { SHRINK = 3 }; /* canonical bytes to bytes on the wire */

int64_t load_seconds(const struct pace *pace, uint64_t bytes)
{
	uint64_t wire = bytes / SHRINK, frame = pace->frame ? pace->frame : PACE_LEAST;

	if (!pace->rate)
		return -1;
	return (int64_t)(wire / pace->rate + (wire / frame + 1) * pace->trip_ms / 1000 + 1);
}

enum rc gate_look(
	struct store *store, const struct kind *kind, struct gate *gate, struct fault *fault)
{
	struct peer peer;
	unsigned lane = kind->lane;
	enum rc rc;

	*gate = (struct gate){0};
	if (kind->flags & K_UP_ONLY || !store_station(store)->joined)
		return RC_OK;
	rc = peer_load(store, &peer, fault);
	if (rc)
		return rc == RC_NONE ? RC_OK : rc;
	gate->closed = !(peer.load.opened & (1u << lane));
	gate->came = peer.load.came[lane];
	gate->left = peer.load.left[lane];
	gate->told = gate->left.facts != 0;
	for (unsigned front = 0; front <= lane; front++)
		gate->before += peer.load.left[front].bytes;
	gate->pace = peer.pace;
	return RC_OK;
}
