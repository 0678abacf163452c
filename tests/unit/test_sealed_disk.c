/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a disk is enciphered, as the kernel tells: straight, below a volume, or in a part only.
 * Covers: K09
 */
#include "base/file.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <cmocka.h>

static char home[HELP_HOME];

static int start(void **state)
{
	(void)state;
	help_home(home);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	help_remove(home);
	return 0;
}

/* A block device of our own folder's number, at BELOW of it, of that kind. */
static void device(const char *below, const char *uuid)
{
	char command[600];
	struct stat there;
	assert_int_equal(stat(home, &there), 0);
	snprintf(command, sizeof command,
		"d='%s/dev/block/%u:%u%s'; mkdir -p \"$d/dm\" \"$d/slaves\" && echo '%s' "
		">\"$d/dm/uuid\"",
		home, major(there.st_dev), minor(there.st_dev), below, uuid);
	assert_int_equal(system(command), 0);
}

static void what_the_kernel_does_not_tell_is_not_known(void **state)
{
	(void)state;
	assert_int_equal(disk_sealed(home, home), SEALED_UNKNOWN);
	assert_int_equal(disk_sealed(home, "/no/such/folder"), SEALED_UNKNOWN);
}

static void a_plain_volume_is_not(void **state)
{
	(void)state;
	device("", "LVM-abc");
	assert_int_equal(disk_sealed(home, home), SEALED_NO);
}

static void an_enciphered_one_is(void **state)
{
	(void)state;
	device("", "CRYPT-LUKS2-abc");
	assert_int_equal(disk_sealed(home, home), SEALED_YES);
}

static void so_is_a_volume_that_lies_on_one(void **state)
{
	(void)state;
	device("", "LVM-abc");
	device("/slaves/dm-0", "CRYPT-LUKS2-abc");
	assert_int_equal(disk_sealed(home, home), SEALED_YES);
}

static void not_when_a_part_of_it_lies_elsewhere(void **state)
{
	(void)state;
	device("", "LVM-abc");
	device("/slaves/dm-0", "CRYPT-LUKS2-abc");
	device("/slaves/dm-1", "LVM-def");
	assert_int_equal(disk_sealed(home, home), SEALED_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_the_kernel_does_not_tell_is_not_known, start, stop),
		cmocka_unit_test_setup_teardown(a_plain_volume_is_not, start, stop),
		cmocka_unit_test_setup_teardown(an_enciphered_one_is, start, stop),
		cmocka_unit_test_setup_teardown(so_is_a_volume_that_lies_on_one, start, stop),
		cmocka_unit_test_setup_teardown(not_when_a_part_of_it_lies_elsewhere, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
