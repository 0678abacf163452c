/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody of this station now, in the order in which it burns: unsigned warnings by colour, what is
 * overdue, who is silent, what falls due, what expires, what wants confirming.
 */
#ifndef WORK_AGENDA_H
#define WORK_AGENDA_H

#include "model/rules.h"
#include "store/rows.h"

/* As rules_need, for this station: an active warning that it has not signed wants that first, but not of a township
 * and up that issued it, unless a rule says so; a copy that is not shown needs nothing; to update or cancel a warning
 * is for who issued it; what lies outside the station's area is for those there, but for kinds that are sent down to
 * everybody (K_TO_ALL). */
enum need need_of(struct store *store, const struct row *row, int64_t now, int64_t *until, const char **text);
/* Has this station a receipt for WARNING, or for another copy of it? One that it gave under an earlier number counts,
 * and one of another station of its place. */
bool warning_signed(struct store *store, struct ref warning);
/* Is RECEIPT such a one, for the warning of which SHOWN is the copy to show? */
bool receipt_counts(struct store *store, const struct row *receipt, struct ref shown);

/* How bad it is by its colour: 0 red, 1 orange, 2 yellow, 3 blue; COLOURS = it has none. */
enum { COLOURS = 4 };
unsigned row_colour(const struct row *row);

struct need_item {
	enum need need;
	unsigned rank; /* 0 first */
	unsigned colour;
	struct ref ref;
	const struct kind *kind;
	int64_t until;
	uint64_t stamp;
	bool in_force; /* a warning, signed and not over: .need may be none */
	const char *title, *text;
};

struct needs {
	struct need_item *items; /* owned; texts lie in the arena */
	unsigned count;
	size_t room;
	unsigned counts[NEEDS];
	int64_t next; /* when the next limit runs out; 0 = none known */
};

/* A row's title as it is shown where it is loaded for. */
typedef void title_fn(struct store *store, const struct row *row, struct buf *out);

/* All of them, texts in ARENA; released by needs_release. */
enum rc needs_load(
	struct needs *needs, struct store *store, title_fn *title, struct arena *arena, struct fault *fault) MUST_CHECK;
void needs_release(struct needs *needs);

/* The reddest, then newest, of the red and orange warnings in force that nobody here signed. */
struct needs_loud {
	unsigned colour; /* COLOURS = there is none */
	struct ref ref;
	uint64_t stamp;
	/* Of all that are loud, by arrival here: stamps are of clocks that may be years ahead, and such a one would
	 * mute all that come after it. */
	uint64_t newest;
};
enum rc needs_loudest(struct store *store, struct needs_loud *loud, struct fault *fault) MUST_CHECK;

#endif
