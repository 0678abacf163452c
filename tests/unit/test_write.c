/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing: what a hang-up leaves is offered again, steps go by their keys, and of two people at one
 * record neither loses what he wrote without being told.
 * Tests also: people.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "desk.h"
#include "model/kinds.h"
#include "store/station.h"

static const char *const crack[] = {
	"category=H0101", "place=后山", "text=边坡裂缝", "grade=G", NULL};

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

static const char *field_now(struct desk *desk, struct ref ref, unsigned tag, struct arena *arena)
{
	struct fault fault;
	struct row row;
	struct buf out = {0};

	assert_int_equal(store_row(desk->store, ref, arena, &row, &fault), RC_OK);
	row_field(desk->store, &row, tag, true, &out);
	const char *text = arena_text(arena, buf_cstr(&out));
	buf_release(&out);
	return text;
}

static void test_new_record(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply"));
	assert_true(desk_sees(desk, "还没有物资。按 n 登记第一条"));
	assert_true(desk_keys(desk, "n"));
	desk_type(desk, "发电机");
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "已保存 WZ-"));
	assert_true(desk_sees(desk, "发电机"));
	assert_true(desk_sees(desk, "应急物资 1"));
}

static void test_hang_up_keeps_the_draft(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 12, 40);
	assert_true(desk_keys(desk, "=supply n"));
	desk_type(desk, "发电机");
	assert_true(desk_keys(desk, "enter"));
	desk_type(desk, "50千瓦");
	desk_hang_up(desk);
	desk_login(desk, 12, 40);
	assert_true(desk_sees(desk, "草稿1份"));
	assert_true(desk_keys(desk, "^R enter"));
	assert_true(desk_sees(desk, "接着上次没写完的草稿"));
	assert_true(desk_sees(desk, "发电机"));
	assert_true(desk_sees(desk, "50千瓦"));
	assert_true(desk_keys(desk, "^O h"));
	assert_null(strstr(desk_screen(desk), "草稿1份"));
	assert_true(desk_keys(desk, "=supply"));
	assert_true(desk_sees(desk, "发电机"));
}

static void test_leaving_keeps_the_draft_and_x_drops_it(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply n"));
	desk_type(desk, "水泵");
	assert_true(desk_keys(desk, "^X"));
	assert_true(desk_sees(desk, "草稿留着"));
	assert_true(desk_keys(desk, "h ^R x"));
	assert_true(desk_sees(desk, "按 y 丢掉"));
	assert_true(desk_keys(desk, "y"));
	assert_true(desk_sees(desk, "没有草稿"));
	assert_true(desk_keys(desk, "h =supply n"));
	assert_null(strstr(desk_screen(desk), "水泵"));
}

/* A draft does not come by itself, what is begun instead does not write it over, and ^R fetches it.
 */
static void test_a_draft_is_fetched(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply n"));
	desk_type(desk, "水泵");
	assert_true(desk_keys(desk, "^X n"));
	assert_true(desk_sees(desk, "有草稿 07-14 06:33 水泵 ^R 取回"));
	assert_null(strstr(desk_screen(desk), "*名称     水泵"));
	desk_type(desk, "帐篷");
	assert_true(desk_keys(desk, "tab ^R"));
	assert_true(desk_sees(desk, "*名称     水泵"));
	assert_null(strstr(desk_screen(desk), "有草稿"));
	assert_true(desk_keys(desk, "^O h"));
	assert_true(desk_sees(desk, "草稿1份，^R 接着写：新物资 帐篷"));
	assert_true(desk_keys(desk, "^R enter"));
	assert_true(desk_sees(desk, "*名称     帐篷"));
	assert_true(desk_keys(desk, "^R y"));
	assert_true(desk_sees(desk, "从头填写"));
	assert_null(strstr(desk_screen(desk), "帐篷"));
}

static void test_a_draft_is_its_writers_alone(void **state)
{
	struct desk *desk = *state;

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=supply n"));
	desk_type(desk, "水泵");
	desk_hang_up(desk);
	desk->user = desk_person(desk, "李四");
	desk_login(desk, 24, 80);
	assert_null(strstr(desk_screen(desk), "草稿1份"));
}

static void test_step_by_key(void **state)
{
	struct desk *desk = *state;
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref = desk_add(desk, "hazard", crack);

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter"));
	assert_true(desk_sees(desk, "可办事项：1交办"));
	assert_true(desk_keys(desk, "3"));
	assert_true(desk_sees(desk, "整改完成 WZ-"));
	desk_type(desk, "已灌浆封闭");
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "已保存"));
	assert_true(desk_sees(desk, "待复查"));
	assert_int_equal(store_row(desk->store, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(row.state, hazard_is_rectified);
	/* Who rectified does not recheck, whatever he types. */
	assert_true(desk_keys(desk, "4"));
	assert_true(desk_sees(desk, "这一步要由另一个人办"));
	assert_true(desk_keys(desk, "space 1 ^O"));
	assert_true(desk_sees(desk, "这一步要由另一个人办"));
	assert_int_equal(store_row(desk->store, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(row.state, hazard_is_rectified);
	arena_release(&arena);
}

/* Two at one terminal. What the second one signs is written in the second one's name alone, after
 * that one's PIN, and only by whom the record allows. */
static void test_second_signer(void **state)
{
	struct desk *desk = *state;
	struct user other = desk_person(desk, "李四"), third = desk_person(desk, "王五");
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref = desk_add(desk, "hazard", crack);

	assert_int_equal(store_pin_set(desk->store, other.who, "1357", &fault), RC_OK);
	assert_int_equal(store_pin_set(desk->store, desk->user.who, "2468", &fault), RC_OK);
	(void)third; /* has none: nobody could know that it is him */
	desk_step(desk, &other, ref, "rectify", (const char *const[]){"text=已灌浆", NULL});
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter 4 space 1 ^Y"));
	assert_true(desk_sees(desk, "李四"));
	assert_null(strstr(desk_screen(desk), "王五"));
	assert_true(desk_keys(desk, "enter"));
	desk_type(desk, "1357");
	assert_true(desk_keys(desk, "enter"));
	assert_true(desk_sees(desk, "须由另一人")); /* it was 李四 who rectified */
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "要 张三 的口令"));
	desk_type(desk, "2468");
	assert_true(desk_keys(desk, "enter"));
	assert_true(desk_sees(desk, "复查合格"));
	assert_int_equal(store_row(desk->store, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(row.state, hazard_is_passed);
	arena_release(&arena);
}

static void test_step_needs_its_argument(void **state)
{
	struct desk *desk = *state;

	desk_add(desk, "hazard", crack);
	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter 3 ^O"));
	assert_true(desk_sees(desk, "必填"));
}

static void test_second_person_is_shown(void **state)
{
	struct desk *desk = *state;
	struct user other = desk_person(desk, "李四");
	struct arena arena = {0};
	struct ref ref = desk_add(desk, "hazard", crack);

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter e enter down down"));
	desk_type(desk, "东侧");
	desk_edit(desk, &other, ref, (const char *const[]){"place=后山西侧", "grade=M", NULL});
	desk_reload(desk);
	assert_true(desk_sees(desk, "您填的是"));
	assert_true(desk_sees(desk, "后山西侧"));
	assert_true(desk_sees(desk, "后山东侧"));
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "已保存"));
	assert_string_equal(field_now(desk, ref, hazard_place, &arena), "后山东侧");
	/* What was not touched here keeps what the other wrote. */
	assert_string_equal(field_now(desk, ref, hazard_grade, &arena), "重大");
	arena_release(&arena);
}

static void test_clash_is_found_at_saving_too(void **state)
{
	struct desk *desk = *state;
	struct user other = desk_person(desk, "李四");
	struct ref ref = desk_add(desk, "hazard", crack);

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter e enter down down"));
	desk_type(desk, "东侧");
	desk_edit(desk, &other, ref, (const char *const[]){"place=后山西侧", NULL});
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "您填的是"));
	assert_true(desk_keys(desk, "^O"));
	assert_true(desk_sees(desk, "已保存"));
}

static void test_record_says_that_it_moved(void **state)
{
	struct desk *desk = *state;
	struct user other = desk_person(desk, "李四");
	struct ref ref = desk_add(desk, "hazard", crack);

	desk_login(desk, 24, 80);
	assert_true(desk_keys(desk, "=hazard enter"));
	desk_edit(desk, &other, ref, (const char *const[]){"place=后山西侧", NULL});
	desk_reload(desk);
	assert_true(desk_sees(desk, "已更新"));
	assert_true(desk_sees(desk, "李四"));
	assert_true(desk_sees(desk, "后山西侧"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_new_record, start, stop),
		cmocka_unit_test_setup_teardown(test_hang_up_keeps_the_draft, start, stop),
		cmocka_unit_test_setup_teardown(
			test_leaving_keeps_the_draft_and_x_drops_it, start, stop),
		cmocka_unit_test_setup_teardown(test_a_draft_is_fetched, start, stop),
		cmocka_unit_test_setup_teardown(test_a_draft_is_its_writers_alone, start, stop),
		cmocka_unit_test_setup_teardown(test_step_by_key, start, stop),
		cmocka_unit_test_setup_teardown(test_second_signer, start, stop),
		cmocka_unit_test_setup_teardown(test_step_needs_its_argument, start, stop),
		cmocka_unit_test_setup_teardown(test_second_person_is_shown, start, stop),
		cmocka_unit_test_setup_teardown(test_clash_is_found_at_saving_too, start, stop),
		cmocka_unit_test_setup_teardown(test_record_says_that_it_moved, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
