/* SPDX-License-Identifier: GPL-3.0-or-later
 * A widget that has the terminal to itself, outside the stack of screens: the first run, who is at
 * the keys, a preview that is read before it is taken.
 */
#ifndef UI_ALONE_H
#define UI_ALONE_H

#include "ui/grid.h"
#include "ui/term.h"

struct alone {
	struct term *term;
	struct grid grid;
	bool asks; /* a key answers what is shown: it counts when that was seen */
	bool seen; /* it was */
};

/* On stdin and stdout. RC_NONE: the terminal has no cursor addressing. */
enum rc alone_open(struct alone *alone, struct fault *fault) MUST_CHECK;
void alone_close(struct alone *alone);
/* The size and the letters that the terminal has now. */
void alone_fit(struct alone *alone);
/* An empty frame with its title, note and keys; what is between is for the widget. */
void alone_frame(struct alone *alone, const char *title, const char *note, const char *keys);
struct pane alone_middle(struct alone *alone);
/* Shows what was drawn and waits for a key. False: leave. */
bool alone_key(struct alone *alone, int *key);
/* How many keys came with the last one, faster than a person types; they are thrown away. */
unsigned alone_hasty(struct alone *alone);

#endif
