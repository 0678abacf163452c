/* SPDX-License-Identifier: GPL-3.0-or-later
 * A quiz asks what was wrong again until it is right, and only the first answer counts; its
 * questions may be the county's. Marks make the grade by the limits. Both in line mode, too.
 *
 * Tests also: quiz.c line_judge.c line_drill.c
 *
 * Covers: E06 E11 I09 W6.4
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
#include "talk.h"
#include "work/judging.h"
#include "work/quiz.h"

static struct actor actor_of(struct room *room)
{
	return (struct actor){room->desk.store, &room->app.user, NULL};
}

static unsigned many(struct room *room, unsigned kind)
{
	struct query query = query_all(kind);
	struct fault fault;
	unsigned count;

	assert_int_equal(store_count(room->desk.store, &query, &count, &fault), RC_OK);
	return count;
}

/* One of the options that is not right. */
static unsigned wrong(const struct quiz_question *question)
{
	return question->right == 1 ? 2 : 1;
}

static void test_what_was_wrong_is_asked_again(void **state)
{
	struct room *room = *state;
	static struct quiz quiz;
	const struct actor actor = actor_of(room);
	struct fault fault;
	struct ref made;

	assert_int_equal(quiz_start(&quiz, &actor, "grid", &fault), RC_OK);
	assert_true(quiz.questions > 10);
	const struct quiz_question *first = quiz_asks(&quiz);
	assert_false(quiz_answer(&quiz, first->options + 1));
	assert_false(quiz_answer(&quiz, 0));
	assert_true(quiz_answer(&quiz, wrong(first)));
	assert_false(quiz.last_right);
	assert_ptr_not_equal(quiz_asks(&quiz), first);
	assert_int_equal(quiz_commit(&quiz, &actor, &made, &fault), RC_BAD);
	for (unsigned n = 1; n < quiz.questions; n++)
		assert_true(quiz_answer(&quiz, quiz_asks(&quiz)->right));
	assert_ptr_equal(quiz_asks(&quiz), first);
	assert_true(quiz_answer(&quiz, first->right));
	assert_null(quiz_asks(&quiz));
	assert_int_equal(quiz_score(&quiz), (quiz.questions - 1) * 100 / quiz.questions);
	when_skip(3600);
	/* Three minutes a question, and no more, however long the terminal stood there. */
	assert_int_equal(quiz_tenths(&quiz, store_now(room->desk.store)), quiz.questions / 2);
	assert_int_equal(quiz_commit(&quiz, &actor, &made, &fault), RC_OK);
	assert_int_equal(many(room, KIND_training), 1);
	quiz_release(&quiz);
}

static void test_questions_may_be_the_countys(void **state)
{
	struct room *room = *state;
	static struct quiz quiz;
	const struct actor actor = actor_of(room);
	struct fault fault;

	desk_add(&room->desk, "checklist",
		(const char *const[]){"code=AAA", "title=镇里的题", "version=1",
			"fits=training/grid", "items=哨声三短是什么|*撤|等\n没有答案的题|甲|乙",
			NULL});
	assert_int_equal(quiz_start(&quiz, &actor, "grid", &fault), RC_OK);
	assert_string_equal(quiz.list.title, "镇里的题");
	assert_int_equal(quiz.questions, 1);
	quiz_release(&quiz);
	assert_int_equal(quiz_start(&quiz, &actor, "firm", &fault), RC_NONE);
	quiz_release(&quiz);
}

static void test_limits_make_the_grade(void **state)
{
	struct room *room = *state;
	static struct judging judging;
	const struct actor actor = actor_of(room);
	struct fault fault;
	struct buf problems = {0};

	assert_int_equal(judging_start_self(&judging, &actor, "model", &fault), RC_OK);
	assert_false(judging_back(&judging));
	assert_false(judging_mark(&judging, 'E'));
	while (judging_item(&judging))
		assert_true(judging_mark(&judging, 'B'));
	assert_false(judging_mark(&judging, 'A'));
	assert_int_equal(judging_points(&judging), 80);
	assert_int_equal(judging_grade(&judging), 'B');
	judging_problems(&judging, &problems);
	assert_int_equal(problems.len, 0);
	assert_int_equal(rules_load(rules_now(), "county.conf",
				 bytes_text("limit drill.grade.B.percent 85\n"), &fault),
		RC_OK);
	assert_int_equal(judging_grade(&judging), 'C');
	buf_release(&problems);
	judging_release(&judging);
}

static void test_an_item_a_question(void **state)
{
	struct room *room = *state;

	desk_add(&room->desk, "drill",
		(const char *const[]){"title=推演", "type=D1", "held_at=09:00", NULL});
	assert_int_equal(
		talk_run(&room->app,
			"E\n1\n<\ne\nn\n<\nm\n1\nx\nB\nu\n2 本子旧了\nA\nA\nA\nA\nA\nA\n<\n<\n",
			room->said),
		EXIT_DONE);
	assert_true(said(room, "没有要评估的演练"));
	assert_true(said(room, "综合减灾示范社区自评表"));
	assert_true(said(room, "打 A、B、C 或 D"));
	assert_int_equal(many(room, KIND_selfcheck), 0);
	assert_int_equal(talk_run(&room->app, "E\nm\nr\nA\nA\ny\n<\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "上次没评完，r 取回"));
	assert_true(said(room, "9项评完：平均93分 优"));
	assert_true(said(room, "风险评估：本子旧了"));
	assert_true(said(room, "已存评估"));
	assert_int_equal(many(room, KIND_selfcheck), 1);
	assert_int_equal(many(room, KIND_task), 1);
}

static void test_the_drill_that_goes_on(void **state)
{
	struct room *room = *state;
	struct ref drill = desk_add(&room->desk, "drill",
		(const char *const[]){"title=无脚本拉动", "type=D8", "held_at=09:00", NULL});
	char number[32], of[64];

	store_number(room->desk.store, drill, number);
	snprintf(of, sizeof of, "drill=%s", number);
	desk_add(&room->desk, "inject",
		(const char *const[]){of, "minute=0", "text=涵洞有车", NULL});
	desk_step(&room->desk, &room->app.user, drill, "start",
		(const char *const[]){"begun_at=now", NULL});
	assert_int_equal(talk_run(&room->app,
				 "E\na\n张二锁出动\nr 18\nd 抢险队 18\ni 断电了\nd\n\nv9\n<\n<\n",
				 room->said),
		EXIT_DONE);
	assert_true(said(room, "情况1 +0分 涵洞有车。怎么处置，回车跳过"));
	assert_true(said(room, "已记处置"));
	assert_true(said(room, "已记人数"));
	assert_true(said(room, "已记到场"));
	assert_true(said(room, "已记一笔"));
	assert_true(said(room, "参演18 到场18"));
	assert_int_equal(many(room, KIND_arrival), 1);
	assert_int_equal(many(room, KIND_duty), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_what_was_wrong_is_asked_again, room_start, room_stop),
		cmocka_unit_test_setup_teardown(
			test_questions_may_be_the_countys, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_limits_make_the_grade, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_an_item_a_question, room_start, room_stop),
		cmocka_unit_test_setup_teardown(test_the_drill_that_goes_on, room_start, room_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
