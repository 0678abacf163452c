/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts on the wire: deltas against the fact before, a table of sites, times relative to the stamp, text in
 * GB18030 where that is shorter and comes back the same; rows for few facts, columns for many.
 * What comes out is, byte for byte, the canonical facts that went in. docs/WIRE.md describes every byte.
 */
#ifndef SYNC_BODY_H
#define SYNC_BODY_H

#include "store/log.h"

/* What both ends know without saying: the sender's site stands for index 0. */
struct body_ways {
	uint64_t sender;
	bool columns;      /* put: columns instead of rows */
	bool utf8;         /* put: leave texts in UTF-8 (the other end could not read the GB18030 of this one) */
};

/* FACTS in the order to send; only .raw and .sig are read. */
void body_put(struct buf *out, const struct fact *facts, size_t n, const struct body_ways *ways);
/* One call a fact, in order; RAW and SIG are borrowed until the next call. False from FN stops with RC_BAD.
 * Anything that is not what body_put writes, or beyond LIMIT_PLAIN, is RC_BAD. */
typedef bool body_fn(struct bytes raw, struct bytes sig, void *to);
enum rc body_take(struct bytes in, const struct body_ways *ways, body_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
