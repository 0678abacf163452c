/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page of lines: a record, the outbox, help. Filled at load, folded to the width there is, shown
 * with a '>' that moves row by row, or without one as a text to read. Line mode says the same lines
 * (line_page). It owns copies of its texts, so that it is drawn from state alone.
 *
 * A page that is all zero is an empty one. Keys: those of lists that move, enter, and the keys that
 * lines have of their own.
 */
#ifndef UI_PAGE_H
#define UI_PAGE_H

#include "ui/list.h"

/* What a line is about, and so what enter does: that is the screen's. */
struct page_line {
	const char *text;        /* in the page's arena; may hold line ends */
	enum look look;          /* LOOK_KEY: what stands between blanks stays together when it is folded */
	int key;                 /* chooses the line wherever '>' is; 0 = none */
	struct ref ref;          /* a record; seq 0 = none */
	const struct kind *kind; /* records of that kind; NULL = none */
	unsigned tag;            /* a field of the record; 0 = none */
	struct ref fact;         /* the fact that it tells of; seq 0 = none */
};

struct page {
	/* The screen's to set. */
	const char *empty; /* translated: what a page without lines says; NULL = nothing */
	unsigned indent;   /* columns before the rows behind the first one of a line */
	bool text;         /* no '>': keys scroll */
	/* The page's. */
	struct page_line *lines; /* count of them */
	unsigned count;
	size_t room;
	struct arena arena;
	struct list list; /* one row a row of the terminal; id = its line */
	unsigned columns; /* laid out for; 0 = lines have changed since */
	/* The place before the lines changed: '>' was on that row of that line, which was the nth
	 * about that record. */
	struct {
		struct ref ref;
		unsigned nth, line, row;
	} kept;
};

void page_release(struct page *page);
/* Fill again; '>' stays on its record, or where that is gone, on its row. */
void page_clear(struct page *page);
/* Takes TEXT over. The line is good until the next one. */
struct page_line *page_add(struct page *page, enum look look, struct buf *text);
struct page_line *page_text(struct page *page, enum look look, const char *text);
/* A head; what is added until the end of the section stands below it. Returns its line. */
unsigned page_section(struct page *page, const char *title);
/* A head with nothing below it goes. */
void page_section_end(struct page *page, unsigned head);

/* LIST_CHOSEN: enter, or a line's own key; page_line has it. */
enum list_act page_key(struct page *page, int key);
/* '>' goes to the first row of that line, and the line to the top. */
void page_jump(struct page *page, unsigned line);
/* The line at '>'; NULL on a page without lines. */
const struct page_line *page_line(const struct page *page);
/* Folds the lines where that is not done for this width, and scrolls to '>'; before each draw. True: there is more below. */
bool page_layout(struct page *page, struct pane room);
void page_draw(const struct page *page, struct pane pane);

#endif
