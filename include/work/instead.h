/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record that the levels above refuse is written anew: the new one stands in the place of the old.
 */
#ifndef WORK_INSTEAD_H
#define WORK_INSTEAD_H

#include "work/actor.h"

/* The field of a decision that is about a whole record. */
#define DECISION_WHOLE "*"

/* NEW stands in the place of OLD, which was refused: a decision says so, and OLD is withdrawn where its kind has a
 * step for that. Both lie at this station; NEW is written already. */
enum rc instead_write(const struct actor *actor, struct ref old, struct ref new, struct fault *fault) MUST_CHECK;

#endif
