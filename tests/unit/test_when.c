/* SPDX-License-Identifier: GPL-3.0-or-later
 * The clock, what it shows, and the hybrid clock.
 */
#include "base/when.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { AT_DAWN = 1783981980 }; /* 2026-07-14 06:33 in China */

static void a_set_clock_starts_there_and_runs(void **state)
{
	(void)state;
	assert_true(when_start("2026-07-14T06:33:00+08:00"));
	assert_in_range(when_now(), AT_DAWN, AT_DAWN + 2);
	int64_t before = when_now_ms();
	nanosleep(&(struct timespec){0, 20000000}, NULL);
	assert_in_range(when_now_ms() - before, 20, 2000);
	when_skip(-3600);
	assert_in_range(when_now(), AT_DAWN - 3600, AT_DAWN - 3590);
	assert_true(when_start("2026-07-13T22:33:00Z"));
	assert_in_range(when_now(), AT_DAWN, AT_DAWN + 2);
	assert_true(when_start(NULL));
	assert_in_range(llabs(when_now() - (long long)time(NULL)), 0, 1);
}

static void a_clock_takes_rfc_times_only(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "now", "06:33", "2026-07-14", "2026-07-14 06:33",
		"2026-02-30T06:33:00+08:00", "2026-07-14T06:33:61Z", "2026-07-14T06:33:00+8",
		"昨天 22:10"};
	for (size_t i = 0; i < countof(bad); i++)
		assert_false(when_start(bad[i]));
	assert_true(when_start(NULL));
}

static void times_are_shown(void **state)
{
	(void)state;
	char text[WHEN_TEXT];
	when_show(AT_DAWN, text);
	assert_string_equal(text, "2026-07-14 06:33");
	when_rfc(AT_DAWN + 5, text);
	assert_string_equal(text, "2026-07-14T06:33:05+08:00");
	when_short(AT_DAWN, AT_DAWN + 3600, text);
	assert_string_equal(text, "06:33");
	when_short(AT_DAWN, AT_DAWN + 86400, text);
	assert_string_equal(text, "07-14 06:33");
	when_short(AT_DAWN, AT_DAWN + 86400 * 365, text);
	assert_string_equal(text, "2026-07-14");
	when_short(AT_DAWN - 7 * 3600, AT_DAWN, text); /* 23:33 of the day before */
	assert_string_equal(text, "07-13 23:33");
	when_show(0, text);
	assert_string_equal(text, "1970-01-01 08:00");
}

static void stamps_never_go_back(void **state)
{
	(void)state;
	uint64_t stamp = stamp_next(0, AT_DAWN);
	assert_int_equal(stamp_seconds(stamp), AT_DAWN);
	uint64_t next = stamp_next(stamp, AT_DAWN);
	assert_true(next == stamp + 1);
	assert_int_equal(stamp_seconds(next), AT_DAWN);
	assert_true(stamp_next(next, AT_DAWN - 5000) == next + 1); /* the wall clock was set back */
	assert_int_equal(stamp_seconds(stamp_next(next, AT_DAWN + 1)), AT_DAWN + 1);
	assert_true(stamp_next(7, -1) == 8);
	uint64_t full = (uint64_t)AT_DAWN * STAMP_TICK + STAMP_TICK - 1;
	assert_int_equal(stamp_seconds(stamp_next(full, AT_DAWN)), AT_DAWN + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_clock_starts_there_and_runs),
		cmocka_unit_test(a_clock_takes_rfc_times_only),
		cmocka_unit_test(times_are_shown),
		cmocka_unit_test(stamps_never_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
