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

enum { STATEMENTS = 512, BUSY_MS = 15000, COPY_PAGES = 2048 };

struct cached {
	sqlite3_stmt *at;
	uint32_t hash;
	bool busy;
};

struct db {
	sqlite3 *at;
	bool began; /* a transaction was begun and neither committed nor undone by us */
	struct step_count *steps;
	char *path, *file; /* as it is said, as the disk has it */
	struct cached
		cache[STATEMENTS]; /* open addressing by the hash of the text; never removed */
	unsigned cached;
	bool view; /* in a transaction that only reads */
};

/* SQLite says of -shm and -wal only that they failed; a read-only disk is to it as a full one. */
static bool has_no_room(struct db *db, int error)
{
	int why = sqlite3_system_errno(db->at);
	switch (error & 0xff) {
	case SQLITE_FULL:
		return true;
	case SQLITE_IOERR:
		return sqlite3_extended_errcode(db->at) == SQLITE_IOERR_SHMSIZE || why == ENOSPC ||
		       why == EDQUOT;
	case SQLITE_CANTOPEN:
		return why == ENOSPC || why == EDQUOT || why == EROFS;
	default:
		return false;
	}
}

static enum rc fail(struct db *db, int error, struct fault *fault)
{
	if (has_no_room(db, error))
		return fault_set(fault, RC_FULL,
			_("磁盘已满，\"%s\" 没有保存：请腾出空间后再试，可以先删 station.db.old 和 "
			  "backup 里较早的备份"),
			db->path);
	switch (error & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fault_set(fault, RC_BUSY,
			_("数据库 \"%s\" 正忙：另一个程序一直在写，请稍后再试"), db->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return fault_set(fault, RC_BAD,
			_("数据库 \"%s\" 已损坏：请用 outpost check 检查，或用 outpost restore "
			  "恢复备份"),
			db->path);
	case SQLITE_ABORT:
		return fault_set(fault, RC_IO,
			_("数据库 \"%s\" 没有保存：前面的写入已撤销，请再试"), db->path);
	case SQLITE_READONLY:
		return fault_set(fault, RC_IO, _("数据库 \"%s\" 是只读的，没有保存"), db->path);
	default:
		return fault_set(fault, RC_IO, _("读写数据库 \"%s\" 失败（%s）：请检查磁盘和权限"),
			db->path, sqlite3_errmsg(db->at));
	}
}

static uint32_t hash_text(const char *text)
{
	uint32_t hash = 2166136261u;
	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	return hash | 1;
}

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
		rc = fail(db, error, fault);
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

bool db_inside(const struct db *db)
{
	return !sqlite3_get_autocommit(db->at);
}

struct sql sql_open(struct db *db, const char *text)
{
	struct sql sql = {.db = db};
	uint32_t hash = hash_text(text);
	struct cached *free_slot = NULL;
	for (sql.slot = hash % STATEMENTS;; sql.slot = (sql.slot + 1) % STATEMENTS) {
		struct cached *c = &db->cache[sql.slot];
		if (!c->at) {
			free_slot = db->cached < STATEMENTS / 2 ? c : NULL;
			break;
		}
		if (c->hash == hash && !c->busy && strcmp(sqlite3_sql(c->at), text) == 0) {
			c->busy = true;
			sql.at = c->at;
			return sql;
		}
	}
	sql.error = sqlite3_prepare_v3(
		db->at, text, -1, free_slot ? SQLITE_PREPARE_PERSISTENT : 0, &sql.at, NULL);
	sql.own = true;
	library_understood(sql.error, sqlite3_errmsg(db->at));
	if (!sql.error && free_slot) {
		*free_slot = (struct cached){sql.at, hash, true};
		db->cached++;
		sql.own = false;
	}
	return sql;
}

void sql_num(struct sql *sql, int64_t number)
{
	if (!sql->error)
		sql->error = sqlite3_bind_int64(sql->at, ++sql->bound, number);
}

void sql_text(struct sql *sql, const char *text)
{
	sql_bytes(sql, bytes_text(text), true);
}

void sql_bytes(struct sql *sql, struct bytes bytes, bool text)
{
	if (sql->error)
		return;
	/* A NULL pointer would bind NULL: an empty value is not a missing one. */
	const void *at = bytes.at ? (const void *)bytes.at : "";
	sql->bound++;
	sql->error =
		text ? sqlite3_bind_text(sql->at, sql->bound, at, (int)bytes.len, SQLITE_STATIC)
		     : sqlite3_bind_blob(sql->at, sql->bound, at, (int)bytes.len, SQLITE_STATIC);
}

void sql_null(struct sql *sql)
{
	if (!sql->error)
		sql->error = sqlite3_bind_null(sql->at, ++sql->bound);
}

bool sql_row(struct sql *sql)
{
	if (sql->error)
		return false;
	/* After no memory, a full disk or a failed write SQLite undoes the transaction by itself.
	 * What was still to come must not be saved alone, as it would be outside of one. */
	if (sql->db->began && !db_inside(sql->db)) {
		sql->error = SQLITE_ABORT;
		return false;
	}
	int step = sqlite3_step(sql->at);
	if (step == SQLITE_ROW)
		return true;
	if (step != SQLITE_DONE)
		sql->error = step;
	return false;
}

void sql_again(struct sql *sql)
{
	if (!sql->error)
		sqlite3_reset(sql->at);
	sql->bound = 0;
}

int64_t sql_get(const struct sql *sql, int column)
{
	return sqlite3_column_int64(sql->at, column);
}

struct bytes sql_get_bytes(const struct sql *sql, int column)
{
	const void *at = sqlite3_column_blob(sql->at, column);
	return bytes_of(at, at ? (size_t)sqlite3_column_bytes(sql->at, column) : 0);
}

void sql_get_text(const struct sql *sql, int column, char *out, size_t room)
{
	struct bytes text = sql_get_bytes(sql, column);
	size_t len = text.len < room ? text.len : text_whole((const char *)text.at, room - 1);
	if (len)
		memcpy(out, text.at, len);
	out[len] = '\0';
	text_fit(out, room, out);
}

enum sql_type sql_get_type(const struct sql *sql, int column)
{
	switch (sqlite3_column_type(sql->at, column)) {
	case SQLITE_INTEGER:
		return SQL_NUM;
	case SQLITE_TEXT:
		return SQL_TEXT;
	case SQLITE_BLOB:
		return SQL_BYTES;
	default:
		return SQL_NULL;
	}
}

enum rc sql_end(struct sql *sql, struct fault *fault)
{
	enum rc rc = sql->error ? fail(sql->db, sql->error, fault) : RC_OK;
	if (sql->own) {
		sqlite3_finalize(sql->at);
	} else if (sql->at) {
		sqlite3_reset(sql->at);
		sqlite3_clear_bindings(sql->at);
		sql->db->cache[sql->slot].busy = false;
	}
	sql->at = NULL;
	return rc;
}

enum rc sql_run(struct sql *sql, struct fault *fault)
{
	while (sql_row(sql))
		;
	return sql_end(sql, fault);
}

enum rc db_run(struct db *db, const char *text, struct fault *fault)
{
	if (db->began && !db_inside(db))
		return fail(db, SQLITE_ABORT, fault);
	int error = sqlite3_exec(db->at, text, NULL, NULL, NULL);
	return error ? fail(db, error, fault) : RC_OK;
}

int64_t db_number(struct db *db, const char *text, int64_t otherwise)
{
	struct sql sql = sql_open(db, text);
	if (sql_row(&sql) && sql_get_type(&sql, 0) == SQL_NUM)
		otherwise = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? -1 : otherwise;
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
		rc = fail(to, error, fault);
	if (!rc)
		rc = db_mark(to, fault);
	if (!rc)
		rc = db_run(to, "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE", fault);
	db_close(to);
	return rc;
}
