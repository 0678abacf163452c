/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of a record goes on paper: its official texts, and the form of it. For the screen, for line mode and for the command.
 */
#ifndef SCREENS_TEXT_PAGE_H
#define SCREENS_TEXT_PAGE_H

#include "screens/sheet.h"
#include "ui/page.h"

struct text_page {
	struct page page;
	unsigned nth, count; /* which of the texts of the record, the form behind them; turns over at loading */
	unsigned texts;      /* how many of them the rules write */
	char title[80];      /* its number and name */
	char number[32];
	bool why; /* the rows of the rules that it is under, instead */
	struct buf body;
	enum sheet_form form;
};

/* RC_NONE: there is no such record. */
enum rc text_page_load(struct text_page *shown, const struct actor *actor, struct ref ref, struct fault *fault) MUST_CHECK;
/* .body is shown line by line. */
void text_page_fill(struct text_page *shown);
/* .body on pages; FOOT tells who printed it when. Returns how many. */
unsigned text_page_sheet(const struct text_page *shown, const struct actor *actor, unsigned heads, struct buf *out);
void text_page_release(struct text_page *shown);

/* What is read out of ROW on the telephone, on one line, without the first, which says who calls; BRIEF: nor the next where
 * more follows, for the title says it; "" = nothing is. */
void text_spoken(const struct actor *actor, const struct row *row, bool brief, struct buf *out);

#endif
