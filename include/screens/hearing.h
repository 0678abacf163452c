/* SPDX-License-Identifier: GPL-3.0-or-later
 * Groups of digits that are read out, or heard and typed in: each is looked at as soon as it is
 * whole. For the screens and for line mode.
 */
#ifndef SCREENS_HEARING_H
#define SCREENS_HEARING_H

#include "base/buf.h"
#include "store/station.h"
#include "sync/wire.h"
#include "ui/page.h"

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

/* The messages, each below a line of its own with its number and length: folded to a narrow screen, one could not see where
 * it ends. */
void hearing_page(const struct hearing *hearing, struct page *page);

enum heard { HEARD_MORE, HEARD_GOOD, HEARD_WRONG };
/* What was typed so far of the next groups, in any digits, or of short messages, which end with a blank. HEARD_GOOD: it was a whole group, or several, and they
 * are kept; HEARD_MORE: one is not whole yet. HEARD_WRONG: WHY names the group; those before it are kept. */
enum heard hearing_type(struct hearing *hearing, const char *typed, struct buf *why);
/* All of it goes to the program beside. True: *REF is the record. TOLD: that it is here, or why not. */
bool hearing_take(struct hearing *hearing, struct store *store, const struct user *user, struct ref *ref, struct buf *told);

/* ---- what was typed in and is no record yet: kept for each person, a few of them, fetched when it is asked for */

enum { HEARING_SLOTS = 4 };
struct hearing_draft {
	unsigned slot;
	int64_t at;      /* kept last, seconds */
	unsigned pieces; /* whole groups, or short messages */
	bool telegrams;
};

/* The newest of USER; false: there is none. */
bool hearing_waiting(struct store *store, const struct user *user, struct hearing_draft *draft);
/* A free slot, else that of the oldest. */
unsigned hearing_room(struct store *store, const struct user *user);
/* HEARING and TYPED, which stands behind its last whole piece, in SLOT; nothing of both: what was there is forgotten. */
enum rc hearing_keep(const struct hearing *hearing, const char *typed, struct store *store, const struct user *user,
	unsigned slot, struct fault *fault) MUST_CHECK;
/* They come back; false: SLOT is empty. */
bool hearing_fetch(struct hearing *hearing, struct store *store, const struct user *user, unsigned slot, struct buf *typed);
/* "有草稿 04:50 已录3组" */
void hearing_say(const struct hearing_draft *draft, int64_t now, struct buf *out);

#endif
