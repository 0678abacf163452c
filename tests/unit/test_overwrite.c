/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must not be written over: databases, keys, carry files and a station's own; the rest only
 * when asked for.
 */
#include "app/overwrite.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static char here[64];

static const char *at(const char *name)
{
	static char path[4][200];
	static unsigned turn;
	char *out = path[turn++ % 4];
	snprintf(out, 200, "%s/%s", here, name);
	return out;
}

static void make(const char *name, const char *text, size_t len)
{
	struct fault fault;
	assert_int_equal(file_write(at(name), bytes_of(text, len), 0600, &fault), RC_OK);
}

static int start(void **state)
{
	(void)state;
	snprintf(here, sizeof here, "/tmp/outpost-over-XXXXXX");
	assert_non_null(mkdtemp(here));
	mkdir(at("s"), 0700);
	mkdir(at("s/keys"), 0700);
	mkdir(at("s/backup"), 0700);
	make("s/station.db", "SQLite format 3\0....", 20);
	make("s/notes.csv", "a", 1);
	make("s/keys/sign.key", "00", 2);
	make("copy.db", "SQLite format 3\0....", 20);
	make("up.op", "OPC1.......", 11);
	make("sign.key", "00", 2);
	make("old.csv", "a,b\n", 4);
	make("empty", "", 0);
	assert_int_equal(mkfifo(at("pipe"), 0600), 0);
	assert_int_equal(symlink(at("copy.db"), at("link.csv")), 0);
	return 0;
}

static int stop(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", here);
	return system(command);
}

static void never(void **state)
{
	static const char *const names[] = {"s/station.db", "s/station.db-wal", "s/index.db",
		"s/notes.csv", "s/keys/sign.key", "s/keys/new", "s/backup/new.db", "copy.db",
		"up.op", "sign.key", "pipe", "s", "link.csv"};
	(void)state;
	for (size_t i = 0; i < countof(names); i++)
		for (int force = 0; force < 2; force++) {
			struct fault fault = {0};
			if (overwrite_may(at(names[i]), force, &fault) != RC_IO)
				fail_msg("%s may be written over", names[i]);
			assert_null(strstr(fault.text, "--force"));
		}
}

static void only_when_asked_for(void **state)
{
	static const char *const names[] = {"old.csv", "empty"};
	struct fault fault = {0};
	(void)state;
	for (size_t i = 0; i < countof(names); i++) {
		assert_int_equal(overwrite_may(at(names[i]), false, &fault), RC_IO);
		assert_non_null(strstr(fault.text, "--force"));
		assert_int_equal(overwrite_may(at(names[i]), true, &fault), RC_OK);
	}
}

static void what_is_new_may(void **state)
{
	struct fault fault;
	(void)state;
	assert_int_equal(overwrite_may(at("new.csv"), false, &fault), RC_OK);
	assert_int_equal(overwrite_may(at("s/new.csv"), false, &fault), RC_OK);
	assert_int_equal(overwrite_may("-", false, &fault), RC_OK);
	assert_int_equal(chdir(here), 0);
	assert_int_equal(overwrite_may("new.csv", false, &fault), RC_OK);
	assert_int_equal(overwrite_may("copy.db", true, &fault), RC_IO);
	/* The folder is missing: that is said when it is written. */
	assert_int_equal(overwrite_may(at("nowhere/x.csv"), false, &fault), RC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(never),
		cmocka_unit_test(only_when_asked_for),
		cmocka_unit_test(what_is_new_may),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
