/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody of this station, in the bands and the order that the county's rules give it (rank rows of
 * config/rules.conf): now, today, later, and what is only watched.
 */
#ifndef WORK_AGENDA_H
#define WORK_AGENDA_H

#include "work/actor.h"
#include "work/rules.h"

/* What ROW needs of somebody here (work/rules.h): an active warning that this station has not signed wants that first;
 * a copy that is not shown needs nothing; what lies outside the station's area is for those there, but for kinds that
 * are sent down to everybody (K_TO_ALL), which only their issuer ends. TEXT: borrowed, translated. */
enum need need_of(struct store *store, const struct row *row, int64_t now, int64_t *until, const char **text);

/* How bad it is by its colour: 0 red, 1 orange, 2 yellow, 3 blue; COLOURS = it has none. */
enum { COLOURS = 4 };
enum { NEEDS_SLICE = 1000 }; /* a few milliseconds: nobody waits for a key so long */
unsigned row_colour(const struct row *row);

/* Households of a danger point that are on the list of transfers, by how far they are, also those that have arrived. */
struct need_moved {
	unsigned homes, still, told, leaving, arrived, refused, absent;
	int64_t people;
};

struct need_item {
	enum need need;
	enum rule_band band;
	unsigned order; /* of the row that placed it, 0 first */
	unsigned colour;
	unsigned count;          /* so many stand for one row; this one is the first of them */
	unsigned owing;          /* places below that have not answered, */
	bool undone;             /* or not said that it is done */
	unsigned answered;       /* and those that have, to .ask */
	bool mine, in_force;     /* a warning, signed and not over: .need may be none */
	int64_t ring;            /* seconds between two bells; 0 = none */
	struct ref ref;          /* seq 0: .ask is of every day, and there is no record */
	const struct rule *ask;  /* NULL: .ref needs somebody */
	const struct rule *rule; /* what asks for it, as in struct needed; NULL: nothing does */
	struct ref event;        /* of an ask of every event: the report from below; seq 0 = none */
	const struct kind *kind; /* of the answer, where there is no record */
	int state;               /* -1 where there is none */
	uint64_t area;
	int64_t until;
	uint64_t stamp, group;
	const char *title, *text; /* title: NULL before needs_titles */
	const char *among;        /* what the field says by which several stand for one row; NULL before needs_titles, and where
				     it is no field */
	struct need_moved
		moved;  /* of transfers of one point, .among; .homes 0: it is nothing of the kind, or needs_titles was not
				     there */
	int64_t turns;  /* until then only a fact changes what is said here, */
	unsigned asked; /* or another watch or response, where these were asked for: ASKED_… */
};

struct needs {
	struct need_item *items; /* until the next load; texts lie in the arena */
	unsigned count;
	struct need_item *rows;               /* owned: .items, where several stand for one row */
	unsigned counts[NEEDS], bands[BANDS]; /* of records, not of rows */
	int64_t next;                         /* when the next limit runs out; 0 = none known */
	int64_t turns;                        /* when what does not stand here may come; INT64_MAX = by facts alone */
	struct agenda *kept;                  /* owned: what was judged, for the next load */
	uint64_t version;                     /* of what was kept; 0 = nothing was loaded */
	unsigned titled;                      /* so many of the first have titles */
	bool alone;                           /* set by the caller: what other programs judged is not believed */
	unsigned slice; /* set by the caller: where all of them have to be judged, about so many at once; 0: all */
	bool counting;  /* so it was: the rest is still to be judged, by needs_go_on */
};

/* A row's title as it is shown where it is loaded for. */
typedef void title_fn(struct store *store, const struct row *row, struct buf *out);

/* All of them in their order, without titles; released by needs_release. Loaded once more, only those records are judged
 * again whose facts have changed since, or those on which they hang, or which time alone may judge otherwise by now. */
enum rc needs_load(struct needs *needs, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* Judges a slice more, while what was loaded and grouped stays as it is. False: that was the last, load again. */
bool needs_go_on(struct needs *needs, const struct actor *actor);
/* The row `rank` that placed it; NULL: none of today's. */
const struct rule *need_rank(const struct need_item *item);
/* One row for those that a rank row groups. */
void needs_group(struct needs *needs);
/* The records that item N stands for, MOST at most. Returns how many; 0 where it is none. */
unsigned needs_members(const struct needs *needs, unsigned n, struct ref *refs, unsigned most);
/* Titles of the first MOST, in ARENA. */
void needs_titles(struct needs *needs, struct store *store, title_fn *title, unsigned most, struct arena *arena);
void needs_release(struct needs *needs);

/* The most urgent of what rings, by the order of home. */
struct needs_loud {
	unsigned colour;
	struct ref ref; /* seq 0 = there is none */
	bool warning;   /* it is one */
	unsigned owing; /* places below that have not answered it */
	int64_t ring, until;
	unsigned order; /* of the row that placed it */
	/* Of all that are loud, by arrival here: stamps are of clocks that may be years ahead, and such a one would
	 * mute all that come after it. */
	uint64_t newest;
};
enum rc needs_loudest(struct store *store, struct needs_loud *loud, struct fault *fault) MUST_CHECK;
/* The same among what has been judged so far, a slice more than before, the most urgent kinds first. */
enum rc needs_loudest_yet(struct store *store, struct needs_loud *loud, struct fault *fault) MUST_CHECK;
bool needs_loudest_counts(void); /* is there more to judge? */

#endif
