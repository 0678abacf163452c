/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sources of this room share.
 */
#ifndef WORK_RULES_INTERNAL_H
#define WORK_RULES_INTERNAL_H

#include "work/agenda.h"

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
	unsigned asked;
};

/* A first look in slices: how far it has come. */
struct slices {
	bool on;
	unsigned kind; /* by lanes: so many kinds are judged */
	int64_t place; /* in the next one */
};

/* What was judged. */
struct agenda {
	struct need_item *on; /* owned, in the order of home */
	struct quiet *off;    /* owned */
	unsigned count, off_count;
	size_t room, off_room;
	uint64_t print, arrived; /* what was around them, and the newest fact then; print 0: nothing
				    was judged */
	uint64_t around[2];      /* the response and the watch then: by bits of ASKED_… */
	int64_t now;
	int64_t turns, daily_turns; /* the first of all records; of what is owed without one */
	uint64_t version;           /* moves with what stands on home */
	unsigned fresh;             /* records judged since all of it was written or read */
	struct slices slices;
	bool looked,
		alone; /* it was looked for on the disk; there it is neither read nor written */
};

enum { KINDS_MOST = 128 };
/* One look: which records are judged again. */
struct agenda_round {
	struct agenda *agenda;
	struct world *world;
	struct ref *refs; /* owned; sorted up to .sorted: what has changed; behind: whose time has
			     come */
	unsigned count, sorted;
	size_t room;
	bool all, daily;                            /* daily: what is owed without a record */
	unsigned other;                             /* ASKED_… that are otherwise now */
	bool changed[KINDS_MOST], kind[KINDS_MOST]; /* by place in kinds: any of it; all records of
						       it are judged again */
};

/* judged.c: what an earlier program judged, from the disk: the same rules over the same facts, or
 * nothing. Facts that came since and times that have come are still to be judged. PRINT: what is
 * around all records now. False: AGENDA, an empty one, is as it was. */
bool agenda_recall(struct agenda *agenda, struct world *world, uint64_t print);
void agenda_remember(const struct agenda *agenda, const struct world *world, uint64_t print);

/* place.c: what is owed without a record: all of it, in no order. */
void agenda_judge_daily(struct agenda *agenda, struct world *world);

/* kept.c: what was judged, kept from one look to the next. */
struct agenda *agenda_new(bool alone);
void agenda_free(struct agenda *agenda);
/* Judges what may be otherwise than at the last look. */
/* SLICE: 0, or about so many at a time when all of it has to be judged, what is most urgent first:
 * the look leaves agenda->slices.on, and the next one goes on. */
enum rc agenda_look(
	struct agenda *agenda, struct world *world, unsigned slice, struct fault *fault) MUST_CHECK;
/* The states in which a row of the rules may place a record of KIND on home; bit 0 of a kind
 * without states. */
uint32_t agenda_placed(const struct kind *kind);
/* States of KIND that are over, and in which an answer is asked for all the same. */
uint32_t agenda_asked_closed(const struct kind *kind);
/* *FIRST is no later than TURNS. */
void agenda_turns_at(int64_t *first, int64_t turns);
/* For store_each: ROW is judged. */
bool agenda_judge(const struct row *row, void *looking);
/* All of KIND that may stand on home: what is open, and the newest of what is over, for nobody is
 * asked for long. The second alone: */
enum rc agenda_judge_kind(
	struct agenda_round *looking, const struct kind *kind, struct fault *fault) MUST_CHECK;
/* About SLICE records more, kinds of the alarm lane first, those of the bulk lane last. */
enum rc agenda_slice(struct agenda_round *looking, unsigned slice, struct fault *fault) MUST_CHECK;
/* What stands on home, in its order, without titles: those are the borrower's. Until the next look.
 */
struct need_item *agenda_items(const struct agenda *agenda, unsigned *count);
/* When time alone may put another thing there, or judge one otherwise; INT64_MAX = never. */
int64_t agenda_turns(const struct agenda *agenda);
/* Another number, other items; never 0 after a look. */
uint64_t agenda_version(const struct agenda *agenda);

#endif
