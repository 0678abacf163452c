/* SPDX-License-Identifier: GPL-3.0-or-later
 * The set of changed records: each once, in the order of adding, however many.
 */
#include "store/db/internal.h"

#include <setjmp.h>
#include <cmocka.h>

static void each_once_in_order(void **state)
{
	struct changed changed = {0};
	(void)state;
	for (unsigned round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < 5000; i++)
			changed_add(&changed, (struct ref){i % 7 + 1, i / 7 * 8 + 8});
		assert_int_equal(changed.count, 5000);
	}
	for (uint32_t i = 0; i < 5000; i++) {
		assert_int_equal(changed.at[i].site, i % 7 + 1);
		assert_int_equal(changed.at[i].seq, i / 7 * 8 + 8);
	}
	size_t at = 0;
	assert_true(changed_find(&changed, (struct ref){4, 80}, &at));
	assert_int_equal(at, 66);
	assert_false(changed_find(&changed, (struct ref){8, 80}, &at));
	changed_clear(&changed);
	assert_int_equal(changed.count, 0);
	assert_false(changed_find(&changed, (struct ref){4, 80}, &at));
	changed_add(&changed, (struct ref){1, 8});
	changed_add(&changed, (struct ref){8, 1});
	changed_add(&changed, (struct ref){1, 8});
	assert_int_equal(changed.count, 2);
	changed_release(&changed);
	changed_release(&changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_once_in_order)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
