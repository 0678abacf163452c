/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's rules over what a station knows: whose a thing is, who owes an answer, in which band of home it stands.
 * Rows of the rules are read in model/rules.h; here they meet records, the roster, people and places.
 */
#ifndef WORK_RULES_H
#define WORK_RULES_H

#include "base/arena.h"
#include "model/rules.h"
#include "store/rows.h"
#include "store/station.h"

/* What rules ask about this station and its other records, as it was when it was opened. */
struct world {
	struct surroundings around;
	struct store *store;
	const struct user *user;      /* NULL: nobody in particular */
	int64_t turns;                /* around.turns: set it before judging (model/rules.h) */
	unsigned asked;               /* around.asked: the same */
	bool rostered;                /* is somebody on today's roster */
	const struct field *on_watch; /* its field that names the user; NULL: none does */
	bool deputy;                  /* it names somebody whose deputy the user is */
	char his[240];                /* what was asked of the user's record last */
	struct ref like;              /* set by around.like: the record that was found */
};

/* WORLD points to itself: it may not be moved. Reads responses that are on, and today's roster. USER NULL: whoever
 * works here. */
void world_open(struct world *world, struct store *store, const struct user *user, int64_t now);

/* The day (yyyymmdd) whose roster counts at NOW: before the hour at which the watch changes, that of the day before. */
int64_t watch_day(int64_t now);
/* Has that desk (a code) to be manned now, by the rows `desk`? */
bool desk_wanted(const struct world *world, const char *desk);

/* Does TEXT, in which somebody wrote to whom an order goes, mean the place AREA: by its name or code, or by a word for all
 * places of its level (code table receiver_word)? */
bool receiver_place(uint64_t area, struct bytes text);
/* Or by somebody who is registered there? */
bool receiver_is(struct store *store, uint64_t area, struct bytes text);
/* Does it name the post or the role that USER has? */
bool receiver_post(const struct user *user, struct bytes text);

/* Lays rule files that came as signed facts (kind ruleset) over those of the folder, when there are others than at the
 * last call. RC_OK also when one cannot be read: rules_complaints says so. */
enum rc rules_follow(struct store *store, struct fault *fault) MUST_CHECK;
/* Lays them again without this place's own file NAME: what a next version of that file lies upon. */
enum rc rules_without(struct store *store, const char *name, struct fault *fault) MUST_CHECK;
const char *rules_complaints(void); /* a line each; "" = none */
/* The first line of what is wrong with the files of the county's folder, which are read once; "" = nothing. TEXT is copied. */
void rules_folder_complain(const char *text);
const char *rules_folder_complaints(void);

/* The drill that is going on here, or in a place above or below; seq 0: none is. What is written meanwhile belongs to it
 * (field `status`), unless something else is said. */
struct ref practice_on(struct store *store);

/* ---- when a thing is over */

/* When a thing is over (Unix seconds): its end (the field with F_EXPIRES) while nothing has closed it. Without one a
 * warning lasts limit warning.unsigned.days, and so does the word that it is lifted, but never longer than the warning
 * itself would have; anything else is never over (INT64_MAX). */
int64_t row_end(const struct row *row);
bool row_over(const struct world *world, const struct row *row);
/* The station that wrote the warning is who issued it, and not one who typed in what another issued. */
bool warning_own(struct store *store, const struct row *row);
/* Is ROW a warning that people here must live with: active, not over, for this place, and no cancel? */
bool warning_in_force(const struct world *world, const struct row *row);

/* ---- who owes an answer */

/* Does RULE, an ask, ask anybody about ROW now? */
bool ask_asks(struct world *world, const struct rule *rule, const struct row *row);
/* Does RULE ask for an answer every day, and today? */
bool ask_every(struct world *world, const struct rule *rule);
/* Is AREA one of the places that RULE, an ask, means when it asks about ROW (NULL: of those asked every day)? */
bool ask_wants(struct world *world, const struct rule *rule, const struct row *row, uint64_t area);
/* Has this station answered an ask of ROW as it is now, whether it was asked or not? */
bool ask_answered(struct world *world, const struct row *row);
/* Does the newest word of this station's place on what is asked (kind answer) end it: done, impossible, or what an order
 * wants to be told, a number, words, that they have arrived? */
bool ask_done(struct world *world, const struct row *row);
/* Does that ANSWER to ROW end it? */
bool ask_ends(const struct row *row, const struct row *answer);
/* The first ask that ROW is under now and that this station has not answered; NULL. *UNTIL: its limit. */
const struct rule *ask_open(struct world *world, const struct row *row, int64_t *until);

/* Is ANSWER, by what it says itself, of somebody whom RULE lets answer for his place? */
bool ask_by_watch(const struct rule *rule, const struct row *answer);

struct asked_place {
	uint64_t area;
	bool answered, late;
	bool ended;        /* the newest of its answers ends what is asked */
	bool read;         /* somebody there answered who has not got the watch */
	int64_t at;        /* of the first answer that counts */
	struct ref answer; /* the newest */
};
struct asked {
	struct asked_place *places;       /* in the arena; those that owe first, in order of codes */
	unsigned count, answered, undone; /* undone: those that have not .ended it */
	int64_t from, until;
	int64_t median, ninety; /* seconds to answer, of half and of nine in ten of all who were asked; -1 = not yet */
	struct ref event;       /* of `every event`: the report from below from which it counts */
};
/* All places that owe an answer to ROW by RULE; without a ROW by one of every day: since midnight. */
enum rc asked_load(struct asked *asked, struct world *world, const struct rule *rule, const struct row *row, struct arena *arena,
	struct fault *fault) MUST_CHECK;
/* The same of all villages that lie below, however deep: from a county past its townships. Not for `every event`. */
enum rc asked_villages(struct asked *asked, struct world *world, const struct rule *rule, const struct row *row,
	struct arena *arena, struct fault *fault) MUST_CHECK;

/* ---- what a record needs here */

struct standing {
	struct needed needed;    /* .rule also an ask */
	bool force;              /* a warning in force, answered */
	unsigned owing;          /* places below that have not answered; .needed is then their ask's */
	struct ref event;        /* the report from below of which nothing was reported here; seq 0 = none */
	int64_t since;           /* from when on they owe it */
	const struct rule *rank; /* the row that places it; NULL: it does not stand on home */
};
struct standing standing_of(struct world *world, const struct row *row);
/* The same of what RULE asks for every day, for which there is no record. *ANSWERED: places that have. */
struct standing standing_of_day(struct world *world, const struct rule *rule, unsigned *answered);
/* What it says to people; borrowed, translated. */
const char *needed_text(const struct needed *needed);

#endif
