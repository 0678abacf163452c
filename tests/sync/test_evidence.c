/* SPDX-License-Identifier: GPL-3.0-or-later
 * A site ends when it is shown what it made itself and has forgotten, and for no other reason.
 * Tests also: evidence.c asked.c proven.c statement.c returned.c carry_evidence.c successor.c
 * successors.c claims.c restore.c
 */
#include "world.h"

#include "sim.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct kept_one {
	char home[96], copy[96];
};

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

/* ---- a whole folder, with its keys, as it was on some day */

static const char *const files[] = {"keys/sign.key", "keys/agree.key", "keys/written", "keys/heir"};

static void copy_keys(const char *from, const char *to)
{
	char a[140], b[140];

	for (unsigned i = 0; i < countof(files); i++) {
		snprintf(a, sizeof a, "%s/%s", from, files[i]);
		snprintf(b, sizeof b, "%s/%s", to, files[i]);
		if (access(a, F_OK) == 0)
			sim_copy(a, b);
		else
			unlink(b);
	}
}

static void keep(struct store *store, struct kept_one *kept)
{
	char path[140];
	struct fault fault;

	snprintf(kept->home, sizeof kept->home, "%s", store_home(store));
	world_folder(kept->copy, sizeof kept->copy);
	snprintf(path, sizeof path, "%s/station.db", kept->copy);
	assert_int_equal(store_backup(store, path, &fault), RC_OK);
	copy_keys(kept->home, kept->copy);
}

/* STORE is put back without a word. */
static void put_back(struct store **store, const struct kept_one *kept)
{
	char from[140], to[140];
	struct fault fault;

	store_close(*store);
	snprintf(from, sizeof from, "%s/station.db", kept->copy);
	snprintf(to, sizeof to, "%s/station.db", kept->home);
	sim_copy(from, to);
	copy_keys(kept->copy, kept->home);
	assert_int_equal(store_open(store, kept->home, STORE_FAST, &fault), RC_OK);
}

/* The same folder on a second machine. */
static struct store *twin(const struct kept_one *kept)
{
	struct store *store;
	struct fault fault;

	assert_int_equal(store_open(&store, kept->copy, STORE_FAST, &fault), RC_OK);
	return store;
}

/* ---- talking */

static uint64_t site_at(struct store *store)
{
	return store_station(store)->site;
}

static enum rc sync_of(struct store *store, struct road *road, struct fault *fault)
{
	struct sync_result result = {0};
	struct peer peer;

	assert_int_equal(peer_load(store, &peer, fault), RC_OK);
	return sync_round(store, &peer,
		&(struct sync_line){
			&link_road, road_link(road), EVERY_LANE, 40, LINE_NO_FILES, false},
		&result, fault);
}

static void both_agree(struct pair *pair)
{
	struct sync_result result;

	assert_true(world_sync(pair->village, &pair->road, 5, &result));
	assert_true(world_sync(pair->village, &pair->road, 5, &result));
	assert_true(world_digest(pair->town, village_area) ==
		    world_digest(pair->village, village_area));
}

static bool add_up(const struct claim *claim, void *to)
{
	unsigned *counts = to;

	counts[claim->what] += (unsigned)claim->count;
	return true;
}

static unsigned claims(struct store *store, enum claim_what what)
{
	unsigned counts[CLAIMS] = {0};
	struct fault fault;

	assert_int_equal(claims_each(store, 0, add_up, counts, &fault), RC_OK);
	return counts[what];
}

/* A question of the village, as the test would have it; the answer is opened. */
static void ask(struct pair *pair, const struct message *question, struct message *answer,
	struct arena *arena)
{
	struct buf frame = {0}, out = {0};
	struct fault fault;
	struct peer peer;

	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	assert_int_equal(
		frame_close(pair->village, &peer.site, question, CLOSE_PLAIN, &frame, &fault),
		RC_OK);
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(hub_answer(pair->town, asks, &out, 1, &fault), RC_OK);
	assert_int_equal(
		frame_open(pair->village, &peer.site, buf_bytes(&out), arena, answer, &fault),
		RC_OK);
	buf_release(&frame);
	buf_release(&out);
}

/* A full question that remembers an answer to QUESTION 1000000, with EXTRA. */
static struct message remembers(struct pair *pair, struct bytes extra)
{
	return (struct message){.type = MESSAGE_ASK,
		.full = true,
		.number = 7000,
		.store = log_number(store_log(pair->town)),
		.heard = 1000000,
		.extra = extra};
}

/* ---- the village */

static void the_village_put_back_before_it_writes(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	struct kept_one kept;

	both_agree(pair);
	keep(pair->village, &kept);
	world_hazard(pair->village, 0, "会丢的");
	both_agree(pair);
	put_back(&pair->village, &kept);
	assert_int_equal(world_count(pair->village, KIND_hazard), 0);
	both_agree(pair);
	assert_true(site_at(pair->village) != own);
	assert_int_equal(world_count(pair->village, KIND_hazard), 1);
	world_drop(kept.copy);
}

/* With a question that looks like the one it has forgotten: same number, same memory. */
static void the_village_put_back_writes_a_number_twice(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	struct kept_one kept;

	both_agree(pair);
	keep(pair->village, &kept);
	world_hazard(pair->village, 0, "会丢的");
	both_agree(pair);
	put_back(&pair->village, &kept);
	world_hazard(pair->village, 0, "后写的");
	both_agree(pair);
	assert_true(site_at(pair->village) != own);
	assert_int_equal(world_count(pair->village, KIND_hazard), 2);
	assert_int_equal(world_count(pair->town, KIND_hazard), 2);
	assert_int_equal(claims(pair->village, CLAIM_CONFLICT), 0);
	world_drop(kept.copy);
}

/* It has asked as often as it had before, and nobody heard it. */
static void the_village_put_back_asks_in_vain_first(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	struct kept_one kept;
	struct fault fault;

	both_agree(pair);
	keep(pair->village, &kept);
	for (unsigned i = 0; i < 3; i++) {
		world_hazard(pair->village, 0, "会丢的");
		both_agree(pair);
	}
	put_back(&pair->village, &kept);
	world_hazard(pair->village, 0, "后写的");
	pair->road.lose_ask = 1000;
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(sync_of(pair->village, &pair->road, &fault), RC_LINK);
	pair->road.lose_ask = 0;
	both_agree(pair);
	assert_true(site_at(pair->village) != own);
	assert_int_equal(world_count(pair->town, KIND_hazard), 4);
	world_drop(kept.copy);
}

/* The answer that shows it is lost, again and again. */
static void the_evidence_stays_until_it_is_heard(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	struct kept_one kept;
	struct fault fault;

	both_agree(pair);
	keep(pair->village, &kept);
	world_hazard(pair->village, 0, "会丢的");
	both_agree(pair);
	put_back(&pair->village, &kept);
	pair->road.lose_answer = 1000;
	for (unsigned i = 0; i < 6; i++)
		assert_int_equal(sync_of(pair->village, &pair->road, &fault), RC_LINK);
	pair->road.lose_answer = 0;
	both_agree(pair);
	assert_true(site_at(pair->village) != own);
	assert_int_equal(world_count(pair->village, KIND_hazard), 1);
	world_drop(kept.copy);
}

static void of_two_machines_one_goes_on_anew(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	struct kept_one kept;
	struct store *other;
	struct fault fault;

	both_agree(pair);
	keep(pair->village, &kept);
	other = twin(&kept);
	world_hazard(pair->village, 0, "甲");
	world_hazard(other, 0, "乙");
	assert_int_equal(sync_of(pair->village, &pair->road, &fault), RC_OK);
	assert_int_equal(sync_of(other, &pair->road, &fault), RC_OK);
	assert_true(site_at(pair->village) == own);
	assert_true(site_at(other) != own);
	both_agree(pair);
	assert_true(site_at(pair->village) == own);
	assert_int_equal(world_count(pair->town, KIND_hazard), 2);
	world_end(other);
}

/* A restore by the rules loses nothing that others have, and knows what it asked. */
static void a_restored_village_that_wrote_nothing_goes_on(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village);
	char path[140], home[96];
	struct fault fault;

	both_agree(pair);
	snprintf(home, sizeof home, "%s", store_home(pair->village));
	snprintf(path, sizeof path, "%s/day.db", home);
	assert_int_equal(store_backup(pair->village, path, &fault), RC_OK);
	world_hazard(pair->town, village_area, "镇上写的");
	for (unsigned i = 0; i < 5; i++)
		both_agree(pair);
	store_close(pair->village);
	assert_int_equal(store_restore(home, path, &fault), RC_OK);
	assert_int_equal(store_open(&pair->village, home, STORE_FAST, &fault), RC_OK);
	both_agree(pair);
	assert_true(site_at(pair->village) == own);
	assert_int_equal(world_count(pair->village, KIND_hazard), 1);
}

/* Nothing but files are carried either way. */
static void a_stick_shows_it_as_well(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village), from;
	struct carry_count count;
	struct buf file = {0};
	struct site other;
	struct kept_one kept;
	struct fault fault;

	both_agree(pair);
	keep(pair->village, &kept);
	world_hazard(pair->village, 0, "会丢的");
	assert_true(log_site(store_log(pair->village), site_at(pair->town), &other));
	assert_int_equal(carry_pack(pair->village, &other, &file, &count, &fault), RC_OK);
	assert_int_equal(carry_take(pair->town, buf_bytes(&file), &from, &count, &fault), RC_OK);
	put_back(&pair->village, &kept);
	world_hazard(pair->village, 0, "后写的");
	buf_clear(&file);
	assert_true(log_site(store_log(pair->town), own, &other));
	assert_int_equal(carry_pack(pair->town, &other, &file, &count, &fault), RC_OK);
	assert_int_equal(carry_take(pair->village, buf_bytes(&file), &from, &count, &fault), RC_OK);
	assert_true(site_at(pair->village) != own);
	both_agree(pair);
	assert_int_equal(world_count(pair->town, KIND_hazard), 2);
	buf_release(&file);
	world_drop(kept.copy);
}

/* ---- the hub */

static void the_hub_put_back_ends_by_its_own_answer(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->town);
	struct kept_one kept;

	both_agree(pair);
	keep(pair->town, &kept);
	world_hazard(pair->village, 0, "镇上丢的");
	both_agree(pair);
	put_back(&pair->town, &kept);
	pair->road.hub = pair->town;
	both_agree(pair);
	assert_true(site_at(pair->town) != own);
	assert_int_equal(world_count(pair->town, KIND_hazard), 1);
	world_drop(kept.copy);
}

/* To the day before its site ended: the village shows it its own word. */
static void the_hub_put_back_before_its_end(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->town), next;
	struct kept_one kept;

	both_agree(pair);
	keep(pair->town, &kept);
	world_hazard(pair->village, 0, "丢两次的");
	both_agree(pair);
	for (unsigned i = 0; i < 2; i++) {
		put_back(&pair->town, &kept);
		assert_true(site_at(pair->town) == own);
		pair->road.hub = pair->town;
		both_agree(pair);
		assert_true(site_at(pair->town) != own);
		next = site_at(pair->town);
		when_skip(3601);
		both_agree(pair);
		assert_true(site_at(pair->town) == next);
	}
	assert_int_equal(world_count(pair->town, KIND_hazard), 1);
	world_drop(kept.copy);
}

/* One frame of an enrolled village, whatever it says, changes nothing but what is remembered of
 * that village. */
static void words_and_others_evidence_end_no_hub(void **state)
{
	struct pair *pair = *state;
	struct store *other = world_station("other", other_area);
	struct road road = {.hub = pair->town, .seed = 5};
	uint64_t own = site_at(pair->town), number = log_number(store_log(pair->town));
	struct evidence kept[EVIDENCES], others[EVIDENCES];
	struct trace none = {{0}, {0}};
	struct arena arena = {0};
	struct message answer, question;
	struct sync_result result;

	world_join(other, pair->town, "other", other_area);
	both_agree(pair);
	evidence_load(pair->village, own, kept);
	for (unsigned i = 0; i < 60; i++)
		assert_true(world_sync(other, &road, 3, &result));
	evidence_load(other, own, others);
	assert_true(kept[0].number && others[0].number > kept[0].number + 30);
	const struct trace *shown[] = {NULL, &none, &kept[0].trace, &others[0].trace};
	for (unsigned i = 0; i < countof(shown); i++)
		for (unsigned later = 0; later < 2; later++) {
			struct buf trace = {0};
			question = remembers(pair, (struct bytes){0, 0});
			question.store += later;
			question.number = kept[0].number + 10 + 2 * i + later;
			if (i == 3)
				question.heard = others[0].number;
			if (shown[i]) {
				trace_put(&trace, shown[i]);
				extra_add(&question, EXTRA_EVIDENCE, buf_bytes(&trace), &arena);
			}
			for (unsigned lane = 0; lane < LANES; lane++)
				question.got[lane] = question.before[lane] = UINT64_MAX;
			question.got_mask = EVERY_LANE;
			ask(pair, &question, &answer, &arena);
			assert_int_equal(answer.status, ANSWER_DONE);
			assert_true(answer.full);
			assert_true(answer.store == (later ? number : 0));
			buf_release(&trace);
		}
	assert_true(site_at(pair->town) == own);
	assert_true(log_number(store_log(pair->town)) == number);
	assert_int_equal(claims(pair->town, CLAIM_ANSWER), 8);
	/* The others are not asked for anything, and that village gets all anew. */
	uint64_t swaps = road.swaps;
	assert_true(world_sync(other, &road, 1, &result));
	assert_int_equal(road.swaps, swaps + 1);
	world_hazard(pair->village, 0, "之后");
	both_agree(pair);
	arena_release(&arena);
	world_end(other);
}

/* A hub restored by the rules has a new number and has forgotten answers, as everybody is told: a
 * village that shows one, and says the wrong number of the store, proves nothing. */
static void an_answer_of_an_older_store_ends_no_hub(void **state)
{
	struct pair *pair = *state;
	struct evidence kept[EVIDENCES];
	struct arena arena = {0};
	struct message answer, question;
	char path[140], home[96];
	struct buf trace = {0};
	struct fault fault;
	uint64_t own = site_at(pair->town);

	both_agree(pair);
	snprintf(home, sizeof home, "%s", store_home(pair->town));
	snprintf(path, sizeof path, "%s/day.db", home);
	assert_int_equal(store_backup(pair->town, path, &fault), RC_OK);
	world_hazard(pair->village, 0, "桥下");
	both_agree(pair);
	evidence_load(pair->village, own, kept);
	store_close(pair->town);
	assert_int_equal(store_restore(home, path, &fault), RC_OK);
	assert_int_equal(store_open(&pair->town, home, STORE_FAST, &fault), RC_OK);
	pair->road.hub = pair->town;
	assert_true(site_at(pair->town) == own);
	question = remembers(pair, (struct bytes){0, 0});
	question.heard = kept[0].number;
	trace_put(&trace, &kept[0].trace);
	extra_add(&question, EXTRA_EVIDENCE, buf_bytes(&trace), &arena);
	ask(pair, &question, &answer, &arena);
	assert_true(site_at(pair->town) == own);
	both_agree(pair);
	assert_true(site_at(pair->town) == own);
	assert_int_equal(world_count(pair->town, KIND_hazard), 1);
	buf_release(&trace);
	arena_release(&arena);
}

/* ---- how often */

static void once_an_hour(void **state)
{
	struct pair *pair = *state;
	uint64_t own;
	struct kept_one kept;
	struct fault fault;

	for (unsigned i = 0; i < 2; i++) {
		both_agree(pair);
		own = site_at(pair->village);
		keep(pair->village, &kept);
		world_hazard(pair->village, 0, "会丢的");
		both_agree(pair);
		put_back(&pair->village, &kept);
		world_drop(kept.copy);
		if (i == 1) { /* nothing is taken or forgotten meanwhile */
			assert_int_equal(sync_of(pair->village, &pair->road, &fault), RC_LINK);
			assert_non_null(strstr(fault.text, "一小时"));
			assert_true(site_at(pair->village) == own);
			when_skip(3601);
		}
		both_agree(pair);
		assert_true(site_at(pair->village) != own);
		assert_int_equal(world_count(pair->village, KIND_hazard), i + 1);
	}
}

/* A station that slept while the one above went on more often than one answer can tell. */
static void however_often_it_ended(void **state)
{
	struct pair *pair = *state;
	struct buf successors = {0};
	struct fault fault;

	both_agree(pair);
	for (unsigned i = 0; i < 3 * SUCCESSORS_MOST + 2; i++) {
		assert_int_equal(log_site_ends(store_log(pair->town), &fault), RC_OK);
		world_hazard(pair->town, village_area, "镇上写的");
	}
	successors_get(pair->town, &successors);
	assert_int_equal(successors.len / SUCCESSOR_SIZE, 3 * SUCCESSORS_MOST + 2);
	both_agree(pair);
	assert_int_equal(
		world_count(pair->village, KIND_hazard), world_count(pair->town, KIND_hazard));
	for (unsigned i = 0; i < 2 * SUCCESSORS_MOST + 1; i++) {
		assert_int_equal(log_site_ends(store_log(pair->village), &fault), RC_OK);
		world_hazard(pair->village, 0, "村里写的");
	}
	both_agree(pair);
	buf_release(&successors);
}

/* ---- programs of release 0.1: nonces by chance, and nothing is shown */

static void seal_as_before(struct store *store, const struct site *to, uint64_t agree_id,
	const struct message *message, struct buf *out)
{
	struct message_ways ways = {.sender = site_at(store), .receiver = to->site, .plain = true};
	struct buf plain = {0}, packed = {0};
	const struct keys *keys = store_keys(store);
	struct seal_key key;

	assert_true(seal_key(&key, keys->agree_secret, keys->agree_public, to->agree_public, true,
		(uint8_t)agree_id));
	message_put(&plain, message, false, &ways);
	frame_pack(&packed, buf_bytes(&plain), (struct bytes){0, 0});
	seal_put(out, &key, site_at(store), buf_bytes(&packed));
	buf_release(&plain);
	buf_release(&packed);
}

static void an_old_station_is_answered(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->town);
	struct message question = {.type = MESSAGE_ASK, .full = true, .number = 500};
	struct message answer;
	struct buf frame = {0}, out = {0};
	struct arena arena = {0};
	struct fault fault;
	struct peer peer;

	both_agree(pair);
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	for (unsigned i = 0; i < 3; i++) {
		question.number++;
		question.store = log_number(store_log(pair->town));
		question.heard = i == 2 ? 9999 : question.number - 1;
		buf_clear(&frame);
		seal_as_before(pair->village, &peer.site, 0, &question, &frame);
		struct bytes asks[1] = {buf_bytes(&frame)};
		assert_int_equal(hub_answer(pair->town, asks, &out, 1, &fault), RC_OK);
		assert_int_equal(frame_open(pair->village, &peer.site, buf_bytes(&out), &arena,
					 &answer, &fault),
			RC_OK);
		assert_int_equal(answer.status, ANSWER_DONE);
	}
	assert_true(site_at(pair->town) == own);
	/* It would never be shown as asked by chance. */
	world_hazard(pair->village, 0, "之后");
	own = site_at(pair->village);
	both_agree(pair);
	assert_true(site_at(pair->village) == own);
	buf_release(&frame);
	buf_release(&out);
	arena_release(&arena);
}

static void an_old_hub_is_heard(void **state)
{
	struct pair *pair = *state;
	uint64_t own = site_at(pair->village), town = site_at(pair->town);
	struct sync_result result = {0};
	struct evidence kept[EVIDENCES];
	struct asking asking;
	struct buf frame = {0}, out = {0};
	struct site village;
	struct peer peer;
	struct fault fault;

	both_agree(pair);
	assert_true(log_site(store_log(pair->town), own, &village));
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	assert_int_equal(
		ask_make(pair->village, &peer, EVERY_LANE, &asking, &frame, &fault), RC_OK);
	struct message answer = {.type = MESSAGE_ANSWER,
		.number = asking.number,
		.full = true,
		.store = peer.store,
		.heard = asking.number,
		.time = when_now_ms()};
	seal_as_before(pair->town, &village, 0, &answer, &out);
	assert_int_equal(
		answer_apply(pair->village, &peer, &asking, buf_bytes(&out), &result, &fault),
		RC_OK);
	evidence_load(pair->village, town, kept);
	assert_true(kept[EVIDENCE_NEWEST].number == asking.number);
	/* The new hub does not remember it, and it is no evidence: all is told anew, by a word. */
	both_agree(pair);
	assert_true(site_at(pair->town) == town);
	assert_int_equal(claims(pair->town, CLAIM_ANSWER), 1);
	buf_release(&frame);
	buf_release(&out);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(the_village_put_back_before_it_writes),
		CASE(the_village_put_back_writes_a_number_twice),
		CASE(the_village_put_back_asks_in_vain_first),
		CASE(the_evidence_stays_until_it_is_heard),
		CASE(of_two_machines_one_goes_on_anew),
		CASE(a_restored_village_that_wrote_nothing_goes_on),
		CASE(a_stick_shows_it_as_well),
		CASE(the_hub_put_back_ends_by_its_own_answer),
		CASE(the_hub_put_back_before_its_end),
		CASE(words_and_others_evidence_end_no_hub),
		CASE(an_answer_of_an_older_store_ends_no_hub),
		CASE(once_an_hour),
		CASE(however_often_it_ended),
		CASE(an_old_station_is_answered),
		CASE(an_old_hub_is_heard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
