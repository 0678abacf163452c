/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells: cutting, halves of hanzi, wrapping, and the plain text of a grid.
 */
#include "ui/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void assert_shows(const struct grid *grid, const char *expected)
{
	struct buf text = {0};

	grid_show(grid, &text);
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
}

static void test_cut_to_columns(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 2, 7);
	assert_int_equal(pane_text(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "崩塌隐患点"), 7);
	assert_int_equal(pane_text(grid_pane(&grid), 1, 2, LOOK_PLAIN, 3, "ab崩"), 3);
	assert_shows(&grid, "崩塌隐~\n  ab~\n");
	assert_int_equal(pane_clip(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "崩塌隐患点"), 6);
	assert_int_equal(pane_clip(grid_pane(&grid), 1, 2, LOOK_PLAIN, 3, "cd崩"), 2);
	assert_shows(&grid, "崩塌隐~\n  cd~\n");
	grid_release(&grid);
}

static void test_no_half_hanzi(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 1, 8);
	pane_text(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "崩塌隐患");
	pane_text(grid_pane(&grid), 0, 1, LOOK_PLAIN, 0, "a");
	assert_shows(&grid, " a塌隐患\n");
	pane_text(grid_pane(&grid), 0, 3, LOOK_PLAIN, 0, "水");
	assert_shows(&grid, " a 水 患\n");
	for (unsigned n = 0; n < 8; n++)
		assert_true(grid.cells[n].cp || (n > 0 && grid.cells[n - 1].cp > 0x2000));
	grid_release(&grid);
}

static void test_part_stays_inside(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 3, 10);
	struct pane part = pane_part(grid_pane(&grid), 1, 2, 9, 5);
	assert_int_equal(part.rows, 2);
	assert_int_equal(pane_text(part, 0, 0, LOOK_PLAIN, 0, "abcdefgh"), 5);
	assert_int_equal(pane_text(part, 2, 0, LOOK_PLAIN, 0, "below"), 0);
	assert_int_equal(pane_text(part, 0, 5, LOOK_PLAIN, 0, "right"), 0);
	pane_right(part, 1, LOOK_PLAIN, "12");
	assert_shows(&grid, "\n  abcd~\n     12\n");
	pane_clear(part);
	assert_shows(&grid, "\n\n\n");
	grid_release(&grid);
}

static void test_nothing_commands_the_terminal(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 1, 20);
	pane_text(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "a\033[31mb\xe2\x80\xae\tc\xc2\x9b");
	assert_shows(&grid, "ab c\n");
	for (unsigned n = 0; n < 20; n++)
		assert_true(grid.cells[n].cp >= ' ');
	grid_release(&grid);
}

static void test_wrapped(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 3, 8);
	assert_int_equal(
		pane_wrapped(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "昨夜暴雨致后山\n崩塌"), 3);
	assert_shows(&grid, "昨夜暴雨\n致后山\n崩塌\n");
	grid_clear(&grid);
	assert_int_equal(pane_wrapped(grid_pane(&grid), 0, 2, LOOK_PLAIN, 1, "昨夜暴雨\n崩塌"), 2);
	assert_shows(&grid, "  雨\n  崩塌\n\n");
	grid_release(&grid);
}

static void test_size_and_cursor(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 2, 4);
	pane_cursor(pane_part(grid_pane(&grid), 1, 0, 1, 4), 0, 9);
	assert_int_equal(grid.cursor_row, 1);
	assert_int_equal(grid.cursor_column, 3);
	grid_size(&grid, 4, 90);
	assert_int_equal(grid.cursor_row, -1);
	pane_text(grid_pane(&grid), 3, 88, LOOK_RED, 0, "水");
	assert_int_equal(grid.cells[3 * 90 + 89].cp, 0);
	assert_int_equal(grid.cells[3 * 90 + 89].look, LOOK_RED);
	grid_release(&grid);
}

/* Without cells the same is measured as would be drawn. */
static void test_measured(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 4, 10);
	struct pane pane = pane_part(grid_pane(&grid), 1, 2, 3, 7), room = pane_measured(pane);
	assert_int_equal(pane_text(room, 0, 0, LOOK_PLAIN, 0, "村东涵洞"), 7);
	assert_int_equal(pane_text(room, 0, 0, LOOK_PLAIN, 3, "村东涵洞"), 3);
	assert_int_equal(pane_wrapped(room, 0, 0, LOOK_PLAIN, 0, "村东涵洞水深"), 2);
	assert_int_equal(pane_below(room, 1).rows, 2);
	assert_int_equal(pane_behind(room, 1, 5).columns, 2);
	assert_int_equal(pane_behind(room, 1, 50).columns, 0);
	pane_clear(room);
	pane_cursor(room, 0, 0);
	assert_int_equal(grid.cursor_row, -1);
	for (size_t n = 0; n < 40; n++)
		assert_int_equal(grid.cells[n].cp, ' ');
	assert_int_equal(pane_text(pane, 0, 0, LOOK_PLAIN, 0, "村东涵洞"), 7);
	assert_int_equal(grid.cells[12].cp, 0x6751);
	grid.latin = true;
	room = pane_measured(grid_pane(&grid));
	assert_int_equal(pane_text(room, 0, 0, LOOK_PLAIN, 0, "水"), 4);
	assert_int_equal(pane_text(room, 0, 7, LOOK_PLAIN, 0, "水"), 3);
	grid_release(&grid);
}

/* A terminal that has no hanzi reads names in pinyin. */
static void test_pinyin_for_hanzi(void **state)
{
	struct grid grid;

	(void)state;
	grid_start(&grid, 2, 30);
	grid.latin = true;
	pane_text(grid_pane(&grid), 0, 0, LOOK_PLAIN, 0, "3 王庄");
	pane_right(grid_pane(&grid), 1, LOOK_PLAIN, "水泵");
	struct buf text = {0};
	grid_show(&grid, &text);
	assert_non_null(strstr(buf_cstr(&text), "Wang Zhuang"));
	for (size_t n = 0; n < text.len; n++)
		assert_true(text.at[n] < 0x80);
	buf_release(&text);
	grid_release(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_to_columns),
		cmocka_unit_test(test_no_half_hanzi),
		cmocka_unit_test(test_part_stays_inside),
		cmocka_unit_test(test_nothing_commands_the_terminal),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_size_and_cursor),
		cmocka_unit_test(test_measured),
		cmocka_unit_test(test_pinyin_for_hanzi),
	};

	return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
