/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's folder as lines of text.
 */
#include "snapshot.h"

#include "base/crypt.h"
#include "base/file.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct snapshot *to, const char *key, const char *value)
{
	if (to->count == to->room) {
		struct line *old = to->lines;
		to->room = to->room ? to->room * 2 : 512;
		to->lines = arena_get(&to->arena, to->room * sizeof *to->lines);
		if (to->count)
			memcpy(to->lines, old, to->count * sizeof *old);
	}
	to->lines[to->count++] =
		(struct line){arena_text(&to->arena, key), arena_text(&to->arena, value)};
}

/* ---- tables: what makes a row's key, and what is left out of its value */

static const struct shape {
	const char *table, *key, *value;
} shapes[] = {
	{"fact", "printf('%014x:%d', site, seq)",
		"kind, step, state, ifnull(reach, 0), printf('%014x:%d', rec_site, rec_seq), "
		"hex(body), "
		"hex(sig)"},
	{"author", "printf('%014x:%d', site, lane)", "upto"},
	{"mark", "printf('%014x:%014x:%d', holder, site, lane)", "store, upto"},
	{"mark_said", "printf('%014x:%014x:%d', holder, site, lane)",
		"printf('%014x', teller), store, upto, mac"},
	{"peer_lane", "printf('%014x:%d', peer, lane)", "sent, got, confirmed"},
	{"store", "''", "number, printf('%014x', site), joined"},
	{"site", "printf('%014x', site)",
		"area, level, printf('%014x', above), hex(sign_public), revoked, ended, rights, "
		"until, "
		"name, code, agree_id, hex(agree_public)"},
	{"kv", "name || ':' || printf('%014x', id) || ':' || part",
		"iif(typeof(value)='blob', hex(value), value)"},
	{"pin", "who", "hash"},
	{"ref", "source || ':' || name", "printf('%014x:%d', site, seq)"},
};

/* A table of rows folded from facts: key and all columns. Any other: its whole row is the key. */
static void query_of(sqlite3 *db, const char *table, struct buf *out)
{
	sqlite3_stmt *columns;
	struct buf names = {0};

	for (unsigned i = 0; i < countof(shapes); i++)
		if (!strcmp(shapes[i].table, table)) {
			buf_fmt(out, "SELECT '%s:' || %s, %s FROM \"%s\"", table, shapes[i].key,
				shapes[i].value, table);
			return;
		}
	buf_fmt(&names, "SELECT name FROM pragma_table_info('%s')", table);
	if (sqlite3_prepare_v2(db, buf_cstr(&names), -1, &columns, NULL) != SQLITE_OK)
		die("%s: %s", table, sqlite3_errmsg(db));
	buf_clear(&names);
	while (sqlite3_step(columns) == SQLITE_ROW)
		buf_fmt(&names, "%squote(\"%s\")", names.len ? " || '|' || " : "",
			(const char *)sqlite3_column_text(columns, 0));
	sqlite3_finalize(columns);
	if (!strncmp(table, "row_", 4))
		buf_fmt(out,
			"SELECT printf('%s:%%014x:%%d', site, seq), ifnull(area, 0), %s FROM "
			"\"%s\"",
			table, buf_cstr(&names), table);
	else
		buf_fmt(out, "SELECT '%s:' || %s, '' FROM \"%s\"", table, buf_cstr(&names), table);
	buf_release(&names);
}

/* Most kinds have no row in most cases: a look is cheaper than asking for their columns. */
static bool is_empty(sqlite3 *db, const char *table)
{
	struct buf query = {0};
	sqlite3_stmt *look;

	buf_fmt(&query, "SELECT 1 FROM \"%s\" LIMIT 1", table);
	if (sqlite3_prepare_v2(db, buf_cstr(&query), -1, &look, NULL) != SQLITE_OK)
		die("%s: %s", table, sqlite3_errmsg(db));
	bool empty = sqlite3_step(look) != SQLITE_ROW;
	sqlite3_finalize(look);
	buf_release(&query);
	return empty;
}

static void read_table(struct snapshot *to, sqlite3 *db, const char *table)
{
	struct buf query = {0}, value = {0};
	sqlite3_stmt *rows;

	if (is_empty(db, table))
		return;
	query_of(db, table, &query);
	if (sqlite3_prepare_v2(db, buf_cstr(&query), -1, &rows, NULL) != SQLITE_OK)
		die("%s: %s", buf_cstr(&query), sqlite3_errmsg(db));
	while (sqlite3_step(rows) == SQLITE_ROW) {
		const char *key = (const char *)sqlite3_column_text(rows, 0);
		buf_clear(&value);
		for (int i = 1; i < sqlite3_column_count(rows); i++)
			buf_fmt(&value, "%s%s", i > 1 ? "|" : "",
				sqlite3_column_text(rows, i)
					? (const char *)sqlite3_column_text(rows, i)
					: "");
		add(to, key ? key : table, buf_cstr(&value));
	}
	sqlite3_finalize(rows);
	buf_release(&query);
	buf_release(&value);
}

static void read_tables(struct snapshot *to, const char *home)
{
	char path[200];
	sqlite3 *db;
	sqlite3_stmt *tables;

	snprintf(path, sizeof path, "%s/station.db", home);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
		sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db,
			"SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE "
			"'sqlite_%'",
			-1, &tables, NULL) != SQLITE_OK)
		die("%s: %s", path, sqlite3_errmsg(db));
	while (sqlite3_step(tables) == SQLITE_ROW)
		read_table(to, db, (const char *)sqlite3_column_text(tables, 0));
	sqlite3_finalize(tables);
	sqlite3_close(db);
}

/* ---- files */

static void read_files(struct snapshot *to, const char *home)
{
	char folder[200], path[500], key[300], value[2 * HASH_SIZE + 1];
	uint8_t hash[HASH_SIZE];
	struct dirent *entry;
	DIR *keys;

	snprintf(folder, sizeof folder, "%s/keys", home);
	keys = opendir(folder);
	while (keys && (entry = readdir(keys))) {
		struct buf bytes = {0};
		struct fault fault;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || file_read(path, 1 << 20, &bytes, &fault) != RC_OK)
			continue;
		crypt_hash(buf_bytes(&bytes), hash);
		for (unsigned i = 0; i < HASH_SIZE; i++)
			snprintf(value + 2 * i, 3, "%02x", hash[i]);
		snprintf(key, sizeof key, "file:%s", entry->d_name);
		add(to, key, value);
		buf_release(&bytes);
	}
	if (keys)
		closedir(keys);
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

void snapshot_take(struct snapshot *snapshot, const char *home)
{
	*snapshot = (struct snapshot){0};
	read_tables(snapshot, home);
	read_files(snapshot, home);
	qsort(snapshot->lines, snapshot->count, sizeof *snapshot->lines, by_key);
}

void snapshot_release(struct snapshot *snapshot)
{
	arena_release(&snapshot->arena);
	*snapshot = (struct snapshot){0};
}

void snapshot_compare(
	const struct snapshot *before, const struct snapshot *after, change_fn *fn, void *to)
{
	size_t i = 0, k = 0;

	while (i < before->count || k < after->count) {
		const struct line *old = i < before->count ? &before->lines[i] : NULL;
		const struct line *now = k < after->count ? &after->lines[k] : NULL;
		int order = !old ? 1 : !now ? -1 : strcmp(old->key, now->key);
		struct change change = {order <= 0 ? old->key : now->key,
			order <= 0 ? old->value : NULL, order >= 0 ? now->value : NULL};
		if (order || strcmp(old->value, now->value) != 0)
			fn(&change, to);
		i += order <= 0;
		k += order >= 0;
	}
}
