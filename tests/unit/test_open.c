/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening a station: damaged, newer, not there, there already.
 * Tests also: station.c place.c
 */
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"

static void spoil(const char *home, long at, size_t len)
{
	char path[HELP_HOME + 32];
	uint8_t junk[8192];
	memset(junk, 0x5a, sizeof(junk));
	snprintf(path, sizeof(path), "%s/station.db", home);
	int fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, junk, len, at), (ssize_t)len);
	close(fd);
}

static void damage_is_refused(void **state)
{
	(void)state;
	for (unsigned how = 0; how < 3; how++) {
		char home[HELP_HOME], path[HELP_HOME + 32];
		struct fault fault = {0};
		struct store *store;
		help_home(home);
		store = help_station(home, VILLAGE, "WZ");
		help_add(store, "supply", "name=水泵");
		assert_int_equal(store_daily(store, NULL, &fault), RC_OK);
		store_close(store);
		snprintf(path, sizeof(path), "%s/station.db", home);
		if (how == 0)
			spoil(home, 0, 100);
		else if (how == 1)
			spoil(home, 4096, 8192);
		else
			assert_int_equal(truncate(path, 6000), 0);
		assert_int_equal(store_open(&store, home, 0, &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "backup/station-"));
		help_remove(home);
	}
}

/* The power went while the log was written into the file: its first page is torn, and whole in the
 * log. */
static void a_torn_head_is_mended_by_the_log(void **state)
{
	char home[HELP_HOME];
	struct fault fault = {0};
	struct user user;
	int status = -1;
	(void)state;
	help_home(home);
	pid_t pid = fork();
	if (!pid) {
		help_add(help_station(home, VILLAGE, "WZ"), "person", "name=李四;login=lisi");
		_exit(0); /* nothing is closed: the log stays */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	usleep(20000); /* the file is changed after the log */
	spoil(home, 0, 512);
	struct store *store = NULL;
	if (store_open(&store, home, 0, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	assert_true(store_user(store, "lisi", &user));
	store_close(store);
	help_remove(home);
}

static void newer_is_read_only(void **state)
{
	char home[HELP_HOME], command[256];
	struct fault fault = {0};
	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "supply", "name=水泵");
	store_close(store);
	snprintf(command, sizeof(command), "%s/station.db", home);
	/* user_version lies at byte 60 of the header, big end first. */
	int fd = open(command, O_WRONLY);
	assert_int_equal(pwrite(fd, "\0\0\0\x09", 4, 60), 4);
	close(fd);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NEWER);
	assert_true(store_readonly(store));
	assert_string_equal(help_field(store, ref, "name"), "水泵");
	struct op op = {.kind = KIND_supply};
	assert_int_equal(store_write(store, &op, &fault), RC_IO);
	store_close(store);
	help_remove(home);
}

static void init_does_not_overwrite(void **state)
{
	char home[HELP_HOME];
	struct fault fault = {0};
	struct station station = {.area = VILLAGE, .code = "WZ", .name = "王庄"};
	struct store *store, *again;
	(void)state;
	help_home(home);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_NONE);
	store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(store_init(&again, home, &station, NULL, 0, &fault), RC_BAD);
	struct ref ref = help_add(store, "supply", "name=x");
	assert_false(store_moved(store));
	again = help_open(home);
	help_edit(again, ref, "name=y");
	assert_true(store_moved(store));
	assert_false(store_moved(store));
	assert_string_equal(help_field(store, ref, "name"), "y");
	store_close(again);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(damage_is_refused),
		cmocka_unit_test(a_torn_head_is_mended_by_the_log),
		cmocka_unit_test(newer_is_read_only),
		cmocka_unit_test(init_does_not_overwrite),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
