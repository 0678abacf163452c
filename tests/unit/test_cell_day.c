/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days and times of tables, on Sunday, 2 August 2026, at nine.
 */
#include "office_help.h"

#include "model/kinds.h"

static void test_days(void **state)
{
	static const struct cell_case cases[] = {
		{"2026.7.14", "2026-07-14"},
		{"26/7/14", "2026-07-14"},
		{"2026年7月14日", "2026-07-14"},
		{"7月14日", "2026-07-14"},
		{"46217", "2026-07-14"},
		{"46217.0", "2026-07-14"},
		{"昨天", "2026-08-01"},
		{"2026/7/14 0:00", "2026-07-14"},
		{"2026-07-14T00:00:00", "2026-07-14"},
		{"20260714", "2026-07-14"},
		{"202608", "2026-08"},
		{"2027年8月", "2027-08"},
		{"7/14/2026", "2026-07-14"},
		{"14/7/2026", "2026-07-14"},
		{"3/4/2026", "?"},
		{"至2027-08-31", "2027-08-31"},
		{"2027年8月31日前", "2027-08-31"},
		{"2026年8月2日（周日）", "2026-08-02"},
		{"2026-8-2 星期日", "2026-08-02"},
		{"２０２６－８－２", "2026-08-02"},
		{"无", "."},
		{"—", "."},
		{"长期", "."},
		{"2026-2-30", "?"},
		{"Aug-27", "2027-08"},
		{"15-Aug-26", "2026-08-15"},
		{"15-Aug", "2026-08-15"},
		{"Abc-27", "?"},
		{"Aug", "?"},
		{"14:30", "?"},
		{"12", "?"},
		{"20269", "1955-06-29"},
		{"19999", "?"},
		{"4.6E+04", "?"},
	};

	(void)state;
	cells_are(field_named(kind_of(KIND_supply), "expires"), cases, countof(cases));
}

static void test_moments(void **state)
{
	static const struct cell_case cases[] = {
		{"2026/8/1 14:30", "2026-08-01T14:30:00+08:00"},
		{"昨天 7:05", "2026-08-01T07:05:00+08:00"},
		{"8月1日14时30分", "2026-08-01T14:30:00+08:00"},
		{"46235.5", "2026-08-01 12:00"},
		{"2026-8-1", "2026-08-01 00:00!"},
		{"46235", "2026-08-01 00:00!"},
		{"8月", "?"},
		{"不清楚", "?"},
	};

	(void)state;
	cells_are(field_named(kind_of(KIND_hazard), "found_at"), cases, countof(cases));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
