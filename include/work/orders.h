/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and tasks: who received an order and what each has answered, who has which task; and what a key writes.
 */
#ifndef WORK_ORDERS_H
#define WORK_ORDERS_H

#include "work/actor.h"
#include "work/rules.h"

/* One receiver of an order. */
struct order_place {
	uint64_t area;
	bool delivered;    /* a station of it has proven that it holds the order */
	bool halfway;      /* the station between has; whether it has come further is not known here */
	int64_t signed_at; /* of the first answer; 0 = there is none */
	struct ref answer; /* the newest; seq 0 = there is none */
	int top;           /* the highest level that has proven that it holds it; -1 = this station alone */
	bool ended;        /* the newest says that it is done, or cannot be */
	int64_t at;        /* of the newest that says more than that it was received; 0 = there is none */
	const char *state; /* its code */
	const char *text;  /* its words and its number; "" = none */
	unsigned urged;    /* so often */
	int64_t urged_at;
};

struct order {
	struct ref ref;
	int state;
	int64_t at, due; /* due: as it says, else as the rules say; 0 = neither does */
	const char *number, *text, *issuer, *type;
	bool ours;                  /* this place has to answer */
	struct order_place here;    /* its answers; .area 0: it is not asked */
	struct order_place *places; /* below: those that have not signed first, then those that have not answered */
	int64_t answer_by;          /* until when they are to answer, while some have not; 0 = all have, or nobody is asked */
	unsigned count, unsigned_count, unanswered, owing; /* owing: order_owes */
};

struct task_line {
	struct ref ref;
	const char *who, *text, *last; /* last: the newest word about it; "" = none */
	int state;
	int64_t due;
	uint64_t area;
	bool mine;
};

/* In the arena they were loaded with. */
struct orders {
	struct order *orders; /* what this place has to answer first, then the newest */
	unsigned count;
	struct task_line *tasks; /* by their time */
	unsigned tasks_count;
	unsigned unsigned_count, unanswered, late, mine; /* over all that is open, this place's own, too */
};

/* ALL: also what is done and revoked. */
enum rc orders_load(struct orders *orders, struct world *world, bool all, struct arena *arena, struct fault *fault) MUST_CHECK;
/* Is it to be urged: has it not answered as the order wants, or past the time not said that it is done? */
bool order_owes(const struct order *order, const struct order_place *place, int64_t now);
/* Has it answered as the order wants: more than that it was received, where more is wanted? */
bool order_answered(const struct order *order, const struct order_place *place);

/* An answer of this place: STATE is a code of answer_state; WORDS "" = none, a number before them counts as the number. */
enum rc order_answer(const struct actor *actor, struct ref order, const char *state, const char *words, struct ref *answer,
	struct fault *fault) MUST_CHECK;
/* One step that names all who have not answered. RC_BAD: everybody has. *COUNT: how many were urged. */
enum rc order_urge(const struct actor *actor, const struct order *order, unsigned *count, struct fault *fault) MUST_CHECK;

#endif
