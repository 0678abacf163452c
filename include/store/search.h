/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding by hanzi, pinyin, initials.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/rows.h"

struct store;

/* ---- Reading rows: lists, filters, counts, totals, and finding by words, pinyin and initials. */

struct find_query {
	const char *words;
	unsigned kind, limit; /* 0 = any; 0 = all */
};
/* Words in any mix of hanzi, pinyin and initials; every word must match. Own area first, then the
 * township, then the neighbours; inside that what is called so, of it what registers have before what was said or asked for,
 * and then the newest. The index is caught up first. */
enum rc store_find(struct store *store, const struct find_query *query, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
enum rc index_catch_up(struct store *store, struct fault *fault) MUST_CHECK;
enum rc index_rebuild(struct store *store, struct fault *fault) MUST_CHECK;

#endif
