/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's folder that others may read is closed, and what is none is left alone.
 */
#include "store/station.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "store_help.h"

static char home[HELP_HOME];

static int make(void **state)
{
	(void)state;
	help_home(home);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	help_remove(home);
	return 0;
}

static const char *inside(const char *name)
{
	static char path[300];
	snprintf(path, sizeof path, "%s/%s", home, name);
	return path;
}

static void put(const char *name, mode_t mode)
{
	struct fault fault;
	assert_int_equal(file_write(inside(name), bytes_text("x"), mode, &fault), RC_OK);
}

static unsigned mode_of(const char *name)
{
	struct stat st;
	assert_int_equal(stat(inside(name), &st), 0);
	return st.st_mode & 07777;
}

static void closed(void **state)
{
	struct fault fault;
	bool mended = false;
	(void)state;
	put("station.db", 0644);
	put("station.db-wal", 0666);
	assert_int_equal(mkdir(inside("backup"), 0755), 0);
	put("backup/station-20260714.db", 0640);
	assert_int_equal(symlink("/etc/passwd", inside("link")), 0);
	assert_int_equal(chmod(home, 0755), 0);
	assert_int_equal(home_private(home, &mended, &fault), RC_OK);
	assert_true(mended);
	assert_int_equal(mode_of("."), 0700);
	assert_int_equal(mode_of("station.db"), 0600);
	assert_int_equal(mode_of("station.db-wal"), 0600);
	assert_int_equal(mode_of("backup"), 0700);
	assert_int_equal(mode_of("backup/station-20260714.db"), 0600);
	assert_int_equal(mode_of("link"), 0644); /* what a link leads to is not ours */
	assert_int_equal(home_private(home, &mended, &fault), RC_OK);
	assert_false(mended);
}

static void shared(void **state)
{
	struct fault fault;
	bool mended = false;
	(void)state;
	assert_int_equal(chmod(home, 02775), 0);
	assert_int_equal(chmod(inside("station.db"), 0664), 0);
	assert_int_equal(home_private(home, &mended, &fault), RC_OK);
	assert_true(mended);
	assert_int_equal(mode_of("."), 02770);
	assert_int_equal(mode_of("station.db"), 0660);
	assert_true(file_group_folder(02770));
	assert_false(file_group_folder(0770)); /* a umask of 007 is no decision */
	assert_false(file_group_folder(02750));
	file_group(true);
	assert_int_equal(file_mode(0600), 0660);
	assert_int_equal(file_mode(0700), 0770);
	file_group(false);
	assert_int_equal(file_mode(0600), 0600);
}

static void other(void **state)
{
	struct fault fault;
	(void)state;
	assert_int_equal(unlink(inside("station.db")), 0);
	assert_int_equal(chmod(home, 0755), 0);
	assert_int_equal(home_private(home, NULL, &fault), RC_DENIED);
	assert_non_null(strstr(fault.text, "chmod"));
	assert_int_equal(mode_of("."), 0755);
	put("station.db", 0600);
	assert_int_equal(chmod(home, 01777), 0); /* as /tmp: it serves others */
	assert_int_equal(home_private(home, NULL, &fault), RC_DENIED);
	assert_int_equal(mode_of("."), 01777);
	assert_int_equal(home_private("/nowhere", NULL, &fault), RC_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closed),
		cmocka_unit_test(shared),
		cmocka_unit_test(other),
	};
	return cmocka_run_group_tests(tests, make, clear);
}
