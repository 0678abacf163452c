/* SPDX-License-Identifier: GPL-3.0-or-later
 * The watch: who has it by the roster, what came in and went out, and handing it over.
 */
#ifndef WORK_WATCH_H
#define WORK_WATCH_H

#include "work/actor.h"
#include "work/agenda.h"
#include "work/rules.h"

/* Somebody of a roster: a person of the registers, or a name alone (seq 0); "" = nobody. In the arena. */
struct watch_post {
	struct ref person;
	const char *name, *phone;
};
enum { ROSTER_DESKS = 6 };
struct roster {
	struct {
		const char *desk; /* its label */
		struct watch_post officer, deputy;
	} desks[ROSTER_DESKS];
	unsigned count; /* 0 = nobody is on it */
	struct watch_post head, leader, leader_b;
};
/* Of this place for the watch that begins on DATE (yyyymmdd). */
enum rc roster_load(
	struct roster *roster, struct store *store, int64_t date, struct arena *arena, struct fault *fault) MUST_CHECK;

/* The log of this place, the newest first: entries, what was reported, warnings. */
struct watch_line {
	struct ref ref;
	int64_t at;
	const char *what, *from, *text, *done; /* what: its label; "" = not known */
};
struct watch_log {
	struct watch_line *lines;
	unsigned count;
};
/* What the log said last of the weather; "" = nothing. */
const char *watch_weather(const struct watch_log *log);

/* Stations right below of which nothing was heard for a quarter of an hour and more. */
struct watch_silent {
	unsigned count;
	const char *names; /* of their places, with a blank between; in the arena */
	int64_t longest;   /* seconds, of those that ever were */
};
enum rc watch_silent_load(
	struct watch_silent *silent, struct store *store, int64_t now, struct arena *arena, struct fault *fault) MUST_CHECK;
enum rc watch_log_load(struct watch_log *log, struct world *world, struct arena *arena, struct fault *fault) MUST_CHECK;

/* An entry of TYPE (a code of duty_type), about ABOUT (seq 0: nothing). */
enum rc watch_write(const struct actor *actor, const char *type, const char *text, struct ref about, struct ref *entry,
	struct fault *fault) MUST_CHECK;
/* So many places below, however deep, are called by a roll, by the rules. */
unsigned watch_rolled(const struct actor *actor);
/* All places below are called by roll: they answer within a quarter of an hour. */
enum rc watch_roll(const struct actor *actor, struct ref *roll, struct fault *fault) MUST_CHECK;

struct handing {
	struct watch_post to;
	const char *open; /* what is not done, a line each */
	const char *text; /* a word; "" = none */
	const char *weather;
};
/* ACTOR's user hands the watch to somebody, who signs it by its step. */
enum rc watch_hand_over(
	const struct actor *actor, const struct handing *handing, struct ref *ref, struct fault *fault) MUST_CHECK;
/* What ACTOR's user has handed over here and nobody has signed yet; the taker's name in TO. seq 0: nothing. */
struct ref watch_offered(const struct actor *actor, struct buf *to);
enum rc watch_take(const struct actor *actor, struct ref handover, struct fault *fault) MUST_CHECK;

/* Does it go to who takes the watch over? What this place has to do now or today, and warnings in force: W counts it, and
 * the hand-over lists it. */
bool watch_hands_on(const struct need_item *item);

#endif
