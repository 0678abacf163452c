/* SPDX-License-Identifier: GPL-3.0-or-later
 * A backup: a copy that was read again.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "store/db/internal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum rc backup_look(const char *path, struct fault *fault)
{
	char note[200];
	struct db *db;
	enum rc rc = db_open(&db, path, DB_READ, NULL, fault);
	if (rc)
		return rc;
	int64_t version = schema_version(db);
	if (version > SCHEMA_NEWEST)
		rc = fault_set(
			fault, RC_NEWER, _("\"%s\" 由更新版本的程序写成：请升级本程序"), path);
	else if (version < SCHEMA_OLDEST || db_number(db, "SELECT number FROM store", -1) < 0)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 不是前哨的数据库"), path);
	else if (!db_sound(db, true, note))
		rc = fault_set(fault, RC_BAD, _("\"%s\" 已损坏（%s）"), path, note);
	db_close(db);
	return rc;
}

/* With what SQLite has made beside it. */
static void copy_remove(const char *part)
{
	static const char *const beside[] = {"", "-wal", "-shm", "-journal"};
	char path[560];
	for (size_t i = 0; i < countof(beside); i++) {
		snprintf(path, sizeof(path), "%s%s", part, beside[i]);
		file_remove(path);
	}
}

/* FAULT is about PATH, whatever the copy is called while it is made. */
static void name_it(struct fault *fault, const char *part, const char *path)
{
	char *at = fault ? strstr(fault->text, part) : NULL;
	size_t len = strlen(path), extra = strlen(part) - len;
	if (at)
		memmove(at + len, at + len + extra, strlen(at + len + extra) + 1);
}

static enum rc copy_make(struct store *store, const char *part, struct fault *fault)
{
	/* It holds households and phones: nobody else on the machine reads it. */
	mode_t before = umask(077);
	/* What SQLite says of a file that it cannot make is less than what making one says. */
	enum rc rc = file_write(part, bytes_of(NULL, 0), 0600, fault);
	if (!rc)
		rc = db_copy(store->db, part, fault);
	umask(before);
	/* A backup that was not read again is a hope, not a backup. */
	return rc ? rc : backup_look(part, fault);
}

enum rc backup_copy(struct store *store, const char *path, struct fault *fault)
{
	char part[540];
	if (strlen(path) >= 512)
		return fault_set(fault, RC_BAD, _("文件夹的路径太长 \"%s\""), path);
	snprintf(part, sizeof(part), "%s.%d", path, (int)getpid());
	enum rc rc = copy_make(store, part, fault);
	if (!rc)
		return file_place(part, path, fault);
	copy_remove(part);
	name_it(fault, part, path);
	return rc;
}

enum rc store_backup(struct store *store, const char *file, struct fault *fault)
{
	if (file_there(file, F_OK))
		return fault_set(fault, RC_BAD, _("文件 \"%s\" 已存在：请换一个名字"), file);
	return backup_copy(store, file, fault);
}
