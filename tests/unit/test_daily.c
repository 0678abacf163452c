/* SPDX-License-Identifier: GPL-3.0-or-later
 * The day's backup: by the station's time, seven kept, and a clock that is wrong removes none.
 */
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/when.h"

enum { DAY = 86400 };

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	assert_true(when_start("2026-11-10T08:00:00+08:00"));
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	when_start(NULL);
	return 0;
}

static bool there(const char *date)
{
	char path[HELP_HOME + 60];
	snprintf(path, sizeof path, "%s/backup/station-%s.db", home, date);
	return access(path, F_OK) == 0;
}

static unsigned files(void)
{
	char folder[HELP_HOME + 16];
	unsigned count = 0;
	snprintf(folder, sizeof folder, "%s/backup", home);
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

/* Something is written, then the backup of that day is made. */
static void day_of_work(void)
{
	struct fault fault = {0};
	help_add(store, "supply", "name=水泵");
	if (store_daily(store, NULL, &fault) != RC_OK)
		fail_msg("%s", fault.text);
}

static void days_of_work(unsigned days)
{
	for (unsigned day = 0; day < days; day++) {
		day_of_work();
		when_skip(DAY);
	}
}

static void seven_days_stay(void **state)
{
	(void)state;
	days_of_work(10); /* from the 10th to the 19th */
	assert_int_equal(files(), BACKUPS_KEPT);
	assert_false(there("20261112"));
	assert_true(there("20261113") && there("20261119"));
	/* A day without work is no jump. */
	when_skip(DAY);
	day_of_work();
	assert_int_equal(files(), BACKUPS_KEPT);
	assert_true(there("20261114") && there("20261121"));
}

/* 1970, three days ahead, 2038: wherever the clock goes, the seven that were there still are. */
static void wrong_clock_removes_none(void **state)
{
	static const char *const wrong[] = {"1970-01-01T00:10:00+08:00",
		"2026-11-20T09:00:00+08:00", "2038-01-19T11:00:00+08:00"};
	(void)state;
	days_of_work(7); /* from the 10th to the 16th */
	for (size_t i = 0; i < countof(wrong); i++) {
		assert_true(when_start(wrong[i]));
		day_of_work();
		day_of_work();
		for (unsigned day = 10; day <= 16; day++) {
			char date[16];
			snprintf(date, sizeof date, "202611%02u", day);
			assert_true(there(date));
		}
		assert_int_equal(files(), 8 + i);
	}
	/* The clock is right again: the backups go on, and what is dated later stays. */
	assert_true(when_start("2026-11-17T08:00:00+08:00"));
	days_of_work(2);
	assert_true(there("20261117") && there("20261118") && there("20261112"));
	assert_true(there("20261120") && there("20380119"));
}

/* The clock of the station above is right, whatever the machine's says. */
static void the_stations_time_counts(void **state)
{
	struct fault fault;
	(void)state;
	assert_int_equal(store_offset_set(store, 30 * DAY, &fault), RC_OK);
	day_of_work();
	assert_true(there("20261210"));
	assert_false(there("20261110"));
}

/* Made when the clock was ahead, a backup has its day's name too early; on that day it is made
 * again. */
static void a_day_that_was_used_up_is_not_lost(void **state)
{
	char path[512];
	(void)state;
	days_of_work(2);                                      /* the 10th and 11th */
	assert_true(when_start("2026-11-14T08:00:00+08:00")); /* of the 12th in truth */
	day_of_work();
	assert_true(when_start("2026-11-12T10:00:00+08:00"));
	days_of_work(2); /* the 12th and 13th */
	assert_true(backup_newest(home, path));
	assert_non_null(strstr(path, "20261113"));
	day_of_work();
	assert_true(backup_newest(home, path));
	assert_non_null(strstr(path, "20261114"));
	struct stat before, after;
	assert_int_equal(stat(path, &before), 0);
	day_of_work(); /* once a day */
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
}

/* Used once a week, a station has no seven days that follow each other. */
static void seldom_used_stations_keep_a_bounded_number(void **state)
{
	(void)state;
	for (unsigned week = 0; week < 20; week++) {
		day_of_work();
		when_skip(7 * DAY);
	}
	assert_int_equal(files(), 14);
}

static void what_a_dead_process_left_goes(void **state)
{
	char path[HELP_HOME + 60];
	struct fault fault;
	static const char *const left[] = {"20261109.db.4194305", "20261109.db.4194305-journal"};
	(void)state;
	day_of_work();
	for (size_t i = 0; i < countof(left); i++) {
		snprintf(path, sizeof path, "%s/backup/station-%s", home, left[i]);
		assert_int_equal(file_write(path, bytes_text("x"), 0600, &fault), RC_OK);
	}
	snprintf(path, sizeof path, "%s/backup/station-20261109.db.%d", home, (int)getpid());
	assert_int_equal(file_write(path, bytes_text("x"), 0600, &fault), RC_OK);
	when_skip(DAY);
	day_of_work();
	assert_int_equal(files(), 3); /* two days, and what a process that lives is making */
}

/* What holds less than half of a first day is made again, and is then enough. */
static void a_first_day_is_not_lost(void **state)
{
	struct fault fault = {0};
	char path[HELP_HOME + 60];
	struct db *db;
	(void)state;
	assert_false(store_daily_due(store));
	day_of_work();
	assert_false(store_daily_due(store));
	for (unsigned i = 0; i < 40; i++)
		help_add(store, "supply", "name=沙袋");
	assert_true(store_daily_due(store));
	day_of_work();
	assert_false(store_daily_due(store));
	assert_int_equal(files(), 1);
	snprintf(path, sizeof path, "%s/backup/station-20261110.db", home);
	assert_int_equal(db_open(&db, path, DB_READ, NULL, &fault), RC_OK);
	assert_int_equal(db_number(db, "SELECT count(*) FROM row_supply", 0), 42);
	db_close(db);
	when_skip(DAY);
	assert_false(store_daily_due(store)); /* nothing has come since */
	help_add(store, "supply", "name=水泵");
	assert_true(store_daily_due(store));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(seven_days_stay, start, stop),
		cmocka_unit_test_setup_teardown(wrong_clock_removes_none, start, stop),
		cmocka_unit_test_setup_teardown(the_stations_time_counts, start, stop),
		cmocka_unit_test_setup_teardown(a_day_that_was_used_up_is_not_lost, start, stop),
		cmocka_unit_test_setup_teardown(
			seldom_used_stations_keep_a_bounded_number, start, stop),
		cmocka_unit_test_setup_teardown(what_a_dead_process_left_goes, start, stop),
		cmocka_unit_test_setup_teardown(a_first_day_is_not_lost, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
