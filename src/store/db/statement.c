/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements: made once and kept, bound, stepped, with errors that stick, and said to people.
 */
#include "store/db/db.h"
#include "store/db/library.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"

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

enum rc db_fail(struct db *db, int error, struct fault *fault)
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

void db_owe(struct db *db, void (*fn)(void *to, struct db *db), void *to)
{
	db->owed = fn;
	db->owed_to = to;
}

/* What kept it from being written is what keeps the next statement from being run: one of SQLite's
 * codes, 0 = nothing. */
static int pay(struct db *db)
{
	void (*fn)(void *to, struct db *db) = db->owed;

	if (!fn)
		return 0;
	db->owed = NULL;
	db->error = 0;
	fn(db->owed_to, db);
	return db->error;
}

struct sql sql_open(struct db *db, const char *text)
{
	struct sql sql = {.db = db, .error = pay(db), .own = true};
	if (sql.error)
		return sql;
	sql.own = false;
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

bool db_inside(const struct db *db)
{
	return !sqlite3_get_autocommit(db->at);
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

/* What the disk could not read or write, and not what was asked wrongly. */
static bool is_of_disk(int error)
{
	switch (error & 0xff) {
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FULL:
	case SQLITE_NOMEM:
		return true;
	default:
		return false;
	}
}

enum rc sql_end(struct sql *sql, struct fault *fault)
{
	enum rc rc = sql->error ? db_fail(sql->db, sql->error, fault) : RC_OK;
	if (rc && sql->db->began && !sql->db->broken.rc && is_of_disk(sql->error))
		(void)db_fail(sql->db, sql->error, &sql->db->broken);
	sql->db->error = sql->error;
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
	int error = pay(db);
	if (error)
		return db_fail(db, error, fault);
	if (db->began && !db_inside(db))
		return db_fail(db, SQLITE_ABORT, fault);
	error = sqlite3_exec(db->at, text, NULL, NULL, NULL);
	return error ? db_fail(db, error, fault) : RC_OK;
}

int64_t db_number(struct db *db, const char *text, int64_t otherwise)
{
	struct sql sql = sql_open(db, text);
	if (sql_row(&sql) && sql_get_type(&sql, 0) == SQL_NUM)
		otherwise = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? -1 : otherwise;
}
