/* SPDX-License-Identifier: GPL-3.0-or-later
 * A response as its steps: the tasks that its card became, who has done which and when, and those that a board counts.
 */
#ifndef WORK_RESPONSE_H
#define WORK_RESPONSE_H

#include "work/actor.h"
#include "work/rules.h"

struct response_step {
	struct ref task;
	const char *text, *who, *by; /* by: who did it; "" = not known, or not done */
	int state;
	int64_t at, due, done_at; /* due, done_at 0 = none */
	unsigned done, of;        /* as a board counts it; of 0 = no board does */
	bool mine;
};

struct response_on {
	struct ref ref;
	uint64_t area;
	bool ours; /* set by this place: it may be regraded and stopped here */
	int64_t at;
	const char *event, *level, *basis, *leader;
	const char *proposal; /* of the county's rules: what is to be decided about it; "" = nothing */
};

struct responses {
	struct response_on *on; /* the gravest first */
	unsigned count;
	struct response_on *below; /* those that places below have for themselves, the newest first */
	unsigned below_count;
	struct ref open;             /* whose steps these are; set before loading, seq 0 = the first */
	struct response_step *steps; /* in the order of the card */
	unsigned step_count, done, doing, late;
};

enum rc responses_load(struct responses *responses, struct world *world, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The step at NTH is done. */
enum rc response_tick(const struct actor *actor, const struct response_step *step, struct fault *fault) MUST_CHECK;

#endif
