/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a lying station may bring about in another's folder, and what not: of everything that is
 * different afterwards, what is not its own to change.
 */
#ifndef INSIDER_BLAME_H
#define INSIDER_BLAME_H

#include "snapshot.h"

#include <stdbool.h>
#include <stdint.h>

enum side {
	SIDE_HUB,   /* the judged store stands above the liar: it has its records, and counts */
	SIDE_BELOW, /* the liar is the hub of the judged store */
	SIDE_OTHER  /* it has nothing to say to it */
};

enum { BLAME_TOLD = 3 };
struct blame {
	enum side side;
	uint64_t liar, liar_area, own; /* sites; own: the judged store's */
	bool pinned; /* SIDE_BELOW: the liar is the one that the judged store has joined */
	const char *const *excused; /* beginnings of keys that this case may change; NULL = none */
	unsigned wrong;             /* changes that must not be */
	char said[3600];            /* the first of them */
};

void blame_find(struct blame *blame, const struct snapshot *before, const struct snapshot *after);

#endif
