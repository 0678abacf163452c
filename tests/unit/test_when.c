/* SPDX-License-Identifier: GPL-3.0-or-later
 * The clock, the calendar and the hybrid clock.
 */
#include "base/when.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/when_parts.h"

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

static void the_calendar_agrees_with_the_library(void **state)
{
	(void)state;
	for (int64_t at = -2208988800; at < 7258089600; at += 86400 * 13 + 4321) {
		time_t local = (time_t)(at + WHEN_ZONE);
		struct tm tm;
		struct when_parts p;
		gmtime_r(&local, &tm);
		when_split(at, &p);
		assert_int_equal(p.year, tm.tm_year + 1900);
		assert_int_equal(p.month, tm.tm_mon + 1);
		assert_int_equal(p.day, tm.tm_mday);
		assert_int_equal(p.hour, tm.tm_hour);
		assert_int_equal(p.minute, tm.tm_min);
		assert_int_equal(p.second, tm.tm_sec);
		assert_true(when_of(&p) == at);
	}
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
	date_show(20260714, text);
	assert_string_equal(text, "2026-07-14");
	date_show(20270800, text);
	assert_string_equal(text, "2027-08");
}

static void dates_are_days_or_months(void **state)
{
	(void)state;
	static const int64_t good[] = {20260714, 20270800, 20240229, 20000229, 19000101, 21991231};
	static const int64_t bad[] = {0, -20260714, 20230229, 19000229, 21000229, 20260231,
		20260431, 20260732, 20261301, 20260001, 20260000, 18991231, 22000101, 202607140};
	for (size_t i = 0; i < countof(good); i++)
		assert_true(date_valid(good[i]));
	for (size_t i = 0; i < countof(bad); i++)
		assert_false(date_valid(bad[i]));
	assert_int_equal(date_of(AT_DAWN), 20260714);
	assert_int_equal(date_of(AT_DAWN - 7 * 3600), 20260713);
	assert_int_equal(date_of(date_end(20260714)), 20260715);
	assert_int_equal(date_of(date_end(20260714) - 1), 20260714);
	assert_int_equal(date_of(date_end(20240200) - 1), 20240229);
	assert_int_equal(date_end(20231200), date_end(20231231));
	assert_int_equal(date_add(20240228, 1), 20240229);
	assert_int_equal(date_add(20240301, -1), 20240229);
	assert_int_equal(date_add(20251231, 1), 20260101);
	assert_int_equal(date_add(20270800, 1), 20270802);
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
		cmocka_unit_test(the_calendar_agrees_with_the_library),
		cmocka_unit_test(times_are_shown),
		cmocka_unit_test(dates_are_days_or_months),
		cmocka_unit_test(stamps_never_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
