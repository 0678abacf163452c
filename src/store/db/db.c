/* SPDX-License-Identifier: GPL-3.0-or-later
 * One SQLite file, opened the one right way for many processes and sudden power cuts: WAL,
 * synchronous=FULL, BEGIN IMMEDIATE, a long busy timeout and a WAL that is cut back.
 */
#include "store/db/db.h"
#include "store/db/library.h"

#include "base/crypt.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/progress.h"
#include "base/text.h"

enum { BUSY_MS = 15000, COPY_PAGES = 2048 };

static void step_die(struct db *db, bool after)
{
	struct step_count *steps = db->steps;
	if (!steps)
		return;
	steps->done += !after;
	if (steps->at && steps->done == steps->at && steps->after == after)
		kill(getpid(), SIGKILL);
}

struct step_count step_count_from(const char *text)
{
	struct step_count count = {0};
	char *end = NULL;
	long number = text ? strtol(text, &end, 10) : 0;
	if (number <= 0 || *end != ':')
		return count;
	if (strcmp(end, ":before") != 0 && strcmp(end, ":after") != 0)
		return count;
	count.at = number;
	count.after = strcmp(end, ":after") == 0;
	return count;
}

static enum rc tune(struct db *db, unsigned flags, struct fault *fault)
{
	sqlite3_db_config(db->at, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
#ifdef SQLITE_DBCONFIG_TRUSTED_SCHEMA /* from 3.31 on */
	sqlite3_db_config(db->at, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
#endif
	sqlite3_busy_timeout(db->at, BUSY_MS);
	enum rc rc = db_run(db,
		"PRAGMA journal_size_limit=4194304; PRAGMA wal_autocheckpoint=1000; PRAGMA "
		"temp_store=MEMORY;"
		"PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON;",
		fault);
	/* Whether there is room for -wal and -shm shows with the first reading. */
	if (!rc)
		rc = db_run(db,
			flags & (DB_READ | DB_CRAMPED) ? "SELECT 1 FROM sqlite_master LIMIT 1"
						       : "PRAGMA journal_mode=WAL",
			fault);
	if (rc || flags & (DB_READ | DB_CRAMPED))
		return rc;
	return db_run(db,
		flags & DB_FAST    ? "PRAGMA synchronous=OFF"
		: flags & DB_CACHE ? "PRAGMA synchronous=NORMAL"
				   : "PRAGMA synchronous=FULL",
		fault);
}

/* SQLite would make it 0644; what it makes beside (-wal, -shm, a journal) gets the file's own mode.
 * An empty file is a new database; a failure shows when it is opened. */
static void make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, file_mode(0600));
	if (fd >= 0)
		close(fd);
}

static int open_file(struct db *db, unsigned flags)
{
	int how = flags & DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (flags & (DB_CRAMPED | DB_ALONE))
		return cramped_open(db->file, flags & DB_ALONE, &db->at);
	if (flags & DB_MAKE)
		make_private(db->file);
	return sqlite3_open_v2(db->file, &db->at, how | SQLITE_OPEN_NOMUTEX, NULL);
}

/* Opening a pipe would wait for its other end. */
static enum rc plain_file(const char *path, struct fault *fault)
{
	struct stat st;
	if (file_look(path, &st) || S_ISREG(st.st_mode))
		return RC_OK;
	return fault_set(fault, RC_BAD, _("\"%s\" 是文件夹、管道或设备，不是数据库"), path);
}

enum rc db_open(struct db **out, const char *path, unsigned flags, struct step_count *steps,
	struct fault *fault)
{
	enum rc rc = plain_file(path, fault);
	if (!rc)
		rc = library_check(fault);
	if (rc)
		return rc;
	struct db *db = memory_get(1, sizeof(*db));
	struct buf room = {0};
	db->path = memory_text(path);
	db->file = memory_text(file_native(path, &room));
	buf_release(&room);
	db->steps = steps;
	int error = open_file(db, flags);
	if (!db->at)
		memory_none(0);
	if (error == SQLITE_CANTOPEN && !file_there(path, F_OK) && !(flags & DB_MAKE))
		rc = fault_set(fault, RC_NONE, _("没有数据库 \"%s\""), path);
	else if (error)
		rc = db_fail(db, error, fault);
	else
		rc = tune(db, flags, fault);
	if (rc) {
		db_close(db);
		return rc;
	}
	*out = db;
	return RC_OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (unsigned i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(db->cache[i].at);
	sqlite3_close(db->at);
	free(db->path);
	free(db->file);
	free(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_moved(struct db *db)
{
	int moved = 0;
	return sqlite3_file_control(db->at, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
	       moved;
}

enum rc db_begin(struct db *db, struct fault *fault)
{
	struct sql sql = sql_open(db, "BEGIN IMMEDIATE");
	enum rc rc = sql_run(&sql, fault);
	db->began = rc == RC_OK;
	db->broken.rc = RC_OK;
	return rc;
}

enum rc db_commit(struct db *db, struct fault *fault)
{
	/* After some errors SQLite has rolled back by itself: then nothing may be called saved. */
	bool inside = db_inside(db);
	db->began = false;
	if (!inside)
		return fault_set(fault, RC_IO,
			_("数据库 \"%s\" 没有保存：前面的写入已撤销，请再试"), db->path);
	/* What could not be read looks like what is not there to whoever asks a yes or no: nothing
	 * that was decided by that is saved. */
	if (db->broken.rc) {
		if (fault)
			*fault = db->broken;
		enum rc broken = db->broken.rc;
		db_undo(db);
		return broken;
	}
	step_die(db, false);
	struct sql sql = sql_open(db, "COMMIT");
	enum rc rc = sql_run(&sql, fault);
	if (rc)
		db_undo(db);
	else
		step_die(db, true);
	return rc;
}

void db_undo(struct db *db)
{
	db->began = false;
	if (!db_inside(db))
		return;
	struct sql sql = sql_open(db, "ROLLBACK");
	enum rc rc = sql_run(&sql, NULL);
	(void)rc; /* what made us undo has been reported; a failed rollback ends with the handle */
}

void db_settle(struct db *db)
{
	if (!db_inside(db))
		sqlite3_wal_checkpoint_v2(db->at, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

void db_view(struct db *db)
{
	if (!db_inside(db) && sqlite3_exec(db->at, "BEGIN", NULL, NULL, NULL) == SQLITE_OK)
		db->view = true;
}

void db_view_end(struct db *db)
{
	if (db->view && db_inside(db))
		sqlite3_exec(db->at, "COMMIT", NULL, NULL, NULL);
	db->view = false;
}

unsigned db_changes(struct db *db)
{
	return (unsigned)sqlite3_changes(db->at);
}

int64_t db_version(struct db *db)
{
	return db_number(db, "PRAGMA data_version", 0);
}

enum rc db_mark(struct db *db, struct fault *fault)
{
	char text[60];
	uint32_t mark;
	crypt_random(&mark, sizeof(mark));
	snprintf(text, sizeof(text), "PRAGMA application_id=%u", (unsigned)(mark >> 1 | 1));
	return db_run(db, text, fault);
}

/* The file grows while it is copied: what is left is by the last look. */
static enum rc copied(sqlite3_backup *backup, struct fault *fault)
{
	int whole = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);

	return progress(N_("复制数据库（页）"), (uint64_t)(whole - left), (uint64_t)whole, fault);
}

enum rc db_copy(struct db *db, const char *path, struct fault *fault)
{
	struct db *to;
	enum rc rc = db_open(&to, path, DB_MAKE | DB_FAST, NULL, fault);
	if (rc)
		return rc;
	sqlite3_backup *backup = sqlite3_backup_init(to->at, "main", db->at, "main");
	int error = backup ? SQLITE_OK : sqlite3_errcode(to->at);
	while (!rc && backup &&
		(error == SQLITE_OK || error == SQLITE_BUSY || error == SQLITE_LOCKED)) {
		if (!(rc = copied(backup, fault)))
			error = sqlite3_backup_step(backup, COPY_PAGES);
	}
	if (!rc && error == SQLITE_DONE)
		rc = copied(backup, fault);
	if (backup)
		error = sqlite3_backup_finish(backup);
	if (!rc && error)
		rc = db_fail(to, error, fault);
	if (!rc)
		rc = db_mark(to, fault);
	if (!rc)
		rc = db_run(to, "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE", fault);
	db_close(to);
	return rc;
}

/* SQLite's own check. */
bool db_sound(struct db *db, bool quick, char note[200])
{
	bool sound = false;
	struct sql sql =
		sql_open(db, quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
	if (sql_row(&sql)) {
		sql_get_text(&sql, 0, note, 200);
		sound = strcmp(note, "ok") == 0;
	}
	struct fault fault;
	if (sql_end(&sql, &fault)) {
		sound = false;
		text_fit(note, 200, fault.text);
	}
	return sound;
}
