/* SPDX-License-Identifier: GPL-3.0-or-later
 * The forms in which alerts write times, and what is none.
 */
#include "format/cap.h"

#include <setjmp.h>

#include <cmocka.h>

enum { MORNING = 1783982012 }; /* 2026-07-14 06:33:32 in Beijing */

static void test_forms(void **state)
{
	static const struct {
		const char *text;
		int64_t at;
	} cases[] = {
		{"2026-07-14T06:33:32+08:00", MORNING},
		{"2026-07-13T22:33:32Z", MORNING},
		{"2026-07-13T22:33:32-00:00", MORNING},
		{"2026-07-13T17:33:32-05:00", MORNING},
		{"2026-07-14T06:33:32.250+0800", MORNING},
		{"2026-07-14 06:33:32+08:00", MORNING},
		{"2026-07-14 06:33:32 +08:00", MORNING},
		{"2026-07-14 06:33:32", MORNING},
		{"2026/07/14 06:33:32", MORNING},
		{"20260714063332", MORNING},
		{"2026-07-14T06:33", MORNING - 32},
		{"Tue, 14 Jul 2026 06:33:32 +0800", MORNING},
		{"Mon, 13 Jul 2026 22:33:32 GMT", MORNING},
		{"14 Jul 2026 06:33 +0800", MORNING - 32},
		{"1970-01-01T00:00:00Z", 0},
		{"2024-02-29T00:00:00+08:00", 1709136000},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		int64_t at = -1;

		if (!cap_time(cases[i].text, &at) || at != cases[i].at)
			fail_msg("%s: %lld", cases[i].text, (long long)at);
	}
}

static void test_as_people_write(void **state)
{
	static const char *const cases[] = {"2026年7月14日6时33分", "2026年07月14日06时33分00秒",
		"2026年7月14日 6:33", "2026-7-14 6:33", "2026/7/14 6:33:00", "2026.7.14 06:33",
		"202607140633", "20260714 06:33", "２０２６年７月１４日６时３３分",
		"北京时间2026年7月14日6时33分", "2026年7月14日早上6点33分", "2026-07-14T6:33:00",
		"1783981980", "1783981980000"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		int64_t at = -1;

		if (cap_time(cases[i], &at) != CAP_TIME_TYPED || at != MORNING - 32)
			fail_msg("%s: %lld", cases[i], (long long)at);
	}
}

static void test_none(void **state)
{
	static const char *const cases[] = {"", " ", "2026", "2026-07-14", "20260714",
		"2026-02-31T06:33:32+08:00", "20260231063332", "2025-02-29T00:00:00Z",
		"2026-00-10T00:00:00Z", "2026-07-00T00:00:00Z", "2026-13-01T00:00:00Z",
		"2026-07-14T24:00:01Z", "2026-07-14T24:01:00Z", "2026-07-14T25:00:00Z",
		"2026-07-14T23:60:00Z", "2026-07-14T06:33:32+99:00", "2026-07-14T06:33:32+08:00x",
		"2026-07-14T06:33:32X", "tomorrow", "Tue, 14 Jut 2026 06:33:32 +0800",
		"Tue, 31 Feb 2026 06:33:32 +0800", "2026-07-14T06:33:32.Z", "-026-07-14T06:33:32Z",
		"2026071406333", "202607140633321", "7月14日6时33分", "明天 8:00", "06:33",
		"2小时后", "26-7-14 6:33", "2026年7月", "2026年7月14日", "2026年2月30日8时",
		"2026年7月14日25时", "183982012", "北京时间"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		int64_t at;

		if (cap_time(cases[i], &at))
			fail_msg("%s was taken as %lld", cases[i], (long long)at);
	}
}

/* 24:00 is the end of its day, in every form. */
static void test_end_of_day(void **state)
{
	static const char *const cases[] = {"2026-07-14T24:00:00+08:00", "2026-07-14 24:00",
		"20260714240000", "Tue, 14 Jul 2026 24:00:00 +0800", "2026-07-14T16:00:00Z"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		int64_t at;

		assert_true(cap_time(cases[i], &at));
		assert_int_equal(at, 1784044800);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_as_people_write),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_end_of_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
