/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plain tables: as wide as their cells, cut on a terminal, without empty columns, nothing alive in
 * them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/out.h"
#include "base/text.h"

static void fill(struct table *table)
{
	table_head(table, "编号", false);
	table_head(table, "空", false);
	table_head(table, "数", true);
	table_head(table, "内容", false);
	table_cell(table, "A-1");
	table_cell(table, "");
	table_cell(table, "5");
	table_cell(table, "一二三四五六七八九十");
	table_cell(table, "A-12");
	table_cell(table, "");
	table_cell(table, "500");
	table_cell(table, "x");
}

static void test_whole(void **state)
{
	struct table table = {0};
	struct buf out = {0};
	(void)state;
	fill(&table);
	table_print(&table, &out, 0);
	assert_string_equal(buf_cstr(&out), "编号   数  内容\n"
					    "A-1     5  一二三四五六七八九十\n"
					    "A-12  500  x\n");
	table_release(&table);
	buf_release(&out);
}

static void test_cut(void **state)
{
	(void)state;
	for (unsigned columns = 18; columns < 40; columns++) {
		struct table table = {0};
		struct buf out = {0};
		fill(&table);
		table_print(&table, &out, columns);
		for (const char *line = buf_cstr(&out), *next; *line; line = next + 1) {
			next = strchr(line, '\n');
			assert_true(text_columns_n(line, (size_t)(next - line)) <= columns);
			assert_true(text_valid(line, (size_t)(next - line)));
		}
		table_release(&table);
		buf_release(&out);
	}
}

static void test_plain(void **state)
{
	struct table table = {0};
	struct buf out = {0};
	(void)state;
	table_head(&table, "内容", false);
	table_cell(&table, "a\033[31m\nb\xe2\x80\xae");
	table_print(&table, &out, 0);
	assert_string_equal(buf_cstr(&out), "内容\na b\n");
	table_release(&table);
	buf_release(&out);
}

static void test_empty(void **state)
{
	struct table table = {0};
	struct buf out = {0};
	(void)state;
	table_head(&table, "内容", false);
	table_print(&table, &out, 80);
	assert_int_equal(out.len, 0);
	table_release(&table);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
