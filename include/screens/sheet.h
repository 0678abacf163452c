/* SPDX-License-Identifier: GPL-3.0-or-later
 * What goes on paper: texts, records and what screens show, as lines of so many columns on pages of so many lines.
 *
 * A text is lines. The first is the title. A line that begins with '|' is a row of a table, its cells parted by '|';
 * rows with as many cells that follow each other are one table. A line that ends in a full stop is a paragraph. The last
 * line, where it holds a wide blank and is neither, is who signs: it stands at the right edge.
 */
#ifndef SCREENS_SHEET_H
#define SCREENS_SHEET_H

#include "work/actor.h"

enum { SHEET_COLUMNS = 76, SHEET_LINES = 60, SHEET_NARROW = 40, SHEET_FOOT = 2 /* lines */ };

struct sheet_size {
	unsigned columns, lines;
};

enum sheet_form {
	SHEET_TEXT,
	SHEET_SPOKEN, /* read out: no line of it is a title */
	SHEET_AS_IS   /* the title, and lines that stay as they are */
};

/* TEXT as lines of COLUMNS; they end in '\n'. */
void sheet_lay(struct bytes text, enum sheet_form form, unsigned columns, struct buf *out);
/* LAID on pages: the first HEADS lines stand on each of them, FOOT and the number of the page below. A form feed is between
 * two. Returns how many there are. */
unsigned sheet_pages(struct bytes laid, unsigned heads, const char *foot, const struct sheet_size *size, struct buf *out);
/* A record as a form with rows for its fields, its history, and lines to sign on. */
enum rc sheet_record(const struct actor *actor, struct ref ref, struct buf *out, struct fault *fault) MUST_CHECK;

#endif
