/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows from facts in one pass: at a change of the table of kinds by itself, with facts of newer
 * programs and facts that wait left where they are.
 */
#include "store/inside.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
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
				 "DROP TABLE row_supply; ALTER TABLE row_hazard DROP COLUMN "
				 "f_grade; CREATE TABLE row_gone(a);"
				 "UPDATE meta SET value=1 WHERE name='schema'",
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
	assert_int_equal(each_record(store, count_record, &count, &fault), RC_OK);
	assert_int_equal(count, 101);
	assert_int_equal(each_record(store, stop_at_once, NULL, &fault), RC_FULL);
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
		cmocka_unit_test(strange_facts_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
