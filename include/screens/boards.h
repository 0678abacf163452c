/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places that a capital opens from anywhere where letters are not text: one row each, so that
 * dispatch, home and help say the same.
 */
#ifndef SCREENS_BOARDS_H
#define SCREENS_BOARDS_H

#include "ui/screen.h"

struct board {
	int key;            /* a capital */
	const char *name;   /* N_() */
	const char *screen; /* that it opens; NULL: the form of a new record of KIND */
	unsigned kind;
	const char *season;  /* it stands on home in that season of the rules alone; NULL: always */
	const char *presets; /* what the form begins with, as a draft has it; NULL: as ever */
};

/* In the order of home and help; ends with key 0. */
extern const struct board boards[];

/* ACT_UNKNOWN: KEY opens none. */
enum act boards_open(struct view *view, int key);

#endif
