/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backups and going back to them; several processes at once; a writer that dies between any two
 * steps.
 * Tests also: restore.c
 */
#include "store_help.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"
#include "store/search/internal.h"
#include "store/station.h"

static char home[HELP_HOME], copy[HELP_HOME + 16];

static int start(void **state)
{
	(void)state;
	help_home(home);
	snprintf(copy, sizeof(copy), "%s/copy.db", home);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	help_remove(home);
	return 0;
}

static void unchanged_station_goes_on(void **state)
{
	struct fault fault = {0};
	(void)state;
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site, number = log_number(store_log(store));
	struct ref ref = help_add(store, "supply", "name=水泵");
	assert_int_equal(store_backup(store, copy, &fault), RC_OK);
	assert_int_equal(store_backup(store, copy, &fault), RC_BAD);
	store_close(store);
	assert_int_equal(store_restore(home, copy, &fault), RC_OK);
	store = help_open(home);
	assert_true(store_station(store)->site == site);
	assert_true(log_number(store_log(store)) > number);
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	store_close(store);
}

static void older_backup_ends_the_site(void **state)
{
	struct fault fault = {0};
	struct user user;
	(void)state;
	struct store *store = help_station(home, VILLAGE, "WZ");
	uint64_t site = store_station(store)->site;
	help_add(store, "person", "name=李四;login=lisi");
	assert_int_equal(store_backup(store, copy, &fault), RC_OK);
	struct ref lost = help_add(store, "supply", "name=后来的");
	uint64_t number = log_number(store_log(store));
	store_close(store);
	assert_int_equal(store_restore(home, copy, &fault), RC_OK);
	store = help_open(home);
	assert_true(store_station(store)->site != site);
	assert_true(log_number(store_log(store)) > number);
	assert_true(store_user(store, "lisi", &user));
	assert_true(help_add(store, "supply", "name=新的").site != lost.site);
	uint64_t second = log_number(store_log(store));
	store_close(store);
	/* Once more from the same backup: never the same number. */
	assert_int_equal(store_restore(home, copy, &fault), RC_OK);
	store = help_open(home);
	assert_true(log_number(store_log(store)) > second);
	store_close(store);
}

static void bad_backups_change_nothing(void **state)
{
	struct fault fault = {0};
	(void)state;
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	assert_int_equal(store_restore(home, copy, &fault), RC_NONE);
	int fd = open(copy, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, "no database at all", 18), 18);
	close(fd);
	assert_int_equal(store_restore(home, copy, &fault), RC_BAD);
	store = help_open(home);
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	store_close(store);
}

static unsigned backups(void)
{
	char folder[HELP_HOME + 16];
	unsigned count = 0;
	snprintf(folder, sizeof(folder), "%s/backup", home);
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return count;
}

static void seven_days_are_kept(void **state)
{
	struct fault fault = {0};
	char path[512];
	(void)state;
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_false(backup_newest(home, path));
	for (unsigned day = 0; day < 10; day++) {
		assert_int_equal(store_daily(store, NULL, &fault), RC_OK);
		assert_int_equal(store_daily(store, NULL, &fault), RC_OK);
		assert_int_equal(backups(), day < BACKUPS_KEPT ? day + 1 : BACKUPS_KEPT);
		when_skip(86400);
	}
	when_skip(-10 * 86400);
	assert_true(backup_newest(home, path));
	/* The newest good one: a damaged one is passed over. */
	char newest[512];
	snprintf(newest, sizeof(newest), "%s", path);
	assert_int_equal(truncate(path, 5000), 0);
	assert_true(backup_newest(home, path));
	assert_string_not_equal(path, newest);
	store_close(store);
}

enum { PEOPLE = 4, SAVES = 15 };

/* Each saves by itself and now and then in a batch; the exit code says whether all went well. */
static void person(unsigned which)
{
	struct store *store;
	struct fault fault;
	if (store_open(&store, home, 0, &fault))
		_exit(10);
	for (unsigned i = 0; i < SAVES; i++) {
		struct buf body = {0};
		struct value value = value_text("水泵");
		put_field(&body, supply_name, &value);
		struct op op = {.kind = KIND_supply,
			.body = buf_bytes(&body),
			.by = bytes_text(which % 2 ? "甲" : "乙")};
		bool batch = i % 5 == 0;
		if (batch && store_begin(store, &fault))
			_exit(11);
		if (store_write(store, &op, &fault))
			_exit(12);
		if (batch && store_commit(store, &fault))
			_exit(13);
		buf_release(&body);
	}
	store_close(store);
	_exit(0);
}

static void several_write_at_once(void **state)
{
	struct check check;
	struct fault fault = {0};
	pid_t children[PEOPLE];
	(void)state;
	store_close(help_station(home, VILLAGE, "WZ"));
	for (unsigned i = 0; i < PEOPLE; i++)
		if ((children[i] = fork()) == 0)
			person(i);
	for (unsigned i = 0; i < PEOPLE; i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	struct store *store = help_open(home);
	assert_int_equal(log_author(store_log(store), store_station(store)->site, LANE_BULK),
		PEOPLE * SAVES);
	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_int_equal(check.facts, PEOPLE * SAVES);
	assert_int_equal(check.wrong_rows, 0);
	assert_true(check.sound);
	store_close(store);
}

/* Init, three saves, a batch and a find; what it has told as saved is in the file. */
static void life(int told)
{
	struct store *store;
	struct fault fault;
	struct station station = {.area = VILLAGE, .code = "WZ", .name = "王庄"};
	unsigned count = 0;
	enum rc rc = store_open(&store, home, 0, &fault);
	if (rc == RC_NONE)
		rc = store_init(&store, home, &station, NULL, 0, &fault);
	if (rc)
		_exit(10);
	struct query query = query_all(KIND_supply);
	if (store_count(store, &query, &count, &fault))
		_exit(11);
	while (count < 5) {
		struct op op = {.kind = KIND_supply};
		bool batch = count == 3;
		if (batch && store_begin(store, &fault))
			_exit(12);
		for (unsigned i = 0; i < (batch ? 2 : 1); i++) {
			op = (struct op){.kind = KIND_supply};
			if (store_write(store, &op, &fault))
				_exit(12);
			count++;
		}
		if (batch && store_commit(store, &fault))
			_exit(12);
		char byte = (char)count;
		if (write(told, &byte, 1) != 1)
			_exit(13);
	}
	if (index_ready(store, &fault))
		_exit(14);
	store_close(store);
	_exit(0);
}

static bool lives(const char *die, unsigned *told)
{
	int ends[2], status;
	char byte;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		if (die)
			setenv("OUTPOST_DIE", die, 1);
		life(ends[1]);
	}
	close(ends[1]);
	while (read(ends[0], &byte, 1) == 1)
		*told = (unsigned)byte;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	else
		assert_int_equal(WTERMSIG(status), SIGKILL);
	return WIFEXITED(status);
}

static void a_crash_at_any_step_loses_nothing(void **state)
{
	(void)state;
	unsigned steps = 0;
	for (unsigned after = 0; after < 2; after++) {
		bool whole = false;
		for (unsigned n = 1; !whole; n++) {
			char die[32];
			unsigned told = 0, count;
			struct check check;
			help_remove(home);
			help_home(home);
			snprintf(die, sizeof(die), "%u:%s", n, after ? "after" : "before");
			whole = lives(die, &told);
			struct query query = query_all(KIND_supply);
			struct store *store;
			if (store_open(&store, home, 0, NULL) == RC_OK) {
				assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
				assert_true(count >= told);
				store_close(store);
			} else {
				assert_int_equal(told, 0);
			}
			assert_true(lives(NULL, &told));
			store = help_open(home);
			assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
			assert_int_equal(count, 5);
			assert_int_equal(store_check(store, false, &check, NULL), RC_OK);
			assert_true(check.sound && !check.wrong_rows && check.facts == 5);
			store_close(store);
			steps = n;
		}
	}
	assert_true(steps > 5);
}

static void repair_brings_rows_back(void **state)
{
	struct check check;
	struct fault fault = {0};
	(void)state;
	struct store *store = help_station(home, VILLAGE, "WZ");
	help_add(store, "supply", "name=水泵");
	assert_int_equal(store_check(store, true, &check, &fault), RC_OK);
	assert_int_equal(check.wrong_rows, 0);
	assert_int_equal(check.records, 1);
	store_close(store);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unchanged_station_goes_on),
		TEST(older_backup_ends_the_site),
		TEST(bad_backups_change_nothing),
		TEST(seven_days_are_kept),
		TEST(several_write_at_once),
		TEST(a_crash_at_any_step_loses_nothing),
		TEST(repair_brings_rows_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
