/* SPDX-License-Identifier: GPL-3.0-or-later
 * The set of changed records: each once, in the order of adding, however many.
 */
#include "store/db/internal.h"

#include <setjmp.h>
#include <cmocka.h>

static void each_once_in_order(void **state)
{
	struct dirty dirty = {0};
	(void)state;
	for (unsigned round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < 5000; i++)
			dirty_add(&dirty, (struct ref){i % 7 + 1, i / 7 * 8 + 8});
		assert_int_equal(dirty.count, 5000);
	}
	for (uint32_t i = 0; i < 5000; i++) {
		assert_int_equal(dirty.at[i].site, i % 7 + 1);
		assert_int_equal(dirty.at[i].seq, i / 7 * 8 + 8);
	}
	dirty_clear(&dirty);
	assert_int_equal(dirty.count, 0);
	dirty_add(&dirty, (struct ref){1, 8});
	dirty_add(&dirty, (struct ref){8, 1});
	dirty_add(&dirty, (struct ref){1, 8});
	assert_int_equal(dirty.count, 2);
	dirty_release(&dirty);
	dirty_release(&dirty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_once_in_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
