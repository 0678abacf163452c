/* SPDX-License-Identifier: GPL-3.0-or-later
 * Households told in line mode: one digit each, the reason of a refusal, taking back, the sums.
 * Covers: C03
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "talk.h"
#include "work/homes.h"

static struct ref warning;

static void household(struct desk *desk, const char *head, const char *group)
{
	char name[40], where[40];

	snprintf(name, sizeof(name), "head=%s", head);
	snprintf(where, sizeof(where), "group=%s", group);
	desk_add(desk, "household",
		(const char *const[]){name, where, "people=4", "phone=15439152870", NULL});
}

static int start(void **state)
{
	struct room *room;

	room_start(state);
	room = *state;
	warning = desk_add(&room->desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=暴雨红色预警",
			"expires=+6h", NULL});
	household(&room->desk, "史丰收", "1组");
	household(&room->desk, "冯银环", "2组");
	household(&room->desk, "原光明", "3组");
	return 0;
}

static void counts_are(struct room *room, const unsigned wanted[HOME_STATUSES])
{
	struct homes homes = {.warning = warning, .area = DESK_AREA};
	struct arena arena = {0};
	struct fault fault;
	unsigned sum = 0;

	assert_int_equal(homes_load(&homes, room->desk.store, when_now(), &arena, &fault), RC_OK);
	for (unsigned n = 0; n < HOME_STATUSES; n++) {
		assert_int_equal(homes.counts[n], wanted[n]);
		sum += homes.counts[n];
	}
	assert_int_equal(sum, homes.count);
	arena_release(&arena);
}

#define TICK "D\n"

static void test_one_digit_a_household(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, TICK "1\n\n2\n=\n", room->said), EXIT_DONE);
	assert_true(said(room, "到户 410882103205 红R 暴雨红色预警"));
	assert_true(said(room, "1组 史丰收 4人 15439152870 未到户"));
	assert_true(said(room, "1组史丰收 告知"));
	assert_true(said(room, "3组原光明 动身"));
	assert_true(said(room, "告知1 动身1 到0 拒0 不在0 未到户1 =3"));
	counts_are(room, (unsigned[]){1, 1, 1, 0, 0, 0});
}

static void test_a_refusal_wants_a_reason(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, TICK "4\n9\n4\n2\n", room->said), EXIT_DONE);
	assert_true(said(room, "1要看家畜 2不相信会出事"));
	assert_true(said(room, "没有记"));
	assert_true(said(room, "1组史丰收 拒绝"));
	counts_are(room, (unsigned[]){2, 0, 0, 0, 1, 0});
}

static void test_taken_back(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, TICK "3\nu\nu\n7\n", room->said), EXIT_DONE);
	assert_true(said(room, "1组史丰收 已撤回"));
	assert_true(said(room, "没有可撤的"));
	assert_true(said(room, "没有 \"7\"，打 1 到 6"));
	counts_are(room, (unsigned[]){3, 0, 0, 0, 0, 0});
}

/* Who is on nobody's list is registered here, and asked about as the others. */
static void test_a_household_more(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, TICK "n\n陈新\n.\ny\n=\n<\n", room->said), EXIT_DONE);
	assert_true(said(room, "已保存"));
	assert_true(said(room, "未到户4 =4"));
	counts_are(room, (unsigned[]){4, 0, 0, 0, 0, 0});
}

static void test_the_newer_word_counts(void **state)
{
	struct room *room = *state;

	assert_int_equal(talk_run(&room->app, TICK "5\n", room->said), EXIT_DONE);
	when_skip(60);
	assert_int_equal(talk_run(&room->app, TICK "1\n1\n1\nu\n1\n", room->said), EXIT_DONE);
	counts_are(room, (unsigned[]){0, 3, 0, 0, 0, 0});
	/* Nobody is left: that is said, and no key of the screen is named. */
	assert_true(said(room, "都告知了"));
	assert_true(said(room, "n加户 u撤 z危险区 f下一条预警 =数字 回车返回"));
	assert_false(said(room, "v 看全部"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_digit_a_household, start, room_stop),
		cmocka_unit_test_setup_teardown(test_a_refusal_wants_a_reason, start, room_stop),
		cmocka_unit_test_setup_teardown(test_taken_back, start, room_stop),
		cmocka_unit_test_setup_teardown(test_a_household_more, start, room_stop),
		cmocka_unit_test_setup_teardown(test_the_newer_word_counts, start, room_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
