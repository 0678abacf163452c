/* SPDX-License-Identifier: GPL-3.0-or-later
 * What only the program beside the terminal can do, because it alone loads what packs and sends: the
 * application says how it is asked, screens and line mode ask.
 */
#ifndef SCREENS_BESIDE_H
#define SCREENS_BESIDE_H

#include "base/buf.h"
#include "store/station.h"

enum { BESIDE_PATH = 400 };

struct beside {
	/* Runs outpost-sync with ARGV, which end with NULL, in the name of USER, and waits for it. SAID, TOLD: what it
	 * printed, and what it told people. The exit code; -1: there is no such program. */
	int (*run)(void *to, const struct user *user, const char *const *argv, struct buf *said, struct buf *told);
	/* Does a program of this station send and fetch by itself? NULL: no. */
	bool (*watched)(void *to);
	void *to;
};

/* BESIDE is borrowed for as long as it is asked; NULL: nobody is there. */
void beside_set(const struct beside *beside);
/* False: it went wrong, and TOLD says how. */
bool beside_run(const struct user *user, const char *const *argv, struct buf *said, struct buf *told);
/* Sends and fetches at once, while one goes on. False: it went wrong, or nothing here does. */
bool beside_hurry(struct store *store, struct fault *fault);
/* A new file on the first stick that is plugged in, or on the folder that is a way up; "" = there is none. */
void beside_stick(struct store *store, char path[BESIDE_PATH]);

#endif
