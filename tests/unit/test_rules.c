/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs, when, and who may do what.
 */
#include "model/rules.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"

static const int64_t start = 1784000000; /* a day in July 2026 */

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static struct record record_of(unsigned kind, int state)
{
	struct record record = {.kind = kind_of(kind),
		.kind_id = kind,
		.at = start,
		.state_at = start,
		.state = state};
	record.stamp = (uint64_t)start * STAMP_TICK;
	return record;
}

static void set(struct record *record, unsigned tag, struct value value)
{
	struct cell *cell = &record->cells[field_place(record->kind, tag)];
	cell->tag = tag;
	cell->value = value;
}

static void expect(const struct record *record, int64_t now, enum need need, int64_t until)
{
	struct surroundings around = {.now = now};
	struct needed got = rules_need(record, &around);
	assert_string_equal(need_names[got.need], need_names[need]);
	if (need) {
		assert_int_equal(got.until, until);
		assert_true(*rule_text(got.rule));
	}
}

static void a_new_hazard(void **state)
{
	struct record record = record_of(KIND_hazard, hazard_is_new);

	(void)state;
	set(&record, hazard_grade, value_text("G"));
	expect(&record, start, NEED_DUE, start + DAY);
	expect(&record, start + DAY, NEED_OVERDUE, start + DAY);
	set(&record, hazard_grade, value_text("M"));
	expect(&record, start, NEED_DUE, start + HOUR);
	expect(&record, start + 2 * HOUR, NEED_OVERDUE, start + HOUR);
}

static void an_assigned_hazard(void **state)
{
	struct record record = record_of(KIND_hazard, hazard_is_assigned);

	(void)state;
	set(&record, hazard_grade, value_text("G"));
	set(&record, hazard_owner_state, value_text("assigned"));
	expect(&record, start, NEED_SIGN, start + DAY);
	expect(&record, start + 3 * DAY, NEED_SIGN, start + DAY);
}

static void the_stricter_track_counts(void **state)
{
	struct record record = record_of(KIND_hazard, hazard_is_accepted);

	(void)state;
	set(&record, hazard_grade, value_text("G"));
	expect(&record, start, NEED_DUE, start + 15 * DAY);
	set(&record, hazard_owner_due, value_num(date_of(start + 5 * DAY)));
	expect(&record, start, NEED_DUE, date_end(date_of(start + 5 * DAY)));
	set(&record, hazard_regulator_due, value_num(date_of(start + 3 * DAY)));
	expect(&record, start, NEED_DUE, date_end(date_of(start + 3 * DAY)));
	expect(&record, start + 6 * DAY, NEED_OVERDUE, date_end(date_of(start + 3 * DAY)));
	record.state = hazard_is_rectified;
	expect(&record, start, NEED_DUE, start + 3 * DAY);
	record.state = hazard_is_closed;
	expect(&record, start + 90 * DAY, NEED_NONE, 0);
}

static void supplies(void **state)
{
	struct record record = record_of(KIND_supply, 0);
	int64_t day = date_of(start + 100 * DAY), end = date_end(day);

	(void)state;
	set(&record, supply_checked, value_num(date_of(start)));
	expect(&record, start, NEED_NONE, 0);
	set(&record, supply_expires, value_num(day));
	expect(&record, end - 31 * DAY, NEED_NONE, 0);
	expect(&record, end - 29 * DAY, NEED_EXPIRING, end);
	expect(&record, end + DAY, NEED_EXPIRING, end);
}

static void registers_are_confirmed(void **state)
{
	struct record record = record_of(KIND_person, person_is_active);
	int64_t since = date_end(date_of(start));

	(void)state;
	set(&record, person_checked, value_num(date_of(start)));
	expect(&record, since + 89 * DAY, NEED_NONE, 0);
	expect(&record, since + 91 * DAY, NEED_CONFIRM, since + 90 * DAY);
	record.state = person_is_off;
	expect(&record, since + 91 * DAY, NEED_NONE, 0);
}

static void what_no_row_names_is_watched(void **state)
{
	struct record record = record_of(KIND_plan, 0);
	struct fault fault;
	int64_t end = date_end(date_of(start));

	(void)state;
	set(&record, plan_review, value_num(date_of(start)));
	expect(&record, end - 1, NEED_DUE, end);
	assert_int_equal(rules_load(rules_now(), "x",
				 bytes_text("confirm plan * filed +1d \"甲\" \"A\"\n"), &fault),
		RC_OK);
	expect(&record, end, NEED_OVERDUE, end);
}

static void silence(void **state)
{
	struct record record = record_of(KIND_shelter, shelter_is_open);

	(void)state;
	expect(&record, start + 29 * MINUTE, NEED_NONE, 0);
	expect(&record, start + 31 * MINUTE, NEED_SILENT, start + 30 * MINUTE);
	record.stamp += (uint64_t)20 * MINUTE * STAMP_TICK;
	expect(&record, start + 31 * MINUTE, NEED_NONE, 0);
	record.state = shelter_is_closed;
	expect(&record, start + DAY, NEED_NONE, 0);
}

static void a_county_lays_over(void **state)
{
	struct record hazard = record_of(KIND_hazard, hazard_is_new),
		      tip = record_of(KIND_tip, tip_is_received);
	struct fault fault;

	(void)state;
	set(&hazard, hazard_grade, value_text("G"));
	assert_int_equal(rules_load(rules_now(), "x",
				 bytes_text("due hazard new at +2h \"甲\" \"A\"\n"), &fault),
		RC_OK);
	expect(&hazard, start, NEED_DUE, start + 2 * HOUR);
	expect(&tip, start, NEED_DUE, start + DAY);
	/* The row with another condition stays, until it is taken away by name. */
	set(&hazard, hazard_grade, value_text("M"));
	expect(&hazard, start, NEED_DUE, start + HOUR);
	assert_int_equal(
		rules_load(rules_now(), "y", bytes_text("off due hazard new at grade=M\n"), &fault),
		RC_OK);
	expect(&hazard, start, NEED_DUE, start + 2 * HOUR);
	assert_int_equal(
		rules_load(rules_now(), "z", bytes_text("off due hazard new at grade=M\n"), &fault),
		RC_BAD);
	/* Or by the whole row, as the list of rules prints it. */
	assert_int_equal(rules_load(rules_now(), "w",
				 bytes_text("off due hazard new at +2h \"甲\" \"A\"\n"), &fault),
		RC_OK);
	expect(&hazard, start, NEED_NONE, 0);
}

static void a_kind_of_a_newer_program(void **state)
{
	struct record record = {.kind_id = 9999};

	(void)state;
	expect(&record, start, NEED_NONE, 0);
}

static void roles(void **state)
{
	const struct kind *hazard = kind_of(KIND_hazard), *point = kind_of(KIND_point);

	(void)state;
	assert_true(rules_may("", LEVEL_VILLAGE, hazard, 0));
	assert_true(rules_may("", LEVEL_VILLAGE, hazard, hazard_do_close));
	assert_false(rules_may("", LEVEL_VILLAGE, hazard, hazard_do_plate));
	assert_true(rules_may("", LEVEL_COUNTY, hazard, hazard_do_plate));
	assert_false(rules_may("", LEVEL_VILLAGE, point, point_do_remove));
	assert_true(rules_may("R02", LEVEL_VILLAGE, hazard, 0));
	assert_true(rules_may("R02", LEVEL_VILLAGE, hazard, hazard_do_rectify));
	assert_false(rules_may("R02", LEVEL_VILLAGE, hazard, hazard_do_close));
	assert_true(rules_may("R02", LEVEL_VILLAGE, kind_of(KIND_warning), warning_do_sign));
	assert_true(rules_may("R05", LEVEL_VILLAGE, hazard, hazard_do_close));
	assert_true(rules_may("R08", LEVEL_TOWNSHIP, hazard, hazard_do_assign));
	assert_false(rules_may("R10", LEVEL_TOWNSHIP, hazard, 0));
	for (unsigned k = 0; k < kinds_count; k++) {
		assert_false(rules_may("R17", LEVEL_COUNTY, &kinds[k], 0));
		for (const struct step *s = kinds[k].steps; s->tag; s++)
			assert_false(rules_may("R17", LEVEL_COUNTY, &kinds[k], s->tag));
	}
	assert_false(rules_may("R99", LEVEL_VILLAGE, hazard, 0));
	assert_false(rules_may("", LEVEL_VILLAGE, hazard, 63));
}

static void limits(void **state)
{
	(void)state;
	assert_int_equal(rules_limit("warning.red.minutes", 0), 5);
	assert_int_equal(rules_limit("late.loop.minutes", 0), 1440);
	assert_int_equal(rules_limit("expiring.days", 0), 30);
	assert_int_equal(rules_limit("no.such", 7), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_hazard),
		cmocka_unit_test(an_assigned_hazard),
		cmocka_unit_test(the_stricter_track_counts),
		cmocka_unit_test(supplies),
		cmocka_unit_test(registers_are_confirmed),
		cmocka_unit_test(silence),
		cmocka_unit_test(roles),
		cmocka_unit_test(limits),
		cmocka_unit_test(a_kind_of_a_newer_program),
		cmocka_unit_test(what_no_row_names_is_watched),
		cmocka_unit_test(a_county_lays_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
