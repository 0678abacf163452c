/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of lines: folding on 80 and 40 columns, sections, the place after a refresh, lines that
 * open something, texts to read, what an empty one says.
 */
#include "ui/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { SITE = 7 };

static void draw(struct page *page, unsigned rows, unsigned columns, struct buf *text)
{
	struct grid grid;

	grid_start(&grid, rows, columns);
	page_layout(page, pane_measured(grid_pane(&grid)));
	page_draw(page, grid_pane(&grid));
	grid_show(&grid, text);
	grid_release(&grid);
}

static void assert_drawn(struct page *page, unsigned rows, unsigned columns, const char *expected)
{
	struct buf text = {0};

	draw(page, rows, columns, &text);
	assert_string_equal(buf_cstr(&text), expected);
	buf_release(&text);
}

static void press(struct page *page, const char *keys)
{
	for (; *keys; keys++)
		assert_int_equal(page_key(page, *keys), LIST_MOVED);
}

static void add_record(struct page *page, const char *text, unsigned seq)
{
	page_text(page, LOOK_PLAIN, text)->ref = (struct ref){SITE, seq};
}

static void test_folded(void **state)
{
	struct page page = {.indent = 2};

	(void)state;
	page_clear(&page);
	page_text(&page, LOOK_PLAIN, "内容：护岸冲空约20米，堤脚见空洞");
	page_text(&page, LOOK_KEY, "可办： 1核实 2交办 3退回");
	assert_drawn(&page, 5, 40,
		"> 内容：护岸冲空约20米，堤脚见空洞\n  可办： 1核实 2交办 3退回\n\n\n\n");
	/* A key stays with what it does. */
	assert_drawn(&page, 5, 20,
		"> 内容：护岸冲空约20\n    米，堤脚见空洞\n  可办： 1核实 2交办\n    "
		"3退回\n\n");
	assert_drawn(&page, 3, 1, ">\n\n\n");
	page_release(&page);
}

static void test_pages(void **state)
{
	struct page page = {0};
	struct buf text = {0};

	(void)state;
	page_clear(&page);
	for (unsigned n = 0; n < 25; n++) {
		buf_fmt(&text, "第%u行", n);
		page_add(&page, LOOK_PLAIN, &text);
	}
	assert_drawn(&page, 3, 20, "> 第0行\n  第1行\n  第2行\n");
	press(&page, " j");
	assert_drawn(&page, 3, 20, "  第2行\n  第3行\n> 第4行\n");
	press(&page, "G");
	assert_drawn(&page, 3, 20, "  第22行\n  第23行\n> 第24行\n");
	page_jump(&page, 10);
	assert_drawn(&page, 3, 20, "> 第10行\n  第11行\n  第12行\n");
	page_jump(&page, 25);
	assert_string_equal(page_line(&page)->text, "第10行");
	assert_int_equal(page_key(&page, 'z'), LIST_NOT);
	page_release(&page);
}

static void test_sections(void **state)
{
	struct page page = {0};
	unsigned head;

	(void)state;
	page_clear(&page);
	head = page_section(&page, "迟到的");
	page_section_end(&page, head);
	head = page_section(&page, "退回的");
	page_text(&page, LOOK_BAD, "一条");
	page_section_end(&page, head);
	assert_int_equal(page.count, 2);
	assert_int_equal(page.lines[0].look, LOOK_TITLE);
	assert_drawn(&page, 3, 20, "> 退回的\n  一条\n\n");
	page_release(&page);
}

/* Somebody else's record came in above: '>' stays on the one that was being read. */
static void test_refresh_keeps_the_place(void **state)
{
	struct page page = {0};

	(void)state;
	page_clear(&page);
	add_record(&page, "甲", 1);
	add_record(&page, "乙，很长的一条要折两行", 2);
	add_record(&page, "乙又一行", 2);
	assert_drawn(&page, 4, 14, "> 甲\n  乙，很长的一\n  条要折两行\n  乙又一行\n");
	press(&page, "jj");
	page_clear(&page);
	add_record(&page, "新", 3);
	add_record(&page, "甲", 1);
	add_record(&page, "乙，很长的一条要折两行", 2);
	add_record(&page, "乙又一行", 2);
	assert_null(page_line(&page)); /* not laid out */
	assert_drawn(&page, 5, 14, "  新\n  甲\n  乙，很长的一\n> 条要折两行\n  乙又一行\n");
	/* Read again before it is drawn: nothing is lost. On a wider screen the row is gone. */
	page_clear(&page);
	page_clear(&page);
	add_record(&page, "乙，很长的一条要折两行", 2);
	assert_drawn(&page, 2, 80, "> 乙，很长的一条要折两行\n\n");
	page_release(&page);
}

/* Two lines about one record are told apart; when it is gone, '>' stays where it was. */
static void test_place_of_what_is_gone(void **state)
{
	struct page page = {0};

	(void)state;
	page_clear(&page);
	add_record(&page, "甲", 1);
	add_record(&page, "现在", 2);
	add_record(&page, "另一", 2);
	assert_drawn(&page, 3, 20, "> 甲\n  现在\n  另一\n");
	press(&page, "G");
	page_clear(&page);
	add_record(&page, "现在", 2);
	add_record(&page, "另一", 2);
	assert_drawn(&page, 3, 20, "  现在\n> 另一\n\n");
	page_clear(&page);
	add_record(&page, "甲", 1);
	assert_drawn(&page, 3, 20, "> 甲\n\n\n");
	page_release(&page);
}

static void test_empty(void **state)
{
	struct page page = {.empty = "没有生效的预警"};

	(void)state;
	page_clear(&page);
	assert_drawn(&page, 2, 20, "  没有生效的预警\n\n");
	assert_null(page_line(&page));
	assert_int_equal(page_key(&page, K_ENTER), LIST_MOVED);
	page_clear(&page);
	page_text(&page, LOOK_PLAIN, "一条");
	assert_drawn(&page, 2, 20, "> 一条\n\n");
	page_release(&page);
	page_release(&page);
}

static void test_chosen(void **state)
{
	struct page page = {0};

	(void)state;
	page_clear(&page);
	page_text(&page, LOOK_TITLE, "村");
	add_record(&page, "1 西彰村", 1);
	page.lines[1].key = '1';
	add_record(&page, "2 伏背村", 2);
	page.lines[2].key = '2';
	assert_drawn(&page, 3, 20, "> 村\n  1 西彰村\n  2 伏背村\n");
	assert_int_equal(page_key(&page, '2'), LIST_CHOSEN);
	assert_int_equal(page_line(&page)->ref.seq, 2);
	assert_int_equal(page_key(&page, '3'), LIST_NOT);
	press(&page, "k");
	assert_int_equal(page_key(&page, K_ENTER), LIST_CHOSEN);
	assert_int_equal(page_line(&page)->ref.seq, 1);
	page_release(&page);
}

/* A text has no '>' and all columns; it scrolls as long as there is more. */
static void test_text(void **state)
{
	struct page page = {.text = true};

	(void)state;
	page_clear(&page);
	page_text(&page, LOOK_PLAIN, "第一行\n第二行\n\n第四行很长要折行\n第六行");
	assert_drawn(&page, 2, 10, "第一行\n第二行\n");
	press(&page, " ");
	assert_drawn(&page, 2, 10, "\n第四行很长\n");
	press(&page, " ");
	assert_drawn(&page, 2, 10, "要折行\n第六行\n");
	press(&page, " j");
	assert_drawn(&page, 2, 10, "要折行\n第六行\n");
	press(&page, "k");
	assert_drawn(&page, 2, 10, "第四行很长\n要折行\n");
	press(&page, "---");
	assert_drawn(&page, 2, 10, "第一行\n第二行\n");
	press(&page, "G");
	assert_drawn(&page, 2, 10, "要折行\n第六行\n");
	press(&page, "g");
	assert_drawn(&page, 2, 10, "第一行\n第二行\n");
	assert_int_equal(page_key(&page, 'z'), LIST_NOT);
	page_release(&page);
}

/* A terminal without hanzi gets pinyin, and it is pinyin that is folded. */
static void test_latin(void **state)
{
	struct page page = {.text = true};
	struct buf text = {0};
	struct grid grid;

	(void)state;
	page_clear(&page);
	page_text(&page, LOOK_PLAIN, "村东涵洞水深");
	grid_start(&grid, 6, 12);
	grid.latin = true;
	page_layout(&page, pane_measured(grid_pane(&grid)));
	page_draw(&page, grid_pane(&grid));
	grid_show(&grid, &text);
	assert_non_null(strcasestr(buf_cstr(&text), "shen"));
	buf_release(&text);
	grid_release(&grid);
	page_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_refresh_keeps_the_place),
		cmocka_unit_test(test_place_of_what_is_gone),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_chosen),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_latin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
