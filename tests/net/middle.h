/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hostile middle between stations and their hub over HTTP: it cannot open what passes, but keeps
 * it all and gives it again when and to whom it likes.
 */
#ifndef TESTS_MIDDLE_H
#define TESTS_MIDDLE_H

#include "hub_child.h"

/* What it can do, by its name; NULL behind the last. */
const char *middle_sin(unsigned sin);
/* KEEP answers nothing, and keeps the answer for the next question: of use when the asker dies. */
enum { MIDDLE_HONEST = 0, MIDDLE_KEEP = 1 };

struct middle_seen {
	unsigned sin, at; /* at which question from here on, from 0 */
	uint64_t seed;
	unsigned asked;
	bool sinned;
	bool forget; /* the kept answer */
};

struct middle {
	struct hub_child child;
	struct middle_seen *seen; /* shared with it */
};

struct middle middle_start(unsigned hub_port);
void middle_aim(struct middle *middle, unsigned sin, unsigned at, uint64_t seed);
void middle_stop(struct middle *middle);

#endif
