/* SPDX-License-Identifier: GPL-3.0-or-later
 * The station above as this store remembers it, the ways to it, and what waits to go there. The syncer writes it, the
 * terminal shows it.
 */
#ifndef STORE_PEERS_H
#define STORE_PEERS_H

#include "store/log.h"

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

struct lane_waiting {
	unsigned facts;
	uint64_t bytes;         /* of canonical facts; on the wire about a third */
};

/* What comes down from the station above before anything is whole here, lane by lane. */
struct first_load {
	unsigned loaded;        /* lanes of which its present store has said: that was all */
	unsigned opened;        /* lanes that were whole once: another store above does not close their registers */
	struct lane_waiting came[LANES]; /* since the load began, for lanes that are not loaded */
	struct lane_waiting left[LANES]; /* as last told, less what came since; 0 = nothing told yet */
};
enum { LEFT_MOST = 20000 };  /* facts of a lane that are counted: so many may also be more */

/* The station above, as this store knows it. */
struct peer {
	struct site site;       /* its keys, area, name */
	uint64_t store;         /* number of its store as last heard; 0 = never */
	uint64_t question;      /* number of our last question */
	bool unsure;            /* the last answer did not come: say every number */
	bool plain;             /* our frames did not come out there: without guesses */
	bool plain_once;        /* until the next answer that counts */
	unsigned fail_streak;   /* answers in a row that did not come out here */
	struct pace pace;
	int64_t heard;          /* when its last answer came: seconds */
	int64_t offset_ms;      /* its clock less ours */
	struct first_load load;
};

/* RC_NONE: this station has not joined anybody. */
enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault) MUST_CHECK;
enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault) MUST_CHECK;
/* Since when stamps of this station follow the clock above: when that was heard first; 0 = never. */
int64_t peer_clock_known(struct store *store);
/* The ways to the station above, one URL a line, in order of preference. */
void ways_get(struct store *store, struct buf *urls);
enum rc ways_set(struct store *store, const char *urls, struct fault *fault) MUST_CHECK;

/* What still waits to go up to PEER and is not proven to be held there, by lane. */
enum rc peer_waiting(struct store *store, const struct peer *peer, struct lane_waiting waiting[LANES],
	struct fault *fault) MUST_CHECK;
/* The facts themselves, of one lane, in the order in which they came, until FN returns false. */
enum rc peer_each_waiting(struct store *store, const struct peer *peer, unsigned lane, fact_fn *fn,
	void *to, struct fault *fault) MUST_CHECK;
/* A number for a fact's column `via`: 31 bits of the site it came from, never 0. */
unsigned via_of(uint64_t site);

#endif
