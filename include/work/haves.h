/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a village or township has to have (rows `have` of rules.conf), what of it there is, and its colour of risk (rows
 * `colour`).
 */
#ifndef WORK_HAVES_H
#define WORK_HAVES_H

#include "work/actor.h"
#include "work/figures.h"

struct have {
	const struct rule *rule;
	int64_t wanted, found; /* records of the place itself */
	bool met;
};
struct haves {
	uint64_t area;
	struct have *rows; /* in the arena, as the rules have them */
	unsigned count, met;
	const struct rule *colour; /* the first row that holds; NULL: none does */
	unsigned coloured;         /* so many records are behind it, */
	const struct kind *kind;   /* of this kind */
};

enum rc haves_load(struct haves *haves, struct world *world, uint64_t area, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The same of each place directly below AREA; what lacks most stands first. */
struct haves_below {
	struct haves *places; /* in the arena */
	unsigned count;
};
enum rc haves_load_below(
	struct haves_below *below, struct world *world, uint64_t area, struct arena *arena, struct fault *fault) MUST_CHECK;

#endif
