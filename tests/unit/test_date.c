/* SPDX-License-Identifier: GPL-3.0-or-later
 * The calendar: the library agrees, and days, months and leap years are what they should be.
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

static void the_calendar_agrees_with_the_library(void **state)
{
	(void)state;
	for (int64_t at = -2208988800; at < 7258089600; at += 86400 * 13 + 4321) {
		time_t local = (time_t)(at + WHEN_ZONE);
		struct tm tm;
		struct when_parts p;
		if (local != at + WHEN_ZONE)
			continue; /* the library's ends in 2038 where it has 32 bits */
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
	assert_int_equal(date_weekday(20260714), 2); /* a Tuesday */
	assert_int_equal(date_weekday(20261004), 0);
	assert_int_equal(date_weekday(20240229), 4);
}

static void dates_are_shown(void **state)
{
	(void)state;
	char text[WHEN_TEXT];
	date_show(20260714, text);
	assert_string_equal(text, "2026-07-14");
	date_show(20270800, text);
	assert_string_equal(text, "2027-08");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_calendar_agrees_with_the_library),
		cmocka_unit_test(dates_are_days_or_months),
		cmocka_unit_test(dates_are_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
