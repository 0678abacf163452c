/* SPDX-License-Identifier: GPL-3.0-or-later
 * The demo's plan: its random numbers, labels, and that nothing lies in the future.
 */
#include "app/demo/demo_inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"

static void random_numbers(void **state)
{
	struct demo a = {.random = 42}, b = {.random = 42};
	unsigned seen[10] = {0};
	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		uint32_t number = demo_random(&a, 10);
		assert_true(number < 10);
		assert_int_equal(number, demo_random(&b, 10));
		seen[number]++;
	}
	for (unsigned i = 0; i < 10; i++)
		assert_in_range(seen[i], 800, 1200);
}

static void labels_are_own_first(void **state)
{
	struct demo demo = {.now = 1784000000};
	(void)state;
	int town = demo_label_add(&demo, DEMO_TOWN, "gw"), one = demo_label_add(&demo, 1, "gw");
	assert_int_equal(demo_label_find(&demo, 1, "gw"), one);
	assert_int_equal(demo_label_find(&demo, 2, "gw"), town);
	assert_int_equal(demo_label_find(&demo, DEMO_TOWN, "gw@1"), one);
	assert_int_equal(demo_label_find(&demo, DEMO_TOWN, "g"), DEMO_NOBODY);
	demo_release(&demo);
}

static void nothing_lies_in_the_future(void **state)
{
	struct demo demo = {.now = 1784000000};
	struct demo_fact fact = {
		.at = demo.now + 5, .kind = kind_of(KIND_hazard), .label = DEMO_NOBODY};
	(void)state;
	demo_plan(&demo, &fact);
	fact.step = hazard_do_urge;
	demo_plan(&demo, &fact);
	assert_true(demo.facts[0].at < demo.now);
	assert_int_equal(demo.records, 1);
	assert_int_equal(demo.facts[1].order, 1);
	demo_release(&demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_numbers),
		cmocka_unit_test(labels_are_own_first),
		cmocka_unit_test(nothing_lies_in_the_future),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
