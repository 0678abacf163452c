/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of the demo's script: what they plan, and what a bad row says.
 */
#include "app/demo/demo_inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "model/shipped.h"

static struct demo demo_of(void)
{
	struct demo demo = {.random = 1, .now = 1784000000, .login = "root"};
	for (unsigned s = 0; s < DEMO_STATIONS; s++)
		demo.place[s] = "某村";
	return demo;
}

static void rows_plan_facts(void **state)
{
	struct demo demo = demo_of();
	struct fault fault;
	(void)state;
	static const char text[] = "v\t-40d 09:12\t-\tperson\tgw\tname=甲|phone=15439100001\n"
				   "1\t-3h\tgw\thazard\th1\tcategory=H0101|place=乙|text=丙\n"
				   "1\t-25m\tgw\thazard.rectify\th1\ttext=丁\n"
				   "t\t-10s\t-\thazard.urge\th1@1\ttext=戊\n";
	assert_int_equal(demo_script(&demo, "my.tsv", bytes_text(text), &fault), RC_OK);
	assert_int_equal(demo.fact_count, 6);
	assert_int_equal(demo.records, 4);
	assert_int_equal(demo.facts[3].kind->id, KIND_hazard);
	assert_int_equal(demo.facts[3].at, demo.now - 3 * 3600);
	assert_int_equal(demo.facts[4].step, hazard_do_rectify);
	assert_int_equal(demo.facts[4].label, demo.facts[3].label);
	assert_int_equal(demo.facts[5].label, demo.facts[3].label);
	assert_int_equal(demo.facts[5].station, DEMO_TOWN);
	assert_string_equal(demo.labels[demo.facts[3].who].title, "甲");
	assert_string_equal(demo.labels[demo.facts[3].who].phone, "15439100001");
	assert_int_equal(date_of(demo.facts[0].at), date_add(date_of(demo.now), -40));
	demo_release(&demo);
}

static void bad_rows_name_the_line(void **state)
{
	static const char *const bad[] = {
		"x\t-3h\t-\thazard\t-\ta=1\n",
		"1\t3h\t-\thazard\t-\ta=1\n",
		"1\t-3w\t-\thazard\t-\ta=1\n",
		"1\t-3d\t-\thazard\t-\ta=1\n",
		"1\t-3d 25:00\t-\thazard\t-\ta=1\n",
		"1\t-3h\tnobody\thazard\t-\ta=1\n",
		"1\t-3h\t-\thazards\t-\ta=1\n",
		"1\t-3h\t-\thazard.fly\th1\ta=1\n",
		"1\t-3h\t-\thazard.close\th1\ta=1\n",
		"1\t-3h\t-\twarning.sign\t-\ta=1\n",
		"1\t-3h\t-\n",
	};
	struct fault fault;
	(void)state;
	for (unsigned i = 0; i < countof(bad); i++) {
		struct demo demo = demo_of();
		assert_int_equal(demo_script(&demo, "my.tsv", bytes_text(bad[i]), &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "my.tsv:1: "));
		demo_release(&demo);
	}
}

static void no_token_of_the_shipped_rows_is_left(void **state)
{
	struct demo demo = demo_of();
	struct fault fault;
	(void)state;
	assert_int_equal(demo_script(&demo, "town", shipped_file("demo/town.tsv"), &fault), RC_OK);
	demo_fill(&demo);
	assert_int_equal(demo_script(&demo, "work", shipped_file("demo/work.tsv"), &fault), RC_OK);
	assert_int_equal(
		demo_script(&demo, "flood", shipped_file("demo/flood.tsv"), &fault), RC_OK);
	for (unsigned i = 0; i < demo.fact_count; i++)
		if (strpbrk(demo.facts[i].fields, "{}"))
			fail_msg("%s", demo.facts[i].fields);
	demo_release(&demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_plan_facts),
		cmocka_unit_test(bad_rows_name_the_line),
		cmocka_unit_test(no_token_of_the_shipped_rows_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
