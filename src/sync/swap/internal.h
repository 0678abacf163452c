/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/swap shows to the other rooms of its floor.
 */
#ifndef SYNC_SWAP_INTERNAL_H
#define SYNC_SWAP_INTERNAL_H

#include "sync/wire.h"

struct store;
struct turn;

/* What a new frame of a file from FROM, BELOW or above, shows; and what is kept of it. */
enum rc carried_evidence(struct store *store, const struct site *from,
	const struct message *message, bool below, struct fault *fault) MUST_CHECK;

/* ---- asking */

/* This side's numbers with the station above. On a station: sent = own arrivals that it confirmed,
 * got = its arrivals that are here, confirmed = the got that it was last told. */
enum rc peer_lanes(struct store *store, const struct peer *peer, struct peer_lane lanes[LANES],
	struct fault *fault) MUST_CHECK;
enum rc peer_lanes_set(struct store *store, const struct peer *peer,
	const struct peer_lane lanes[LANES], struct fault *fault) MUST_CHECK;
/* How a frame is closed for a link of PACE: as packing_pays() says. An unmeasured one is as slow as
 * its frames are short. */
unsigned close_pace(const struct pace *pace);
/* It is proven that this store was put back unseen: it goes on as another site; *ended says so.
 * What was learned of the line stays. */
enum rc end_if_due(
	struct store *store, struct peer *peer, bool *ended, struct fault *fault) MUST_CHECK;

/* Another store stands behind the same station: everything is asked and offered again, and what the
 * old one held is no longer known to be held; marks say what this one has. */
enum rc peer_store_changed(struct store *store, struct peer *peer, uint64_t number,
	struct peer_lane lanes[LANES], struct fault *fault) MUST_CHECK;

/* ---- the hub's questions (batch.c opens them, hub.c answers) */

/* A question as it was opened, before the store was locked for it. */
struct opened {
	struct bytes ask;  /* the frame, behind statements and introductions */
	struct site asker; /* area 0: not known here */
	bool has_key;      /* else an introduction helps */
	bool introduced;   /* the asker has just signed which key it has */
	bool busy;         /* others wait for their answers, */
	bool crowded;      /* and many */
	bool lean;         /* it left out what both know; then this is the hash of the frame */
	uint8_t hash[HASH_SIZE];
	enum rc rc;         /* of frame_read */
	struct arena arena; /* of the message and the turn */
	struct message message;
	struct turn *turn; /* it was answered, and that is to be sealed */
};
/* Stores what OPENED brings, whose asker is known, inside a transaction; and seals what is said to
 * it, after the commit. */
enum rc answer_opened(struct store *store, struct opened *opened, struct fault *fault) MUST_CHECK;
enum rc answer_close(struct opened *opened, struct buf *out, struct fault *fault) MUST_CHECK;
void answer_release(struct opened *opened); /* also without either */

/* ---- attachments: a piece with a question, how much is there with its answer (docs/WIRE.md,
 * "Attachments") */

struct sync_line;
struct sync_result;
/* The next piece for PEER->beside, in ARENA; false: nothing is left to say. */
bool files_next(struct store *store, struct peer *peer, const struct sync_line *line,
	struct sync_result *result, struct arena *arena);
/* What ANSWER says to the piece, for PEER->reply; and what follows from it, after the swap. */
void files_heard(struct store *store, struct peer *peer, const struct message *answer);
void files_told(struct peer *peer, struct sync_result *result);
/* At the hub, inside a transaction: takes the piece of MESSAGE, and in REPLY, which lies in ARENA,
 * is what is said to it; empty: there was none. */
enum rc files_asked(struct store *store, const struct site *from, const struct message *message,
	struct arena *arena, struct bytes *reply, struct fault *fault) MUST_CHECK;
/* What is said to MESSAGE, which asks for bytes of a file, in ARENA; empty: it asks for none. */
enum rc files_give(struct store *store, const struct site *from, const struct message *message,
	struct arena *arena, struct bytes *reply, struct fault *fault) MUST_CHECK;
/* Pieces of all files that wait for TO, one after the other, for a carry file: FN seals each. */
typedef enum rc piece_fn(struct bytes piece, void *to, struct fault *fault);
enum rc files_each_piece(struct store *store, const struct site *to, uint64_t most, piece_fn *fn,
	void *to_fn, struct fault *fault) MUST_CHECK;

/* ---- choosing what to say */

/* Facts of all lanes for one frame. */
struct choice {
	struct arena arena;
	struct fact *facts;
	size_t count, room_for;
	size_t fields, names; /* of all of them, at most: a reader takes so many */
	uint64_t seen[LANES]; /* where the cursors may move to */
	unsigned moved_mask, more_mask;
};
enum { EVERY_LANE = (1 << LANES) - 1 };
/* What is looked for. */
struct wanted {
	const struct site *site; /* who gets it */
	bool up;                 /* to the holder above; else down to SITE's area */
	unsigned mask;           /* lanes to look at */
	const uint64_t *cursor;  /* LANES numbers: where each lane is */
	size_t room;             /* plain bytes */
};
enum rc frame_fill(struct store *store, const struct wanted *wanted, struct choice *choice,
	struct fault *fault) MUST_CHECK;
/* A fact_fn: into the choice TO, its bytes copied, unless it is there. False: nobody could read a
 * frame with one more. */
bool choice_keep(const struct fact *fact, void *to);
/* Canonical bytes that make a frame of about so many: rows of few facts shrink to a half, columns
 * to a quarter. */
size_t room_of(size_t frame);
/* What is left of ROOM after it made a frame of FRAME bytes, which was too long. */
size_t room_less(size_t room, size_t frame);
void choice_release(struct choice *choice);
/* At the hub: what is left for ASKER behind ANSWER, lane by lane, when ASK says every number and
 * now and then. Its bytes live in ARENA. */
enum rc load_tell(struct store *store, const struct site *asker, const struct message *ask,
	struct message *answer, struct arena *arena, struct fault *fault) MUST_CHECK;
/* At the station, before ANSWER is applied to a question that asked for LANES_MASK. */
void load_take(struct peer *peer, const struct message *answer, unsigned lanes_mask);
/* FACTS have come; the lanes of WHOLE_MASK had no more. */
void load_note(
	struct first_load *load, const struct fact *facts, size_t count, unsigned whole_mask);

/* ---- the ladder's news for SITE: what changed since the last time it was told */

struct acks {
	struct mark *marks;
	size_t count, room;
	bool all; /* tell everything again */
};
enum rc acks_for(struct store *store, const struct site *site, bool all, struct arena *arena,
	struct acks *acks, struct fault *fault) MUST_CHECK;
enum rc acks_told(struct store *store, const struct site *site, const struct acks *acks,
	struct fault *fault) MUST_CHECK;

#endif
