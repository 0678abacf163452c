/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hubs, stations and carriers that lie: what they send changes nothing, or is refused clearly.
 * Covers: T2
 */
#include "world.h"

#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/keys.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include "base/when.h"
#include "model/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct ends {
	struct store *town, *village;
	struct peer peer;
	struct site asker; /* the village as the town knows it */
	struct asking asking;
	struct buf ask;
};

static int begin(void **state)
{
	struct ends *pair = calloc(1, sizeof *pair);
	struct sync_result result;
	struct fault fault;

	when_hold(1784000000);
	pair->town = world_station("town", town_area);
	pair->village = world_station("village", village_area);
	world_join(pair->village, pair->town, "village", village_area);
	struct road road = {.hub = pair->town, .seed = 1};
	world_hazard(pair->village, 0, "村东桥下");
	assert_true(world_sync(pair->village, &road, 3, &result));
	world_hazard(pair->village, 0, "沟口");
	assert_int_equal(peer_load(pair->village, &pair->peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(pair->village, &pair->peer, 31, &pair->asking, &pair->ask, &fault), RC_OK);
	assert_true(
		log_site(store_log(pair->town), store_station(pair->village)->site, &pair->asker));
	*state = pair;
	return 0;
}

static int end(void **state)
{
	struct ends *pair = *state;

	world_end(pair->town);
	world_end(pair->village);
	buf_release(&pair->ask);
	free(pair);
	return 0;
}

/* The hub that has turned bad: its keys are right, what it says is up to the test. */
static enum rc say(struct ends *pair, const struct message *answer)
{
	struct sync_result result = {0};
	struct buf frame = {0};
	struct fault fault;
	enum rc rc;

	assert_int_equal(
		frame_close(pair->town, &pair->asker, answer, CLOSE_PLAIN, &frame, &fault), RC_OK);
	rc = answer_apply(
		pair->village, &pair->peer, &pair->asking, buf_bytes(&frame), &result, &fault);
	buf_release(&frame);
	return rc;
}

static struct message answer_to(struct ends *pair)
{
	return (struct message){
		.type = MESSAGE_ANSWER, .number = pair->asking.number, .time = when_now_ms()};
}

static uint32_t held(struct ends *pair)
{
	return log_held(store_log(pair->village), store_station(pair->town)->site,
		store_station(pair->village)->site, LANE_LOOP);
}

static void heals(struct ends *pair)
{
	struct road road = {.hub = pair->town, .seed = 9};
	struct sync_result result;

	assert_true(world_sync(pair->village, &road, 5, &result));
	assert_int_equal(
		world_count(pair->town, KIND_hazard), world_count(pair->village, KIND_hazard));
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
}

static bool claimed(const struct claim *claim, void *to)
{
	unsigned *counts = to;

	counts[claim->what] += (unsigned)claim->count;
	return true;
}

/* How often the other end is noted in STORE for WHAT. */
static unsigned claims(struct store *store, enum claim_what what)
{
	unsigned counts[CLAIMS] = {0};
	struct fault fault;

	assert_int_equal(claims_each(store, 0, claimed, counts, &fault), RC_OK);
	return counts[what];
}

static void marks_of_facts_that_nobody_wrote(void **state)
{
	struct ends *pair = *state;
	struct message answer = answer_to(pair);
	struct mark mark = {.holder = store_station(pair->town)->site,
		.site = store_station(pair->village)->site,
		.lane = LANE_LOOP,
		.store = log_number(store_log(pair->town)),
		.upto = 1000000};

	answer.marks = &mark;
	answer.mark_count = 1;
	(void)!say(pair, &answer);
	/* Nobody can hold what was never written. */
	assert_true(held(pair) <= log_author(store_log(pair->village), mark.site, LANE_LOOP));
}

/* A hub speaks for itself and those above, not for anybody else. */
static void marks_of_holders_below(void **state)
{
	struct ends *pair = *state;
	struct message answer = answer_to(pair);
	struct mark mark = {.holder = store_station(pair->village)->site,
		.site = store_station(pair->village)->site,
		.lane = LANE_LOOP,
		.store = 99,
		.upto = 7};

	answer.marks = &mark;
	answer.mark_count = 1;
	(void)!say(pair, &answer);
	assert_int_equal(log_held(store_log(pair->village), mark.holder, mark.site, LANE_LOOP), 0);
}

static void answers_to_other_questions(void **state)
{
	struct ends *pair = *state;

	for (int by = -3; by <= 3; by++) {
		struct message answer = answer_to(pair);
		answer.number += (uint64_t)by;
		if (by)
			assert_int_equal(say(pair, &answer), RC_LINK);
	}
	struct message no_answer = answer_to(pair);
	no_answer.type = MESSAGE_GRANT;
	assert_int_equal(say(pair, &no_answer), RC_LINK);
	heals(pair);
}

/* The station died while it waited: what it asks after that has another number, and the answer to
 * the old question, which has nothing of what was written since, is none to the new one. */
static void answers_to_a_question_before_a_crash(void **state)
{
	struct ends *pair = *state;
	struct bytes asks[1] = {buf_bytes(&pair->ask)};
	struct buf answer = {0}, again = {0};
	struct sync_result result = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault;
	uint32_t before = held(pair);

	assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	world_hazard(pair->village, 0, "后写的");
	assert_int_equal(ask_make(pair->village, &peer, 31, &asking, &again, &fault), RC_OK);
	assert_true(asking.number > pair->asking.number);
	/* A lean one does not even open: it is asked again, and nothing of it counts. */
	assert_int_equal(
		answer_apply(pair->village, &peer, &asking, buf_bytes(&answer), &result, &fault),
		RC_OK);
	assert_true(result.more && peer.unsure && !result.received_facts);
	assert_int_equal(held(pair), before);
	buf_release(&answer);
	buf_release(&again);
	heals(pair);
}

/* A frame that could not be read has no number to repeat: an answer to that, of whatever day, sets
 * no clock and holds nothing, and what it asks for is over with the next answer. */
static void an_answer_without_a_number_teaches_nothing(void **state)
{
	struct ends *pair = *state;
	int64_t now = store_now(pair->village);
	uint32_t before = held(pair);

	for (int plain = 0; plain < 2; plain++) {
		struct message answer = answer_to(pair);
		struct mark mark = {.holder = store_station(pair->town)->site,
			.site = store_station(pair->village)->site,
			.lane = LANE_LOOP,
			.store = log_number(store_log(pair->town)),
			.upto = before + 1};
		answer.number = 0;
		answer.time -= INT64_C(3) * 86400 * 1000;
		answer.status = plain ? ANSWER_PLAIN : ANSWER_FULL;
		answer.marks = &mark;
		answer.mark_count = 1;
		assert_int_equal(say(pair, &answer), RC_OK);
		assert_int_equal(store_now(pair->village), now);
		assert_int_equal(held(pair), before);
		assert_int_equal(pair->peer.plain, plain);
	}
	heals(pair);
	struct fault fault;
	assert_int_equal(peer_load(pair->village, &pair->peer, &fault), RC_OK);
	assert_false(pair->peer.plain);
}

static void cursors_from_nowhere(void **state)
{
	struct ends *pair = *state;
	struct message answer = answer_to(pair);

	answer.got_mask = 31;
	for (unsigned lane = 0; lane < LANES; lane++)
		answer.got[lane] = UINT64_C(1) << 40;
	(void)!say(pair, &answer);
	world_step(pair->town, world_hazard(pair->town, village_area, "镇上所见"), 0, "镇水利站");
	heals(pair);
}

static void another_store_each_time(void **state)
{
	struct ends *pair = *state;

	for (unsigned i = 0; i < 5; i++) {
		struct message answer = answer_to(pair);
		answer.full = true;
		answer.store = i % 2 ? 5 : UINT64_C(1) << 40;
		(void)!say(pair, &answer);
		struct fault fault;
		buf_clear(&pair->ask);
		assert_int_equal(
			ask_make(pair->village, &pair->peer, 31, &pair->asking, &pair->ask, &fault),
			RC_OK);
	}
	heals(pair);
}

static void clocks_that_make_no_sense(void **state)
{
	struct ends *pair = *state;
	static const int64_t times[] = {INT64_MIN, INT64_MAX, 0, -1, INT64_MAX / 2, INT64_MIN / 2};

	for (unsigned i = 0; i < countof(times); i++) {
		struct message answer = answer_to(pair);
		struct fault fault;
		answer.time = times[i];
		(void)!say(pair, &answer);
		world_hazard(pair->village, 0, "还能写");
		buf_clear(&pair->ask);
		assert_int_equal(
			ask_make(pair->village, &pair->peer, 31, &pair->asking, &pair->ask, &fault),
			RC_OK);
	}
	heals(pair);
}

static void a_hub_that_never_ends(void **state)
{
	struct ends *pair = *state;

	for (unsigned i = 0; i < 50; i++) {
		struct message answer = answer_to(pair);
		answer.status = i % 3 == 2 ? ANSWER_DONE : i % 3 ? ANSWER_PLAIN : ANSWER_FULL;
		answer.more_mask = 31;
		(void)!say(pair, &answer);
	}
	pair->peer.plain = false;
	heals(pair);
}

static void frames_cut_flipped_and_made_up(void **state)
{
	struct ends *pair = *state;
	uint64_t before = world_digest(pair->town, village_area);
	struct fault fault;
	struct buf copy = {0}, answer = {0};

	for (size_t len = 0; len < pair->ask.len; len++) {
		struct bytes asks[1] = {bytes_of(pair->ask.at, len)};
		assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
		assert_int_equal(answer.len, 0);
	}
	for (size_t bit = 0; bit < pair->ask.len * 8; bit++) {
		buf_clear(&copy);
		buf_put(&copy, pair->ask.at, pair->ask.len);
		copy.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		struct bytes asks[1] = {buf_bytes(&copy)};
		assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
		/* Keys that are not known here: then it is said which are. */
		assert_int_equal(answer.len, bit / 8 == 1 ? INTRO_SIZE : 0);
	}
	for (unsigned i = 0; i < 2000; i++) {
		buf_clear(&copy);
		uint8_t *at = buf_grow(&copy, i % 400);
		crypt_random(at, i % 400);
		if (copy.len)
			copy.at[0] = (uint8_t)(1 + i % 2);
		struct bytes asks[1] = {buf_bytes(&copy)};
		assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
		assert_int_equal(answer.len, 0);
	}
	assert_true(world_digest(pair->town, village_area) == before);
	buf_release(&copy);
	buf_release(&answer);
	heals(pair);
}

/* Not from the hub, or no frame at all; of a lean one nobody can say: it is asked again, whole. */
static void refused(struct ends *pair, struct bytes answer)
{
	const struct peer peer = pair->peer;
	struct sync_result result = {0};
	struct fault fault;
	enum rc rc =
		answer_apply(pair->village, &pair->peer, &pair->asking, answer, &result, &fault);

	assert_true(rc == RC_DENIED || rc == RC_LINK ||
		    (rc == RC_OK && lean_version(answer) && result.more && pair->peer.unsure));
	pair->peer = peer;
}

static void answers_cut_and_flipped(void **state)
{
	struct ends *pair = *state;
	struct fault fault;
	struct buf answer = {0}, copy = {0};
	struct bytes asks[1] = {buf_bytes(&pair->ask)};
	uint64_t before = world_digest(pair->village, village_area);
	uint32_t held_before = held(pair);

	assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
	for (size_t bit = 0; bit < answer.len * 8; bit++) {
		buf_clear(&copy);
		buf_put(&copy, answer.at, answer.len);
		copy.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		refused(pair, buf_bytes(&copy));
	}
	for (size_t len = 1; len < answer.len; len++)
		refused(pair, bytes_of(answer.at, len));
	assert_int_equal(held(pair), held_before);
	assert_true(world_digest(pair->village, village_area) == before);
	buf_release(&copy);
	buf_release(&answer);
	heals(pair);
}

/* Every question of a day, three times over and in another order, after the day is over. */
static void replays_three_times_reordered(void **state)
{
	enum { DAY = 12 };
	struct ends *pair = *state;
	struct buf asks[DAY] = {0}, answers[DAY] = {0}, again = {0};
	struct asking asking[DAY];
	struct sync_result result = {0};
	struct fault fault;

	for (unsigned i = 0; i < DAY; i++) {
		world_hazard(pair->village, 0, "桥下");
		assert_int_equal(
			ask_make(pair->village, &pair->peer, 31, &asking[i], &asks[i], &fault),
			RC_OK);
		struct bytes one[1] = {buf_bytes(&asks[i])};
		assert_int_equal(hub_answer(pair->town, one, &answers[i], 1, &fault), RC_OK);
		assert_int_equal(answer_apply(pair->village, &pair->peer, &asking[i],
					 buf_bytes(&answers[i]), &result, &fault),
			RC_OK);
	}
	heals(pair);
	uint64_t town = world_digest(pair->town, village_area),
		 village = world_digest(pair->village, village_area);
	uint64_t last = log_last(store_log(pair->town)), number = log_number(store_log(pair->town));
	for (unsigned i = 0; i < DAY * 3; i++) {
		struct bytes one[1] = {buf_bytes(&asks[i * 7 % DAY])};
		assert_int_equal(hub_answer(pair->town, one, &again, 1, &fault), RC_OK);
		(void)!answer_apply(pair->village, &pair->peer, &asking[i * 5 % DAY],
			buf_bytes(&answers[i * 5 % DAY]), &result, &fault);
	}
	assert_int_equal(log_last(store_log(pair->town)), last);
	assert_int_equal(log_number(store_log(pair->town)), number);
	assert_true(world_digest(pair->town, village_area) == town);
	assert_true(world_digest(pair->village, village_area) == village);
	/* And the next question is understood at once: nobody's memory was moved. */
	struct road road = {.hub = pair->town, .seed = 3};
	world_hazard(pair->village, 0, "次日");
	assert_true(world_sync(pair->village, &road, 1, &result));
	assert_in_range(road.swaps, 1, 2);
	for (unsigned i = 0; i < DAY; i++) {
		buf_release(&asks[i]);
		buf_release(&answers[i]);
	}
	buf_release(&again);
}

/* 33 kB that would become a GiB, well sealed. */
static void a_bomb_in_a_good_seal(void **state)
{
	struct ends *pair = *state;
	struct seal_key key;
	struct buf packed = {0}, frame = {0}, answer = {0}, zeros = {0};
	struct fault fault;

	memset(buf_grow(&zeros, 32 << 20), 0, 32 << 20);
	frame_pack(&packed, buf_bytes(&zeros), (struct bytes){0, 0});
	assert_true(packed.len < 16 * 1024);
	assert_true(seal_key(&key, store_keys(pair->village)->agree_secret,
		store_keys(pair->village)->agree_public, store_keys(pair->town)->agree_public, true,
		0));
	seal_put(&frame, &key, pair->asker.site, buf_bytes(&packed));
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
	buf_release(&zeros);
	buf_release(&packed);
	buf_release(&frame);
	buf_release(&answer);
	heals(pair);
}

/* A station that claims to have heard of what the hub never said: nothing of the hub changes. */
static void a_station_that_remembers_too_much(void **state)
{
	struct ends *pair = *state;
	uint64_t site = store_station(pair->town)->site, number = log_number(store_log(pair->town));
	struct fault fault;

	for (unsigned i = 0; i < 4; i++) {
		struct message ask = {.type = MESSAGE_ASK,
			.full = true,
			.number = 1000 + i,
			.store = i % 2 ? log_number(store_log(pair->town)) : UINT64_MAX - i,
			.heard = UINT64_MAX,
			.got_mask = 31,
			.room = UINT64_MAX};
		struct buf frame = {0}, answer = {0};
		for (unsigned lane = 0; lane < LANES; lane++)
			ask.got[lane] = ask.before[lane] = UINT64_MAX;
		assert_int_equal(frame_close(pair->village, &pair->peer.site, &ask, CLOSE_PLAIN,
					 &frame, &fault),
			RC_OK);
		struct bytes asks[1] = {buf_bytes(&frame)};
		assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
		buf_release(&frame);
		buf_release(&answer);
	}
	assert_true(store_station(pair->town)->site == site);
	assert_true(log_number(store_log(pair->town)) == number);
	assert_int_equal(claims(pair->town, CLAIM_ANSWER), 4);
	heals(pair);
}

/* A hub says to hold more of the station's own facts than that wrote: a word that ends nothing. */
static void a_hub_that_knows_more_of_us_than_we_wrote(void **state)
{
	struct ends *pair = *state;
	struct message answer = answer_to(pair);
	uint64_t own = store_station(pair->village)->site;
	struct mark mark = {.holder = store_station(pair->town)->site,
		.site = own,
		.lane = LANE_LOOP,
		.store = log_number(store_log(pair->town)),
		.upto = log_author(store_log(pair->village), own, LANE_LOOP) + 1};

	answer.marks = &mark;
	answer.mark_count = 1;
	for (unsigned i = 0; i < ANSWER_STATUSES; i++) {
		answer.number = pair->asking.number += 10;
		answer.status = (enum answer_status)i;
		(void)!say(pair, &answer);
	}
	assert_true(held(pair) < mark.upto);
	assert_int_equal(claims(pair->village, CLAIM_MARKS), 2);
	world_hazard(pair->village, 0, "之后");
	assert_true(store_station(pair->village)->site == own);
	heals(pair);
}

/* What the town answers to the village's next question, which it never hears. */
static enum answer_status status_of(struct ends *pair)
{
	struct asking asking;
	struct buf ask = {0}, answer = {0};
	struct bytes asks[1];
	struct message message;
	struct arena arena = {0};
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	assert_int_equal(ask_make(pair->village, &peer, EVERY_LANE, &asking, &ask, &fault), RC_OK);
	asks[0] = buf_bytes(&ask);
	assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(frame_open(pair->village, &peer.site, successor_skip(buf_bytes(&answer)),
				 &arena, &message, &fault),
		RC_OK);
	enum answer_status status = message.status;
	arena_release(&arena);
	buf_release(&ask);
	buf_release(&answer);
	return status;
}

/* What programs of release 0.1 send: the beginning of a hash of our facts. It is no evidence. */
static void a_check_of_other_facts_than_ours(void **state)
{
	enum { EXTRA_CHECK = 3 };
	struct ends *pair = *state;
	uint64_t own = store_station(pair->village)->site;
	struct mark mark = {.holder = store_station(pair->town)->site,
		.site = own,
		.lane = LANE_LOOP,
		.store = log_number(store_log(pair->town)),
		.upto = log_author(store_log(pair->village), own, LANE_LOOP)};
	struct value none = {WIRE_BYTES, 0, bytes_of("none", 4)};
	struct buf extra = {0};

	heals(pair);
	pair->asking.number += 10; /* of today: heals has asked since */
	struct message answer = answer_to(pair);
	assert_true(mark.upto > 0);
	answer.marks = &mark;
	answer.mark_count = 1;
	put_field(&extra, EXTRA_CHECK, &none);
	answer.extra = buf_bytes(&extra);
	assert_int_equal(say(pair, &answer), RC_OK);
	assert_true(store_station(pair->village)->site == own);
	buf_release(&extra);
	heals(pair);
}

/* A hub makes up facts in the station's name, under numbers that it has and has not used. */
static void facts_that_we_never_wrote(void **state)
{
	struct ends *pair = *state;
	uint64_t own = store_station(pair->village)->site;
	uint32_t n = log_author(store_log(pair->village), own, LANE_LOOP);
	struct value place = value_text("编的");
	struct buf body = {0}, raw[2] = {{0}, {0}};
	struct fact facts[2] = {0};
	struct message answer = answer_to(pair);
	uint64_t before = world_digest(pair->village, village_area);

	put_field(&body, hazard_place, &place);
	for (unsigned i = 0; i < 2; i++) {
		uint32_t seq = (n + i) * 8 + LANE_LOOP;
		struct op op = {.site = own,
			.seq = seq,
			.rec_site = own,
			.rec_seq = seq,
			.stamp = UINT64_C(1784000000) << 16,
			.area = village_area,
			.kind = KIND_hazard,
			.body = buf_bytes(&body)};
		op_put(&raw[i], &op);
		facts[i].raw = buf_bytes(&raw[i]);
	}
	answer.facts = facts;
	answer.fact_count = 2;
	assert_int_equal(say(pair, &answer), RC_OK);
	assert_true(world_digest(pair->village, village_area) == before);
	assert_int_equal(claims(pair->village, CLAIM_FACTS), 2);
	assert_true(store_station(pair->village)->site == own);
	heals(pair);
	for (unsigned i = 0; i < 2; i++)
		buf_release(&raw[i]);
	buf_release(&body);
}

/* Other facts stand above under our numbers, and nobody can show that we wrote them: a person
 * decides, and nothing is lost. */
static void another_fact_under_a_number_of_ours(void **state)
{
	struct ends *pair = *state;
	uint64_t own = store_station(pair->village)->site;
	uint32_t n = log_author(store_log(pair->village), own, LANE_LOOP) + 1;
	struct value place = value_text("带走的");
	struct buf body = {0}, raw = {0};
	struct fault fault;
	bool fresh;

	put_field(&body, hazard_place, &place);
	struct op op = {.site = own,
		.seq = n * 8 + LANE_LOOP,
		.rec_site = own,
		.rec_seq = n * 8 + LANE_LOOP,
		.stamp = UINT64_C(1784000000) << 16,
		.area = village_area,
		.kind = KIND_hazard,
		.body = buf_bytes(&body)};
	heals(pair);
	op_put(&raw, &op);
	assert_int_equal(log_append(store_log(pair->town), buf_bytes(&raw), (struct bytes){0, 0},
				 via_of(own), &fresh, &fault),
		RC_OK);
	assert_true(fresh);
	unsigned before = world_count(pair->village, KIND_hazard);
	world_hazard(pair->village, 0, "重写的");
	assert_int_equal(log_author(store_log(pair->village), own, LANE_LOOP), n);
	assert_int_equal(status_of(pair), ANSWER_OTHER); /* and nothing was taken */
	struct road road = {.hub = pair->town, .seed = 9};
	struct sync_result result = {0};
	assert_int_equal(peer_load(pair->village, &pair->peer, &fault), RC_OK);
	assert_int_equal(sync_round(pair->village, &pair->peer,
				 &(struct sync_line){
					 &link_road, road_link(&road), 31, 9, LINE_NO_FILES, false},
				 &result, &fault),
		RC_DENIED);
	assert_non_null(strstr(fault.text, "outpost site renew"));
	assert_int_equal(claims(pair->village, CLAIM_CONFLICT), 1);
	assert_true(store_station(pair->village)->site == own);
	assert_int_equal(log_site_ends(store_log(pair->village), &fault), RC_OK);
	heals(pair);
	assert_true(store_station(pair->village)->site != own);
	assert_int_equal(world_count(pair->village, KIND_hazard), before + 2);
	assert_int_equal(world_count(pair->town, KIND_hazard), before + 2);
	buf_release(&body);
	buf_release(&raw);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(marks_of_facts_that_nobody_wrote),
		CASE(marks_of_holders_below),
		CASE(answers_to_other_questions),
		CASE(answers_to_a_question_before_a_crash),
		CASE(an_answer_without_a_number_teaches_nothing),
		CASE(cursors_from_nowhere),
		CASE(another_store_each_time),
		CASE(clocks_that_make_no_sense),
		CASE(a_hub_that_never_ends),
		CASE(frames_cut_flipped_and_made_up),
		CASE(answers_cut_and_flipped),
		CASE(replays_three_times_reordered),
		CASE(a_bomb_in_a_good_seal),
		CASE(a_station_that_remembers_too_much),
		CASE(a_hub_that_knows_more_of_us_than_we_wrote),
		CASE(a_check_of_other_facts_than_ours),
		CASE(facts_that_we_never_wrote),
		CASE(another_fact_under_a_number_of_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
