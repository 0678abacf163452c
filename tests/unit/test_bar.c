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
	bar_draw(screen, &(struct bar_wish){0, typing, false}, grid_pane(&grid));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_stands_in_every_bar),
		cmocka_unit_test(words_give_way_before_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
