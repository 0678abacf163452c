/* SPDX-License-Identifier: GPL-3.0-or-later
 * Terms in working days: over weekends, over holidays, on swapped Saturdays, with days of a
 * county's own. Covers: W13.6
 */
#include "model/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"

static int64_t time_of(const char *typed)
{
	const char *why;
	int64_t at = 0;
	assert_true(when_parse(typed, 0, &at, &why));
	return at;
}

/* 2026: National Day is from the 1st to the 7th of October, and people work on Saturday the 10th.
 */
static void working_days(void **state)
{
	static const struct {
		const char *from;
		int days;
		const char *until;
	} terms[] = {
		{"2026-07-14 08:30", 2, "2026-07-16 08:30"}, /* a Tuesday */
		{"2026-07-17 08:30", 2, "2026-07-21 08:30"}, /* a Friday */
		{"2026-07-18 23:59", 2,
			"2026-07-21 23:59"}, /* a Saturday: its day is not counted */
		{"2026-09-30 10:00", 2, "2026-10-09 10:00"}, /* over the holiday */
		{"2026-09-30 10:00", 3, "2026-10-10 10:00"}, /* the Saturday counts */
		{"2026-10-09 10:00", 2, "2026-10-12 10:00"},
		{"2027-01-01 10:00", 1, "2027-01-04 10:00"}, /* no rows yet: weekends alone */
		{"2026-10-12 10:00", -2, "2026-10-09 10:00"},
		{"2026-10-12 10:00", 0, "2026-10-12 10:00"},
	};
	(void)state;
	for (size_t n = 0; n < countof(terms); n++) {
		const struct rule_span span = {.workdays = terms[n].days};
		struct surroundings around = {.now = time_of("2026-07-14 08:30")};
		struct record record = {.kind = kind_of(KIND_report)};
		assert_int_equal(rules_workdays(time_of(terms[n].from), terms[n].days),
			time_of(terms[n].until));
		if (terms[n].days)
			assert_int_equal(
				rule_until(time_of(terms[n].from), &span, &record, &around),
				time_of(terms[n].until));
	}
}

/* A county has a day of its own, and takes one of the shipped away. */
static void working_days_of_a_county(void **state)
{
	(void)state;
	assert_true(rules_workday(20261012));
	assert_false(rules_workday(20261001));
	assert_true(rules_workday(20261010));
	struct fault fault = {.text = ""};
	static const char county[] = "holiday 2026-10-12 2026-10-13 \"三月三\" \"local\"\n"
				     "off holiday 2026-10-01\n"
				     "holiday 2026-10-10 2026-10-10 \"不调休\" \"not swapped\"\n";
	rules_base(true);
	if (rules_load(rules_now(), "county.conf", bytes_text(county), &fault))
		fail_msg("%s", fault.text);
	assert_false(rules_workday(20261012));
	assert_string_equal(rule_text(rules_day(20261013)), "三月三");
	assert_true(rules_workday(20261001));
	assert_false(rules_workday(20261010));
	rules_base(false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_days),
		cmocka_unit_test(working_days_of_a_county),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
