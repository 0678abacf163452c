/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places that a capital opens from anywhere where letters are not text: one row each, so that
 * dispatch, home and help say the same.
 */
#ifndef SCREENS_BOARDS_H
#define SCREENS_BOARDS_H

#include "model/kinds.h"
#include "model/rules.h"
#include "ui/screen.h"

struct board {
	int key;            /* a capital */
	const char *name;   /* N_() */
	const char *screen; /* that it opens; NULL: the form of a new record of KIND */
	unsigned kind;
	const char *season;  /* it stands on home in that season of the rules alone; NULL: always */
	const char *presets; /* what the form begins with, as a draft has it; NULL: as ever */
	bool desk;           /* work of a desk that is manned: a village has room for it on wide lines alone */
};

/* In the order of home and help; ends with key 0. */
extern const struct board boards[];

enum { BOARDS_MOST = 32 };

/* They as a line of home says them: "Y预警 J叫应 …". */
struct boards_menu {
	struct boards_entry {
		const char *text;
		bool desk; /* left out on a narrow line */
	} at[BOARDS_MOST];
	unsigned count;
};
/* Those of this season at NOW; texts in ARENA. */
void boards_menu(struct boards_menu *menu, int64_t now, bool village, struct arena *arena);
/* As many a row as fit whole; NARROW: one row, and what has no place there is left to the help. Returns the rows. */
unsigned boards_menu_draw(const struct boards_menu *menu, struct pane pane, bool narrow);

bool boards_has(int key);
/* Where what NEEDs somebody is cleared; of a kind without a board: the registers. */
int boards_for(const struct kind *kind, enum need need);
const char *boards_name(int key);   /* translated */
const char *boards_screen(int key); /* NULL: there is none */

#endif
