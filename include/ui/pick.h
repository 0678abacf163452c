/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing one thing, or several: a code, a place, a person, a record. By the number before it, by
 * moving the marker, or by typing hanzi, pinyin or initials until it is alone. The sign before an item
 * takes it at once; Ctrl-O takes the marked ones, or what is in no list.
 *
 * The things come from a source, asked again whenever the words or the branch change. Items with
 * something below them open; the first line of a branch is the branch itself, '<' or left goes back
 * up.
 */
#ifndef UI_PICK_H
#define UI_PICK_H

#include "ui/list.h"
#include "ui/screen.h"

struct pick;

/* Adds with pick_add what fits: ABOVE "" = the first level, else the value of the branch opened.
 * When TYPED is not "" all levels are meant, and the source keeps what matches (list_match). */
typedef void pick_fn(struct pick *pick, const char *above, const char *typed, void *to);

enum { PICK_DEEP = 6, PICK_VALUE = 64 };

struct pick {
	struct list list;
	const char *title; /* translated; borrowed */
	pick_fn *source;
	void *to;
	bool several; /* space marks, enter takes the marked ones; where none is it marks the row, and takes nothing yet */
	bool free;    /* Ctrl-O takes what was typed as it is (a name that is in no list) */
	bool lean;    /* each row costs a slow line: fewer of them, and a short list as a strip */
	bool branch;  /* the first item is the branch itself */
	struct edit typed;
	char above[PICK_DEEP][PICK_VALUE];
	unsigned depth;
	struct buf taken; /* values marked so far, separated by ',' */
	struct buf value; /* the answer */
};

/* The cell of a row of .list that holds its label and nothing else. */
enum { PICK_LABEL = 3, PICK_HINT = 1 }; /* and what stands behind it */

enum pick_act {
	PICK_MOVED, /* draw again */
	PICK_NOT,   /* not a key of the picker */
	PICK_TAKEN, /* pick_value has it */
	PICK_LEFT   /* nothing chosen */
};

/* NOW: the value so far ("" = none; several separated by ','). */
void pick_start(struct pick *pick, const char *title, pick_fn *source, void *to, const char *now, bool several);
void pick_release(struct pick *pick);
void pick_add(struct pick *pick, const char *value, const char *label, const char *hint, bool below);
/* The key of the item added last, at once and for ever; all items have one then. */
void pick_sign(struct pick *pick, int sign);
enum pick_act pick_key(struct pick *pick, int key);
/* What was pasted narrows, behind what is typed. */
void pick_paste(struct pick *pick, const char *text);
/* What its keys do now, for the key bar; ends with key 0. */
enum { PICK_KEYS = 5 };
void pick_keys(const struct pick *pick, struct key keys[PICK_KEYS]);
void pick_layout(struct pick *pick, struct pane room); /* before each draw */
void pick_draw(const struct pick *pick, struct pane pane);
const char *pick_value(struct pick *pick);
/* What stands on the shown line N (0 …) and what it stands for; NULL past the end. */
const char *pick_shown(struct pick *pick, unsigned n, const char **value, bool *below);
void pick_type(struct pick *pick, const char *words); /* as if typed */
/* The line *N whose label is WORDS, or the only one that is shown, where nothing lies below it. */
bool pick_named(struct pick *pick, const char *words, unsigned *n);
bool pick_open(struct pick *pick, unsigned n); /* go below line N */
bool pick_up(struct pick *pick);
/* Typed digits that are the code of a place and no line's number: taken as they are, for places
 * that no list here names yet. */
bool pick_is_code(const struct pick *pick, const char *typed);
/* "1 3 4" or "1,3,4": all of those lines become the answer, or nothing when one is wrong. */
bool pick_numbers(struct pick *pick, const char *typed);

/* Sources: TO is the name of a code table; a const uint64_t, the area whose places are offered
 * first. */
void pick_codes(struct pick *pick, const char *above, const char *typed, void *to);
void pick_areas(struct pick *pick, const char *above, const char *typed, void *to);

#endif
