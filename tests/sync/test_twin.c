/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station beside its hub: it has what the hub has, grants nobody, and goes on for the hub on the
 * day on which that one is lost. Nothing is lost then that any other station holds.
 * Tests also: deed.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store/db.h"
#include "sync/take/internal.h"
#include "sync/trust.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const uint64_t city_area = 410800000000;

/* County, township and village; beside the county a twin, above it a city when CITY. */
struct beside {
	struct three *w;
	struct store *twin, *city;
	struct road to_county, to_city;
};

static enum rc invite(struct store *hub, struct guest guest, struct token *token)
{
	char text[TOKEN_TEXT];
	struct fault fault;
	enum rc rc = enrol_invite(hub, &guest, text, &fault);

	return rc ? rc : token_read(text, token, &fault);
}

static enum rc join(struct store *lower, struct store *upper, const struct token *token)
{
	struct buf ask = {0}, answer = {0};
	struct bytes asks[1];
	struct fault fault;
	enum rc rc = enrol_ask(lower, token, &ask, &fault);

	asks[0] = buf_bytes(&ask);
	if (!rc)
		(void)!hub_answer(upper, asks, &answer, 1, &fault);
	if (!rc)
		rc = enrol_apply(lower, buf_bytes(&answer), &fault);
	buf_release(&ask);
	buf_release(&answer);
	return rc;
}

static struct store *beside(struct store *hub, const char *name)
{
	struct store *twin = world_station(name, store_station(hub)->area);
	struct token token;

	assert_int_equal(
		invite(hub, (struct guest){.twin = true, .name = name, .ways = ""}, &token), RC_OK);
	assert_int_equal(join(twin, hub, &token), RC_OK);
	return twin;
}

static void sync_all(struct beside *b)
{
	for (int i = 0; i < 3; i++) {
		assert_true(world_sync(b->w->village, &b->w->to_town, 4, &b->w->result));
		assert_true(world_sync(b->w->town, &b->w->to_county, 6, &b->w->result));
		if (b->to_county.hub)
			assert_true(world_sync(b->twin, &b->to_county, 4, &b->w->result));
		if (b->city)
			assert_true(world_sync(b->w->to_county.hub, &b->to_city, 6, &b->w->result));
	}
}

static struct ref tip(struct store *store, const char *subject)
{
	struct op op = {.kind = KIND_tip};
	struct value line = value_text(subject);
	struct buf body = {0};
	struct fault fault;

	put_field(&body, tip_subject, &line);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static struct ref warn(struct store *store)
{
	struct op op = {.kind = KIND_warning};
	struct fault fault;

	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	return (struct ref){op.site, op.seq};
}

static int begin_with(void **state, bool city)
{
	struct beside *b = calloc(1, sizeof *b);

	b->w = world_three(true);
	if (city) {
		b->city = world_station("city", city_area);
		world_join(b->w->county, b->city, "county", county_area);
		b->to_city = (struct road){.hub = b->city, .seed = 5};
	}
	tip(b->w->village, "夜里有人倒渣土");
	world_hazard(b->w->village, 0, "桥下");
	world_hazard(b->w->county, 0, "水库");
	sync_all(b);
	b->twin = beside(b->w->county, "twin");
	b->to_county = (struct road){.hub = b->w->county, .seed = 4};
	sync_all(b);
	*state = b;
	return 0;
}

static int begin(void **state)
{
	return begin_with(state, false);
}

static int begin_below_a_city(void **state)
{
	return begin_with(state, true);
}

static int end(void **state)
{
	struct beside *b = *state;

	world_end(b->twin);
	if (b->city)
		world_end(b->city);
	world_three_end(b->w);
	free(b);
	return 0;
}

static void a_twin_has_what_its_hub_has(void **state)
{
	struct beside *b = *state;
	struct ref ref;

	/* What is up-only, too: it came by the county to the station beside it. */
	assert_int_equal(world_count(b->twin, KIND_tip), 1);
	assert_true(world_digest(b->twin, county_area) == world_digest(b->w->county, county_area));
	/* What its people write is the county's: up, down, and signed. */
	world_hazard(b->twin, town_area, "城墙");
	ref = warn(b->twin);
	tip(b->twin, "备机上记的");
	sync_all(b);
	assert_int_equal(world_state(b->w->county, ref), FACT_GOOD);
	assert_int_equal(world_state(b->w->village, ref), FACT_GOOD);
	assert_int_equal(world_count(b->w->county, KIND_tip), 2);
	assert_int_equal(world_count(b->w->village, KIND_tip), 1);
	assert_true(world_digest(b->w->town, town_area) == world_digest(b->twin, town_area));
}

static void nobody_is_let_in_by_a_twin_or_beside_a_village(void **state)
{
	struct beside *b = *state;
	struct store *other = world_station("other", county_area);
	struct guest twin = {.twin = true, .name = "x", .ways = ""},
		     village = {.area = village_area + 7, .name = "x", .ways = ""},
		     same = {.area = county_area, .level = LEVEL_COUNTY, .name = "x", .ways = ""};
	struct token token;
	struct fault fault;

	assert_int_equal(invite(b->twin, twin, &token), RC_DENIED);
	assert_int_equal(invite(b->twin, village, &token), RC_DENIED);
	assert_int_equal(invite(b->w->village, twin, &token), RC_DENIED);
	assert_int_equal(invite(b->w->county, same, &token), RC_DENIED);
	assert_int_equal(
		enrol_revoke(b->twin, store_station(b->w->town)->site, "", &fault), RC_DENIED);
	/* An invitation is good once. */
	assert_int_equal(invite(b->w->county, twin, &token), RC_OK);
	assert_int_equal(join(other, b->w->county, &token), RC_OK);
	world_end(other);
	other = world_station("another", county_area);
	assert_int_not_equal(join(other, b->w->county, &token), RC_OK);
	world_end(other);
}

/* A twin says itself that it stands beside the county; somebody else says it of another one. */
static void what_others_grant_beside_them_counts_for_nothing(void **state)
{
	struct beside *b = *state;
	struct store *makers[] = {b->twin, b->w->town, b->w->village};
	struct site made = {.level = LEVEL_COUNTY, .name = "x", .code = "XX"};
	struct keys keys;
	struct site known;

	keys_from_seed(&keys, "made up");
	memcpy(made.sign_public, keys.sign_public, SIGN_PUBLIC);
	made.site = site_of(keys.sign_public);
	for (unsigned i = 0; i < countof(makers); i++) {
		made.area = i == 2 ? village_area : county_area;
		made.level = i == 2 ? LEVEL_VILLAGE : LEVEL_COUNTY;
		made.above = store_station(makers[i])->site;
		/* Its own key says that it joined there, of right or not. */
		struct joined word = {.number = 7, .hub = made.above};
		struct fault fault;
		joined_sign(&word, &keys, &made);
		assert_int_equal(joined_set(makers[i], made.site, &word, &fault), RC_OK);
		world_claims(makers[i], &made, store_station(makers[i])->area);
	}
	sync_all(b);
	assert_false(log_site(store_log(b->w->county), made.site, &known) && known.area);
	assert_false(log_site(store_log(b->w->town), made.site, &known) && known.area);
}

static void no_twin_without_the_word_of_its_hub(void **state)
{
	struct beside *b = *state;
	struct fault fault;
	struct twin_view view;

	assert_int_equal(twin_take_over(b->w->town, &fault), RC_DENIED);
	assert_int_equal(twin_take_over(b->w->county, &fault), RC_DENIED);
	assert_int_equal(
		kv_bytes_set(b->twin, kv_own(KV_DEED), (struct bytes){0, 0}, &fault), RC_OK);
	assert_int_equal(twin_take_over(b->twin, &fault), RC_NONE);
	/* Whoever is revoked does not go on for anybody. */
	assert_int_equal(
		enrol_revoke(b->w->county, store_station(b->twin)->site, "", &fault), RC_OK);
	assert_false(world_sync(b->twin, &b->to_county, 4, &b->w->result));
	assert_int_not_equal(twin_look(b->twin, &view, &fault), RC_OK);
}

/* The county's machine is gone; stations reach the twin where the county was. */
static void lose_the_county(struct beside *b)
{
	struct fault fault;
	struct twin_view view;

	world_hazard(b->w->village, 0, "最后一刻");
	assert_true(world_sync(b->w->village, &b->w->to_town, 4, &b->w->result));
	assert_int_equal(twin_look(b->twin, &view, &fault), RC_OK);
	assert_true(view.heard > 0 && view.hub.site == store_station(b->w->county)->site);
	assert_true(view.written > 0 && !view.left);
	assert_int_equal(twin_take_over(b->twin, &fault), RC_OK);
	assert_int_not_equal(twin_take_over(b->twin, &fault), RC_OK);
	b->to_county.hub = NULL;
	b->w->to_county.hub = b->twin;
}

static void goes_on(struct beside *b)
{
	uint64_t old = store_station(b->w->county)->site;
	struct site site;
	struct token token;
	struct fault fault;

	sync_all(b);
	/* What the township had not sent yet has arrived, and what was up-only is still there. */
	assert_int_equal(world_count(b->twin, KIND_hazard), 3);
	assert_int_equal(world_count(b->twin, KIND_tip), 1);
	assert_true(
		world_digest(b->w->village, village_area) == world_digest(b->twin, village_area));
	struct ref ref = warn(b->twin);
	sync_all(b);
	assert_int_equal(world_state(b->w->village, ref), FACT_GOOD);
	assert_true(log_site(store_log(b->w->village), old, &site) && site.ended);
	/* It lets stations in, and cuts off those of the one before. */
	assert_int_equal(
		invite(b->twin, (struct guest){.area = town_area + 1000, .name = "x", .ways = ""},
			&token),
		RC_OK);
	assert_int_equal(enrol_revoke(b->twin, store_station(b->w->town)->site, "", &fault), RC_OK);
}

/* Has STORE, still the site OLD, been told that its twin goes on for it? */
static bool is_told(struct store *store, uint64_t old)
{
	struct fault fault = {0};

	bool is = twin_gone_on(store, &fault) == RC_DENIED;

	assert_true(store_station(store)->site == old);
	assert_true(store_replaced(store) == is);
	return is && trouble_of(&fault) == TROUBLE_TWIN;
}

static void it_goes_on_for_a_county_at_the_top(void **state)
{
	struct beside *b = *state;

	lose_the_county(b);
	goes_on(b);
}

static void it_goes_on_for_a_county_below_a_city(void **state)
{
	struct beside *b = *state;
	uint64_t old = store_station(b->w->county)->site;
	struct site site;

	lose_the_county(b);
	goes_on(b);
	assert_int_equal(world_count(b->city, KIND_hazard), 3);
	assert_true(log_site(store_log(b->city), store_station(b->twin)->site, &site) &&
		    site.above == store_station(b->city)->site);
	/* The old machine, switched on again, is told that it is over. */
	world_hazard(b->w->county, 0, "旧机器上写的");
	assert_false(is_told(b->w->county, old));
	assert_false(world_sync(b->w->county, &b->to_city, 4, &b->w->result));
	assert_int_equal(world_count(b->city, KIND_hazard), 3);
	assert_true(is_told(b->w->county, old));
}

/* Nobody stands above it. A township that has followed is led to it once more, by its address. */
static void a_county_at_the_top_is_told_from_below(void **state)
{
	struct beside *b = *state;
	uint64_t old = store_station(b->w->county)->site;

	lose_the_county(b);
	sync_all(b);
	b->w->to_county.hub = b->w->county;
	for (int i = 0; i < 4; i++)
		assert_false(world_sync(b->w->town, &b->w->to_county, 1, &b->w->result));
	assert_true(is_told(b->w->county, old));
	assert_false(is_told(b->twin, store_station(b->twin)->site));
	b->w->to_county.hub = b->twin;
	sync_all(b);
	assert_int_equal(world_count(b->twin, KIND_hazard), 3);
}

/* The way up of the old one leads to its twin. */
static void a_county_that_asks_its_twin_is_told(void **state)
{
	struct beside *b = *state;
	uint64_t old = store_station(b->w->county)->site;

	lose_the_county(b);
	b->to_city.hub = b->twin;
	assert_false(world_sync(b->w->county, &b->to_city, 2, &b->w->result));
	assert_true(is_told(b->w->county, old));
}

/* Whoever still asks the old one, which has been told, hears of it and goes to the twin. */
static void the_old_one_sends_its_stations_to_the_twin(void **state)
{
	struct beside *b = *state;
	struct buf statement = {0};
	struct bytes in;
	struct peer peer;
	struct fault fault;

	lose_the_county(b);
	assert_true(statement_of(b->twin, store_station(b->w->county)->site, &statement));
	in = buf_bytes(&statement);
	assert_int_equal(successors_from_below(b->w->county, &in, &fault), RC_OK);
	b->w->to_county.hub = b->w->county;
	assert_false(world_sync(b->w->town, &b->w->to_county, 1, &b->w->result));
	assert_int_equal(peer_load(b->w->town, &peer, &fault), RC_OK);
	assert_true(peer.site.site == store_station(b->twin)->site);
	b->w->to_county.hub = b->twin;
	sync_all(b);
	assert_int_equal(world_count(b->twin, KIND_hazard), 3);
	buf_release(&statement);
}

/* One that was stolen cannot end the hub that has revoked it. */
static void a_revoked_twin_tells_its_hub_nothing(void **state)
{
	struct beside *b = *state;
	uint64_t old = store_station(b->w->county)->site;
	struct buf statement = {0};
	struct bytes in;
	struct fault fault;

	assert_int_equal(
		enrol_revoke(b->w->county, store_station(b->twin)->site, "", &fault), RC_OK);
	assert_int_equal(twin_take_over(b->twin, &fault), RC_OK);
	assert_true(statement_of(b->twin, old, &statement));
	in = buf_bytes(&statement);
	assert_int_equal(successors_from_below(b->w->county, &in, &fault), RC_OK);
	assert_false(is_told(b->w->county, old));
	assert_false(log_ending(store_log(b->w->county)));
	buf_release(&statement);
}

/* The county ends and goes on under a new site, the twin too: it is the twin of the one that is. */
static void who_is_beside_whom_goes_on_with_both(void **state)
{
	struct beside *b = *state;
	struct fault fault;

	assert_int_equal(store_site_end(b->w->county, NULL, &fault), RC_OK);
	world_join(b->w->town, b->w->county, "town", town_area);
	sync_all(b);
	assert_int_equal(store_site_end(b->twin, NULL, &fault), RC_OK);
	sync_all(b);
	assert_true(twin_self(b->twin));
	tip(b->w->town, "之后");
	sync_all(b);
	assert_int_equal(world_count(b->twin, KIND_tip), 2);
	lose_the_county(b);
	sync_all(b);
	assert_int_equal(world_count(b->twin, KIND_hazard), 3);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_twin_has_what_its_hub_has),
		CASE(nobody_is_let_in_by_a_twin_or_beside_a_village),
		CASE(what_others_grant_beside_them_counts_for_nothing),
		CASE(no_twin_without_the_word_of_its_hub),
		CASE(it_goes_on_for_a_county_at_the_top),
		CASE(a_county_at_the_top_is_told_from_below),
		CASE(the_old_one_sends_its_stations_to_the_twin),
		CASE(a_revoked_twin_tells_its_hub_nothing),
		cmocka_unit_test_setup_teardown(
			a_county_that_asks_its_twin_is_told, begin_below_a_city, end),
		cmocka_unit_test_setup_teardown(
			it_goes_on_for_a_county_below_a_city, begin_below_a_city, end),
		CASE(who_is_beside_whom_goes_on_with_both),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
