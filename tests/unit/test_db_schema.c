/* SPDX-License-Identifier: GPL-3.0-or-later
 * The schema: docs/DESIGN.md shows what it is, the files of a station have these tables and no
 * others, and it can be made in memory in front of them. OUTPOST_PRINT=1 prints what DESIGN should
 * say.
 */
#include "store/db/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/identity.h"
#include "store/station/internal.h"
#include "store_help.h"

static void list(const struct schema_table tables[], struct buf *out)
{
	buf_text(out, "| table | key | one row | written by |\n|---|---|---|---|\n");
	for (const struct schema_table *table = tables; table->name; table++)
		buf_fmt(out, "| `%s` | %s | %s | %s |\n", table->name, table->key, table->row,
			table->writer);
}

static void design_shows_it(void **state)
{
	static const struct schema_table *const all[] = {schema_tables, search_tables};
	struct buf design = {0};
	struct fault fault;

	(void)state;
	assert_int_equal(file_read("docs/DESIGN.md", 1 << 20, &design, &fault), RC_OK);
	for (unsigned i = 0; i < countof(all); i++) {
		struct buf want = {0};
		list(all[i], &want);
		if (getenv("OUTPOST_PRINT"))
			printf("%s\n", buf_cstr(&want));
		else if (!strstr(buf_cstr(&design), buf_cstr(&want)))
			fail_msg("docs/DESIGN.md lacks:\n%s", buf_cstr(&want));
		buf_release(&want);
	}
	buf_release(&design);
}

static bool is_listed(const struct schema_table tables[], const char *name)
{
	while (tables->name && strcmp(tables->name, name) != 0)
		tables++;
	return tables->name != NULL;
}

/* TABLES are those of DB, but for ones of rows and what SQLite makes for itself. */
static void has_these(struct db *db, const struct schema_table tables[])
{
	unsigned found = 0, listed = 0;
	char name[40];

	struct sql sql = sql_open(db, "SELECT name FROM sqlite_master WHERE type='table' AND name "
				      "NOT GLOB 'row_*' AND name NOT GLOB 'sqlite_*' AND name NOT "
				      "GLOB 'grams_*'");
	for (; sql_row(&sql); found++) {
		sql_get_text(&sql, 0, name, sizeof name);
		if (!is_listed(tables, name))
			fail_msg("%s is not in the schema", name);
	}
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	while (tables[listed].name)
		listed++;
	assert_int_equal(found, listed);
}

static unsigned indexes(struct db *db, const char *name)
{
	struct sql sql =
		sql_open(db, "SELECT count(*) FROM sqlite_master WHERE type='index' AND name=?");
	sql_text(&sql, name);
	unsigned count = sql_row(&sql) ? (unsigned)sql_get(&sql, 0) : 99;
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	return count;
}

static void a_station_has_these_tables(void **state)
{
	char home[HELP_HOME];
	struct fault fault;

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	help_add(store, "supply", "name=水泵");
	assert_int_equal(schema_version(store->db), SCHEMA_VERSION);
	has_these(store->db, schema_tables);
	for (const struct schema_index *index = schema_indexes; index->name; index++)
		assert_int_equal(indexes(store->db, index->name), !index->on_demand);
	assert_int_equal(store_rebuild(store, &fault), RC_OK); /* makes index.db */
	assert_int_equal(schema_version(store->index), SEARCH_VERSION);
	has_these(store->index, search_tables);
	store_close(store);
	help_remove(home);
}

/* Those in memory go before those of the file, and leave it as it is. */
static void it_is_made_in_memory(void **state)
{
	char home[HELP_HOME], path[512];
	struct db *db;
	struct fault fault;

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(store_file(home, "station.db", path, &fault), RC_OK);
	assert_int_equal(db_run(store->db,
				 "INSERT INTO claim VALUES(1,1,1,1,1);"
				 "DROP TABLE late",
				 &fault),
		RC_OK);
	store_close(store);
	assert_int_equal(db_open(&db, path, DB_READ, NULL, &fault), RC_OK);
	assert_true(schema_has(db, "claim"));
	assert_false(schema_has(db, "late"));
	assert_int_equal(db_number(db, "SELECT count(*) FROM late", -7), -1);
	assert_int_equal(schema_make_beside(db, &fault), RC_OK);
	assert_int_equal(db_number(db, "SELECT count(*) FROM late", -7), 0);
	assert_int_equal(db_number(db, "SELECT count(*) FROM claim", -7), 1);
	assert_int_equal(schema_beside(db, "claim", &fault), RC_OK);
	assert_int_equal(db_number(db, "SELECT count(*) FROM claim", -7), 0);
	assert_false(schema_has(db, "late"));
	db_close(db);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(design_shows_it),
		cmocka_unit_test(a_station_has_these_tables),
		cmocka_unit_test(it_is_made_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
