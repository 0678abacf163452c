/* SPDX-License-Identifier: GPL-3.0-or-later
 * The zero report of the day: one key and a y.
 */
#ifndef SCREENS_ZERO_H
#define SCREENS_ZERO_H

#include "ui/screen.h"
#include "work/actor.h"

/* What such a report says from here now: all is well, or that what was reported has not changed. */
const char *zero_words(const struct actor *actor);
/* Asks, and writes a report that all is well and nothing has changed. */
enum act zero_ask(struct view *view);

#endif
