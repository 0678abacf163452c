/* SPDX-License-Identifier: GPL-3.0-or-later
 * A session of line mode in one call, for tests: answers in, everything that was said out.
 */
#ifndef TESTS_TALK_H
#define TESTS_TALK_H

#include "app/tui.h"
#include "desk.h"

enum { TALK_SAID = 64 * 1024 };

/* ANSWERS: lines ended by '\n'. Returns the exit code; SAID is cut to fit. */
int talk_run(struct app *app, const char *answers, char said[TALK_SAID]);

/* A person at line mode in a station of his own. */
struct room {
	struct desk desk;
	struct app app;
	char said[TALK_SAID];
};
/* Setup and teardown of cmocka; *STATE is the room. */
int room_start(void **state);
int room_stop(void **state);
/* Did it say TEXT? A failure prints what it said. */
bool said(const struct room *room, const char *text);

#endif
