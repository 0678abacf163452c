/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who must leave a danger zone, and where they are: zones with their households, orders to leave, shelters with who was
 * checked in there. Made from registers, lists and check-ins; nobody types a sum.
 */
#ifndef WORK_LEAVING_H
#define WORK_LEAVING_H

#include "work/actor.h"
#include "work/homes.h"

/* A danger zone, or above a village all zones of a place. Texts are in the arena, "" = not known. */
struct leaving_zone {
	struct ref point; /* seq 0: a place */
	uint64_t area;
	const char *name, *leader, *shelter, *route;
	unsigned risk;                               /* 1 red to 4 blue; 5 = none is given */
	unsigned zones;                              /* of a place */
	unsigned count, counts[HOME_STATUSES], left; /* households; left: must go and are not there */
	int64_t people, due;                         /* due: the first limit of those who are not there; 0 = none */
	bool ordered;                                /* an order to leave is about it, or its households are on the list */
};

struct leaving_shelter {
	struct ref ref;
	uint64_t area;
	int state;
	const char *name, *key, *phone, *needs; /* key: who has it, with the telephone */
	int64_t capacity;                       /* -1 = not known */
	int64_t heads;                          /* of all who were checked in and have not left */
	unsigned families, unhelped;            /* unhelped: that had no help yet */
	int64_t first_help;                     /* by when the first of these must have it; 0 = none */
	int64_t said_at;                        /* when its heads were told last; 0 = never */
};

struct leaving_order {
	struct ref ref, point;
	uint64_t area;
	int state;
	int64_t at, due;
	int64_t inside; /* released: heads in shelters that have to go back by it */
	const char *who, *where, *leader, *back, *route, *issuer;
};

struct leaving {
	struct ref warning; /* the gravest in force; seq 0: none is */
	uint64_t area;
	struct homes homes;
	bool places; /* zones are places */
	struct leaving_zone *zones;
	struct leaving_shelter *shelters;
	struct leaving_order *orders; /* open ones; a released one until all of it have left the shelters */
	unsigned zone_count, shelter_count, order_count;
	unsigned counts[HOME_STATUSES], count, left; /* of all zones */
	int64_t people, people_left;
	int64_t inside, own_way;               /* heads in shelters; of these of no zone */
	int64_t room, room_open;               /* what usable shelters hold; of it those that are open */
	unsigned points;                       /* danger zones that somebody lives in */
	unsigned open, unhelped, shelters_all; /* shelters_all: usable ones, whether they are listed or not */
	int64_t first_help;
};

/* Of .area, which the caller has set; 0 = the station's own. */
enum rc leaving_load(struct leaving *leaving, struct world *world, struct arena *arena, struct fault *fault) MUST_CHECK;

/* Somebody who is at a shelter, or was. */
struct lodger {
	struct ref stay, household;
	const char *name, *group, *tags, *to;
	int64_t people, at, helped, help_due;
	int state;
};
struct lodgers {
	struct lodger *list; /* the newest first */
	unsigned count;
};
/* By when who is checked in must have had help. */
int64_t stay_help_due(const struct row *stay);
/* ALL: also who has left. */
enum rc lodgers_load(struct lodgers *lodgers, struct store *store, struct ref shelter, bool all, struct arena *arena,
	struct fault *fault) MUST_CHECK;

/* A family that comes in. */
struct check_in {
	struct ref shelter;
	const struct home *home; /* NULL: of nobody in the register */
	const char *name, *group;
	int64_t people;
	int64_t since; /* when the order came; 0 = now */
};
struct check_done {
	struct ref stay;    /* seq 0: nothing was done */
	struct ref was;     /* it came from that shelter; seq 0: it is new */
	int64_t was_people; /* and had so many */
	struct home_done home;
	int64_t at;
};
/* Where the household is checked in already; seq 0: nowhere. The name of that shelter is for *WHERE, in the arena. */
struct ref check_in_before(struct store *store, const struct check_in *in, struct arena *arena, const char **where, int64_t *at);
/* Writes a stay, or moves the one that there is; the list of transfers follows by the county's rules. */
enum rc check_in(const struct actor *actor, const struct check_in *in, struct check_done *done, struct fault *fault) MUST_CHECK;
enum rc check_in_undo(const struct actor *actor, const struct check_done *done, struct fault *fault) MUST_CHECK;
/* A family leaves: TO "" = home. */
enum rc check_out(const struct actor *actor, struct ref stay, const char *to, struct fault *fault) MUST_CHECK;
/* Would it be taken? So that nobody is asked first and refused then. */
enum rc check_out_may(const struct actor *actor, struct ref stay, const char *to, struct fault *fault) MUST_CHECK;
/* It had help: WHAT. */
enum rc lodger_help(const struct actor *actor, struct ref stay, const char *what, struct fault *fault) MUST_CHECK;
/* The heads of SHELTER are told as they were counted, with what is needed ("" = as before). */
enum rc shelter_tell(
	const struct actor *actor, const struct leaving_shelter *shelter, const char *needs, struct fault *fault) MUST_CHECK;

#endif
