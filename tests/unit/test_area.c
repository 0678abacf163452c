/* SPDX-License-Identifier: GPL-3.0-or-later
 * Area codes, and names searched where they lie: the shipped list and lists with something wrong.
 */
#include "model/area.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

static struct buf shipped;

static int load(void **state)
{
	(void)state;
	struct fault fault;
	return file_read("config/areas.tsv", 1 << 20, &shipped, &fault) == RC_OK ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	buf_release(&shipped);
	return 0;
}

static int only_shipped(void **state)
{
	(void)state;
	area_lists_clear();
	area_list_add(buf_bytes(&shipped));
	return 0;
}

static void codes_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		uint64_t area;
		unsigned digits;
		enum level level;
	} good[] = {
		{"41", 410000000000, 2, LEVEL_PROVINCE},
		{"4108", 410800000000, 4, LEVEL_CITY},
		{" 410882 ", 410882000000, 6, LEVEL_COUNTY},
		{"410882103", 410882103000, 9, LEVEL_TOWNSHIP},
		{"410882103203", 410882103203, 12, LEVEL_VILLAGE},
		{"410882103000", 410882103000, 9, LEVEL_TOWNSHIP},
		{"４１０８", 410800000000, 4, LEVEL_CITY},
	};
	static const char *const bad[] = {"", "4", "410", "41088", "4108821", "41088210",
		"4108821032", "4108821032031", "00", "99", "4108x", "-4108", "四一", "41 08"};
	for (size_t i = 0; i < countof(good); i++) {
		uint64_t area;
		const char *why;
		assert_true(area_parse(good[i].typed, &area, &why));
		assert_true(area == good[i].area);
		assert_int_equal(area_digits(area), good[i].digits);
		assert_int_equal(area_level(area), good[i].level);
	}
	for (size_t i = 0; i < countof(bad); i++) {
		uint64_t area = 1;
		const char *why = NULL;
		assert_false(area_parse(bad[i], &area, &why));
		assert_true(area == 1 && why);
	}
}

static void areas_lie_within_each_other(void **state)
{
	(void)state;
	static const uint64_t ladder[] = {
		410882103203, 410882103000, 410882000000, 410800000000, 410000000000, 0};
	for (size_t i = 0; i < countof(ladder); i++)
		for (size_t k = 0; k < countof(ladder); k++)
			assert_int_equal(area_within(ladder[i], ladder[k]), i <= k);
	for (size_t i = 0; i + 1 < countof(ladder); i++) {
		assert_true(area_above(ladder[i]) == ladder[i + 1]);
		assert_true(area_within(area_last(ladder[i]), ladder[i]));
		assert_false(area_within(area_last(ladder[i]) + 1, ladder[i]));
	}
	assert_false(area_within(410883103203, 410882000000));
	char text[16];
	area_show(ladder[1], text);
	assert_string_equal(text, "410882103000");
	area_short(ladder[1], text);
	assert_string_equal(text, "410882103");
	area_short(ladder[4], text);
	assert_string_equal(text, "41");
}

static void check_title(uint64_t area, const char *want)
{
	struct buf got = {0};
	area_title(area, &got);
	assert_string_equal(buf_cstr(&got), want);
	buf_release(&got);
}

static void names_are_found(void **state)
{
	(void)state;
	struct bytes name;
	assert_true(area_name(410000000000, &name)); /* the first line */
	assert_memory_equal(name.at, "河南省", name.len);
	check_title(410882103203, "柏香镇 广韩村");
	check_title(410882103000, "柏香镇");
	check_title(511722000000, "511722");
	check_title(410882103999, "410882103999");
	assert_false(area_name(0, &name));
}

static void every_line_is_found(void **state)
{
	(void)state;
	unsigned count = 0;
	for (const char *at = buf_cstr(&shipped); *at; at = strchr(at, '\n') + 1) {
		struct bytes name;
		if (*at == '#')
			continue;
		assert_true(area_name(strtoull(at, NULL, 10), &name));
		assert_ptr_equal(name.at, at + 13);
		assert_int_equal(name.at[name.len], '\n');
		count++;
	}
	assert_int_equal(count, 2149);
}

static unsigned count_below(uint64_t above)
{
	struct bytes name;
	uint64_t after = 0;
	unsigned count = 0;
	while (area_each(above, &after, &name))
		count++;
	return count;
}

static void places_below_are_listed(void **state)
{
	(void)state;
	assert_int_equal(count_below(0), 1);
	assert_int_equal(count_below(410000000000), 1);
	assert_int_equal(count_below(410800000000), 11);
	assert_int_equal(count_below(410882103000), 62);
	assert_int_equal(count_below(410882103203), 0);
	assert_int_equal(count_below(511722000000), 0);
}

static void later_lists_win_and_add(void **state)
{
	(void)state;
	area_list_add(bytes_text("410882103203\t广韩新村\r\n410882103998\t新社区"));
	check_title(410882103203, "柏香镇 广韩新村");
	check_title(410882103998, "柏香镇 新社区");
	check_title(410882103204, "柏香镇 高村");
	assert_int_equal(count_below(410882103000), 63);
	area_lists_clear();
	check_title(410882103203, "410882103203");
}

static void broken_lists_do_no_harm(void **state)
{
	(void)state;
	static const char *const broken[] = {"", "\n", "#", "# only\n#", "\xEF\xBB\xBF",
		"x\n\n\t\n", "410882103203", "410882103203\t",
		"41\t河南省\n\n4108\t焦作市\t多余\n"};
	for (size_t i = 0; i < countof(broken); i++) {
		struct bytes name;
		area_lists_clear();
		area_list_add(bytes_text(broken[i]));
		area_name(410882103203, &name);
		count_below(0);
		count_below(410800000000);
	}
	check_title(410800000000, "焦作市");
	check_title(410000000000, "河南省");
}

static void a_village_without_its_township_is_no_child_of_the_county(void **state)
{
	(void)state;
	area_lists_clear();
	area_list_add(
		bytes_text("410882000000\t沁阳市\n410882103203\t广韩村\n410882104000\t崇义镇\n"));
	assert_int_equal(count_below(410882000000), 1);
	check_title(410882103203, "广韩村");
}

/* Whom a warning concerns: elsewhere is only what names known codes that all lie elsewhere. */
static void test_reach(void **state)
{
	static const struct {
		const char *list;
		enum area_reach town, village;
	} cases[] = {
		{"410882103205", AREA_HERE, AREA_HERE},
		{"410882103206", AREA_HERE, AREA_ELSEWHERE},
		{"410882,370614", AREA_HERE, AREA_HERE},
		{"4108", AREA_HERE, AREA_HERE},
		{"410882104", AREA_ELSEWHERE, AREA_ELSEWHERE},
		{"410882104,410882105201", AREA_ELSEWHERE, AREA_ELSEWHERE},
		{"370614000000,SAME:019153?", AREA_ELSEWHERE, AREA_ELSEWHERE},
		{"370614000000,河滩?", AREA_UNSURE, AREA_UNSURE},
		{"SAME:019153?", AREA_UNSURE, AREA_UNSURE},
		{"河滩?", AREA_UNSURE, AREA_UNSURE},
		{"", AREA_UNSURE, AREA_UNSURE},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct bytes list = bytes_text(cases[i].list);

		if (area_reach(list, 410882103000) != cases[i].town ||
			area_reach(list, 410882103205) != cases[i].village)
			fail_msg("%s", cases[i].list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_read),
		cmocka_unit_test(areas_lie_within_each_other),
		cmocka_unit_test_setup(names_are_found, only_shipped),
		cmocka_unit_test_setup(every_line_is_found, only_shipped),
		cmocka_unit_test_setup(places_below_are_listed, only_shipped),
		cmocka_unit_test_setup(later_lists_win_and_add, only_shipped),
		cmocka_unit_test_setup(broken_lists_do_no_harm, only_shipped),
		cmocka_unit_test(a_village_without_its_township_is_no_child_of_the_county),
		cmocka_unit_test(test_reach),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
