/* SPDX-License-Identifier: GPL-3.0-or-later
 * Letters cut into syllables and initials: what people mean is among the ways, and their number is
 * bounded.
 */
#include "store/search/internal.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static struct syllables syllables;

static int start(void **state)
{
	(void)state;
	syllables_start(&syllables);
	return 0;
}

static const char *ways(const char *letters)
{
	static struct buf out;
	buf_clear(&out);
	sound_query(&syllables, letters, &out);
	return buf_cstr(&out);
}

static void all_syllables_are_known(void **state)
{
	(void)state;
	assert_in_range(syllables.count, 390, 500);
	for (unsigned i = 1; i < syllables.count; i++)
		assert_true(strcmp(syllables.at[i - 1], syllables.at[i]) < 0);
}

static void what_is_meant_is_among_them(void **state)
{
	static const struct {
		const char *letters, *way;
	} cases[] = {
		{"fdj", "(\"0fd\" AND \"0dj\")"},
		{"fadianji", "(\"1fa0dian0\" AND \"1dian0ji\"*)"},
		{"fadj", "(\"0fd\" AND \"0dj\")"},
		{"f", "(\"1f\"*)"},
		{"xian", "(\"1xian\"*)"},
		{"xian", "(\"1xi0an\"*)"},
		{"zhenz", "(\"1zhen0z\"*)"},
		{"zhz", "(\"0zz\")"},
		{"lvy", "(\"1lu0y\"*)"},
	};
	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		if (!strstr(ways(cases[i].letters), cases[i].way))
			fail_msg("%s: %s", cases[i].letters, ways(cases[i].letters));
}

static void routes_are_bounded(void **state)
{
	(void)state;
	assert_true(strlen(ways("anananananananananananananana")) < 30000);
	assert_string_equal(ways("xyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyz"), "");
	assert_string_equal(ways(""), "");
	/* No hanzi begins like this. */
	assert_string_equal(ways("ii"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_syllables_are_known),
		cmocka_unit_test(what_is_meant_is_among_them),
		cmocka_unit_test(routes_are_bounded),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
