/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts from below that are refused: of each author a few a day are kept and told one by one, and
 * the rest is dropped, so that nobody fills a store with what is not his to write. What is dropped
 * is known by its numbers: its author is told them, marks pass over them, and when a later grant
 * makes them good they are asked for again. docs/WIRE.md, "What a grant means".
 */
#ifndef STORE_DROPPED_H
#define STORE_DROPPED_H

#include "store/log.h"

/* Numbers N to UPTO of SITE in LANE. */
struct dropped {
	uint64_t site;
	unsigned lane;
	uint32_t n, upto;
	char why[12]; /* a code of table "refusal" */
};

/* Where such numbers are in their life. */
enum dropped_state {
	DROPPED_NEW,   /* dropped here, nobody was told yet */
	DROPPED_TOLD,  /* dropped here, the author has heard of it */
	DROPPED_LIFT,  /* a new grant may make them good: to be asked for again */
	DROPPED_NAMED, /* another station said that it dropped them */
	DROPPED_AGAIN, /* asked for again: they go up although marks have passed them */
};

/* All that are in STATE, by site, lane and number; read before the first call. */
typedef bool dropped_fn(const struct dropped *dropped, void *to);
enum rc dropped_each(struct log *log, enum dropped_state state, dropped_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;
/* Inside a transaction. The first notes them, or moves what is noted to STATE. */
enum rc dropped_set(struct log *log, const struct dropped *dropped, enum dropped_state state,
	struct fault *fault) MUST_CHECK;
bool dropped_has(struct log *log, uint64_t site, uint32_t seq); /* and not asked for again */
bool dropped_again(struct log *log, uint64_t site, uint32_t seq);
bool dropped_there(struct log *log); /* was anything ever? Else the others say no */
uint64_t dropped_count(struct log *log, uint64_t site); /* of SITE, as far as is known here */

/* OP, which VIA brought, is not taken for reason WHY, whatever its author may. Inside a transaction. */
enum rc dropped_put(struct log *log, const struct op *op, unsigned via, const char *why,
	struct fault *fault) MUST_CHECK;

/* May the author of SITE be told something once more today? Counts. */
enum rc dropped_tell(struct log *log, uint64_t site, bool *may, struct fault *fault) MUST_CHECK;

/* "12-40,44": the numbers of several in one text of at most MOST bytes. *used: how many fit. */
void dropped_list_put(const struct dropped dropped[], size_t count, size_t most, struct buf *out,
	size_t *used);
/* The next of such a list, in TEXT; false at its end and on anything else. */
bool dropped_list_take(struct bytes *text, uint32_t *n, uint32_t *upto);

/* Who writes or brings what is refused. */
struct flood {
	uint64_t site;
	int64_t day;       /* of the last: days since 1970 */
	uint64_t today, total; /* dropped facts of that day, and of all days */
};
enum { FLOODS_MOST = 20 };
/* Authors of dropped facts, those with the most of the latest day first; at most FLOODS_MOST. */
typedef bool flood_fn(const struct flood *flood, void *to);
enum rc flood_each(struct store *store, flood_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint64_t flood_total(struct store *store); /* facts that were ever dropped here */

#endif
