/* SPDX-License-Identifier: GPL-3.0-or-later
 * The last 64 KiB of a full disk: there beforehand, given up once, made again; and a station that
 * could only be looked at writes again when there is room. tests/crash/ has a disk that is full.
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "store/db.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store/station/internal.h"

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	struct fault fault;
	(void)state;
	help_home(home);
	store_close(help_station(home, VILLAGE, "WZ"));
	return store_open(&store, home, STORE_RESERVE, &fault);
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static int64_t reserved(void)
{
	char path[HELP_HOME + 32];
	struct stat there;
	snprintf(path, sizeof(path), "%s/reserve", home);
	return lstat(path, &there) ? -1 : (int64_t)there.st_size;
}

static void given_up_once_and_made_again(void **state)
{
	(void)state;
	assert_int_equal(reserved(), 64 << 10);
	assert_true(store_spare(store));
	assert_int_equal(reserved(), -1);
	assert_true(store->tight); /* -wal is kept small from here on */
	assert_false(store_spare(store));
	reserve_make(store);
	assert_int_equal(reserved(), 64 << 10);
	assert_false(store->tight);
}

/* As store_open leaves a station on a full disk. */
static void cramp(unsigned flags)
{
	char path[HELP_HOME + 32];
	struct fault fault;
	snprintf(path, sizeof(path), "%s/station.db", home);
	db_close(store->db);
	store->log.db = NULL;
	assert_int_equal(
		db_open(&store->db, path, DB_READ | DB_CRAMPED, &store->steps, &fault), RC_OK);
	store->log.db = store->db;
	store->cramped = store->readonly = store->log.readonly = true;
	store->flags = flags;
}

static void room_makes_it_writable_again(void **state)
{
	struct fault fault = {0};
	(void)state;
	cramp(0);
	assert_int_equal(store_begin(store, &fault), RC_FULL);
	assert_non_null(strstr(fault.text, "磁盘已满"));
	assert_true(store_moved(store));
	assert_false(store_cramped(store));
	help_add(store, "supply", "name=水泵");
	assert_false(store_moved(store));
}

static void who_only_looks_goes_on_looking(void **state)
{
	struct fault fault = {0};
	(void)state;
	cramp(STORE_READ);
	assert_true(store_moved(store));
	assert_false(store_cramped(store));
	assert_true(store_readonly(store));
	assert_int_equal(store_begin(store, &fault), RC_IO);
}

/* Rows of another program's making are shown until the next start: they cannot be made here. */
static void rows_of_another_day_stay(void **state)
{
	(void)state;
	cramp(0);
	store->print++;
	(void)store_moved(store);
	assert_true(store_cramped(store));
	store->print--;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(given_up_once_and_made_again, start, stop),
		cmocka_unit_test_setup_teardown(room_makes_it_writable_again, start, stop),
		cmocka_unit_test_setup_teardown(who_only_looks_goes_on_looking, start, stop),
		cmocka_unit_test_setup_teardown(rows_of_another_day_stay, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
