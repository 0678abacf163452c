/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes on here now, and the disposal cards that are for it.
 */
#ifndef WORK_GOING_ON_H
#define WORK_GOING_ON_H

#include "work/rules.h"

enum { GOING_MOST = 24 };

/* Warnings in force, the gravest first, incidents that are not over, responses that are on. */
struct going {
	char event[16];
	unsigned colour; /* of a warning, as row_colour has it */
};
struct going_on {
	struct going at[GOING_MOST];
	unsigned count;
	int64_t now;
	const char *role; /* of who looks; "" = none */
};
enum rc going_on_load(struct going_on *going_on, struct world *world, struct fault *fault) MUST_CHECK;

/* Why a card is the one to take: GOING, or SEASON of the rules, or that it is for the ROLE of who looks; none: it is not. */
struct card_fit {
	const struct going *going;
	const struct rule *season;
	bool role;
};
/* FITS as struct card has it (model/packs.h); without it, EVENT is what the card is for. */
struct card_fit going_on_fits(const struct going_on *going_on, const char *event, const char *fits);
/* Is a card of LEVEL (code of plan_level) for a station of level OWN? One of another level is for others to take. */
bool card_is_ours(const char *level, enum level own);

/* The card to take for a warning, and how far the response is that was begun for the warning or with the card. */
struct card_run {
	struct ref card, response;   /* seq 0: none is for it; not begun */
	const char *title;           /* of the card; in the arena */
	unsigned steps;              /* of the card */
	unsigned tasks, done, doing; /* of the response: not void; finished; accepted or going on */
	bool over;                   /* the response was ended */
};
enum rc card_run_load(struct card_run *run, struct store *store, const struct row *warning, struct arena *arena,
	struct fault *fault) MUST_CHECK;

#endif
