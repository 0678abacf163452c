/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whoever has recorded a question, an answer or a stick can bring it again at any time. Only what
 * is newer than all before says that its writer is there: the rest renews no grant, moves no
 * cursor, no mark and no key.
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/db.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/keys.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/trust/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

enum { DAY = 86400, TERM = 100 };

static int begin(void **state)
{
	struct pair *pair = world_pair();
	struct fault fault;

	assert_int_equal(
		term_set(pair->town, store_station(pair->village)->site, TERM, &fault), RC_OK);
	*state = pair;
	return 0;
}

static int end(void **state)
{
	world_pair_end(*state);
	return 0;
}

/* ---- what a replay must not move */

struct picture {
	int64_t heard, until;
	struct peer_lane lanes[LANES + 1];
	struct carried carried;
	struct peer_keys peer_keys;
	uint32_t held;
	unsigned grants;
};

static struct picture picture_of(struct store *at, struct store *of)
{
	struct picture picture;
	struct site site;
	struct fault fault;
	uint64_t number = store_station(of)->site;

	memset(&picture, 0, sizeof picture);
	assert_true(log_site(store_log(at), number, &site));
	picture.heard = hub_heard(at, number);
	picture.until = site.until;
	for (unsigned lane = 0; lane <= LANES; lane++)
		assert_int_equal(
			log_peer_lane(store_log(at), number, lane, &picture.lanes[lane], &fault),
			RC_OK);
	carried_load(at, number, &picture.carried);
	peer_keys_load(at, number, &picture.peer_keys);
	picture.held = log_held(store_log(at), number, store_station(at)->site, LANE_LOOP);
	picture.grants = world_count(at, KIND_grant);
	return picture;
}

static void is_as_before(struct store *at, struct store *of, const struct picture *before)
{
	struct picture now = picture_of(at, of);

	assert_int_equal(now.heard, before->heard);
	assert_int_equal(now.until, before->until);
	assert_int_equal(now.grants, before->grants);
	assert_int_equal(now.held, before->held);
	assert_memory_equal(now.lanes, before->lanes, sizeof now.lanes);
	assert_memory_equal(&now.carried, &before->carried, sizeof now.carried);
	assert_memory_equal(&now.peer_keys, &before->peer_keys, sizeof now.peer_keys);
}

/* ---- over the link */

/* The village asks and the town answers; both are recorded. */
struct swap {
	struct buf ask, answer;
	struct asking asking;
};

static void swap_make(struct pair *pair, struct swap *swap)
{
	struct sync_result result = {0};
	struct peer peer;
	struct fault fault;

	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(pair->village, &peer, EVERY_LANE, &swap->asking, &swap->ask, &fault),
		RC_OK);
	struct bytes asks[1] = {buf_bytes(&swap->ask)};
	assert_int_equal(hub_answer(pair->town, asks, &swap->answer, 1, &fault), RC_OK);
	assert_int_equal(answer_apply(pair->village, &peer, &swap->asking, buf_bytes(&swap->answer),
				 &result, &fault),
		RC_OK);
}

static void swap_release(struct swap *swap)
{
	buf_release(&swap->ask);
	buf_release(&swap->answer);
}

static void ask_again(struct pair *pair, const struct swap *swap)
{
	struct bytes asks[1] = {buf_bytes(&swap->ask)};
	struct buf answer = {0};
	struct fault fault;

	assert_int_equal(hub_answer(pair->town, asks, &answer, 1, &fault), RC_OK);
	assert_true(answer.len > 0); /* whoever asked hears the same */
	buf_release(&answer);
}

static void a_question_that_comes_again(void **state)
{
	struct pair *pair = *state;
	struct swap first = {0}, next = {0};

	swap_make(pair, &first);
	struct picture once = picture_of(pair->town, pair->village);
	assert_true(once.until > when_now() + (TERM - 1) * DAY); /* it was heard */
	when_skip(TERM * DAY * 3 / 4);
	ask_again(pair, &first);
	is_as_before(pair->town, pair->village, &once);
	world_hazard(pair->village, 0, "桥下");
	swap_make(pair, &next);
	struct picture twice = picture_of(pair->town, pair->village);
	assert_true(twice.until > once.until && twice.heard > once.heard);
	when_skip(TERM * DAY * 3 / 4);
	ask_again(pair, &first);
	ask_again(pair, &next);
	is_as_before(pair->town, pair->village, &twice);
	when_skip(-2 * (TERM * DAY * 3 / 4));
	swap_release(&first);
	swap_release(&next);
}

/* Answered with "say everything", so nothing of it is remembered but that it was heard. */
static void a_question_that_was_not_understood(void **state)
{
	struct pair *pair = *state;
	struct swap first = {0}, odd = {0};
	struct fault fault;

	swap_make(pair, &first);
	/* The town has lost what it remembered of the village. */
	const struct peer_lane none = {0};
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(log_peer_lane_set(store_log(pair->town),
					 store_station(pair->village)->site, lane, &none, &fault),
			RC_OK);
	world_hazard(pair->village, 0, "桥下");
	when_skip(DAY);
	swap_make(pair, &odd);
	struct picture once = picture_of(pair->town, pair->village);
	assert_int_equal(once.heard, when_now());
	when_skip(TERM * DAY * 3 / 4);
	ask_again(pair, &odd);
	is_as_before(pair->town, pair->village, &once);
	when_skip(-(TERM * DAY * 3 / 4) - DAY);
	swap_release(&first);
	swap_release(&odd);
}

/* Sealed to a key that has been replaced since: it is answered with that key, and the next answer
 * is sealed with the new one all the same. */
static void a_question_of_an_older_key(void **state)
{
	struct pair *pair = *state;
	struct swap first = {0};
	struct fault fault;
	struct peer_keys peer_keys;

	swap_make(pair, &first);
	assert_int_equal(keyring_rotate(pair->town, &fault), RC_OK);
	for (unsigned i = 0; i < 3; i++) {
		struct swap next = {0};
		swap_make(pair, &next);
		swap_release(&next);
	}
	peer_keys_load(pair->town, store_station(pair->village)->site, &peer_keys);
	assert_int_equal(peer_keys.mine, 1);
	ask_again(pair, &first);
	peer_keys_load(pair->town, store_station(pair->village)->site, &peer_keys);
	assert_int_equal(peer_keys.mine, 1);
	swap_release(&first);
}

static void an_answer_that_comes_again(void **state)
{
	struct pair *pair = *state;
	struct swap first = {0}, next = {0};
	struct sync_result result = {0};
	struct peer peer, before, after;
	struct fault fault;

	swap_make(pair, &first);
	world_hazard(pair->village, 0, "桥下");
	swap_make(pair, &next);
	struct picture once = picture_of(pair->village, pair->town);
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	before = peer;
	when_skip(DAY);
	assert_int_equal(answer_apply(pair->village, &peer, &first.asking, buf_bytes(&first.answer),
				 &result, &fault),
		RC_OK);
	assert_int_equal(answer_apply(pair->village, &peer, &next.asking, buf_bytes(&next.answer),
				 &result, &fault),
		RC_OK);
	is_as_before(pair->village, pair->town, &once);
	assert_int_equal(peer_load(pair->village, &after, &fault), RC_OK);
	assert_int_equal(after.heard, before.heard);
	assert_int_equal(peer.heard, before.heard);
	when_skip(-DAY);
	swap_release(&first);
	swap_release(&next);
}

/* ---- on foot */

static struct buf pack(struct store *from, struct store *to)
{
	struct carry_count count;
	struct buf file = {0};
	struct site site;
	struct fault fault;

	assert_true(log_site(store_log(from), store_station(to)->site, &site));
	assert_int_equal(carry_pack(from, &site, &file, &count, &fault), RC_OK);
	return file;
}

static uint64_t take(struct store *to, const struct buf *file)
{
	struct carry_count count;
	struct fault fault;
	uint64_t sender;

	assert_int_equal(carry_take(to, buf_bytes(file), &sender, &count, &fault), RC_OK);
	return count.fresh;
}

static void a_stick_that_comes_again(void **state)
{
	struct pair *pair = *state;

	world_hazard(pair->village, 0, "桥下");
	struct buf first = pack(pair->village, pair->town);
	world_hazard(pair->village, 0, "桥头");
	struct buf second = pack(pair->village, pair->town);
	assert_int_equal(take(pair->town, &first), 1);
	struct picture once = picture_of(pair->town, pair->village);
	assert_true(once.until > when_now() + (TERM - 1) * DAY);
	when_skip(TERM * DAY * 3 / 4);
	assert_int_equal(take(pair->town, &first), 0);
	is_as_before(pair->town, pair->village, &once);
	assert_int_equal(take(pair->town, &second), 1);
	struct picture twice = picture_of(pair->town, pair->village);
	assert_true(twice.until > once.until);
	when_skip(TERM * DAY * 3 / 4);
	assert_int_equal(take(pair->town, &first), 0);
	assert_int_equal(take(pair->town, &second), 0);
	is_as_before(pair->town, pair->village, &twice);
	/* Nothing new to say, and still a word of today. */
	struct buf third = pack(pair->village, pair->town);
	assert_int_equal(take(pair->town, &third), 0);
	assert_true(picture_of(pair->town, pair->village).until > twice.until);
	when_skip(-2 * (TERM * DAY * 3 / 4));
	buf_release(&first);
	buf_release(&second);
	buf_release(&third);
}

/* One that lay about, and was never read: its facts count, and it says nothing of today. */
static void a_stick_that_lay_about(void **state)
{
	struct pair *pair = *state;

	world_hazard(pair->village, 0, "桥下");
	struct buf old = pack(pair->village, pair->town);
	struct swap swap = {0};
	swap_make(pair, &swap); /* the link brings it, so the next file begins behind it */
	world_hazard(pair->village, 0, "桥头");
	struct buf next = pack(pair->village, pair->town);
	assert_int_equal(take(pair->town, &next), 1);
	struct picture once = picture_of(pair->town, pair->village);
	when_skip(TERM * DAY * 3 / 4);
	take(pair->town, &old);
	is_as_before(pair->town, pair->village, &once);
	when_skip(-(TERM * DAY * 3 / 4));
	swap_release(&swap);
	buf_release(&old);
	buf_release(&next);
}

/* What goes to the village begins from the beginning, as after a move: an old stick does not say
 * that it is there. Nor are its marks heard. */
static void an_old_stick_from_above(void **state)
{
	struct pair *pair = *state;
	struct fault fault;

	world_hazard(pair->village, 0, "桥下");
	struct buf up = pack(pair->village, pair->town);
	take(pair->town, &up);
	struct buf old = pack(pair->town, pair->village), down = pack(pair->town, pair->village);
	take(pair->village, &down);
	assert_int_equal(
		carried_forget(pair->village, store_station(pair->town)->site, false, &fault),
		RC_OK);
	assert_int_equal(
		log_marks_drop(store_log(pair->village), store_station(pair->town)->site, &fault),
		RC_OK);
	struct picture once = picture_of(pair->village, pair->town);
	take(pair->village, &old);
	take(pair->village, &down);
	is_as_before(pair->village, pair->town, &once);
	buf_release(&up);
	buf_release(&old);
	buf_release(&down);
}

/* The files of one second, of several frames, and after a clock that went back, all rise. */
static void numbers_of_frames_rise(void **state)
{
	enum { PACKED_LAST = 1 };
	struct pair *pair = *state;
	int64_t last[2], before = 0;

	for (unsigned i = 0; i < 4; i++) {
		struct buf file = pack(pair->village, pair->town);
		kv_list(pair->village, kv_own(KV_PACKED), last, countof(last));
		assert_true(last[PACKED_LAST] > before);
		before = last[PACKED_LAST];
		when_skip(i == 2 ? -1000 : 0);
		buf_release(&file);
	}
	when_skip(1000);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_that_comes_again),
		TEST(a_question_that_was_not_understood),
		TEST(a_question_of_an_older_key),
		TEST(an_answer_that_comes_again),
		TEST(a_stick_that_comes_again),
		TEST(a_stick_that_lay_about),
		TEST(an_old_stick_from_above),
		TEST(numbers_of_frames_rise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
