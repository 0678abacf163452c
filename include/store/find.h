/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading rows: lists, filters, counts, totals, and finding by words, pinyin and initials.
 */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include "model/rules.h"
#include "store/store.h"

/* One row of a kind's table. Borrowed until the callback returns. */
struct row {
	const struct kind *kind;
	struct ref ref;
	uint64_t area;
	int64_t at;
	uint64_t stamp;
	int state, state_was;        /* state, and 0 */
	int64_t state_at;
	unsigned facts, refused, conflicts;
	uint64_t by_site;
	uint32_t by_who;
	struct bytes by;
	struct value values[LIMIT_FIELDS]; /* by place in kind->fields */
	bool has[LIMIT_FIELDS];
};

struct filter {
	unsigned tag;
	char how;             /* '=' equal, '<' '>' , '~' contains */
	struct value value;
};

enum { QUERY_FILTERS = 8 };

struct query {
	unsigned kind;
	struct filter filters[QUERY_FILTERS];
	unsigned filter_count;
	int state;            /* -1 = any */
	unsigned state_flags; /* STATE_OPEN …; 0 = any */
	uint64_t area;        /* that place and below; 0 = all */
	unsigned order;       /* tag of a field; 0 = newest first for piles, else area and title */
	bool backwards;
	unsigned limit, skip; /* 0 = all */
	struct ref parent;    /* only children of that record, by the field flagged F_PARENT; seq 0 = any; those of a warning
	                       * are those of all its copies, and so are rows filtered by a warning */
};

/* Every record of a kind, in the order of its list. */
struct query query_all(unsigned kind);

typedef bool row_fn(const struct row *row, void *to); /* false stops */

/* The rows are read before the first call of FN: no statement is open meanwhile. */
enum rc store_each(struct store *store, const struct query *query, row_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;
enum rc store_count(struct store *store, const struct query *query, unsigned *count,
	struct fault *fault) MUST_CHECK;
/* One row by reference. RC_NONE. */
enum rc store_row(struct store *store, struct ref ref, struct arena *arena, struct row *row,
	struct fault *fault) MUST_CHECK;
const struct value *row_value(const struct row *row, unsigned tag); /* NULL when empty */
/* A record as rows show it (to judge it by rules_need). Borrows from the row. */
void row_record(const struct row *row, struct record *record);
/* The row's title: its F_TITLE fields, shown. */
void row_title(struct store *store, const struct row *row, struct buf *out);
/* What must stand before a title where people read it: a warning that is only a drill says so wherever it is named. */
void row_mark(const struct row *row, struct buf *out);
void row_field(struct store *store, const struct row *row, unsigned tag, bool labels, struct buf *out);

/* What may need somebody today, for rules_need: open states; of kinds without states the registers with dates, and
 * piles with a deadline or a last day. Kind by kind; each is read before its first call of FN. */
enum rc store_each_open(struct store *store, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* Words in any mix of hanzi, pinyin and initials; every word must match. KIND 0 = all. Own area first, then the
 * township, then the neighbours; inside that the newest. The index is caught up first. */
enum rc store_find(struct store *store, const char *words, unsigned kind, unsigned limit, row_fn *fn,
	void *to, struct fault *fault) MUST_CHECK;
/* Bring index.db up to the facts; made again when it is missing or damaged. */
enum rc index_catch_up(struct store *store, struct fault *fault) MUST_CHECK;
enum rc index_rebuild(struct store *store, struct fault *fault) MUST_CHECK;

/* Sums of F_SUM fields and counts by area one level below ABOVE. */
struct total {
	uint64_t area;
	unsigned records, open;
	int64_t sums[LIMIT_FIELDS];
};
typedef bool total_fn(const struct total *total, void *to);
enum rc store_totals(struct store *store, unsigned kind, uint64_t above, total_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;

/* One warning on every list, whatever road it came by: the copy to show for REF (the proven one, with the same identifier). */
struct ref warning_shown(struct store *store, struct ref ref);
/* The warning that a field means, a record or a name; false when it is not here. */
bool warning_meant(struct store *store, const struct value *value, struct ref *ref);

#endif
