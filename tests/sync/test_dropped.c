/* SPDX-License-Identifier: GPL-3.0-or-later
 * A village that writes what is not its to write: a few facts a day are kept and told, the rest is
 * dropped and named, nobody is told that they are held, and when a grant makes them good they come.
 * Tests also: dropped.c refuse.c sqlite_dropped.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MANY = 500 };

static int begin(void **state)
{
	*state = world_three(false);
	return 0;
}

static int end(void **state)
{
	world_three_end(*state);
	return 0;
}

static void all_sync(struct three *w)
{
	for (int i = 0; i < 2; i++) {
		assert_true(world_sync(w->village, &w->to_town, 8, &w->result));
		assert_true(world_sync(w->town, &w->to_county, 8, &w->result));
	}
	assert_true(world_sync(w->village, &w->to_town, 8, &w->result));
}

static unsigned held_of(struct store *store, const struct ref *refs, size_t n)
{
	unsigned count = 0;

	for (size_t i = 0; i < n; i++) {
		struct arena arena = {0};
		struct fact fact;
		count += log_fact(store_log(store), refs[i].site, refs[i].seq, &arena, &fact);
		arena_release(&arena);
	}
	return count;
}

static bool reached(struct store *store, struct ref ref, enum level level)
{
	struct holders holders;
	bool held[LEVELS] = {false};
	struct fault fault;

	assert_int_equal(holders_load(store, &holders, &fault), RC_OK);
	assert_int_equal(holders_reached(store, &holders, ref, village_area, held, &fault), RC_OK);
	return held[level];
}

/* Written under the provisional area, which the grant then did not give. */
static void write_outside(struct three *w, struct ref refs[MANY])
{
	struct fault fault;

	assert_int_equal(store_begin(w->village, &fault), RC_OK);
	for (int i = 0; i < MANY; i++)
		refs[i] = world_hazard(w->village, village_area, "桥下");
	assert_int_equal(store_commit(w->village, &fault), RC_OK);
	world_join(w->village, w->town, "village", other_area);
}

static void the_rest_is_dropped_and_named(void **state)
{
	struct three *w = *state;
	uint64_t village;
	struct ref refs[MANY], good;

	write_outside(w, refs);
	village = store_station(w->village)->site;
	good = world_hazard(w->village, 0, "沟口");
	all_sync(w);
	assert_int_equal(held_of(w->town, refs, MANY), LIMIT_DAY_REFUSED);
	assert_int_equal(held_of(w->county, refs, MANY), LIMIT_DAY_REFUSED);
	/* Told one by one at both levels, and the rest in one record. */
	assert_int_equal(world_count(w->village, KIND_refusal), 2 * LIMIT_DAY_REFUSED + 1);
	assert_int_equal(dropped_count(store_log(w->town), village), MANY - LIMIT_DAY_REFUSED);
	assert_int_equal(store_refused(w->village), MANY);
	/* What is good stands behind them and counts as held where it was said what was dropped;
	 * the county did not drop it, and takes nobody's word for it. */
	assert_true(reached(w->village, good, LEVEL_TOWNSHIP));
	assert_false(reached(w->village, good, LEVEL_COUNTY));
	for (int i = 0; i < MANY; i += 7) {
		assert_false(reached(w->village, refs[i], LEVEL_TOWNSHIP));
		assert_false(reached(w->village, refs[i], LEVEL_COUNTY));
	}
	/* And nothing waits, or is sent again. */
	uint64_t up = w->to_town.bytes_up;
	assert_true(world_sync(w->village, &w->to_town, 1, &w->result));
	assert_true(w->to_town.bytes_up - up < 200);
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(w->result.waiting[lane].facts, 0);
}

static void end_grant_at(struct three *w, int64_t until)
{
	struct site known;
	struct fault fault;

	assert_true(log_site(store_log(w->town), store_station(w->village)->site, &known));
	known.until = until;
	when_skip(60);
	assert_int_equal(store_begin(w->town, &fault), RC_OK);
	assert_int_equal(grant_write(w->town, &known, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(w->town), &known, &fault), RC_OK);
	assert_int_equal(facts_settle(w->town, &fault), RC_OK);
	assert_int_equal(store_commit(w->town, &fault), RC_OK);
}

/* It was without a link when its grant ran out, and wrote on. */
static void a_grant_that_makes_them_good_brings_them(void **state)
{
	struct three *w = *state;
	struct ref refs[MANY];
	struct fault fault;
	uint64_t village;

	world_join(w->village, w->town, "village", village_area);
	village = store_station(w->village)->site;
	end_grant_at(w, when_now() - 3 * 86400);
	assert_int_equal(store_begin(w->village, &fault), RC_OK);
	for (int i = 0; i < MANY; i++)
		refs[i] = world_hazard(w->village, village_area, "桥下");
	assert_int_equal(store_commit(w->village, &fault), RC_OK);
	all_sync(w);
	assert_int_equal(held_of(w->town, refs, MANY), LIMIT_DAY_REFUSED);
	assert_int_equal(world_count(w->town, KIND_hazard), 0);
	for (int i = 0; i < MANY; i += 7)
		assert_false(reached(w->village, refs[i], LEVEL_TOWNSHIP));
	end_grant_at(w, 0);
	all_sync(w);
	all_sync(w);
	assert_int_equal(held_of(w->town, refs, MANY), MANY);
	assert_int_equal(held_of(w->county, refs, MANY), MANY);
	assert_int_equal(world_count(w->town, KIND_hazard), MANY);
	assert_int_equal(world_count(w->county, KIND_hazard), MANY);
	assert_int_equal(dropped_count(store_log(w->town), village), 0);
	assert_int_equal(dropped_count(store_log(w->village), village), 0);
	assert_int_equal(dropped_count(store_log(w->county), village), 0);
	assert_int_equal(store_refused(w->village), 0);
	for (int i = 0; i < MANY; i += 7) {
		assert_true(reached(w->village, refs[i], LEVEL_TOWNSHIP));
		assert_true(reached(w->village, refs[i], LEVEL_COUNTY));
	}
}

static bool first_flood(const struct flood *flood, void *to)
{
	*(struct flood *)to = *flood;
	return false;
}

/* As many as it likes, day after day: each day so many, and who it was is known. */
static void each_day_brings_so_many(void **state)
{
	struct three *w = *state;
	struct flood flood = {0};
	struct fault fault;
	struct ref refs[MANY];
	unsigned told;

	write_outside(w, refs);
	all_sync(w);
	assert_int_equal(flood_each(w->town, first_flood, &flood, &fault), RC_OK);
	assert_int_equal(flood.site, store_station(w->village)->site);
	assert_int_equal(flood.today, MANY - LIMIT_DAY_REFUSED);
	told = world_count(w->town, KIND_refusal);
	/* All of it comes again: nothing more is counted, kept or told. */
	struct peer peer;
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	struct peer_lane none = {0};
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(log_peer_lane_set(store_log(w->village), peer.site.site, lane,
					 &none, &fault),
			RC_OK);
	assert_int_equal(log_marks_drop(store_log(w->village), peer.site.site, &fault), RC_OK);
	peer.unsure = true;
	assert_int_equal(peer_save(w->village, &peer, &fault), RC_OK);
	all_sync(w);
	assert_int_equal(flood_each(w->town, first_flood, &flood, &fault), RC_OK);
	assert_int_equal(flood.total, MANY - LIMIT_DAY_REFUSED);
	assert_int_equal(world_count(w->town, KIND_refusal), told);
	assert_int_equal(held_of(w->town, refs, MANY), LIMIT_DAY_REFUSED);
}

/* A village that says of itself, of its township or of a stranger that much was dropped. */
static void from_below_nobody_is_believed(void **state)
{
	struct three *w = *state;
	struct fault fault;

	world_join(w->village, w->town, "village", village_area);
	const uint64_t sites[] = {store_station(w->village)->site, store_station(w->town)->site,
		UINT64_C(0x11223344556677)};
	for (size_t i = 0; i < countof(sites); i++) {
		struct op op = {.kind = KIND_refusal};
		struct buf body = {0};
		char name[16];
		site_hex(sites[i], name);
		put_text(&body, refusal_site, name);
		put_num(&body, refusal_seq, 8 + LANE_LOOP);
		put_text(&body, refusal_reason, i ? "area" : "lifted");
		put_text(&body, refusal_more, "1-90000");
		op.body = buf_bytes(&body);
		assert_int_equal(store_write(w->village, &op, &fault), RC_OK);
		buf_release(&body);
	}
	all_sync(w);
	for (size_t i = 0; i < countof(sites); i++) {
		assert_int_equal(dropped_count(store_log(w->town), sites[i]), 0);
		assert_true(log_author(store_log(w->town), sites[i], LANE_LOOP) < 1000);
		assert_false(dropped_again(store_log(w->town), sites[i], 80 + LANE_LOOP));
	}
}

static void lists_of_numbers_there_and_back(void **state)
{
	struct dropped some[3] = {
		{.n = 12, .upto = 40}, {.n = 44, .upto = 44}, {.n = 50, .upto = 51}};
	struct buf list = {0};
	size_t used;
	uint32_t n, upto;

	(void)state;
	dropped_list_put(some, 3, 100, &list, &used);
	assert_int_equal(used, 3);
	assert_string_equal(buf_cstr(&list), "12-40,44,50-51");
	struct bytes text = buf_bytes(&list);
	for (int i = 0; i < 3; i++) {
		assert_true(dropped_list_take(&text, &n, &upto));
		assert_true(n == some[i].n && upto == some[i].upto);
	}
	assert_false(dropped_list_take(&text, &n, &upto));
	buf_clear(&list);
	dropped_list_put(some, 3, 8, &list, &used);
	assert_int_equal(used, 2);
	assert_string_equal(buf_cstr(&list), "12-40,44");
	static const char *const bad[] = {"", "x", "5-4", "0", "99999999999", "-3", ",1"};
	for (size_t i = 0; i < countof(bad); i++) {
		text = bytes_text(bad[i]);
		assert_false(dropped_list_take(&text, &n, &upto));
	}
	buf_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_numbers_there_and_back),
		cmocka_unit_test_setup_teardown(the_rest_is_dropped_and_named, begin, end),
		cmocka_unit_test_setup_teardown(
			a_grant_that_makes_them_good_brings_them, begin, end),
		cmocka_unit_test_setup_teardown(each_day_brings_so_many, begin, end),
		cmocka_unit_test_setup_teardown(from_below_nobody_is_believed, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
