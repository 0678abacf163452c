/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a village gives back in the name of its township's ended site: nothing of it is taken by
 * itself, and nothing that is held gives way. Tests also: returned.c sync_returned.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct scene {
	struct pair *pair;
	uint64_t old; /* the town's site before */
	struct ref held;
};

static int begin(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);
	struct sync_result result;
	struct fault fault;

	when_hold(1784000000);
	scene->pair = world_pair();
	scene->old = store_station(scene->pair->town)->site;
	scene->held = world_hazard(scene->pair->town, village_area, "镇上写的");
	assert_int_equal(log_site_ends(store_log(scene->pair->town), &fault), RC_OK);
	world_hazard(scene->pair->town, village_area, "换站号后");
	assert_true(world_sync(scene->pair->village, &scene->pair->road, 5, &result));
	*state = scene;
	return 0;
}

static int end(void **state)
{
	struct scene *scene = *state;

	world_pair_end(scene->pair);
	free(scene);
	return 0;
}

/* The village gives back a fact of KIND under SEQ of the town's old site. */
static void give_back(struct scene *scene, unsigned kind, uint32_t seq, const char *place)
{
	struct value value = value_text(place);
	struct buf body = {0}, raw = {0}, extra = {0}, all = {0}, frame = {0}, answer = {0};
	static uint64_t number = 5000;
	struct fault fault;
	struct peer peer;

	put_field(&body, kind == KIND_hazard ? hazard_place : warning_headline, &value);
	struct op op = {.site = scene->old,
		.seq = seq,
		.rec_site = scene->old,
		.rec_seq = seq,
		.stamp = UINT64_C(1784000000) << 16,
		.area = village_area,
		.kind = kind,
		.body = buf_bytes(&body)};
	op_put(&raw, &op);
	put_varint(&all, raw.len);
	buf_put(&all, raw.at, raw.len);
	put_varint(&all, 0);
	put_bytes(&extra, EXTRA_ORPHANS, WIRE_BYTES, buf_bytes(&all));
	struct message question = {.type = MESSAGE_ASK,
		.full = true,
		.number = ++number,
		.store = log_number(store_log(scene->pair->town)),
		.extra = buf_bytes(&extra)};
	assert_int_equal(peer_load(scene->pair->village, &peer, &fault), RC_OK);
	assert_int_equal(frame_close(scene->pair->village, &peer.site, &question, CLOSE_PLAIN,
				 &frame, &fault),
		RC_OK);
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(hub_answer(scene->pair->town, asks, &answer, 1, &fault), RC_OK);
	assert_true(answer.len > 0);
	buf_release(&body);
	buf_release(&raw);
	buf_release(&extra);
	buf_release(&all);
	buf_release(&frame);
	buf_release(&answer);
}

static bool at_place(struct store *store, struct ref ref, const char *place)
{
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	bool is = store_record(store, ref, &arena, &record, NULL, &fault) == RC_OK &&
		  bytes_equal(record_text(&record, hazard_place), bytes_text(place));

	arena_release(&arena);
	return is;
}

static bool add_up(const struct claim *claim, void *to)
{
	*(unsigned *)to += claim->what == CLAIM_RETURNED ? (unsigned)claim->count : 0;
	return true;
}

static unsigned refused(struct store *store)
{
	unsigned count = 0;
	struct fault fault;

	assert_int_equal(claims_each(store, 0, add_up, &count, &fault), RC_OK);
	return count;
}

static void nothing_is_taken_by_itself(void **state)
{
	struct scene *scene = *state;
	struct store *town = scene->pair->town;
	unsigned before = world_count(town, KIND_hazard), count;
	struct fault fault;

	give_back(scene, KIND_hazard, 900 * 8 + LANE_LOOP, "编的");
	give_back(scene, KIND_hazard, scene->held.seq, "换掉");
	assert_int_equal(world_count(town, KIND_hazard), before);
	assert_true(at_place(town, scene->held, "镇上写的"));
	assert_int_equal(returned_count(town), 2);
	/* Left: not asked again. */
	assert_int_equal(returned_decide(town, 0, false, &count, &fault), RC_OK);
	assert_int_equal(count, 2);
	give_back(scene, KIND_hazard, scene->held.seq, "换掉");
	assert_int_equal(returned_count(town), 0);
	assert_int_equal(world_count(town, KIND_hazard), before);
}

static void what_a_person_takes_replaces_nothing(void **state)
{
	struct scene *scene = *state;
	struct store *town = scene->pair->town;
	unsigned before = world_count(town, KIND_hazard), count;
	struct fault fault;

	give_back(scene, KIND_hazard, 1 * 8 + LANE_LOOP, "同号的另一条");
	give_back(scene, KIND_hazard, 900 * 8 + LANE_LOOP, "丢过的");
	assert_int_equal(returned_count(town), 2);
	assert_int_equal(returned_decide(town, 99, true, &count, &fault), RC_NONE);
	assert_int_equal(returned_decide(town, 0, true, &count, &fault), RC_OK);
	assert_int_equal(world_count(town, KIND_hazard), before + 2);
	assert_true(at_place(town, scene->held, "镇上写的"));
	assert_true(at_place(town, (struct ref){scene->old, 900 * 8 + LANE_LOOP}, "丢过的"));
	assert_int_equal(returned_count(town), 0);
}

static void what_must_be_signed_is_not_even_kept(void **state)
{
	struct scene *scene = *state;

	give_back(scene, KIND_warning, 900 * 8 + LANE_ALARM, "暴雨红色");
	assert_int_equal(returned_count(scene->pair->town), 0);
	assert_int_equal(refused(scene->pair->town), 1);
	assert_int_equal(world_count(scene->pair->town, KIND_warning), 0);
}

static void no_sender_fills_the_store(void **state)
{
	struct scene *scene = *state;
	struct store *town = scene->pair->town;
	struct fault fault;
	bool full = false;

	assert_int_equal(store_begin(town, &fault), RC_OK);
	for (unsigned i = 0; i <= RETURNED_MOST; i++)
		assert_int_equal(
			returned_keep(town, 7, bytes_of(&i, sizeof i), &full, &fault), RC_OK);
	assert_true(full);
	unsigned other = UINT32_MAX;
	assert_int_equal(
		returned_keep(town, 8, bytes_of(&other, sizeof other), &full, &fault), RC_OK);
	assert_false(full);
	assert_int_equal(store_commit(town, &fault), RC_OK);
	assert_int_equal(returned_count(town), RETURNED_MOST + 1);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(nothing_is_taken_by_itself),
		CASE(what_a_person_takes_replaces_nothing),
		CASE(what_must_be_signed_is_not_even_kept),
		CASE(no_sender_fills_the_store),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
