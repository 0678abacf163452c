/* SPDX-License-Identifier: GPL-3.0-or-later
 * One station asking the one above: one swap, one round. All state is in the two stores; a link only carries the
 * two frames.
 */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "store/peers.h"
#include "sync/link.h"
#include "sync/message.h"

/* A frame of BYTES came through in MS (both ways), or did not (MS < 0). */
void pace_learn(struct pace *pace, size_t bytes, int ms);
int pace_wait(const struct pace *pace, size_t bytes); /* ms to wait for the answer to a frame of BYTES */

struct sync_result {
	char peer[LIMIT_NAME + 1], via[8];
	unsigned rounds;
	bool complete;
	uint64_t sent_facts, received_facts, sent_bytes, received_bytes;
	struct lane_waiting waiting[LANES];
	int64_t clock_offset_ms, ms;
};

/* The next question as a sealed frame: what waits, up to the pace. LANES_MASK: only these lanes (a byte budget may say "only
 * alarm"). *facts = how many it carries. Remembered in ASKING until the answer is in. */
struct asking {
	uint64_t number;
	uint64_t sent[LANES];   /* cursors when this is answered */
	uint64_t told[LANES];   /* the hub then knows that we have got so much */
	unsigned more_mask;
	bool full;
	int64_t strays;         /* facts given back with it, by log_strays */
	size_t facts;
	int64_t made_ms;
	uint8_t hash[HASH_SIZE];/* of the frame: who does not know our key answers to that */
};
enum rc ask_make(struct store *store, struct peer *peer, unsigned lanes_mask, struct asking *asking, struct buf *frame,
	struct fault *fault) MUST_CHECK;
/* Applies an answer in one transaction. *more: either side has more to say. RC_DENIED: not from that station, or this one is no
 * longer trusted there; with *more: sealed to a key that is not here, and the next question says which is. */
enum rc answer_apply(struct store *store, struct peer *peer, const struct asking *asking, struct bytes frame, bool *more,
	struct sync_result *result, struct fault *fault) MUST_CHECK;

/* What WAITING of a lane will weigh sealed, from its facts packed as they would be (of a long queue the first part, and the
 * rest in proportion); what a question weighs without facts is not in it. */
enum rc lane_weigh(struct store *store, const struct peer *peer, unsigned lane, const struct lane_waiting *waiting,
	uint64_t *bytes, struct fault *fault) MUST_CHECK;

/* Swaps over an open link until both have nothing more, it fails, or MOST swaps are done. RESULT adds up. */
enum rc sync_round(struct store *store, struct peer *peer, const struct link_ops *ops, struct link *link,
	unsigned lanes_mask, unsigned most, struct sync_result *result, struct fault *fault) MUST_CHECK;

#endif
