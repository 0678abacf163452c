/* SPDX-License-Identifier: GPL-3.0-or-later
 * One station asking another: one swap, one round, one ladder.
 */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "sync/message.h"
#include "sync/link.h"

/* What this link has shown it can carry. */
struct pace {
	uint32_t frame, roof;   /* bytes of the next frame; the largest to try */
	uint32_t rate;          /* bytes a second, measured; 0 = not yet */
	uint32_t trip_ms;       /* round trip, measured; 0 = not yet */
	unsigned fails;
};

/* The station above (or a carrier in between), as this store knows it. */
struct peer {
	uint64_t site;
	uint8_t agree_public[AGREE_PUBLIC];
	uint8_t key_id;
	uint64_t store;         /* number of its store as last heard */
	uint64_t question;      /* number of our last question */
	struct pace pace;
	char url[200];
};

struct sync_result {
	char peer[LIMIT_NAME + 1];
	char via[8];
	unsigned rounds;
	bool complete;
	uint64_t sent_facts, sent_bytes, received_facts, received_bytes;
	unsigned waiting[LANES];
	int64_t clock_offset_ms;
	int64_t ms;
};

/* One question, one answer, applied in one transaction. *more: either side has more to say. */
enum rc sync_swap(struct store *store, struct peer *peer, const struct link_ops *ops, struct link *link, bool *more,
	struct sync_result *result, struct fault *fault) MUST_CHECK;
/* Swaps until both have nothing more, the link fails, or ROUNDS are done. */
enum rc sync_round(struct store *store, struct peer *peer, const struct link_ops *ops, const struct link_ways *ways,
	unsigned rounds, struct sync_result *result, struct fault *fault) MUST_CHECK;

enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault) MUST_CHECK; /* RC_NONE: not enrolled */
enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault) MUST_CHECK;

#endif
