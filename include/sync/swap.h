/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers, at the hub and at the station.
 */
#ifndef SYNC_SWAP_H
#define SYNC_SWAP_H

#include "sync/link.h"
#include "sync/take.h"
#include "sync/wire.h"

struct link;
struct store;

/* ---- One station asking the one above: one swap, one round. All state is in the two stores; a link only carries the
 * two frames.
 */

/* A frame of BYTES came through in MS (both ways), or did not (MS < 0). */
void pace_learn(struct pace *pace, size_t bytes, int ms);
/* Does a frame wait for who types, whose last key was QUIET_MS ago? On narrow lines. */
bool pace_yields(const struct pace *pace, int64_t quiet_ms);
int pace_wait(const struct pace *pace, size_t bytes); /* ms to wait for the answer to a frame of BYTES */

struct sync_result {
	char peer[LIMIT_NAME + 1], via[8];
	unsigned rounds;
	bool complete;
	bool more; /* after the last answer: either side has more to say */
	uint64_t sent_facts, received_facts, sent_bytes, received_bytes;
	struct lane_waiting waiting[LANES];
	int64_t clock_offset_ms, ms;
	unsigned files_sent, files_left; /* attachments that are whole above since; that could not be sent this time */
};

/* The next question as a sealed frame: what waits, up to the pace. LANES_MASK: only these lanes (a byte budget may say "only
 * alarm"). *facts = how many it carries. Remembered in ASKING until the answer is in. */
struct asking {
	uint64_t number;
	uint64_t sent[LANES]; /* cursors when this is answered */
	uint64_t told[LANES]; /* the hub then knows that we have got so much */
	unsigned more_mask;
	unsigned lanes_mask; /* of what was asked for */
	bool full, lean;
	int64_t orphans; /* facts given back with it, by log_orphans */
	size_t facts;
	int64_t made_ms;
	uint8_t hash[HASH_SIZE]; /* of the frame: who does not know our key answers to that */
};
enum rc ask_make(struct store *store, struct peer *peer, unsigned lanes_mask, struct asking *asking, struct buf *frame,
	struct fault *fault) MUST_CHECK;
/* Applies an answer in one transaction. RESULT adds up, but for more. RC_DENIED: not from that station, or this one is no
 * longer trusted there; with more: sealed to a key that is not here, and the next question says which is. */
enum rc answer_apply(struct store *store, struct peer *peer, const struct asking *asking, struct bytes frame,
	struct sync_result *result, struct fault *fault) MUST_CHECK;

/* What WAITING of a lane will weigh sealed, from its facts packed as they would be (of a long queue the first part, and the
 * rest in proportion); what a question weighs without facts is not in it. */
enum rc lane_weigh(struct store *store, const struct peer *peer, unsigned lane, const struct lane_waiting *waiting,
	uint64_t *bytes, struct fault *fault) MUST_CHECK;

/* An open link, and what may go over it in one round. */
struct sync_line {
	const struct link_ops *ops;
	struct link *link;
	unsigned lanes_mask; /* as for ask_make */
	unsigned most;       /* swaps */
	/* Attachments, when all facts are over: none, those of which somebody said so, or all that wait. */
	enum line_files { LINE_NO_FILES, LINE_FILES_ASKED, LINE_FILES } files;
	bool only_files; /* the facts are over: without a file nothing is asked */
};
/* Swaps over LINE until both have nothing more, it fails, or so many are done. RESULT adds up. */
enum rc sync_round(struct store *store, struct peer *peer, const struct sync_line *line, struct sync_result *result,
	struct fault *fault) MUST_CHECK;

/* ---- The hub: one function of store and questions. Whatever carries the bytes calls it. */

/* Opens N questions, then stores and answers them in a transaction for as many as make a batch: the
 * store is not locked while frames are read. Answers may leave when it returns RC_OK (they are
 * durable). A frame that cannot be opened gets an empty answer. */
enum rc hub_answer(
	struct store *store, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault) MUST_CHECK;

/* When SITE last asked something here that could be opened: seconds; 0 = never. */
int64_t hub_heard(struct store *store, uint64_t site);
/* Facts here for SITE, which asks this hub, that it has not said to hold; at most BEHIND_MOST. */
enum { BEHIND_MOST = 999 };
unsigned hub_behind(struct store *store, const struct site *site);

/* ---- Carry files: what one station has for another, on a stick.
 *
 *   "OPC1" | addressee's site (7, little-endian) | length (4, little-endian) and sealed frame
 * …
 *
 * Each frame stands alone, sealed for the addressee, without guesses about what it holds. A file is
 * a question that nobody waits for: it moves no cursor of a live link. What goes up stays queued
 * until a mark has come back that proves it to be held; what goes down is repeated until the
 * receipt in a file from there says how far it came. The carrier may lose, repeat, reorder, copy
 * or change files: a frame proves itself, and old receipts lose against newer ones.
 */

struct carry_count {
	unsigned frames;
	uint64_t facts; /* in the file; fresh: those that were not here */
	uint64_t fresh;
	uint64_t left;  /* that the sender may not carry */
	uint64_t waits; /* that are too many for today */
	bool more;      /* it did not all fit: again when this has arrived */
};

/* What TO lacks, as far as is proven. RC_DENIED: TO is neither above nor below this station, or
 * revoked. Appends to FILE. */
enum rc carry_pack(
	struct store *store, const struct site *to, struct buf *file, struct carry_count *count, struct fault *fault) MUST_CHECK;
/* A commit a frame. RC_DENIED: for another station, or from one that is not trusted; RC_BAD: no
 * such file, or damaged: the frames before the damage are taken, COUNT says how many. RC_BUSY: the sender has brought
 * as much as it may in a day; what waits is to be taken tomorrow from the same file. *FROM is the
 * last sender, 0 = none. */
enum rc carry_take(
	struct store *store, struct bytes file, uint64_t *from, struct carry_count *count, struct fault *fault) MUST_CHECK;

/* ---- Looking into a frame without taking it: for people who want to know what is on a stick or a line. */

struct sight {
	bool lean;       /* it leaves out what both ends know: later they can tell its facts alone */
	bool join;       /* a question to join: its fields are for the hub's eyes */
	uint64_t sender; /* clear head; 0 = no frame */
	unsigned key_id;
	bool opened; /* the rest is known */
	bool proven; /* and whose it is; else MESSAGE has neither number nor cursors */
	bool packed, history;
	unsigned dictionary; /* number of the shipped dictionary it was packed with */
	bool decoded;        /* MESSAGE is there */
	struct message message;
};

/* Opens what is sealed for this station, and what it has sealed for TO itself (0 = not known: every
 * site is tried). RC_OK whatever it is; FAULT's text says why it was not opened or decoded. */
enum rc frame_dump(struct store *store, struct bytes frame, uint64_t to, struct arena *arena, struct sight *sight,
	struct fault *fault) MUST_CHECK;
/* First bytes of the shipped dictionary's hash. */
void dump_dictionary(uint8_t hash[8]);

#endif
