/* SPDX-License-Identifier: GPL-3.0-or-later
 * The year's drills against what is asked for, the drill that is going on with what was told in it, what drills showed and
 * is not put right yet. And what one line or one key writes of it.
 */
#ifndef WORK_DRILL_H
#define WORK_DRILL_H

#include "work/actor.h"
#include "work/figures.h"

struct drill_lack {
	struct ref ref;
	const char *title;
};

/* A figure of the rules that the board shows (`on E`). */
struct drill_count {
	const struct rule *rule;
	struct figured figured;
	struct drill_lack *lacks; /* of a share: those that it divides by and does not count */
	unsigned lack_count;
	int64_t planned_at;  /* of the drill that will count for it; 0 = none is planned */
	const char *planned; /* its title */
};

struct drill_inject {
	struct ref ref, script; /* script seq 0: this station does not hold its text before its time */
	int64_t minute, gives;  /* gives: when it is due to be told; 0 = the drill has not begun */
	const char *text, *answer, *by;
	int state;                        /* inject_is_… */
	int64_t given_at, done_at, until; /* 0 = not known, not yet */
};

struct drill_arrival {
	struct ref ref;
	const char *who;
	int64_t people, minute;
	bool late;
};

/* One that is not filed yet. */
struct drill_row {
	struct ref ref;
	const char *title;
	int state;
	int64_t at, until; /* when it is, was, or began; by when the next step is due, 0 = no row says */
};

struct drill_finding {
	struct ref ref;
	const char *text, *owner;
	int64_t due; /* a time; 0 = none */
	int state;
};

struct drills {
	struct drill_count *counts;
	unsigned count;
	struct ref running; /* seq 0: none is going on */
	const char *title;  /* of it */
	uint64_t area;
	int64_t begun_at, people, expected, evacuated;
	struct drill_inject *injects;
	unsigned inject_count, answered;
	struct drill_arrival *arrivals;
	unsigned arrival_count;
	int64_t arrived;
	const char *units; /* who was to come, a line each */
	struct drill_row *rows;
	unsigned row_count;
	struct drill_finding *findings;
	unsigned finding_count, late;
};

/* Texts lie in ARENA. ALL: also findings that are put right. */
enum rc drills_load(struct drills *drills, struct world *world, bool all, struct arena *arena, struct fault *fault) MUST_CHECK;

/* What was done about an inject; the text of a sealed one is told now. */
enum rc drill_answer(const struct actor *actor, struct ref inject, const char *text, struct fault *fault) MUST_CHECK;
enum rc drill_give(const struct actor *actor, struct ref script, struct fault *fault) MUST_CHECK;
/* "18", "18 120 8": who takes part, who was led out, in how many minutes. */
enum rc drill_heads(const struct actor *actor, struct ref drill, const char *typed, struct fault *fault) MUST_CHECK;
/* "抢险队 18 路上堵车": who has come, with how many, and a word. MINUTE of the drill. */
enum rc drill_arrive(
	const struct actor *actor, struct ref drill, int64_t minute, const char *typed, struct fault *fault) MUST_CHECK;
/* A line of the log while it goes on. */
enum rc drill_note(const struct actor *actor, struct ref drill, const char *text, struct fault *fault) MUST_CHECK;
/* A finding becomes a hazard, or a task of its owner, by the rules. */
enum rc drill_hand(const struct actor *actor, struct ref finding, bool hazard, struct fault *fault) MUST_CHECK;

#endif
