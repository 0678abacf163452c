/* SPDX-License-Identifier: GPL-3.0-or-later
 * The official texts of a record as pages. For the screen and for line mode.
 */
#ifndef SCREENS_TEXT_PAGE_H
#define SCREENS_TEXT_PAGE_H

#include "ui/page.h"
#include "work/actor.h"

struct text_page {
	struct page page;
	unsigned nth, count; /* which of the texts of the record; turns over at loading */
	char title[80];      /* its number and name */
	bool why;            /* the rows of the rules that it is under, instead */
};

/* RC_NONE: the record has no text. */
enum rc text_page_load(struct text_page *shown, const struct actor *actor, struct ref ref, struct fault *fault) MUST_CHECK;

/* What is read out of ROW on the telephone, on one line, without the first, which says who calls; "" = nothing is. */
void text_spoken(const struct actor *actor, const struct row *row, struct buf *out);

#endif
