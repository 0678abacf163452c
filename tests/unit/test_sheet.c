/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paper: what is centred, wrapped, ruled and numbered, in columns of hanzi; and nothing reaches a
 * printer that would make it do something. Tests also: sheet_record.c printer.c
 */
#include "screens/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "screens/printer.h"
#include "store/identity.h"
#include "store_help.h"

static struct buf out;

static const char *lay(const char *text, enum sheet_form form, unsigned columns)
{
	buf_clear(&out);
	sheet_lay(bytes_text(text), form, columns, &out);
	return buf_cstr(&out);
}

static void a_text(void **state)
{
	(void)state;
	assert_string_equal(lay("初报\n截至8时，受灾37人，因灾死亡0人。\n王庄村　报告人：张三\n",
				    SHEET_TEXT, 24),
		"          初报\n\n"
		"    截至8时，受灾37人，\n因灾死亡0人。\n"
		"    王庄村　报告人：张三\n");
	assert_string_equal(lay("我是值班室。\n请复述。\n", SHEET_SPOKEN, 30),
		"    我是值班室。\n    请复述。\n");
	assert_string_equal(lay("值班\n  1 甲\n", SHEET_AS_IS, 10), "   值班\n\n  1 甲\n");
}

/* Every line of a table ends in the same column, however long its cells. */
static void a_table(void **state)
{
	(void)state;
	const char *text = lay("出库单\n|物资|潜水泵|数量|2台|\n|用途|村东涵洞抽水，雨停以后当天"
			       "送回仓库并试机一次|领用|赵|\n领用人：____　发放人：____\n",
		SHEET_TEXT, 50);
	unsigned rows = 0;
	for (const char *at = strchr(text, '\n') + 2; *at == '|' || *at == '+'; rows++) {
		size_t len = strcspn(at, "\n");
		assert_int_equal(text_columns_n(at, len), 50);
		at += len + 1;
	}
	assert_true(rows >= 6);
	assert_non_null(strstr(text, "| 物资 |"));
	assert_non_null(strstr(text, "\n                        领用人：____　发放人：____\n"));
	for (unsigned wide = SHEET_NARROW; wide < 120; wide++)
		(void)lay("题\n|一|二|三|四|五|六|七|八|九|\n||\n|\n", SHEET_TEXT, wide);
}

static void what_would_command_a_printer(void **state)
{
	(void)state;
	const char *text = lay("题\x1b[2J\n甲\f乙\x07\x9b 丙\n|\x1b@|\x0e|\n", SHEET_TEXT, 40);
	for (; *text; text++)
		assert_true(*text == '\n' || (unsigned char)*text >= 0x20);
}

static void pages(void **state)
{
	const struct sheet_size size = {40, 20};
	struct buf laid = {0}, sheet = {0};
	(void)state;
	buf_text(&laid, "题\n\n头\n");
	for (unsigned n = 1; n <= 31; n++)
		buf_fmt(&laid, "第%u行\n", n);
	assert_int_equal(sheet_pages(buf_bytes(&laid), 3, "王庄村", &size, &sheet), 3);
	char *page = (char *)(uintptr_t)buf_cstr(&sheet);
	for (unsigned n = 1; n <= 3; n++) {
		char number[40], *next = strchr(page, '\f');
		unsigned lines = 0;
		if (next)
			*next = '\0';
		snprintf(number, sizeof number, "第%u页 共3页\n", n);
		assert_int_equal(strncmp(page, "题\n\n头\n", strlen("题\n\n头\n")), 0);
		assert_non_null(strstr(page, number));
		assert_non_null(strstr(page, "\n王庄村 "));
		for (const char *at = page; *at; at++)
			lines += *at == '\n';
		assert_int_equal(lines, 20);
		assert_true((next != NULL) == (n < 3));
		page = next ? next + 1 : page;
	}
	assert_null(strstr(page, "第30行"));
	assert_non_null(strstr(page, "第31行"));
	buf_clear(&sheet);
	assert_int_equal(sheet_pages(bytes_text(""), 3, "", &size, &sheet), 1);
	buf_release(&laid);
	buf_release(&sheet);
}

static void a_record(void **state)
{
	struct store *store = help_alone(VILLAGE, "WZ");
	struct ref ref =
		help_add(store, "hazard", "category=H0101;place=桥|头;text=护岸冲空\n二行;grade=M");
	const struct actor actor = {store, NULL, NULL};
	struct fault fault;
	struct buf text = {0};
	(void)state;
	assert_int_equal(sheet_record(&actor, ref, &text, &fault), RC_OK);
	assert_non_null(strstr(buf_cstr(&text), "隐患登记表\n编号：WZ-"));
	assert_non_null(strstr(buf_cstr(&text), "\n|地点|桥｜头\n"));
	assert_non_null(strstr(buf_cstr(&text), "\n|情况|护岸冲空 二行\n"));
	assert_non_null(strstr(buf_cstr(&text), "办理记录 1\n"));
	assert_non_null(strstr(buf_cstr(&text), "登记人：____"));
	assert_int_equal(sheet_record(&actor, (struct ref){ref.site, 999}, &text, &fault), RC_NONE);
	buf_release(&text);
	store_close(store);
}

static void where_nobody_prints(void **state)
{
	struct buf said = {0};
	(void)state;
	printer_set(NULL);
	assert_int_equal(printer_size().columns, SHEET_COLUMNS);
	assert_false(printer_put(PRINT_PAPER, "x", bytes_text("x"), &said));
	assert_true(said.len > 0);
	buf_release(&said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text),
		cmocka_unit_test(a_table),
		cmocka_unit_test(what_would_command_a_printer),
		cmocka_unit_test(pages),
		cmocka_unit_test(a_record),
		cmocka_unit_test(where_nobody_prints),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	buf_release(&out);
	return failed;
}
