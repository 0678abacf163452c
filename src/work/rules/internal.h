/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sources of this room share.
 */
#ifndef WORK_RULES_INTERNAL_H
#define WORK_RULES_INTERNAL_H

#include "work/agenda.h"

/* place.c: where ROW stands on home now, without a title; false: it does not. WORLD->turns: until
 * when that holds if no fact comes. */
bool agenda_item(struct world *world, const struct row *row, struct need_item *item);
/* The same of what ASK asks for every day, without a record. */
bool agenda_daily(struct world *world, const struct rule *ask, struct need_item *item);
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
/* ROW is a roster of today: notes where the user stands on it. */
void world_see_roster(struct world *world, const struct row *row);

/* kept.c: what was judged, kept from one look to the next. */
struct agenda *agenda_new(void);
void agenda_free(struct agenda *agenda);
/* Judges what may be otherwise than at the last look. */
enum rc agenda_look(struct agenda *agenda, struct world *world, struct fault *fault) MUST_CHECK;
/* What stands on home, in its order; borrowed until the next look. */
const struct need_item *agenda_items(const struct agenda *agenda, unsigned *count);
/* When time alone may put another thing there, or judge one otherwise; INT64_MAX = never. */
int64_t agenda_turns(const struct agenda *agenda);
/* Another number, other items; never 0 after a look. */
uint64_t agenda_version(const struct agenda *agenda);

#endif
