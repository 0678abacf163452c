/* SPDX-License-Identifier: GPL-3.0-or-later
 * For tests that say something of every screen: a station with something to show, and each screen
 * opened over a blank one named "door".
 */
#ifndef TESTS_EVERY_SCREEN_H
#define TESTS_EVERY_SCREEN_H

#include "desk.h"

/* The name of the screen that was loaded last: the one on top, as long as keys alone open and
 * close. */
extern const char *every_shown;

/* Opens DESK, whose user then sees a hazard, a red warning that is not signed, an incident and a
 * household. */
void every_furnish(struct desk *desk);
/* The screen of that NAME with all that any of them asks for; false: it did not open. */
bool every_opened(struct desk *desk, const char *name);
/* What stands on the terminal now, borrowed. */
const char *every_seen(struct desk *desk);

#endif
