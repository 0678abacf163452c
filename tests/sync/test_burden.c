/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions that would make a hub do too much at a time are put off, records do not grow without
 * end, and one of ten thousand steps costs no more than ten thousand steps.
 * Tests also: awaits.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static int begin(void **state)
{
	when_hold(1784000000);
	*state = world_pair();
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static void sync_all(struct pair *pair)
{
	struct sync_result result;

	assert_true(world_sync(pair->village, &pair->road, 20, &result));
}

/* COUNT notes on REF by the village, straight into STORE: as if they had come day by day. */
static void put_steps(
	struct store *store, struct store *by, struct ref ref, uint32_t from, unsigned count)
{
	struct fault fault;
	bool fresh;

	good(store_begin(store, &fault), &fault);
	for (uint32_t n = from; n < from + count; n++) {
		struct op op = {.site = store_station(by)->site,
			.seq = n * 8 + LANE_LOOP,
			.stamp = ((uint64_t)1784000000 << 16) + n,
			.rec_site = ref.site,
			.rec_seq = ref.seq,
			.seen = ((uint64_t)1784000000 << 16) + n - 1,
			.kind = KIND_hazard,
			.step = hazard_do_urge};
		struct buf raw = {0};
		op_put(&raw, &op);
		good(log_append(
			     store_log(store), buf_bytes(&raw), bytes_text(""), 0, &fresh, &fault),
			&fault);
		assert_true(fresh);
		buf_release(&raw);
	}
	good(store_commit(store, &fault), &fault);
}

/* What the hub says to a question of the village with these facts. */
static enum answer_status ask_with(
	struct pair *pair, uint64_t number, const struct fact *facts, size_t count)
{
	struct message ask = {.type = MESSAGE_ASK, .full = true, .number = number, .room = 1},
		       answer;
	struct buf frame = {0}, said = {0};
	struct arena arena = {0};
	struct peer peer;
	struct fault fault;

	ask.facts = (struct fact *)(uintptr_t)facts;
	ask.fact_count = count;
	good(peer_load(pair->village, &peer, &fault), &fault);
	good(frame_close(pair->village, &peer.site, &ask, CLOSE_PLAIN, &frame, &fault), &fault);
	struct bytes asks[1] = {buf_bytes(&frame)};
	good(hub_answer(pair->town, asks, &said, 1, &fault), &fault);
	good(frame_open(pair->village, &peer.site, successor_skip(buf_bytes(&said)), &arena,
		     &answer, &fault),
		&fault);
	enum answer_status status = answer.status;
	arena_release(&arena);
	buf_release(&frame);
	buf_release(&said);
	return status;
}

static struct fact step_fact(
	struct arena *arena, struct store *by, struct ref ref, uint32_t n, unsigned step)
{
	struct op op = {.site = store_station(by)->site,
		.seq = n * 8 + LANE_LOOP,
		.stamp = ((uint64_t)1784000100 << 16) + n,
		.rec_site = ref.site,
		.rec_seq = ref.seq,
		.seen = ((uint64_t)1784000000 << 16),
		.kind = KIND_hazard,
		.step = step};
	struct buf raw = {0};

	if (!step) {
		op.rec_site = op.site, op.rec_seq = op.seq, op.seen = 0;
		op.area = village_area;
	}
	op_put(&raw, &op);
	struct fact fact = {.raw = arena_bytes(arena, buf_bytes(&raw))};
	buf_release(&raw);
	return fact;
}

static void too_many_facts_come_in_parts(void **state)
{
	struct pair *pair = *state;
	struct arena arena = {0};
	struct fact *facts = arena_get(&arena, (LIMIT_FRAME_TAKEN + 1) * sizeof *facts);

	sync_all(pair);
	for (uint32_t i = 0; i <= LIMIT_FRAME_TAKEN; i++)
		facts[i] = step_fact(&arena, pair->village, (struct ref){0, 0}, i + 1, 0);
	assert_int_equal(ask_with(pair, 100, facts, LIMIT_FRAME_TAKEN + 1), ANSWER_BUSY);
	assert_int_equal(world_count(pair->town, KIND_hazard), 0);
	assert_int_equal(ask_with(pair, 101, facts, LIMIT_FRAME_TAKEN), ANSWER_DONE);
	assert_int_equal(world_count(pair->town, KIND_hazard), LIMIT_FRAME_TAKEN);
	arena_release(&arena);
}

static void many_large_records_come_one_by_one(void **state)
{
	enum { RECORDS = 3, EACH = LIMIT_FRAME_FOLD / 3 + 10 };
	struct pair *pair = *state;
	struct arena arena = {0};
	struct fact facts[RECORDS];
	struct ref refs[RECORDS];
	uint32_t n;

	for (int i = 0; i < RECORDS; i++)
		refs[i] = world_hazard(pair->village, 0, "桥下");
	sync_all(pair);
	n = log_author(store_log(pair->town), refs[0].site, LANE_LOOP) + 1;
	for (int i = 0; i < RECORDS; i++, n += EACH)
		put_steps(pair->town, pair->village, refs[i], n, EACH);
	for (int i = 0; i < RECORDS; i++)
		facts[i] =
			step_fact(&arena, pair->village, refs[i], n + (uint32_t)i, hazard_do_urge);
	assert_int_equal(ask_with(pair, 100, facts, RECORDS), ANSWER_BUSY);
	assert_int_equal(log_author(store_log(pair->town), refs[0].site, LANE_LOOP), n - 1);
	assert_int_equal(ask_with(pair, 101, facts, RECORDS - 1), ANSWER_DONE);
	assert_int_equal(ask_with(pair, 102, facts + RECORDS - 1, 1), ANSWER_DONE);
	assert_int_equal(log_author(store_log(pair->town), refs[0].site, LANE_LOOP), n + 2);
	arena_release(&arena);
}

static void a_record_has_so_many_steps(void **state)
{
	struct pair *pair = *state;
	struct arena arena = {0};
	struct fact facts[2];
	struct ref ref = world_hazard(pair->village, 0, "桥下");
	uint64_t village = ref.site;
	uint32_t n;

	sync_all(pair);
	n = log_author(store_log(pair->town), village, LANE_LOOP) + 1;
	put_steps(pair->town, pair->village, ref, n, LIMIT_RECORD_FACTS);
	n += LIMIT_RECORD_FACTS;
	facts[0] = step_fact(&arena, pair->village, ref, n, hazard_do_urge);
	facts[1] = step_fact(&arena, pair->village, ref, n + 1, 0); /* a new record is fine */
	assert_int_equal(ask_with(pair, 100, facts, 2), ANSWER_DONE);
	assert_int_equal(dropped_count(store_log(pair->town), village), 1);
	assert_true(dropped_has(store_log(pair->town), village, n * 8 + LANE_LOOP));
	assert_int_equal(world_count(pair->town, KIND_refusal), 1);
	assert_int_equal(world_count(pair->town, KIND_hazard), 2);
	arena_release(&arena);
}

/* ---- ten thousand steps */

static double ms_since(clock_t from)
{
	return (double)(clock() - from) * 1e3 / CLOCKS_PER_SEC;
}

struct took {
	double write, take, fold;
};

static struct took steps_take(struct pair *pair, unsigned count)
{
	struct ref ref = world_hazard(pair->village, 0, "桥下");
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct took took;
	struct fault fault;

	sync_all(pair);
	clock_t from = clock();
	good(store_begin(pair->village, &fault), &fault);
	for (unsigned i = 0; i < count; i++)
		world_step(pair->village, ref, hazard_do_urge, "催");
	good(store_commit(pair->village, &fault), &fault);
	took.write = ms_since(from);
	from = clock();
	sync_all(pair);
	took.take = ms_since(from);
	from = clock();
	good(store_record(pair->town, ref, &arena, &record, &history, &fault), &fault);
	took.fold = ms_since(from);
	assert_int_equal(history.count, count + 1);
	assert_int_equal(record_cell(&record, hazard_urged)->value.num, count);
	arena_release(&arena);
	return took;
}

/* Ten times as many steps: so many times the work and a little; its square would be a hundred. */
static void ten_thousand_steps_are_n_log_n(void **state)
{
	struct pair *pair = *state;
	struct took few = steps_take(pair, 1000), many = steps_take(pair, 10000);

	assert_true(many.write < few.write * 30 + 50);
	assert_true(many.take < few.take * 30 + 50);
	assert_true(many.fold < few.fold * 30 + 50);
}

/* ---- texts over the limit */

static void long_texts_are_refused_and_damage_nothing(void **state)
{
	struct pair *pair = *state;
	struct arena arena = {0};
	struct fault fault;
	struct check check;
	struct fact fact;
	char text[5001];
	struct buf body = {0}, raw = {0};
	uint32_t n;

	sync_all(pair);
	n = log_author(store_log(pair->town), store_station(pair->village)->site, LANE_LOOP) + 1;
	memset(text, 'a', 5000);
	text[5000] = 0;
	put_text(&body, hazard_text, text);
	struct op op = {.site = store_station(pair->village)->site,
		.seq = n * 8 + LANE_LOOP,
		.stamp = (uint64_t)1784000100 << 16,
		.kind = KIND_hazard,
		.area = village_area,
		.body = buf_bytes(&body)};
	op.rec_site = op.site, op.rec_seq = op.seq;
	op_put(&raw, &op);
	fact = (struct fact){.raw = buf_bytes(&raw)};
	assert_int_equal(ask_with(pair, 100, &fact, 1), ANSWER_DONE);
	assert_true(log_fact(store_log(pair->town), op.site, op.seq, &arena, &fact));
	assert_int_equal(fact.state, FACT_REFUSED);
	assert_int_equal(world_count(pair->town, KIND_hazard), 0);
	assert_int_equal(world_count(pair->town, KIND_refusal), 1);
	good(store_check(pair->town, false, &check, &fault), &fault);
	assert_int_equal(check.bad_facts, 0);
	assert_int_equal(check.wrong_rows, 0);
	assert_true(check.sound);
	buf_release(&body);
	buf_release(&raw);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(too_many_facts_come_in_parts, begin, end),
		cmocka_unit_test_setup_teardown(many_large_records_come_one_by_one, begin, end),
		cmocka_unit_test_setup_teardown(a_record_has_so_many_steps, begin, end),
		cmocka_unit_test_setup_teardown(ten_thousand_steps_are_n_log_n, begin, end),
		cmocka_unit_test_setup_teardown(
			long_texts_are_refused_and_damage_nothing, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
