/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form over a full list is painted on an empty terminal; within a screen, and where little
 * differs, only what differs is sent.
 */
#include "ui/term/fresh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { ROWS = 24, COLUMNS = 80 };

static struct grid shown, next;

static int start(void **state)
{
	(void)state;
	grid_start(&shown, ROWS, COLUMNS);
	grid_start(&next, ROWS, COLUMNS);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	grid_release(&shown);
	grid_release(&next);
	return 0;
}

static void list(struct grid *grid, unsigned marker, const char *keys)
{
	struct pane all = grid_pane(grid);

	for (unsigned row = 1; row < ROWS - 1; row++)
		pane_fmt(all, row, 0, LOOK_PLAIN,
			"%c 柴油发电机%u  台  村委会仓库  张建国  13800000000",
			row == marker ? '>' : ' ', row);
	pane_text(all, ROWS - 1, 0, LOOK_KEY, 0, keys);
}

static void form(struct grid *grid)
{
	struct pane all = grid_pane(grid);

	for (unsigned row = 1; row < 14; row++)
		pane_fmt(all, row, 0, LOOK_PLAIN, " 最近检查%u", row);
	pane_text(all, ROWS - 1, 0, LOOK_KEY, 0, "^O 保存  ^X 离开");
}

static void another_screen_is_painted_anew(void **state)
{
	(void)state;
	list(&shown, 1, "n 新登记");
	form(&next);
	assert_true(fresh_is_cheaper(&shown, &next));
	fresh_keep(&shown, &next);
	assert_false(fresh_is_cheaper(&shown, &next)); /* nothing differs */
}

static void the_same_screen_is_changed(void **state)
{
	(void)state;
	list(&shown, 1, "n 新登记");
	list(&next, 2, "n 新登记");
	assert_false(fresh_is_cheaper(&shown, &next));
	/* A page further everything differs, but the terminal scrolls. */
	grid_clear(&next);
	form(&next);
	pane_clear(pane_part(grid_pane(&next), ROWS - 1, 0, 1, COLUMNS));
	pane_text(grid_pane(&next), ROWS - 1, 0, LOOK_KEY, 0, "n 新登记");
	assert_false(fresh_is_cheaper(&shown, &next));
}

static void a_note_over_a_list_is_changed(void **state)
{
	(void)state;
	list(&shown, 1, "n 新登记");
	list(&next, 1, "y 是  其他键 否");
	assert_false(fresh_is_cheaper(&shown, &next));
}

static void another_size_is_for_the_terminal(void **state)
{
	(void)state;
	grid_size(&next, 12, 40);
	assert_false(fresh_is_cheaper(&shown, &next));
	fresh_keep(&shown, &next);
	assert_int_equal(shown.rows, 12);
	assert_int_equal(shown.columns, 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(another_screen_is_painted_anew, start, stop),
		cmocka_unit_test_setup_teardown(the_same_screen_is_changed, start, stop),
		cmocka_unit_test_setup_teardown(a_note_over_a_list_is_changed, start, stop),
		cmocka_unit_test_setup_teardown(another_size_is_for_the_terminal, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
