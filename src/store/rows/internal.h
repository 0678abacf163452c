/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/rows shows to the other rooms of its floor.
 */
#ifndef STORE_ROWS_INTERNAL_H
#define STORE_ROWS_INTERNAL_H

#include "store/log/internal.h"
#include "store/rows.h"

struct db;

struct store {
	struct step_count steps;
	struct db *db, *index;       /* index: open since the first question to it */
	struct syllables *syllables; /* made with it */
	struct log log;
	char *home;
	uint64_t opening; /* which of those that this process has opened */
	unsigned flags;
	bool readonly;
	bool cramped;    /* opened for reading alone because the disk is full */
	bool tight;      /* there was no reserve, or no room to make one */
	bool wrote;      /* facts of its own since the last commit */
	bool keys_wrong; /* read-only, as keys/ does not hold the keys of this site */
	bool keys_wait;  /* the signing key lies in keys/sign.next until the commit */
	struct station station;
	struct keys keys;
	struct changed changed;
	struct fault unsettled; /* why rows lack a fact of the open transaction, which then commits
				   nothing */
	int64_t version;        /* db_version at the last store_moved */
	int64_t print;          /* rows_fingerprint */
	struct codes *codes;    /* that have another name since; NULL: none was ever read */
	bool recoded;           /* a change of areas or codes was settled */
	struct called *called;  /* by place in kinds: who is called how; made when asked for */
	char **puts; /* statements that write rows, by place in kinds, made when needed */
	struct reader_of {
		bool known; /* false: the program reads, for nobody in particular */
		uint32_t who;
		char role[8];
	} reader;
	uint8_t sig[SIGN_SIZE]; /* of the fact written last */
};

/* follow.c: who this station is, as the database says */
enum rc station_load(struct store *store, struct fault *fault) MUST_CHECK;
/* The keys in FOLDER, or those that wait there for the site as it is now. */
enum rc station_keys(
	struct store *store, const char *folder, struct keys *keys, struct fault *fault) MUST_CHECK;
/* Before each transaction: another process may have ended the site, or upgraded the file. */
enum rc station_follow(struct store *store, struct fault *fault) MUST_CHECK;
enum rc station_newer(struct store *store, struct fault *fault);   /* sets FAULT: RC_NEWER */
enum rc station_keyless(struct store *store, struct fault *fault); /* RC_IO: no keys of this site */

/* write_mark.c: after the commit the key that waited takes its place, or at the next opening */
void own_keys_settle(struct store *store);
/* write_mark.c: after a commit, what the own site has written is noted beside its keys; */
void write_mark_note(struct store *store);
/* the note says more than the database knows: it was put back without a word */
bool write_mark_ahead(struct store *store);
/* it says that the keys of SITE have written */
bool write_mark_of(struct store *store, uint64_t site);

/* In keys/, the signing key of a site that begins, until the commit. */
#define KEYS_NEXT "sign.next"

/* store.c: one fact of this station into the log, inside a transaction; refusals write nothing */
enum rc store_write_one(struct store *store, struct op *op, struct fault *fault) MUST_CHECK;
/* store.c: rows show every fact from here on; before each reading of rows */
enum rc store_look(struct store *store, struct fault *fault) MUST_CHECK;

/* ---- rows: one table a kind, row_NAME, with the columns below and then one a field, f_NAME */

enum row_column {
	ROW_SITE,
	ROW_SEQ,
	ROW_AREA,
	ROW_AT,
	ROW_STAMP,
	ROW_STATE,
	ROW_STATE_AT,
	ROW_FACTS,
	ROW_REFUSED,
	ROW_CONFLICTS,
	ROW_WHO,
	ROW_HIDDEN, /* a better copy of the same warning, or a twin, is shown instead */
	ROW_BY,
	ROW_FIELDS
};

/* The facts of a record, in one growing buffer that is used again and again. */
struct facts {
	struct buf bytes;
	struct op *ops;
	size_t *ends; /* of body and signature of each fact, two entries */
	size_t count, room;
};
void facts_clear(struct facts *facts);
void facts_add(struct facts *facts, struct bytes raw, struct bytes sig);
void facts_parse(struct facts *facts); /* after the last one; drops what does not parse */
void facts_release(struct facts *facts);
enum rc facts_read(
	struct store *store, struct ref ref, struct facts *facts, struct fault *fault) MUST_CHECK;

/* rows.c: what was read out of the record and counts, to its other facts */
enum rc voice_add(
	struct store *store, struct ref ref, struct facts *facts, struct fault *fault) MUST_CHECK;

/* rows.c */
struct fold_ways rows_ways(struct store *store);
struct sql row_open(
	struct store *store, const struct kind *kind); /* INSERT OR REPLACE of a whole row */
void row_bind(struct sql *sql, const struct record *record);
enum rc rows_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* copies.c: a statement about the kind whose records may be copies of one (F_SAME): '@' stands for
 * its table, '#' for the column that tells them. */
struct sql copies_open(struct store *store, const char *text);
/* copies.c: PUT writes the row of the warning RECORD; then one copy of its identifier is shown */
enum rc warning_put(struct store *store, struct sql *put, const struct record *record,
	struct fault *fault) MUST_CHECK;
/* Shows one copy of every warning and hides the others. */
enum rc warnings_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* copies.c: records that the rules made of one cause (F_MADE), the one written first before the
 * others */
enum { TWINS = 16 };
struct twins {
	unsigned count;
	struct ref at[TWINS];
};
/* A statement about KIND: '@' stands for its table, '#' for the column that tells twins. */
struct sql twins_open(struct store *store, const struct kind *kind, const char *text);
/* REF, of KIND, and its twins. */
enum rc twins_find(struct store *store, const struct kind *kind, struct ref ref,
	struct twins *twins, struct fault *fault) MUST_CHECK;
/* The one that REF is shown as. */
struct ref twin_shown(struct store *store, const struct kind *kind, struct ref ref);
/* rows.c: when REF has twins, the facts of all of them take the place of FACTS; */
enum rc twins_read(struct store *store, const struct kind *kind, struct ref ref,
	struct facts *facts, struct twins *twins, struct fault *fault) MUST_CHECK;
/* and become facts of the first: what began the others goes out. Returns how many remain. */
size_t twins_join(const struct twins *twins, struct op *ops, size_t count);
/* Rows that were made each from its own facts: one copy of every warning, and one of all twins, is
 * shown. */
enum rc copies_settle_all(struct store *store, struct fault *fault) MUST_CHECK;

/* meant.c */
enum { COPIES = 64, WARNING_NAMES = 3 * COPIES + 1 };
/* What a field may hold that means the warning REF: each copy's reference, its numbers, as they
 * stand where it was not known yet, and the identifier. 0: no such warning here. */
unsigned warning_names(struct store *store, struct ref ref, struct arena *arena,
	struct value names[WARNING_NAMES]);

/* recoded.c: the changes of codes as they are in the rows. */
enum rc codes_read(struct store *store, struct fault *fault) MUST_CHECK;
/* What CODE of TABLE is now, for what lies in AREA; borrowed from the store. */
struct bytes code_now(
	const struct store *store, const char *table, uint64_t area, struct bytes code);
/* RECORD, about to become a row, gets the codes of now; lists of them lie in ARENA. */
void recoded_apply(struct store *store, struct record *record, struct arena *arena);
/* Rows that were made from facts alone are changed; settled, they have the codes of now. */
enum rc recoded_all(struct store *store, struct fault *fault) MUST_CHECK;
/* Such a change was settled: rows that it touches are changed. Inside a transaction. */
enum rc recoded_follow(struct store *store, struct fault *fault) MUST_CHECK;

/* called.c: the field that is the name of records of KIND; NULL */
const struct field *called_field(const struct kind *kind);
/* RECORD is called what it is called now. */
void called_note(struct store *store, const struct record *record);
enum rc called_read(struct store *store, const struct kind *kind, struct fault *fault) MUST_CHECK;
/* The next record that may be called FOLDED (text_fold); *at = 0 to begin. After called_read. */
bool called_next(const struct store *store, const struct kind *kind, struct bytes folded,
	uint32_t *at, struct ref *ref);
void called_free(struct store *store);

/* row.c: a row as it is kept while a list is read */
struct slot {
	unsigned place; /* in kind->fields */
	struct value value;
};
struct kept {
	struct kept *next;
	const struct kind *kind;
	int64_t numbers[ROW_BY]; /* by enum row_column */
	struct bytes by;
	unsigned order; /* of a found row: higher is shown first */
	unsigned count;
	struct slot slots[];
};
struct kept_list {
	struct arena arena;
	struct kept *first, **last;
};
/* From a statement that selects * of a row table; ARENA keeps it. */
struct kept *kept_read(const struct sql *sql, const struct kind *kind, struct arena *arena);
/* As who reads STORE may see it; NULL: all of it. */
void kept_row(const struct store *store, const struct kept *kept, struct row *row);
/* The code of a field flagged F_SECRET by which a record keeps nothing from anybody. */
#define GIVEN_OPENLY "named"
/* Are the private fields of KIND, or of the record that KEPT is of it, kept from who reads STORE?
 */
bool veiled(const struct store *store, const struct kind *kind, const struct kept *kept);
/* FAULT says that REF is not here: it has left this disk, or never was. RC_NONE. */
enum rc row_none(struct store *store, struct ref ref, struct fault *fault);
/* *out NULL when there is no such row. */
enum rc kept_get(struct store *store, const struct kind *kind, struct ref ref, struct arena *arena,
	struct kept **out, struct fault *fault) MUST_CHECK;
/* find.c: appends the next MOST rows of SQL to LIST, true: there may be more; all of them, and ends
 * it; gives them until FN has enough */
bool kept_some(struct sql *sql, const struct kind *kind, unsigned most, struct kept_list *list);
enum rc kept_list(struct sql *sql, const struct kind *kind, struct kept_list *list,
	struct fault *fault) MUST_CHECK;
bool kept_give(struct store *store, struct kept_list *list, row_fn *fn, void *to);

/* sound.c: how letters may be read */
struct syllables {
	unsigned count;
	char at[600][8]; /* sorted; v written as u */
};

#endif
