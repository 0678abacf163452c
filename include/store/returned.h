/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts of an ended own site that stations below give back without its signature. Anybody below
 * could have made them up: they are kept apart until a person here takes or leaves them.
 */
#ifndef STORE_RETURNED_H
#define STORE_RETURNED_H

#include "store/store.h"

enum { RETURNED_MOST = 5000 }; /* of one sender: a township's backlog of nine days */

struct returned {
	int64_t id, at; /* at: when it came, seconds */
	uint64_t from;
	struct bytes raw;
};

/* Kept, or *full: FROM has given back too many. What is kept or was decided already is left. */
enum rc returned_keep(struct store *store, uint64_t from, struct bytes raw, bool *full,
	struct fault *fault) MUST_CHECK;
unsigned returned_count(struct store *store);
typedef bool returned_fn(const struct returned *returned, void *to);
/* The oldest first; LIMIT 0 = all. */
enum rc returned_each(struct store *store, unsigned limit, returned_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;
/* A person has decided. TAKE: under its number, or under a new one when another fact stands there:
 * that stays. Else it is left, and not asked again. ID 0: all. RC_NONE: there is no such one.
 * *COUNT: how many were decided. */
enum rc returned_decide(struct store *store, int64_t id, bool take, unsigned *count,
	struct fault *fault) MUST_CHECK;

#endif
