/* SPDX-License-Identifier: GPL-3.0-or-later
 * What has come: opened, weighed, taken or refused.
 */
#ifndef SYNC_TAKE_H
#define SYNC_TAKE_H

#include "sync/wire.h"

struct store;

/* ---- A claim about a station's past counts only with evidence that this station itself has made. The
 * nonce of a frame is that evidence: a MAC under a key that follows from the sender's signing key
 * and is never sent, over what the frame is and the digest of its content. It costs no byte, is as
 * unique as a random one (the same nonce only for the same content), and whoever got the frame can
 * show it, with the digest, to its sender, who may have forgotten it: then its store was put back.
 *
 *   key   = BLAKE2b-256 with the seed of the signing key as key, over "outpost frame evidence"
 *   nonce = first 12 bytes of BLAKE2b-256 with that key, over
 *           kind (1) | sender's site (8) | other site (8) | store (8) | number (8) | digest (16)
 */

/* What a frame says of its sender. Only the first three say anything: what a sender of any other
 * frame remembers of it is not durable when the frame leaves. Numbers are for ever. */
enum evidence_kind {
	EVIDENCE_NONE,
	EVIDENCE_QUESTION, /* the question with this number was asked; no store */
	EVIDENCE_ANSWER,   /* the question with this number counts as answered in this store */
	EVIDENCE_CARRIED,  /* the sender's store had this number; no number of a question */
};
struct assertion {
	enum evidence_kind kind;
	uint64_t store, number;
};

/* The digest of what is sealed. */
void evidence_digest(struct bytes packed, uint8_t digest[EVIDENCE_DIGEST]);
/* The nonce that the present site of STORE gives the frame for PEER with TRACE's digest. */
void evidence_nonce(struct store *store, uint64_t peer, const struct assertion *said, struct trace *trace);
/* Has the present site of STORE made the frame for PEER that TRACE is of, and is it as SAID? */
bool evidence_good(struct store *store, uint64_t peer, const struct assertion *said, const struct trace *trace);

/* What is kept of the frames of PEER, to be shown to it. */
struct evidence {
	uint64_t store, number; /* NUMBER 0: there is none */
	struct trace trace;
};
enum { EVIDENCE_NEWEST, EVIDENCE_OPEN, EVIDENCES };
/* NEWEST: the last frame that counted. OPEN, of a station below: the last one before it whose
 * answer that station has not been heard to have. */
void evidence_load(struct store *store, uint64_t peer, struct evidence kept[EVIDENCES]);
enum rc evidence_save(struct store *store, uint64_t peer, const struct evidence kept[EVIDENCES], struct fault *fault) MUST_CHECK;

/* NEXT, a question of a station below, when it is newer than what is kept. What the asker has
 * brought, it may forget: until it is CONFIRMED to have the answer to the one before, that one is
 * kept as well, for an answer that shows it may be lost. */
enum rc evidence_add(
	struct store *store, uint64_t peer, const struct evidence *next, bool confirmed, struct fault *fault) MUST_CHECK;

/* 28 bytes. */
void trace_put(struct buf *out, const struct trace *trace);
bool trace_take(struct bytes *in, struct trace *trace);

/* ---- Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */

/* Sites that have ended: statements of who goes on stand in front of a frame. */
bool successor_is(struct bytes in);
struct bytes successor_skip(struct bytes in); /* the frame behind them */
/* Has SITE said that it reads frames that leave out what both ends know? */
bool lean_reads(struct store *store, uint64_t site);
/* Is FRAME a question that leaves out most of who asks, and may it be SITE? */
bool lean_may_be_of(uint64_t site, struct bytes frame);
/* Who goes on for SITE, by the statements in front of IN alone: nothing is checked. */
uint64_t successor_last(struct bytes in, uint64_t site);

/* ---- How frames are packed: by zstd or by the model; "auto" (by how fast the link is), "zstd" or "model" as the station's settings
 * say. For all that this process seals. */
void packing_choose(const char *choice);
/* Another connection begins: the next questions do not go on from what was said before. */
void sessions_forget(void);
/* Whoever answers others reads what the model needs before it begins, as soon as one of them has said to read it: then nobody
 * waits for that. Not when "zstd" was chosen. */
void packing_prepare(struct store *store);

/* ---- The hub: one function of store and questions. Whatever carries the bytes calls it. */

/* How many facts SITE has sent that are not its to carry: they were not taken. */
uint64_t hub_left(struct store *store, uint64_t site);

/* ---- Carry files as files (what is in them: sync/swap.h). */

/* The first bytes; and the length before each frame. */
#define CARRY_MAGIC "OPC1"
enum { CARRY_SITE = 7, CARRY_LENGTH = 4 };
enum {
	CARRY_HEAD = 4 + 7,
	CARRY_FILE = 64 << 20, /* bytes of a file: more is neither written nor read */
	CARRY_FRAMES = 4096,
};

/* Is it one, and for whom? IN moves behind the head. */
bool carry_head(struct bytes *in, uint64_t *to);
/* Is the file at PATH one, by its first bytes, and for whom? Links are not followed, devices not opened. */
bool carry_for(const char *path, uint64_t *to);
/* The next frame; false at the end, and then *in is empty unless something is damaged. */
bool carry_next(struct bytes *in, struct bytes *frame);
/* A plain file of at most CARRY_FILE bytes, appended to OUT; links are not followed, devices not
 * opened. */
enum rc carry_read(const char *path, struct buf *out, struct fault *fault) MUST_CHECK;

#endif
