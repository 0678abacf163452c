/* SPDX-License-Identifier: GPL-3.0-or-later
 * The key bar: every key that works on a screen stands in it, however narrow the terminal.
 */
#include "ui/bar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "screens/screens.h"

static void draw(const struct screen *screen, bool typing, unsigned columns, struct buf *out)
{
	struct grid grid;

	grid_start(&grid, 1, columns);
	bar_draw(screen, &(struct bar_wish){.typing = typing}, grid_pane(&grid));
	grid_show(&grid, out);
	grid_release(&grid);
}

/* In the order of the table, each before its word. */
static void assert_all_there(const struct screen *screen, unsigned columns)
{
	struct buf bar = {0};
	char name[16];

	draw(screen, false, columns, &bar);
	const char *at = buf_cstr(&bar);
	for (const struct key *key = screen->keys; key && key->key; key++) {
		if (!key->label || key->key == K_ENTER || key->key == K_CTRL('X'))
			continue; /* the same on every screen */
		const char *found = strstr(at, key_show(key->key, name));
		if (!found)
			fail_msg("%s at %u columns: %s is not in \"%s\"", screen->name, columns,
				name, buf_cstr(&bar));
		at = found + strlen(name);
	}
	assert_non_null(strchr(at, '?'));
	buf_release(&bar);
}

static void every_key_stands_in_every_bar(void **state)
{
	(void)state;
	for (const struct screen *const *at = screens; *at; at++) {
		assert_all_there(*at, 80);
		assert_all_there(*at, 40);
	}
}

static const struct key few[] = {
	{'a', "新增", NULL}, {'x', NULL, NULL}, {K_ENTER, "打开", NULL}, {0, NULL, NULL}};
static const struct key many[] = {{'1', "告知", NULL}, {'2', "动身", NULL}, {'3', "到", NULL},
	{'4', "拒绝", NULL}, {'t', "办理(返回令 开关)", NULL}, {0, NULL, NULL}};

static void assert_bar(
	const struct key *keys, bool dense, bool typing, unsigned columns, const char *want)
{
	const struct screen screen = {.name = "x", .title = "", .keys = keys, .dense = dense};
	struct buf bar = {0};

	draw(&screen, typing, columns, &bar);
	assert_string_equal(buf_cstr(&bar), want);
	buf_release(&bar);
}

/* Words as they are where there is room; then closer, then shorter, the first ones last. */
static void words_give_way_before_keys(void **state)
{
	(void)state;
	assert_bar(few, false, false, 40, "a 新增  回车 打开  ? 帮助  q 返回\n");
	assert_bar(few, false, false, 31, "a新增 回车打开 ? 帮助  q 返回\n");
	assert_bar(few, false, false, 20, "a新增 回车打开 ? q\n");
	assert_bar(few, false, true, 40, "回车 打好了  ^X 不打了\n");
	assert_bar(
		many, true, false, 60, "1告知 2动身 3到 4拒绝 t办理(返回令 开关) ? 帮助  q 返回\n");
	assert_bar(many, true, false, 32, "1告知 2动身 3到 4拒绝 t办理 ? q\n");
	assert_bar(many, true, false, 25, "1告知 2动 3到 4拒 t办 ? q\n");
	assert_bar(many, true, false, 18, "1告2动3到4拒t办? q\n");
}

/* Words of letters stand apart from their keys while anything else can go. */
static void letters_stay_apart(void **state)
{
	static const struct key keys[] = {{'a', "all", NULL}, {'u', "undo", NULL},
		{K_ENTER, "open", NULL}, {'r', "urge", NULL}, {0, NULL, NULL}};
	const struct screen screen = {.name = "x", .title = "", .keys = keys, .dense = true};
	const struct bar_wish wish = {.lowest = true};
	struct grid grid;
	struct buf out = {0};

	(void)state;
	grid_start(&grid, 2, 80);
	grid.latin = true;
	struct pane pane = grid_pane(&grid);
	pane.columns = 22;
	bar_draw(&screen, &wish, pane);
	pane = pane_below(pane, 1);
	pane.columns = 20;
	bar_draw(&screen, &wish, pane);
	grid_show(&grid, &out);
	assert_string_equal(buf_cstr(&out), "a all u undo r urge ?\naall uundo rurge ?\n");
	buf_release(&out);
	grid_release(&grid);
}

/* Each word is waited for. */
static void few_words_on_a_slow_line(void **state)
{
	static const struct key form[] = {{K_ENTER, "下一项", NULL}, {K_CTRL('O'), "保存", NULL},
		{K_CTRL('X'), "离开", NULL}, {K_CTRL('Y'), "别人签", NULL}, {0, NULL, NULL}};
	const struct screen typed = {.name = "x", .title = "", .keys = form},
			    board = {.name = "x", .title = "", .keys = many};
	struct bar_wish wish = {.lean = true};
	struct grid grid;
	struct buf out = {0};

	(void)state;
	grid_start(&grid, 2, 80);
	bar_draw(&board, &wish, grid_pane(&grid));
	wish.typing = true;
	bar_draw(&typed, &wish, pane_below(grid_pane(&grid), 1));
	grid_show(&grid, &out);
	assert_string_equal(
		buf_cstr(&out), "1告知 2动身 3到 4拒绝 t办理(返回令 开关) ? q\n^X返回 ^O保存\n");
	buf_release(&out);
	grid_release(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_stands_in_every_bar),
		cmocka_unit_test(words_give_way_before_keys),
		cmocka_unit_test(letters_stay_apart),
		cmocka_unit_test(few_words_on_a_slow_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
