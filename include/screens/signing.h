/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing with one key and a y, the same on every screen: which record is meant, the question that
 * names it, the PIN where roles.conf asks for one, and the fact.
 */
#ifndef SCREENS_SIGNING_H
#define SCREENS_SIGNING_H

#include "ui/screen.h"
#include "work/actor.h"

/* What s means: the warning of the alarm line, else AT if it waits for a signature, else what rings, else the first of
 * home that does; seq 0 = nothing waits. */
enum rc signing_meant(const struct actor *actor, struct ref at, struct ref *ref, struct fault *fault) MUST_CHECK;
/* s on a screen, with the record at '>'. */
enum act signing_ask(struct view *view);
/* Does REF wait for a signature of ACTOR? */
bool signing_waits(const struct actor *actor, struct ref ref);
/* "红R WZC-8 暴雨红色预警": what may have to be cut stands last. */
void signing_about(struct store *store, struct ref ref, struct buf *out);
/* Is the PIN of whoever signs REF asked for? WHAT: what for. */
bool signing_asks(struct store *store, struct ref ref, const char **what);
/* The question for REF; THEN follows the y, and view->about is REF. */
enum act signing_ask_for(struct view *view, struct ref ref, enum act (*then)(struct view *view));
/* For a THEN: the PIN, if it is asked for, and then NEXT. */
enum act signing_prove(struct view *view, enum act (*next)(struct view *view));
/* For a NEXT: signs view->about if it still waits for it. Says what became of it; false: nothing was
 * written. */
bool signing_write(struct view *view);

#endif
