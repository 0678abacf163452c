/* SPDX-License-Identifier: GPL-3.0-or-later
 * What term.c, which paints, and term_keys.c, which reads keys, share; nobody else includes it.
 */
#ifndef UI_TERM_INSIDE_H
#define UI_TERM_INSIDE_H

#include <termios.h>

#include "ui/term.h"
#include "ui/term/funnel.h"

struct term {
	struct funnel funnel; /* where ncurses writes */
	int in;
	FILE *in_file;
	void *screen; /* of ncurses */
	struct termios before;
	bool is_tty, hanzi, colour;
	struct face face;
	unsigned rows, columns;
	struct grid shown; /* what the terminal shows */
	unsigned margin;   /* last columns never written: terminals differ about what follows */
	unsigned dead_reads;
	bool loose; /* ncurses may hold bytes of a sequence it did not know */
	bool pasting;
	struct buf pasted; /* as it came */
	struct buf clean;  /* as it is handed out */
};

enum got { GOT_NOTHING, GOT_KEY, GOT_ANSWER };

void keys_name(void); /* tells ncurses what terminals send for each key */
/* One key, if there is one; WAITING: bytes are there. */
enum got keys_read(struct term *term, bool waiting, int *key);

#endif
