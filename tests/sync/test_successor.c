/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub at the top is replaced, with its old key and without, or comes under another one: what
 * stations two levels below believe then, and that nothing is lost by it anywhere. Tests also:
 * successor.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/take/internal.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static const uint64_t city_area = 410800000000;

static int begin(void **state)
{
	*state = world_three(true);
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
		assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
		assert_true(world_sync(w->village, &w->to_town, 4, &w->result));
	}
}

static struct ref warn(struct store *store)
{
	struct op op = {.kind = KIND_warning};
	struct value line = value_text("暴雨红色");
	struct buf body = {0};
	struct fault fault;

	put_field(&body, warning_headline, &line);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static bool site_at(struct store *store, uint64_t number, struct site *site)
{
	return log_site(store_log(store), number, site) && site->area;
}

static unsigned everything(struct store *store)
{
	unsigned count = 0;

	for (unsigned i = 0; i < kinds_count; i++)
		count += kinds[i].id == KIND_refusal ? 0 : world_count(store, kinds[i].id);
	return count;
}

/* The records that every store has before its county is replaced. */
static void live(struct three *w, unsigned counts[3])
{
	world_hazard(w->village, 0, "桥下");
	world_hazard(w->town, 0, "沟口");
	world_hazard(w->county, 0, "水库");
	warn(w->county);
	all_sync(w);
	counts[0] = everything(w->county);
	counts[1] = everything(w->town);
	counts[2] = everything(w->village);
}

static void nothing_is_missing(struct three *w, const unsigned counts[3])
{
	assert_true(everything(w->county) >= counts[0]);
	assert_true(everything(w->town) >= counts[1]);
	assert_true(everything(w->village) >= counts[2]);
	assert_true(
		world_digest(w->village, village_area) == world_digest(w->county, village_area));
}

static void the_old_key_vouches_for_the_new_one(void **state)
{
	struct three *w = *state;
	uint64_t old = store_station(w->county)->site, now;
	unsigned counts[3];
	struct site site;
	struct fault fault;

	live(w, counts);
	assert_int_equal(log_site_ends(store_log(w->county), &fault), RC_OK);
	struct ref ref = warn(w->county); /* the first write ends the site */
	now = store_station(w->county)->site;
	assert_true(now != old);
	/* Until the town has joined again nobody speaks with the new one. */
	world_join(w->town, w->county, "town", town_area);
	when_skip(2 * 86400);
	all_sync(w);
	assert_true(site_at(w->village, now, &site));
	assert_int_equal(world_state(w->village, ref), FACT_GOOD);
	assert_int_equal(world_count(w->village, KIND_warning), 2);
	assert_true(site_at(w->village, old, &site));
	assert_true(site.ended);
	/* What the old key writes now is somebody else's. */
	struct op op = {.site = old,
		.seq = 9999 * 8,
		.rec_site = old,
		.rec_seq = 9999 * 8,
		.kind = KIND_warning,
		.area = county_area,
		.stamp = (uint64_t)when_now() * STAMP_TICK};
	assert_string_equal(log_objection(store_log(w->village), &op), "expired");
	nothing_is_missing(w, counts);
	/* And once more. */
	assert_int_equal(log_site_ends(store_log(w->county), &fault), RC_OK);
	ref = warn(w->county);
	world_join(w->town, w->county, "town", town_area);
	all_sync(w);
	assert_int_equal(world_state(w->village, ref), FACT_GOOD);
	nothing_is_missing(w, counts);
	when_skip(-2 * 86400);
}

/* The county's store without its keys. */
static void lose_keys(struct three *w)
{
	char home[200], path[300];
	struct fault fault;

	snprintf(home, sizeof home, "%s", store_home(w->county));
	store_close(w->county);
	snprintf(path, sizeof path, "%s/keys/sign.key", home);
	assert_int_equal(unlink(path), 0);
	snprintf(path, sizeof path, "%s/keys/agree.key", home);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(store_open(&w->county, home, STORE_FAST, &fault), RC_NEWER);
	store_close(w->county);
	assert_int_equal(store_open(&w->county, home, STORE_FAST | STORE_NEW_KEYS, &fault), RC_OK);
	w->to_county.hub = w->county;
}

static void without_the_old_key_each_joins_again(void **state)
{
	struct three *w = *state;
	uint64_t old = store_station(w->county)->site;
	unsigned counts[3];
	struct site site;

	live(w, counts);
	lose_keys(w);
	assert_true(store_station(w->county)->site != old);
	struct ref ref = warn(w->county);
	world_join(w->town, w->county, "town", town_area);
	all_sync(w);
	/* The township was told by its people; it knows who the old one was. */
	assert_int_equal(world_state(w->town, ref), FACT_GOOD);
	assert_true(site_at(w->town, old, &site) && site.ended);
	/* The village was not: the warning is there, and wakes nobody. */
	assert_int_equal(world_state(w->village, ref), FACT_UNPROVEN);
	assert_int_equal(world_count(w->village, KIND_warning), 1);
	nothing_is_missing(w, counts);
	world_join(w->village, w->town, "village", village_area);
	assert_int_equal(world_state(w->village, ref), FACT_GOOD);
	all_sync(w);
	assert_int_equal(world_count(w->village, KIND_warning), 2);
	nothing_is_missing(w, counts);
}

/* A stranger says that it follows the county. */
static void nobody_else_is_an_successor(void **state)
{
	struct three *w = *state;
	uint64_t old = store_station(w->county)->site;
	struct store *thief = world_station("thief", county_area);
	struct site site = {0};
	struct keys keys = *store_keys(w->county), wrong = *store_keys(w->town);
	struct station was = *store_station(w->county);
	struct fault fault;

	all_sync(w);
	/* In its own store the county is known, and somebody below it. */
	assert_true(site_at(w->village, old, &site));
	assert_int_equal(log_site_set(store_log(thief), &site, &fault), RC_OK);
	site = (struct site){.site = 5, .area = town_area, .above = old};
	assert_int_equal(log_site_set(store_log(thief), &site, &fault), RC_OK);
	was.joined = false;
	for (int real = 0; real < 2; real++) {
		struct store *store = thief;
		struct arena arena = {0};
		struct fact fact;
		uint32_t n = log_author(store_log(store), store_station(store)->site, LANE_ALARM);
		assert_int_equal(
			successor_write(store, &was, real ? &keys : &wrong, &fault), RC_OK);
		assert_true(log_fact(store_log(store), store_station(store)->site,
			(n + 1) * 8 + LANE_ALARM, &arena, &fact));
		struct op op;
		assert_true(op_take(fact.raw, &op));
		op.sig = fact.sig;
		struct message message = {.facts = &fact, .ops = &op, .fact_count = 1};
		struct taken taken;
		struct peer peer;
		assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
		assert_int_equal(store_begin(w->village, &fault), RC_OK);
		assert_int_equal(
			facts_take(w->village, &peer.site, &message, false, &taken, &fault), RC_OK);
		assert_int_equal(store_commit(w->village, &fault), RC_OK);
		/* The key itself is believed: who has it is the county. */
		assert_int_equal(site_at(w->village, store_station(store)->site, &site), real);
		arena_release(&arena);
	}
	world_end(thief);
}

static void who_comes_above_later_is_believed_below(void **state)
{
	struct three *w = *state;
	struct store *city = world_station("city", city_area);
	struct road up = {.hub = city, .seed = 3};
	struct site site;

	all_sync(w);
	world_join(w->county, city, "county", county_area);
	struct ref ref = warn(city);
	assert_true(world_sync(w->county, &up, 4, &w->result));
	all_sync(w);
	assert_true(site_at(w->village, store_station(city)->site, &site));
	assert_int_equal(world_state(w->village, ref), FACT_GOOD);
	/* The township says the same of somebody else: it is not the one at the top. */
	struct store *other = world_station("other", city_area);
	site = (struct site){
		.site = store_station(other)->site, .area = city_area, .level = LEVEL_CITY};
	memcpy(site.sign_public, store_keys(other)->sign_public, SIGN_PUBLIC);
	memcpy(site.agree_public, store_keys(other)->agree_public, AGREE_PUBLIC);
	world_claims(w->town, &site, town_area);
	all_sync(w);
	assert_false(site_at(w->village, store_station(other)->site, &site));
	assert_false(site_at(w->county, store_station(other)->site, &site));
	world_end(city);
	world_end(other);
}

/* What nobody can check wakes nobody, even when it comes from above. */
static void a_warning_by_a_stranger_from_above_waits(void **state)
{
	struct three *w = *state;
	struct store *stranger = world_station("stranger", county_area);
	struct ref ref = warn(stranger);
	struct arena arena = {0};
	struct fact fact;
	struct fault fault;
	bool fresh;

	assert_true(log_fact(store_log(stranger), ref.site, ref.seq, &arena, &fact));
	assert_int_equal(log_append(store_log(w->village), fact.raw, fact.sig,
				 via_of(store_station(w->town)->site), &fresh, &fault),
		RC_OK);
	assert_int_equal(world_state(w->village, ref), FACT_UNPROVEN);
	assert_int_equal(world_count(w->village, KIND_warning), 0);
	arena_release(&arena);
	world_end(stranger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_old_key_vouches_for_the_new_one, begin, end),
		cmocka_unit_test_setup_teardown(without_the_old_key_each_joins_again, begin, end),
		cmocka_unit_test_setup_teardown(nobody_else_is_an_successor, begin, end),
		cmocka_unit_test_setup_teardown(
			who_comes_above_later_is_believed_below, begin, end),
		cmocka_unit_test_setup_teardown(
			a_warning_by_a_stranger_from_above_waits, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
