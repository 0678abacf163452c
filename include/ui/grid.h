/* SPDX-License-Identifier: GPL-3.0-or-later
 * A screen as cells. Screens draw into panes of a grid and never into a terminal; a grid can be
 * shown as plain text, which is how screens are tested. No colour is needed to read anything: looks
 * are doubled by letters.
 */
#ifndef UI_GRID_H
#define UI_GRID_H

#include "base/buf.h"

enum look {
	LOOK_PLAIN,
	LOOK_TITLE,
	LOOK_DIM,
	LOOK_OVER, /* done with, or replaced */
	LOOK_KEY,
	LOOK_MARK,
	LOOK_RED,
	LOOK_ORANGE,
	LOOK_YELLOW,
	LOOK_BLUE,
	LOOK_BAD,
	LOOKS
};

/* A pane of so many rows is paper: what a screen leaves for the next page stands on it, too. */
enum { PICTURE_ROWS = 2200 };

struct cell_at {
	uint32_t cp; /* 0 = second column of the wide character before it */
	uint8_t look;
};

struct grid {
	unsigned rows, columns;
	struct cell_at *cells;         /* rows * columns */
	bool latin;                    /* the terminal has no hanzi: they are drawn as pinyin */
	int cursor_row, cursor_column; /* -1 = nowhere: it stays where painting ended */
};

/* A rectangle of a grid. Without a grid nothing is drawn in it, and what would be is measured: so
 * the same code lays out and draws. */
struct pane {
	struct grid *grid;
	unsigned top, left, rows, columns;
	bool latin; /* as of the grid */
};

void grid_start(struct grid *grid, unsigned rows, unsigned columns);
void grid_size(struct grid *grid, unsigned rows, unsigned columns);
void grid_release(struct grid *grid);
void grid_clear(struct grid *grid);
void grid_dull(struct grid *grid); /* all of it in the plain look: letters say it, too */
struct pane grid_pane(struct grid *grid);
struct pane pane_measured(struct pane pane); /* the same without a grid */
void pane_clear(struct pane pane);
struct pane pane_part(struct pane pane, unsigned top, unsigned left, unsigned rows, unsigned columns); /* cut to fit */
struct pane pane_below(struct pane pane, unsigned rows);                   /* without its first ROWS */
struct pane pane_behind(struct pane pane, unsigned row, unsigned columns); /* of one row, without its first COLUMNS */

/* Text at a place, cut to the pane and to MOST columns (0 = all): what had to be cut ends in '~'. Never half a
 * hanzi, both columns written; the text goes through text_plain. Returns the columns used. */
unsigned pane_text(struct pane pane, unsigned row, unsigned column, enum look look, unsigned most, const char *text);
/* The same without the mark, for a character whose plain form may be wider than itself. */
unsigned pane_clip(struct pane pane, unsigned row, unsigned column, enum look look, unsigned most, const char *text);
unsigned pane_fmt(struct pane pane, unsigned row, unsigned column, enum look look, const char *fmt, ...) PRINTF(5, 6);
void pane_right(struct pane pane, unsigned row, enum look look, const char *text); /* ends at the right edge */
/* Text wrapped from ROW on; returns the rows used. SKIP: wrapped rows to leave out first. */
unsigned pane_wrapped(struct pane pane, unsigned row, unsigned column, enum look look, unsigned skip, const char *text);
/* One cell with its upper half (2) or lower half (1) or both drawn, for terminals of UTF-8 alone. */
void pane_block(struct pane pane, unsigned row, unsigned column, unsigned halves);
void pane_cursor(struct pane pane, unsigned row, unsigned column);
void grid_show(const struct grid *grid, struct buf *out); /* plain text, a line a row, blanks at the end cut */

#endif
