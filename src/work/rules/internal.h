/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sources of this room share.
 */
#ifndef WORK_RULES_INTERNAL_H
#define WORK_RULES_INTERNAL_H

#include "work/agenda.h"

/* place.c: where ROW stands on home now, without a title; false: it does not. WORLD->turns: until
 * when that holds if no fact comes. */
bool agenda_item(struct world *world, const struct row *row, struct need_item *item);
/* The order of home, for qsort. */
int agenda_order(const void *a, const void *b);

/* event.c: whether this place owes a report of an event of which places below have reported: one
 * place asked, or none. The event that is due first; .event. */
enum rc asked_event(struct asked *asked, struct world *world, const struct rule *rule,
	struct arena *arena, struct fault *fault) MUST_CHECK;

/* meant.c: is it the user? A person of the registers; and what a field says, by record or in
 * words. */
bool world_is_person(const struct world *world, struct ref ref);
/* Is the user one of the team that alone has that NAME? */
bool world_in_team(const struct world *world, struct bytes name);
bool world_is_user(const struct world *world, const struct value *value);
/* like.c: fills world.like. */
bool world_like(void *to, const struct record *record, const char *names);
/* ROW is a roster of today: notes where the user stands on it. */
void world_see_roster(struct world *world, const struct row *row);

/* A record that was judged and does not stand on home. */
struct quiet {
	struct ref ref;
	int64_t turns;
	const struct kind *kind;
};

/* What was judged. */
struct agenda {
	struct need_item *on; /* owned, in the order of home */
	struct quiet *off;    /* owned */
	unsigned count, off_count;
	size_t room, off_room;
	uint64_t print, arrived; /* what was around them, and the newest fact then; print 0: nothing
				    was judged */
	int64_t now;
	int64_t turns, daily_turns; /* the first of all records; of what is owed without one */
	uint64_t version;           /* moves with what stands on home */
	unsigned fresh;             /* records judged since all of it was written or read */
	bool looked,
		alone; /* it was looked for on the disk; there it is neither read nor written */
};

/* judged.c: what an earlier program judged, from the disk: the same rules over the same facts, or
 * nothing. Facts that came since and times that have come are still to be judged. PRINT: what is
 * around all records now. False: AGENDA, an empty one, is as it was. */
bool agenda_recall(struct agenda *agenda, struct world *world, uint64_t print);
void agenda_remember(const struct agenda *agenda, const struct world *world, uint64_t print);

/* place.c: one more; */
void agenda_add(struct agenda *agenda, const struct need_item *item);
/* and what is owed without a record: all of it, in no order. */
void agenda_judge_daily(struct agenda *agenda, struct world *world);

/* kept.c: what was judged, kept from one look to the next. */
struct agenda *agenda_new(bool alone);
void agenda_free(struct agenda *agenda);
/* Judges what may be otherwise than at the last look. */
enum rc agenda_look(struct agenda *agenda, struct world *world, struct fault *fault) MUST_CHECK;
/* What stands on home, in its order, without titles: those are the borrower's. Until the next look.
 */
struct need_item *agenda_items(const struct agenda *agenda, unsigned *count);
/* When time alone may put another thing there, or judge one otherwise; INT64_MAX = never. */
int64_t agenda_turns(const struct agenda *agenda);
/* Another number, other items; never 0 after a look. */
uint64_t agenda_version(const struct agenda *agenda);

#endif
