/* SPDX-License-Identifier: GPL-3.0-or-later
 * One backup a day, named by the station's date, the newest seven kept. Clocks are wrong
 * (docs/DESIGN.md, "Clocks"), so a date alone removes nothing: a backup goes only when seven newer
 * ones follow each other day by day, and none that is dated in the future is counted or touched.
 */
#include "store/station.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "base/when.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NAME_LEN = sizeof("station-20260714.db") - 1,
	DATE_AT = sizeof("station-") - 1,
	NAMES = 400,
	FEW = 16,    /* facts that are not worth another copy */
	FOLLOWS = 2, /* days between two backups of days that follow each other: one may be a day
			off */
	MOST = 14,   /* where days never follow each other, as at a station that is used once a week
		      */
};

/* How new the data in a backup is, whatever the clock said: a restore takes a higher number, a fact
 * a higher place. */
struct newness {
	int64_t number, arr;
};

struct daily {
	char name[NAME_LEN + 1];
	struct newness newness;
};

static int64_t date_in(const char *name)
{
	return strtoll(name + DATE_AT, NULL, 10);
}

static bool is_backup(const char *name)
{
	return strncmp(name, "station-", DATE_AT) == 0 &&
	       strspn(name + DATE_AT, "0123456789") == 8 &&
	       strncmp(name + DATE_AT + 8, ".db", 3) == 0 && date_valid(date_in(name));
}

/* "station-20260714.db.123" was being made by process 123, which is no more. */
static bool is_left_over(const char *name)
{
	char *end;
	if (!is_backup(name) || name[NAME_LEN] != '.')
		return false;
	long pid = strtol(name + NAME_LEN + 1, &end, 10);
	return (*end == 0 || *end == '-') && file_writer_gone(pid);
}

static int latest_first(const void *a, const void *b)
{
	const struct daily *one = a, *other = b;
	return strcmp(other->name, one->name);
}

static bool newer(const struct newness *a, const struct newness *b)
{
	return a->number != b->number ? a->number > b->number : a->arr > b->arr;
}

static int newest_first(const void *a, const void *b)
{
	const struct daily *one = a, *other = b;
	if (newer(&one->newness, &other->newness))
		return -1;
	return newer(&other->newness, &one->newness) ? 1 : latest_first(a, b);
}

/* Those in FOLDER, the latest date first. Takes away what a process left that died over one. */
static unsigned list_backups(const char *folder, struct daily list[NAMES])
{
	unsigned count = 0;
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && count < NAMES && (entry = readdir(dir));) {
		if (is_left_over(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
		else if (strlen(entry->d_name) == NAME_LEN && is_backup(entry->d_name))
			memcpy(list[count++].name, entry->d_name, NAME_LEN + 1);
	}
	if (dir)
		closedir(dir);
	qsort(list, count, sizeof *list, latest_first);
	return count;
}

static struct newness newness_of(const char *folder, const char *name)
{
	struct newness newness = {-1, -1};
	char path[512];
	struct db *db;
	if (store_file(folder, name, path, NULL) || db_open(&db, path, DB_READ, NULL, NULL))
		return newness;
	newness.number = db_number(db, "SELECT number FROM store", -1);
	newness.arr = db_number(db, "SELECT max(arr) FROM fact", -1);
	db_close(db);
	return newness;
}

bool backup_newest(const char *home, char path[512])
{
	char folder[512];
	struct daily list[NAMES];
	if (store_file(home, "backup", folder, NULL))
		return false;
	unsigned count = list_backups(folder, list);
	for (unsigned i = 0; i < count; i++)
		list[i].newness = newness_of(folder, list[i].name);
	qsort(list, count, sizeof *list, newest_first);
	for (unsigned i = 0; i < count; i++)
		if (store_file(folder, list[i].name, path, NULL) == RC_OK &&
			backup_look(path, NULL) == RC_OK)
			return true;
	return false;
}

bool backup_latest(const char *home, char path[512])
{
	char folder[512];
	struct daily list[NAMES];

	return store_file(home, "backup", folder, NULL) == RC_OK && list_backups(folder, list) &&
	       store_file(folder, list[0].name, path, NULL) == RC_OK;
}

/* A backup of DATE that is older than the one before it was made when the clock was ahead. */
static bool made_too_early(const char *folder, const char *name)
{
	struct daily list[NAMES];
	unsigned count = list_backups(folder, list), at = 0;
	while (at < count && strcmp(list[at].name, name) >= 0)
		at++;
	if (at == count)
		return false;
	struct newness own = newness_of(folder, name), before = newness_of(folder, list[at].name);
	return newer(&before, &own);
}

/* How many of the LIST of COUNT that are not in the future stay, the latest first. */
static unsigned staying(const struct daily *list, unsigned count)
{
	unsigned run = count > 0;
	while (run < count && run < BACKUPS_KEPT &&
		date_add(date_in(list[run].name), FOLLOWS) >= date_in(list[run - 1].name))
		run++;
	return run == BACKUPS_KEPT ? run : MOST;
}

static void remove_old(const char *folder, int64_t today)
{
	char path[512];
	struct daily list[NAMES];
	unsigned count = list_backups(folder, list), past = 0;
	while (past < count && date_in(list[past].name) > today)
		past++;
	for (unsigned i = past + staying(list + past, count - past); i < count; i++)
		if (store_file(folder, list[i].name, path, NULL) == RC_OK)
			unlink(path);
}

static enum rc path_of_day(
	const char *home, int64_t date, char folder[512], char path[512], struct fault *fault)
{
	char name[NAME_LEN + 16];
	enum rc rc = store_file(home, "backup", folder, fault);
	snprintf(name, sizeof(name), "station-%08lld.db", (long long)date);
	return rc ? rc : store_file(folder, name, path, fault);
}

/* On its first day a station has all its facts after the day's copy: a copy is made again when it
 * holds less than half. */
static bool outgrown(struct store *store, const char *folder, const char *name)
{
	return (int64_t)log_last(&store->log) > 2 * newness_of(folder, name).arr + FEW;
}

/* Is the copy at PATH good for its day? */
static bool is_there(struct store *store, const char *folder, const char *path)
{
	const char *name = path + strlen(folder) + 1;
	return access(path, F_OK) == 0 && !outgrown(store, folder, name) &&
	       !made_too_early(folder, name);
}

bool store_daily_due(struct store *store)
{
	char folder[512], path[512];
	struct daily list[NAMES];
	uint64_t last = log_last(&store->log);
	if (store->readonly || !last ||
		path_of_day(store->home, date_of(store_now(store)), folder, path, NULL) ||
		is_there(store, folder, path))
		return false;
	unsigned count = list_backups(folder, list);
	return !count || newness_of(folder, list[0].name).arr < (int64_t)last;
}

enum rc store_daily(struct store *store, char made[512], struct fault *fault)
{
	char folder[512], path[512];
	int64_t today = date_of(store_now(store));
	enum rc rc = path_of_day(store->home, today, folder, path, fault);
	if (rc)
		return rc;
	if (made)
		memcpy(made, path, sizeof(path));
	if (is_there(store, folder, path))
		return RC_OK;
	if ((rc = file_folder(folder, 0700, fault)) || (rc = backup_copy(store, path, fault)))
		return rc;
	/* Where a group shares the folder, whoever of it wrote first today made it for all. */
	(void)!chmod(path, file_mode(0600));
	remove_old(folder, today);
	return RC_OK;
}
