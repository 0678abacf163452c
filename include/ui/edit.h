/* SPDX-License-Identifier: GPL-3.0-or-later
 * Retained editors over UTF-8: one line that scrolls sideways, or a text that wraps. What is typed
 * stays what was typed: nothing is cut, reordered or padded, and the screen shows the same as the
 * text holds.
 *
 * Keys: letters and hanzi, left, right, home, end (or Ctrl-E), backspace, delete (or Ctrl-D),
 * Ctrl-U clears to the front, Ctrl-K to the end, Ctrl-W the word before; in a wrapped text also up,
 * down and enter.
 */
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include "base/buf.h"
#include "ui/grid.h"
#include "ui/keys.h"

enum edit_type {
	EDIT_LINE,
	EDIT_TEXT,   /* several lines; EDIT_BREAK begins a new one, as enter goes on everywhere */
	EDIT_NUMBER, /* digits, sign and point; full-width ones become plain ones */
	EDIT_DATE,   /* a line; full-width digits and marks become plain ones */
	EDIT_PHONE,  /* digits, '+', '-' */
	EDIT_SECRET, /* a line shown as stars, wiped from memory with each edit_set and edit_release
		      */
	EDIT_TYPES
};

/* No letter, not eaten on the way by ssh, tmux or screen, and no special character of a terminal. */
enum { EDIT_BREAK = K_CTRL('T') };

enum edit_act {
	EDIT_NOT,    /* the key is not the editor's: leave the field, save … */
	EDIT_DONE,   /* taken */
	EDIT_FULL,   /* the text has its greatest length */
	EDIT_REFUSED /* such a character has no place here: edit_rule says which have */
};

struct edit {
	struct buf text; /* UTF-8, owned */
	size_t at;       /* the cursor: bytes before it, on a character's edge */
	size_t most;     /* bytes it may have */
	enum edit_type type;
	unsigned rows, columns; /* laid out for */
	unsigned skip;          /* columns (line) or wrapped rows (text) scrolled away */
	int goal;               /* column that up and down keep to; -1 = none */
	bool offered;           /* nobody has typed or moved in it yet */
};

void edit_start(struct edit *edit, enum edit_type type, size_t most, const char *text); /* MOST 0: LIMIT_LINE */
void edit_release(struct edit *edit);
void edit_set(struct edit *edit, const char *text); /* the cursor goes to the end */
/* The same, but it is only offered: in a number, date or telephone what is typed first takes its place, unless the cursor was
 * moved, or something wiped out, before. */
void edit_offer(struct edit *edit, const char *text);
const char *edit_text(const struct edit *edit); /* borrowed until it changes */
enum edit_act edit_key(struct edit *edit, int key);
/* A whole text at the cursor: line ends are blanks but in EDIT_TEXT. What does not fit, or is not for
 * such a field, is not cut: nothing of it goes in. */
enum edit_act edit_paste(struct edit *edit, const char *text);
const char *edit_rule(enum edit_type type);                    /* N_(): what may be typed; NULL = anything */
unsigned edit_rows(const struct edit *edit, unsigned columns); /* rows the text takes at that width: at least 1 */
/* Scrolls so that the cursor is seen in a pane as large as ROOM; before each draw. */
void edit_layout(struct edit *edit, struct pane room);
/* Draws plainly and blanks the rest of the pane; CURSOR puts the cursor there. */
void edit_draw(const struct edit *edit, struct pane pane, bool cursor);

#endif
