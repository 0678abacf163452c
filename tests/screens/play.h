/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the player of screen scripts and its two stages know of each other.
 */
#ifndef TESTS_PLAY_H
#define TESTS_PLAY_H

#include "base/buf.h"

enum { PATH_SIZE = 512, NAME_SIZE = 128 };

/* What a case begins with. */
struct setting {
	char home[PATH_SIZE]; /* its own station */
	char now[64], user[NAME_SIZE];
	unsigned rows, columns;
	const char *type, *locale, *coding; /* TERM; LC_ALL; coding of that, NULL = UTF-8 */
};

/* A stage opens the program, presses keys and shows what is on the screen. Errors are asserted or
 * said in WHY. */
struct stage {
	void *(*open)(const struct setting *setting, char why[200]);
	/* Presses KEYS (code points and K_…); returns the bytes that it sent, without questions to
	 * the terminal. */
	unsigned (*press)(void *to, const int *keys, unsigned count);
	/* Pastes TEXT in brackets; bytes as for press. */
	unsigned (*paste)(void *to, const char *text);
	/* What the screen shows now; waits up to WAIT_MS for more to come. False: nothing came. */
	bool (*look)(void *to, struct buf *screen, int wait_ms);
	/* The clock goes on by SECONDS, and nobody touches a key; the bytes that this sends. NULL:
	 * its clock cannot be set. */
	unsigned (*wait)(void *to, int64_t seconds);
	void (*size)(void *to, unsigned rows, unsigned columns);
	/* The terminal reads another coding from now on, NULL = UTF-8. NULL: it reads none. */
	void (*coding)(void *to, const char *coding, unsigned rows, unsigned columns);
	void (*close)(void *to); /* hangs up */
};

extern const struct stage stage_cells, stage_tty;

#endif
