/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts that travel where their records do not: rows `tell` of the county's rules.
 */
#ifndef WORK_DIGEST_H
#define WORK_DIGEST_H

#include "work/figures.h"

/* This station's own counts as a record, which goes up before the records do: one a day, written over while the day lasts, and not
 * again before limit digest.minutes. Without rows `tell` nothing is written. */
enum rc digest_say(struct store *store, struct fault *fault) MUST_CHECK;

/* COUNTED->below: so many more than are here, by what places below say of themselves in the period of COUNTED; HERE counts what is here. */
typedef enum rc count_fn(struct counted *counted, struct world *world, const struct rule *rule, const struct counting_of *of,
	struct arena *arena, struct fault *fault);
enum rc digest_below(struct counted *counted, struct world *world, const struct rule *rule, const struct counting_of *of,
	count_fn *here, struct fault *fault) MUST_CHECK;

#endif
