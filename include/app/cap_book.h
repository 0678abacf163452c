/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings that a station has, by identifier and by what they refer to, read once an import: a feed of
 * thousands asks for each of its entries.
 */
#ifndef APP_CAP_BOOK_H
#define APP_CAP_BOOK_H

#include "store/rows.h"

struct book_entry {
	const char *identifier, *refers; /* refers: identifiers separated by blanks; "" when none */
	bool cancels;                    /* is a cancel; else an update, if it refers to any */
	struct ref ref;
	struct book_entry *same, *next;
};

enum { BOOK_BUCKETS = 2048 };

struct cap_book {
	struct arena arena;
	struct book_entry *bucket[BOOK_BUCKETS];
	struct book_entry *referring; /* those that refer to others */
};

enum rc cap_book_read(struct cap_book *book, struct store *store, struct fault *fault) MUST_CHECK;
void cap_book_add(struct cap_book *book, const char *identifier, const char *refers, bool cancels, struct ref ref);
const struct book_entry *cap_book_find(const struct cap_book *book, const char *identifier); /* NULL */
/* What closed IDENTIFIER before it came: a cancel, else an update; NULL. */
const struct book_entry *cap_book_closing(const struct cap_book *book, const char *identifier);
void cap_book_release(struct cap_book *book);

#endif
