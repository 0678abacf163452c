/* SPDX-License-Identifier: GPL-3.0-or-later
 * The households of a place, and which of them a warning has reached: told, on the way, there, refused, not at
 * home. One key a household writes it, and the opposite of that key takes it back.
 */
#ifndef WORK_HOMES_H
#define WORK_HOMES_H

#include "work/actor.h"
#include "work/rules.h"

enum home_status {
	HOME_OPEN, /* nobody has been there yet */
	HOME_TOLD, /* also where help was arranged */
	HOME_LEAVING,
	HOME_ARRIVED,
	HOME_REFUSED,
	HOME_ABSENT,
	HOME_STATUSES
};
/* Is there something left to do there? */
static inline bool home_undone(enum home_status status)
{
	return status == HOME_OPEN || status == HOME_REFUSED || status == HOME_ABSENT;
}

struct home {
	struct ref household; /* of a stranger its place on the list of transfers */
	bool stranger;        /* the list of transfers names it, and no register knows it */
	struct ref transfer;  /* that is not over; seq 0: it is on no list */
	int transfer_state;   /* before */
	int64_t transfer_at;  /* since when it is in that state */
	int64_t asked;        /* since when it is on the list, or ordered to leave; 0 = neither */
	enum home_status status;
	bool helped, carry, weak, danger; /* help was arranged; somebody must be carried; is weak; lives in a danger zone */
	bool ordered;                     /* an order to leave its danger zone runs */
	bool zone;                        /* in one that the warning means */
	bool left;                        /* has to leave, and is not there yet */
	struct ref point;                 /* the danger zone it lives in; seq 0 = none is registered */
	const char *spot;                 /* what the list calls the zone that no register knows; NULL = nothing */
	int64_t at, again;                /* of the status; a second visit is due then, 0 = none */
	int64_t due;                      /* by when it has to be there, as the list says; 0 = the list does not */
	int64_t people;                   /* -1 = not known */
	unsigned turn;                    /* who is visited first: 0 */
	uint64_t area;
	struct ref said; /* the record that says the status; seq 0: none does */
	struct {         /* the newest word under another warning; at 0: there is none */
		int64_t at;
		enum home_status status;
		struct ref said;
		unsigned colour;  /* of that warning, as row_colour */
		const char *text; /* NULL = none */
	} before;
	const char *head, *group, *door, *phone, *tags, *helper, *shelter, *code, *text; /* "" = not known; in the arena */
};

/* Has it been told of another warning alone? */
static inline bool home_told_before(const struct home *home)
{
	return home->status == HOME_OPEN && home->before.at && home->before.status == HOME_TOLD;
}

struct homes {
	struct ref warning; /* seq 0: none is in force; then only households on a list of transfers are shown */
	uint64_t area;
	bool only_zones;                              /* set by the caller: the others are left out */
	bool whole;                                   /* so is this: also those that no warning and no list is about */
	bool any;                                     /* and this: who was told of another warning was told */
	bool sums;                                    /* and this: who they are is left out */
	struct ref point;                             /* and this: only who lives there; seq 0 = all */
	struct home *list;                            /* in the arena, in the order in which they are visited */
	unsigned count, counts[HOME_STATUSES], again; /* again: second visits that are due */
	unsigned before;                              /* of those nobody has been to: who was told of another warning */
	unsigned left;                                /* that have to leave, and are not there yet */
	int64_t people, told;                         /* in them; of those in households that are told, on the way or there */
	int64_t ninety; /* when nine in ten of these people had been told, by the last word from each; 0 = they have not */
	int64_t until;  /* the first limit of an open transfer; 0 = none */
	/* Danger points of the sorts that the event of the warning threatens (code table event_point), and of those who live
	 * there: households, people, households with somebody weak. */
	unsigned zones, zone_homes, zone_weak;
	int64_t zone_people;
};

/* Those of .area, and of the places that .warning is for, told of it; the caller has set both, and .only_zones, .whole,
 * .any and .point. With .whole also those of other places, whom it tells nothing. What was said under another warning in
 * force, or one that was replaced, stands where it is newer and true whatever the warning: who has left, refuses, is not at
 * home. Of who was told then .before says so. */
enum rc homes_load(struct homes *homes, struct store *store, int64_t now, struct arena *arena, struct fault *fault) MUST_CHECK;
/* The last word from a household, while others are still to be reached; 0 = there is none. */
int64_t homes_newest(const struct homes *homes);
/* So many are left to be reached: not visited, refused, not at home. The others are those that homes_told counts. */
unsigned homes_undone(const struct homes *homes);
/* So many of a hundred are told, on the way or there. */
unsigned homes_told(const struct homes *homes);

/* How far it has come in each place that .list has households of: those first where the smallest share is told. Returns
 * how many; at most MOST. */
struct home_place {
	uint64_t area;
	unsigned count, told;
};
unsigned homes_places(const struct homes *homes, struct home_place *places, unsigned most);

/* The keys of the board, 1 to 6. */
enum home_tick { TICK_TOLD = 1, TICK_LEAVING, TICK_ARRIVED, TICK_REFUSED, TICK_ABSENT, TICK_HELP, TICKS };

struct home_act {
	struct ref warning;
	const struct home *home;
	enum home_tick tick;
	const char *reason; /* of a refusal; "" = none */
};

/* What a key wrote, so that it can be taken back. */
struct home_done {
	struct ref household, relay, transfer, request; /* seq 0: not that */
	bool listed;                                    /* the key put it on the list of transfers */
	int before;                                     /* state of the transfer before; -1 */
	int64_t before_at;                              /* since when it was in that state */
	int64_t at;
};
enum { HOME_UNDO_SECONDS = 3600 };

/* The name of who said the status, took the last step of its transfer or wrote the relay; nothing where that is OWN,
 * of this station. */
void home_author(struct store *store, const struct home *home, uint32_t own, struct buf *out);
/* What that writes: a step of a transfer, or a new record (*STEP 0). */
const struct kind *home_writes(const struct home_act *act, unsigned *step);
/* An open transfer takes its step, else a relay of WARNING is written; who leaves without being on the list is put on it. Help:
 * also a request to the village. All of it or nothing. */
enum rc home_tick(const struct actor *actor, const struct home_act *act, struct home_done *done, struct fault *fault) MUST_CHECK;
enum rc home_undo(const struct actor *actor, const struct home_done *done, struct fault *fault) MUST_CHECK;
/* The reason by which the N-th key explains a refusal, counted from 1; NULL: there is none. */
const char *home_reason(unsigned n);
/* A word to what was done last. */
enum rc home_word(const struct actor *actor, const struct home_done *done, const char *text, struct fault *fault) MUST_CHECK;

#endif
