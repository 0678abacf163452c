/* SPDX-License-Identifier: GPL-3.0-or-later
 * What other stations say of this one without evidence: it has no effect, and is written down for
 * the people here: who, what, since when, how often.
 */
#ifndef STORE_CLAIMS_H
#define STORE_CLAIMS_H

#include "store/store.h"

/* Kept in stores: new ones at the end. */
enum claim_what {
	CLAIM_NONE,
	CLAIM_ANSWER,   /* that this station has given an answer which it does not know of */
	CLAIM_MARKS,    /* that it wrote more than it did */
	CLAIM_FACTS,    /* that it wrote facts which are not here, or are others here */
	CLAIM_CONFLICT, /* that other facts of it stand there under the numbers of those it sends */
	CLAIM_RETURNED, /* that it wrote facts of a kind that it signs, without its signature; or
			   that it has what it never got; or more returned facts than are kept */
	CLAIM_BELOW,    /* that a station below wrote facts which that one has not sent */
	CLAIM_CHANGED, /* that others wrote other facts than those that are held under their numbers
			*/
	CLAIM_ENDS,    /* that it has ended, more often than is followed in a day */
	CLAIM_KEYS,    /* that it has another key, more often than is taken */
	CLAIM_MUCH,    /* no claim: it has brought more in a day than is taken */
	CLAIMS
};
enum { CLAIMS_KEPT = 256 };

struct claim {
	uint64_t site, count;
	enum claim_what what;
	int64_t first, last; /* seconds, by the station's time */
};

/* SITE has said so COUNT more times. Of more than CLAIMS_KEPT the oldest goes. */
enum rc claim_note(struct store *store, uint64_t site, enum claim_what what, uint64_t count,
	struct fault *fault) MUST_CHECK;
typedef bool claim_fn(const struct claim *claim, void *to);
/* Those since SINCE, the newest first. */
enum rc claims_each(
	struct store *store, int64_t since, claim_fn *fn, void *to, struct fault *fault) MUST_CHECK;

uint64_t claims_total(struct store *store); /* claims that are remembered */

extern const char *const claim_names[CLAIMS]; /* for programs */
/* What it means, and what to do about it, translated. */
const char *claim_text(enum claim_what what);
const char *claim_advice(enum claim_what what);

#endif
