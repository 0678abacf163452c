/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warnings boards are about.
 */
#ifndef WORK_IN_FORCE_H
#define WORK_IN_FORCE_H

#include "work/rules.h"

enum { IN_FORCE_MOST = 9 };

/* Those in force that concern this place, one copy of each: real ones before exercises, the gravest first, then the newest. */
struct in_force {
	struct ref at[IN_FORCE_MOST];
	unsigned count;
};
enum rc in_force_load(struct in_force *in_force, struct world *world, struct fault *fault) MUST_CHECK;
/* Of these only those that are for AREA, too. */
void in_force_keep(struct in_force *in_force, struct store *store, uint64_t area);
/* Is WARNING for AREA? One that names no places is for all below where it lies. */
bool warning_reaches(const struct row *warning, uint64_t area);

/* Does ROW, a warning, lift others? */
bool warning_lifts(const struct row *row);
/* When ROW, a warning that lifts no others, was lifted; 0: it was not. */
int64_t warning_lifted(const struct row *row);
/* What was said with it; nothing where another message lifted it. Of one that lifts others: what it says itself, but for
 * what it only repeats of those. */
void warning_lift_word(struct store *store, const struct row *row, struct buf *out);
/* Does ROW, which lifts others, say in its field TAG what one of those said in it? */
bool warning_repeats(struct store *store, const struct row *row, unsigned tag);

/* Warnings beside one: what was said at a door under them was said there. */
enum { WARNED_MOST = 2 * IN_FORCE_MOST };
struct warned {
	struct ref at[WARNED_MOST];
	unsigned colours[WARNED_MOST]; /* row_colour */
	unsigned count;
};
/* The others in force beside WARNING, and what those and WARNING have taken the place of. */
enum rc warned_load(struct warned *warned, struct world *world, struct ref warning, struct fault *fault) MUST_CHECK;

#endif
