/* SPDX-License-Identifier: GPL-3.0-or-later
 * The round in line mode: rows by number, an item a question, what a no makes, nothing wrong in one
 * line.
 *
 * Tests also: line_patrol.c line_drafts.c
 *
 * Covers: W2.3 W2.5
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "model/kinds.h"
#include "talk.h"

static int start(void **state)
{
	struct room *room;

	room_start(state);
	room = *state;
	desk_add(&room->desk, "point",
		(const char *const[]){"name=甲点", "type=road", "risk=1", "walk=1", NULL});
	desk_add(&room->desk, "point",
		(const char *const[]){"name=乙点", "type=pond", "risk=1", "walk=2", NULL});
	when_skip(2 * DAY_SECONDS);
	return 0;
}

static unsigned many(struct room *room, unsigned kind)
{
	struct query query = query_all(kind);
	struct fault fault;
	unsigned count;

	assert_int_equal(store_count(room->desk.store, &query, &count, &fault), RC_OK);
	return count;
}

static void test_an_item_a_question(void **state)
{
	struct room *room = *state;

	assert_int_equal(
		talk_run(&room->app,
			"X\n1\ny\nx\nn\nd 护栏断8米\nu\nn\nd 护栏断8米\ny\ny\ny\na\ny\ny\ny\n",
			room->said),
		EXIT_DONE);
	assert_true(said(room, "今天2处 查了0 没查2 过期2"));
	assert_true(said(room, "1 红R 甲点 没查过"));
	assert_true(said(room, "查 甲点 红R  ROAD 1"));
	assert_true(said(room, "1/8 路面无塌陷"));
	assert_true(said(room, "打 y、n 或 a"));
	assert_true(said(room, "8项答完：是6 否1 不适用1"));
	assert_true(said(room, "2 临水临崖路段护栏、警示桩完好 临水临崖路段 重大 护栏断8米"));
	assert_true(said(room, "已存，立了1条隐患"));
	assert_int_equal(many(room, KIND_patrol), 1);
	assert_int_equal(many(room, KIND_hazard), 1);
}

static void test_nothing_wrong_in_one_line(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "X\n0 2\n9\nf\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "乙点：已记无隐患"));
	assert_true(said(room, "今天2处 查了1 没查1 过期1"));
	assert_true(said(room, "没有 \"9\"，打前面的号码"));
	assert_int_equal(many(room, KIND_patrol), 1);
}

static void test_a_hazard_that_is_open_is_said_first(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "hazard",
		(const char *const[]){
			"category=H0202", "place=乙", "text=塌边", "grade=M", "point=乙点", NULL});
	assert_int_equal(talk_run(&room->app, "X\n0 2\nn\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "乙点还有1条隐患没销号：乙 塌边"));
	assert_int_equal(many(room, KIND_patrol), 0);
	assert_int_equal(talk_run(&room->app, "X\n0 2\ny\n<\n", room->said), EXIT_DONE);
	assert_int_equal(many(room, KIND_patrol), 1);
}

static void test_what_was_left_is_fetched(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "X\n2\ny\n<\n<\n", room->said), EXIT_DONE);
	assert_int_equal(many(room, KIND_patrol), 0);
	assert_int_equal(
		talk_run(&room->app, "X\n2\nr\n0.4\n\ny\ny\ny\ny\ny\ny\ny\ny\n<\n", room->said),
		EXIT_DONE);
	assert_true(said(room, "上次答了1项没有存，r 取回"));
	assert_true(said(room, "2/11 水位(米)"));
	assert_true(said(room, "11项答完"));
	assert_int_equal(many(room, KIND_patrol), 0); /* not saved without y */
}

/* Never as a form: that takes a half with a no in it for nothing wrong. */
static void test_a_draft_is_gone_on_with_item_by_item(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, "X\n1\ny\nn\n<\n<\n", room->said), EXIT_DONE);
	assert_int_equal(
		talk_run(&room->app, "g\n1\ny\ny\ny\ny\ny\ny\ny\n", room->said), EXIT_DONE);
	assert_true(said(room, "3/8 "));
	assert_true(said(room, "已存，立了1条隐患"));
	assert_int_equal(many(room, KIND_patrol), 1);
	assert_int_equal(many(room, KIND_hazard), 1);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, start, room_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_an_item_a_question),
		EACH(test_nothing_wrong_in_one_line),
		EACH(test_a_hazard_that_is_open_is_said_first),
		EACH(test_what_was_left_is_fetched),
		EACH(test_a_draft_is_gone_on_with_item_by_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
