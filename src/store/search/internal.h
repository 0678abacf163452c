/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/search shows to the other rooms of its floor.
 */
#ifndef STORE_SEARCH_INTERNAL_H
#define STORE_SEARCH_INTERNAL_H

#include "store/rows/internal.h"

/* ---- finding */

/* grams.c: pure text. A normal line is what text_fold gives.
 * The tokens of one, separated by blanks; with PINYIN also by sound. */
void grams_put(struct bytes line, bool pinyin, struct buf *out);
/* Does one of LINES (normal, separated by '\n') have WORD (normal), written or by sound? */
bool grams_match(struct bytes lines, const char *word);
size_t pinyin_part(struct bytes line); /* bytes of a line that are also found by sound */
void syllables_start(struct syllables *syllables);
/* Tokens of a sound: at least one way to read LETTERS must be in the line. */
void sound_query(const struct syllables *syllables, const char *letters, struct buf *out);
/* The index's question for WORD (normal); false when no token can be made of it. */
bool grams_query(const struct syllables *syllables, const char *word, struct buf *out);

/* caller.c: is TYPED a telephone number, as one hears, copies or dials it? OUT: its digits, without
 * what only some write before it. */
enum { CALLER_DIGITS = 20 };
bool caller_number(const char *typed, char out[CALLER_DIGITS + 1]);

/* docs.c */
struct doc {
	struct ref ref;
	unsigned kind;
	unsigned rank; /* own area 3, above 2, neighbours 1, others 0 */
	uint64_t stamp;
};
struct docs {
	struct doc *at;
	size_t count, room;
};
/* index.c: the index is open and shows every fact; RC_BAD and the like when it cannot be had. */
enum rc index_ready(struct store *store, struct fault *fault) MUST_CHECK;
bool kind_found(const struct kind *kind); /* has something to be found by */
enum rc docs_all(struct store *store, struct docs *docs,
	struct fault *fault) MUST_CHECK; /* sorted: the last is shown first */
void docs_add(struct docs *docs, const struct doc *doc);
void docs_sort(struct docs *docs);
void docs_release(struct docs *docs);
unsigned doc_rank(struct store *store, uint64_t area);
/* What a row is found by, as normal lines. */
void doc_text(struct store *store, const struct kept *kept, struct buf *out);
/* Of that, what the row is called. */
void doc_title(struct store *store, const struct kept *kept, struct buf *out);

#endif
