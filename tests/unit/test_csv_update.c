/* SPDX-License-Identifier: GPL-3.0-or-later
 * Next month's list: who is the same, who has changed, who is new, who may be either, who is gone.
 * Tests also: csv_known.c csv_map.c csv_row.c
 * Covers: I08 K12 L08
 */
#include "intake_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/area.h"
#include "model/kinds.h"

#define VILLAGE 410882103205

/* What an import counts: new, changed, the same, doubtful, refused, left out, gone. */
static void counts_are(struct stand *s, unsigned kind, const char *text, const char *wanted)
{
	struct fault fault = {0};
	char got[80];

	if (csv_import(&s->in, kind_of(kind), NULL, bytes_text(text), &fault) != RC_OK)
		fail_msg("%s", fault.text);
	snprintf(got, sizeof(got), "%u %u %u %u %u %u %u", s->in.added, s->in.changed, s->in.known,
		s->in.doubtful, s->in.bad, s->in.left_out, s->in.vanished);
	stand_again(s, "csv");
	if (strcmp(got, wanted) != 0)
		fail_msg("%s, not %s\n%s\n%s", got, wanted, text, buf_cstr(&s->said));
}

static bool has(struct stand *s, unsigned kind, unsigned tag, const char *text)
{
	return strcmp(stand_state(s, kind, tag, text), "none") != 0;
}

struct placed {
	uint64_t area;
	unsigned count;
};

static bool count_placed(const struct row *row, void *to)
{
	struct placed *placed = to;

	placed->count += row->area == placed->area;
	return true;
}

static unsigned in_area(struct stand *s, unsigned kind, uint64_t area)
{
	struct query query = query_all(kind);
	struct placed placed = {area, 0};
	struct fault fault = {0};

	assert_int_equal(store_each(s->store, &query, count_placed, &placed, &fault), RC_OK);
	return placed.count;
}

static void test_second(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_contact,
		"姓名,单位,电话,职务\n郑一,水管所,13800000001,所长\n郑二,卫生院,13800000002,医生\n"
		"郑三,派出所,13800000003,民警\n",
		"3 0 0 0 0 0 0");
	/* In another order, in other words for the same, with more columns. */
	counts_are(&s, KIND_contact,
		"序号,姓 名,手机,单位（全称）,职务\n1,郑 二,138 0000 "
		"0002,卫生院,副院长\n2,郑一,13800000001,水管所,所长\n"
		"3,郑四,13800000004,镇政府,干事\n",
		"1 1 1 0 0 0 1");
	assert_non_null(strstr(buf_cstr(&s.said), "郑三"));
	assert_int_equal(stand_count(&s, KIND_contact), 4);
	assert_true(has(&s, KIND_contact, contact_duty, "副院长"));
	assert_false(has(&s, KIND_contact, contact_duty, "医生"));
	/* Back again: what was is what is. */
	counts_are(&s, KIND_contact, "姓名,单位,电话,职务\n郑二,卫生院,13800000002,医生\n",
		"0 1 0 0 0 0 3");
	counts_are(&s, KIND_contact, "姓名,单位,电话,职务\n郑二,卫生院,13800000002,医生\n",
		"0 0 1 0 0 0 3");
	/* A cell that is blank says nothing. */
	counts_are(&s, KIND_contact, "姓名,单位,电话,职务\n郑二,卫生院,,\n", "0 0 1 0 0 0 3");
	stand_down(&s);
}

static bool take_ref(const struct row *row, void *to)
{
	*(struct ref *)to = row->ref;
	return true;
}

/* What was written here since counts until the table says something else. */
static void test_written_here(void **state)
{
	static const char table[] = "姓名,单位,电话\n郑一,水管所,13800000001\n";
	struct query query = query_all(KIND_contact);
	struct stand s;
	struct change change;
	struct fault fault = {0};
	struct ref ref = {0};
	const char *why;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_contact, table, "1 0 0 0 0 0 0");
	assert_int_equal(store_each(s.store, &query, take_ref, &ref, &fault), RC_OK);
	change_edit(&change, &(struct actor){.store = s.store}, kind_of(KIND_contact), ref);
	assert_true(change_set(&change, "phone", "13911111111", &why));
	assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
	change_release(&change);
	counts_are(&s, KIND_contact, table, "0 0 1 0 0 0 0");
	assert_true(has(&s, KIND_contact, contact_phone, "13911111111"));
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,水管所,13800000009\n", "0 1 0 0 0 0 0");
	assert_true(has(&s, KIND_contact, contact_phone, "13800000009"));
	stand_down(&s);
}

/* A row that is as it was is not read again; but what hangs on the rows above it is, and what had
 * to be said of it is said again. */
static void test_rows_again(void **state)
{
	static const char groups[] = "村民组,户主姓名,人口\n一组,王一,3\n,王二,4\n二组,赵三,5\n";
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_household, groups, "3 0 0 0 0 0 0");
	counts_are(&s, KIND_household, groups, "0 0 3 0 0 0 0");
	/* The cell of 王二 is blank as before, and means the second group now. */
	counts_are(&s, KIND_household, "村民组,户主姓名,人口\n一组,王一,3\n二组,赵三,5\n,王二,4\n",
		"0 0 2 1 0 0 0");
	/* Twice the same row is one household, and another that is like it. */
	counts_are(&s, KIND_household,
		"村民组,户主姓名,人口\n一组,王一,3\n一组,王一,3\n二组,赵三,5\n", "0 0 2 1 0 0 1");
	stand_down(&s);
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,水管所,1380000000\n", "1 0 0 0 0 0 0");
	assert_non_null(strstr(buf_cstr(&s.said), "1380000000"));
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,水管所,1380000000\n", "0 0 1 0 0 0 0");
	assert_non_null(strstr(buf_cstr(&s.said), "1380000000"));
	stand_down(&s);
}

/* A record that is void is not what the row is any more. */
static void test_void_again(void **state)
{
	static const char table[] = "名称,位置\n村小学,村东\n";
	struct query query = query_all(KIND_shelter);
	const struct kind *kind = kind_of(KIND_shelter);
	struct stand s;
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct fault fault = {0};
	struct ref ref = {0};
	const char *why;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_shelter, table, "1 0 0 0 0 0 0");
	assert_int_equal(store_each(s.store, &query, take_ref, &ref, &fault), RC_OK);
	assert_int_equal(store_record(s.store, ref, &arena, &record, NULL, &fault), RC_OK);
	change_step(
		&change, &(struct actor){.store = s.store}, &record, step_named(kind, "disable"));
	assert_true(change_set(&change, "text", "拆除", &why));
	assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
	change_release(&change);
	arena_release(&arena);
	counts_are(&s, KIND_shelter, table, "1 0 0 0 0 0 0");
	stand_down(&s);
}

static void test_one_name(void **state)
{
	static const char two[] =
		"姓名,单位,电话\n郑一,桥北村,13800000001\n郑一,山王庄,13800000002\n";
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_contact, two, "2 0 0 0 0 0 0");
	counts_are(&s, KIND_contact, two, "0 0 2 0 0 0 0");
	/* A third one of the name is new, as both others are there; alone he may be one of them. */
	counts_are(&s, KIND_contact,
		"姓名,单位,电话\n郑一,桥北村,13800000001\n郑一,山王庄,13800000002\n郑一,王庄村,"
		"13800000003\n",
		"1 0 2 0 0 0 0");
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,柏香,13800000004\n", "0 0 0 1 0 0 0");
	assert_non_null(strstr(buf_cstr(&s.said), "--same"));
	s.in.doubt = DOUBT_NEW;
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,柏香,13800000004\n", "1 0 0 0 0 0 0");
	/* Who may be in the table is not gone. */
	counts_are(&s, KIND_household, "户主,村民组,电话\n钱一,一组,1380001\n钱二,一组,1380002\n",
		"2 0 0 0 0 0 0");
	counts_are(&s, KIND_household, "户主,村民组,电话\n钱一,1组,1380009\n钱二,一组,1380002\n",
		"0 0 1 1 0 0 0");
	/* Twice in one table. */
	counts_are(&s, KIND_contact, "姓名,单位,电话\n吴一,桥北村,1390001\n吴一,桥北村,1390001\n",
		"1 0 0 1 0 0 0");
	stand_down(&s);
}

/* One name, whatever dot and blanks were typed: changed, not there twice. */
static void test_dots(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_household, "户主,村民组\n王·买提,二组\n", "1 0 0 0 0 0 0");
	counts_are(&s, KIND_household, "户主,村民组\n王•买提,二组\n", "0 1 0 0 0 0 0");
	counts_are(&s, KIND_household, "户主,村民组\n王　・ 买提,二组\n", "0 1 0 0 0 0 0");
	counts_are(&s, KIND_household, "户主,村民组\n王买堤,二组\n", "1 0 0 0 0 0 0");
	stand_down(&s);
}

static void test_keys(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_household, "户主,村民组,门牌号,人口\n冯一,一组,3,2\n冯一,一组,4,5\n",
		"2 0 0 0 0 0 0");
	counts_are(&s, KIND_household, "户主,村民组,门牌号,人口\n冯一,一组,4,6\n冯一,一组,3,2\n",
		"0 1 1 0 0 0 0");
	counts_are(&s, KIND_enterprise,
		"企业名称,统一社会信用代码,职工人数\n甲厂,91410882MA00000001,20\n",
		"1 0 0 0 0 0 0");
	counts_are(&s, KIND_enterprise,
		"企业名称,统一社会信用代码,职工人数\n甲厂（有限公司）,91410882MA00000001,22\n",
		"0 1 0 0 0 0 0");
	counts_are(&s, KIND_supply,
		"名称,规格,存放处,数量\n水泵,4寸,村部,2\n水泵,4寸,河堤,1\n水泵,6寸,村部,1\n",
		"3 0 0 0 0 0 0");
	counts_are(&s, KIND_supply,
		"名称,规格,存放处,数量\n水泵,4寸,河堤,3\n水泵,6寸,村部,1\n水泵,4寸,村部,2\n",
		"0 1 2 0 0 0 0");
	counts_are(&s, KIND_person, "姓名,电话,岗位\n陈一,13800000001,网格员\n", "1 0 0 0 0 0 0");
	counts_are(&s, KIND_person, "姓名,电话,岗位\n陈一,13800000001,巡查员\n", "0 1 0 0 0 0 0");
	stand_down(&s);
}

/* An amount says its unit itself, or the heading says it, or a column. */
static void test_units(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_supply, "名称,数量\n水泵,3台\n", "1 0 0 0 0 0 0");
	assert_true(has(&s, KIND_supply, supply_unit, "台"));
	counts_are(&s, KIND_supply, "名称,数量（条）\n绳,\"1,200\"\n", "1 0 0 0 0 0 0");
	assert_true(has(&s, KIND_supply, supply_unit, "条"));
	counts_are(&s, KIND_supply, "名称,单位,数量\n灯,只,5个\n", "1 0 0 0 0 0 0");
	assert_true(has(&s, KIND_supply, supply_unit, "个"));
	/* The same in two columns is said once; another unit in the second one is named. */
	counts_are(&s, KIND_supply, "名称,数量,单位\n泵,3台,台\n", "1 0 0 0 0 0 0");
	assert_int_equal(s.said.len, 0);
	counts_are(&s, KIND_supply, "名称,单位,数量\n水,瓶,120箱\n", "1 0 0 0 0 0 0");
	assert_true(has(&s, KIND_supply, supply_unit, "箱"));
	assert_false(has(&s, KIND_supply, supply_unit, "瓶"));
	assert_non_null(strstr(buf_cstr(&s.said), "\"瓶\""));
	stand_down(&s);
}

/* Coordinates that were changed for each other: neither half is kept. */
static void test_half_place(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_depot,
		"名称,经度,纬度\n甲,35.09,112.93\n乙,112.93,35.09\n丙,112.94,\n"
		"丁,112.95,=\"35.09\"\n戊,112.96,无\n",
		"5 0 0 0 0 0 0");
	assert_true(has(&s, KIND_depot, depot_lon, "112.95"));
	assert_true(has(&s, KIND_depot, depot_lon, "112.96"));
	assert_false(has(&s, KIND_depot, depot_lon, "35.09"));
	assert_true(has(&s, KIND_depot, depot_lon, "112.93"));
	assert_true(has(&s, KIND_depot, depot_lon, "112.94"));
	assert_non_null(strstr(buf_cstr(&s.said), "\"35.09\""));
	stand_down(&s);
}

/* By number, and by a ref that is known: fields change there, too. */
static void test_by_ref(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_supply, "ref,名称,数量\nA1,绳,5\n", "1 0 0 0 0 0 0");
	counts_are(&s, KIND_supply, "ref,名称,数量\nA1,绳索,6\n", "0 1 0 0 0 0 0");
	assert_true(has(&s, KIND_supply, supply_name, "绳索"));
	stand_down(&s);
}

static void test_rows(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	counts_are(&s, KIND_household,
		"重点户花名册,,,,\n村别：王庄村,,,日期：8月1日,\n序号,组别,户主姓名,人口（人）,"
		"联系电话*\n"
		"1,东头,褚一,4,13800000001（儿子）\n2,,褚二,三,1.38E+10\n3,西头,褚三,很多,无\n,"
		"小计,,7,\n"
		"序号,组别,户主姓名,人口（人）,联系电话*\n4,,褚四,1,/"
		"\n合计,,4户,8,\n填表人：卫一,,,审核人：卫二,\n",
		"4 0 0 0 0 4 0");
	assert_int_equal(stand_count(&s, KIND_household), 4);
	assert_true(has(&s, KIND_household, household_people, "3"));
	assert_true(has(&s, KIND_household, household_text, "电话：13800000001（儿子）"));
	for (int line = 5; line <= 11; line++) {
		char place[16];

		snprintf(place, sizeof(place), "f:%d: ", line);
		assert_true(!!strstr(buf_cstr(&s.said), place) == (line != 9));
	}
	/* Behind the subtotal nobody is of the group above. */
	assert_string_equal(stand_state(&s, KIND_household, household_group, "东头"), "many");
	assert_string_equal(stand_state(&s, KIND_household, household_group, "西头"), "");
	stand_down(&s);
}

/* What a heading was said to mean is known next time from the same source, and only there. */
static void test_remembered(void **state)
{
	struct stand s;
	struct csv_map *map;
	struct fault fault = {0};
	static const char table[] = "宝贝,多少\n绳,5\n";

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	assert_int_equal(
		csv_map_read(&map, "m", bytes_text("宝贝\tname\n多少\tquantity\n"), &fault), RC_OK);
	assert_int_equal(
		csv_import(&s.in, kind_of(KIND_supply), map, bytes_text(table), &fault), RC_OK);
	csv_map_free(map);
	stand_again(&s, "csv");
	counts_are(&s, KIND_supply, "宝 贝,多少\n网,5\n", "1 0 0 0 0 0 0");
	assert_int_equal(
		csv_import(&s.in, kind_of(KIND_depot), NULL, bytes_text(table), &fault), RC_BAD);
	stand_again(&s, "other");
	assert_int_equal(
		csv_import(&s.in, kind_of(KIND_supply), NULL, bytes_text(table), &fault), RC_BAD);
	stand_down(&s);
}

/* A township's table says by name whose village it is. */
static void test_places(void **state)
{
	struct stand s;

	(void)state;
	area_list_add(bytes_text("410882103203\t广韩村\n410882103205\t西彰村\n"));
	stand_up(&s, 410882103000, "csv");
	counts_are(&s, KIND_household,
		"所在村,户主\n西彰村,甲\n西彰,乙\n西彰村委会,丙\n410882103205,丁\n,戊\n火星村,"
		"己\n411502001001,庚\n4.10882E+11,辛\n",
		"6 0 0 0 2 0 0");
	assert_int_equal(in_area(&s, KIND_household, 410882103205), 4);
	assert_int_equal(in_area(&s, KIND_household, 410882103000), 2);
	assert_non_null(strstr(buf_cstr(&s.said), "火星村"));
	assert_non_null(strstr(buf_cstr(&s.said), "f:8: "));
	assert_non_null(strstr(buf_cstr(&s.said), "f:9: "));
	/* The same name in two villages is two households. */
	counts_are(&s, KIND_household, "所在村,户主,电话\n西彰村,甲,1380001\n广韩村,甲,1380002\n",
		"1 0 0 1 0 0 0");
	stand_down(&s);
}

/* A try says all and stores nothing. */
static void test_try(void **state)
{
	static const char table[] = "姓名,单位,电话\n郑一,水管所,13800000001\n";
	struct stand s;

	(void)state;
	stand_up(&s, VILLAGE, "csv");
	s.in.try_only = true;
	counts_are(&s, KIND_contact, table, "1 0 0 0 0 0 0");
	assert_int_equal(stand_count(&s, KIND_contact), 0);
	counts_are(&s, KIND_contact, table, "1 0 0 0 0 0 0");
	s.in.try_only = true;
	counts_are(&s, KIND_contact, "姓名,单位,电话\n郑一,水管所,13800000002\n", "0 1 0 0 0 0 0");
	assert_non_null(strstr(buf_cstr(&s.said), "13800000001"));
	assert_true(has(&s, KIND_contact, contact_phone, "13800000001"));
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_second),
		cmocka_unit_test(test_written_here),
		cmocka_unit_test(test_rows_again),
		cmocka_unit_test(test_void_again),
		cmocka_unit_test(test_one_name),
		cmocka_unit_test(test_dots),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_by_ref),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_remembered),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_half_place),
		cmocka_unit_test(test_try),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
