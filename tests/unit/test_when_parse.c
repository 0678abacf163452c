/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates and times as tired people type them, and nonsense, which is refused with a reason.
 * Tests also: date_later.c
 */
#include "base/when.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1783982012 }; /* 2026-07-14 06:33:32 in China */

struct pair {
	const char *typed, *want;
};

static const struct pair times[] = {
	{"2026-07-14T06:33:32+08:00", "2026-07-14T06:33:32"},
	{"2026-07-14T06:33:32Z", "2026-07-14T14:33:32"},
	{"2026-07-14t06:33:32.250+0530", "2026-07-14T09:03:32"},
	{"2026-12-31T20:00:00-05:00", "2027-01-01T09:00:00"},
	{"2026-07-14 06:33", "2026-07-14T06:33:00"},
	{"2024-02-29 23:59:59", "2024-02-29T23:59:59"},
	{"07-13 22:10", "2026-07-13T22:10:00"},
	{"7/13 22:10", "2026-07-13T22:10:00"},
	{"2026.7.3 8：05", "2026-07-03T08:05:00"},
	{"06:33", "2026-07-14T06:33:00"},
	{"6:33", "2026-07-14T06:33:00"},
	{"0633", "2026-07-14T06:33:00"},
	{"24:00", "2026-07-15T00:00:00"},
	{"202607131210", "2026-07-13T12:10:00"},
	{"20260713 121005", "2026-07-13T12:10:05"},
	{"昨天 22:10", "2026-07-13T22:10:00"},
	{"前天8点", "2026-07-12T08:00:00"},
	{"明天 上午9点半", "2026-07-15T09:30:00"},
	{"yesterday 22:10", "2026-07-13T22:10:00"},
	{"２０２６年７月１４日　下午３点半", "2026-07-14T15:30:00"},
	{"2026 年 7 月 14 日 8 时 5 分", "2026-07-14T08:05:00"},
	{"7月14日6时33分12秒", "2026-07-14T06:33:12"},
	{"13日晚上11点", "2026-07-13T23:00:00"},
	{"凌晨12点半", "2026-07-14T00:30:00"},
	{"晚上12点", "2026-07-15T00:00:00"},
	{"中午1点", "2026-07-14T13:00:00"},
	{"下午14:30", "2026-07-14T14:30:00"},
	{"-30m", "2026-07-14T06:03:32"},
	{"+2h", "2026-07-14T08:33:32"},
	{"-1d", "2026-07-13T06:33:32"},
	{"30分钟前", "2026-07-14T06:03:32"},
	{"2小时后", "2026-07-14T08:33:32"},
	{"now", "2026-07-14T06:33:32"},
	{"刚才", "2026-07-14T06:33:32"},
};

static const char *const no_times[] = {"", " ", "abc", "25:00", "24:01", "06:60", "06:33:60", "6:3",
	":33", "06:", "7", "-", "+", "30m", "-m", "-30x", "-999999m", "+99999w", "-99999d",
	"2026-02-30 06:33", "13-01 06:33", "0-14 06:33", "7-0 06:33", "2023-02-29 06:33", "7-14",
	"2026-07-14", "2026-07 06:33", "1026-07-14 06:33", "2026-07-14 06:33 x",
	"2026-07-14 06:33+99:00", "06:33 06:33", "2026-07/14 06:33", "上午13点", "晚上3点",
	"中午8点", "下午25点", "昨天", "昨天昨天 8:00", "六点", "2026-07-14T", "99999999999999",
	"1e3:00", "06:33\n", "6-7-14-15 06:33"};

static const struct pair dates[] = {
	{"2026-07-14", "2026-07-14"},
	{"20260714", "2026-07-14"},
	{"26-7-14", "2026-07-14"},
	{"7-14", "2026-07-14"},
	{"7/4", "2026-07-04"},
	{"8号", "2026-07-08"},
	{"2027-08", "2027-08"},
	{"2027/8", "2027-08"},
	{"2027年8月", "2027-08"},
	{"2027年8月15日", "2027-08-15"},
	{"8月15号", "2026-08-15"},
	{"２０２７－０８－１５", "2027-08-15"},
	{"+15d", "2026-07-29"},
	{"-14d", "2026-06-30"},
	{"+2w", "2026-07-28"},
	{"15天后", "2026-07-29"},
	{"三年后", "2029-07-14"},
	{"3 年内", "2029-07-14"},
	{"一年半后", "2028-01-14"},
	{"半年后", "2027-01-14"},
	{"两个月之内", "2026-09-14"},
	{"十二个月后", "2027-07-14"},
	{"半个月后", "2026-07-29"},
	{"三周后", "2026-08-04"},
	{"十日内", "2026-07-24"},
	{"二十天以后", "2026-08-03"},
	{"两年前", "2024-07-14"},
	{"今天", "2026-07-14"},
	{"明天", "2026-07-15"},
	{"昨天", "2026-07-13"},
	{"2024-2-29", "2024-02-29"},
};

static const char *const no_dates[] = {"", "2月31日", "2023-02-29", "2100-02-29", "0", "8", "2026",
	"2026-13", "2026-00", "2026-7-0", "7-0", "0-7", "99999999", "20260230", "2026071",
	"1899-12-31", "2200-01-01", "2026-07-14 06:33", "+3h", "+", "d", "明", "7-14-", "2026--07",
	"2026-07-14-", "2026/07-14", "8月", "-1", "366-1-1", "+99999d", "今天明天", "2026-07-14x",
	"三年", "三月后", "三日前", "半年半后", "三百年后", "年后", "两个三年后", "1000年后"};

static void times_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(times); i++) {
		int64_t at;
		const char *why = NULL;
		char text[WHEN_TEXT];
		if (!when_parse(times[i].typed, NOW, &at, &why))
			fail_msg("%s: %s", times[i].typed, why);
		when_rfc(at, text);
		text[19] = 0;
		if (strcmp(text, times[i].want) != 0)
			fail_msg("%s: %s, not %s", times[i].typed, text, times[i].want);
	}
}

static void no_times_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(no_times); i++) {
		int64_t at = 5;
		const char *why = NULL;
		if (when_parse(no_times[i], NOW, &at, &why))
			fail_msg("\"%s\" was taken for a time", no_times[i]);
		assert_int_equal(at, 5);
		assert_true(why && *why);
	}
}

static void dates_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(dates); i++) {
		int64_t date;
		const char *why = NULL;
		char text[WHEN_TEXT];
		if (!date_parse(dates[i].typed, NOW, &date, &why))
			fail_msg("%s: %s", dates[i].typed, why);
		date_show(date, text);
		if (strcmp(text, dates[i].want) != 0)
			fail_msg("%s: %s, not %s", dates[i].typed, text, dates[i].want);
	}
}

static void no_dates_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(no_dates); i++) {
		int64_t date = 5;
		const char *why = NULL;
		if (date_parse(no_dates[i], NOW, &date, &why))
			fail_msg("\"%s\" was taken for a date", no_dates[i]);
		assert_int_equal(date, 5);
		assert_true(why && *why);
	}
}

static void what_is_shown_is_understood(void **state)
{
	(void)state;
	for (int64_t at = NOW - NOW % 60; at < NOW + INT64_C(86400) * 3000;
		at += 86400 * 11 + 3660) {
		char text[WHEN_TEXT];
		int64_t got;
		const char *why;
		when_show(at, text);
		assert_true(when_parse(text, NOW, &got, &why));
		assert_true(got == at);
		when_rfc(at + 7, text);
		assert_true(when_parse(text, NOW, &got, &why));
		assert_true(got == at + 7);
		date_show(date_of(at), text);
		assert_true(date_parse(text, NOW, &got, &why));
		assert_true(got == date_of(at));
	}
}

/* A mistyped year is no missing day. */
static void the_years_that_are_meant(void **state)
{
	static const char *const years[] = {"3026-07-14", "1026-07-14", "+99999d"};
	const char *why = NULL;
	int64_t out;

	(void)state;
	for (size_t i = 0; i < countof(years); i++) {
		assert_false(date_parse(years[i], NOW, &out, &why));
		assert_non_null(strstr(why, "1900 到 2199"));
		assert_false(when_parse(years[i], NOW, &out, &why));
		assert_non_null(strstr(why, "1900 到 2199"));
	}
	assert_false(date_parse("2026-02-30", NOW, &out, &why));
	assert_non_null(strstr(why, "没有这一天"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_understood),
		cmocka_unit_test(no_times_are_refused),
		cmocka_unit_test(dates_are_understood),
		cmocka_unit_test(no_dates_are_refused),
		cmocka_unit_test(what_is_shown_is_understood),
		cmocka_unit_test(the_years_that_are_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
