/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is called for a place, in the order of a `who` row, and who is next by what the calls so far came to.
 */
#ifndef WORK_CALLEES_H
#define WORK_CALLEES_H

#include "work/rules.h"

struct callee {
	const struct post *post;
	struct ref person;                /* seq 0: no person of the registers (the station above) */
	const char *name, *title, *phone; /* "" = not known; in the arena */
	uint64_t area;                    /* where the person is */
	const char *way;                  /* by which means, a code of method */
};

struct callees {
	struct arena *arena; /* the caller's */
	struct callee *list; /* in the order in which they are called; nobody twice by the same means */
	unsigned count;
};
/* The people of WHO for AREA and ROW (for posts that a field of it names; NULL: those are left out). */
enum rc callees_of(struct callees *callees, struct world *world, const struct rule *who, uint64_t area, const struct row *row,
	struct fault *fault) MUST_CHECK;

/* Can he be called: by a means that needs no number, or there is one? */
bool callee_within_reach(const struct callee *callee);

/* One call that was made for a place: its result (code of call_result) and when. */
struct call_made {
	struct ref callee;
	const char *result;
	int64_t at;
	unsigned nth; /* of those written in one second the later ones are greater */
};
struct next_call {
	unsigned who;     /* place in the list; == count: all were called in vain */
	unsigned attempt; /* of that one, 1 first */
	int64_t due;      /* not before; a time that has passed means now */
	bool answered;    /* somebody of the place took it and repeated it: nobody is called any more */
	bool above;       /* the station above was told that nobody answers */
};
/* Does who is called so answer for the place? The next village runs over and the station above helps: neither of them
 * has the place's signature in his hand. */
bool callee_answers(const struct callee *callee);
struct calls {
	struct arena *arena; /* the caller's */
	struct call_made *made;
	unsigned count;
};
/* The calls that were made for AREA about ROW, by time. */
enum rc calls_made(
	struct calls *calls, struct store *store, const struct row *row, uint64_t area, struct fault *fault) MUST_CHECK;
/* CALLS in the order of time. ASKED: since when an answer is owed. RULE: the escalate row of that ask or need. No answer
 * or busy: the same one again after a while, at most as long as RULE gives each; off or wrong number: the next one now;
 * told to somebody else, or to the next village: once more in ten minutes; told above: nobody is left. */
struct next_call call_next(const struct rule *rule, const struct callees *callees, const struct calls *calls, int64_t asked);
/* The escalate row of ASK (NULL name: of that need and kind); NULL. */
const struct rule *escalate_of(const struct rule *ask);

#endif
