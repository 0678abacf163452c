/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's folder: making it, opening it, and saying plainly what is wrong with it when it will
 * not do.
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/identity/internal.h"
#include "store/station/internal.h"

#include "base/file.h"
#include "base/memory.h"
#include "store/db/internal.h"
#include "store/identity/upgrade.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum rc damaged(const char *home, const char *path, struct fault *fault)
{
	char backup[512];
	if (backup_newest(home, backup))
		return fault_set(fault, RC_BAD,
			_("数据库 \"%s\" 已损坏：请用 outpost restore \"%s\" 恢复最近的完好备份"),
			path, backup);
	return fault_set(
		fault, RC_BAD, _("数据库 \"%s\" 已损坏，也没有完好的备份：请联系上级站点"), path);
}

static void changed(void *to, struct ref rec)
{
	changed_add(&((struct store *)to)->changed, rec);
}

static enum rc settle(void *to, struct fault *fault)
{
	return rows_settle(to, fault);
}

static void undone(void *to)
{
	struct store *store = to;

	changed_clear(&store->changed);
	store->unsettled.rc = RC_OK;
}

static struct store *store_new(const char *home, unsigned flags)
{
	static uint64_t openings;
	struct store *store = memory_get(1, sizeof(*store));
	store->opening = ++openings;
	store->home = memory_text(home);
	store->flags = flags;
	store->readonly = flags & STORE_READ;
	store->steps = step_count_from(getenv("OUTPOST_DIE"));
	store->print = rows_fingerprint();
	return store;
}

static enum rc db_attach(struct store *store, unsigned flags, struct fault *fault)
{
	char path[512];
	enum rc rc = store_file(store->home, "station.db", path, fault);
	if (rc)
		return rc;
	db_close(store->db);
	store->db = NULL;
	flags |= store->readonly ? DB_READ : 0;
	flags |= store->flags & STORE_FAST ? DB_FAST : 0;
	if ((rc = db_open(&store->db, path, flags, &store->steps, fault)))
		return rc;
	const struct log_hooks hooks = {changed, settle, undone, store};
	log_end(&store->log);
	log_start(&store->log, store->db, &hooks);
	store->log.readonly = store->readonly;
	return RC_OK;
}

/* Touches the tables that everything hangs on: a file cut short or written over shows here, not in
 * the middle of work. */
static enum rc look_over(struct store *store, struct fault *fault)
{
	static const char *const looks[] = {
		"SELECT number, site FROM store",
		"SELECT site, name FROM site LIMIT 1",
		"SELECT arr, body FROM fact ORDER BY arr LIMIT 1",
		"SELECT arr, body FROM fact ORDER BY arr DESC LIMIT 1",
		"SELECT site, upto FROM author LIMIT 1",
	};
	for (size_t i = 0; i < countof(looks); i++) {
		struct sql sql = sql_open(store->db, looks[i]);
		enum rc rc = sql_run(&sql, fault);
		if (rc)
			return rc;
	}
	return RC_OK;
}

static enum rc version_check(struct store *store, struct fault *fault)
{
	int64_t version = schema_version(store->db);
	if (version >= SCHEMA_OLDEST && version <= SCHEMA_NEWEST)
		return RC_OK;
	/* A file without tables is what an init that was cut off leaves: nothing is lost in it. */
	if (version == 0 && db_number(store->db, "SELECT count(*) FROM sqlite_master", -1) == 0)
		return fault_set(fault, RC_NONE, _("没有数据库 \"%s\""), db_path(store->db));
	if (version < SCHEMA_OLDEST) /* includes a failed question: no database of ours */
		return fault_set(fault, RC_BAD, _("\"%s\" 不是前哨的数据库"), db_path(store->db));
	store->readonly = true;
	enum rc rc = db_attach(store, 0, fault);
	return rc ? rc : station_newer(store, fault);
}

/* A disk that is mounted read-only, or a folder of somebody else's: then it can be looked at. */
static bool cannot_write(struct store *store)
{
	char path[512];
	return store_file(store->home, "station.db", path, NULL) == RC_OK &&
	       (access(path, W_OK) || access(store->home, W_OK));
}

/* The file again, in another way. */
static enum rc db_again(struct store *store, bool readonly, unsigned flags, struct fault *fault)
{
	store->readonly = readonly;
	enum rc rc = db_attach(store, flags, fault);
	return rc ? rc : station_load(store, fault);
}

static bool tables_are_old(struct store *store)
{
	return !schema_is_current(store->db);
}

static bool rows_are_old(struct store *store)
{
	return kv_num_in(store->db, kv_own(KV_ROWS), 0) != store->print;
}

/* Of many that come after another program the first makes them, and the others wait for that. */
static enum rc make_once(struct store *store, struct fault *fault)
{
	enum rc rc = tables_are_old(store) ? upgrade(store->db, fault) : RC_OK;
	if (rc || !rows_are_old(store))
		return rc;
	rc = store_begin(store, fault);
	if (!rc && rows_are_old(store))
		rc = rows_rebuild(store, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* Who only reads writes them as well, where that can be done: another reader would have to make
 * them again. */
static enum rc write_current(struct store *store, struct fault *fault)
{
	bool reads = store->readonly;
	enum rc rc = reads ? db_again(store, false, 0, fault) : RC_OK;
	if (!rc)
		rc = make_once(store, fault);
	return rc || !reads ? rc : db_again(store, true, 0, fault);
}

/* In memory, for this process alone. */
static enum rc make_beside(struct store *store, struct fault *fault)
{
	enum rc rc = tables_are_old(store) ? upgrade_beside(store->db, fault) : RC_OK;
	return rc || !rows_are_old(store) ? rc : rows_beside(store, fault);
}

/* Tables and rows as this program has them, when another one wrote them. */
static enum rc make_current(struct store *store, struct fault *fault)
{
	if (!tables_are_old(store) && !rows_are_old(store))
		return RC_OK;
	if (!store->cramped && !cannot_write(store)) {
		enum rc rc = write_current(store, fault);
		if (rc != RC_FULL && rc != RC_BUSY)
			return rc;
		store->cramped = rc == RC_FULL;
		if ((rc = db_again(store, true, rc == RC_FULL ? DB_CRAMPED : 0, fault)))
			return rc;
	}
	return make_beside(store, fault);
}

/* A full disk hides nothing: with no room for what SQLite needs beside it, the file is read alone.
 */
static enum rc attach(struct store *store, struct fault *fault)
{
	enum rc rc =
		db_attach(store, store->readonly && cannot_write(store) ? DB_CRAMPED : 0, fault);
	if (rc == RC_FULL && store->flags & STORE_RESERVE && store_spare(store))
		rc = db_attach(store, 0, fault);
	if (rc != RC_FULL)
		return rc;
	store->cramped = store->readonly = true;
	return db_attach(store, DB_CRAMPED, fault);
}

static enum rc attach_as_is(struct store *store, struct fault *fault)
{
	enum rc rc = attach(store, fault);
	if (rc)
		return rc;
	rc = version_check(store, fault);
	if (rc == RC_BAD) { /* a page that cannot be read looks the same as a strange file */
		char note[200];
		return db_sound(store->db, true, note) ? rc : RC_BAD;
	}
	bool newer = rc == RC_NEWER;
	if (rc && !newer)
		return rc;
	struct fault other;
	if ((rc = look_over(store, newer ? &other : fault)) ||
		(rc = station_load(store, newer ? &other : fault)))
		return newer ? RC_NEWER : rc;
	rc = newer ? make_beside(store, fault) : make_current(store, fault);
	if (rc || newer)
		return rc ? rc : RC_NEWER;
	return store->readonly ? RC_OK : own_keys_check(store, fault);
}

static enum rc attach_and_check(struct store *store, struct fault *fault)
{
	bool fixed = !store->readonly && cannot_write(store), closed = errno == EACCES;
	store->readonly |= fixed;
	enum rc rc = attach_as_is(store, fault);
	if (rc || !fixed)
		return rc;
	if (closed)
		return fault_set(fault, RC_NEWER,
			_("没有权限写 \"%s\"，只能查看：请由站点主人执行 chmod -R u+rwX '%s'"),
			store->home, store->home);
	return fault_set(fault, RC_NEWER, _("\"%s\" 在只读的磁盘上，只能查看：请检查磁盘（mount）"),
		store->home);
}

/* What a writer began that was killed: it may hold a key. */
static void sweep(const struct store *store)
{
	static const char *const folders[] = {".", "keys", "areas", "config-good"};
	char path[512];
	for (size_t i = 0; i < countof(folders) && !store->readonly; i++)
		if (store_file(store->home, folders[i], path, NULL) == RC_OK)
			file_sweep(path);
}

enum rc store_open(struct store **out, const char *home, unsigned flags, struct fault *fault)
{
	struct fault why = {0};
	char path[512];
	enum place place = place_look(home, &why);
	if (place == PLACE_FREE)
		return fault_set(fault, RC_NONE,
			_("这里还没有站点 \"%s\"，请先运行 outpost init 或 outpost join"), home);
	if (place != PLACE_STATION) {
		if (fault)
			*fault = why;
		return why.rc;
	}
	struct store *store = store_new(home, flags);
	enum rc rc = attach_and_check(store, &why);
	if (rc == RC_OK || rc == RC_NEWER) {
		store->version = db_version(store->db);
		sweep(store);
		reserve_make(store);
		*out = store;
		if (rc && fault)
			*fault = why;
		return rc;
	}
	store_close(store);
	enum rc named = store_file(home, "station.db", path, fault);
	if (named)
		return named;
	if (rc == RC_NONE) { /* without tables, as an init leaves it that was cut off */
		(void)place_empty(home, fault);
		return fault ? fault->rc : rc;
	}
	if (rc == RC_BAD)
		return damaged(home, path, fault);
	if (fault)
		*fault = why;
	return rc;
}

static enum rc fill_new(struct store *store, const struct station *station, struct fault *fault)
{
	enum rc rc = db_mark(store->db, fault);
	if (!rc)
		rc = schema_make(store->db, fault);
	if (!rc)
		rc = rows_create(store->db, fault);
	if (!rc)
		rc = rows_index(store->db, fault);
	if (!rc)
		rc = kv_num_put(store->db, kv_own(KV_ROWS), store->print, fault);
	if (rc)
		return rc;
	struct sql sql =
		sql_open(store->db, "INSERT INTO store(number, site, joined) VALUES(0, ?, ?)");
	sql_num(&sql, (int64_t)store->station.site);
	sql_num(&sql, station->joined);
	if (!(rc = sql_run(&sql, fault)))
		rc = store_station_set(store, station, fault);
	return rc ? rc : log_number_new(&store->log, fault);
}

/* What an interrupted making left is used: its keys have written nothing. */
static enum rc keys_begin(struct store *store, const struct keys *keys, struct fault *fault)
{
	char folder[512];
	enum rc rc = store_file(store->home, "keys", folder, fault);
	if (rc)
		return rc;
	if (keys)
		store->keys = *keys;
	else if (keys_load(&store->keys, folder, NULL) == RC_OK &&
		 !crypt_blank(store->keys.agree_public))
		return RC_OK;
	else
		keys_make(&store->keys);
	return keys_save(&store->keys, folder, fault);
}

/* Under the lock of the database from the first look on: two at once would make two pairs of keys.
 */
static enum rc make(struct store *store, const struct station *station, const struct keys *keys,
	struct fault *fault)
{
	enum rc rc = db_attach(store, DB_MAKE, fault);
	if (rc || (rc = store_begin(store, fault)))
		return rc;
	if (db_number(store->db, "SELECT count(*) FROM sqlite_master", 1) != 0)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 里已有站点，没有改动"), store->home);
	if (!rc)
		rc = keys_begin(store, keys, fault);
	store->station.site = store->log.site = rc ? 0 : site_of(store->keys.sign_public);
	if (!rc)
		rc = fill_new(store, station, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* Over what was lost a new station is made only where the old keys may go aside. */
static enum rc may_make(const char *home, unsigned flags, struct fault *fault)
{
	struct fault why = {0};
	enum place place = place_look(home, &why);
	if (place == PLACE_LOST && flags & STORE_NEW_KEYS)
		return own_keys_aside(home, fault);
	if (place == PLACE_FREE || place == PLACE_BEGUN || place == PLACE_STATION)
		return RC_OK; /* of a station there the transaction says */
	if (fault)
		*fault = why;
	return why.rc;
}

enum rc store_init(struct store **out, const char *home, const struct station *station,
	const struct keys *keys, unsigned flags, struct fault *fault)
{
	enum rc rc = may_make(home, flags, fault);
	if (rc || (rc = file_folder(home, 0700, fault)) || (rc = home_private(home, NULL, fault)))
		return rc;
	struct store *store = store_new(home, flags & ~(unsigned)STORE_READ);
	if ((rc = make(store, station, keys, fault))) {
		store_close(store);
		return rc;
	}
	store->version = db_version(store->db);
	reserve_make(store);
	*out = store;
	return RC_OK;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->log.depth)
		store_undo(store);
	db_close(store->index);
	free(store->syllables);
	for (unsigned i = 0; store->puts && i < kinds_count; i++)
		free(store->puts[i]);
	free(store->puts);
	called_free(store);
	db_close(store->db);
	changed_release(&store->changed);
	log_end(&store->log);
	free(store->codes);
	free(store->home);
	explicit_bzero(&store->keys, sizeof(store->keys));
	free(store);
}

enum rc store_new_keys(struct store **out, const char *home, bool *fine, struct fault *fault)
{
	enum rc rc = store_open(out, home, 0, fault);
	*fine = rc == RC_OK;
	if (rc != RC_NEWER || !(*out)->keys_wrong)
		return rc;
	store_close(*out);
	*out = NULL;
	return store_open(out, home, STORE_NEW_KEYS, fault);
}
