/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tokens of the demo's script, names and numbers of people who do not exist.
 */
#include "app/demo/demo_inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static struct demo demo_of(uint64_t seed)
{
	struct demo demo = {.random = seed, .now = 1784000000, .login = "root"};
	demo.place[DEMO_TOWN] = "柏香镇";
	demo.place[1] = "西彰村";
	demo.area[1] = 410882103205;
	return demo;
}

static void tokens(void **state)
{
	struct demo demo = demo_of(1);
	(void)state;
	int label = demo_label_add(&demo, 1, "gw");
	demo.labels[label].title = "王小红";
	demo.labels[label].phone = "123";
	assert_string_equal(
		demo_expand(&demo, 1, "{village}在{town}，{login}"), "西彰村在柏香镇，root");
	assert_string_equal(demo_expand(&demo, 1, "{name#gw} {phone#gw}"), "王小红 123");
	assert_string_equal(demo_expand(&demo, 2, "{name#gw}"), "{name#gw}");
	assert_string_equal(demo_expand(&demo, 1, "{area}"), "410882103205");
	assert_string_equal(demo_expand(&demo, 1, "a=1|b=2"), "a=1\x1f"
							      "b=2");
	assert_string_equal(demo_expand(&demo, 1, "{open"), "{open");
	for (unsigned i = 0; i < 50; i++) {
		const char *one = demo_expand(&demo, 1, "{甲/乙/丙}");
		assert_true(!strcmp(one, "甲") || !strcmp(one, "乙") || !strcmp(one, "丙"));
	}
	demo_release(&demo);
}

static void the_same_seed_the_same_people(void **state)
{
	struct demo a = demo_of(7), b = demo_of(7), c = demo_of(8);
	unsigned other = 0;
	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		const char *name = demo_name(&a), *phone = demo_phone(&a);
		assert_string_equal(name, demo_name(&b));
		assert_string_equal(phone, demo_phone(&b));
		assert_true(text_valid(name, strlen(name)));
		assert_int_equal(strlen(phone), 11);
		assert_memory_equal(phone, "154", 3);
		other += strcmp(name, demo_name(&c)) != 0;
		demo_phone(&c);
	}
	assert_true(other > 50);
	demo_release(&a);
	demo_release(&b);
	demo_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens),
		cmocka_unit_test(the_same_seed_the_same_people),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
