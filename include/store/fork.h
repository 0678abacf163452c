/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two facts under one number: how that is found, what is in doubt until both have been compared,
 * and how the one that has to go is written anew. docs/DESIGN.md, "A site that has to end".
 */
#ifndef STORE_FORK_H
#define STORE_FORK_H

#include "store/log.h"

enum held { HELD_NOT, HELD_SAME, HELD_OTHER };
/* What is held under the number of OP, whose canonical bytes are RAW. */
enum held log_compare(struct log *log, const struct op *op, struct bytes raw);
/* May RAW with its signature stand for OP? Not when it, or what is held under its number, is of a
 * kind that is signed, and its signature is not the author's. */
bool log_may_stand(struct log *log, const struct op *op, struct bytes raw);
/* Is OP signed by its author, as that is known here? */
bool log_signed(struct log *log, const struct op *op, struct bytes raw);
/* Did a fact that was carried by VIA come from a station below this one? What such a one says that
 * others wrote waits for their grants. */
bool log_from_below(struct log *log, unsigned via);
/* RAW takes the place of what is held under its number, with a new place in the order of arrival.
 */
enum rc log_replace(struct log *log, struct bytes raw, struct bytes sig, unsigned via,
	struct fault *fault) MUST_CHECK;
/* A new place in the order of arrival: it is given to everybody again. */
enum rc log_lift(struct log *log, struct ref ref, struct fault *fault) MUST_CHECK;
/* Those of N to UPTO that are here and went up with a cursor that stands at SENT. */
enum rc log_lift_range(struct log *log, uint64_t site, unsigned lane, uint32_t n, uint32_t upto,
	uint64_t sent, struct fault *fault) MUST_CHECK;

/* Facts of SITE behind UPTO (by lane) are in doubt: they do not go up, until the same has come from
 * above. */
enum rc log_doubt(
	struct log *log, uint64_t site, const uint32_t upto[LANES], struct fault *fault) MUST_CHECK;
/* The same for all that came by VIA: what is not there any more goes back. */
enum rc log_doubt_from(struct log *log, unsigned via, struct fault *fault) MUST_CHECK;
bool log_doubts(struct log *log); /* is anything? Only then the others may be called */
bool log_doubtful(struct log *log, struct ref ref);
enum rc log_undoubt(struct log *log, struct ref ref, struct fault *fault) MUST_CHECK;
uint32_t log_sure(struct log *log, uint64_t site, unsigned lane,
	uint32_t upto); /* UPTO, as far as nothing is in doubt */
/* What is left in doubt, in order of arrival; then nothing is any more. */
enum rc log_each_doubt(struct log *log, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* Facts of sites above that these lack: kept to be given back. OUT gets about MOST bytes (length,
 * bytes, length of the signature, signature, …); returns a number for log_strays_drop, 0 = none, -1
 * = FAULT. */
enum rc log_stray(
	struct log *log, struct bytes raw, struct bytes sig, struct fault *fault) MUST_CHECK;
int64_t log_strays(struct log *log, size_t most, struct buf *out, struct fault *fault);
bool log_strays_left(struct log *log);
bool log_strays_full(struct log *log); /* so many wait that none more are taken from below */
enum rc log_strays_drop(struct log *log, int64_t upto, struct fault *fault) MUST_CHECK;

/* Was RAW written anew here? Nobody needs to give it back. */
bool log_anew(struct log *log, struct bytes raw);
enum rc log_anew_note(struct log *log, struct bytes raw, struct fault *fault) MUST_CHECK;

/* Writes fact REF of an ended own site anew, if it was written here, with what of our own hangs on
 * it: same content, same time, new numbers. REF itself stays for log_replace; what hung on it says
 * nothing any more. RAW:
 * the fact is not here, write this one. */
enum rc store_anew(struct store *store, struct ref ref, struct fault *fault) MUST_CHECK;
enum rc store_anew_raw(struct store *store, struct bytes raw, struct fault *fault) MUST_CHECK;

/* Statements of ended sites, the oldest first, in the form of the wire (sync/heir.c): each site
 * signed who goes on. */
enum {
	HEIR_VERSION = 4,
	HEIR_CODE = 11,
	HEIR_SIGNED = 1 + 7 + SIGN_PUBLIC + HEIR_CODE,
	HEIR_SIZE = HEIR_SIGNED + SIGN_SIZE,
	HEIRS_MOST = 16 /* in front of one frame */
};
void heir_make(const struct keys *old, const struct keys *next, const char *code,
	uint8_t statement[HEIR_SIZE]);
/* Kept in the folder of keys as well, before the database has it. */
enum rc heir_save(
	const char *folder, const uint8_t statement[HEIR_SIZE], struct fault *fault) MUST_CHECK;
/* Appends the statements there that lead from SITE to the site of KEYS, in their order; false:
 * they do not. */
bool heirs_file(const char *folder, uint64_t site, const struct keys *keys, struct buf *chain);
enum rc heirs_add(
	struct store *store, const uint8_t statement[HEIR_SIZE], struct fault *fault) MUST_CHECK;
void heirs_get(struct store *store, struct buf *out);
/* Of more than HEIRS_MOST a part: which one, TURN says, so that whoever asks often enough gets all.
 */
void heirs_part(struct store *store, uint64_t turn, struct buf *out);
/* Questions with consecutive turns until everybody has got all that he can follow; at least 1. */
unsigned heirs_parts(struct store *store);
/* Was SITE this station's own once? */
bool heirs_have(struct store *store, uint64_t site);
uint64_t heir_old(const uint8_t *statement); /* the site that ended */

/* The last time that the own site had to end. */
struct past {
	int64_t at;    /* seconds; 0 = never */
	char code[12]; /* the code it had */
	unsigned anew; /* facts written anew since */
};
void store_past(struct store *store, struct past *past);
/* PAST is what nobody has been told yet; false: there is nothing. TOLD: it has been now. */
bool store_past_new(struct store *store, struct past *past);
enum rc store_past_told(struct store *store, struct fault *fault) MUST_CHECK;
enum rc store_past_set(
	struct store *store, const struct past *past, struct fault *fault) MUST_CHECK;

#endif
