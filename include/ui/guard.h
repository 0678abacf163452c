/* SPDX-License-Identifier: GPL-3.0-or-later
 * The question for a PIN that stands over a screen: before something is done in somebody's name, or
 * because nobody touched a key for so long. What is typed lies in one place of memory, which is
 * wiped when the question goes.
 */
#ifndef UI_GUARD_H
#define UI_GUARD_H

#include "store/station.h"
#include "ui/edit.h"

struct guard {
	struct user who;
	struct edit pin;
	char what[120];        /* that it is asked for; "" = who is at the keys */
	char note[FAULT_TEXT]; /* why the last one was none */
	bool on, lock;         /* lock: it does not go away but by the PIN */
};

enum guard_act { GUARD_WAITS, GUARD_SHOWN, GUARD_LEFT };

/* Asks WHO. */
void guard_start(struct guard *guard, const struct user *who, const char *what, bool lock);
/* Wipes what was typed; any number of times. */
void guard_release(struct guard *guard);
/* A key for it. GUARD_SHOWN: it was theirs; GUARD_LEFT: given up. */
enum guard_act guard_key(struct guard *guard, struct store *store, int key);
void guard_layout(struct guard *guard, struct pane room);     /* before each draw */
void guard_draw(const struct guard *guard, struct pane pane); /* what is under the title line */
const char *guard_keys(const struct guard *guard);            /* for the key bar */

#endif
