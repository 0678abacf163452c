/* SPDX-License-Identifier: GPL-3.0-or-later
 * Editors: hanzi right, the screen shows what the text holds, and every key of every type.
 */
#include "ui/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"

static void type(struct edit *edit, const char *text)
{
	size_t left = strlen(text), took;
	uint32_t cp;

	for (; (took = text_next(text, left, &cp)) != 0; text += took, left -= took)
		assert_int_equal(edit_key(edit, (int)cp), EDIT_DONE);
}

static void press(struct edit *edit, int key, int times)
{
	while (times-- > 0)
		edit_key(edit, key);
}

static void assert_drawn(struct edit *edit, unsigned rows, unsigned columns, const char *expected,
	int row, int column)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, rows, columns);
	edit_layout(edit, pane_measured(grid_pane(&grid)));
	edit_draw(edit, grid_pane(&grid), true);
	grid_show(&grid, &text);
	assert_string_equal(buf_cstr(&text), expected);
	assert_int_equal(grid.cursor_row, row);
	assert_int_equal(grid.cursor_column, column);
	buf_release(&text);
	grid_release(&grid);
}

static void test_insert_in_the_middle(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_LINE, 0, "");
	type(&edit, "后山崩塌");
	press(&edit, K_LEFT, 2);
	type(&edit, "局部a");
	assert_string_equal(edit_text(&edit), "后山局部a崩塌");
	assert_drawn(&edit, 1, 20, "后山局部a崩塌\n", 0, 9);
	press(&edit, K_BACKSPACE, 2);
	assert_string_equal(edit_text(&edit), "后山局崩塌");
	press(&edit, K_DELETE, 9);
	assert_string_equal(edit_text(&edit), "后山局");
	edit_release(&edit);
}

static void test_line_scrolls(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_LINE, 0, "");
	type(&edit, "一二三四五");
	assert_drawn(&edit, 1, 12, "一二三四五\n", 0, 10);
	type(&edit, "六七");
	assert_drawn(&edit, 1, 12, " 六七\n", 0, 5);
	press(&edit, K_HOME, 1);
	assert_drawn(&edit, 1, 12, "一二三四五六\n", 0, 0);
	press(&edit, K_RIGHT, 3);
	type(&edit, "x");
	assert_string_equal(edit_text(&edit), "一二三x四五六七");
	press(&edit, K_END, 1);
	press(&edit, K_CTRL('U'), 1);
	assert_drawn(&edit, 1, 12, "\n", 0, 0);
	edit_release(&edit);
}

static void test_text_wraps(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_TEXT, 0, "");
	type(&edit, "昨夜暴雨致");
	assert_drawn(&edit, 3, 9, "昨夜暴雨\n致\n\n", 1, 2);
	assert_int_equal(edit_rows(&edit, 9), 2);
	press(&edit, EDIT_BREAK, 1);
	assert_drawn(&edit, 3, 9, "昨夜暴雨\n致\n\n", 2, 0);
	assert_int_equal(edit_rows(&edit, 9), 3);
	type(&edit, "ab");
	press(&edit, K_HOME, 1);
	press(&edit, K_BACKSPACE, 1);
	assert_string_equal(edit_text(&edit), "昨夜暴雨致ab");
	press(&edit, K_CTRL('E'), 1);
	assert_drawn(&edit, 3, 9, "昨夜暴雨\n致ab\n\n", 1, 4);
	edit_release(&edit);
}

static void test_up_and_down(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_TEXT, 0, "一二三四五六\n七\n八九十");
	assert_drawn(&edit, 4, 9, "一二三四\n五六\n七\n八九十\n", 3, 6);
	assert_int_equal(edit_key(&edit, K_DOWN), EDIT_NOT);
	assert_int_equal(edit_key(&edit, K_UP), EDIT_DONE);
	assert_drawn(&edit, 4, 9, "一二三四\n五六\n七\n八九十\n", 2, 2);
	press(&edit, K_UP, 2);
	assert_drawn(&edit, 4, 9, "一二三四\n五六\n七\n八九十\n", 0, 6);
	assert_int_equal(edit_key(&edit, K_UP), EDIT_NOT);
	press(&edit, K_DOWN, 1);
	type(&edit, "x");
	assert_string_equal(edit_text(&edit), "一二三四五六x\n七\n八九十");
	edit_release(&edit);
}

static void test_text_scrolls(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_TEXT, 0, "一\n二\n三\n四");
	assert_drawn(&edit, 2, 9, "三\n四\n", 1, 2);
	press(&edit, K_UP, 3);
	assert_drawn(&edit, 2, 9, "一\n二\n", 0, 2);
	edit_release(&edit);
}

/* Marks of doubtful width are drawn plainly, in as many columns as they count for. */
static void test_doubtful_marks(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_LINE, 0, "");
	type(&edit, "“甲”…乙");
	assert_string_equal(edit_text(&edit), "“甲”…乙");
	assert_drawn(&edit, 1, 20, "\"甲\".乙\n", 0, 7);
	edit_release(&edit);
}

static void test_numbers_and_phones(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_NUMBER, 24, "");
	type(&edit, "１2．5");
	assert_string_equal(edit_text(&edit), "12.5");
	assert_int_equal(edit_key(&edit, 0x4eba /* 人 */), EDIT_REFUSED);
	assert_int_equal(edit_key(&edit, 'a'), EDIT_REFUSED);
	assert_string_equal(edit_text(&edit), "12.5");
	assert_non_null(edit_rule(EDIT_NUMBER));
	edit_release(&edit);
	edit_start(&edit, EDIT_PHONE, 24, "");
	type(&edit, "+86-１３８");
	assert_int_equal(edit_key(&edit, '.'), EDIT_REFUSED);
	assert_string_equal(edit_text(&edit), "+86-138");
	edit_release(&edit);
	edit_start(&edit, EDIT_DATE, 40, "");
	type(&edit, "昨天　22：10");
	assert_string_equal(edit_text(&edit), "昨天 22:10");
	edit_release(&edit);
}

static void test_secret(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_SECRET, 24, "");
	type(&edit, "4711");
	assert_drawn(&edit, 1, 9, "****\n", 0, 4);
	edit_release(&edit);
}

static void test_full(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_LINE, 7, "崩塌");
	assert_int_equal(edit_key(&edit, 0x70b9), EDIT_FULL);
	assert_int_equal(edit_key(&edit, 'a'), EDIT_DONE);
	assert_int_equal(edit_key(&edit, 'b'), EDIT_FULL);
	assert_string_equal(edit_text(&edit), "崩塌a");
	edit_set(&edit, "崩塌点位");
	assert_string_equal(edit_text(&edit), "崩塌");
	edit_release(&edit);
}

static void test_words_and_edges(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_LINE, 0, "王庄村 发电机 两台");
	press(&edit, K_CTRL('W'), 1);
	assert_string_equal(edit_text(&edit), "王庄村 发电机 ");
	press(&edit, K_CTRL('W'), 1);
	assert_string_equal(edit_text(&edit), "王庄村 ");
	press(&edit, K_HOME, 1);
	press(&edit, K_LEFT, 3);
	press(&edit, K_BACKSPACE, 1);
	press(&edit, K_RIGHT, 1);
	press(&edit, K_CTRL('K'), 1);
	assert_string_equal(edit_text(&edit), "王");
	assert_int_equal(edit_key(&edit, K_TAB), EDIT_NOT);
	assert_int_equal(edit_key(&edit, K_ENTER), EDIT_NOT);
	assert_int_equal(edit_key(&edit, K_CTRL('O')), EDIT_NOT);
	edit_release(&edit);
}

/* What only was offered goes when one types; not after one has moved in it, and not in a line. */
static void test_offered(void **state)
{
	struct edit edit;

	(void)state;
	edit_start(&edit, EDIT_DATE, 0, "");
	edit_offer(&edit, "2026-11-29 05:20");
	press(&edit, '0', 1);
	press(&edit, '6', 1);
	assert_string_equal(edit_text(&edit), "06");
	edit_offer(&edit, "05:20");
	press(&edit, K_LEFT, 1);
	press(&edit, '3', 1);
	assert_string_equal(edit_text(&edit), "05:230");
	edit_offer(&edit, "05:20");
	press(&edit, K_BACKSPACE, 1);
	press(&edit, '5', 1);
	assert_string_equal(edit_text(&edit), "05:25");
	edit_offer(&edit, "05:20");
	assert_int_equal(edit_key(&edit, K_TAB), EDIT_NOT);
	assert_int_equal(edit_paste(&edit, "06:00"), EDIT_DONE);
	assert_string_equal(edit_text(&edit), "06:00");
	edit_release(&edit);
	edit_start(&edit, EDIT_NUMBER, 4, "");
	edit_offer(&edit, "37");
	assert_int_equal(edit_key(&edit, 'x'), EDIT_REFUSED);
	assert_string_equal(edit_text(&edit), "37");
	assert_int_equal(edit_paste(&edit, "12345"), EDIT_FULL);
	assert_string_equal(edit_text(&edit), "37");
	press(&edit, '5', 1);
	assert_string_equal(edit_text(&edit), "5");
	edit_release(&edit);
	edit_start(&edit, EDIT_LINE, 0, "");
	edit_offer(&edit, "西彰村");
	press(&edit, '1', 1);
	assert_string_equal(edit_text(&edit), "西彰村1");
	edit_release(&edit);
}

/* Whatever is pressed, the text stays UTF-8 and the cursor on a character's edge. */
static void test_any_keys(void **state)
{
	static const int keys[] = {'a', 0x6c34, 0x20bb7, ' ', K_LEFT, K_RIGHT, K_HOME, K_END, K_UP,
		K_DOWN, K_ENTER, K_BACKSPACE, K_DELETE, K_CTRL('W'), K_CTRL('K'), 0x301, '-',
		0x6c34};
	struct edit edit;
	struct grid grid;
	unsigned seed = 7;

	(void)state;
	grid_start(&grid, 3, 7);
	edit_start(&edit, EDIT_TEXT, 90, "");
	for (int n = 0; n < 20000; n++) {
		seed = seed * 1103515245u + 12345u;
		edit_key(&edit, keys[(seed >> 16) % countof(keys)]);
		const char *text = edit_text(&edit);
		assert_true(text_valid(text, strlen(text)));
		assert_true(
			edit.at <= edit.text.len && ((unsigned char)text[edit.at] & 0xc0) != 0x80);
		if (n % 16 == 0) {
			edit_layout(&edit, pane_measured(grid_pane(&grid)));
			edit_draw(&edit, grid_pane(&grid), true);
			assert_in_range(grid.cursor_row, 0, 2);
		}
	}
	edit_release(&edit);
	grid_release(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_insert_in_the_middle),
		cmocka_unit_test(test_line_scrolls),
		cmocka_unit_test(test_text_wraps),
		cmocka_unit_test(test_up_and_down),
		cmocka_unit_test(test_text_scrolls),
		cmocka_unit_test(test_doubtful_marks),
		cmocka_unit_test(test_numbers_and_phones),
		cmocka_unit_test(test_secret),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_words_and_edges),
		cmocka_unit_test(test_offered),
		cmocka_unit_test(test_any_keys),
	};

	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
