/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists: drawing, moving, sorting, filtering by hanzi, pinyin and initials, keeping the place; and
 * the bytes of it.
 * Tests also: list_draw.c.
 */
#include "ui/list.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "line_end.h"

static const char *const things[] = {"发电机", "水泵", "帐篷", "编织袋", "铁锹", "雨衣"};

static void fill(struct list *list, unsigned count)
{
	list_clear(list);
	for (unsigned n = 0; n < count; n++) {
		struct list_row *row = list_add(list, (struct ref){1, n + 1});
		char number[16];

		snprintf(number, sizeof(number), "W-%u", n + 1);
		list_cell(list, row, 0, number);
		list_cell(list, row, 1, things[n % countof(things)]);
		snprintf(number, sizeof(number), "%u", (n * 7) % 11 + 1);
		list_cell(list, row, 2, number);
	}
	list_done(list);
}

static void start(struct list *list, unsigned count)
{
	list_start(list, "还没有物资，按 a 新增");
	list_column(list, "编号", 6, false);
	list_column(list, "名称", 0, false);
	list_column(list, "数量", 4, true);
	fill(list, count);
}

static void assert_drawn(struct list *list, unsigned rows, unsigned columns, const char *expected)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, rows, columns);
	list_layout(list, pane_measured(grid_pane(&grid)));
	list_draw(list, grid_pane(&grid));
	grid_show(&grid, &text);
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
	grid_release(&grid);
}

static void press(struct list *list, const char *keys)
{
	for (; *keys; keys++)
		list_key(list, *keys);
}

static void test_draws(void **state)
{
	struct list list;

	(void)state;
	start(&list, 3);
	assert_drawn(&list, 4, 24,
		"  编号   名称       数量\n"
		"> W-1    发电机        1\n"
		"  W-2    水泵          8\n"
		"  W-3    帐篷          4\n");
	press(&list, "j");
	assert_drawn(&list, 2, 24, "  编号   名称       数量\n> W-2    水泵          8\n");
	assert_drawn(&list, 4, 13, "  编号   名称\n  W-1    发~\n> W-2    水泵\n  W-3    帐篷\n");
	list_release(&list);
}

static void test_empty_says_what_to_do(void **state)
{
	struct list list;

	(void)state;
	start(&list, 0);
	assert_drawn(&list, 3, 30, "  还没有物资，按 a 新增\n\n\n");
	assert_null(list_row(&list));
	assert_int_equal(list_key(&list, K_ENTER), LIST_MOVED);
	press(&list, "jGk x");
	list_release(&list);
}

static void test_moves(void **state)
{
	struct list list;

	(void)state;
	start(&list, 30);
	list.page = 5;
	press(&list, "k");
	assert_int_equal(list.at, 0);
	press(&list, " j");
	assert_int_equal(list.at, 6);
	press(&list, "-");
	assert_int_equal(list.at, 1);
	press(&list, "Gj");
	assert_int_equal(list.at, 29);
	press(&list, "g");
	assert_int_equal(list.at, 0);
	assert_int_equal(list_key(&list, K_PAGE_DOWN), LIST_MOVED);
	assert_int_equal(list.at, 5);
	assert_int_equal(list_key(&list, K_ENTER), LIST_CHOSEN);
	assert_int_equal(list_row(&list)->ref.seq, 6);
	assert_int_equal(list_key(&list, 'a'), LIST_NOT);
	list_release(&list);
}

static void test_sorts(void **state)
{
	struct list list;

	(void)state;
	start(&list, 12);
	press(&list, "o");
	assert_string_equal(list_shown(&list, 1)->cells[0], "W-2");
	press(&list, "o");
	assert_string_equal(list_shown(&list, 0)->cells[0], "W-12");
	press(&list, "ooo");
	assert_string_equal(list_shown(&list, 0)->cells[2], "1");
	assert_string_equal(list_shown(&list, 11)->cells[2], "11");
	assert_int_equal(list_row(&list)->ref.seq, 1);
	press(&list, "oo");
	assert_int_equal(list_shown(&list, 7)->ref.seq, 8);
	list_release(&list);
}

static void test_filters(void **state)
{
	static const char *const words[] = {"发电", "fdj", "fadian", "FDJ", "W-7 fa"};
	struct list list;

	(void)state;
	start(&list, 12);
	for (size_t n = 0; n < countof(words); n++) {
		list_filter(&list, words[n]);
		assert_int_equal(list.shown, n == 4 ? 1 : 2);
		assert_string_equal(list_shown(&list, 0)->cells[1], "发电机");
	}
	list_filter(&list, "");
	press(&list, "/sb");
	assert_true(list.typing);
	assert_drawn(&list, 5, 24,
		"  编号   名称       数量\n> W-2    水泵          8\n  W-8    水泵          "
		"6\n\n找：sb\n");
	press(&list, "zz");
	assert_drawn(&list, 3, 40, "  没有符合的，退格改字，^X 看全部\n\n找：sbzz\n");
	list_key(&list, K_BACKSPACE);
	list_key(&list, K_BACKSPACE);
	list_key(&list, K_ENTER);
	assert_false(list.typing);
	press(&list, "j");
	assert_int_equal(list_row(&list)->ref.seq, 8);
	list_key(&list, K_ESC);
	assert_int_equal(list.shown, 12);
	assert_int_equal(list_row(&list)->ref.seq, 8);
	list_release(&list);
}

static void test_keeps_the_place(void **state)
{
	struct list list;

	(void)state;
	start(&list, 12);
	press(&list, "oogjj");
	assert_int_equal(list_row(&list)->ref.seq, 10);
	fill(&list, 11);
	assert_int_equal(list_row(&list)->ref.seq, 10);
	fill(&list, 4);
	assert_int_equal(list_row(&list)->ref.seq, 3);
	list_release(&list);
}

static void test_asks_for_more(void **state)
{
	struct list list;

	(void)state;
	start(&list, 5);
	list.total = 9;
	press(&list, "jjjj");
	assert_int_equal(list_key(&list, 'j'), LIST_MORE);
	fill(&list, 9);
	assert_int_equal(list_row(&list)->ref.seq, 5);
	press(&list, "G");
	assert_int_equal(list_key(&list, 'j'), LIST_MOVED);
	list_release(&list);
}

static void test_marks(void **state)
{
	struct list list;

	(void)state;
	start(&list, 3);
	assert_int_equal(list_key(&list, 'x'), LIST_NOT);
	list.marks = true;
	press(&list, "x");
	assert_drawn(&list, 3, 24,
		"  编号   名称       数量\n *W-1    发电机        1\n> W-2    水泵          8\n");
	list_release(&list);
}

static const struct field fields[] = {
	{.tag = 1, .name = "name", .label = "名称", .type = T_TEXT, .flags = F_LIST},
	{.tag = 2, .name = "note", .label = "备注", .type = T_LONG},
	{.tag = 3, .name = "count", .label = "数量", .type = T_NUM, .flags = F_LIST, .width = 6},
	{.tag = 0},
};
static const struct state states[] = {{"open", "在用", STATE_OPEN}, {NULL, NULL, 0}};
static const struct kind kind = {.id = 99, .name = "thing", .fields = fields, .states = states};

static void test_columns_from_the_schema(void **state)
{
	struct list list;

	(void)state;
	list_start(&list, "");
	list_columns_of(&list, &kind, 0);
	assert_int_equal(list.column_count, 4);
	assert_int_equal(list.columns[0].tag, 0);
	assert_int_equal(list.columns[1].tag, 1);
	assert_int_equal(list.columns[2].tag, 3);
	assert_true(list.columns[2].right);
	assert_int_equal(list.columns[3].tag, ~0u);
	list_columns_of(&list, &kind, 24);
	assert_int_equal(list.column_count, 2);
	list_release(&list);
}

static void paint(struct line_end *end, struct list *list)
{
	struct pane all = grid_pane(&end->grid);

	grid_clear(&end->grid);
	pane_text(all, 0, 0, LOOK_TITLE, 0, "隐患  未闭环 300");
	list_layout(list, pane_measured(pane_part(all, 1, 0, all.rows - 3, all.columns)));
	list_draw(list, pane_part(all, 1, 0, all.rows - 3, all.columns));
	pane_text(all, all.rows - 1, 0, LOOK_KEY, 0,
		"回车 打开  a 新增  / 找  s 排序  ? 帮助  q 返回");
}

static unsigned cost(struct line_end *end, struct list *list, int key)
{
	if (key)
		list_key(list, key);
	paint(end, list);
	unsigned bytes = line_end_show(end);
	line_end_same(end);
	return bytes;
}

static void start_hazards(struct list *list)
{
	static const char *const places[] = {
		"王庄村三组后山", "北李村水库坝脚", "柏香镇中心小学", "南寨村沟口"};
	static const char *const hazards[] = {
		"边坡裂缝加宽", "排水沟淤堵", "围墙倾斜", "危房漏雨", "河堤管涌"};

	list_start(list, "");
	list_column(list, "编号", 7, false);
	list_column(list, "级", 2, false);
	list_column(list, "地点", 18, false);
	list_column(list, "隐患", 0, false);
	list_column(list, "期限", 6, false);
	for (unsigned n = 0; n < 300; n++) {
		struct list_row *row = list_add(list, (struct ref){1, n + 1});
		char text[32];

		snprintf(text, sizeof(text), "ZZ-%u", n + 101);
		list_cell(list, row, 0, text);
		list_cell(list, row, 1, n % 7 ? "一" : "重");
		list_cell(list, row, 2, places[n % 4]);
		list_cell(list, row, 3, hazards[(n * 3) % 5]);
		snprintf(text, sizeof(text), "07-%02u", n % 28 + 1);
		list_cell(list, row, 4, text);
	}
	list_done(list);
}

static void count_bytes(const char *coding, unsigned first, unsigned line, unsigned page)
{
	struct line_end end;
	struct list list;

	line_end_open(&end, "vt100", coding, 24, 80);
	start_hazards(&list);
	assert_in_range(cost(&end, &list, 0), 800, first);
	assert_in_range(cost(&end, &list, 'j'), 1, 16);
	assert_in_range(cost(&end, &list, 'k'), 1, 16);
	assert_int_equal(cost(&end, &list, 'k'), 0);
	for (unsigned n = 0; n < list.page - 1; n++)
		assert_in_range(cost(&end, &list, 'j'), 1, 16);
	assert_in_range(cost(&end, &list, 'j'), 1, line);
	assert_in_range(cost(&end, &list, ' '), 1, page);
	assert_in_range(cost(&end, &list, '-'), 1, page);
	list_release(&list);
	line_end_close(&end);
}

/* A colour is that of the first cell; what is over is dim from end to end. */
static void test_what_is_over_is_so_as_a_whole(void **state)
{
	enum { COLUMNS = 24 };
	struct list list;
	struct grid grid;

	(void)state;
	start(&list, 3);
	list.rows[0].look = LOOK_RED;
	list.rows[1].look = LOOK_OVER;
	grid_start(&grid, 4, COLUMNS);
	list_layout(&list, pane_measured(grid_pane(&grid)));
	list_draw(&list, grid_pane(&grid));
	assert_int_equal(grid.cells[1 * COLUMNS + 2].look, LOOK_RED);
	assert_int_equal(grid.cells[1 * COLUMNS + 9].look, LOOK_PLAIN);
	assert_int_equal(grid.cells[2 * COLUMNS + 2].look, LOOK_OVER);
	assert_int_equal(grid.cells[2 * COLUMNS + 9].look, LOOK_OVER);
	grid_release(&grid);
	list_release(&list);
}

static void test_bytes_in_colour(void **state)
{
	struct line_end end;
	struct list list;

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	line_end_open(&end, "xterm-256color", NULL, 24, 80);
	start_hazards(&list);
	for (unsigned n = 0; n < list.count; n += 3)
		list.rows[n].look = LOOK_RED;
	assert_in_range(cost(&end, &list, 0), 800, 2400);
	assert_in_range(cost(&end, &list, 'j'), 1, 16);
	assert_in_range(cost(&end, &list, 'j'), 1, 16);
	list_release(&list);
	line_end_close(&end);
}

/* A key held down: what is there is read before anything is painted, so it costs a page and not
 * sixty moves. */
static void test_bytes_of_a_held_key(void **state)
{
	struct line_end end;
	struct list list;
	char keys[61];
	int key = 0;
	bool changed = false;

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	line_end_open(&end, "vt100", NULL, 24, 80);
	start_hazards(&list);
	cost(&end, &list, 0);
	memset(keys, 'j', sizeof(keys) - 1);
	keys[sizeof(keys) - 1] = '\0';
	line_end_type(&end, keys);
	uint64_t before = term_bytes(end.term);
	for (unsigned pressed = 0; pressed < 60 || changed;) {
		if (changed && !term_pending(end.term)) {
			cost(&end, &list, 0);
			changed = false;
			continue;
		}
		enum wait wait = term_wait(end.term, &key, -1, 1000);
		if (wait == WAIT_KEY) {
			list_key(&list, key);
			pressed++;
			changed = true;
		}
	}
	assert_int_equal(list.at, 60);
	assert_in_range(term_bytes(end.term) - before, 200, 1751 + 4);
	list_release(&list);
	line_end_close(&end);
}

static void test_bytes(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	count_bytes(NULL, 2100, 120, 1750);
	assert_non_null(setlocale(LC_ALL, "zh_CN.GB18030"));
	count_bytes("GB18030", 1700, 100, 1450);
	setlocale(LC_ALL, "C.UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_draws),
		cmocka_unit_test(test_empty_says_what_to_do),
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_sorts),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_keeps_the_place),
		cmocka_unit_test(test_asks_for_more),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_columns_from_the_schema),
		cmocka_unit_test(test_what_is_over_is_so_as_a_whole),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_bytes_in_colour),
		cmocka_unit_test(test_bytes_of_a_held_key),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
