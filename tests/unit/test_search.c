/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people type and what they must find; who is shown first; the same by the index and without
 * it. Tests also: caller.c.
 * Covers: F15
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/search.h"

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, TOWN, "BX");
	help_add(store, "supply", "name=柴油发电机;spec=50kW;keeper=李铁柱;quantity=2");
	help_add(store, "supply", "name=潜水泵;spec=QY25;keeper=单红");
	help_add(store, "person", "name=赵六;phone=138-0013-8000;phone2=0391-7654321");
	help_add(store, "hazard",
		"category=H0101;place=后山边坡;text=坡顶有裂缝，昨夜崩塌一处;grade=M");
	help_add(store, "contact", "name=王建国;duty=镇长;phone=13900001111");
	help_add(store, "shelter", "name=柏香镇中心小学;place=学府路3号;capacity=300");
	help_add(store, "team", "name=柏香镇民兵连;phone=15512340001");
	help_add(store, "team", "name=柏香镇民兵连;phone=87654321");
	help_add(store, "vehicle", "name=铲车;phone=15512340002");
	help_add(store, "enterprise", "name=东风化工厂;phone=+86 15512340003");
	help_add(store, "depot", "name=西库;phone=15512340004");
	help_add(store, "shelter", "name=敬老院;phone=15512340005");
	help_add(store, "person", "name=桑 田;phone=15512340006");
	help_add(store, "person", "name=买买提·艾力;phone=15512340007");
	help_add(store, "person", "name=Wei Bo;phone=15512340008");
	help_add(store, "person", "name=钟\xee\xa1\xa3;phone=15512340009");
	help_add(store, "person", "name=龴山;phone=15512340010");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static bool add_title(const struct row *row, void *to)
{
	struct buf *out = to;
	row_title(store, row, out);
	buf_byte(out, '|');
	return true;
}

static const char *find(const char *words, unsigned kind, unsigned limit)
{
	static struct buf out;
	struct fault fault = {0};
	buf_clear(&out);
	if (store_find(store, &(struct find_query){words, kind, limit}, add_title, &out, &fault))
		fail_msg("%s", fault.text);
	return buf_cstr(&out);
}

static const struct {
	const char *words, *title; /* NULL: nothing */
} cases[] = {
	{"发电机", "柴油发电机"}, {"发电", "柴油发电机"}, {"机", "柴油发电机"},
	{"柴", "柴油发电机"}, {"fdj", "柴油发电机"}, {"FDJ", "柴油发电机"},
	{"fadianji", "柴油发电机"}, {"fadj", "柴油发电机"}, {"fadian", "柴油发电机"},
	{"fadia", "柴油发电机"}, {"cyfdj", "柴油发电机"}, {"发电机 李铁柱", "柴油发电机"},
	{"ltz fdj", "柴油发电机"}, {"李铁柱　发电机", "柴油发电机"}, {"13800138000", "赵六"},
	{"8000", "赵六"}, {"138-0013", "赵六"}, {"50kw", "柴油发电机"}, {"５０ｋＷ", "柴油发电机"},
	{"qy25", "潜水泵"}, {"sb", "潜水泵"}, {"qsb", "潜水泵"}, {"7654321", "赵六"},
	{"shanhong", "潜水泵"}, {"danhong", "潜水泵"}, {"崩塌", "后山边坡"},
	{"后山 裂缝", "后山边坡"}, {"hsbp", "后山边坡"}, {"h0101", "后山边坡"},
	{"zhenzhang", "王建国"}, {"zz", "王建国"}, {"wjg", "王建国"}, {"王建国", "王建国"},
	{"建国 镇长", "王建国"}, {"zxxx", "柏香镇中心小学"}, {"zhxx", "柏香镇中心小学"},
	{"zhxxb", NULL}, {"3号", "柏香镇中心小学"},
	{"小学3", "柏香镇中心小学"}, /* a mixed word: each run by itself */
	{"小学99", NULL}, {"发电车", NULL}, {"电发", NULL}, {"fdx", NULL}, {"13800138001", NULL},
	{"发电机 王建国", NULL}, {"xyzzy", NULL},
	/* A caller's number as it is shown, copied or dialled. */
	{"139 0000 1111", "王建国"}, {"139-0000-1111", "王建国"}, {"+86 139 0000 1111", "王建国"},
	{"＋８６１３９００００１１１１", "王建国"}, {"0086-139-0000-1111", "王建国"},
	{"8613900001111", "王建国"}, {"1111", "王建国"}, {"(0391) 765 4321", "赵六"},
	{"03917654321", "赵六"}, {"010-8765 4321", "柏香镇民兵连"}, {"15512340001", "柏香镇民兵连"},
	{"15512340002", "铲车"}, {"155-1234-0003", "东风化工厂"}, {"15512340004", "西库"},
	{"15512340005", "敬老院"}, {"2026-07-14", NULL},
	/* One name, however it is written. */
	{"桑田", "桑 田"}, {"桑 田", "桑 田"}, {"桑　田", "桑 田"}, {"st", "桑 田"},
	{"买买提艾力", "买买提·艾力"}, {"买买提·艾力", "买买提·艾力"},
	{"买买提・艾力", "买买提·艾力"}, {"买买提．艾力", "买买提·艾力"}, {"艾力", "买买提·艾力"},
	{"Wei Bo", "Wei Bo"}, {"ｗｅｉ　ｂｏ", "Wei Bo"}, {"钟䶮", "钟䶮"},
	{"钟\xee\xa1\xa3", "钟䶮"}, /* U+E863 */
	{"\xee\xa0\x9e山", "龴山"}, /* U+E81E */
};

static void words_find(void)
{
	for (size_t i = 0; i < countof(cases); i++) {
		const char *got = find(cases[i].words, 0, 0);
		if (cases[i].title ? !strstr(got, cases[i].title) : *got != '\0')
			fail_msg("'%s' found '%s'", cases[i].words, got);
	}
}

static void by_index(void **state)
{
	(void)state;
	words_find();
}

static void by_looking(void **state)
{
	char path[HELP_HOME + 16];
	(void)state;
	store_close(store);
	snprintf(path, sizeof(path), "%s/index.db", home);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	store = help_open(home);
	words_find();
	assert_int_equal(rmdir(path), 0);
}

static void numbers_are_found(void **state)
{
	(void)state;
	char number[32];
	struct ref ref = help_add(store, "supply", "name=铁锹");
	store_number(store, ref, number);
	assert_string_equal(find(number, 0, 0), "铁锹|");
}

/* Whoever rings from a number keeps something, and the number is written at the person alone. */
static void keepers_numbers_find_things(void **state)
{
	(void)state;
	struct ref he = help_add(store, "person", "name=耿长山;phone=15512340021");
	help_add(store, "depot", "name=村东库;keeper=耿长山");
	assert_non_null(strstr(find("15512340021", 0, 0), "村东库|"));
	help_edit(store, he, "phone=15512340022");
	assert_non_null(strstr(find("155-1234-0022", 0, 0), "村东库|"));
	assert_string_equal(find("15512340021", 0, 0), "");
}

static void limits_and_kinds_are_kept(void **state)
{
	(void)state;
	assert_string_equal(find("", 0, 0), "");
	assert_string_equal(find("   ", 0, 0), "");
	assert_string_equal(find("，。！", 0, 0), "");
	assert_string_equal(find("fdj", KIND_contact, 0), "");
	assert_string_equal(find("李铁柱", KIND_supply, 1), "柴油发电机|");
	/* Syntax of the index's questions is no syntax here. */
	assert_string_equal(find("\"fdj\" OR NEAR( * AND", 0, 0), "");
}

static void own_places_come_first(void **state)
{
	char village_home[HELP_HOME], county_home[HELP_HOME];
	(void)state;
	help_home(village_home);
	help_home(county_home);
	struct store *town = store, *village = help_station(village_home, VILLAGE, "WZ");
	struct store *county = help_station(county_home, COUNTY, "WX");
	help_add(village, "supply", "name=橡皮艇甲");
	struct ref edited = help_add(village, "supply", "name=橡皮艇乙");
	help_add(village, "supply", "name=橡皮艇丙");
	help_edit(village, edited, "name=橡皮艇丁");
	help_add_in(town, "supply", TOWN, "name=橡皮艇镇");
	help_add_in(town, "supply", VILLAGE_2, "name=橡皮艇邻");
	help_add_in(county, "supply", COUNTY, "name=橡皮艇县");
	help_carry(village, town);
	help_carry(village, county);
	store = village;
	assert_int_equal(index_rebuild(village, NULL), RC_OK);
	assert_string_equal(
		find("橡皮艇", 0, 0), "橡皮艇丁|橡皮艇丙|橡皮艇甲|橡皮艇镇|橡皮艇邻|橡皮艇县|");
	assert_string_equal(find("xpt", 0, 2), "橡皮艇丁|橡皮艇丙|");
	/* The next one is the newest of its place. */
	help_add(village, "supply", "name=橡皮艇戊");
	assert_string_equal(find("xpt", 0, 2), "橡皮艇戊|橡皮艇丁|");
	store = town;
	store_close(village);
	store_close(county);
	help_remove(village_home);
	help_remove(county_home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_index),
		cmocka_unit_test(by_looking),
		cmocka_unit_test(numbers_are_found),
		cmocka_unit_test(keepers_numbers_find_things),
		cmocka_unit_test(limits_and_kinds_are_kept),
		cmocka_unit_test(own_places_come_first),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
