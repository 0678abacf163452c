/* SPDX-License-Identifier: GPL-3.0-or-later
 * Households while they are loaded: who they are (homes.c), and what was said at each door
 * (homes_words.c).
 */
#ifndef WORK_FIGURES_HOMES_INSIDE_H
#define WORK_FIGURES_HOMES_INSIDE_H

#include "work/homes.h"
#include "work/moving.h"

enum { TYPES_ROOM = 200 };

struct loading {
	struct homes *homes;
	struct store *store;
	struct arena *arena;
	size_t room;
	struct moving moving;   /* orders: a transfer of one that is over counts no more */
	struct bytes areas;     /* that the warning is for, in the arena; none: it says none */
	char types[TYPES_ROOM]; /* sorts of points that the warning means, a,b; "" = none in
				   particular */
	struct ref *zones;      /* in the arena, sorted */
	size_t zone_room;
	struct home *strangers; /* on the list of transfers alone, in the arena */
	unsigned stranger_count;
	size_t stranger_room;
	unsigned colour; /* of the warning whose relays are read, as row_colour */
};

/* A value as text in the arena; "" = there is none. */
const char *loading_text(struct loading *to, const struct row *row, unsigned tag);
/* The record that a field means; false: none that is here. */
bool loading_ref(struct loading *to, const struct row *row, unsigned tag, struct ref *ref);
int loading_by_ref(const void *a, const void *b);
/* The newest word from each household of .homes, sorted by reference: told under the warning, under
 * another one, by the list of transfers, by a visit. */
enum rc homes_words(struct loading *to, int64_t now, struct fault *fault) MUST_CHECK;

#endif
