/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places that owe an answer to a record, each with whom to call there now; and what a call writes.
 */
#ifndef WORK_OWING_H
#define WORK_OWING_H

#include "work/actor.h"
#include "work/callees.h"
#include "work/in_force.h"

struct owing_place {
	uint64_t area;
	bool answered, late;
	bool read;      /* somebody there has, who has not got the watch */
	bool delivered; /* a station of it has proven that it holds the record */
	int64_t at;     /* of the answer */
	struct ref answer;
	int64_t threatened; /* people whom points of danger there threaten */
	struct callees callees;
	struct next_call next; /* .who is a place in .callees */
	unsigned calls;
	const char *result; /* of the last call, its code; "" = nobody was called */
	int64_t called;
};

/* In the arena it was loaded with. */
struct owing {
	struct ref record;
	const struct rule *ask;
	struct owing_place
		*places; /* those that owe first: the late, the undelivered, the most threatened; then who has answered */
	unsigned count, answered;
	bool over;                           /* the record is: who has not answered never will, and nobody is called */
	unsigned undelivered, delivered;     /* of those that owe */
	unsigned tried, uncalled;            /* called in vain so far; not called yet */
	int64_t from, until, median, ninety; /* as in struct asked */
};

/* Below this station, which ROW asks by ASK. */
enum rc owing_load(struct owing *owing, struct world *world, const struct rule *ask, const struct row *row, struct arena *arena,
	struct fault *fault) MUST_CHECK;
/* The ask of ROW that may still be open below; NULL: ROW asks nobody. */
const struct rule *owing_ask(struct world *world, const struct row *row);
/* The one that asked about such records first, also when ROW is over. */
const struct rule *owing_asked(const struct row *row);
/* What those places are called when they are counted: "村", above a township "处". */
const char *owing_unit(const struct owing *owing);
/* When somebody answered or was called last; before that when it was asked; 0: nothing more is waited for. */
int64_t owing_newest(const struct owing *owing);
/* Whom to call in PLACE now; NULL: nobody is known, or all were called in vain. */
const struct callee *owing_callee(const struct owing_place *place);

/* FN for the place of each station that has proven that it holds REC, or wrote it. */
enum rc owing_sites(
	struct store *store, struct ref rec, void (*fn)(void *to, uint64_t area), void *to, struct fault *fault) MUST_CHECK;

/* Behind those of IN_FORCE the warnings that were lifted, or lift others, and for which here or below a signature is
 * still asked. */
enum rc owing_lifted(struct in_force *in_force, struct world *world, struct fault *fault) MUST_CHECK;

/* Every record that places below owe an answer to, in the order of home. */
enum { OWED_MOST = 20 };
struct owed {
	struct ref at[OWED_MOST];
	unsigned count;
};
enum rc owed_load(struct owed *owed, const struct actor *actor, struct fault *fault) MUST_CHECK;

/* Where nobody right below owes one: the newest record that villages further below still answer, whom those between call. */
struct owed_deeper {
	struct ref record; /* seq 0: there is none */
	unsigned count, answered;
};
enum rc owed_deeper_load(struct owed_deeper *deeper, const struct actor *actor, struct fault *fault) MUST_CHECK;

/* ---- a call */

struct call_act {
	const struct owing *owing;
	const struct owing_place *place;
	const char *phone, *method, *result; /* codes of method and call_result */
	const char *text;                    /* "" = none */
};
/* What a key wrote, so that it can be taken back. */
struct call_done {
	struct ref call, answer; /* answer: seq 0 = none was written */
	uint64_t area;
	int64_t at;
};
enum { CALL_UNDO_SECONDS = 3600 };

/* The call, with its number by how many there were; taken and repeated by somebody of the place: also the answer that
 * it owes. */
enum rc call_write(const struct actor *actor, const struct call_act *act, struct call_done *done, struct fault *fault) MUST_CHECK;
enum rc call_undo(const struct actor *actor, const struct call_done *done, struct fault *fault) MUST_CHECK;
/* An order to all places that owe an answer to RECORD, *COUNT of them, to give it. RC_BAD: all have, or they were
 * urged already and that order still stands. */
enum rc owing_urge(
	const struct actor *actor, const struct owing *owing, const char *title, unsigned *count, struct fault *fault) MUST_CHECK;
/* A word to it. */
enum rc call_word(const struct actor *actor, const struct call_done *done, const char *text, struct fault *fault) MUST_CHECK;
/* The number of PERSON is another one, in the register, too. */
enum rc call_number(const struct actor *actor, struct ref person, const char *phone, struct fault *fault) MUST_CHECK;

/* ---- two officers at one board: who is at a place is kept for two minutes, on this station alone, and is no fact */

void call_claim(const struct actor *actor, uint64_t area);
/* Who else is there now: the name in OUT; false: nobody. */
bool call_claimed(const struct actor *actor, uint64_t area, struct buf *out);

#endif
