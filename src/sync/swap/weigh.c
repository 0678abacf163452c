/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a lane's facts will weigh, before anybody dials: they are packed and sealed as for
 * sending, and thrown away.
 */
#include "store/rows.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <string.h>

/* Canonical bytes that are packed for it; what is behind weighs as much by the byte. */
enum { SAMPLE = 256 * 1024 };

static enum rc sealed(struct store *store, const struct peer *peer, const struct choice *choice,
	size_t *bytes, struct fault *fault)
{
	const struct message ask = {.type = MESSAGE_ASK,
		.number = peer->question,
		.facts = choice->facts,
		.fact_count = choice->count};
	struct buf frame = {0};
	unsigned how =
		(peer->plain ? CLOSE_PLAIN : 0) |
		(!peer->unsure && peer->store ? CLOSE_REMEMBER | close_pace(&peer->pace) : 0);
	enum rc rc = frame_close(store, &peer->site, &ask, how, &frame, fault);

	*bytes = frame.len;
	buf_release(&frame);
	return rc;
}

enum rc lane_weigh(struct store *store, const struct peer *peer, unsigned lane,
	const struct lane_waiting *waiting, uint64_t *bytes, struct fault *fault)
{
	uint64_t cursor[LANES] = {0}, canonical = 0;
	const struct choice nothing = {0};
	const struct wanted wanted = {&peer->site, true, 1u << lane, cursor, SAMPLE};
	struct choice choice = {0};
	struct peer_lane lanes;
	size_t with, without;
	enum rc rc;

	*bytes = 0;
	if (!waiting->facts)
		return RC_OK;
	rc = log_peer_lane(store_log(store), peer->site.site, lane, &lanes, fault);
	cursor[lane] = lanes.sent;
	if (!rc)
		rc = frame_fill(store, &wanted, &choice, fault);
	if (!rc)
		rc = sealed(store, peer, &nothing, &without, fault);
	if (!rc)
		rc = sealed(store, peer, &choice, &with, fault);
	for (size_t i = 0; i < choice.count; i++)
		canonical += choice.facts[i].raw.len + choice.facts[i].sig.len;
	if (!rc && canonical)
		*bytes = (with - without) *
			 (waiting->bytes > canonical ? waiting->bytes : canonical) / canonical;
	choice_release(&choice);
	return rc;
}
