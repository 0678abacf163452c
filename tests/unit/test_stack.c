/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stack of screens with screens made for it: who gets a key, what follows, bars and notes,
 * small terminals.
 * Tests also: stack_ask.c stack_draw.c stack_title.c.
 */
#include "ui/screen.h"
#include "store/station.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int loads, dones, hung_up;
static bool fails;

struct first {
	struct pane room; /* of the last layout */
	char about[600];
	int presses;
	char typed[40];
};

static enum act add(struct view *view)
{
	((struct first *)view->state)->presses++;
	stack_note(view, LOOK_PLAIN, "第 %d 次", ((struct first *)view->state)->presses);
	return ACT_DRAW;
}

static enum act open_second(struct view *view)
{
	struct aim *aim = stack_open(view, "second");

	strcpy(aim->text, "水泵");
	return ACT_OPEN;
}

static enum act start_typing(struct view *view)
{
	view->typing = true;
	return ACT_DRAW;
}

static enum act leave(struct view *view)
{
	(void)view;
	return ACT_QUIT;
}

static enum rc first_load(struct view *view, struct fault *fault)
{
	(void)fault;
	loads++;
	strcpy(view->title, "共 3 条");
	view->due = 1000;
	return RC_OK;
}

static void first_layout(struct view *view, struct pane room)
{
	struct first *first = view->state;

	assert_null(room.grid);
	assert_int_equal(view->columns, room.columns);
	first->room = room;
	snprintf(first->about, sizeof(first->about), "%s", view->aim.text);
}

/* What is drawn was laid out for that very place. */
static void assert_laid(const struct first *first, struct pane pane)
{
	assert_int_equal(first->room.top, pane.top);
	assert_int_equal(first->room.rows, pane.rows);
	assert_int_equal(first->room.columns, pane.columns);
}

static void first_draw(const void *state, struct pane pane)
{
	const struct first *first = state;

	assert_laid(first, pane);
	pane_fmt(pane, 0, 0, LOOK_PLAIN, "按了 %d 次", first->presses);
	pane_text(pane, 1, 0, LOOK_PLAIN, 0, first->typed);
	pane_text(pane, pane.rows - 1, 0, LOOK_PLAIN, 0, "底");
}

static enum act first_type(struct view *view, int key)
{
	struct first *first = view->state;

	assert_true(first->room.rows > 0 || key == K_HANGUP);
	if (key == K_HANGUP) {
		hung_up++;
		return ACT_NONE;
	}
	if (key == K_ENTER)
		view->typing = false;
	else if (view->typing && key_is_text(key))
		first->typed[strlen(first->typed)] = (char)key;
	else
		return ACT_UNKNOWN;
	return ACT_DRAW;
}

static void first_done(struct view *view)
{
	(void)view;
	dones++;
}

static enum act agree(struct view *view)
{
	((struct first *)view->state)->presses += 100;
	return ACT_DRAW;
}

static const char *asked = "暴雨";

static enum act ask_first(struct view *view)
{
	return stack_ask(view, agree, "签收", "红R %s", asked);
}

static enum act first_paste(struct view *view, const char *text)
{
	struct first *first = view->state;

	strncat(first->typed, text, sizeof(first->typed) - strlen(first->typed) - 1);
	return ACT_DRAW;
}

static const struct key first_keys[] = {
	{'a', "新增", add},
	{'o', "打开", open_second},
	{'/', "找", start_typing},
	{'p', NULL, ask_first},
	{'x', NULL, leave},
	{0, NULL, NULL},
};

static enum rc second_load(struct view *view, struct fault *fault)
{
	return fails ? fault_set(fault, RC_NONE, "没有 \"%s\"", view->aim.text) : RC_OK;
}

static void second_draw(const void *state, struct pane pane)
{
	const struct first *second = state;

	assert_laid(second, pane);
	pane_text(pane, 0, 0, LOOK_PLAIN, 0, second->about);
}

static const struct key no_keys[] = {{'o', NULL, open_second}, {0, NULL, NULL}};
static const struct screen first = {.name = "first",
	.title = "今天",
	.size = sizeof(struct first),
	.keys = first_keys,
	.acts = "12",
	.load = first_load,
	.layout = first_layout,
	.draw = first_draw,
	.type = first_type,
	.paste = first_paste,
	.done = first_done};
static const struct screen second = {.name = "second",
	.title = "物资",
	.size = sizeof(struct first),
	.keys = no_keys,
	.load = second_load,
	.layout = first_layout,
	.draw = second_draw,
	.type = first_type};
static const struct screen help = {.name = "help",
	.title = "帮助",
	.size = sizeof(struct first),
	.layout = first_layout,
	.draw = second_draw};
static const struct screen *const screens[] = {&first, &second, &help, NULL};

static struct stack *started(void)
{
	static const struct user user = {.name = "李爱国"};
	struct stack *stack = stack_new(NULL, &user, screens);
	struct fault fault = {0};

	loads = dones = hung_up = 0;
	fails = false;
	assert_true(stack_start(stack, "first", &fault));
	return stack;
}

static void assert_drawn(struct stack *stack, unsigned rows, unsigned columns, const char *expected)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, rows, columns);
	stack_draw(stack, &grid);
	grid_show(&grid, &text);
	assert_string_equal(buf_cstr(&text), expected);
	assert_false(stack_dirty(stack));
	buf_release(&text);
	grid_release(&grid);
}

static void assert_title(struct stack *stack, unsigned columns, const char *expected)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, 5, columns);
	stack_draw(stack, &grid);
	grid_show(&grid, &text);
	assert_memory_equal(buf_cstr(&text), expected, strlen(expected));
	buf_release(&text);
	grid_release(&grid);
}

static void test_bars(void **state)
{
	struct stack *stack = started();

	(void)state;
	assert_drawn(stack, 6, 60,
		"今天 共 3 条                                          李爱国\n按了 0 次\n\n底\n\n"
		"a 新增  o 打开  / 找  ? 帮助\n");
	assert_true(stack_key(stack, 'a'));
	assert_true(stack_dirty(stack));
	assert_drawn(stack, 6, 30,
		"今天 共 3 条            李爱国\n按了 1 次\n\n底\n第 1 次\na 新增  o 打开  / 找  ? "
		"帮助\n");
	assert_int_equal(stack_due(stack), 1000);
	stack_free(stack);
	assert_int_equal(dones, 1);
}

static void test_note_goes_with_the_next_key(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_say(stack, LOOK_PLAIN, "已发出 3 条");
	assert_drawn(stack, 5, 20,
		"今天 共 3 条  李爱国\n按了 0 次\n底\n已发出 3 条\na新增 o打开 /找 ?\n");
	stack_key(stack, 'z');
	assert_true(stack_dirty(stack));
	assert_drawn(stack, 5, 20, "今天 共 3 条  李爱国\n按了 0 次\n底\n\na新增 o打开 /找 ?\n");
	stack_free(stack);
}

static void test_open_and_back(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, 'a');
	stack_key(stack, 'o');
	assert_drawn(stack, 5, 40,
		"物资                              李爱国\n水泵\n\n\n? 帮助  q 返回\n");
	assert_int_equal(stack_due(stack), 0);
	assert_int_equal(loads, 1);
	assert_true(stack_key(stack, 'q'));
	assert_int_equal(loads, 2);
	assert_drawn(stack, 5, 40,
		"今天 共 3 条                      李爱国\n按了 1 次\n底\n\na 新增  o 打开  / 找  "
		"? 帮助\n");
	stack_free(stack);
}

/* The question stands until a y comes that was pressed after it was seen. */
static void test_a_question(void **state)
{
	struct stack *stack = started();
	struct fault fault = {0};

	(void)state;
	stack_key(stack, 'p');
	assert_false(stack_waits(stack));
	stack_key(stack, 'y');
	assert_drawn(stack, 5, 50,
		"今天 共 3 条                                李爱国\n按了 0 次\n底\n"
		"红R 暴雨：请再按 y 签收，其他键不办\na 新增  o 打开  / 找  ? 帮助\n");
	assert_true(stack_waits(stack));
	assert_int_equal(stack_load(stack, &fault), RC_OK);
	stack_seen(stack);
	assert_false(stack_waits(stack));
	stack_key(stack, 'y');
	assert_drawn(stack, 5, 20, "今天 共 3 条  李爱国\n按了 100 次\n底\n\na新增 o打开 /找 ?\n");
	stack_key(stack, 'p');
	stack_key(stack, 'a');
	assert_drawn(
		stack, 5, 20, "今天 共 3 条  李爱国\n按了 100 次\n底\n没有办\na新增 o打开 /找 ?\n");
	stack_free(stack);
}

/* Nothing of a long one is cut. */
static void test_a_question_on_a_small_terminal(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, 'p');
	assert_drawn(stack, 6, 24,
		"今天 共 3 条      李爱国\n按了 0 次\n\n红R 暴雨\n"
		"按 y 签收，其他键不办\na新增 o打开 /找 ? 帮助\n");
	stack_free(stack);
}

/* However long it is: its number stands at the end, and its answer below it. A note, too. */
static void test_nothing_of_a_question_is_cut(void **state)
{
	struct stack *stack = started();

	(void)state;
	asked = "暴雨红色预警 沁阳市气象台发 XZ-1234";
	stack_key(stack, 'p');
	assert_drawn(stack, 8, 24,
		"今天 共 3 条      李爱国\n按了 0 次\n\n\n红R 暴雨红色预警 沁阳市\n"
		"气象台发 XZ-1234\n按 y 签收，其他键不办\na新增 o打开 /找 ? 帮助\n");
	asked = "暴雨";
	stack_key(stack, 'n');
	stack_say(stack, LOOK_PLAIN, "已写好 /media/usb/outpost-XZC-0001.frame，拿到镇里读");
	assert_drawn(stack, 8, 24,
		"今天 共 3 条      李爱国\n按了 0 "
		"次\n\n\n已写好\n/media/usb/outpost-XZC-0\n001.frame，拿到镇里读\n"
		"a新增 o打开 /找 ? 帮助\n");
	stack_free(stack);
}

static void test_what_comes_too_fast(void **state)
{
	static const int word[] = {'s', 'y', 's', 't', 'e', 'm'}, few[] = {'s', 'y', 'j', 'j', 'j'};
	struct stack *stack = started();

	(void)state;
	assert_true(stack_acts(stack, 's'));
	assert_true(stack_acts(stack, 'J'));
	assert_false(stack_acts(stack, 'j'));
	assert_true(stack_acts(stack, '1'));
	assert_false(stack_acts(stack, '3'));
	assert_false(stack_many(stack, few, countof(few)));
	assert_true(stack_many(stack, word, countof(word)));
	stack_refuse(stack, countof(word));
	assert_drawn(stack, 5, 30,
		"今天 共 3 条            李爱国\n按了 0 次\n底\n一下来了6个键，没有办\n"
		"a 新增  o 打开  / 找  ? 帮助\n");
	stack_key(stack, '/');
	assert_false(stack_acts(stack, 's'));
	assert_false(stack_many(stack, word, countof(word)));
	stack_free(stack);
}

/* A digit that acts counts once in a quarter of a second; held down, it counts once. */
static void test_a_bounce(void **state)
{
	static const struct {
		int key;
		int64_t ms;
		bool bounces;
	} keys[] = {
		{'1', 1000, false},
		{'1', 1249, true},
		{'1', 1498, true}, /* after the last one, not after the first */
		{'1', 1748, false},
		{'2', 1749, false},
		{'1', 1750, false},
		{'s', 1751, false}, /* letters are asked about, and y waits for its question */
		{'s', 1752, false},
		{'1', 1999, false}, /* another key came between */
		{'1', 2249, false},
		{'1', 2250, true},
		{'x', 2251, false}, /* so did one that does not act */
		{'1', 2252, false},
	};
	struct stack *stack = started();

	(void)state;
	for (size_t n = 0; n < countof(keys); n++)
		if (stack_bounces(stack, keys[n].key, keys[n].ms) != keys[n].bounces)
			fail_msg("key %zu", n);
	stack_free(stack);
}

static void test_pastes(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, 'p');
	assert_true(stack_paste(stack, "y是\ny"));
	assert_drawn(stack, 5, 30,
		"今天 共 3 条            李爱国\n按了 0 次\n底\n粘贴了4个字，没有当按键\n"
		"a 新增  o 打开  / 找  ? 帮助\n");
	stack_key(stack, '/');
	assert_true(stack_paste(stack, "sy"));
	assert_drawn(stack, 6, 30,
		"今天 共 3 条            李爱国\n按了 0 次\nsy\n底\n\n"
		"回车 打好了  ^X 不打了\n");
	stack_free(stack);
}

/* It stands in the place of the title, and no note covers it. */
static void test_an_alarm(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_alarm(stack, &(struct stack_alarm){
				   "!!红R 暴雨红色预警", {"剩3分 未签", "剩3分", "剩3分"}, true});
	assert_true(stack_key(stack, 'a'));
	assert_drawn(stack, 5, 70,
		"!!红R 暴雨红色预警 剩3分 未签 ^G看 s签收  今天 共 3 条          李爱国\n按了 1 "
		"次\n底\n"
		"第 1 次\na 新增  o 打开  / 找  ? 帮助\n");
	assert_drawn(stack, 5, 36,
		"!!红R 暴雨红色预警 剩3分 ^G看 s签收\n按了 1 次\n底\n第 1 次\n"
		"a 新增  o 打开  / 找  ? 帮助\n");
	stack_key(stack, '/');
	assert_drawn(stack, 5, 40,
		"!!红R 暴雨红色预警 剩3分 未签 ^G看\n按了 1 次\n底\n\n"
		"回车 打好了  ^X 不打了\n");
	stack_alarm(stack, &(struct stack_alarm){"", {"", "", ""}, false});
	assert_drawn(stack, 5, 20, "今天 共 3 条  李爱国\n按了 1 次\n底\n\n回车打好了 ^X不打了\n");
	stack_free(stack);
}

/* Which record or village this is comes before all that stands behind it. */
static void test_a_narrow_title(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, 'o');
	stack_around(stack, "[三级响应]", "三级", "森林防火期");
	stack_clock(stack, "05:12");
	const struct {
		unsigned columns;
		const char *title;
	} wants[] = {
		{39, "物资 [三级响应] 森林防火期 05:12 李爱国\n"},
		{28, "物资 [三级响应] 05:12 李爱国\n"},
		{27, "物资 [三级] 05:12    李爱国\n"},
		{18, "物资 [三级] 李爱国\n"},
		{17, "物资 [三级]\n"},
		{9, "~ [三级]\n"},
	};
	for (size_t n = 0; n < countof(wants); n++)
		assert_title(stack, wants[n].columns, wants[n].title);
	stack_free(stack);
}

static void test_leaving_by_hand(void **state)
{
	struct stack *stack = started();

	(void)state;
	assert_true(stack_key(stack, K_ESC));
	assert_true(stack_key(stack, 'q'));
	assert_true(stack_key(stack, 'q'));
	assert_drawn(stack, 5, 30,
		"今天 共 3 条            李爱国\n按了 0 次\n底\n这里是首页；退出按 Q\n"
		"a 新增  o 打开  / 找  ? 帮助\n");
	assert_false(stack_key(stack, 'x'));
	stack_free(stack);
}

static void test_typing_comes_first(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, '/');
	stack_key(stack, 'a');
	stack_key(stack, 'q');
	stack_key(stack, '?');
	assert_drawn(stack, 6, 40,
		"今天 共 3 条                      李爱国\n按了 0 次\naq?\n底\n\n"
		"回车 打好了  ^X 不打了\n");
	stack_key(stack, K_ENTER);
	stack_key(stack, 'a');
	assert_drawn(
		stack, 5, 20, "今天 共 3 条  李爱国\n按了 1 次\n底?\n第 1 次\na新增 o打开 /找 ?\n");
	stack_free(stack);
}

static void test_what_does_not_open(void **state)
{
	struct stack *stack = started();

	(void)state;
	fails = true;
	assert_true(stack_key(stack, 'o'));
	assert_drawn(stack, 5, 20,
		"今天 共 3 条  李爱国\n按了 0 次\n底\n没有 \"水泵\"\na新增 o打开 /找 ?\n");
	fails = false;
	for (int n = 0; n < 2 * LIMIT_SCREENS; n++)
		assert_true(stack_key(stack, 'o'));
	assert_true(stack_key(stack, 'h'));
	assert_drawn(stack, 5, 20, "今天 共 3 条  李爱国\n按了 0 次\n底\n\na新增 o打开 /找 ?\n");
	stack_free(stack);
}

static void test_help_knows_the_screen(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, '?');
	assert_drawn(stack, 5, 20, "帮助          李爱国\nfirst\n\n\n? 帮助  q 返回\n");
	stack_free(stack);
}

static void test_hang_up_reaches_all(void **state)
{
	struct stack *stack = started();

	(void)state;
	stack_key(stack, 'o');
	assert_false(stack_key(stack, K_HANGUP));
	assert_int_equal(hung_up, 2);
	stack_free(stack);
	assert_int_equal(dones, 1);
}

static void test_tiny(void **state)
{
	struct stack *stack = started();

	(void)state;
	for (unsigned rows = 1; rows < 8; rows++) {
		for (unsigned columns = 1; columns < 30; columns += 3) {
			struct grid grid;

			grid_start(&grid, rows, columns);
			stack_key(stack, K_RESIZE);
			stack_draw(stack, &grid);
			grid_release(&grid);
		}
	}
	stack_free(stack);
}

/* Keys typed ahead meet a screen that was laid out, though never painted. */
static void test_keys_before_the_first_paint(void **state)
{
	struct stack *stack = started();

	(void)state;
	assert_true(stack_key(stack, 'z'));
	assert_true(stack_key(stack, 'o'));
	assert_true(stack_key(stack, 'z'));
	assert_true(stack_dirty(stack));
	stack_free(stack);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_note_goes_with_the_next_key),
		cmocka_unit_test(test_open_and_back),
		cmocka_unit_test(test_a_question),
		cmocka_unit_test(test_a_question_on_a_small_terminal),
		cmocka_unit_test(test_nothing_of_a_question_is_cut),
		cmocka_unit_test(test_what_comes_too_fast),
		cmocka_unit_test(test_a_bounce),
		cmocka_unit_test(test_pastes),
		cmocka_unit_test(test_an_alarm),
		cmocka_unit_test(test_a_narrow_title),
		cmocka_unit_test(test_leaving_by_hand),
		cmocka_unit_test(test_typing_comes_first),
		cmocka_unit_test(test_what_does_not_open),
		cmocka_unit_test(test_help_knows_the_screen),
		cmocka_unit_test(test_hang_up_reaches_all),
		cmocka_unit_test(test_tiny),
		cmocka_unit_test(test_keys_before_the_first_paint),
	};

	return cmocka_run_group_tests_name("stack", tests, NULL, NULL);
}
