/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form that all boards have: lines that count and tell, a list to act on, a line of what was done last, and
 * a text that is typed there. Filled at load, laid out before it is drawn; line mode says the same lines.
 */
#ifndef SCREENS_TALLY_H
#define SCREENS_TALLY_H

#include "store/rows.h"
#include "ui/list.h"

/* So many rows at once; on a slow line, where a person waits for each, the most urgent alone. */
enum { TALLY_ROWS = 8, TALLY_LEAN = 3 };
enum { TALLY_LINES = 14, TALLY_NARROW = 60, TALLY_TEXT = 200 };

struct tally_line {
	const char *text; /* in the view's arena, or lasting */
	enum look look;
	bool yields; /* takes the rows that the other lines leave, and ends in the mark where it is cut */
};

struct tally {
	struct tally_line head[TALLY_LINES], foot[TALLY_LINES];
	unsigned heads, feet;
	const char *prompt; /* translated: a text is typed in the last row; NULL: none is */
	struct edit edit;
	char left[TALLY_TEXT + 1]; /* what was typed when such a text was left; "" = nothing */
	const char *left_prompt;
	struct list list;
	unsigned most;    /* so many rows at once on a wide screen, the others by Space; 0 = as many as fit */
	char rest[40];    /* laid out: how many others; "" = none */
	unsigned columns; /* laid out for; 0 = not yet */
	bool started;
};

/* Once; EMPTY: translated, what a board without rows says. */
void tally_start(struct tally *tally, const char *empty);
void tally_release(struct tally *tally);
/* Before it is filled again; the list is filled at layout. */
void tally_clear(struct tally *tally);
void tally_head(struct tally *tally, enum look look, const char *text);
/* A long text, of which as much is shown as the lines before and behind it leave room for. */
void tally_head_rest(struct tally *tally, enum look look, const char *text);
void tally_foot(struct tally *tally, enum look look, const char *text);
/* A text is asked for in the last row, TEXT to begin with. */
void tally_ask(struct tally *tally, const char *prompt, enum edit_type type, const char *text);
/* A key for that text. True: it is over, and *DONE tells whether with enter (the text is in .edit). What was typed when
 * it was left comes back by Ctrl-R, the next time the same is asked. */
bool tally_key(struct tally *tally, int key, bool *done);
/* What is pasted: into that text, else into the filter. */
void tally_paste(struct tally *tally, const char *text);
/* Rows of the list, and all that stands round it. */
void tally_layout(struct tally *tally, struct pane room);
void tally_draw(const struct tally *tally, struct pane pane);
/* The next row below '>' for which WANTED holds of its id, else from the top; false: there is none. */
bool tally_next(struct tally *tally, bool (*wanted)(const void *to, int64_t id), const void *to);

#endif
