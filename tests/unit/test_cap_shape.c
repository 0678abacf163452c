/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places inside and outside of shapes, and shapes that are none.
 */
#include "format/cap_shape.h"

#include <setjmp.h>

#include <cmocka.h>

#define SQUARE "35.0,112.0 35.0,113.0 36.0,113.0 36.0,112.0 35.0,112.0"

static void test_holds(void **state)
{
	static const struct {
		const char *name, *text;
		int64_t lat, lon;
		bool holds, good;
	} cases[] = {
		{"polygon", SQUARE, 35500000, 112500000, true, true},
		{"polygon", SQUARE, 36500000, 112500000, false, true},
		{"polygon", SQUARE, 35500000, 113500000, false, true},
		/* not closed, and with a dent */
		{"polygon", "35,112 35,113 36,113 36,112", 35500000, 112500000, true, true},
		{"polygon", "35,112 35,114 36,114 35.1,113 36,112 35,112", 35500000, 113000000,
			false, true},
		{"polygon", "35,112 35,114 36,114 35.1,113 36,112 35,112", 35500000, 112200000,
			true, true},
		{"circle", "35.0,113.0 10", 35080000, 113000000, true, true},
		{"circle", "35.0,113.0 10", 35100000, 113000000, false, true},
		{"circle", "35.0,113.0 10", 35000000, 113105000, true, true},
		{"circle", "35.0,113.0 0", 35000000, 113000000, true, true},
		{"polygon", "", 35000000, 113000000, false, false},
		{"polygon", "bad", 35000000, 113000000, false, false},
		{"polygon", "35,112 36,113", 35000000, 113000000, false, false},
		{"polygon", SQUARE " x", 35500000, 112500000, false, false},
		{"polygon", "95,112 35,113 36,113", 35500000, 112500000, false, false},
		{"circle", "35,113", 35000000, 113000000, false, false},
		{"circle", "35,113 -1", 35000000, 113000000, false, false},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct cap_pair shape = {cases[i].name, cases[i].text, NULL};
		bool good, holds = cap_shape_holds(&shape, cases[i].lat, cases[i].lon, &good);

		if (holds != cases[i].holds || good != cases[i].good)
			fail_msg("%zu: %d %d", i, holds, good);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_holds)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
