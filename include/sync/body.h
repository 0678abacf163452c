/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts on the wire: deltas against the fact before, a table of sites, times relative to the fact, text in
 * GB18030 where that is shorter and comes back the same; rows for few facts, columns for many.
 * What comes out is, byte for byte, the canonical facts that went in. docs/WIRE.md describes every byte.
 */
#ifndef SYNC_BODY_H
#define SYNC_BODY_H

#include "store/log.h"

enum { BODY_CHAIN = 4 };

/* What both ends know without saying. */
struct body_ways {
	uint64_t sender;      /* stands for site 0 of the table */
	uint64_t sender_area; /* as the grant says; 0 = not known to both */
	bool utf8;            /* put: leave texts in UTF-8 (the other end's GB18030 is not this one's) */
	/* The newest stamp among the facts of REC that SITE wrote before SEQ, and REC's first fact; 0 when not here.
	 * Most facts have seen exactly that. NULL: nothing is guessed. Both ends must have the same, or the
	 * frame's check tells. */
	uint64_t (*before)(void *to, struct ref rec, uint64_t site, uint32_t seq);
	/* The area of REC, 0 when it is not here: the names of imported authors often begin with it. NULL as above. */
	uint64_t (*area)(void *to, struct ref rec);
	/* The chain of hubs from the upper end of the link on, as its grants say; 0 = none. They are written in a bit each. */
	uint64_t chain[BODY_CHAIN];
	void *to;
};

/* FACTS in the order to send; only .raw and .sig are read. */
void body_put(struct buf *out, const struct fact *facts, size_t n, bool columns, const struct body_ways *ways);
/* One call a fact, in order; RAW and SIG are borrowed until the next call. False from FN stops with RC_BAD.
 * Anything that is not what body_put writes is RC_BAD. Takes all of IN. */
typedef bool body_fn(struct bytes raw, struct bytes sig, void *to);
enum rc body_take(struct bytes in, const struct body_ways *ways, body_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
