/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backups: by hand, and one a day by itself.
 */
#include "store/keep.h"

#include "base/file.h"
#include "base/when.h"
#include "store/inside.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_LEN = sizeof("station-20260714.db") - 1, NAMES = 400 };

enum rc backup_look(const char *path, struct fault *fault)
{
	char note[200];
	struct db *db;
	enum rc rc = db_open(&db, path, DB_READ, NULL, fault);
	if (rc)
		return rc;
	if (db_number(db, "PRAGMA user_version", 0) > STORE_FORMAT)
		rc = fault_set(
			fault, RC_NEWER, _("\"%s\" 由更新版本的程序写成：请升级本程序"), path);
	else if (db_number(db, "PRAGMA user_version", 0) != STORE_FORMAT ||
		 db_number(db, "SELECT number FROM store", -1) < 0)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 不是前哨的数据库"), path);
	else if (!db_sound(db, true, note))
		rc = fault_set(fault, RC_BAD, _("\"%s\" 已损坏（%s）"), path, note);
	db_close(db);
	return rc;
}

static enum rc copy_to(struct store *store, const char *path, struct fault *fault)
{
	char part[520];
	snprintf(part, sizeof(part), "%.500s.%d", path, (int)getpid());
	unlink(part);
	/* It holds households and phones: nobody else on the machine reads it. */
	mode_t before = umask(077);
	enum rc rc = db_copy(store->db, part, fault);
	umask(before);
	/* A backup that was not read again is a hope, not a backup. */
	if (!rc)
		rc = backup_look(part, fault);
	if (rc) {
		unlink(part);
		return rc;
	}
	return file_place(part, path, fault);
}

enum rc store_backup(struct store *store, const char *file, struct fault *fault)
{
	if (access(file, F_OK) == 0)
		return fault_set(fault, RC_BAD, _("文件 \"%s\" 已存在：请换一个名字"), file);
	return copy_to(store, file, fault);
}

static bool is_backup(const char *name)
{
	return strlen(name) == NAME_LEN && strncmp(name, "station-", 8) == 0 &&
	       strspn(name + 8, "0123456789") == 8 && strcmp(name + 16, ".db") == 0;
}

static int newest_first(const void *a, const void *b)
{
	return strcmp(b, a);
}

/* Names in FOLDER, newest first; their dates are in them. */
static unsigned list_backups(const char *folder, char names[NAMES][NAME_LEN + 1])
{
	unsigned count = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && count < NAMES && (entry = readdir(dir));)
		if (is_backup(entry->d_name))
			memcpy(names[count++], entry->d_name, NAME_LEN + 1);
	if (dir)
		closedir(dir);
	qsort(names, count, NAME_LEN + 1, newest_first);
	return count;
}

bool backup_newest(const char *home, char path[512])
{
	char folder[512], names[NAMES][NAME_LEN + 1];
	if (store_file(home, "backup", folder, NULL))
		return false;
	unsigned count = list_backups(folder, names);
	for (unsigned i = 0; i < count; i++)
		if (store_file(folder, names[i], path, NULL) == RC_OK &&
			backup_look(path, NULL) == RC_OK)
			return true;
	return false;
}

enum rc store_daily(struct store *store, struct fault *fault)
{
	char folder[512], name[NAME_LEN + 16], path[512], names[NAMES][NAME_LEN + 1];
	enum rc rc = store_file(store->home, "backup", folder, fault);
	if (rc)
		return rc;
	snprintf(name, sizeof(name), "station-%08lld.db", (long long)date_of(when_now()));
	if ((rc = store_file(folder, name, path, fault)) || access(path, F_OK) == 0)
		return rc;
	if ((rc = file_folder(folder, 0700, fault)) || (rc = copy_to(store, path, fault)))
		return rc;
	unsigned count = list_backups(folder, names);
	for (unsigned i = BACKUPS_KEPT; i < count; i++)
		if (store_file(folder, names[i], path, NULL) == RC_OK)
			unlink(path);
	return RC_OK;
}
