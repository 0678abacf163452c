/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as tables have them: what they say is kept, what they might say is not guessed.
 */
#include "office_help.h"

#include "model/kinds.h"

#define FIELD_IS(kind, name) field_named(kind_of(KIND_##kind), #name)

static void test_whole(void **state)
{
	static const struct cell_case cases[] = {
		{"12", "12"},
		{"1,234人", "1234"},
		{"1，234", "1234"},
		{"12 345", "12345"},
		{"１２", "12"},
		{"3.5万", "35000"},
		{"1.2万人", "12000"},
		{"12.0", "12"},
		{"4户", "4"},
		{"约30人", "30!"},
		{"三", "3"},
		{"十二户", "12"},
		{"一百零五", "105"},
		{"1.2E+03", "1200"},
		{"=\"15\"", "15"},
		{"'7", "7"},
		{"—", "."},
		{"/", "."},
		{"无", "."},
		{"不详", "."},
		{"很多", "?"},
		{"3-5", "?"},
		{"1,23", "?"},
		{"3 5", "?"},
		{"5斗", "?"},
		{"#VALUE!", "?"},
		{"####", "?"},
		{"√", "?"},
		{"-", "."},
		{"3（人）", "3"},
		{"-4", "-4"},
	};

	(void)state;
	cells_are(FIELD_IS(household, people), cases, countof(cases));
}

static void test_decimal(void **state)
{
	static const struct cell_case cases[] = {
		{"3.50", "3.5"},
		{"1,234.5", "1234.5"},
		{"无", "0"},
		{"没有", "0"},
		{"—", "."},
		{"不详", "."},
		{"100", "100"},
		{"3台", "3|台"},
	};

	(void)state;
	cells_are(FIELD_IS(supply, quantity), cases, countof(cases));
}

static void test_units(void **state)
{
	static const struct cell_case money[] = {{"3.5万", "3.5"}, {"3.5万元", "3.5"},
		{"35000元", "3.5"}, {"1亿元", "10000"}, {"2", "2"}};
	static const struct cell_case area[] = {
		{"2亩", "1333"}, {"120㎡", "120"}, {"1.5公顷", "15000"}};
	char got[256];

	(void)state;
	cells_are(FIELD_IS(hazard, money), money, countof(money));
	cells_are(FIELD_IS(shelter, m2), area, countof(area));
	cell_of(FIELD_IS(hazard, money), "元", false, "12,000", got);
	assert_string_equal(got, "1.2");
	cell_of(FIELD_IS(household, people), "万人", false, "1.5", got);
	assert_string_equal(got, "15000");
	cell_of(FIELD_IS(household, people), "必填", false, "4", got);
	assert_string_equal(got, "4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_decimal),
		cmocka_unit_test(test_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
