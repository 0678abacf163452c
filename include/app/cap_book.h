/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings that a station has, by identifier, by what they refer to and by what they say, read once an import: a
 * feed of thousands asks for each of its entries.
 */
#ifndef APP_CAP_BOOK_H
#define APP_CAP_BOOK_H

#include "store/rows.h"

struct book_entry {
	const char *identifier, *refers; /* refers: identifiers separated by blanks; "" when none */
	const char *event, *severity, *status, *areas;
	bool cancels, updates; /* what it does to what it refers to */
	bool open, doubtful;   /* in force here; a person is to look at it */
	int64_t sent;
	uint64_t content; /* hash of what people read of it */
	struct ref ref;
	unsigned mark, climbed; /* a walk forward, or back, has been here */
	struct book_entry *same, *alike, *next;
};

/* REFERRED is named by FROM. */
struct book_link {
	const char *referred;
	struct book_entry *from;
	struct book_link *next;
};

enum { BOOK_BUCKETS = 4096 };

struct cap_book {
	struct arena arena;
	struct book_entry *bucket[BOOK_BUCKETS], *content[BOOK_BUCKETS], *all;
	struct book_link *links[BOOK_BUCKETS];
	unsigned mark, climb; /* of the last walk */
};

/* An alert of several parts, or of several versions, is several warnings: "ID", "ID~p2" (part), "ID~v2" (version). */
#define BOOK_PART "~p"
#define BOOK_VERSION "~v"
bool cap_book_same(const char *identifier, const char *other); /* of the same alert */
/* What people read of a warning, as a number: alike when all of it is. */
uint64_t cap_book_content(const char *const texts[], size_t count);

enum rc cap_book_read(struct cap_book *book, struct store *store, struct fault *fault) MUST_CHECK;
/* ENTRY's texts are kept. */
struct book_entry *cap_book_add(struct cap_book *book, const struct book_entry *entry);
struct book_entry *cap_book_find(const struct cap_book *book, const char *identifier); /* NULL */
/* Those of the alert IDENTIFIER one after the other: AFTER NULL begins; NULL ends. */
struct book_entry *cap_book_each(const struct cap_book *book, const char *identifier, const struct book_entry *after);
/* Those that name an identifier of that alert. */
struct book_link *cap_book_naming(const struct cap_book *book, const char *identifier, const struct book_link *after);
void cap_book_release(struct cap_book *book);

#endif
