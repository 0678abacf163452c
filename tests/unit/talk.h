/* SPDX-License-Identifier: GPL-3.0-or-later
 * A session of line mode in one call, for tests: answers in, everything that was said out.
 */
#ifndef TESTS_TALK_H
#define TESTS_TALK_H

#include "app/tui.h"

enum { TALK_SAID = 64 * 1024 };

/* ANSWERS: lines ended by '\n'. Returns the exit code; SAID is cut to fit. */
int talk_run(struct app *app, const char *answers, char said[TALK_SAID]);

#endif
