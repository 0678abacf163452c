/* SPDX-License-Identifier: GPL-3.0-or-later
 * The tables of rows: one a kind, all fields, and lists that go along an index.
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

static struct store *store;

static int start(void **state)
{
	(void)state;
	store = help_alone(VILLAGE, "WZ");
	return 0;
}

static void a_column_a_field(void **state)
{
	(void)state;
	for (unsigned i = 0; i < kinds_count; i++) {
		char text[200];
		unsigned stored = 0;
		for (const struct field *f = kinds[i].fields; f->tag; f++)
			stored += field_stored(f);
		snprintf(text, sizeof(text), "SELECT count(*) FROM pragma_table_info('row_%s')",
			kinds[i].name);
		assert_int_equal(db_number(store->db, text, -1), ROW_FIELDS + stored);
	}
}

static bool sorts(const char *query)
{
	char text[300];
	bool found = false;
	snprintf(text, sizeof(text), "EXPLAIN QUERY PLAN %s", query);
	struct sql sql = sql_open(store->db, text);
	while (sql_row(&sql)) {
		char detail[200];
		sql_get_text(&sql, 3, detail, sizeof(detail));
		found = found || strstr(detail, "TEMP B-TREE");
	}
	assert_int_equal(sql_end(&sql, NULL), RC_OK);
	return found;
}

/* A first page must not read and sort a hundred thousand rows. */
static void first_pages_do_not_sort(void **state)
{
	(void)state;
	assert_false(sorts("SELECT * FROM row_supply ORDER BY area, substr(f_name,1,16), site, seq"
			   " LIMIT 40"));
	assert_false(
		sorts("SELECT * FROM row_duty ORDER BY at DESC, site DESC, seq DESC LIMIT 40"));
	assert_false(sorts(
		"SELECT * FROM row_warning WHERE hidden=0 ORDER BY at DESC, site DESC, seq DESC"));
	assert_false(
		sorts("SELECT * FROM row_hazard WHERE state=1 ORDER BY area, substr(f_place,1,16),"
		      " site, seq"));
	assert_true(sorts("SELECT * FROM row_supply ORDER BY f_quantity LIMIT 40"));
}

/* A refusal is asked for by author and number, a copy of a warning by its identifier. */
static void keys_have_an_index(void **state)
{
	(void)state;
	assert_int_equal(
		db_number(store->db,
			"SELECT count(*) FROM sqlite_master WHERE "
			"sql LIKE '%INDEX row_refusal_key ON row_refusal(f_site, f_seq)' OR "
			"sql LIKE '%ON row_warning(f_identifier, hidden) WHERE%'",
			-1),
		2);
}

static void fingerprint_is_of_the_table(void **state)
{
	(void)state;
	int64_t print = rows_fingerprint();
	assert_true(print == rows_fingerprint());
	assert_true(kv_num(store, kv_own(KV_ROWS), 0) == print);
	assert_int_equal(rows_drop(store->db, NULL), RC_OK);
	assert_int_equal(db_number(store->db,
				 "SELECT count(*) FROM sqlite_master WHERE name GLOB 'row_*'", -1),
		0);
	assert_int_equal(rows_create(store->db, NULL), RC_OK);
	assert_int_equal(rows_index(store->db, NULL), RC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_a_field),
		cmocka_unit_test(first_pages_do_not_sort),
		cmocka_unit_test(keys_have_an_index),
		cmocka_unit_test(fingerprint_is_of_the_table),
	};
	return cmocka_run_group_tests(tests, start, help_alone_stop);
}
