/* SPDX-License-Identifier: GPL-3.0-or-later
 * A terminal line with both its ends in one process: term_open at this one, an eye at the other.
 */
#ifndef TESTS_LINE_END_H
#define TESTS_LINE_END_H

#include "eye.h"
#include "ui/term.h"

struct line_end {
	struct term *term;
	struct eye *eye;
	int keys;     /* write keys here */
	int in, out;  /* the program's side */
	long seen;    /* bytes of OUT that the eye has had */
	bool answers; /* the terminal answers questions */
	struct grid grid;
};

/* TYPE: as TERM. CODING: of the locale in force, NULL = UTF-8. Asserts that it opens. */
void line_end_open(struct line_end *end, const char *type, const char *coding, unsigned rows,
	unsigned columns);
void line_end_close(struct line_end *end);
/* Shows the grid; what it cost in bytes, the question to the terminal left out. */
unsigned line_end_show(struct line_end *end);
void line_end_type(struct line_end *end, const char *bytes);
/* The next key; 0 when none comes in a second. */
int line_end_key(struct line_end *end);
/* The eye sees what the grid holds, and the cursor stands where it should. */
void line_end_same(struct line_end *end);

#endif
