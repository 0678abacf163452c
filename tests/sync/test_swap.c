/* SPDX-License-Identifier: GPL-3.0-or-later
 * Village, township, county: enrolment, what goes up and comes down, the ladder, lost answers,
 * another store behind the same hub.
 * Tests also: hub.c sync.c round.c take.c trust.c acks.c
 * Tests also: frame_fill.c open.c peers.c enrol.c token.c
 * recent.c
 * Covers: T2 T10 N17
 */
#include "world.h"

#include "model/kinds.h"
#include "store/rows/internal.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/enrol.h"
#include "sync/swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct world {
	struct store *county, *town, *village, *other;
	struct road to_county, to_town;
};

static int begin(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	world->county = world_station("county", county_area);
	world->town = world_station("town", town_area);
	world->village = world_station("village", village_area);
	world->other = world_station("other", other_area);
	world_join(world->town, world->county, "town", town_area);
	world_join(world->village, world->town, "village", village_area);
	world_join(world->other, world->town, "other", other_area);
	world->to_county = (struct road){.hub = world->county, .seed = 1};
	world->to_town = (struct road){.hub = world->town, .seed = 2};
	*state = world;
	return 0;
}

static int end(void **state)
{
	struct world *world = *state;

	world_end(world->county);
	world_end(world->town);
	world_end(world->village);
	world_end(world->other);
	free(world);
	return 0;
}

static uint32_t held(struct store *at, struct store *holder, struct ref ref)
{
	return log_held(store_log(at), store_station(holder)->site, ref.site, ref.seq & 7);
}

static void up_to_the_county_and_the_ladder_says_so(void **state)
{
	struct world *w = *state;
	struct sync_result result;
	struct ref ref = world_hazard(w->village, 0, "村东桥下");

	assert_true(store_station(w->village)->joined);
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_int_equal(result.sent_facts, 1);
	assert_int_equal(world_count(w->town, KIND_hazard), 1);
	assert_int_equal(held(w->village, w->town, ref), ref.seq >> 3);
	assert_int_equal(held(w->village, w->county, ref), 0); /* nobody has proven that */
	assert_true(world_sync(w->town, &w->to_county, 3, &result));
	assert_int_equal(world_count(w->county, KIND_hazard), 1);
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_int_equal(held(w->village, w->county, ref), ref.seq >> 3);
	/* The neighbour village sees nothing of it. */
	assert_true(world_sync(w->other, &w->to_town, 3, &result));
	assert_int_equal(world_count(w->other, KIND_hazard), 0);
}

static void a_step_from_above_comes_down(void **state)
{
	struct world *w = *state;
	struct sync_result result;
	struct ref ref = world_hazard(w->village, 0, "沟口");
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;

	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	world_step(w->town, ref, 0, "镇水利站");
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_true(result.received_facts >= 1);
	assert_int_equal(store_record(w->village, ref, &arena, &record, &history, &fault), RC_OK);
	assert_true(bytes_equal(record_text(&record, hazard_owner), bytes_text("镇水利站")));
	arena_release(&arena);
	assert_true(world_digest(w->village, village_area) == world_digest(w->town, village_area));
}

static void up_only_stays_up(void **state)
{
	struct world *w = *state;
	struct sync_result result;
	struct op op = {.kind = KIND_tip, .area = town_area};
	struct buf body = {0};
	struct value value = value_text("有人偷采");
	struct fault fault;

	put_field(&body, tip_subject, &value);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(w->town, &op, &fault), RC_OK);
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_int_equal(world_count(w->village, KIND_tip), 0);
	assert_true(world_sync(w->town, &w->to_county, 3, &result));
	assert_int_equal(world_count(w->county, KIND_tip), 1);
	buf_release(&body);
}

static void whatever_the_road_does_once(void **state)
{
	struct world *w = *state;
	struct sync_result result;

	w->to_town.lose_ask = 200, w->to_town.lose_answer = 300, w->to_town.twice = 300,
	w->to_town.flip = 50;
	for (int i = 0; i < 60; i++) {
		struct ref ref = world_hazard(w->village, 0, "桥下");
		world_step(w->village, ref, hazard_do_rectify, "好了");
		if (i % 3 == 0)
			world_sync(w->village, &w->to_town, 1, &result);
	}
	w->to_town.lose_ask = w->to_town.lose_answer = w->to_town.flip = 0;
	assert_true(world_sync(w->village, &w->to_town, 20, &result));
	assert_int_equal(world_count(w->town, KIND_hazard), 60);
	assert_true(world_digest(w->village, village_area) == world_digest(w->town, village_area));
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(result.waiting[lane].facts, 0);
}

/* A box on the way repeats a question and gives back the second answer: the same receipt, and one
 * round trip. */
static void the_same_question_gets_the_same_receipt(void **state)
{
	struct world *w = *state;
	struct buf ask = {0}, answers[2] = {{0}, {0}};
	struct sync_result result = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault;

	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	struct ref ref = world_hazard(w->village, 0, "村东桥下");
	struct ref down = world_hazard(w->town, village_area, "镇上写的");
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(w->village, &peer, (1 << LANES) - 1, &asking, &ask, &fault), RC_OK);
	assert_false(asking.full);
	struct bytes asks[1] = {buf_bytes(&ask)};
	for (int i = 0; i < 2; i++)
		assert_int_equal(hub_answer(w->town, asks, &answers[i], 1, &fault), RC_OK);
	assert_int_equal(
		answer_apply(w->village, &peer, &asking, buf_bytes(&answers[1]), &result, &fault),
		RC_OK);
	assert_false(result.more);
	assert_false(peer.unsure);
	assert_int_equal(held(w->village, w->town, ref), ref.seq >> 3);
	assert_int_equal(world_count(w->village, KIND_hazard), 2);
	assert_true(down.seq);
	/* And both go on from there. */
	memset(&result, 0, sizeof result);
	world_hazard(w->village, 0, "沟口");
	assert_true(world_sync(w->village, &w->to_town, 1, &result));
	assert_int_equal(result.rounds, 1);
	buf_release(&ask);
	buf_release(&answers[0]);
	buf_release(&answers[1]);
}

static void a_stranger_and_a_revoked_station_get_nothing(void **state)
{
	struct world *w = *state;
	struct store *stranger = world_station("stranger", village_area);
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault = {0};

	world_hazard(w->village, 0, "桥下");
	assert_int_equal(
		enrol_revoke(w->town, store_station(w->village)->site, "丢失", &fault), RC_OK);
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	assert_int_equal(sync_round(w->village, &peer,
				 &(struct sync_line){&link_road, road_link(&w->to_town), 31, 5,
					 LINE_NO_FILES, false},
				 &result, &fault),
		RC_DENIED);
	assert_false(result.complete);
	assert_int_equal(world_count(w->town, KIND_hazard), 0);
	assert_int_equal(peer_load(stranger, &peer, &fault), RC_NONE);
	world_end(stranger);
}

static void tokens_are_checked_and_used_once(void **state)
{
	struct world *w = *state;
	struct store *second = world_station("second", village_area),
		     *third = world_station("third", village_area);
	char text[TOKEN_TEXT], bad[TOKEN_TEXT];
	struct token token;
	struct fault fault;
	struct buf ask = {0}, answer = {0};

	assert_int_equal(enrol_invite(w->town,
				 &(struct guest){.area = 410882104000,
					 .level = LEVEL_VILLAGE,
					 .name = "x",
					 .ways = ""},
				 text, &fault),
		RC_DENIED);
	assert_int_equal(enrol_invite(w->town,
				 &(struct guest){.area = village_area,
					 .level = LEVEL_VILLAGE,
					 .name = "王庄村",
					 .ways = "http://a\nssh://b"},
				 text, &fault),
		RC_OK);
	for (size_t i = 0; text[i]; i++) {
		memcpy(bad, text, sizeof bad);
		bad[i] = bad[i] == '7' ? '8' : '7';
		if (text[i] != '-')
			assert_int_equal(token_read(bad, &token, &fault), RC_BAD);
	}
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_string_equal(token.name, "王庄村");
	for (int i = 0; i < 2; i++) {
		struct store *one = i ? third : second;
		buf_clear(&ask);
		assert_int_equal(enrol_ask(one, &token, &ask, &fault), RC_OK);
		struct bytes asks[1] = {buf_bytes(&ask)};
		assert_int_equal(hub_answer(w->town, asks, &answer, 1, &fault), RC_OK);
		assert_int_equal(
			enrol_apply(one, buf_bytes(&answer), &fault), i ? RC_DENIED : RC_OK);
	}
	buf_release(&ask);
	buf_release(&answer);
	world_end(second);
	world_end(third);
}

/* The way up leads to the hub of another township: it takes nothing, nothing is deleted, all still
 * waits. */
static void the_wrong_hub_takes_nothing_away(void **state)
{
	struct world *w = *state;
	struct store *wrong = world_station("elsewhere", UINT64_C(410882104000));
	struct road there = {.hub = wrong, .seed = 5};
	struct sync_result result = {0};

	world_hazard(w->village, 0, "桥下");
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	struct ref waiting = world_hazard(w->village, 0, "桥头");
	uint64_t before = world_digest(w->village, village_area);
	assert_false(world_sync(w->village, &there, 5, &result));
	assert_false(result.complete);
	assert_true(world_digest(w->village, village_area) == before);
	assert_int_equal(world_count(w->village, KIND_hazard), 2);
	assert_int_equal(world_count(wrong, KIND_hazard), 0);
	assert_true(held(w->village, w->town, waiting) < waiting.seq >> 3);
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_int_equal(world_count(w->town, KIND_hazard), 2);
	assert_int_equal(held(w->village, w->town, waiting), waiting.seq >> 3);
	world_end(wrong);
}

/* Each with its own letters: given without a network, for ever, and the same wherever the record
 * is. */
static void numbers_are_nobody_elses(void **state)
{
	struct world *w = *state;
	struct store *const from[] = {w->village, w->other, w->town};
	char number[3][32], there[32];
	struct sync_result result = {0};
	struct road other = w->to_town;
	struct ref refs[3];

	for (unsigned n = 0; n < countof(from); n++) {
		refs[n] = world_hazard(from[n], 0, "同一处");
		store_number(from[n], refs[n], number[n]);
		for (unsigned k = 0; k < n; k++)
			assert_string_not_equal(number[k], number[n]);
	}
	assert_true(world_sync(w->village, &w->to_town, 3, &result));
	assert_true(world_sync(w->other, &other, 3, &result));
	assert_true(world_sync(w->town, &w->to_county, 3, &result));
	for (unsigned n = 0; n < countof(from); n++) {
		store_number(w->county, refs[n], there);
		assert_string_equal(there, number[n]);
		store_number(w->town, refs[n], there);
		assert_string_equal(there, number[n]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			up_to_the_county_and_the_ladder_says_so, begin, end),
		cmocka_unit_test_setup_teardown(a_step_from_above_comes_down, begin, end),
		cmocka_unit_test_setup_teardown(up_only_stays_up, begin, end),
		cmocka_unit_test_setup_teardown(whatever_the_road_does_once, begin, end),
		cmocka_unit_test_setup_teardown(
			the_same_question_gets_the_same_receipt, begin, end),
		cmocka_unit_test_setup_teardown(
			a_stranger_and_a_revoked_station_get_nothing, begin, end),
		cmocka_unit_test_setup_teardown(tokens_are_checked_and_used_once, begin, end),
		cmocka_unit_test_setup_teardown(the_wrong_hub_takes_nothing_away, begin, end),
		cmocka_unit_test_setup_teardown(numbers_are_nobody_elses, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
