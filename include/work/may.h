/* SPDX-License-Identifier: GPL-3.0-or-later
 * May somebody do that, and if not, why: the one answer for commands, imports, forms and menus.
 */
#ifndef WORK_MAY_H
#define WORK_MAY_H

#include "store/rows.h"
#include "work/actor.h"

/* What stands against it. */
enum bar {
	BAR_NONE,
	BAR_ROLE,   /* the county's roles.conf */
	BAR_GRANT,  /* the station's grant does not name the kind, or has run out */
	BAR_AREA,   /* the record lies outside the station's area */
	BAR_LEVEL,  /* stations of this level do not take the step */
	BAR_STATE,  /* the record is in another state */
	BAR_PERSON, /* another person must do it */
	BAR_ARGS,   /* something is missing */
	BAR_PAST,   /* other steps have taken its place */
	BAR_OWN,    /* a station says it by itself */
	BAR_KIND,   /* kind or step is unknown here */
};

/* May ACTOR add and edit records of KIND (STEP 0), or take that step of such records? FAULT says
 * in a sentence why not: RC_DENIED. */
enum bar may_kind(const struct actor *actor, const struct kind *kind, unsigned step, struct fault *fault);
/* The same of one record as it is now: its area and, for a step, its state and who took the steps
 * before. Arguments are not looked at. */
enum bar may_row(const struct actor *actor, const struct row *row, unsigned step, struct fault *fault);
/* May ACTOR make a record by STEP of a record of KIND (sign -> receipt), which is in STATE (-1: asked
 * for no state)? It lies in the station's own area, wherever that record lies. */
enum bar may_make(const struct actor *actor, const struct kind *kind, const struct step *step, int state, struct fault *fault);
/* The same of a step that is about to be written, with its arguments. RC_BAD: one is missing. */
enum bar may_write(const struct actor *actor, const struct op *op, struct fault *fault);
/* A bar in a few words, for a menu. */
const char *may_text(enum bar bar);

#endif
