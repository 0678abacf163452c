/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether the SQLite that was loaded can do what is asked of it, and how it is held.
 */
#ifndef STORE_DB_LIBRARY_H
#define STORE_DB_LIBRARY_H

#include "base/base.h"

struct sqlite3;
struct sqlite3_stmt;
struct step_count;

enum { STATEMENTS = 512 };

struct cached {
	struct sqlite3_stmt *at;
	uint32_t hash;
	bool busy;
};

struct db {
	struct sqlite3 *at;
	bool began;          /* a transaction was begun and neither committed nor undone by us */
	struct fault broken; /* the first that the disk refused in it, whoever has looked at that */
	struct step_count *steps;
	char *path, *file; /* as it is said, as the disk has it */
	struct cached
		cache[STATEMENTS]; /* open addressing by the hash of the text; never removed */
	unsigned cached;
	bool view;                             /* in a transaction that only reads */
	void (*owed)(void *to, struct db *db); /* db_owe */
	void *owed_to;
	int error; /* of the statement that ended last */
};

/* What ERROR of SQLite means to a person. */
enum rc db_fail(struct db *db, int error, struct fault *fault);

/* RC_IO names the version that is there and the oldest that will do; config/deploy/setup.sh asks
 * the same at the build. */
enum rc library_check(struct fault *fault) MUST_CHECK;
/* Ends the process when a statement was refused with ERROR because the library does not know what
 * stands in it (WHY): it would otherwise be nothing but an empty answer to whoever asks a yes or
 * no. */
void library_understood(int error, const char *why);

#endif
