/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is to be looked at today: danger points, enterprises, shelters, depots, devices, in the order in which one walks. By
 * the rows `due … last:patrol`, `due … last:inspect` and `confirm … checked` of the rules; or what a campaign means.
 */
#ifndef WORK_ROUND_H
#define WORK_ROUND_H

#include "work/actor.h"
#include "work/rules.h"

enum round_which { ROUND_TODAY, ROUND_ALL, ROUND_CAMPAIGN };

struct round_row {
	struct ref ref;
	const struct kind *kind;
	uint64_t area;
	unsigned colour;                             /* row_colour */
	int64_t walk;                                /* its turn on the way; 0 = not told */
	int64_t until;                               /* to be checked until then; 0 = no rule says so */
	int64_t last_at;                             /* of the newest check; 0 = it was never checked */
	bool done, late;                             /* checked today, or in the campaign; it should have been by now */
	const char *title, *place, *result, *people; /* "" = not known; in the arena */
};

enum { ROUND_CAMPAIGNS = 8 };
struct round {
	enum round_which which;                /* set by the caller, as is */
	struct ref campaign;                   /* of ROUND_CAMPAIGN */
	uint64_t area;                         /* 0 = this station's */
	struct round_row *rows;                /* in the arena: what is left first */
	unsigned count, done, late, found;     /* found: hazards or the like, of those done */
	unsigned month, month_found;           /* checks of this month, and those that found something */
	struct ref campaigns[ROUND_CAMPAIGNS]; /* those that are on here */
	const char *campaign_title[ROUND_CAMPAIGNS];
	unsigned campaign_count;
	const char *spans; /* "红12小时 橙36小时" where season or response makes them shorter; "" = as ever */
};

/* All that .which means, in its order. */
enum rc round_load(struct round *round, struct world *world, struct arena *arena, struct fault *fault) MUST_CHECK;

/* Hazards of the record ABOUT that are not closed. *WORST: the title of the gravest, in the arena; "" where there is none. */
unsigned round_hazards(struct store *store, struct ref about, struct arena *arena, const char **worst);

#endif
