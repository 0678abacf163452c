/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words for codes: known ones become codes, unknown ones stay and are named, and 无 is nobody.
 */
#include "office_help.h"

#include "model/kinds.h"

static void test_lists(void **state)
{
	static const struct cell_case cases[] = {
		{"五保户", "poor"},
		{"残疾；卧床不起", "disabled,bed"},
		{"独居老人、残疾人", "alone,disabled"},
		{"old", "old"},
		{"高龄老人/低保户", "old,poor"},
		{"canji", "disabled"},
		{"无", "."},
		{"残疾、无", "disabled"},
		{"残疾（二级）", "disabled"},
		{"会开船", "会开船!"},
		{"非残疾", "非残疾!"},
		{"听力障碍人员", "deaf!"},
	};

	(void)state;
	cells_are(field_named(kind_of(KIND_household), "tags"), cases, countof(cases));
}

static void test_single(void **state)
{
	static const struct cell_case house[] = {{"砖混", "brick"}, {"砖混结构", "brick"},
		{"Ｄ级危房", "unsafe"}, {"yaodong", "cave"}, {"竹楼", "竹楼!"}};
	static const struct cell_case unit[] = {
		{"只", "个"}, {"公斤", "千克"}, {"台", "台"}, {"KG", "千克"}};
	static const struct cell_case risk[] = {
		{"红", "1"}, {"红色", "1"}, {"重大", "1"}, {"2", "2"}};

	(void)state;
	cells_are(field_named(kind_of(KIND_household), "house"), house, countof(house));
	cells_are(field_named(kind_of(KIND_supply), "unit"), unit, countof(unit));
	cells_are(field_named(kind_of(KIND_point), "risk"), risk, countof(risk));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_single),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
