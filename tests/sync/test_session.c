/* SPDX-License-Identifier: GPL-3.0-or-later
 * The model goes on from question to answer to question as long as both ends have the same; where
 * one has lost it, that is said, and nothing else is lost.
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void agree(struct pair *pair)
{
	assert_true(world_digest(pair->village, village_area) ==
		    world_digest(pair->town, village_area));
	assert_int_equal(
		world_count(pair->town, KIND_hazard), world_count(pair->village, KIND_hazard));
}

static void syncs(struct pair *pair)
{
	struct sync_result result = {0};

	assert_true(world_sync(pair->village, &pair->road, 20, &result));
	agree(pair);
}

static int begin(void **state)
{
	struct pair *pair;

	when_hold(1784000000);
	sessions_forget();
	packing_choose("model");
	pair = world_pair();
	world_hazard(pair->village, 0, "村东桥下");
	syncs(pair);
	*state = pair;
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	packing_choose("auto");
	return 0;
}

struct swap {
	struct peer peer;
	struct asking asking;
	struct buf ask, answer;
	struct sync_result result;
	bool asked_on, kept; /* the question went on; the answer said that all is kept */
};

static unsigned flags_of(struct lean_read *read, size_t skip)
{
	assert_true(read->proven && read->content.len > skip);
	return read->content.at[skip];
}

static void ask(struct pair *pair, struct swap *swap)
{
	struct fault fault;
	struct lean_read read;

	*swap = (struct swap){.result = {.rounds = 0}};
	assert_int_equal(peer_load(pair->village, &swap->peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(pair->village, &swap->peer, LANES_ALL, &swap->asking, &swap->ask, &fault),
		RC_OK);
	assert_int_equal(lean_version(buf_bytes(&swap->ask)), LEAN_ASK);
	lean_read_ask(pair->town, buf_bytes(&swap->ask), &read);
	swap->asked_on = flags_of(&read, 0) & FRAME_GOES_ON;
	lean_read_release(&read);
}

static void answer(struct pair *pair, struct swap *swap)
{
	struct bytes question = buf_bytes(&swap->ask);
	struct lean asked = {.number = swap->asking.number, .time = store_now_ms(pair->village)};
	struct lean_read read;
	struct fault fault;

	assert_int_equal(hub_answer(pair->town, &question, &swap->answer, 1, &fault), RC_OK);
	if (lean_version(buf_bytes(&swap->answer)) != LEAN_ANSWER)
		return;
	memcpy(asked.got, swap->asking.told, sizeof asked.got);
	memcpy(asked.question, swap->asking.hash, sizeof asked.question);
	assert_true(lean_read_answer(
		pair->village, &swap->peer.site, buf_bytes(&swap->answer), &asked, &read));
	swap->kept = flags_of(&read, LEAN_CLOCK) & FRAME_GOES_ON;
	lean_read_release(&read);
}

static void apply(struct pair *pair, struct swap *swap)
{
	struct fault fault;

	assert_int_equal(answer_apply(pair->village, &swap->peer, &swap->asking,
				 buf_bytes(&swap->answer), &swap->result, &fault),
		RC_OK);
	buf_release(&swap->ask);
	buf_release(&swap->answer);
}

static void each_goes_on_from_the_one_before(void **state)
{
	struct pair *pair = *state;
	struct swap swap;
	size_t first = 0;

	sessions_forget();
	for (unsigned n = 0; n < 8; n++) {
		world_hazard(pair->village, 0, "沟口护岸冲空约二十米，学生改走南门");
		if (n % 3 == 1)
			world_hazard(pair->town, village_area, "镇上所见，已拉警戒线");
		ask(pair, &swap);
		assert_int_equal(swap.asked_on, n > 0);
		first = n ? first : swap.ask.len;
		assert_true(!n || swap.ask.len < first);
		answer(pair, &swap);
		assert_true(swap.kept);
		apply(pair, &swap);
		agree(pair);
	}
}

/* The hub was started anew, say. */
static void one_that_has_lost_it_says_so(void **state)
{
	struct pair *pair = *state;
	struct swap swap;

	world_hazard(pair->village, 0, "沟口");
	ask(pair, &swap);
	answer(pair, &swap);
	apply(pair, &swap);
	world_hazard(pair->village, 0, "沟尾");
	ask(pair, &swap);
	assert_true(swap.asked_on);
	sessions_forget();
	answer(pair, &swap);
	assert_int_equal(swap.answer.len, 0); /* the state is bound into the tag */
	apply(pair, &swap);
	assert_true(swap.result.more && swap.peer.unsure);
	syncs(pair);
}

/* Once in a session is enough. */
static void who_has_lost_it_is_not_asked_again(void **state)
{
	const struct session_ends ends = {1, 2};
	const uint8_t flags[2] = {MODEL_NUMBER << 4, MODEL_NUMBER << 4 | FRAME_GOES_ON};
	const struct session_text answer = {.plain = bytes_text("answer"), .answer = true};
	const struct bytes none = {0, 0}, first = bytes_of(&flags[0], 1),
			   on = bytes_of(&flags[1], 1);

	(void)state;
	sessions_forget();
	assert_null(session_asking(&ends, true));
	session_asked(&ends, first, none, bytes_text("question"));
	assert_non_null(session_reading(&ends, on, true));
	session_read(&ends, on, &answer);
	assert_non_null(session_asking(&ends, true));
	session_asked(&ends, on, none, bytes_text("another"));
	for (unsigned n = 0; n < 3; n++) { /* it had another answer than one that keeps all */
		assert_null(session_asking(&ends, true));
		session_asked(&ends, first, none, bytes_text("question"));
		session_read(&ends, on, &answer);
	}
	sessions_forget();
	assert_null(session_asking(&ends, true));
	session_asked(&ends, first, none, bytes_text("question"));
	session_read(&ends, on, &answer);
	assert_non_null(session_asking(&ends, true));
}

/* Hubs with more than a few questions at a time keep nothing. */
static void a_busy_hub_keeps_nothing(void **state)
{
	struct pair *pair = *state;
	struct swap swap;
	struct bytes asks[6];
	struct buf answers[6] = {{0}};
	struct fault fault;

	sessions_forget();
	world_hazard(pair->village, 0, "沟口");
	ask(pair, &swap);
	for (unsigned i = 0; i < 6; i++)
		asks[i] = buf_bytes(&swap.ask);
	assert_int_equal(hub_answer(pair->town, asks, answers, 6, &fault), RC_OK);
	buf_put(&swap.answer, answers[0].at, answers[0].len);
	for (unsigned i = 0; i < 6; i++)
		buf_release(&answers[i]);
	apply(pair, &swap);
	world_hazard(pair->village, 0, "沟尾");
	ask(pair, &swap);
	assert_false(swap.asked_on);
	answer(pair, &swap);
	apply(pair, &swap);
	syncs(pair);
}

/* Questions and answers lost, given twice and damaged, at any step. */
static void bad_roads(void **state)
{
	struct pair *pair = *state;
	struct sync_result result;
	struct road bad = pair->road;

	bad.lose_ask = bad.lose_answer = bad.twice = bad.flip = 120;
	for (unsigned i = 0; i < 60; i++) {
		world_hazard(pair->village, 0, "沟口");
		if (i % 3 == 0)
			world_hazard(pair->town, village_area, "镇上所见");
		if (i % 20 == 19)
			sessions_forget();
		(void)!world_sync(pair->village, &bad, 3, &result);
	}
	syncs(pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_goes_on_from_the_one_before, begin, end),
		cmocka_unit_test_setup_teardown(one_that_has_lost_it_says_so, begin, end),
		cmocka_unit_test(who_has_lost_it_is_not_asked_again),
		cmocka_unit_test_setup_teardown(a_busy_hub_keeps_nothing, begin, end),
		cmocka_unit_test_setup_teardown(bad_roads, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
