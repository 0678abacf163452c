/* SPDX-License-Identifier: GPL-3.0-or-later
 * Receipts of this station: which count for a warning, which version they are for, and a second one that says nothing new.
 */
#ifndef WORK_RECEIPT_H
#define WORK_RECEIPT_H

#include "work/change.h"

/* Has this station a receipt for WARNING, or for another copy of it? One that it gave under an earlier number counts,
 * and one of another station of its place. */
bool warning_signed(struct store *store, struct ref warning);
/* What receipts of a warning are judged by: the copy that is shown, which version of its text that is, and since when it
 * is lifted: who signed it before has not signed that. */
struct signing {
	struct ref shown;
	int64_t version; /* 1 the first: receipts that name none are for that one */
	int64_t since;   /* 0: it is not lifted */
};
struct signing signing_of(struct store *store, struct ref warning);
/* Is RECEIPT one of this station for that version of it, or for a later one, and of the time since? */
bool receipt_counts(struct store *store, const struct row *receipt, const struct signing *signing);

/* The newest receipt of this station by whom it asks for; *AT in seconds, the name in PERSON. False: none. */
bool receipt_first(struct store *store, struct ref warning, struct ref *receipt, int64_t *at, struct buf *person);

/* What a new receipt says by itself: the version of its warning, when that is not the first; where a roster is kept,
 * the post that its writer has on it at that minute, his own or as a deputy. */
void receipt_notes(struct change *change);
/* Is CHANGE a new receipt that says the same as one of this station: any copy of the same warning,
 * the same person, method, result and text? *RECEIPT and when it was written (seconds). */
bool receipt_again(const struct change *change, struct ref *receipt, int64_t *at);

#endif
