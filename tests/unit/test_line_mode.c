/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode from a pipe: first run, home, registers, find; nothing moves a cursor.
 * Tests also: line_places.c line_totals.c.
 * Covers: N25
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "store/station.h"
#include "desk.h"
#include "screens/boards.h"
#include "talk.h"
#include "work/receipt.h"

static void test_home_and_end(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "", room->said), EXIT_DONE);
	assert_true(said(room, "王庄村 张三"));
	assert_true(said(room, "现在没有要办的事"));
	assert_true(said(room, "打号码，s签收 !告急 更多回车 ?去处 <退出"));
	assert_true(said(room, "再见"));
	assert_null(strchr(room->said, '\033'));
	assert_null(strchr(room->said, '\r'));
}

static void test_find(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "supply",
		(const char *const[]){
			"name=发电机", "quantity=2", "unit=台", "phone=13800001234", NULL});
	assert_int_equal(talk_run(&room->app, "/\nfdj\n1\n<\n<\n<\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "物资 发电机"));
	assert_true(said(room, "13800001234"));
	assert_true(said(room, "名称：发电机"));
	assert_int_equal(talk_run(&room->app, "/\nzzzz\n", room->said), EXIT_DONE);
	assert_true(said(room, "没有找到"));
}

static void test_registers_and_needs(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});
	assert_int_equal(talk_run(&room->app, "v\n1\n<\n<\nA\n2\n1\n", room->said), EXIT_DONE);
	assert_true(said(room, "现在1"));
	assert_true(said(room, "红R 暴雨红色预警"));
	assert_true(said(room, "1. 签收"));
	assert_true(said(room, "预警信息，共 1 条"));
}

/* 现在 stands there by number, today's and later's on an empty line; s signs as on the screens. */
static void test_home_is_the_first_menu(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});

	desk_add(&room->desk, "task", (const char *const[]){"text=催平安", "due=14:00", NULL});
	assert_int_equal(talk_run(&room->app, "\n\n1\n<\ns\nn\n2\n<\n7\n", room->said), EXIT_DONE);
	assert_true(said(room, "\n现在1 今天1\n1. 剩"));
	assert_true(said(room, " 签收 红R 暴雨红色预警\n打号码，s签收 !告急 更多回车"));
	assert_true(said(room, "> \n今天1\n2. 14:00 任务 催平安\n"));
	assert_true(said(room, "到底了"));
	assert_true(said(room, "标题：暴雨红色预警"));
	assert_true(said(room, "红R WZ-8 暴雨红色预警"));
	assert_true(said(room, "没有办"));
	assert_true(said(room, "内容：催平安"));
	assert_true(said(room, "没有第 \"7\" 项"));
	assert_false(warning_signed(room->desk.store, ref));
	assert_int_equal(talk_run(&room->app, "s\ny\ns\ny\n", room->said), EXIT_DONE);
	assert_true(said(room, "已签收，记下了您的姓名和时间"));
	assert_true(said(room, "现在没有要办的事。下一件 14:00 任务"));
	assert_true(said(room, "现在没有要签收的"));
	assert_true(said(room, "现在没有要确认的事"));
	assert_true(warning_signed(room->desk.store, ref));
}

static unsigned times(const struct room *room, const char *what)
{
	unsigned count = 0;

	for (const char *at = room->said; (at = strstr(at, what)); at++)
		count++;
	return count;
}

/* Who comes back to it gets one line, and the rows once the numbers mean something else, or at an
 * empty line. */
static void test_home_is_said_once(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});
	desk_add(&room->desk, "task", (const char *const[]){"text=催平安", "due=14:00", NULL});
	assert_int_equal(talk_run(&room->app, "A\n<\nP\n<\n\n", room->said), EXIT_DONE);
	assert_int_equal(times(room, "分 签收 红R"), 2);
	assert_int_equal(times(room, "王庄村 现在1 今天1\n打号码"), 2);
	assert_int_equal(talk_run(&room->app, "s\ny\n<\n", room->said), EXIT_DONE);
	assert_int_equal(times(room, "分 签收 红R"), 1);
	assert_int_equal(times(room, "现在没有要办的事。下一件 14:00 任务"), 1);
}

/* So it is with orders and tasks: = says the rows again. */
static void test_orders_are_said_once(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "task", (const char *const[]){"text=催平安", "due=14:00", NULL});
	assert_int_equal(talk_run(&room->app, "L\n1\n<\n<\n", room->said), EXIT_DONE);
	assert_int_equal(times(room, "1. 我的"), 1);
	assert_int_equal(times(room, "指令0 任务1"), 2);
	assert_int_equal(talk_run(&room->app, "L\n1\n<\n=\n<\n", room->said), EXIT_DONE);
	assert_int_equal(times(room, "1. 我的"), 2);
}

/* u takes back the last key after a question, once. */
static void test_the_last_key_is_taken_back(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});

	assert_int_equal(talk_run(&room->app, "s\ny\nu\nn\n", room->said), EXIT_DONE);
	assert_true(said(room, "撤回 06:33 签收"));
	assert_true(said(room, "没有办"));
	assert_true(warning_signed(room->desk.store, ref));
	assert_int_equal(talk_run(&room->app, "u\ny\nu\nr\n", room->said), EXIT_DONE);
	assert_true(said(room, "撤回了"));
	assert_true(said(room, "您这一小时里没有可撤回的"));
	assert_true(said(room, "没有要催的"));
	assert_false(warning_signed(room->desk.store, ref));
}

/* Of many, a page at a time, and numbers go on. */
static void test_home_of_many(void **state)
{
	struct room *room = *state;
	char place[32];

	for (int n = 0; n < 12; n++) {
		snprintf(place, sizeof place, "place=沟%d", n);
		desk_add(&room->desk, "incident",
			(const char *const[]){"text=塌方", place, "event=11A06", NULL});
	}
	assert_int_equal(talk_run(&room->app, "\n12\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "\n10. "));
	assert_true(said(room, "> \n11. 06:53 突发事件 沟1"));
	assert_true(said(room, "地点：沟0"));
}

/* Every capital of the screens opens its place here, too; what opens none is said. */
static void test_letters_are_those_of_the_screens(void **state)
{
	struct room *room = *state;
	char answers[8];

	for (const struct board *board = boards; board->key; board++) {
		snprintf(answers, sizeof answers, "%c\n<\n", board->key);
		assert_int_equal(talk_run(&room->app, answers, room->said), EXIT_DONE);
		assert_null(strstr(room->said, "，? 看去处"));
	}
	assert_int_equal(talk_run(&room->app, "?\nd\n", room->said), EXIT_DONE);
	assert_true(said(room, "去处：0零报告 Y预警 J叫应"));
	assert_true(said(room, " N接报"));
	assert_true(said(room, "没有 \"d\"，? 看去处"));
}

/* And from any other place: it replaces what is open. A form takes them as text. */
static void test_letters_go_from_anywhere(void **state)
{
	struct room *room = *state;

	assert_int_equal(
		talk_run(&room->app, "B\nJ\nX\nK\nZ\nA\nT\nB\n<\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "> J\n叫应"));
	assert_true(said(room, "> X\n巡查"));
	assert_true(said(room, "> A\n"));
	assert_true(said(room, "> T\n"));
	assert_null(strstr(room->said, "错误"));
	assert_null(strstr(room->said, "没有 \""));
	assert_int_equal(talk_run(&room->app, "n\n1\nA\n<<\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "没有保存，草稿留着"));
}

static void test_confirm(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "H\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "没有要核对的"));
	desk_add(&room->desk, "contact",
		(const char *const[]){"name=变电站", "duty=值班", "phone=03915550188",
			"checked=2020-01-01", NULL});
	assert_int_equal(talk_run(&room->app, "H\nx\n\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "1/1 联系人 变电站 值班 03915550188"));
	assert_true(said(room, "没有 \"x\""));
	assert_true(said(room, "后面没有了"));
	assert_int_equal(talk_run(&room->app, "H\ny\nu\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "核对无误"));
	assert_int_equal(talk_run(&room->app, "H\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "没有要核对的"));
}

static void test_profile(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "b\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "风险色"));
	assert_true(said(room, "缺 "));
}

static void test_totals(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "hazard",
		(const char *const[]){
			"category=H0202", "place=后山", "text=裂缝", "grade=G", NULL});
	assert_int_equal(talk_run(&room->app, "T\n1\n1\n<\n,\nx\nf\n\n", room->said), EXIT_DONE);
	assert_true(said(room, " 隐患"));
	assert_true(said(room, "1. 合计: 发现1 销号0 按期0 逾期0 按期销号率- 未销1 销号率0%"));
	assert_true(said(room, "后山"));
	assert_true(said(room, "逾期. 按期销号率- 未销."));
	assert_true(said(room, "没有 \"x\""));
	assert_true(said(room, " 预警"));
}

static void test_card(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "card",
		(const char *const[]){
			"code=K1", "title=山洪处置卡", "event=11A06", "text=先喊人", NULL});
	assert_int_equal(talk_run(&room->app, "F\n1\n", room->said), EXIT_DONE);
	assert_true(said(room, "步骤：先喊人"));
}

/* '*' stands before what came since this person looked last: not at the first look, not before his
 * own, and not again. */
static void test_what_is_new_is_marked(void **state)
{
	struct room *room = *state;
	struct user own = room->desk.user;

	desk_add(&room->desk, "task", (const char *const[]){"text=巡堤", "due=05:00", NULL});
	assert_int_equal(talk_run(&room->app, "", room->said), EXIT_DONE);
	assert_true(said(room, "任务 巡堤"));
	assert_null(strstr(room->said, "*"));
	room->desk.user = desk_person(&room->desk, "李四");
	desk_add(&room->desk, "task", (const char *const[]){"text=催平安", "due=05:00", NULL});
	room->desk.user = own;
	assert_int_equal(talk_run(&room->app, "", room->said), EXIT_DONE);
	assert_true(said(room, "任务 *催平安"));
	assert_null(strstr(room->said, "*巡堤"));
	assert_int_equal(talk_run(&room->app, "<\n", room->said), EXIT_DONE);
	assert_true(
		said(room, "任务 *催平安")); /* nobody has answered: it may not have been read */
	assert_int_equal(talk_run(&room->app, "", room->said), EXIT_DONE);
	assert_true(said(room, "任务 催平安"));
	assert_null(strstr(room->said, "*"));
}

/* What cannot be done now is not in a menu, and the others keep their numbers. */
static void test_menus_offer_what_can_be_done(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "S\n1\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "\n2. 存U盘\n4. 录入对方念的数字\n7. 全部，和要定的 v\n"));
	assert_true(said(room, "没有第 \"1\" 项"));
	assert_null(strstr(room->said, "念数字\n"));
}

static void test_first_run(void **state)
{
	struct room *room = *state;
	static const char answers[] = "410882103205\n西村\n李四\n网格员\n13800001234\ny\n";
	char line[128];

	snprintf(room->app.home, sizeof(room->app.home), "%.100s/new", room->desk.home);
	snprintf(room->app.login, sizeof(room->app.login), "lisi");
	assert_int_equal(talk_run(&room->app, answers, room->said), EXIT_DONE);
	assert_true(said(room, "西村 李四"));
	/* The second time it is there. */
	memset(&room->app.user, 0, sizeof(room->app.user));
	assert_int_equal(talk_run(&room->app, "", room->said), EXIT_DONE);
	assert_true(said(room, "西村 李四"));
	assert_null(strstr(room->said, "第一次使用"));
	snprintf(line, sizeof(line), "%.100s/new/station.db", room->desk.home);
	FILE *file = fopen(line, "r");
	assert_non_null(file);
	fclose(file);
}

static void test_several_people(void **state)
{
	struct room *room = *state;

	desk_person(&room->desk, "李四");
	room->app.login[0] = '\0'; /* an account that is nobody's */
	assert_int_equal(talk_run(&room->app, "李四\n", room->said), EXIT_DONE);
	assert_true(said(room, "您是哪一位"));
	assert_true(said(room, "王庄村 李四"));
}

static void test_pin(void **state)
{
	struct room *room = *state;
	struct user other = desk_person(&room->desk, "李四");
	struct fault fault;

	room->app.login[0] = '\0';
	assert_int_equal(store_pin_set(room->desk.store, other.who, "2468", &fault), RC_OK);
	assert_int_equal(talk_run(&room->app, "李四\n1111\n", room->said), EXIT_FAILED);
	assert_true(said(room, "口令不对"));
	assert_int_equal(talk_run(&room->app, "李四\n2468\n", room->said), EXIT_DONE);
	assert_true(said(room, "王庄村 李四"));
	assert_null(strstr(room->said, "2468"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_home_and_end, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_find, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_registers_and_needs, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_home_is_said_once, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_orders_are_said_once, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_home_is_the_first_menu, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_the_last_key_is_taken_back, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_home_of_many, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_letters_are_those_of_the_screens, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_letters_go_from_anywhere, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_confirm, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_profile, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_totals, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_card, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_what_is_new_is_marked, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_menus_offer_what_can_be_done, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_first_run, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_several_people, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_pin, room_start, room_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
