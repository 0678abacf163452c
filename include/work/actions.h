/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person can do with a record now, and doing it: the same for the screens and the line mode.
 */
#ifndef WORK_ACTIONS_H
#define WORK_ACTIONS_H

#include "store/rows.h"
#include "work/actor.h"

enum { ACTIONS = 32, ACTION_SAID = 160 };

/* A step that state, level, role and place allow. WHY NULL: it can be taken; else what stands
 * against it (another person must do it …), translated. */
struct action {
	const struct step *step;
	const char *why;
};
unsigned actions_of(const struct actor *actor, const struct row *row, struct action actions[ACTIONS]);
/* The sign of a step, the same for ever, on the record and in the list of steps: its number up to 9, then those of a, b,
 * c … that mean nothing else on a record; 0 = there is none left for it. */
int action_key(const struct step *step);
/* Why KEY takes no step of the record now, and in which state, at which stations or in which roles it would; WHY stays
 * empty where no step has that key, or where it may be taken. */
void action_refused(const struct actor *actor, struct ref ref, int key, struct buf *why);
/* The same of the step that is named STEP, in the person's language. */
void action_refused_named(const struct actor *actor, struct ref ref, const char *step, struct buf *why);
/* Is it offered to ACTOR to begin such a record, to edit that one? */
bool action_may_add(const struct actor *actor, const struct kind *kind);
bool action_may_edit(const struct actor *actor, const struct row *row);

/* Has ACTOR signed it already, as action_sign would? *RECEIPT and when (seconds). */
bool action_signed(const struct actor *actor, struct ref warning, struct ref *receipt, int64_t *at);
/* "您已于 07-14 06:33 签收（WZC-12），没有再写一份", for the note line and line mode. */
void action_say_signed(struct store *store, struct ref receipt, int64_t at, char text[ACTION_SAID]);
/* The step by which records of KIND are signed at this station; NULL: they are not. */
const struct step *action_signs(struct store *store, const struct kind *kind);
/* Who signed it for this station, and when, in SAID; false: nobody has. */
bool action_say_who(struct store *store, struct ref warning, char said[ACTION_SAID]);
/* Signing with one key. A warning by a receipt in the station's own place; none when there is one
 * that says the same. Anything else by its own step. SAID: what came of it, as much as is true: who is not on watch
 * has read it, and it still waits. */
enum rc action_sign(const struct actor *actor, struct ref ref, char said[ACTION_SAID], struct fault *fault) MUST_CHECK;

#endif
