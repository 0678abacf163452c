/* SPDX-License-Identifier: GPL-3.0-or-later
 * Agreement keys change in the middle of everything: lost answers, old frames, both ends at once,
 * stores of an earlier day, stations that slept for months.
 * Tests also: peer_keys.c intro.c entry.c frame_keys.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { DAY = 86400 };

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

static uint64_t number_of(struct store *store)
{
	return store_station(store)->site;
}

static uint32_t own(struct store *store)
{
	struct agree agree;
	struct fault fault;
	uint32_t n;

	assert_int_equal(keyring_own(store, &n, &agree, &fault), RC_OK);
	return n;
}

/* The number of OTHER's key that STORE seals to, and of its own that it seals with. */
static uint32_t theirs(struct store *store, struct store *other)
{
	struct site site;

	assert_true(log_site(store_log(store), number_of(other), &site));
	return site.agree_id;
}

static uint32_t mine(struct store *store, struct store *other)
{
	struct peer_keys peer_keys;

	peer_keys_load(store, number_of(other), &peer_keys);
	return peer_keys.mine;
}

static void rotate(struct store *store)
{
	struct fault fault;

	assert_int_equal(keyring_rotate(store, &fault), RC_OK);
}

static void works(struct pair *p)
{
	struct sync_result result;

	world_hazard(p->village, 0, "桥下");
	assert_true(world_sync(p->village, &p->road, 6, &result));
	assert_int_equal(world_count(p->town, KIND_hazard), world_count(p->village, KIND_hazard));
	assert_true(world_digest(p->town, village_area) == world_digest(p->village, village_area));
}

/* Both seal with the newest keys of both. */
static void settled(struct pair *p)
{
	works(p);
	works(p);
	assert_int_equal(theirs(p->town, p->village), own(p->village));
	assert_int_equal(theirs(p->village, p->town), own(p->town));
	assert_int_equal(mine(p->town, p->village), own(p->town));
	assert_int_equal(mine(p->village, p->town), own(p->village));
}

static void either_end_or_both_at_once(void **state)
{
	struct pair *p = *state;

	settled(p);
	rotate(p->village);
	settled(p);
	rotate(p->town);
	settled(p);
	rotate(p->town);
	rotate(p->village);
	settled(p);
	/* Twice before a word was heard. */
	rotate(p->village);
	rotate(p->village);
	rotate(p->town);
	rotate(p->town);
	settled(p);
	assert_int_equal(own(p->village), 4);
	assert_int_equal(own(p->town), 4);
}

static void in_the_middle_of_lost_answers(void **state)
{
	struct pair *p = *state;
	struct sync_result result;

	p->road.lose_ask = 300, p->road.lose_answer = 500, p->road.twice = 300, p->road.flip = 50;
	for (int i = 0; i < 60; i++) {
		world_hazard(p->village, 0, "桥下");
		world_sync(p->village, &p->road, 1, &result);
		if (i % 12 == 3)
			rotate(p->village);
		if (i % 10 == 3)
			rotate(p->town);
	}
	p->road.lose_ask = p->road.lose_answer = p->road.twice = p->road.flip = 0;
	settled(p);
	assert_int_equal(world_count(p->town, KIND_hazard), 62);
}

static void old_frames_change_nothing(void **state)
{
	struct pair *p = *state;
	struct peer peer;
	struct asking asking;
	struct fault fault;
	struct buf old = {0}, answer = {0};

	rotate(p->village);
	world_hazard(p->village, 0, "桥下");
	assert_int_equal(peer_load(p->village, &peer, &fault), RC_OK);
	/* It announces key 1. */
	assert_int_equal(ask_make(p->village, &peer, EVERY_LANE, &asking, &old, &fault), RC_OK);
	assert_int_equal(peer_save(p->village, &peer, &fault), RC_OK);
	settled(p);
	rotate(p->village);
	rotate(p->town);
	settled(p);
	assert_int_equal(theirs(p->town, p->village), 2);
	struct bytes asks[1] = {buf_bytes(&old)};
	for (int i = 0; i < 3; i++)
		assert_int_equal(hub_answer(p->town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(theirs(p->town, p->village), 2);
	settled(p);
	buf_release(&old);
	buf_release(&answer);
}

/* The hub's store is of an earlier day: it knows neither key of today. */
static void a_hub_that_forgot_the_keys(void **state)
{
	struct pair *p = *state;
	struct site then;
	struct peer_keys peer_keys;
	struct fault fault;

	settled(p);
	assert_true(log_site(store_log(p->town), number_of(p->village), &then));
	peer_keys_load(p->town, number_of(p->village), &peer_keys);
	rotate(p->village);
	settled(p);
	assert_int_equal(log_site_set(store_log(p->town), &then, &fault), RC_OK);
	assert_int_equal(peer_keys_save(p->town, number_of(p->village), &peer_keys, &fault), RC_OK);
	settled(p);
	/* And a station that lost what it knew of the hub. */
	rotate(p->town);
	assert_true(log_site(store_log(p->village), number_of(p->town), &then));
	peer_keys_load(p->village, number_of(p->town), &peer_keys);
	settled(p);
	assert_int_equal(log_site_set(store_log(p->village), &then, &fault), RC_OK);
	assert_int_equal(peer_keys_save(p->village, number_of(p->town), &peer_keys, &fault), RC_OK);
	settled(p);
}

static bool has_file(struct store *store, unsigned n)
{
	char path[600];

	snprintf(path, sizeof path, "%s/keys/agree-%u.key", store_home(store), n);
	return access(path, F_OK) == 0;
}

static void old_keys_are_destroyed(void **state)
{
	struct pair *p = *state;
	struct peer peer;
	struct asking asking;
	struct fault fault;
	struct site village;
	struct seal_key key;
	struct buf recorded = {0};
	uint32_t n;

	world_hazard(p->village, 0, "桥下");
	assert_int_equal(peer_load(p->village, &peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(p->village, &peer, EVERY_LANE, &asking, &recorded, &fault), RC_OK);
	rotate(p->town);
	assert_true(has_file(p->town, 0));
	assert_true(log_site(store_log(p->town), number_of(p->village), &village));
	assert_true(frame_key(p->town, &village, recorded.at[1], false, &key, &n));
	when_skip(89 * DAY);
	assert_int_equal(keyring_tend(p->town, 0, &fault), RC_OK);
	assert_true(has_file(p->town, 0));
	when_skip(2 * DAY);
	assert_int_equal(keyring_tend(p->town, 0, &fault), RC_OK);
	/* Whoever takes the machine now cannot open what was recorded. */
	assert_false(has_file(p->town, 0));
	assert_true(has_file(p->town, 1));
	assert_false(frame_key(p->town, &village, recorded.at[1], false, &key, &n));
	/* The village slept all the while, and knows only the key that is gone. */
	settled(p);
	buf_release(&recorded);
}

static void by_itself_after_so_many_days(void **state)
{
	struct pair *p = *state;
	struct fault fault;

	assert_int_equal(keyring_tend(p->village, 30, &fault), RC_OK);
	assert_int_equal(own(p->village), 0);
	for (unsigned n = 1; n < 40; n++) {
		when_skip(30 * DAY);
		assert_int_equal(keyring_tend(p->village, 30, &fault), RC_OK);
		assert_int_equal(own(p->village), n);
		settled(p);
		assert_int_equal(keyring_tend(p->village, 30, &fault), RC_OK);
		assert_int_equal(own(p->village), n);
	}
	/* Too often: sixteen keys cannot be told apart. */
	enum rc rc = RC_OK;
	for (unsigned n = 0; n < 16 && !rc; n++)
		rc = keyring_rotate(p->village, &fault);
	assert_int_equal(rc, RC_BUSY);
	settled(p);
}

static void only_its_owner_introduces_a_key(void **state)
{
	struct pair *p = *state;
	struct store *other = world_station("other", 410882103206);
	struct fault fault;
	struct buf intro = {0};
	uint64_t site;
	uint8_t hash[HASH_SIZE] = {1};

	settled(p);
	rotate(p->village);
	assert_int_equal(intro_put(p->village, NULL, &intro, &fault), RC_OK);
	for (size_t i = 1; i < INTRO_SIZE; i++) {
		intro.at[i] ^= 1;
		assert_int_equal(
			intro_take(p->town, buf_bytes(&intro), NULL, &site, &fault), RC_DENIED);
		intro.at[i] ^= 1;
	}
	/* It answers no question, and a stranger is nobody. */
	assert_int_equal(intro_take(p->town, buf_bytes(&intro), hash, &site, &fault), RC_DENIED);
	assert_int_equal(theirs(p->town, p->village), 0);
	assert_int_equal(intro_take(p->town, buf_bytes(&intro), NULL, &site, &fault), RC_OK);
	assert_int_equal(theirs(p->town, p->village), 1);
	buf_clear(&intro);
	assert_int_equal(intro_put(other, NULL, &intro, &fault), RC_OK);
	assert_int_equal(intro_take(p->town, buf_bytes(&intro), NULL, &site, &fault), RC_DENIED);
	settled(p);
	buf_release(&intro);
	world_end(other);
}

static void an_invitation_older_than_the_key(void **state)
{
	struct pair *p = *state;
	struct store *late = world_station("late", village_area);
	char text[TOKEN_TEXT];
	struct token token;
	struct fault fault;
	struct buf ask = {0}, answer = {0};
	struct sync_result result;
	struct road road = {.hub = p->town, .seed = 9};

	rotate(p->town);
	assert_int_equal(enrol_invite(p->town,
				 &(struct guest){.area = village_area,
					 .level = LEVEL_VILLAGE,
					 .name = "late",
					 .ways = ""},
				 text, &fault),
		RC_OK);
	rotate(p->town);
	rotate(late);
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(late, &token, &ask, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(p->town, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(enrol_apply(late, buf_bytes(&answer), &fault), RC_OK);
	world_hazard(late, 0, "桥下");
	assert_true(world_sync(late, &road, 6, &result));
	assert_int_equal(world_count(p->town, KIND_hazard), 1);
	buf_release(&ask);
	buf_release(&answer);
	world_end(late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(either_end_or_both_at_once, begin, end),
		cmocka_unit_test_setup_teardown(in_the_middle_of_lost_answers, begin, end),
		cmocka_unit_test_setup_teardown(old_frames_change_nothing, begin, end),
		cmocka_unit_test_setup_teardown(a_hub_that_forgot_the_keys, begin, end),
		cmocka_unit_test_setup_teardown(old_keys_are_destroyed, begin, end),
		cmocka_unit_test_setup_teardown(by_itself_after_so_many_days, begin, end),
		cmocka_unit_test_setup_teardown(only_its_owner_introduces_a_key, begin, end),
		cmocka_unit_test_setup_teardown(an_invitation_older_than_the_key, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
