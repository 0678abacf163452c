/* SPDX-License-Identifier: GPL-3.0-or-later
 * One SQLite file: opening it the one right way, statements, transactions, and the steps at which
 * a crash test may end the process. For src/store/ alone; no library type leaves this header.
 */
#ifndef STORE_DB_DB_H
#define STORE_DB_DB_H

#include "base/arena.h"
#include "base/buf.h"

struct db;
struct sqlite3_stmt;

/* Every commit is a step. OUTPOST_DIE=N:before or N:after ends the process (as kill -9 does) at the
 * Nth step of this handle; shared by all files of one station. */
struct step_count {
	long at; /* the step to end at; 0 = never */
	long done;
	bool after;
};
struct step_count step_count_from(const char *text); /* NULL and nonsense: never */

enum {
	DB_READ = 1,     /* read only */
	DB_MAKE = 2,     /* make it when it is not there */
	DB_FAST = 4,     /* no fsync at all: what a rebuild could bring back, benches, demos */
	DB_CACHE = 8,    /* can be rebuilt: synchronous=NORMAL */
	DB_CRAMPED = 16, /* read only, and without a byte for -wal and -shm */
	DB_ALONE = 32,   /* the same, and without what waits in a -wal */
};

/* STEPS is borrowed and may be NULL. RC_NONE: no such file; RC_BAD: damaged or no database;
 * RC_FULL: there is no room for what SQLite needs beside it. */
enum rc db_open(struct db **out, const char *path, unsigned flags, struct step_count *steps,
	struct fault *fault) MUST_CHECK;
void db_close(struct db *db);
/* cramped.c: opens the file of a full disk; one of SQLite's codes. */
struct sqlite3;
int cramped_open(const char *path, bool alone, struct sqlite3 **at) MUST_CHECK;
const char *db_path(const struct db *db);

/* BEGIN IMMEDIATE: a plain BEGIN that reads before it writes fails whatever the timeout. */
enum rc db_begin(struct db *db, struct fault *fault) MUST_CHECK;
/* Is another file, or none, where this one was opened? */
bool db_moved(struct db *db);
/* One view of the file for many readings, and one lock instead of one each. Nothing inside a
 * transaction. */
void db_view(struct db *db);
void db_view_end(struct db *db);
enum rc db_commit(struct db *db, struct fault *fault) MUST_CHECK; /* undone when it fails */
void db_undo(struct db *db);
void db_settle(struct db *db); /* what waits in -wal goes into the file, so that -wal is used from
				  its beginning */
bool db_inside(const struct db *db); /* in a transaction */

/* FN is called once, before the next statement is opened: it writes what was kept back to be
 * written together. NULL: nothing is kept back. */
void db_owe(struct db *db, void (*fn)(void *to, struct db *db), void *to);

/* A statement in use. Errors stick: after the first one sql_row gives no row and sql_end reports
 * it, so that binding and stepping need no checks. Every sql_open has its sql_end. */
struct sql {
	struct db *db;
	struct sqlite3_stmt *at;
	int bound, error;
	unsigned slot; /* in the cache of statements */
	bool own;      /* not from the cache */
};

struct sql sql_open(struct db *db, const char *text);
void sql_num(struct sql *sql, int64_t number); /* binds the next parameter */
void sql_text(struct sql *sql, const char *text);
void sql_bytes(
	struct sql *sql, struct bytes bytes, bool text); /* borrowed until the statement ends */
void sql_null(struct sql *sql);
bool sql_row(struct sql *sql);   /* step: true = there is a row */
void sql_again(struct sql *sql); /* ready to be bound again */
int64_t sql_get(const struct sql *sql, int column);
struct bytes sql_get_bytes(const struct sql *sql, int column); /* until the next sql_row */
/* A name or a code: one line that may be shown (text_fit), cut between characters. */
void sql_get_text(const struct sql *sql, int column, char *out, size_t room);
enum sql_type { SQL_NULL, SQL_NUM, SQL_TEXT, SQL_BYTES };
enum sql_type sql_get_type(const struct sql *sql, int column);
enum rc sql_end(struct sql *sql, struct fault *fault);
/* Step to the end and sql_end. */
enum rc sql_run(struct sql *sql, struct fault *fault) MUST_CHECK;

/* Several statements without parameters or results. */
enum rc db_run(struct db *db, const char *text, struct fault *fault) MUST_CHECK;
/* The first column of the first row; OTHERWISE when there is none or it fails. */
int64_t db_number(struct db *db, const char *text, int64_t otherwise);
/* The same of what is counted or numbered: 0 when there is none, it fails, or it is below. */
static inline uint64_t db_count(struct db *db, const char *text)
{
	int64_t number = db_number(db, text, 0);
	return number > 0 ? (uint64_t)number : 0;
}
/* Rows changed by the last statement. */
unsigned db_changes(struct db *db);
/* Changes when another connection has committed: PRAGMA data_version. */
int64_t db_version(struct db *db);
/* SQLite's own check; false with NOTE. QUICK leaves out the indexes. */
bool db_sound(struct db *db, bool quick, char note[200]);
/* A new mark (application_id): every file has its own, so that a log that was left by another one
 * is known. */
enum rc db_mark(struct db *db, struct fault *fault) MUST_CHECK;
/* A whole copy with a mark of its own by the backup interface, in one file without WAL; PATH must
 * not be there. */
enum rc db_copy(struct db *db, const char *path, struct fault *fault) MUST_CHECK;

#endif
