/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames that leave out what both ends know: they go to whoever reads them, and where the two ends
 * know other things the next one is whole and nothing is lost.
 * Covers: T2
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { NOW = 1784000000, DAY = 86400, TIMES = 6 };

static void syncs(struct pair *pair)
{
	struct sync_result result = {0};

	assert_true(world_sync(pair->village, &pair->road, 20, &result));
	assert_true(world_digest(pair->village, village_area) ==
		    world_digest(pair->town, village_area));
	assert_int_equal(
		world_count(pair->town, KIND_hazard), world_count(pair->village, KIND_hazard));
}

static int begin(void **state)
{
	struct pair *pair;

	when_hold(NOW);
	pair = world_pair();
	world_hazard(pair->village, 0, "村东桥下");
	syncs(pair);
	*state = pair;
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

/* One swap, in parts. */
struct swap {
	struct peer peer;
	struct asking asking;
	struct buf ask, answer;
	struct sync_result result;
};

static void ask(struct pair *pair, struct swap *swap)
{
	struct fault fault;

	*swap = (struct swap){.result = {.rounds = 0}};
	assert_int_equal(peer_load(pair->village, &swap->peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(pair->village, &swap->peer, LANES_ALL, &swap->asking, &swap->ask, &fault),
		RC_OK);
}

static void answer(struct pair *pair, struct bytes question, struct buf *out)
{
	struct fault fault;

	assert_int_equal(hub_answer(pair->town, &question, out, 1, &fault), RC_OK);
}

static enum rc apply(struct pair *pair, struct swap *swap)
{
	struct fault fault;

	return answer_apply(pair->village, &swap->peer, &swap->asking, buf_bytes(&swap->answer),
		&swap->result, &fault);
}

static void drop(struct swap *swap)
{
	buf_release(&swap->ask);
	buf_release(&swap->answer);
}

static unsigned form(const struct buf *frame)
{
	return lean_version(buf_bytes(frame));
}

static void less_is_said_to_who_reads_it(void **state)
{
	struct pair *pair = *state;
	struct swap swap;
	size_t whole;

	world_hazard(pair->village, 0, "沟口");
	world_hazard(pair->town, village_area, "镇上所见");
	ask(pair, &swap);
	assert_int_equal(form(&swap.ask), LEAN_ASK);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(form(&swap.answer), LEAN_ANSWER);
	assert_int_equal(apply(pair, &swap), RC_OK);
	assert_int_equal(swap.result.received_facts, 1);
	whole = swap.ask.len;
	drop(&swap);
	syncs(pair);
	/* Who has not said so gets everything. */
	struct fault fault;
	uint64_t above = store_station(pair->town)->site;
	assert_int_equal(kv_num_set(pair->village, kv_of(KV_LEAN, above), 0, &fault), RC_OK);
	world_hazard(pair->village, 0, "沟尾");
	ask(pair, &swap);
	assert_int_equal(form(&swap.ask), 0);
	assert_in_range(swap.ask.len, whole + 17, whole + 40);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(form(&swap.answer), 0);
	assert_int_equal(apply(pair, &swap), RC_OK);
	drop(&swap);
	syncs(pair);
}

/* Programs are renewed one by one: within some questions the station hears that it may. */
static void one_that_was_renewed_is_heard_of(void **state)
{
	struct pair *pair = *state;
	uint64_t above = store_station(pair->town)->site;
	struct swap swap;
	struct fault fault;
	unsigned tries = 0;

	assert_int_equal(kv_num_set(pair->village, kv_of(KV_LEAN, above), 0, &fault), RC_OK);
	for (unsigned version = 0; !version && tries < 40; tries++) {
		ask(pair, &swap);
		version = form(&swap.ask);
		answer(pair, buf_bytes(&swap.ask), &swap.answer);
		assert_int_equal(apply(pair, &swap), RC_OK);
		drop(&swap);
	}
	assert_in_range(tries, 2, 20);
}

static enum rc old_hub(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	if (!lean_version(ask))
		return link_road.swap(link, ask, answer, wait_ms, fault);
	((struct road *)link)->swaps++;
	buf_clear(answer);
	return RC_OK;
}

/* The hub's program was put back to an older one, which does not open it. */
static void a_hub_that_reads_it_no_more(void **state)
{
	struct pair *pair = *state;
	struct link_ops ops = link_road;
	struct sync_result result = {0};
	struct sync_line line = {&ops, road_link(&pair->road), LANES_ALL, 5, LINE_NO_FILES, false};
	struct peer peer;
	struct fault fault;

	ops.swap = old_hub;
	world_hazard(pair->village, 0, "沟口");
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	pair->road.swaps = 0;
	assert_int_equal(sync_round(pair->village, &peer, &line, &result, &fault), RC_OK);
	assert_true(result.complete);
	assert_in_range(pair->road.swaps, 2, 3);
	syncs(pair);
}

/* Memories differ, as if the hub had forgotten. */
static void another_memory_is_told_everything(void **state)
{
	struct pair *pair = *state;
	uint64_t site = store_station(pair->village)->site;
	struct peer_lane lane;
	struct swap swap;
	struct fault fault;

	world_hazard(pair->village, 0, "沟口");
	assert_int_equal(
		log_peer_lane(store_log(pair->town), site, LANE_LOOP, &lane, &fault), RC_OK);
	lane.got++;
	assert_int_equal(
		log_peer_lane_set(store_log(pair->town), site, LANE_LOOP, &lane, &fault), RC_OK);
	ask(pair, &swap);
	assert_int_equal(form(&swap.ask), LEAN_ASK);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(swap.answer.len, 0);
	assert_int_equal(apply(pair, &swap), RC_OK);
	assert_true(swap.result.more && swap.peer.unsure);
	drop(&swap);
	ask(pair, &swap);
	assert_int_equal(form(&swap.ask), 0);
	drop(&swap);
	syncs(pair);
}

/* Some box on the way repeats it, and the first answer gets lost. */
static void the_same_question_gets_its_answer_again(void **state)
{
	struct pair *pair = *state;
	struct swap swap;
	uint64_t last;

	world_hazard(pair->village, 0, "沟口");
	world_hazard(pair->town, village_area, "镇上所见");
	ask(pair, &swap);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	last = log_last(store_log(pair->town));
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(form(&swap.answer), LEAN_ANSWER);
	assert_true(log_last(store_log(pair->town)) == last);
	assert_int_equal(apply(pair, &swap), RC_OK);
	assert_int_equal(swap.result.received_facts, 1);
	drop(&swap);
	ask(pair, &swap); /* both count the same */
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(form(&swap.answer), LEAN_ANSWER);
	drop(&swap);
	syncs(pair);
}

/* What STORE can tell of FRAME: facts, and whether it knows whose it is. */
static bool sees(struct store *store, const struct buf *frame, bool proven)
{
	struct arena arena = {0};
	struct sight sight;
	struct fault fault;
	bool seen;

	assert_int_equal(frame_dump(store, buf_bytes(frame), 0, &arena, &sight, &fault), RC_OK);
	seen = sight.lean && sight.opened && sight.decoded && sight.proven == proven &&
	       sight.message.fact_count == 1;
	arena_release(&arena);
	return seen;
}

/* Recorded, and looked at when both know other things: its facts, by both of its ends alone. */
static void old_ones_tell_their_facts(void **state)
{
	struct pair *pair = *state;
	struct store *stranger;
	struct swap swap;
	struct ref ref = world_hazard(pair->village, 0, "沟口");

	ask(pair, &swap);
	assert_true(sees(pair->town, &swap.ask, true));
	syncs(pair);
	world_step(pair->town, ref, 0, "乡里");
	syncs(pair);
	assert_true(sees(pair->town, &swap.ask, false));
	assert_true(sees(pair->village, &swap.ask, false));
	stranger = world_station("stranger", other_area);
	assert_false(sees(stranger, &swap.ask, false));
	world_end(stranger);
	swap.ask.at[swap.ask.len - 2] ^= 1;
	assert_false(sees(pair->town, &swap.ask, false));
	drop(&swap);
	/* An answer. */
	world_step(pair->town, ref, 0, "下来");
	ask(pair, &swap);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(form(&swap.answer), LEAN_ANSWER);
	assert_true(sees(pair->village, &swap.answer, false));
	assert_true(sees(pair->town, &swap.answer, false));
	drop(&swap);
	syncs(pair);
}

/* Recorded and given again, to either end: it is no question and no answer any more. */
static void old_ones_open_for_nobody(void **state)
{
	struct pair *pair = *state;
	struct swap first, second;
	struct buf again = {0};
	struct peer_lane before, after;
	uint64_t site = store_station(pair->village)->site;
	struct fault fault;

	world_hazard(pair->village, 0, "沟口");
	ask(pair, &first);
	answer(pair, buf_bytes(&first.ask), &first.answer);
	assert_int_equal(apply(pair, &first), RC_OK);
	world_hazard(pair->village, 0, "沟尾");
	ask(pair, &second);
	answer(pair, buf_bytes(&second.ask), &second.answer);
	assert_int_equal(
		log_peer_lane(store_log(pair->town), site, LANE_LOOP, &before, &fault), RC_OK);
	answer(pair, buf_bytes(&first.ask), &again);
	assert_int_equal(again.len, 0);
	assert_int_equal(
		log_peer_lane(store_log(pair->town), site, LANE_LOOP, &after, &fault), RC_OK);
	assert_memory_equal(&before, &after, sizeof before);
	/* The answer to the first, for the second: nothing but a whole question comes of it. */
	buf_clear(&second.answer);
	buf_put(&second.answer, first.answer.at, first.answer.len);
	assert_int_equal(apply(pair, &second), RC_OK);
	assert_true(second.result.more && second.peer.unsure && !second.result.received_facts);
	drop(&second);
	/* For a whole question, however often: the line brings it, and is to be tried again. */
	for (unsigned i = 0; i < TIMES; i++) {
		ask(pair, &second);
		second.peer.unsure = true;
		buf_clear(&second.ask);
		assert_int_equal(ask_make(pair->village, &second.peer, LANES_ALL, &second.asking,
					 &second.ask, &fault),
			RC_OK);
		assert_int_equal(form(&second.ask), 0);
		buf_put(&second.answer, first.answer.at, first.answer.len);
		assert_int_equal(answer_apply(pair->village, &second.peer, &second.asking,
					 buf_bytes(&second.answer), &second.result, &fault),
			RC_LINK);
		assert_int_equal(trouble_of(&fault), TROUBLE_STRANGE);
		assert_int_equal(peer_save(pair->village, &second.peer, &fault), RC_OK);
		drop(&second);
	}
	drop(&first);
	buf_release(&again);
	syncs(pair);
}

/* Somebody has made up as many sites as a hub looks at, which all begin as the village's does: its
 * question is not found, once. */
static void a_crowd_of_the_same_name(void **state)
{
	enum { MADE_UP = 8 };
	struct pair *pair = *state;
	uint64_t site = store_station(pair->village)->site;
	struct swap swap;
	struct site one;
	struct fault fault;

	assert_true(log_site(store_log(pair->town), site, &one));
	assert_int_equal(store_begin(pair->town, &fault), RC_OK);
	for (unsigned i = 1; i <= MADE_UP; i++) {
		one.site = (site >> LEAN_SHIFT << LEAN_SHIFT) + i;
		assert_int_equal(log_site_set(store_log(pair->town), &one, &fault), RC_OK);
	}
	assert_int_equal(store_commit(pair->town, &fault), RC_OK);
	lean_hint(site ^ UINT64_C(1) << LEAN_SHIFT << 10); /* another in its place */
	world_hazard(pair->village, 0, "沟口");
	ask(pair, &swap);
	assert_int_equal(form(&swap.ask), LEAN_ASK);
	answer(pair, buf_bytes(&swap.ask), &swap.answer);
	assert_int_equal(swap.answer.len, 0);
	drop(&swap);
	syncs(pair);
	for (unsigned i = 0; i < 3; i++) {
		world_hazard(pair->village, 0, "沟尾");
		ask(pair, &swap);
		assert_int_equal(form(&swap.ask), LEAN_ASK);
		answer(pair, buf_bytes(&swap.ask), &swap.answer);
		assert_true(swap.answer.len > 0);
		assert_int_equal(apply(pair, &swap), RC_OK);
		drop(&swap);
	}
	syncs(pair);
}

static void bits_on_the_way(void **state)
{
	struct pair *pair = *state;
	uint64_t before = world_digest(pair->town, village_area);
	struct swap swap;
	struct buf said = {0};

	world_hazard(pair->village, 0, "沟口");
	ask(pair, &swap);
	for (size_t bit = 0; bit < swap.ask.len * 8; bit++) {
		swap.ask.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
		answer(pair, buf_bytes(&swap.ask), &said);
		assert_int_equal(said.len, bit / 8 == 1 ? INTRO_SIZE : 0);
		swap.ask.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	assert_true(world_digest(pair->town, village_area) == before);
	answer(pair, buf_bytes(&swap.ask), &said);
	for (size_t bit = 16; bit < said.len * 8; bit++) {
		const struct peer peer = swap.peer;
		said.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
		swap.answer = said;
		assert_int_equal(apply(pair, &swap), RC_OK);
		assert_true(swap.result.more && swap.peer.unsure);
		said.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
		swap.peer = peer;
	}
	swap.answer = said;
	assert_int_equal(apply(pair, &swap), RC_OK);
	assert_false(swap.peer.unsure);
	drop(&swap);
	syncs(pair);
}

/* A station whose battery is dead: the two bytes of clock mean another day there. It asks once more
 * and has the right time. */
static void a_clock_of_another_day(void **state)
{
	struct pair *pair = *state;

	for (unsigned i = 0; i < 3; i++) {
		pair->road.ahead = i == 1 ? -300 * DAY : 3 * DAY + 1234;
		pair->road.swaps = 0;
		world_hazard(pair->village, 0, "沟口");
		syncs(pair);
		assert_in_range(pair->road.swaps, 1, 3);
		int64_t off = store_now(pair->village) - when_now() - pair->road.ahead;
		assert_in_range(off + 5, 0, 10);
		world_hazard(pair->village, 0, "沟尾");
		pair->road.swaps = 0;
		syncs(pair);
		assert_int_equal(pair->road.swaps, 1);
	}
	pair->road.ahead = 0;
}

/* What is lost, repeated or damaged in any order. */
static void bad_roads(void **state)
{
	struct pair *pair = *state;
	struct sync_result result;
	struct road bad = pair->road;

	bad.lose_ask = bad.lose_answer = bad.twice = bad.flip = 150;
	for (unsigned i = 0; i < 150; i++) {
		if (i % 2)
			world_hazard(pair->village, 0, "沟口");
		if (i % 3 == 0)
			world_hazard(pair->town, village_area, "镇上所见");
		(void)!world_sync(pair->village, &bad, 3, &result);
	}
	syncs(pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(less_is_said_to_who_reads_it, begin, end),
		cmocka_unit_test_setup_teardown(one_that_was_renewed_is_heard_of, begin, end),
		cmocka_unit_test_setup_teardown(a_hub_that_reads_it_no_more, begin, end),
		cmocka_unit_test_setup_teardown(another_memory_is_told_everything, begin, end),
		cmocka_unit_test_setup_teardown(
			the_same_question_gets_its_answer_again, begin, end),
		cmocka_unit_test_setup_teardown(old_ones_open_for_nobody, begin, end),
		cmocka_unit_test_setup_teardown(old_ones_tell_their_facts, begin, end),
		cmocka_unit_test_setup_teardown(a_crowd_of_the_same_name, begin, end),
		cmocka_unit_test_setup_teardown(bits_on_the_way, begin, end),
		cmocka_unit_test_setup_teardown(a_clock_of_another_day, begin, end),
		cmocka_unit_test_setup_teardown(bad_roads, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
