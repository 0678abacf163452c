/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stack.c, which hands out the keys, and stack_draw.c, which draws, share; nobody else
 * includes it.
 */
#ifndef UI_STACK_INSIDE_H
#define UI_STACK_INSIDE_H

#include "ui/guard.h"
#include "ui/screen.h"

enum { NOTE_SIZE = 400, BARS = 3, FIRST_ROWS = 24, FIRST_COLUMNS = 80 };

struct stack {
	struct store *store;
	struct user user;
	const struct screen *const *screens;
	struct view views[LIMIT_SCREENS];
	unsigned depth;
	const struct screen *next; /* what stack_open asked for */
	struct aim aim;
	char note[NOTE_SIZE];
	enum look note_look;
	char banner[NOTE_SIZE]; /* shown while there is no note */
	enum look banner_look;
	struct pane room;      /* of the screen drawn last; its rows 0: too small for any */
	bool changed, leaving; /* leaving: the next q at the bottom ends it */
	bool laid;             /* the top screen was laid out since it was loaded */
	struct guard guard;    /* while a PIN is asked for, it has the keys and the screen */
	enum act (*then)(struct view *view);
	int64_t touched; /* the last key */
	bool fixed;      /* nobody else may take over */
};

static inline struct view *stack_top(struct stack *stack)
{
	return &stack->views[stack->depth - 1];
}

/* Keys typed ahead on a slow line meet screens that were never painted: they are laid out for them
 * (pages, columns). */
void stack_lay(struct stack *stack);

#endif
