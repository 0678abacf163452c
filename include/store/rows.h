/* SPDX-License-Identifier: GPL-3.0-or-later
 * What facts fold to: a table a kind, lists, names, counts.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "model/fold.h"
#include "model/value.h"
#include "store/log.h"

struct log;
struct store;

/* ---- A station's facts and the rows folded from them, in one SQLite file (WAL, synchronous=FULL).
 *
 * Facts are appended and never changed; rows, totals and the search index can be thrown away and
 * rebuilt. Several processes use one file at once; nothing here holds a statement open between
 * calls.
 */

enum {
	STORE_READ = 1,      /* do not write: a damaged or newer file, a full disk */
	STORE_NEW = 2,       /* make it; RC_BAD when it is there */
	STORE_FAST = 4,      /* benches and demos only: no fsync */
	STORE_RESERVE = 8,   /* somebody may be about to write a draft: at a full disk the reserve is
			      given up */
	STORE_NEW_KEYS = 16, /* keys/ is not this station's: it goes aside, and the station goes on
				as another site */
};

/* Who this station is. */
struct station {
	uint64_t site;
	uint64_t area;
	enum level level;
	char name[LIMIT_NAME + 1];
	char code[12]; /* short code before numbers: ZZ */
	bool joined;   /* code and area are granted from above */
};

/* Many writes, one commit. Nesting counts; only the outermost commits. */
enum rc store_begin(struct store *store, struct fault *fault) MUST_CHECK;
enum rc store_commit(struct store *store, struct fault *fault) MUST_CHECK;
void store_undo(struct store *store); /* roll back everything since the outermost begin */

/* From elsewhere: in any order, any number of times. *fresh = it was not here yet. RAW is its
 * canonical bytes. */
enum rc store_take(
	struct store *store, struct bytes raw, struct bytes sig, unsigned via, bool *fresh, struct fault *fault) MUST_CHECK;

/* A record folded, with its facts. Borrowed from ARENA. RC_NONE. */
struct history {
	struct op *ops;
	enum verdict *verdicts;
	size_t count;
};
enum rc store_record(struct store *store, struct ref ref, struct arena *arena, struct record *record, struct history *history,
	struct fault *fault) MUST_CHECK;
/* The area of this station as it is numbered now (kind areachange); does AREA lie in it? */
uint64_t store_area(struct store *store);
bool store_within(struct store *store, uint64_t area);
/* May a record that lies in AREA say that the area OLD is NOW? Both must lie below it, on one level. */
bool areachange_counts(uint64_t area, uint64_t old, uint64_t now);
/* Or is one of both OWN, which a station says of itself that nobody stands over? It counts there and below it. */
bool areachange_alone(uint64_t own, uint64_t old, uint64_t now);
/* What store_write refuses, asked before (work/may.h): AREA lies outside the station's; its grant
 * does not name KIND, or has run out. RC_DENIED. */
enum rc store_covers(struct store *store, uint64_t area, struct fault *fault) MUST_CHECK;
enum rc store_granted(struct store *store, const struct kind *kind, unsigned step, struct fault *fault) MUST_CHECK;
/* Would this fact be allowed now (state, person, level, area, args)? V_GOOD, or why not. */
enum verdict store_may(struct store *store, const struct op *op, struct fault *fault);

/* ZZ-17, and the full id: 14 hex digits of the site, '-', seq. */
void store_number(struct store *store, struct ref ref, char out[32]);
void store_id(struct ref ref, char out[32]);
/* A number, label or id as typed, whether such a record is here or not; false: it is none, or of a site that is not
 * known here. */
bool store_number_read(struct store *store, const char *typed, struct ref *ref);
/* What a label says, BXZ-17-K: the number and a letter or digit that no slip of one sign, and no two signs changed over,
 * leaves the same. */
void store_label(struct store *store, struct ref ref, char out[40]);
/* The number of a label; false: it is none. *GOOD: its last sign is right. */
bool label_number(const char *typed, char number[32], bool *good);
/* A number as printed, a label (RC_BAD: its last sign is wrong) or a full id; case does not matter, an own number may do without its code.
 * RC_NONE. */
enum rc store_resolve(struct store *store, const char *typed, struct ref *ref, struct fault *fault) MUST_CHECK;
/* The source's own name of a record: false when unknown. */
bool store_ref(struct store *store, const char *source, const char *name, struct ref *ref);
enum rc store_ref_set(struct store *store, const char *source, const char *name, struct ref ref, struct fault *fault) MUST_CHECK;

/* For types that need records (value.h). */
struct value_ways store_ways(struct store *store, bool labels);

/* ---- The narrow log that hubs and syncing need: append with dedup, what is new for an area after a
 * cursor, watermarks, sites and grants, the store's number. Over SQLite here; made so that another
 * database can stand behind the same calls. Layout and rules: docs/DESIGN.md, "The log".
 */

struct log *store_log(struct store *store); /* borrowed */

/* ---- Reading rows: lists, filters, counts, totals, and finding by words, pinyin and initials. */

/* One row of a kind's table. Borrowed until the callback returns. */
struct row {
	const struct kind *kind;
	struct ref ref;
	uint64_t area;
	int64_t at;
	uint64_t stamp;
	int state, state_was; /* state, and 0 */
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
	char how; /* '=' equal, '<' '>' , '~' contains */
	struct value value;
};

enum { QUERY_FILTERS = 8, QUERY_ORDERS = 3 };

struct query {
	unsigned kind;
	struct filter filters[QUERY_FILTERS];
	unsigned filter_count;
	int state;            /* -1 = any */
	unsigned state_flags; /* STATE_OPEN …; 0 = any */
	uint64_t area;        /* that place and below; 0 = all */
	unsigned order;       /* tag of a field; 0 = newest first for piles, else area and title */
	bool backwards;
	bool open_first;          /* .order 0, of a pile: what is done or void stands behind what is open */
	int orders[QUERY_ORDERS]; /* tags of several fields, in the place of .order; < 0: the greatest first */
	unsigned limit, skip;     /* 0 = all */
	struct ref parent;        /* only children of that record, by the field flagged F_PARENT; seq 0 = any; those of a warning
	                       * are those of all its copies, and so are rows filtered by a warning */
};

/* Every record of a kind, in the order of its list. */
struct query query_all(unsigned kind);

typedef bool row_fn(const struct row *row, void *to); /* false stops */

/* The rows are read before the first call of FN: no statement is open meanwhile. */
enum rc store_each(struct store *store, const struct query *query, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
enum rc store_count(struct store *store, const struct query *query, unsigned *count, struct fault *fault) MUST_CHECK;
/* One row by reference. RC_NONE. */
enum rc store_row(struct store *store, struct ref ref, struct arena *arena, struct row *row, struct fault *fault) MUST_CHECK;
const struct value *row_value(const struct row *row, unsigned tag); /* NULL when empty */
/* A record as rows show it (to judge it by rules_need). Borrows from the row. */
void row_record(const struct row *row, struct record *record);
/* The row's title: its F_TITLE fields, shown. */
void row_title(struct store *store, const struct row *row, struct buf *out);
/* What must stand before a title where people read it: a warning that is only a drill says so wherever it is named. */
bool row_practice(const struct row *row); /* it belongs to a drill or a test: no real list and no sum has it */
void row_mark(const struct row *row, struct buf *out);
/* What tells it from others of its name: post, place, telephone, and that it is void (" 护林员 15430008102 离岗"). */
void row_tell(struct store *store, const struct row *row, struct buf *out);
bool row_void(const struct row *row); /* withdrawn, taken back, left: it does not count any more */
void row_field(struct store *store, const struct row *row, unsigned tag, bool labels, struct buf *out);
/* The same as a text in ARENA; "" where ROW itself has no such value. */
const char *row_field_text(struct store *store, const struct row *row, unsigned tag, bool labels, struct arena *arena);

/* What may need somebody today, for rules_need: those of KIND in an open state among STATES (bits; 0: none at all,
 * UINT32_MAX: nobody asks for one in particular); of a kind without states a register, with dates where nobody asks for it, and of a pile what has a deadline or a last day. FN may read, and writes
 * nothing: not all are read before its first call. */
enum rc store_each_open(
	struct store *store, const struct kind *kind, uint32_t states, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Are there more of those than MOST? */
bool store_many_open(struct store *store, const struct kind *kind, uint32_t states, unsigned most);
/* Of those some at a time: in the next .most records of the kind behind *PLACE, 0 at first, which moves on, at the end to INT64_MAX.
 * As long as nothing is written each is given once. */
struct open_rows {
	const struct kind *kind;
	uint32_t states;
	unsigned most;
};
enum rc store_some_open(
	struct store *store, const struct open_rows *open, int64_t *place, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Is ROW one of those? */
bool row_is_open(const struct row *row, uint32_t states);
/* Records with facts that came after ARRIVED (log_last), their twins (F_MADE), and those of which something was read out; some more than once.
 * FN may not read. */
typedef void since_fn(struct ref ref, unsigned kind, void *to);
enum rc store_each_since(struct store *store, uint64_t arrived, since_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* One warning on every list, whatever road it came by: the copy to show for REF (the proven one, with the same identifier). */
struct ref warning_shown(struct store *store, struct ref ref);
/* The warning that a field means, a record or a name; false when it is not here. */
bool warning_meant(struct store *store, const struct value *value, struct ref *ref);

/* ---- Records by what people call them. A field may hold a record, or its name as a text. */

enum { BEARERS = 8 };
struct bearers {
	unsigned count; /* may be more than BEARERS */
	struct ref at[BEARERS];
};
/* Who is called NAME, however it is written (text_fold), among the records of KIND that lie in AREA, else below it, else
 * above it, else elsewhere. LEFT: also those that are void (a person who has left), which otherwise count only when
 * there is no other. */
struct name_query {
	unsigned kind;
	struct bytes name;
	uint64_t area;
	bool left;
};
enum rc store_bearers(struct store *store, const struct name_query *query, struct bearers *out, struct fault *fault) MUST_CHECK;
/* Whose record the field TAG of ROW means: one, several of one name, or none (count 0). Only of fields that name one. */
enum rc row_means(struct store *store, const struct row *row, unsigned tag, struct bearers *out, struct fault *fault) MUST_CHECK;
/* The record that VALUE of FIELD points to, or that alone has the name which was typed, seen from AREA. */
bool value_record(struct store *store, const struct field *field, const struct value *value, uint64_t area, struct ref *ref);
/* The grid that REF says that it lies in; and that ROW lies in: as it says, as what it belongs to says, or that of who
 * wrote it. */
bool record_grid(struct store *store, struct ref ref, struct ref *grid);
bool row_grid(struct store *store, const struct row *row, struct ref *grid);
enum { GRID_CODE = 32 };
bool grid_code_of(struct store *store, struct ref grid, char code[GRID_CODE]); /* that of the record GRID */
/* The number at which it is reached: its own, and that of its keeper (F_REACHED) as it is now; a number that was the
 * keeper's and is not any more is left out. */
void row_phone(struct store *store, const struct row *row, struct buf *out);

/* ---- What a person should look at: records in which two stations disagree or a step had no effect, and
 * facts that are kept apart.
 */

/* Rows with conflicts or with steps without effect, kind by kind, the newest first; LIMIT of each
 * kind. */
enum rc store_each_attention(struct store *store, unsigned limit, row_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Facts that no row shows: refused, unproven, or waiting for the record that they belong to; the
 * newest arrivals first. The first call makes their index (a commit). */
enum rc log_each_apart(struct log *log, unsigned limit, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
