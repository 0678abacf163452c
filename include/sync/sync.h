/* SPDX-License-Identifier: GPL-3.0-or-later
 * One station asking the one above: one swap, one round. All state is in the two stores; a link only carries the
 * two frames.
 */
#ifndef SYNC_SYNC_H
#define SYNC_SYNC_H

#include "sync/link.h"
#include "sync/message.h"

/* What this link has shown it can carry. */
struct pace {
	uint32_t frame;         /* bytes of the next frame */
	uint32_t rate;          /* bytes a second, measured; 0 = not yet */
	uint32_t trip_ms;       /* round trip of small frames, measured; 0 = not yet */
	uint32_t fails;         /* swaps that failed since the last good one */
};

enum {
	PACE_LEAST = 250,       /* bytes: below that heads outweigh facts */
	PACE_FAST = 64 * 1024,  /* where a road that nobody called slow begins */
	PACE_SLOW = 1024,       /* and one that was */
	PACE_MOST = 180 * 1024, /* of a frame, sealed: below LIMIT_FRAME */
	PACE_SECONDS = 2,       /* a frame aims at so long on the line */
	PACE_WAIT = 10000,      /* ms: the least deadline; else six round trips and the frame's time twice */
};

/* A frame of BYTES came through in MS (both ways), or did not (MS < 0). */
void pace_learn(struct pace *pace, size_t bytes, int ms);
int pace_wait(const struct pace *pace, size_t bytes); /* ms to wait for the answer to a frame of BYTES */

/* The station above, as this store knows it. */
struct peer {
	struct site site;       /* its keys, area, name */
	uint64_t store;         /* number of its store as last heard; 0 = never */
	uint64_t question;      /* number of our last question */
	bool unsure;            /* the last answer did not come: say every number */
	bool plain;             /* our frames did not come out there: without guesses */
	unsigned fail_streak;   /* answers in a row that did not come out here */
	struct pace pace;
	int64_t heard;          /* when its last answer came: seconds */
	int64_t offset_ms;      /* its clock less ours */
};

struct lane_waiting {
	unsigned facts;
	uint64_t bytes;         /* of canonical facts; on the wire about a third */
};

struct sync_result {
	char peer[LIMIT_NAME + 1], via[8];
	unsigned rounds;
	bool complete;
	uint64_t sent_facts, received_facts, sent_bytes, received_bytes;
	struct lane_waiting waiting[LANES];
	int64_t clock_offset_ms, ms;
};

/* RC_NONE: this station has not joined anybody. */
enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault) MUST_CHECK;
enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault) MUST_CHECK;
/* The ways to the station above, one URL a line, in order of preference. */
void ways_get(struct store *store, struct buf *urls);
enum rc ways_set(struct store *store, const char *urls, struct fault *fault) MUST_CHECK;

/* The next question as a sealed frame: what waits, up to the pace. LANES_MASK: only these lanes (a byte budget may say "only
 * alarm"). *facts = how many it carries. Remembered in ASKING until the answer is in. */
struct asking {
	uint64_t number;
	uint64_t sent[LANES];   /* cursors when this is answered */
	uint64_t told[LANES];   /* the hub then knows that we have got so much */
	unsigned more_mask;
	bool full;
	size_t facts;
	int64_t made_ms;
};
enum rc ask_make(struct store *store, struct peer *peer, unsigned lanes_mask, struct asking *asking, struct buf *frame,
	struct fault *fault) MUST_CHECK;
/* Applies an answer in one transaction. *more: either side has more to say. RC_DENIED: not from that station, or this one is no
 * longer trusted there. */
enum rc answer_apply(struct store *store, struct peer *peer, const struct asking *asking, struct bytes frame, bool *more,
	struct sync_result *result, struct fault *fault) MUST_CHECK;

/* Swaps over an open link until both have nothing more, it fails, or MOST swaps are done. RESULT adds up. */
enum rc sync_round(struct store *store, struct peer *peer, const struct link_ops *ops, struct link *link,
	unsigned lanes_mask, unsigned most, struct sync_result *result, struct fault *fault) MUST_CHECK;
/* What still waits to go up and is not proven to be held there. */
enum rc sync_waiting(struct store *store, const struct peer *peer, struct lane_waiting waiting[LANES],
	struct fault *fault) MUST_CHECK;

#endif
