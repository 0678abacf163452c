/* SPDX-License-Identifier: GPL-3.0-or-later
 * Clocks that are wrong: a battery that died, a year mistyped, a clock set back while the program
 * runs. What was written arrives, the clock above counts from then on, and what was far ahead is
 * marked at both ends.
 * Covers: T4
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DAY = 86400, YEAR = 365 * DAY };

static const int64_t start = 1784000000;

static int begin(void **state)
{
	when_hold(start);
	*state = world_pair();
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

/* The village's clock moves by SECONDS, the township's stays. */
static void move_clock(struct pair *pair, int64_t seconds)
{
	when_skip(seconds);
	pair->road.ahead -= seconds;
}

static uint64_t stamp_of(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct fact fact;
	struct op op = {0};

	assert_true(log_fact(store_log(store), ref.site, ref.seq, &arena, &fact));
	assert_true(op_take(fact.raw, &op));
	arena_release(&arena);
	return op.stamp;
}

/* Less than a day ahead the hybrid clock just waits until the time has come up. */
static bool right(struct store *store, struct ref ref, int64_t wrong)
{
	int64_t off = stamp_seconds(stamp_of(store, ref)) - start;

	return off >= -5 && off <= (wrong > 0 && wrong < DAY ? wrong : 0) + 5;
}

static void wrong_by(struct pair *p, int64_t wrong)
{
	bool far = wrong > DAY;
	struct sync_result result;
	struct ref first, again, down = world_hazard(p->town, 0, "镇上写的");

	move_clock(p, wrong);
	first = world_hazard(p->village, 0, "钟错着写的");
	/* Nothing refuses to send. */
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_int_equal(world_count(p->town, KIND_hazard), 2);
	assert_in_range(result.clock_offset_ms + wrong * 1000, 0, 1000);
	/* Marked where it came, and where it was written. */
	assert_int_equal(store_ahead(p->town, first.site, first.seq) > DAY, far);
	assert_int_equal(store_ahead(p->village, first.site, first.seq) > DAY, far);
	assert_int_equal(store_ahead(p->village, down.site, down.seq), 0);
	/* From here on the clock above counts. */
	again = world_hazard(p->village, 0, "对过钟写的");
	assert_true(right(p->village, again, wrong));
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_int_equal(store_ahead(p->town, again.site, again.seq), 0);
	/* A step on it comes after it, and that is not its author's clock. */
	world_step(p->town, first, 0, "镇水利站");
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_true(world_digest(p->town, village_area) == world_digest(p->village, village_area));
	/* Set right in the end, it needs no offset. */
	move_clock(p, -wrong);
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_int_equal(result.clock_offset_ms / 1000, 0);
	assert_true(right(p->village, world_hazard(p->village, 0, "钟对了"), wrong));
}

static void a_clock_of_1970(void **state)
{
	wrong_by(*state, -start);
}

static void a_clock_of_2038(void **state)
{
	wrong_by(*state, 12 * (int64_t)YEAR);
}

static void three_days_ahead(void **state)
{
	wrong_by(*state, 3 * DAY);
}

static void three_days_behind(void **state)
{
	wrong_by(*state, -3 * DAY);
}

static void an_hour_ahead_is_nobody_s_concern(void **state)
{
	wrong_by(*state, 3600);
}

/* Nothing written later may seem to be older, with or without a word from above. */
static void set_back_in_mid_run(void **state)
{
	struct pair *p = *state;
	struct sync_result result;
	struct ref first = world_hazard(p->village, 0, "先"), second, third;

	move_clock(p, -40 * (int64_t)YEAR);
	second = world_hazard(p->village, 0, "后");
	assert_true(stamp_of(p->village, second) > stamp_of(p->village, first));
	assert_true(world_sync(p->village, &p->road, 4, &result));
	move_clock(p, -7 * DAY);
	third = world_hazard(p->village, 0, "再后");
	assert_true(stamp_of(p->village, third) > stamp_of(p->village, second));
	world_step(p->village, first, hazard_do_rectify, "好了");
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_true(world_digest(p->town, village_area) == world_digest(p->village, village_area));
	assert_int_equal(store_ahead(p->town, third.site, third.seq), 0);
	assert_int_equal(world_count(p->town, KIND_hazard), 3);
}

static struct op op_of(struct store *store, struct ref ref, struct arena *arena)
{
	struct fact fact;
	struct op op = {0};

	assert_true(log_fact(store_log(store), ref.site, ref.seq, arena, &fact));
	assert_true(op_take(fact.raw, &op));
	return op;
}

/* The newest fact that STORE wrote itself in the lane of its loops. */
static struct ref newest(struct store *store)
{
	uint64_t site = store_station(store)->site;

	return (struct ref){site, log_author(store_log(store), site, LANE_LOOP) * 8 + LANE_LOOP};
}

/* Who writes on a record from the future comes after it, and everything else he writes is of
 * today. */
static void nobody_follows_into_the_future(void **state)
{
	struct pair *p = *state;
	struct sync_result result;
	struct arena arena = {0};
	struct ref far, step[2];

	move_clock(p, 57 * (int64_t)YEAR);
	far = world_hazard(p->village, 0, "2083年");
	move_clock(p, -57 * (int64_t)YEAR);
	assert_true(world_sync(p->village, &p->road, 4, &result));
	for (int i = 0; i < 2; i++) {
		world_step(p->town, far, 0, i ? "又看过" : "看过");
		step[i] = newest(p->town);
		struct op op = op_of(p->town, step[i], &arena);
		assert_true(op.stamp > stamp_of(p->town, far));
		assert_in_range(op_at(&op), start, start + 5);
		assert_true(right(p->town, world_hazard(p->town, 0, "镇上写的"), 0));
	}
	assert_true(world_sync(p->village, &p->road, 4, &result));
	assert_true(right(p->village, world_hazard(p->village, 0, "村里写的"), 0));
	world_step(p->village, far, 0, "再看过");
	assert_true(world_sync(p->village, &p->road, 4, &result));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(store_ahead(p->town, step[i].site, step[i].seq), 0);
		assert_int_equal(store_ahead(p->village, step[i].site, step[i].seq), 0);
	}
	/* Of the first the town has said so; of what followed it, nothing. */
	assert_int_equal(world_count(p->town, KIND_refusal), 1);
	assert_true(world_digest(p->town, village_area) == world_digest(p->village, village_area));
	arena_release(&arena);
}

/* The answer that lets a station in tells the time as well. */
static void joining_tells_the_time(void **state)
{
	static const int64_t wrong[] = {60 - start, 12 * (int64_t)YEAR, 3 * DAY};
	struct pair *p = *state;
	struct fault fault = {0};

	for (unsigned i = 0; i < 3; i++) {
		uint64_t area = village_area + 1 + i;
		const char name[] = {(char)(0x61 + (int)i), 0};
		struct store *late = world_station(name, area);
		struct buf ask = {0}, answer = {0};
		char text[TOKEN_TEXT];
		struct token token;

		assert_int_equal(enrol_invite(p->town,
					 &(struct guest){.area = area,
						 .level = LEVEL_VILLAGE,
						 .name = "late",
						 .ways = ""},
					 text, &fault),
			RC_OK);
		assert_int_equal(token_read(text, &token, &fault), RC_OK);
		when_skip(wrong[i]);
		assert_int_equal(enrol_ask(late, &token, &ask, &fault), RC_OK);
		when_skip(-wrong[i]);
		struct bytes asked = buf_bytes(&ask);
		assert_int_equal(hub_answer(p->town, &asked, &answer, 1, &fault), RC_OK);
		when_skip(wrong[i]);
		assert_int_equal(enrol_apply(late, buf_bytes(&answer), &fault), RC_OK);
		assert_in_range(store_now(late), start - 1, start + 1);
		assert_true(right(late, world_hazard(late, 0, "还没有同步过"), 0));
		when_skip(-wrong[i]);
		buf_release(&ask);
		buf_release(&answer);
		world_end(late);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_clock_of_1970, begin, end),
		cmocka_unit_test_setup_teardown(a_clock_of_2038, begin, end),
		cmocka_unit_test_setup_teardown(three_days_ahead, begin, end),
		cmocka_unit_test_setup_teardown(three_days_behind, begin, end),
		cmocka_unit_test_setup_teardown(an_hour_ahead_is_nobody_s_concern, begin, end),
		cmocka_unit_test_setup_teardown(set_back_in_mid_run, begin, end),
		cmocka_unit_test_setup_teardown(nobody_follows_into_the_future, begin, end),
		cmocka_unit_test_setup_teardown(joining_tells_the_time, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
