/* SPDX-License-Identifier: GPL-3.0-or-later
 * An incident that was reported by telephone: until when it has to be told above and written, whom to call, which
 * disposal card fits.
 */
#ifndef WORK_INCIDENT_H
#define WORK_INCIDENT_H

#include "work/actor.h"
#include "work/callees.h"
#include "work/rules.h"

/* What this station is still to do about it, by its rows `due incident`: those of its state and of the states that follow.
 * To what came from below it has to respond; what was taken down here is told above by telephone. */
enum incident_duty { INCIDENT_RESPOND, INCIDENT_TELL, INCIDENT_WRITE, INCIDENT_DUTIES };
/* Until when, of each; 0: it has not, or has done so. */
struct incident_limits {
	int64_t until[INCIDENT_DUTIES];
};
/* The one that ends first; INCIDENT_DUTIES: there is none. */
enum incident_duty incident_next(const struct incident_limits *limits);
/* The limits of one incident that runs here. */
struct incident_running {
	struct ref ref; /* seq 0: none runs */
	struct incident_limits limits;
};
/* Of one that is taken down here at that time. */
void incident_limits_new(struct incident_limits *limits, struct world *world, int64_t at);
/* Of RUNNING's .ref if it runs, else of the one whose next limit comes first. */
enum rc incident_running(struct world *world, struct incident_running *running, struct fault *fault) MUST_CHECK;

struct incident {
	struct ref ref;
	int state;
	struct incident_limits limits;
	struct callees callees;     /* of `who reported`, in the order in which they are called */
	const char **called;        /* of each the result of the last call, as it is shown; "" = none */
	struct ref card;            /* seq 0: none fits */
	const char *title, *steps;  /* of the card; "" */
	const char *sign;           /* its own key on the plate; "" = none */
	const char *number, *about; /* its number and its title */
};
/* In ARENA. */
enum rc incident_load(
	struct incident *incident, struct world *world, struct ref ref, struct arena *arena, struct fault *fault) MUST_CHECK;
/* A call to the Nth callee (0 first) with RESULT, a code of call_result, and an entry of the log. Whoever above answers
 * has been told by telephone: that step, too. All of it or nothing. */
enum rc incident_call(const struct actor *actor, const struct incident *incident, unsigned n, const char *result,
	struct fault *fault) MUST_CHECK;

#endif
