/* SPDX-License-Identifier: GPL-3.0-or-later
 * Headings of tables: found below titles, put together from two rows, whatever stands round the
 * word. Tests also: src/format/office/words.c, sheet.c
 */
#include "format/office_sheet.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/kinds.h"
#include "model/shipped.h"

static void head_of(unsigned kind, const char *text, struct sheet *sheet, struct sheet_head *head)
{
	struct fault fault = {0};

	sheet_read(sheet, bytes_text(text));
	if (sheet_heads(sheet, kind_of(kind), NULL, NULL, head, &fault) != RC_OK)
		fail_msg("%s", fault.text);
}

/* The fields of the columns, "." for one that is left out. */
static void columns_are(unsigned kind, const char *text, unsigned line, const char *wanted)
{
	struct sheet sheet;
	struct sheet_head head;
	struct buf got = {0};

	head_of(kind, text, &sheet, &head);
	for (unsigned i = 0; i < head.count; i++)
		buf_fmt(&got, "%s%s", i ? " " : "",
			head.column[i].name ? head.column[i].name : ".");
	assert_string_equal(buf_cstr(&got), wanted);
	assert_int_equal(head.line, line);
	buf_release(&got);
	sheet_release(&sheet);
}

static void test_found(void **state)
{
	(void)state;
	columns_are(KIND_household, "序号,户主姓名,家庭人口（人）,联系电话*,村民组 \n", 1,
		". head people phone group");
	columns_are(KIND_household,
		"王庄村汛期花名册,,\n单位：王庄村,,日期：8月1日\n户 主,人口,备注\n甲,1,\n", 3,
		"head people text");
	columns_are(
		KIND_household, "花名册\n户主;人口;电话\n甲;1;\n乙;2;\n", 2, "head people phone");
	columns_are(KIND_household, "户主\t人口\t备注\n甲\t1\t一,二\n乙\t1\t一,二,三\n", 1,
		"head people text");
	columns_are(KIND_household, "sep=;\r\n户主;人口\r\n甲;1\r\n", 2, "head people");
	columns_are(KIND_contact, "\"姓　名\",\"职\n务\",【手机号码】,＊单位（全称）\n", 1,
		"name duty phone org");
	columns_are(KIND_supply, "★物资名称,规格型号,数量(台/套),计量单位：,放在哪里\n", 1,
		"name spec quantity unit store");
	columns_are(KIND_supply, "品名,规格/型号,库存量,保质期\n", 1, "name spec quantity expires");
	columns_are(KIND_supply, "品名,规格/单位\n", 1, "name .");
	columns_are(KIND_supply, "ＮＡＭＥ,Quantity,颜色\n", 1, "name quantity .");
	columns_are(KIND_enterprise, "企业名称,统一社会信用代码,主要负责人,联系方式\n", 1,
		"name code head phone");
}

static void test_two_rows(void **state)
{
	(void)state;
	columns_are(KIND_contact, "姓名,单位,联系方式,\n,,手机,办公电话\n甲,所,138,5661\n", 1,
		"name org phone phone2");
	columns_are(KIND_household,
		"序,户　主,家庭成员,,电话\n号,姓　名,总人数(人),其中老人,\n1,甲,3,1,138\n", 1,
		". head people . phone");
	columns_are(KIND_contact, "姓名,职务,单位\n甲,负责人,水利站\n", 1, "name duty org");
	columns_are(KIND_household, "户主,人口,电话\n,（人）,\n甲,3,\n", 1, "head people phone");
	columns_are(KIND_household, "序号,户主,住户情况,,\n,,人口,房屋,电话\n1,甲,2,砖混,\n", 2,
		". head people house phone");
}

static void test_doubles(void **state)
{
	struct sheet sheet;
	struct sheet_head head;
	struct fault fault = {0};

	(void)state;
	columns_are(KIND_contact, "姓名,电话,手机\n", 1, "name phone phone2");
	columns_are(KIND_supply, "名称,品名,数量\n", 1, "name . quantity");
	columns_are(KIND_supply, "品名,名称,数量\n", 1, ". name quantity");
	columns_are(KIND_shelter, "名称,面积（亩）,可容人数\n", 1, "name m2 capacity");
	columns_are(KIND_shelter, "名称,面积（户）,可容人数\n", 1, "name . capacity");
	sheet_read(&sheet, bytes_text("名称,名称\n"));
	assert_int_equal(
		sheet_heads(&sheet, kind_of(KIND_supply), NULL, NULL, &head, &fault), RC_BAD);
	sheet_release(&sheet);
	sheet_read(&sheet, bytes_text("一,二\n1,2\n"));
	assert_int_equal(
		sheet_heads(&sheet, kind_of(KIND_supply), NULL, NULL, &head, &fault), RC_BAD);
	assert_non_null(strstr(fault.text, "--map"));
	sheet_release(&sheet);
}

static void test_rows(void **state)
{
	static const struct {
		const char *row;
		enum office_row is;
	} cases[] = {
		{"甲,东头,4,1", OFFICE_RECORD},
		{"乙,,,", OFFICE_RECORD},
		{"合计,,12,", OFFICE_TOTAL},
		{"合　计,,12,", OFFICE_TOTAL},
		{"东头小计,,7,", OFFICE_TOTAL},
		{",小计,7,", OFFICE_TOTAL},
		{"总计：,,7,", OFFICE_TOTAL},
		{"合计12户,,,", OFFICE_TOTAL},
		{"Total,,7,", OFFICE_TOTAL},
		{"填表人：王五,,审核人：赵六,", OFFICE_SIGN},
		{"审核人:,,,", OFFICE_SIGN},
		{",,填表人：王五,", OFFICE_SIGN},
		{"注：电话以八月的为准,,,", OFFICE_NOTE},
		{"备注：无,,,", OFFICE_NOTE},
		{"说明1：甲,,,", OFFICE_NOTE},
		{"一、东头组,,,", OFFICE_NOTE},
		{",东头,,", OFFICE_NOTE},
		{"户主,村民组,人口,电话", OFFICE_HEAD},
		{"户 主,村民组,,", OFFICE_HEAD},
		{"单位,东头,3,1", OFFICE_RECORD},
	};
	struct sheet sheet, body;
	struct sheet_head head;

	(void)state;
	head_of(KIND_household, "户主,村民组,人口,电话\n", &sheet, &head);
	for (size_t i = 0; i < countof(cases); i++) {
		sheet_read(&body, bytes_text(cases[i].row));
		if (sheet_row_is(&head, kind_of(KIND_household), &body.rows[0]) != cases[i].is)
			fail_msg("%s", cases[i].row);
		sheet_release(&body);
	}
	sheet_release(&sheet);
}

static void test_words(void **state)
{
	static const char *const wrong[] = {"heading\thousehold\t户主\tnone\n",
		"heading\tnokind\t户主\thead\n", "code\thouse_type\t草房\tstraw\n",
		"row\tend\t完\n", "unit\t*\t人\t-1\n", "key\tperson\tname nowhere\n",
		"color\t*\t红\n", "blank\t*\n"};
	struct fault fault = {0};
	double factor;

	(void)state;
	/* All that was shipped names what there is. */
	if (office_load("office.tsv", shipped_file("office.tsv"), &fault) != RC_OK)
		fail_msg("%s", fault.text);
	for (size_t i = 0; i < countof(wrong); i++) {
		assert_int_equal(office_load("office.tsv", bytes_text(wrong[i]), &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "office.tsv:1: "));
	}
	/* A county's own words win. */
	assert_int_equal(
		office_load("office.tsv",
			bytes_text(
				"heading\thousehold\t当家人\thead\ncode\thouse_type\t楼房\tframe\n"
				"heading\t*\t备注\t-\n"),
			&fault),
		RC_OK);
	columns_are(KIND_household, "当家人,人口\n", 1, "head people");
	assert_string_equal(office_code("house_type", "楼房"), "frame");
	assert_true(office_factor("平方米", "亩", &factor) && factor > 666);
	assert_false(office_factor("", "亩", &factor));
	assert_true(office_carried(kind_of(KIND_household), "group"));
	assert_false(office_carried(kind_of(KIND_household), "phone"));
	assert_string_equal(office_key(kind_of(KIND_household), 0), "head group door");
	assert_null(office_key(kind_of(KIND_hazard), 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_two_rows),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
