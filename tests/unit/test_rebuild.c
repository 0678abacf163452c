/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows from facts in one pass: at a change of the table of kinds by itself, with facts of newer
 * programs and facts that wait left where they are.
 */
#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/identity/internal.h"
#include "store/station/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "model/kinds.h"

static void another_table_of_kinds_rebuilds(void **state)
{
	char home[HELP_HOME];
	struct buf want = {0}, got = {0};
	struct fault fault = {0};
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=G");
	help_step(store, ref, "assign", "track=owner;owner=张三");
	for (unsigned i = 0; i < 50; i++)
		help_add(store, "supply", "name=水泵");
	help_dump(store, &want);
	/* As if an older program had written: other columns, a kind that is gone, an old
	 * fingerprint. */
	assert_int_equal(db_run(store->db,
				 "DROP TABLE row_supply; ALTER TABLE row_hazard RENAME COLUMN "
				 "f_grade TO f_gone; CREATE TABLE row_gone(a);"
				 "UPDATE kv SET value=1 WHERE name='rows'",
				 &fault),
		RC_OK);
	store_close(store);
	store = help_open(home);
	help_dump(store, &got);
	assert_string_equal((char *)got.at, (char *)want.at);
	assert_int_equal(db_number(store->db,
				 "SELECT count(*) FROM sqlite_master WHERE name='row_gone'", -1),
		0);
	store_close(store);
	buf_release(&want);
	buf_release(&got);
	help_remove(home);
}

/* Of an older program: other columns and an old fingerprint. */
static void age(const char *home)
{
	struct fault fault = {0};
	struct store *store = help_open(home);
	assert_int_equal(db_run(store->db,
				 "ALTER TABLE row_hazard RENAME COLUMN f_grade TO f_gone;"
				 "UPDATE kv SET value=1 WHERE name='rows'",
				 &fault),
		RC_OK);
	store_close(store);
}

static void shows_as_before(struct store *store, const struct buf *want)
{
	struct buf got = {0};
	help_dump(store, &got);
	assert_string_equal((char *)got.at, (char *)want->at);
	buf_release(&got);
}

/* Who only reads would find the columns of another day in their places. */
static void a_reader_gets_todays_rows(void **state)
{
	char home[HELP_HOME], path[512];
	struct buf want = {0};
	struct fault fault = {0};
	struct stat before, after;
	struct store *store = NULL;
	(void)state;
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	help_step(store, help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=G"),
		"assign", "track=owner;owner=张三");
	help_dump(store, &want);
	store_close(store);
	age(home);
	assert_int_equal(store_open(&store, home, STORE_READ, &fault), RC_OK);
	assert_true(store_readonly(store));
	shows_as_before(store, &want);
	store_close(store);
	/* Where nothing can be written they are made in memory. */
	age(home);
	assert_int_equal(store_file(home, "station.db", path, &fault), RC_OK);
	assert_int_equal(stat(path, &before), 0);
	store = calloc(1, sizeof *store);
	store->home = strdup(home);
	store->print = rows_fingerprint();
	store->cramped = store->readonly = true;
	assert_int_equal(db_open(&store->db, path, DB_CRAMPED, NULL, &fault), RC_OK);
	log_start(&store->log, store->db, &(struct log_hooks){0});
	assert_int_equal(station_load(store, &fault), RC_OK);
	assert_int_equal(rows_beside(store, &fault), RC_OK);
	shows_as_before(store, &want);
	assert_int_equal(db_run(store->db, "UPDATE kv SET value=2", NULL), RC_IO);
	store_close(store);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	buf_release(&want);
	help_remove(home);
}

static enum rc count_record(const struct record *record, void *to, struct fault *fault)
{
	(void)fault;
	*(unsigned *)to += record->kind ? 1 : 100;
	return RC_OK;
}

static enum rc stop_at_once(const struct record *record, void *to, struct fault *fault)
{
	(void)record;
	(void)to;
	return fault_set(fault, RC_FULL, "x");
}

static void take(struct store *store, const struct op *op)
{
	struct buf raw = {0};
	bool fresh;
	op_put(&raw, op);
	assert_int_equal(
		store_take(store, buf_bytes(&raw), (struct bytes){0, 0}, 1, &fresh, NULL), RC_OK);
	buf_release(&raw);
}

static void strange_facts_are_kept(void **state)
{
	char home[HELP_HOME];
	unsigned count = 0;
	struct fault fault;
	struct check check;
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	help_add(store, "supply", "name=水泵");
	/* A kind of a newer program; a step whose record never came, before and behind all records.
	 */
	take(store, &(struct op){.site = 9,
			    .seq = 8,
			    .stamp = 65536,
			    .rec_site = 9,
			    .rec_seq = 8,
			    .kind = 4000,
			    .area = VILLAGE});
	take(store, &(struct op){.site = 9,
			    .seq = 16,
			    .stamp = 65536,
			    .rec_site = 1,
			    .rec_seq = 8,
			    .kind = KIND_hazard,
			    .step = 1});
	take(store, &(struct op){.site = 9,
			    .seq = 24,
			    .stamp = 65536,
			    .rec_site = UINT64_C(1) << 55,
			    .rec_seq = 8,
			    .kind = KIND_hazard,
			    .step = 1});
	assert_int_equal(store_rebuild(store, &fault), RC_OK);
	assert_int_equal(each_record(store, "", count_record, &count, &fault), RC_OK);
	assert_int_equal(count, 101);
	assert_int_equal(each_record(store, "", stop_at_once, NULL, &fault), RC_FULL);
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.facts, 4);
	assert_int_equal(check.waiting, 2);
	assert_int_equal(check.bad_facts + check.wrong_rows, 0);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_table_of_kinds_rebuilds),
		cmocka_unit_test(a_reader_gets_todays_rows),
		cmocka_unit_test(strange_facts_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
