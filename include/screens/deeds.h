/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person can do with a record now, and doing it: the same for the screens and the line mode.
 */
#ifndef SCREENS_DEEDS_H
#define SCREENS_DEEDS_H

#include "store/find.h"

enum { DEEDS = 32, DEED_KEYS = 9, DEED_SAID = 160 };

/* A step that state, level, role and place allow. WHY NULL: it can be taken; else what stands
 * against it (another person must do it …), translated. */
struct deed {
	const struct step *step;
	const char *why;
};
unsigned deeds_of(struct store *store, const struct user *user, const struct row *row,
	struct deed deeds[DEEDS]);
/* What stands against this person taking the step of ROW, translated; NULL: nothing. */
const char *deed_against(struct store *store, const struct user *user, const struct row *row,
	const struct step *step);
/* The key of a step: its number up to 9, the same in every state; 0 = only by the list of steps. */
int deed_key(const struct step *step);
/* May that person begin such a record? */
bool deed_may_add(struct store *store, const struct user *user, const struct kind *kind);
bool deed_may_edit(struct store *store, const struct user *user, const struct row *row);

/* Write a fact: REF seq 0 = a new record in AREA; STEP 0 = its fields. *REF becomes the record. */
enum rc deed_write(struct store *store, const struct user *user, const struct kind *kind,
	struct ref *ref, unsigned step, uint64_t area, struct bytes body,
	struct fault *fault) MUST_CHECK;

/* Has USER signed it already, as deed_sign would? *RECEIPT and when (seconds). */
bool deed_signed(struct store *store, const struct user *user, struct ref warning,
	struct ref *receipt, int64_t *at);
/* "您已于 07-14 06:33 签收（WZC-12），没有再写一份", for the note line and line mode. */
void deed_say_signed(struct store *store, struct ref receipt, int64_t at, char text[DEED_SAID]);
/* Signing a warning with one key: a receipt in the station's own place; none when there is one that
 * says the same. */
enum rc deed_sign(struct store *store, const struct user *user, struct ref warning,
	struct fault *fault) MUST_CHECK;

#endif
