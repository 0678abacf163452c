/* SPDX-License-Identifier: GPL-3.0-or-later
 * What spreadsheets leave behind: taken off where nothing is lost, named where something is.
 * Tests also: plain.c
 */
#include "office_help.h"

#include "model/kinds.h"

static void test_texts(void **state)
{
	static const struct cell_case cases[] = {
		{"41088226000101", "41088226000101"},
		{"41088226000101.0", "41088226000101"},
		{"=\"001\"", "001"},
		{"'001", "001"},
		{"4.10882E+14", "?"},
		{"410882199001010000", "?"},
		{"410882199001011234", "410882199001011234"},
		{"100000000000000", "100000000000000"},
		{"#REF!", "?"},
		{"#DIV/0!", "?"},
		{"#####", "?"},
		{"无", "."},
		{"  ", "."},
		{"\u200b", "."},
		{"1.5", "1.5"},
		{"A1", "A1"},
		{"甲 乙", "甲乙"},
		{"东干渠 三号闸", "东干渠 三号闸"},
		{"东干渠\n三号闸", "东干渠三号闸"},
		{"Wei  Bo", "Wei Bo"},
	};
	char got[256];

	(void)state;
	cells_are(field_named(kind_of(KIND_person), "card"), cases, countof(cases));
	cell_of(field_named(kind_of(KIND_person), "name"), "", true, "欧阳\u3000 修", got);
	assert_string_equal(got, "欧阳修");
	cell_of(field_named(kind_of(KIND_person), "name"), "", true, "Wei Bo", got);
	assert_string_equal(got, "Wei Bo");
}

static void test_truths(void **state)
{
	static const struct cell_case cases[] = {{"√", "1"}, {"TRUE", "1"}, {"是", "1"},
		{"有", "1"}, {"1", "1"}, {"✓", "1"}, {"×", "0"}, {"FALSE", "0"}, {"无", "0"},
		{"否", "0"}, {"—", "."}, {"/", "."}, {"", "."}};

	(void)state;
	cells_are(field_named(kind_of(KIND_enterprise), "alarm"), cases, countof(cases));
}

static void test_long(void **state)
{
	static const struct cell_case cases[] = {
		{"一行\n两行", "一行\n两行"}, {"无", "无"}, {"—", "."}};

	(void)state;
	cells_are(field_named(kind_of(KIND_hazard), "measures"), cases, countof(cases));
}

static void test_every_type_reads(void **state)
{
	char got[256];

	(void)state;
	for (unsigned type = 0; type < T_TYPES; type++) {
		const struct field field = {.type = (enum ftype)type,
			.name = "any",
			.label = "any",
			.codes = "severity"};

		cell_of(&field, "", false, "35.09", got);
		assert_string_not_equal(got, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_truths),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_every_type_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
