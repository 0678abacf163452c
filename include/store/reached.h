/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a record has provably come: the ladder 本机 → 乡镇 → 县 → 市. The one place that says so;
 * show, lists, the record screen and the outbox ask here.
 */
#ifndef STORE_REACHED_H
#define STORE_REACHED_H

#include "store/log.h"

enum { HOLDERS_MOST = 16 };

/* The stations of higher levels that may hold records of this one: neither revoked nor ended. Read
 * once for a page. */
struct holders {
	struct holder {
		uint64_t site, area;
		enum level level;
		bool followed; /* another of its area stands on the way up now: it may have been
				  put back and go on under that number */
	} at[HOLDERS_MOST];
	unsigned count;
	uint64_t above; /* the station above, whose word is shown as such; 0: there is none */
	bool mixed;     /* release 0.1 wrote this store: words and proofs of others stand in one */
};
enum rc holders_load(struct store *store, struct holders *holders, struct fault *fault) MUST_CHECK;

/* LEVELS_HELD[l]: some station of level l, above this one and at or above AREA (the record's), has
 * proven by its marks that it holds every fact of REC that was written at or below it; at least
 * one. A fact by an author whom nobody knows here, a mark that does not come up to it, a refusal of
 * it: the level is not named. Numbers of the ladder: docs/DESIGN.md, "The log". */
enum rc holders_reached(struct store *store, const struct holders *holders, struct ref rec,
	uint64_t area, bool levels_held[LEVELS], struct fault *fault) MUST_CHECK;
/* Levels that are not among those, and would be if what the station above says of others counted: of stations above
 * itself as holders of facts that were not written here, or without their proof. To be shown as its word alone. */
enum rc holders_said(struct store *store, const struct holders *holders, struct ref rec,
	uint64_t area, bool levels_said[LEVELS], struct fault *fault) MUST_CHECK;
/* Both at once, for a single record. */
enum rc store_reached(struct store *store, struct ref rec, uint64_t area, bool levels_held[LEVELS],
	struct fault *fault) MUST_CHECK;
/* The highest level that is named; -1 = this station alone. */
int reached_top(const bool levels_held[LEVELS]);

/* What REFUSAL refused was taken later by the one who refused it, or REFUSAL is the word of that. */
bool store_refusal_over(struct store *store, struct ref refusal);
/* How many facts of this station the levels above refuse, as far as they have told. */
unsigned store_refused(struct store *store);

#endif
