/* SPDX-License-Identifier: GPL-3.0-or-later
 * Renumbered areas: from the code of then to that of now, and back.
 */
#include "model/area.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct area_change changes[] = {
	{410882103000, 410882005000}, /* a township becomes a subdistrict */
	{410882103206, 410882104230}, /* one of its villages goes elsewhere */
	{410882005301, 410882005302}, /* two villages become one */
	{410882000000, 410883000000}, /* later the whole county */
};
static const struct area_map map = {changes, countof(changes)};

static void codes_of_now(void **state)
{
	(void)state;
	static const struct area_map none = {NULL, 0};
	assert_int_equal(area_now(&none, 410882103205), 410882103205);
	assert_int_equal(area_now(&map, 410882103205), 410883005205);
	assert_int_equal(area_now(&map, 410882103000), 410883005000);
	assert_int_equal(area_now(&map, 410882103206), 410883104230);
	assert_int_equal(area_now(&map, 410882103301), 410883005302);
	assert_int_equal(area_now(&map, 410882000000), 410883000000);
	assert_int_equal(area_now(&map, 410883005205), 410883005205);
	assert_int_equal(area_now(&map, 410881103205), 410881103205);
	assert_int_equal(area_now(&map, 410800000000), 410800000000);
	assert_int_equal(area_now(&map, 0), 0);
}

static bool was(uint64_t area, uint64_t code)
{
	uint64_t before[AREAS_BEFORE];
	unsigned count = area_before(&map, area, before);

	for (unsigned i = 0; i < count; i++)
		if (before[i] == code)
			return true;
	return false;
}

static void codes_of_then(void **state)
{
	(void)state;
	assert_true(was(410883005205, 410882005205));
	assert_true(was(410883005205, 410882103205));
	assert_true(was(410883104230, 410882103206));
	assert_true(was(410883005302, 410882103301));
	assert_true(was(410883005302, 410882103302));
	assert_false(was(410883005206, 410882103206)); /* that one went elsewhere */
	assert_false(was(410883005205, 410883005205));
	assert_false(was(410881103205, 410882103205));
}

static void a_circle_ends(void **state)
{
	(void)state;
	static const struct area_change circle[] = {
		{410882103000, 410882005000}, {410882005000, 410882103000}};
	const struct area_map round = {circle, 2};
	uint64_t before[AREAS_BEFORE];
	assert_true(area_now(&round, 410882103205) % 1000 == 205);
	assert_true(area_before(&round, 410882103205, before) <= AREAS_BEFORE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_of_now),
		cmocka_unit_test(codes_of_then),
		cmocka_unit_test(a_circle_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
