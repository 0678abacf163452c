/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is a register whole yet? After joining, what the station above has comes over poor links for hours; a
 * register that opens half full would be believed.
 */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include "store/peers.h"

struct gate {
	bool closed;              /* not everything of its lane has come yet */
	bool told;                /* LEFT is known; else nothing has been heard of it yet */
	struct lane_waiting came; /* of its lane */
	struct lane_waiting left; /* of its lane */
	bool more;                /* LEFT is so many, or more */
	uint64_t before;          /* canonical bytes that come before it is whole: its lane and those in front */
	struct pace pace;
};

/* Open for a station that stands alone, before anything was heard from above, and for kinds that never come down. */
enum rc gate_look(struct store *store, const struct kind *kind, struct gate *gate,
	struct fault *fault) MUST_CHECK;
/* Several lanes (bits) as one: closed when one of them is. */
enum rc gate_lanes(struct store *store, unsigned lanes_mask, struct gate *gate,
	struct fault *fault) MUST_CHECK;
/* About how long BYTES of canonical facts still take; -1 when the line was never measured. */
int64_t load_seconds(const struct pace *pace, uint64_t bytes);

#endif
