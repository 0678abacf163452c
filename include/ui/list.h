/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list: columns, a '>' marker, sorting, pages, and a filter found as one types (hanzi, pinyin,
 * initials). It owns copies of its rows, so that a screen can fill it at load and draw it from
 * state alone.
 *
 * Keys: j k and the arrows, space - PgDn PgUp by pages, g G Home End, enter chooses, / filters
 * (letters narrow, backspace on nothing or enter ends typing; ESC, Ctrl-X or Ctrl-U drops it), o sorts
 * by the next column, again the other way round, x marks when the list allows marks. Digits choose
 * the row that they stand before, at once.
 */
#ifndef UI_LIST_H
#define UI_LIST_H

#include "base/arena.h"
#include "model/op.h"
#include "ui/edit.h"

enum { LIST_COLUMNS = 12 };

/* The signs before the rows: none of them begins another, so the last key of one chooses. */
enum signs {
	SIGNS_NONE,
	SIGNS_NINE, /* 1 to 9 before the first nine rows */
	SIGNS_ALL,  /* 1 to 9 where there are no more rows, else 01 to 99 */
	SIGNS_OWN   /* the row's own .sign */
};

struct list_column {
	const char *label; /* translated; borrowed */
	unsigned width;    /* columns; 0 = what is left */
	bool right;        /* numbers */
	unsigned tag;      /* of the field, when it comes from the schema */
};

struct list_row {
	struct ref ref;
	int64_t id;     /* the screen's own */
	enum look look; /* of the first cell: RED … always doubled by a letter in the text */
	bool marked;
	bool heading;                    /* a line between rows: its first cell over the whole width, never the current row */
	char sign;                       /* SIGNS_OWN: its key */
	const char *cells[LIST_COLUMNS]; /* in the list's arena */
};

enum list_act {
	LIST_NOT,    /* not a key of the list */
	LIST_MOVED,  /* draw again */
	LIST_CHOSEN, /* enter on a row */
	LIST_MORE    /* moved past what is loaded while .total says there is more: add rows */
};

struct list {
	struct list_column columns[LIST_COLUMNS];
	unsigned column_count;
	struct list_row *rows; /* count of them, in the order they were added */
	unsigned count;
	size_t room;
	unsigned *order; /* what is shown: places in rows */
	unsigned shown;
	unsigned at, top; /* in order */
	unsigned page;    /* rows of what was laid out last */
	unsigned total;   /* how many there are in the store; 0 = count */
	int sort;         /* column, -1 = as added */
	bool backwards, marks;
	enum signs signs;
	char first;  /* of a sign of two digits, the other to come; 0 = none */
	bool typing; /* the filter is being typed: letters are the list's */
	bool head;   /* show the column labels in the first row (list_start: yes) */
	bool plain;  /* never sort or filter by keys: o and / stay free */
	struct edit filter;
	const char *empty; /* translated: what an empty list says, and what to do */
	struct arena arena;
	struct ref kept; /* from list_clear to list_done: the current row */
	unsigned kept_at;
};

void list_start(struct list *list, const char *empty);
void list_release(struct list *list);
void list_column(struct list *list, const char *label, unsigned width, bool right);
/* Columns from the schema: a number, then the fields with F_LIST, then the state if the kind has
 * any, cut to what fits in COLUMNS (0 = all). The caller's cells come in the same order: column
 * .tag says which, 0 = number, ~0u = state. */
void list_columns_of(struct list *list, const struct kind *kind, unsigned columns);

/* Fill again: the place, filter and sort order are kept, and the row with the same ref stays the
 * current one. */
void list_clear(struct list *list);
/* One row; cells are set by list_cell before the next list_add. The pointer is good until then. */
struct list_row *list_add(struct list *list, struct ref ref);
void list_cell(struct list *list, struct list_row *row, unsigned column, const char *text);
void list_done(struct list *list); /* all rows are in */

enum list_act list_key(struct list *list, int key);
/* How many keys the signs have now: 0, 1 or 2. */
unsigned list_sign_keys(const struct list *list);
/* The sign of row N of those shown; "" = it has none. */
void list_sign(const struct list *list, unsigned n, char sign[3]);
/* KEY of a sign. LIST_CHOSEN: that row is the current one; LIST_MOVED: one more digit is waited for;
 * LIST_NOT: no sign goes like this. */
enum list_act list_sign_key(struct list *list, int key);
void list_paste(struct list *list, const char *text); /* while the filter is typed */
/* The current row is one, and no heading. */
void list_settle(struct list *list);
/* Scrolls so that the current row is seen in a pane as large as ROOM; before each draw. */
void list_layout(struct list *list, struct pane room);
void list_draw(const struct list *list, struct pane pane);
struct list_row *list_row(struct list *list);               /* the current one; NULL when nothing is shown */
struct list_row *list_shown(struct list *list, unsigned n); /* the nth of those shown; NULL past the end */
void list_filter(struct list *list, const char *words);     /* "" = all */
/* WORDS (separated by blanks) all lie in TEXT, as they are or as pinyin or initials. */
bool list_match(const char *text, const char *words);

#endif
