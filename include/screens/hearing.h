/* SPDX-License-Identifier: GPL-3.0-or-later
 * Groups of digits that are read out, or heard and typed in: each is looked at as soon as it is
 * whole. For the screens and for line mode.
 */
#ifndef SCREENS_HEARING_H
#define SCREENS_HEARING_H

#include "base/buf.h"
#include "store/station.h"
#include "sync/wire.h"

struct hearing {
	char groups[LIMIT_SPOKEN][SPOKEN_GROUP + 1];
	unsigned count;
	bool whole;                              /* the last group was the last one of all, or all short messages are here */
	char telegrams[TELEGRAMS][TELEGRAM + 1]; /* by their numbers, 1 first; "" = not here yet */
};

/* The digits of a record, by the program beside; TOLD: how long they take, or why there are none. */
bool hearing_spoken(struct hearing *hearing, struct store *store, const struct user *user, struct ref ref, struct buf *told);

/* As short messages of a satellite terminal. */
bool hearing_telegrams(struct hearing *hearing, struct store *store, const struct user *user, struct ref ref, struct buf *told);

enum heard { HEARD_MORE, HEARD_GOOD, HEARD_WRONG };
/* What was typed so far of the next groups, in any digits, or of short messages, which end with a blank. HEARD_GOOD: it was a whole group, or several, and they
 * are kept; HEARD_MORE: one is not whole yet. HEARD_WRONG: WHY names the group; those before it are kept. */
enum heard hearing_type(struct hearing *hearing, const char *typed, struct buf *why);
/* All of it goes to the program beside. True: *REF is the record. TOLD: that it is here, or why not. */
bool hearing_take(struct hearing *hearing, struct store *store, const struct user *user, struct ref *ref, struct buf *told);

#endif
