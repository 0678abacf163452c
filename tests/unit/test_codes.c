/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code tables: what is shipped, what the table of kinds wants, and what a county's file may do.
 */
#include "model/codes.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/schema.h"

static enum rc load(struct codes *codes, const char *text, struct fault *fault)
{
	return codes_load(codes, "county.tsv", bytes_text(text), fault);
}

static void every_table_of_the_kinds_is_there(void **state)
{
	(void)state;
	for (unsigned k = 0; k <= kinds_count; k++) {
		const struct field *f = k < kinds_count ? kinds[k].fields : step_args;
		for (; f->tag; f++) {
			if (f->codes && !code_each(f->codes, NULL, NULL))
				fail_msg("no table \"%s\"", f->codes);
			if (f->type == T_CODE && f->init && strcmp(f->init, "words") != 0 &&
				!code_find(f->codes, f->init))
				fail_msg("no code \"%s\" in \"%s\"", f->init, f->codes);
		}
	}
}

static void fixed_codes_are_there(void **state)
{
	static const struct {
		const char *table, *codes;
	} want[] = {
		{"hazard_grade", "G M"},
		{"risk", "1 2 3 4"},
		{"severity", "red orange yellow blue unknown"},
		{"warning_status", "actual exercise test"},
		{"msgtype", "alert update cancel"},
		{"report_stage", "first follow verified zero withdraw"},
		{"condition", "ok low bad"},
		{"method", "phone sms wechat radio speaker gong visit"},
		{"result", "passed failed"},
		{"track", "owner regulator"},
		{"drill_type", "D1 D2 D3 D4 D5 D6 D7 D8 D9"},
		{"hazard_category", "H01 H0101 H21 H99"},
		{"event", "11 11B03 11A06 12G00 11C00"},
		{"role", "R01 R17"},
	};

	(void)state;
	for (unsigned i = 0; i < countof(want); i++)
		for (const char *at = want[i].codes; *at;) {
			char code[16] = "";
			size_t len = strcspn(at, " ");
			memcpy(code, at, len);
			assert_non_null(code_find(want[i].table, code));
			at += len + (at[len] == ' ');
		}
	assert_string_equal(code_find("hazard_category", "H0101")->parent, "H01");
	assert_null(code_find("severity", "purple"));
}

static void labels(void **state)
{
	(void)state;
	assert_string_equal(code_text("event", "11B03"), "暴雨");
	assert_string_equal(code_text("event", "99Z99"), "99Z99");
	assert_string_equal(code_named("severity", "红")->code, "red");
	assert_string_equal(code_named("severity", "RED")->code, "red");
	assert_string_equal(code_named("risk", "红")->code, "1");
	assert_string_equal(code_named("risk", "重大")->code, "1");
	assert_string_equal(code_named("event", "flash flood")->code, "11A06");
	assert_null(code_named("severity", "粉"));
}

static void each_keeps_order_and_parents(void **state)
{
	const struct code *code = NULL;
	unsigned all = 0, top = 0, under = 0;

	(void)state;
	while ((code = code_each("hazard_category", NULL, code)))
		all++;
	while ((code = code_each("hazard_category", "", code))) {
		if (!top)
			assert_string_equal(code->code, "H01");
		top++;
	}
	while ((code = code_each("hazard_category", "H01", code)))
		under++;
	assert_int_equal(top, 22);
	assert_int_equal(under, 8);
	assert_true(all > top + under);
	assert_null(code_each("no_such_table", NULL, NULL));
}

static void bad_files_name_the_line(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{"unit\tbox\n", "county.tsv:1: "},
		{"unit\ta\t甲\nunit\ta b\t乙\n", "county.tsv:2: "},
		{"unit\ta\t甲\nunit\ta\t乙\n", "county.tsv:"},
		{"unit\ta\t甲\tA\tnone\n", "county.tsv:1: "},
		{"unit\ta\t甲\tA\ta\n", "county.tsv:1: "},
		{"unit\ta\t甲\tA\t\tx\n", "county.tsv:1: "},
		{"Unit\ta\t甲\n", "county.tsv:1: "},
		{"unit\ta\t\n", "county.tsv:1: "},
		{"unit\ta\tb\tc\td\t1\tf\tg\n", "county.tsv:1: "},
		{"severity\tred\t红\n", "orange"},
	};
	struct codes *codes = codes_now();
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(bad); i++) {
		assert_int_equal(load(codes, bad[i].text, &fault), RC_BAD);
		if (!strstr(fault.text, bad[i].says))
			fail_msg("\"%s\" does not say \"%s\"", fault.text, bad[i].says);
	}
}

/* Last, as it changes the tables of this process. */
static void a_county_replaces_a_table(void **state)
{
	struct fault fault;

	(void)state;
	assert_int_equal(
		load(codes_now(), "unit\tbag\t袋\tbag\t\t20\nunit\tcar\t车\tcar\t\t10\n", &fault),
		RC_OK);
	assert_null(code_find("unit", "件"));
	assert_string_equal(code_each("unit", NULL, NULL)->code, "car");
	assert_non_null(code_find("severity", "red"));
	assert_int_equal(load(codes_now(), "unit\tbad code\t袋\n", &fault), RC_BAD);
	assert_string_equal(code_text("unit", "bag"), "袋");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_table_of_the_kinds_is_there),
		cmocka_unit_test(fixed_codes_are_there),
		cmocka_unit_test(labels),
		cmocka_unit_test(each_keeps_order_and_parents),
		cmocka_unit_test(bad_files_name_the_line),
		cmocka_unit_test(a_county_replaces_a_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
