/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first load of a new station: cut again and again it ends right, its registers open when they
 * are whole and not before, and what is left is told.
 * Tests also: load_status.c
 * Covers: T12
 */
#include "world.h"

#include "../bench/loads.h"
#include "model/kinds.h"
#include "base/limits.h"
#include "base/when.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { CUTS = 50, TRIES_MOST = 3000 };

static const uint64_t upper_area = 511700000000, lower_area = 511722000000;

struct ends {
	struct store *upper, *lower;
	struct road road;
	unsigned facts;
};

/* The measured load of a township as UPPER's own registers. */
static unsigned fill(struct store *upper)
{
	struct load load;
	struct fault fault;
	bool fresh;

	assert_true(load_read(&load, "tests/data/wire/w4.ndjson", 0, 0, true));
	assert_int_equal(log_begin(store_log(upper), &fault), RC_OK);
	for (size_t i = 0; i < load.count; i++)
		assert_int_equal(log_append(store_log(upper), load.facts[i].raw, load.facts[i].sig,
					 1, &fresh, &fault),
			RC_OK);
	assert_int_equal(log_commit(store_log(upper), &fault), RC_OK);
	load_release(&load);
	return world_count(upper, KIND_supply);
}

static int begin(void **state)
{
	struct ends *pair = calloc(1, sizeof *pair);

	pair->upper = world_station("upper", upper_area);
	pair->lower = world_station("lower", lower_area);
	world_join(pair->lower, pair->upper, "lower", lower_area);
	pair->facts = fill(pair->upper);
	pair->road = (struct road){.hub = pair->upper, .seed = 5};
	*state = pair;
	return 0;
}

static int end(void **state)
{
	struct ends *pair = *state;

	world_end(pair->upper);
	world_end(pair->lower);
	free(pair);
	return 0;
}

static struct load_status look(struct store *store, unsigned kind)
{
	struct load_status load_status;
	struct fault fault;

	assert_int_equal(load_status_look(store, kind_of(kind), &load_status, &fault), RC_OK);
	return load_status;
}

static struct first_load load_of(struct store *store)
{
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(store, &peer, &fault), RC_OK);
	return peer.load;
}

/* Closed, or not even begun. */
static bool is_open(struct store *store)
{
	bool whole = load_of(store).opened & (1u << kind_of(KIND_supply)->lane);
	struct load_status load_status = look(store, KIND_supply);

	assert_true(load_status.closed || whole || !world_count(store, KIND_supply));
	return whole && !load_status.closed;
}

static void cut_fifty_times_it_ends_right(void **state)
{
	struct ends *p = *state;
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;
	unsigned cuts = 0, tries = 0, told = 0;
	enum rc rc = RC_OK;

	assert_int_equal(peer_load(p->lower, &peer, &fault), RC_OK);
	peer.pace.frame = PACE_SLOW;
	while (!is_open(p->lower) && tries++ < TRIES_MOST) {
		/* The cuts come while it loads; afterwards the line is good. */
		p->road.lose_ask = cuts < CUTS ? 400 : 0;
		p->road.lose_answer = cuts < CUTS ? 500 : 0;
		rc = sync_round(p->lower, &peer,
			&(struct sync_line){
				&link_road, road_link(&p->road), 31, 1, LINE_NO_FILES, false},
			&result, &fault);
		assert_true(rc == RC_OK || rc == RC_LINK);
		cuts += rc == RC_LINK;
		told += look(p->lower, KIND_supply).left.facts > 0;
		if (is_open(p->lower))
			assert_int_equal(world_count(p->lower, KIND_supply), p->facts);
	}
	assert_true(cuts >= CUTS);
	assert_true(told > 0);
	assert_true(is_open(p->lower));
	p->road.lose_ask = p->road.lose_answer = 0;
	assert_true(world_sync(p->lower, &p->road, 20, &result));
	assert_int_equal(load_of(p->lower).loaded, 31);
	assert_true(world_digest(p->lower, lower_area) == world_digest(p->upper, lower_area));
	assert_int_equal(look(p->lower, KIND_supply).left.facts, 0);
}

static void what_has_come_and_what_is_left_add_up(void **state)
{
	struct ends *p = *state;
	const struct pace slow = {.frame = PACE_SLOW, .rate = 500, .trip_ms = 100};
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;
	unsigned all = 0;

	assert_int_equal(peer_load(p->lower, &peer, &fault), RC_OK);
	for (unsigned i = 0; i < 8; i++) {
		peer.pace = slow; /* this road has no speed of its own to learn */
		assert_int_equal(sync_round(p->lower, &peer,
					 &(struct sync_line){&link_road, road_link(&p->road), 31, 1,
						 LINE_NO_FILES, false},
					 &result, &fault),
			RC_OK);
		struct load_status load_status = look(p->lower, KIND_supply);
		assert_true(load_status.closed && load_status.told);
		assert_true(load_status.came.facts > 0 &&
			    load_status.came.bytes > load_status.came.facts);
		assert_true(load_seconds(&slow, load_status.before) > 100);
		if (!all)
			all = load_status.came.facts + load_status.left.facts;
		assert_int_equal(load_status.came.facts + load_status.left.facts, all);
	}
	assert_true(all > 5000);
	/* Hazards of this lane have none to wait for: whole with the first answer. */
	assert_false(look(p->lower, KIND_hazard).closed);
	peer.pace.rate = 0;
	assert_int_equal(load_seconds(&peer.pace, 1000), -1);
}

/* Its registers were whole once: they stay open, and the load is followed again. */
static void another_store_above_is_loaded_again(void **state)
{
	struct ends *p = *state;
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;

	assert_true(world_sync(p->lower, &p->road, 20, &result));
	assert_int_equal(load_of(p->lower).loaded, 31);
	assert_int_equal(log_begin(store_log(p->upper), &fault), RC_OK);
	assert_int_equal(log_number_new(store_log(p->upper), &fault), RC_OK);
	assert_int_equal(log_commit(store_log(p->upper), &fault), RC_OK);
	assert_int_equal(peer_load(p->lower, &peer, &fault), RC_OK);
	peer.pace.frame = PACE_SLOW;
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(sync_round(p->lower, &peer,
					 &(struct sync_line){&link_road, road_link(&p->road), 31, 1,
						 LINE_NO_FILES, false},
					 &result, &fault),
			RC_OK);
	assert_int_not_equal(load_of(p->lower).loaded, 31);
	assert_false(look(p->lower, KIND_supply).closed);
	assert_true(world_sync(p->lower, &p->road, 20, &result));
	assert_int_equal(load_of(p->lower).loaded, 31);
}

static void a_stick_brings_it_whole_too(void **state)
{
	struct ends *p = *state;
	struct site lower;
	struct carry_count count;
	struct buf file = {0};
	uint64_t from;
	struct fault fault;

	assert_true(log_site(store_log(p->upper), store_station(p->lower)->site, &lower));
	assert_int_equal(carry_pack(p->upper, &lower, &file, &count, &fault), RC_OK);
	/* Damaged at the end: the frames before are taken, and that is not all. */
	file.at[file.len - 1] ^= 1;
	assert_int_equal(carry_take(p->lower, buf_bytes(&file), &from, &count, &fault), RC_DENIED);
	assert_true(count.frames > 0);
	assert_true(look(p->lower, KIND_supply).closed);
	file.at[file.len - 1] ^= 1;
	assert_int_equal(carry_take(p->lower, buf_bytes(&file), &from, &count, &fault), RC_OK);
	assert_false(look(p->lower, KIND_supply).closed);
	assert_int_equal(world_count(p->lower, KIND_supply), p->facts);
	buf_release(&file);
}

static void alone_or_up_only_nothing_is_closed(void **state)
{
	struct ends *p = *state;

	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;

	assert_false(look(p->upper, KIND_supply).closed);
	assert_false(look(p->lower, KIND_supply).closed); /* nothing has begun */
	assert_int_equal(peer_load(p->lower, &peer, &fault), RC_OK);
	peer.pace.frame = PACE_SLOW;
	assert_int_equal(sync_round(p->lower, &peer,
				 &(struct sync_line){&link_road, road_link(&p->road), 31, 1,
					 LINE_NO_FILES, false},
				 &result, &fault),
		RC_OK);
	assert_true(look(p->lower, KIND_supply).closed);
	assert_false(look(p->lower, KIND_tip).closed);
}

/* Texts that hardly shrink: the frames that the best lines ask for would be longer than any may be.
 */
static void write_noise(struct store *store, unsigned facts)
{
	uint64_t seed = 7;
	struct fault fault;

	assert_int_equal(store_begin(store, &fault), RC_OK);
	for (unsigned i = 0; i < facts; i++) {
		char text[400], *at = text;
		for (unsigned k = 0; k < 120; k++) {
			unsigned c;
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			c = 0x4e00 + (unsigned)((seed >> 33) % 20000);
			*at++ = (char)(0xe0 | c >> 12);
			*at++ = (char)(0x80 | (c >> 6 & 63));
			*at++ = (char)(0x80 | (c & 63));
		}
		*at = 0;
		world_hazard(store, 0, text);
	}
	assert_int_equal(store_commit(store, &fault), RC_OK);
}

static void frames_stay_below_their_limit(void **state)
{
	struct ends *pair = *state;
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;
	enum { NOISE = 1200 };

	write_noise(pair->upper, NOISE);
	write_noise(pair->lower, NOISE);
	assert_int_equal(peer_load(pair->lower, &peer, &fault), RC_OK);
	peer.pace = (struct pace){.frame = PACE_MOST, .rate = PACE_MOST};
	for (unsigned i = 0; i < 100 && !result.complete; i++) {
		uint64_t up = pair->road.bytes_up, down = pair->road.bytes_down;
		assert_int_equal(sync_round(pair->lower, &peer,
					 &(struct sync_line){&link_road, road_link(&pair->road),
						 (1 << LANES) - 1, 1, LINE_NO_FILES, false},
					 &result, &fault),
			RC_OK);
		assert_true(pair->road.bytes_up - up <= LIMIT_FRAME);
		assert_true(pair->road.bytes_down - down <= LIMIT_FRAME);
		peer.pace = (struct pace){.frame = PACE_MOST, .rate = PACE_MOST};
	}
	assert_true(result.complete);
	assert_int_equal(world_count(pair->lower, KIND_hazard), 2 * NOISE);
	assert_int_equal(world_count(pair->upper, KIND_hazard), 2 * NOISE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cut_fifty_times_it_ends_right, begin, end),
		cmocka_unit_test_setup_teardown(what_has_come_and_what_is_left_add_up, begin, end),
		cmocka_unit_test_setup_teardown(another_store_above_is_loaded_again, begin, end),
		cmocka_unit_test_setup_teardown(a_stick_brings_it_whole_too, begin, end),
		cmocka_unit_test_setup_teardown(alone_or_up_only_nothing_is_closed, begin, end),
		cmocka_unit_test_setup_teardown(frames_stay_below_their_limit, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
