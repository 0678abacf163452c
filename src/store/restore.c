/* SPDX-License-Identifier: GPL-3.0-or-later
 * Going back to a backup. It ends the old site when its keys have written more than the backup
 * knows, because its next numbers are taken.
 */
#include "store/keep.h"

#include "base/file.h"
#include "base/when.h"
#include "store/inside.h"
#include "store/private.h"

#include <stdio.h>
#include <unistd.h>

/* What the file in place knows, as far as it can still be read. */
struct before {
	bool readable;
	uint64_t number, site;
	uint32_t upto[8];
	struct buf asked; /* what it has asked the station above (src/sync/asked.c) */
};

static void before_read(const char *path, struct before *before)
{
	struct db *db;
	struct fault fault;
	*before = (struct before){0};
	if (db_open(&db, path, DB_READ, NULL, &fault))
		return;
	struct sql sql = sql_open(db, "SELECT number, s.site, lane, upto FROM store s LEFT JOIN "
				      "author a ON a.site=s.site");
	while (sql_row(&sql)) {
		before->number = (uint64_t)sql_get(&sql, 0);
		before->site = (uint64_t)sql_get(&sql, 1);
		before->upto[sql_get(&sql, 2) & 7] = (uint32_t)sql_get(&sql, 3);
		before->readable = true;
	}
	if (sql_end(&sql, &fault))
		before->readable = false;
	sql = sql_open(db, "SELECT value FROM setting WHERE person='' AND name='asked'");
	while (sql_row(&sql)) {
		struct bytes asked = sql_get_bytes(&sql, 0);
		buf_put(&before->asked, asked.at, asked.len);
	}
	if (sql_end(&sql, &fault))
		before->readable = false;
	db_close(db);
}

/* The file in place goes beside, with what belongs to it. */
static enum rc set_aside(const char *path, struct fault *fault)
{
	static const char *const parts[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < countof(parts); i++) {
		char from[600], to[640];
		snprintf(from, sizeof(from), "%s%s", path, parts[i]);
		snprintf(to, sizeof(to), "%s.old%s", path, parts[i]);
		unlink(to);
		enum rc rc = file_move(from, to, fault);
		if (rc)
			return rc;
	}
	return RC_OK;
}

static enum rc copy_file(const char *from, const char *to, struct fault *fault)
{
	struct db *db;
	enum rc rc = db_open(&db, from, DB_READ, NULL, fault);
	if (rc)
		return rc;
	unlink(to);
	rc = db_copy(db, to, fault);
	db_close(db);
	return rc;
}

/* A site that goes on still knows what it has asked since the backup: or it would be shown that,
 * and end. */
static enum rc asked_put(struct db *db, const struct buf *asked, struct fault *fault)
{
	if (!asked->len)
		return RC_OK;
	struct sql sql = sql_open(
		db, "INSERT OR REPLACE INTO setting(person, name, value) VALUES('', 'asked', ?)");
	sql_bytes(&sql, buf_bytes(asked), false);
	return sql_run(&sql, fault);
}

/* The number is made in the copy, before it takes the place: two restores of one backup must
 * differ. */
static enum rc number_ahead(
	const char *path, const struct before *before, bool ending, struct fault *fault)
{
	struct db *db;
	enum rc rc = db_open(&db, path, 0, NULL, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(db, "UPDATE store SET number=max(number+1, ?, ?)");
	sql_num(&sql, (int64_t)before->number + 1);
	sql_num(&sql, when_now());
	rc = sql_run(&sql, fault);
	if (!rc && ending)
		rc = db_run(
			db, "INSERT OR REPLACE INTO meta(name, value) VALUES('ending', 1)", fault);
	if (!rc && !ending)
		rc = asked_put(db, &before->asked, fault);
	if (!rc)
		rc = db_run(db, "PRAGMA journal_mode=DELETE", fault);
	db_close(db);
	return rc;
}

/* The site may go on only when the file in place is readable, of the same site, and had written no
 * more. */
static bool must_end(const char *path, const struct before *before)
{
	struct before backup;
	before_read(path, &backup);
	buf_release(&backup.asked);
	if (!before->readable || before->site != backup.site)
		return true;
	for (unsigned i = 0; i < countof(backup.upto); i++)
		if (before->upto[i] > backup.upto[i])
			return true;
	return false;
}

static enum rc settle_in(const char *home, bool ending, struct fault *fault)
{
	struct store *store;
	enum rc rc = store_open(&store, home, 0, fault);
	if (rc)
		return rc;
	if (ending && log_meta(&store->log, "ending", 0) > 0)
		rc = store_site_end(store, NULL, fault);
	store_close(store);
	return rc;
}

enum rc store_restore(const char *home, const char *file, struct fault *fault)
{
	char path[512], copy[520];
	struct before before;
	enum rc rc = backup_look(file, fault);
	if (rc || (rc = store_file(home, "station.db", path, fault)))
		return rc;
	if ((rc = file_folder(home, 0700, fault)) || (rc = home_private(home, NULL, fault)))
		return rc;
	before_read(path, &before);
	bool ending = must_end(file, &before);
	snprintf(copy, sizeof(copy), "%s.new", path);
	rc = copy_file(file, copy, fault);
	if (!rc)
		rc = number_ahead(copy, &before, ending, fault);
	buf_release(&before.asked);
	if (rc || (rc = set_aside(path, fault))) {
		unlink(copy);
		return rc;
	}
	if ((rc = file_place(copy, path, fault)))
		return rc;
	return settle_in(home, ending, fault);
}
