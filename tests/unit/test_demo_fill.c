/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the demo has in masses: every village has its households, and so many records as asked for.
 */
#include "app/demo/demo_inside.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "model/shipped.h"

static struct demo demo_of(void)
{
	struct demo demo = {.random = 1, .now = 1784000000, .login = "root"};
	struct fault fault;
	for (unsigned s = 0; s < DEMO_STATIONS; s++) {
		demo.place[s] = "某村";
		demo.area[s] = 410882103000 + s;
	}
	assert_int_equal(demo_script(&demo, "town", shipped_file("demo/town.tsv"), &fault), RC_OK);
	return demo;
}

static unsigned count(const struct demo *demo, unsigned station, unsigned kind)
{
	unsigned n = 0;
	for (unsigned i = 0; i < demo->fact_count; i++)
		n += demo->facts[i].station == station && demo->facts[i].kind->id == kind;
	return n;
}

static void every_village_has_its_own(void **state)
{
	struct demo demo = demo_of();
	(void)state;
	demo_fill(&demo);
	for (unsigned s = 1; s < DEMO_STATIONS; s++) {
		assert_true(count(&demo, s, KIND_household) >= 60);
		assert_true(count(&demo, s, KIND_patrol) >= 30);
		assert_true(count(&demo, s, KIND_obligation) >= 3);
	}
	assert_true(count(&demo, DEMO_TOWN, KIND_card) >= 12);
	assert_true(count(&demo, DEMO_TOWN, KIND_checklist) >= 9);
	assert_true(count(&demo, DEMO_TOWN, KIND_roster) >= 28);
	demo_release(&demo);
}

static void as_many_as_asked_for(void **state)
{
	struct demo demo = demo_of();
	(void)state;
	demo_fill(&demo);
	demo_more(&demo, 5000);
	assert_int_equal(demo.records, 5000);
	demo_more(&demo, 10);
	assert_int_equal(demo.records, 5000);
	for (unsigned i = 0; i < demo.fact_count; i++)
		assert_true(demo.facts[i].at < demo.now);
	demo_release(&demo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_village_has_its_own),
		cmocka_unit_test(as_many_as_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
