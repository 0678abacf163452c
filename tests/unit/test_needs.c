/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody, in the order in which it burns; and what rings.
 */
#include "screens/needs.h"
#include "screens/display.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"
#include "work/actions.h"
#include "store_help.h"

#define WARNING(colour, name)                                                                      \
	(const char *const[])                                                                      \
	{                                                                                          \
		"event=11B01", "severity=" colour, "headline=" name, "expires=2026-07-14 12:30",   \
			NULL                                                                       \
	}

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

static void load(struct desk *desk, struct needs *needs, struct arena *arena)
{
	struct fault fault;

	const struct actor actor = {desk->store, &desk->user, NULL};

	assert_int_equal(needs_load(needs, &actor, &fault), RC_OK);
	needs_titles(needs, desk->store, display_title, needs->count, arena);
}

static unsigned count_of(struct store *store, unsigned kind)
{
	struct query query = query_all(kind);
	struct fault fault;
	unsigned count = 0;

	assert_int_equal(store_count(store, &query, &count, &fault), RC_OK);
	return count;
}

static void test_order(void **state)
{
	struct desk *desk = *state;
	struct needs needs = {0};
	struct arena arena = {0};
	struct buf sum = {0};

	desk_add(desk, "hazard",
		(const char *const[]){
			"category=H0101", "place=后山", "text=裂缝", "grade=M", NULL});
	desk_add(desk, "warning", WARNING("blue", "大风"));
	struct ref red = desk_add(desk, "warning", WARNING("red", "暴雨"));
	desk_add(desk, "warning", WARNING("orange", "山洪"));
	load(desk, &needs, &arena);
	assert_int_equal(needs.count, 4);
	assert_int_equal(needs.items[0].colour, 0);
	assert_int_equal(needs.items[1].colour, 1);
	/* A major hazard is to be assigned in an hour, and comes before a blue one. */
	assert_int_equal(needs.items[2].kind->id, KIND_hazard);
	assert_int_equal(needs.items[3].colour, 3);
	assert_int_equal(needs.counts[NEED_SIGN], 3);
	needs_sum(&needs, &sum);
	assert_non_null(strstr(buf_cstr(&sum), "4"));
	/* Signed, it stays in sight behind what is not. */
	struct ref receipt, again;
	struct fault fault;
	int64_t at;
	char said[ACTION_SAID];
	struct actor own = {desk->store, &desk->user, NULL};
	assert_false(action_signed(&own, red, &receipt, &at));
	assert_int_equal(action_sign(&own, red, said, &fault), RC_OK);
	assert_true(action_signed(&own, red, &receipt, &at));
	/* Twice is once; another person's hand is another receipt. */
	struct user other = desk_person(desk, "李四");
	struct actor others = {desk->store, &other, NULL};
	assert_int_equal(action_sign(&own, red, said, &fault), RC_OK);
	assert_false(action_signed(&others, red, &again, &at));
	assert_int_equal(action_sign(&others, red, said, &fault), RC_OK);
	assert_true(action_signed(&others, red, &again, &at));
	assert_int_equal(count_of(desk->store, KIND_receipt), 2);
	load(desk, &needs, &arena);
	assert_int_equal(needs.items[0].colour, 1);
	assert_int_equal(needs.items[3].colour, 0);
	assert_true(needs.items[3].in_force);
	assert_int_equal(needs.counts[NEED_SIGN], 2);
	needs_release(&needs);
	arena_release(&arena);
	buf_release(&sum);
}

static void test_drills_come_behind(void **state)
{
	struct desk *desk = *state;
	struct needs needs = {0};
	struct arena arena = {0};

	desk_add(desk, "warning",
		(const char *const[]){"event=11B01", "severity=red", "headline=演练用",
			"status=exercise", "expires=2026-07-14 12:30", NULL});
	desk_add(desk, "warning", WARNING("blue", "大风"));
	load(desk, &needs, &arena);
	assert_string_equal(needs.items[0].title, "大风");
	assert_string_equal(needs.items[1].title, "【演练】演练用");
	needs_release(&needs);
	arena_release(&arena);
}

static bool rings(struct desk *desk, uint64_t *stamp, struct buf *text)
{
	struct alarm alarm;
	struct fault fault;

	buf_clear(text);
	assert_int_equal(needs_alarm(desk->store, false, stamp, &alarm, &fault), RC_OK);
	buf_put(text, alarm.what.at, alarm.what.len);
	needs_alarm_release(&alarm);
	return alarm.fresh;
}

static void test_what_rings(void **state)
{
	struct desk *desk = *state;
	struct buf text = {0};
	struct fault fault;
	uint64_t stamp = 0;

	desk_add(desk, "warning", WARNING("blue", "大风"));
	assert_false(rings(desk, &stamp, &text));
	assert_int_equal(text.len, 0);
	struct ref red = desk_add(desk, "warning", WARNING("red", "暴雨"));
	assert_true(rings(desk, &stamp, &text));
	assert_non_null(strstr(buf_cstr(&text), "红R 暴雨"));
	/* An orange one rings too, but the red one is what is read. */
	desk_add(desk, "warning", WARNING("orange", "山洪"));
	assert_true(rings(desk, &stamp, &text));
	assert_non_null(strstr(buf_cstr(&text), "红R 暴雨"));
	/* It rings once, and stands there until it is signed. */
	assert_false(rings(desk, &stamp, &text));
	assert_non_null(strstr(buf_cstr(&text), "红R 暴雨"));
	char said[ACTION_SAID];
	struct actor own = {desk->store, &desk->user, NULL};
	assert_int_equal(action_sign(&own, red, said, &fault), RC_OK);
	assert_false(rings(desk, &stamp, &text));
	assert_non_null(strstr(buf_cstr(&text), "橙O 山洪"));
	buf_release(&text);
}

/* A warning of a clock that is a month ahead is loud, and those after it are as well. */
static void test_a_clock_ahead_mutes_nothing(void **state)
{
	enum { MONTH = 30 * 86400 };
	struct desk *desk = *state;
	char home[HELP_HOME];
	struct buf text = {0};
	uint64_t heard = 0;

	help_home(home);
	struct store *county = help_station(home, COUNTY, "WX");
	help_introduce(desk->store, county);
	when_skip(MONTH);
	help_add(county, "warning",
		"event=11B01;severity=red;headline=暴雨;expires=2026-09-30 12:30");
	when_skip(-MONTH);
	help_carry(desk->store, county);
	assert_true(rings(desk, &heard, &text));
	assert_non_null(strstr(buf_cstr(&text), "红R 暴雨"));
	assert_false(rings(desk, &heard, &text));
	desk_add(desk, "warning", WARNING("red", "山洪"));
	assert_true(rings(desk, &heard, &text));
	store_close(county);
	help_remove(home);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, start, stop),
		cmocka_unit_test_setup_teardown(test_drills_come_behind, start, stop),
		cmocka_unit_test_setup_teardown(test_what_rings, start, stop),
		cmocka_unit_test_setup_teardown(test_a_clock_ahead_mutes_nothing, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
