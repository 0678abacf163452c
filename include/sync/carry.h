/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carry files: what one station has for another, on a stick.
 *
 *   "OPC1" | addressee's site (7, little end first) | length (4, little end first) and sealed frame
 * …
 *
 * Each frame stands alone, sealed for the addressee, without guesses about what it holds. A file is
 * a question that nobody waits for: it moves no cursor of a live link. What goes up stays queued
 * until a mark has come back that proves it to be held; what goes down is repeated until the
 * receipt in a file from there says how far it came. The carrier may lose, repeat, reorder, copy
 * or change files: a frame proves itself, and old receipts lose against newer ones.
 */
#ifndef SYNC_CARRY_H
#define SYNC_CARRY_H

#include "sync/message.h"

enum {
	CARRY_HEAD = 4 + 7,
	CARRY_FILE = 64 << 20, /* bytes of a file: more is neither written nor read */
	CARRY_FRAMES = 4096,
};

struct carry_count {
	unsigned frames;
	uint64_t facts; /* in the file; fresh: those that were not here */
	uint64_t fresh;
	uint64_t left; /* that the sender may not carry */
	bool more;     /* it did not all fit: again when this has arrived */
};

/* What TO lacks, as far as is proven. RC_DENIED: TO is neither above nor below this station, or
 * revoked. Appends to FILE. */
enum rc carry_pack(struct store *store, const struct site *to, struct buf *file,
	struct carry_count *count, struct fault *fault) MUST_CHECK;
/* A commit a frame. RC_DENIED: for another station, or from one that is not trusted; RC_BAD: no
 * such file, or damaged: the frames before the damage are taken, COUNT says how many. *FROM is the
 * last sender, 0 = none. */
enum rc carry_take(struct store *store, struct bytes file, uint64_t *from,
	struct carry_count *count, struct fault *fault) MUST_CHECK;

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
