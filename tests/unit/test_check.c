/* SPDX-License-Identifier: GPL-3.0-or-later
 * The check finds what was planted, and the repair brings it back from the facts.
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	help_add(store, "supply", "name=水泵;quantity=2");
	struct ref ref = help_add(store, "hazard", "category=H0101;place=后山;text=落石;grade=G");
	help_step(store, ref, "assign", "track=owner;owner=张三");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static void planted(const char *sql, unsigned wrong, unsigned bad, bool repairable)
{
	struct check check;
	struct fault fault = {0};
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.wrong_rows + check.bad_facts, 0);
	assert_int_equal(check.facts, 3);
	assert_int_equal(check.records, 2);
	assert_int_equal(db_run(store->db, sql, &fault), RC_OK);
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.wrong_rows, wrong);
	assert_int_equal(check.bad_facts, bad);
	assert_true(check.sound);
	assert_int_equal(store_check(store, true, &check, &fault), RC_OK);
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.wrong_rows, 0);
	assert_int_equal(check.bad_facts == 0, repairable);
}

static void a_changed_row(void **state)
{
	(void)state;
	planted("UPDATE row_supply SET f_quantity=3000", 1, 0, true);
}

static void a_changed_state(void **state)
{
	(void)state;
	planted("UPDATE row_hazard SET state=state+1", 1, 0, true);
}

static void a_lost_row(void **state)
{
	(void)state;
	planted("DELETE FROM row_hazard", 1, 0, true);
}

static void a_row_too_many(void **state)
{
	(void)state;
	planted("INSERT INTO row_supply(site, seq) VALUES(5, 8)", 1, 0, true);
}

static void a_changed_fact(void **state)
{
	(void)state;
	planted("UPDATE fact SET body=x'0102' || body WHERE arr=1", 1, 1, false);
}

static void a_moved_number(void **state)
{
	(void)state;
	planted("UPDATE fact SET seq=800 WHERE arr=3", 0, 1, false);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_changed_row),
		TEST(a_changed_state),
		TEST(a_lost_row),
		TEST(a_row_too_many),
		TEST(a_changed_fact),
		TEST(a_moved_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
