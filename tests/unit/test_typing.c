/* SPDX-License-Identifier: GPL-3.0-or-later
 * That somebody types is known to another program that has the same station open, and forgotten
 * when nobody does any more. Covers: N27
 */
#include "store/station.h"
#include "store/identity.h"
#include "store_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <cmocka.h>

static void keys_are_noted(void **state)
{
	char home[HELP_HOME], path[HELP_HOME + 8];
	struct timespec before[2] = {{0, 0}, {0, 0}};
	(void)state;
	help_home(home);
	struct store *mine = help_station(home, VILLAGE, "WZ"), *other = help_open(home);
	assert_true(store_quiet_ms(other) == INT64_MAX);
	store_typed(mine);
	assert_in_range(store_quiet_ms(other), 0, 30000);
	snprintf(path, sizeof path, "%s/typed", home);
	before[0].tv_sec = before[1].tv_sec = time(NULL) - 100;
	assert_int_equal(utimensat(AT_FDCWD, path, before, 0), 0);
	assert_in_range(store_quiet_ms(other), 99000, 130000);
	before[1].tv_sec = time(NULL) + 1000; /* the clock was set back */
	assert_int_equal(utimensat(AT_FDCWD, path, before, 0), 0);
	assert_true(store_quiet_ms(other) == INT64_MAX);
	store_close(mine);
	store_close(other);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(keys_are_noted)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
