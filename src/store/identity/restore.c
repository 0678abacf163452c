/* SPDX-License-Identifier: GPL-3.0-or-later
 * Going back to a backup. It ends the old site when its keys have written more than the backup
 * knows, because its next numbers are taken.
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/station/internal.h"

#include "base/endian.h"
#include "base/file.h"
#include "base/when.h"
#include "store/db/internal.h"
#include "store/identity/upgrade.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the file in place knows, as far as it can still be read. */
struct before {
	bool readable;
	uint64_t number, site;
	uint32_t upto[8];
	struct buf asked; /* what it has asked the station above (src/sync/take/asked.c) */
};

/* Whatever version wrote it. */
static enum rc open_to_read(struct db **db, const char *path, struct fault *fault)
{
	enum rc rc = db_open(db, path, DB_READ, NULL, fault);
	if (rc || schema_is_current(*db))
		return rc;
	if ((rc = upgrade_beside(*db, fault)))
		db_close(*db);
	return rc;
}

static void before_read(const char *path, struct before *before)
{
	struct db *db;
	struct fault fault;
	*before = (struct before){0};
	if (open_to_read(&db, path, &fault))
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
	kv_bytes_in(db, kv_own(KV_ASKED), &before->asked);
	db_close(db);
}

/* Is SITE one that the station of DB was before? */
static bool was(struct db *db, uint64_t site)
{
	struct buf successors = {0}, former = {0};
	bool found = false;
	kv_bytes_in(db, kv_own(KV_SUCCESSORS), &successors);
	kv_bytes_in(db, kv_own(KV_FORMER), &former);
	for (size_t at = 0; at + SUCCESSOR_SIZE <= successors.len && !found; at += SUCCESSOR_SIZE)
		found = successor_old(successors.at + at) == site;
	for (size_t at = 0; at + LOW_WORD <= former.len && !found; at += LOW_WORD)
		found = low_get(former.at + at, LOW_WORD) == site;
	buf_release(&successors);
	buf_release(&former);
	return found;
}

static bool was_in(const char *path, uint64_t site)
{
	struct db *db;
	if (!site || open_to_read(&db, path, NULL))
		return false;
	bool found = was(db, site);
	db_close(db);
	return found;
}

/* Does the backup (FILE, of SITE) belong to this folder: to the database in place, or to the keys?
 */
static enum rc same_station(const char *home, const char *path, const struct before *before,
	const char *file, uint64_t site, struct fault *fault)
{
	char folder[512];
	struct keys keys;
	struct buf chain = {0};
	uint64_t of_keys = 0;
	enum rc rc = store_file(home, "keys", folder, fault);
	if (rc)
		return rc;
	bool same = false;
	if (keys_load(&keys, folder, NULL) == RC_OK) {
		of_keys = site_of(keys.sign_public);
		same = of_keys == site || successors_file(folder, site, &keys, &chain);
		explicit_bzero(&keys, sizeof(keys));
		buf_release(&chain);
	}
	same = same || (!of_keys && !before->readable) ||
	       (before->readable && (before->site == site || was_in(path, site))) ||
	       was_in(file, of_keys) || was_in(file, before->readable ? before->site : 0);
	if (same)
		return RC_OK;
	return fault_set(fault, RC_BAD,
		_("\"%s\" 是另一个站点 %s 的备份，没有改动：请恢复到另一个文件夹，outpost "
		  "--home "
		  "文件夹 restore '%s'"),
		file, site_hex(site, (char[SITE_HEX]){""}), file);
}

/* The file in place stays beside, with what belongs to it. Its log goes into it first, so that it
 * is whole by itself at every step, and no log is left for the one that takes its place. */
static enum rc keep_old(const char *path, bool readable, struct fault *fault)
{
	static const char *const parts[] = {"-wal", "-shm"};
	struct db *db;
	char from[PATH_MAX + 8], to[PATH_MAX + 16];
	enum rc rc = RC_OK;
	if (readable && db_open(&db, path, 0, NULL, NULL) == RC_OK) {
		(void)!db_run(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
		db_close(db);
	}
	for (size_t i = 0; i < countof(parts) && !rc; i++) {
		snprintf(from, sizeof(from), "%s%s", path, parts[i]);
		snprintf(to, sizeof(to), "%s.old%s", path, parts[i]);
		unlink(to);
		rc = file_move(from, to, fault);
	}
	snprintf(to, sizeof(to), "%s.old", path);
	return rc || access(path, F_OK) ? rc : file_keep(path, to, fault);
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

/* The number is made in the copy, before it takes the place: two restores of one backup must
 * differ. */
static enum rc number_ahead(
	const char *path, const struct before *before, bool ending, struct fault *fault)
{
	struct db *db;
	enum rc rc = db_open(&db, path, 0, NULL, fault);
	if (rc)
		return rc;
	if ((rc = upgrade(db, fault))) {
		db_close(db);
		return rc;
	}
	struct sql sql = sql_open(db, "UPDATE store SET number=max(number+1, ?, ?)");
	sql_num(&sql, (int64_t)before->number + 1);
	sql_num(&sql, when_now());
	rc = sql_run(&sql, fault);
	if (!rc && ending)
		rc = kv_num_put(db, kv_own(KV_ENDING), 1, fault);
	/* A site that goes on still knows what it has asked since the backup: or it would be shown
	 * that, and end. */
	if (!rc && !ending && before->asked.len)
		rc = kv_bytes_put(db, kv_own(KV_ASKED), buf_bytes(&before->asked), fault);
	if (!rc)
		rc = db_run(db, "PRAGMA journal_mode=DELETE", fault);
	db_close(db);
	return rc;
}

/* The site may go on only when the file in place is readable, of the same site, and had written no
 * more. */
static bool must_end(const struct before *backup, const struct before *before)
{
	if (!before->readable || before->site != backup->site)
		return true;
	for (unsigned i = 0; i < countof(backup->upto); i++)
		if (before->upto[i] > backup->upto[i])
			return true;
	return false;
}

/* Without its keys it can be looked at; it ends when they are there, or new ones. */
static enum rc settle_in(const char *home, bool ending, struct fault *fault)
{
	struct store *store = NULL;
	enum rc rc = store_open(&store, home, 0, fault);
	if (!rc && ending && kv_num_in(store->db, kv_own(KV_ENDING), 0) > 0)
		rc = store_site_end(store, NULL, fault);
	if (rc == RC_NEWER && store && store->keys_wrong)
		rc = RC_OK;
	store_close(store);
	return rc;
}

/* Where it lies when station.db is a link to another disk. */
static enum rc database_path(const char *home, char path[PATH_MAX], struct fault *fault)
{
	char link[512];
	enum rc rc = store_file(home, "station.db", link, fault);
	if (!rc && !realpath(link, path))
		snprintf(path, PATH_MAX, "%s", link);
	return rc;
}

static enum rc put_in_place(const char *file, const char *path, const struct before *before,
	bool ending, struct fault *fault)
{
	char copy[PATH_MAX + 8];
	snprintf(copy, sizeof(copy), "%s.new", path);
	enum rc rc = copy_file(file, copy, fault);
	if (!rc)
		rc = number_ahead(copy, before, ending, fault);
	if (!rc)
		rc = keep_old(path, before->readable, fault);
	if (!rc)
		return file_place(copy, path, fault);
	unlink(copy);
	return rc;
}

enum rc store_restore(const char *home, const char *file, struct fault *fault)
{
	char path[PATH_MAX];
	struct before before, backup;
	struct fault why = {0};
	enum rc rc = backup_look(file, fault);
	if (rc)
		return rc;
	if (place_look(home, &why) == PLACE_STRANGE) {
		if (fault)
			*fault = why;
		return why.rc;
	}
	if ((rc = database_path(home, path, fault)) || (rc = file_folder(home, 0700, fault)) ||
		(rc = home_private(home, NULL, fault)))
		return rc;
	before_read(path, &before);
	before_read(file, &backup);
	buf_release(&backup.asked);
	bool ending = must_end(&backup, &before);
	rc = same_station(home, path, &before, file, backup.site, fault);
	if (!rc)
		rc = put_in_place(file, path, &before, ending, fault);
	buf_release(&before.asked);
	return rc ? rc : settle_in(home, ending, fault);
}
