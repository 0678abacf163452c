/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of a station's two databases, station.db and index.db, and their version. Every table
 * and every index stands in schema.c; docs/DESIGN.md prints the list.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db/db.h"

enum {
	/* PRAGMA user_version of station.db. To be raised with every change of a table there; a
	 * lower one is upgraded when the store is opened (upgrade.c), a higher one is read only.
	 *   1  release 0.1, and programs after it that made tables with the first row
	 *   2  all tables from the beginning; what is remembered lies in "kv"
	 *   3  the table "voice"
	 *   4  the same tables, but records have left (peer/prune.c): a program of version 3 takes
	 *      what is left of their facts for damage, so the first that leaves raises the number
	 */
	SCHEMA_VERSION = 3,
	SCHEMA_PRUNED = 4,
	SCHEMA_NEWEST = SCHEMA_PRUNED,
	SCHEMA_OLDEST = 1,
	SEARCH_VERSION = 3, /* of index.db: another one is thrown away and made again */
};

struct schema_table {
	const char *name;
	const char *key;     /* what tells its rows apart */
	const char *row;     /* what one row is */
	const char *writer;  /* who writes it */
	const char *columns; /* as CREATE TABLE has it behind the name */
};

struct schema_index {
	const char *name;
	const char *on;  /* table and columns, as CREATE INDEX has it behind ON */
	const char *use; /* which question it answers */
	bool on_demand;  /* made by schema_index alone */
};

/* Both end with a NULL name. */
extern const struct schema_table schema_tables[];
extern const struct schema_index schema_indexes[];
extern const struct schema_table search_tables[];

/* Is there a table of that name in the file? */
bool schema_has(struct db *db, const char *name);
int64_t schema_version(struct db *db);
/* Its tables are those of this program. */
bool schema_is_current(struct db *db);
/* Records leave: from now on older programs only read the file; inside a transaction. */
enum rc schema_pruned(struct db *db, struct fault *fault) MUST_CHECK;

/* What is not there yet of station.db's tables and indexes, and the version; inside a transaction.
 */
enum rc schema_make(struct db *db, struct fault *fault) MUST_CHECK;
/* The same tables in memory for this process alone, where the file cannot be written: SQLite looks
 * for a table among the temporary ones first (sqlite.org/lang_naming.html). */
enum rc schema_make_beside(struct db *db, struct fault *fault) MUST_CHECK;
/* An empty table in memory in front of the one that is there. */
enum rc schema_beside(struct db *db, const char *name, struct fault *fault) MUST_CHECK;
/* An index on demand, when it is not there; inside a transaction. */
enum rc schema_index(struct db *db, const char *name, struct fault *fault) MUST_CHECK;
/* Everything in index.db is thrown away and made again; inside a transaction. */
enum rc search_make(struct db *db, struct fault *fault) MUST_CHECK;

#endif
