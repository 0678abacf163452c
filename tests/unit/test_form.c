/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form as one uses it: moving, choosing, wrong fields, saving, drafts; small terminals; the
 * bytes of it.
 */
#include "ui/form.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "line_end.h"
#include "sample.h"

static unsigned kept;

static void keep(void *to, struct form *form)
{
	(void)to;
	(void)form;
	kept++;
}

static void start(struct form *form)
{
	kept = 0;
	sample_form(form, NULL);
	form->ways.kept = keep;
}

static void assert_drawn(struct form *form, unsigned rows, unsigned columns, const char *expected)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, rows, columns);
	form_layout(form, pane_measured(grid_pane(&grid)));
	form_draw(form, grid_pane(&grid));
	grid_show(&grid, &text);
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
	grid_release(&grid);
}

static void test_draws(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	sample_type(&form, "后山");
	assert_drawn(&form, 18, 40,
		"*地点     后山\n*类别     [选]\n 数量\n 发现时间 2026-07-14 06:33\n 情况\n\n\n "
		"电话\n"
		" 责任人   [选]\n 所在     410882105201\n 紧急     [选]\n 标签     [选]\n          "
		"[保存]\n\n\n\n\n\n");
	form_release(&form);
}

static void test_fills_in_and_saves(void **state)
{
	struct form form;
	struct buf body = {0};

	(void)state;
	start(&form);
	sample_type(&form, "后山\n");
	assert_int_equal(form.at, 1);
	assert_int_equal(kept, 1);
	sample_type(&form, "\n");
	assert_true(form.picking);
	sample_type(&form, "bt");
	sample_type(&form, "\n");
	assert_false(form.picking);
	assert_string_equal(form_text(&form, S_SORT), "G1");
	assert_int_equal(form.at, 2);
	assert_int_equal(kept, 2);
	sample_type(&form, "12\n\n裂缝");
	assert_int_equal(form_key(&form, EDIT_BREAK), FORM_MOVED);
	sample_type(&form, "加宽\n"); /* enter goes on, from a long text too */
	assert_string_equal(form_text(&form, S_TEXT), "裂缝\n加宽");
	assert_int_equal(form.at, 5);
	assert_int_equal(kept, 4);
	sample_type(&form, "\t 2");
	assert_string_equal(form_text(&form, S_OWNER), "P-2");
	form_key(&form, K_PAGE_DOWN);
	assert_int_equal(form.at, form.count);
	assert_int_equal(form_key(&form, K_ENTER), FORM_SAVE);
	assert_true(sample_body(&form, NULL, &body));
	assert_true(body.len > 20);
	form_release(&form);
	buf_release(&body);
}

static void test_stays_on_a_wrong_field(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	sample_type(&form, "\t\t人");
	assert_string_equal(form.why, "这里只能填数字");
	sample_type(&form, "1-2\n");
	assert_int_equal(form.at, 2);
	assert_true(form.fields[2].bad);
	assert_int_equal(kept, 0);
	assert_true(strncmp(form.why, "数量：", strlen("数量：")) == 0);
	struct grid grid;
	grid_start(&grid, 10, 40);
	form_layout(&form, pane_measured(grid_pane(&grid)));
	form_draw(&form, grid_pane(&grid));
	assert_int_equal(grid.cells[2 * 40].cp, '!');
	assert_int_equal(grid.cells[9 * 40].look, LOOK_BAD);
	assert_int_equal(grid.cursor_row, 2);
	grid_release(&grid);
	form_key(&form, K_BACKSPACE);
	form_key(&form, K_BACKSPACE);
	sample_type(&form, "\n");
	assert_int_equal(form.at, 3);
	assert_string_equal(form.why, "");
	assert_false(form.fields[2].bad);
	form_release(&form);
}

static void test_save_goes_to_what_is_missing(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	assert_int_equal(form_key(&form, K_CTRL('O')), FORM_MOVED);
	assert_int_equal(form.at, 0);
	assert_string_equal(form.why, "地点：必填");
	sample_type(&form, "后山");
	assert_int_equal(form_key(&form, K_CTRL('O')), FORM_MOVED);
	assert_int_equal(form.at, 1);
	sample_type(&form, "hx\n");
	assert_int_equal(form_key(&form, K_CTRL('O')), FORM_SAVE);
	assert_int_equal(form_key(&form, K_CTRL('X')), FORM_LEAVE);
	assert_int_equal(form_key(&form, K_PAGE_UP), FORM_MOVED);
	form_release(&form);
}

static void test_a_step_that_asks_nothing(void **state)
{
	static const struct field none[] = {{.tag = 0}};
	struct form form;
	struct form_ways ways = sample_ways();

	(void)state;
	form_start_fields(&form, none, &ways);
	assert_drawn(&form, 3, 20, "  [保存]\n\n\n");
	assert_int_equal(form_key(&form, K_UP), FORM_MOVED);
	assert_int_equal(form_key(&form, K_ENTER), FORM_SAVE);
	form_release(&form);
}

static void test_picker_covers_the_foot_alone(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	sample_type(&form, "\t ");
	assert_drawn(&form, 12, 40,
		"*地点\n*类别     [选]\n类别 号码或拼音：\n> 1 地质...\n"
		"  2 火险                F\n  3 水利                W\n\n\n\n\n\n\n");
	form_key(&form, K_ESC);
	assert_false(form.picking);
	assert_int_equal(form.at, 1);
	form_key(&form, K_BACKSPACE);
	assert_string_equal(form_text(&form, S_SORT), "");
	form_release(&form);
}

static void test_fixed_fields_are_passed(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	form_set(&form, S_SORT, "F");
	form_fix(&form, S_PLACE);
	form_fix(&form, S_SORT);
	assert_int_equal(form.at, 2);
	form_key(&form, K_UP);
	assert_int_equal(form.at, 2);
	form_release(&form);
}

static void test_small_terminals(void **state)
{
	struct form form;

	(void)state;
	start(&form);
	for (unsigned rows = 1; rows < 14; rows += 3) {
		for (unsigned columns = 1; columns < 50; columns += 7) {
			struct grid grid;

			grid_start(&grid, rows, columns);
			form.at = 0;
			for (unsigned n = 0; n <= form.count; n++) {
				form_layout(&form, pane_measured(grid_pane(&grid)));
				form_draw(&form, grid_pane(&grid));
				if (rows > 2 && columns > 12)
					assert_in_range(grid.cursor_row, 0, rows - 1);
				form_key(&form, K_TAB);
			}
			grid_release(&grid);
		}
	}
	form_release(&form);
}

static unsigned cost(struct line_end *end, struct form *form, int key)
{
	struct pane all = grid_pane(&end->grid);

	if (key)
		form_key(form, key);
	grid_clear(&end->grid);
	pane_text(all, 0, 0, LOOK_TITLE, 0, "新增 隐患");
	form_layout(form, pane_measured(pane_part(all, 1, 0, all.rows - 3, all.columns)));
	form_draw(form, pane_part(all, 1, 0, all.rows - 3, all.columns));
	pane_text(all, all.rows - 1, 0, LOOK_KEY, 0, "^O 保存  ^X 离开");
	unsigned bytes = line_end_show(end);
	line_end_same(end);
	return bytes;
}

static void count_bytes(const char *coding, unsigned first, unsigned hanzi)
{
	struct line_end end;
	struct form form;

	start(&form);
	line_end_open(&end, "vt100", coding, 24, 80);
	line_end_show(&end);
	assert_in_range(cost(&end, &form, 0), 100, first);
	assert_in_range(cost(&end, &form, 'a'), 1, 1);
	assert_in_range(cost(&end, &form, 0x5d29), 1, hanzi);
	assert_in_range(cost(&end, &form, K_BACKSPACE), 1, 6);
	for (unsigned n = 0; n < form.count; n++)
		assert_in_range(cost(&end, &form, K_TAB), 1, 8);
	for (unsigned n = 0; n < form.count; n++)
		assert_in_range(cost(&end, &form, K_UP), 1, 8);
	form_release(&form);
	line_end_close(&end);
}

static void test_bytes(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	count_bytes(NULL, 350, 3);
	assert_non_null(setlocale(LC_ALL, "zh_CN.GB18030"));
	count_bytes("GB18030", 310, 2);
	setlocale(LC_ALL, "C.UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_draws),
		cmocka_unit_test(test_fills_in_and_saves),
		cmocka_unit_test(test_stays_on_a_wrong_field),
		cmocka_unit_test(test_save_goes_to_what_is_missing),
		cmocka_unit_test(test_a_step_that_asks_nothing),
		cmocka_unit_test(test_picker_covers_the_foot_alone),
		cmocka_unit_test(test_fixed_fields_are_passed),
		cmocka_unit_test(test_small_terminals),
		cmocka_unit_test(test_bytes),
	};

	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
