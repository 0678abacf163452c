/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode at one record: steps, children, history, writing with a draft that stays, and PINs.
 * Tests also: line_sign.c, line_write.c, line_paper.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "screens/printer.h"
#include "store/files.h"
#include "store/station.h"
#include "talk.h"
#include "work/agenda.h"
#include "work/receipt.h"

static const char *const crack[] = {
	"category=H0101", "place=后山", "text=边坡裂缝", "grade=G", NULL};

static int state_of(struct room *room, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	assert_int_equal(store_row(room->desk.store, ref, &arena, &row, &fault), RC_OK);
	arena_release(&arena);
	return row.state;
}

/* The registers menu by name, then the first record. */
#define HAZARD "A\n隐患排查治理\n1\n"

static void test_record_is_said(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "hazard", crack);
	assert_int_equal(talk_run(&room->app, HAZARD, room->said), EXIT_DONE);
	assert_true(said(room, "【待核实】"));
	assert_true(said(room, "地点：后山"));
	assert_true(said(room, "办什么？"));
	assert_true(said(room, "1. 交办"));
}

static bool on_paper(
	void *to, enum print_to where, const char *name, struct bytes sheet, struct buf *said_there)
{
	(void)name;
	assert_int_equal(where, PRINT_PAPER);
	buf_put(to, sheet.at, sheet.len);
	buf_text(said_there, "印了");
	return true;
}

static const char *never(void *to, enum print_to where)
{
	(void)to, (void)where;
	return NULL;
}

static struct sheet_size a4(void *to)
{
	(void)to;
	return (struct sheet_size){SHEET_COLUMNS, SHEET_LINES};
}

static void test_print(void **state)
{
	struct room *room = *state;
	struct buf paper = {0};
	const struct printer printer = {
		.size = a4, .refuses = never, .put = on_paper, .to = &paper};

	desk_add(&room->desk, "hazard", crack);
	printer_set(&printer);
	assert_int_equal(talk_run(&room->app, HAZARD "打印\n", room->said), EXIT_DONE);
	printer_set(NULL);
	assert_true(said(room, "印了"));
	assert_non_null(strstr(buf_cstr(&paper), "隐患整改通知书"));
	buf_release(&paper);
	assert_int_equal(talk_run(&room->app, HAZARD "打印\n", room->said), EXIT_DONE);
	assert_true(said(room, "这里没有打印机"));
}

/* What DOOR leads to goes on paper by |, or at a list by p, and holds TEXT. */
static void prints(struct room *room, const char *door, const char *text)
{
	struct buf paper = {0};
	const struct printer printer = {
		.size = a4, .refuses = never, .put = on_paper, .to = &paper};

	printer_set(&printer);
	assert_int_equal(talk_run(&room->app, door, room->said), EXIT_DONE);
	printer_set(NULL);
	if (!strstr(buf_cstr(&paper), text))
		fail_msg("no %s on paper: %s\n%s", text, buf_cstr(&paper), room->said);
	buf_release(&paper);
}

static void test_places_are_printed(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "hazard", crack);
	prints(room, "|\n1\n", "前哨 王庄村");
	prints(room, "A\n隐患排查治理\np\n1\n", "隐患排查治理");
	prints(room, "A\n隐患排查治理\n|\n打印\n", "边坡裂缝");
	prints(room, HAZARD "|\n1\n", "隐患整改通知书");
	prints(room, "W\n|\n1\n", "值班 ");
	/* A board that was come to from another one prints itself. */
	desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=+6h", NULL});
	desk_add(&room->desk, "household", (const char *const[]){"head=史丰收", NULL});
	prints(room, "Y\n8\n|\n1\n", "到户 ");
	prints(room, "Y\n8\n<\n|\n1\n", "预警 ");
	/* The question that waits is asked again, and what is behind is home again. */
	prints(room, "W\n|\n1\n", "值班 ");
	assert_true(said(room, "值班 上纸"));
	prints(room, "W\n<\n|\n1\n", "前哨 王庄村");
	assert_int_equal(talk_run(&room->app, "W\n|\n<\n<\n", room->said), EXIT_DONE);
	assert_false(said(room, "错误"));
}

/* As on the screen, where signs have two digits. */
static void test_02_is_2(void **state)
{
	struct room *room = *state;
	char first[TALK_SAID];

	assert_int_equal(talk_run(&room->app, "n\n1\n2\n<<\n<\n", room->said), EXIT_DONE);
	char *typed = strstr(room->said, "> 2\n");
	assert_non_null(typed);
	snprintf(first, sizeof first, "%s", typed + strlen("> 2\n"));
	assert_int_equal(talk_run(&room->app, "n\n1\n02\n<<\n<\n", room->said), EXIT_DONE);
	typed = strstr(room->said, "> 02\n");
	assert_non_null(typed);
	assert_string_equal(typed + strlen("> 02\n"), first);
}

static void test_step(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "hazard", crack);

	/* 整改完成 is the second of what can be done; text, then nothing else, then yes. */
	assert_int_equal(
		talk_run(&room->app, HAZARD "2\n已灌浆\n\n\n\n\ny\n", room->said), EXIT_DONE);
	assert_true(said(room, "已保存 WZ-"));
	assert_true(said(room, "【待复查】"));
	assert_int_equal(state_of(room, ref), hazard_is_rectified);
}

/* 复查 is the first of what can be done; passed; then 说明 and the end. */
#define RECHECK "1\n1\n\ny\n"

static void test_recheck_asks_for_the_pin(void **state)
{
	struct room *room = *state;
	struct user other = desk_person(&room->desk, "李四");
	struct ref ref = desk_add(&room->desk, "hazard", crack);
	struct fault fault;

	assert_int_equal(
		store_pin_set(room->desk.store, room->desk.user.who, "2468", &fault), RC_OK);
	desk_step(&room->desk, &other, ref, "rectify", (const char *const[]){"text=x", NULL});
	assert_int_equal(talk_run(&room->app, HAZARD RECHECK "1111\n", room->said), EXIT_DONE);
	assert_true(said(room, "复查：要 张三 的口令"));
	assert_true(said(room, "还可以试 4 次"));
	assert_int_equal(state_of(room, ref), hazard_is_rectified);
	assert_int_equal(talk_run(&room->app, HAZARD "1\ny\n\n\ny\n2468\n", room->said), EXIT_DONE);
	assert_true(said(room, "已保存"));
	assert_null(strstr(room->said, "2468"));
	assert_int_equal(state_of(room, ref), hazard_is_passed);
}

static void test_somebody_else_signs(void **state)
{
	struct room *room = *state;
	struct user other = desk_person(&room->desk, "李四");
	struct ref ref = desk_add(&room->desk, "hazard", crack);
	struct fault fault;

	assert_int_equal(store_pin_set(room->desk.store, other.who, "1357", &fault), RC_OK);
	desk_step(&room->desk, &room->desk.user, ref, "rectify",
		(const char *const[]){"text=x", NULL});
	assert_int_equal(
		talk_run(&room->app, HAZARD RECHECK "李四\n1111\n", room->said), EXIT_DONE);
	assert_true(said(room, "由谁签"));
	assert_int_equal(state_of(room, ref), hazard_is_rectified);
	assert_int_equal(
		talk_run(&room->app, HAZARD "1\ny\n\n\ny\n李四\n1357\n", room->said), EXIT_DONE);
	assert_true(said(room, "已保存"));
	assert_int_equal(state_of(room, ref), hazard_is_passed);
}

/* Answers come from a person who goes away for ten minutes where a line says so. */
struct answers {
	const char *at;
};

static ssize_t next_answer(void *to, char *bytes, size_t room)
{
	struct answers *answers = to;
	size_t len = strcspn(answers->at, "\n");

	if (strncmp(answers->at, "(away)\n", 7) == 0) {
		answers->at += 7;
		when_skip(600);
		return next_answer(to, bytes, room);
	}
	len += answers->at[len] == '\n';
	assert_true(len <= room);
	memcpy(bytes, answers->at, len);
	answers->at += len;
	return (ssize_t)len;
}

static void answer(struct room *room, const char *text)
{
	struct answers answers = {text};
	FILE *in = fopencookie(&answers, "r", (cookie_io_functions_t){.read = next_answer});
	FILE *out = fmemopen(room->said, sizeof(room->said), "w");

	assert_true(in && out);
	assert_int_equal(line_run(&room->app, in, out), EXIT_DONE);
	app_close(&room->app);
	fclose(in);
	fclose(out);
}

static void test_who_was_away_shows_the_pin(void **state)
{
	struct room *room = *state;
	struct fault fault;
	struct ref ref = desk_add(&room->desk, "hazard", crack);

	assert_int_equal(
		store_pin_set(room->desk.store, room->desk.user.who, "2468", &fault), RC_OK);
	assert_int_equal(
		rules_load(rules_now(), "x", bytes_text("limit policy.pin.minutes 10\n"), &fault),
		RC_OK);
	answer(room, HAZARD "2\n(away)\n已灌浆\n1111\n2468\n\n\n\n\ny\n");
	assert_true(said(room, "张三 在吗？请输口令"));
	assert_true(said(room, "还可以试 4 次"));
	assert_true(said(room, "已保存"));
	assert_int_equal(state_of(room, ref), hazard_is_rectified);
	/* Who does not is out. */
	answer(room, HAZARD "(away)\n3\n");
	assert_true(said(room, "张三 在吗？请输口令"));
	assert_true(said(room, "没有输入口令"));
	assert_int_equal(
		rules_load(rules_now(), "x", bytes_text("limit policy.pin.minutes 0\n"), &fault),
		RC_OK);
}

static void test_end_keeps_the_draft(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "hazard", crack);

	assert_int_equal(talk_run(&room->app, HAZARD "2\n已灌浆\n", room->said), EXIT_DONE);
	assert_true(said(room, "草稿留着"));
	assert_int_equal(state_of(room, ref), hazard_is_new);
	assert_int_equal(talk_run(&room->app, "g\n1\n\n\n\n\n\ny\n", room->said), EXIT_DONE);
	assert_true(said(room, "有1份草稿没写完，打 g 接着写"));
	assert_true(said(room, "接着上次"));
	assert_true(said(room, "现在是 已灌浆"));
	assert_int_equal(state_of(room, ref), hazard_is_rectified);
	assert_int_equal(talk_run(&room->app, "g\n", room->said), EXIT_DONE);
	assert_true(said(room, "没有草稿"));
}

static void test_signing(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 12:30", NULL});

	assert_int_equal(talk_run(&room->app, "1\n1\n\n\n\n\n\ny\n", room->said), EXIT_DONE);
	assert_true(said(room, "已保存 WZ-"));
	assert_true(warning_signed(room->desk.store, ref));
}

/* What burns is told before the next question, and '!' shows it and signs it with a y. */
static void test_what_burns(void **state)
{
	struct room *room = *state;
	struct ref ref = desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"text=撤到村部", "expires=2026-07-14 12:30", NULL});

	assert_int_equal(
		talk_run(&room->app, "!\nn\n/\n!\ny\nfdj\n<\n<\n!\n", room->said), EXIT_DONE);
	assert_true(said(room, "!!红R 暴雨红色预警 剩5分 未签，打 ! 看"));
	assert_true(said(room, "撤到村部"));
	assert_true(said(room, "：打 y 签收，其他不办"));
	assert_true(said(room, "没有办"));
	assert_true(said(room, "已签收，记下了您的姓名和时间"));
	assert_true(said(room, "现在没有要紧的事"));
	/* And the question that waited comes again. */
	const char *signed_at = strstr(room->said, "已签收");
	assert_non_null(strstr(signed_at, "找什么"));
	assert_non_null(strstr(signed_at, "没有找到"));
	assert_true(warning_signed(room->desk.store, ref));
}

static unsigned rung(const struct room *room)
{
	unsigned count = 0;

	for (const char *at = room->said; (at = strstr(at, "未签，打 ! 看")) != NULL; at++)
		count++;
	return count;
}

/* It rings again when its rule's time has gone by, at the next question. */
static void test_what_burns_rings_again(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=2026-07-14 20:00", NULL});
	answer(room, "/\nfdj\n<\n<\n");
	assert_int_equal(rung(room), 1);
	answer(room, "/\n(away)\nfdj\n<\n<\n");
	assert_int_equal(rung(room), 2);
}

static void test_wrong_answers(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "hazard", crack);
	assert_int_equal(talk_run(&room->app, "99\n" HAZARD "99\n", room->said), EXIT_DONE);
	assert_true(said(room, "错误：没有第 \"99\" 项"));
}

/* A file whose bytes lie above: they are fetched once somebody has read how much that is and said
 * yes. */
static void test_a_file_is_fetched(void **state)
{
	struct room *room = *state;
	struct store *store = room->desk.store;
	struct station station = *store_station(store);
	struct fault fault = {0};
	struct file_id id[2];
	char about[80], number[32];
	struct ref ref = desk_add(&room->desk, "hazard", crack);

	store_number(store, ref, number);
	snprintf(about, sizeof about, "about=%s", number);
	desk_add(&room->desk, "attachment",
		(const char *const[]){about, "name=村口.jpg",
			"hash=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
			"size=49356", "type=image/jpeg", NULL});
	/* A station alone has nowhere to fetch it from. */
	desk_login(&room->desk, 24, 80);
	assert_true(desk_keys(&room->desk, "A"));
	desk_type(&room->desk, "附件");
	assert_true(desk_keys(&room->desk, "enter enter"));
	assert_true(desk_sees(&room->desk, "村口.jpg"));
	assert_null(strstr(desk_screen(&room->desk), "取来"));
	station.joined = true;
	assert_int_equal(store_station_set(store, &station, &fault), RC_OK);
	assert_true(desk_keys(&room->desk, "q enter w"));
	assert_true(desk_sees(&room->desk, "村口.jpg 48.1K：按 y 从上级取来"));
	assert_true(desk_keys(&room->desk, "n"));
	assert_int_equal(files_wanted(store, id, 2), 0);
	assert_true(desk_keys(&room->desk, "w y"));
	assert_true(desk_sees(&room->desk, "下次同步时从上级取来"));
	assert_int_equal(files_wanted(store, id, 2), 1);
	desk_hang_up(&room->desk);
	assert_int_equal(
		talk_run(&room->app, "A\n附件\n1\n从上级取来\nn\n<\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "村口.jpg 48.1K，取来吗？"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_record_is_said, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_places_are_printed, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_print, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_02_is_2, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_step, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_recheck_asks_for_the_pin, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_somebody_else_signs, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_who_was_away_shows_the_pin, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_end_keeps_the_draft, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_signing, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_what_burns, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_what_burns_rings_again, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_wrong_answers, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_a_file_is_fetched, room_start, room_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
