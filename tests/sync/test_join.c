/* SPDX-License-Identifier: GPL-3.0-or-later
 * Joining: who holds an invitation becomes one new station and nothing else; who was refused, and
 * who replays what was recorded, changes no byte of the other's database.
 * Tests also: join.c enrol.c invite.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/swap.h"
#include "sync/enrol/internal.h"
#include "sync/keys/internal.h"

#include <fcntl.h>
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
	*state = world_three(true);
	return 0;
}

static int end(void **state)
{
	world_three_end(*state);
	return 0;
}

static uint64_t number_of(struct store *store)
{
	return store_station(store)->site;
}

static struct site row(struct store *store, struct store *of)
{
	struct site site;

	assert_true(log_site(store_log(store), number_of(of), &site));
	return site;
}

static void read_into(struct buf *all, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = 1;

	while (fd >= 0 && got > 0) {
		uint8_t *at = buf_grow(all, 65536);
		got = read(fd, at, 65536);
		all->len -= 65536 - (size_t)(got > 0 ? got : 0);
	}
	if (fd >= 0)
		close(fd);
}

/* Every byte of the database, as far as it is written: the file and what stands behind it. */
static uint64_t bytes_of_store(struct store *store)
{
	static const char *const files[] = {"station.db", "station.db-wal"};
	struct buf all = {0};
	uint8_t hash[HASH_SIZE];
	uint64_t print;
	char path[300];

	for (size_t i = 0; i < countof(files); i++) {
		snprintf(path, sizeof path, "%s/%s", store_home(store), files[i]);
		read_into(&all, path);
	}
	assert_true(all.len > 4096);
	crypt_hash(buf_bytes(&all), hash);
	memcpy(&print, hash, sizeof print);
	buf_release(&all);
	return print;
}

static void invite(struct store *hub, uint64_t area, const char *name, struct token *token)
{
	char text[TOKEN_TEXT];
	struct fault fault;

	assert_int_equal(
		enrol_invite(hub,
			&(struct guest){
				.area = area, .level = LEVEL_VILLAGE, .name = name, .ways = ""},
			text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, token, &fault), RC_OK);
}

static void ask(struct store *store, const struct token *token, struct buf *frame)
{
	struct fault fault;

	buf_clear(frame);
	assert_int_equal(enrol_ask(store, token, frame, &fault), RC_OK);
}

static void swap(struct store *hub, const struct buf *frame, struct buf *answer)
{
	struct bytes asks[1] = {buf_bytes(frame)};
	struct fault fault;

	assert_int_equal(hub_answer(hub, asks, answer, 1, &fault), RC_OK);
}

/* The hub gives no grant for FRAME and writes nothing. */
static void refused(struct store *hub, const struct buf *frame)
{
	struct buf answer = {0};
	uint64_t before = bytes_of_store(hub);

	swap(hub, frame, &answer);
	assert_int_equal(answer.len, 0);
	assert_true(bytes_of_store(hub) == before);
	buf_release(&answer);
}

static enum rc apply(struct store *store, const struct buf *answer)
{
	struct fault fault;

	return enrol_apply(store, buf_bytes(answer), &fault);
}

static void works(struct store *lower, struct store *hub)
{
	struct road road = {.hub = hub, .seed = 5};
	struct sync_result result;
	unsigned before = world_count(hub, KIND_hazard);

	world_hazard(lower, 0, "桥下");
	assert_true(world_sync(lower, &road, 6, &result));
	assert_int_equal(world_count(hub, KIND_hazard), before + 1);
}

/* ---- who has an invitation becomes nobody else */

/* THIEF's store says that it has the signing key of VICTIM; it has not. */
static void wear(struct store *thief, struct store *victim)
{
	struct keys *keys = (struct keys *)(uintptr_t)store_keys(thief);

	memcpy(keys->sign_public, store_keys(victim)->sign_public, SIGN_PUBLIC);
}

static void an_invitation_makes_nobody_another_station(void **state)
{
	struct three *w = *state;
	struct store *orphan = world_station("stray", other_area);
	struct store *const victims[] = {w->town, w->county, w->village, orphan};
	struct token token;
	struct buf frame = {0};

	for (size_t i = 0; i < countof(victims); i++) {
		struct store *thief = world_station("thief", other_area);
		invite(w->town, other_area, "thief", &token);
		wear(thief, victims[i]);
		ask(thief, &token, &frame);
		refused(w->town, &frame);
		world_end(thief);
	}
	/* The invitation is still there for whom it was meant. */
	ask(orphan, &token, &frame);
	struct buf answer = {0};
	swap(w->town, &frame, &answer);
	assert_int_equal(apply(orphan, &answer), RC_OK);
	works(orphan, w->town);
	works(w->village, w->town);
	buf_release(&answer);
	buf_release(&frame);
	world_end(orphan);
}

/* With its own key: a hub below itself, or below a station that it stands above. */
static void nobody_joins_below_itself(void **state)
{
	struct three *w = *state;
	struct token token;
	struct buf frame = {0};

	invite(w->town, other_area, "itself", &token);
	ask(w->town, &token, &frame);
	refused(w->town, &frame);
	ask(w->county, &token, &frame);
	refused(w->town, &frame);
	buf_release(&frame);
}

/* A hub gives the question that it got to another hub, where it has an invitation itself. */
static void a_question_is_for_one_hub_and_one_invitation(void **state)
{
	struct three *w = *state;
	struct store *far = world_station("far", 410882104000);
	struct store *guest = world_station("guest", other_area);
	struct token token, other;
	struct buf frame = {0};
	struct fault fault;

	world_join(far, w->county, "far", 410882104000);
	/* Sealed for the other hub with its secret: all that is not signed can be made. */
	invite(w->town, other_area, "guest", &token);
	invite(far, 410882104201, "guest", &other);
	for (int part = 0; part < 3; part++) {
		struct token mixed = token;
		memcpy(mixed.agree_public, other.agree_public, AGREE_PUBLIC);
		if (part > 0)
			memcpy(mixed.secret, other.secret, SECRET_SIZE);
		if (part > 1)
			mixed.area = other.area;
		ask(guest, &mixed, &frame);
		refused(far, &frame);
	}
	/* For another place than the invitation's. */
	struct token moved = other;
	moved.area = 410882104202;
	ask(guest, &moved, &frame);
	refused(far, &frame);
	moved = other;
	moved.level = LEVEL_TOWNSHIP;
	ask(guest, &moved, &frame);
	refused(far, &frame);
	ask(guest, &other, &frame);
	frame.at[5] ^= 1; /* the agreement key is signed as well */
	refused(far, &frame);
	assert_int_equal(peer_load(guest, &(struct peer){.question = 0}, &fault), RC_NONE);
	buf_release(&frame);
	world_end(guest);
	world_end(far);
}

/* ---- what comes again */

static void a_used_invitation_that_comes_again_touches_nothing(void **state)
{
	struct three *w = *state;
	struct store *guest = world_station("guest", other_area);
	struct store *second = world_station("second", other_area);
	struct token token;
	struct buf first = {0}, again = {0}, answer = {0};
	struct fault fault;

	invite(w->town, other_area, "guest", &token);
	ask(guest, &token, &first);
	swap(w->town, &first, &answer); /* which is lost */
	uint64_t before = bytes_of_store(w->town);
	swap(w->town, &first, &answer);
	assert_true(bytes_of_store(w->town) == before);
	assert_int_equal(apply(guest, &answer), RC_OK);
	works(guest, w->town);
	/* By somebody else. */
	ask(second, &token, &again);
	refused(w->town, &again);
	/* Recorded, and long after, when the keys are others: whoever replays it gets an answer
	 * that he cannot open, and the two go on. */
	assert_int_equal(keyring_rotate(guest, &fault), RC_OK);
	assert_int_equal(keyring_rotate(w->town, &fault), RC_OK);
	works(guest, w->town);
	works(guest, w->town);
	for (int day = 0; day < 3; day++) {
		before = bytes_of_store(w->town);
		swap(w->town, &first, &answer);
		assert_true(bytes_of_store(w->town) == before);
		when_skip(29 * DAY);
	}
	works(guest, w->town);
	/* The station itself asks once more, as its answer may have been lost as well. */
	ask(guest, &token, &again);
	before = bytes_of_store(w->town);
	swap(w->town, &again, &answer);
	assert_true(bytes_of_store(w->town) == before);
	assert_int_equal(apply(guest, &answer), RC_OK);
	works(guest, w->town);
	works(guest, w->town);
	when_skip(-3 * 29 * DAY);
	buf_release(&first);
	buf_release(&again);
	buf_release(&answer);
	world_end(guest);
	world_end(second);
}

/* A question lay on a stick while its writer joined again elsewhere in the township. */
static void an_older_question_changes_nothing(void **state)
{
	struct three *w = *state;
	struct token one, two;
	struct buf lay = {0}, frame = {0}, answer = {0};

	invite(w->town, other_area, "village", &one);
	invite(w->town, 410882103207, "village", &two);
	ask(w->village, &one, &lay);
	when_skip(60);
	ask(w->village, &two, &frame);
	swap(w->town, &frame, &answer);
	assert_int_equal(apply(w->village, &answer), RC_OK);
	works(w->village, w->town);
	refused(w->town, &lay);
	assert_int_equal(row(w->town, w->village).area, 410882103207);
	works(w->village, w->town);
	/* Nor does the first invitation bring it back once it was used and left. */
	refused(w->town, &lay);
	buf_release(&lay);
	buf_release(&frame);
	buf_release(&answer);
}

/* An answer that was recorded is none to the next question. */
static void an_old_answer_is_no_answer(void **state)
{
	struct three *w = *state;
	struct token token;
	struct buf frame = {0}, old = {0}, answer = {0};

	invite(w->town, village_area, "village", &token);
	ask(w->village, &token, &frame);
	swap(w->town, &frame, &old);
	assert_int_equal(apply(w->village, &old), RC_OK);
	assert_int_equal(apply(w->village, &old), RC_NONE); /* nothing was asked */
	works(w->village, w->town);
	when_skip(10 * DAY);
	invite(w->town, village_area, "village", &token);
	ask(w->village, &token, &frame);
	uint64_t before = bytes_of_store(w->village);
	assert_int_equal(apply(w->village, &old), RC_BAD);
	assert_true(bytes_of_store(w->village) == before);
	swap(w->town, &frame, &answer);
	assert_int_equal(apply(w->village, &answer), RC_OK);
	works(w->village, w->town);
	when_skip(-10 * DAY);
	buf_release(&frame);
	buf_release(&old);
	buf_release(&answer);
}

/* ---- at the new station */

static void a_refusal_leaves_the_station_as_it_was(void **state)
{
	struct three *w = *state;
	struct store *far = world_station("far", 410882104000);
	struct token token;
	struct buf frame = {0}, none = {0}, answer = {0}, copy = {0};
	struct peer peer;
	struct fault fault;

	world_join(far, w->county, "far", 410882104000);
	works(w->village, w->town);
	invite(far, 410882104201, "village", &token);
	ask(w->village, &token, &frame);
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	assert_int_equal(peer.site.site, number_of(w->town));
	uint64_t before = bytes_of_store(w->village);
	assert_int_equal(apply(w->village, &none), RC_DENIED);
	swap(far, &frame, &answer);
	for (size_t i = 0; i < answer.len; i += 7) {
		buf_clear(&copy);
		buf_put(&copy, answer.at, answer.len);
		copy.at[i] ^= 1;
		assert_int_not_equal(apply(w->village, &copy), RC_OK);
	}
	assert_true(bytes_of_store(w->village) == before);
	works(w->village, w->town); /* its old hub is still there */
	assert_int_equal(apply(w->village, &answer), RC_OK);
	assert_int_equal(store_station(w->village)->area, 410882104201);
	works(w->village, far);
	buf_release(&frame);
	buf_release(&answer);
	buf_release(&copy);
	world_end(far);
}

/* Numbers of questions go on, so that no answer of before fits one that is asked now. */
static void numbers_go_on_after_joining_again(void **state)
{
	struct three *w = *state;
	struct peer before, after;
	struct fault fault;

	works(w->village, w->town);
	works(w->village, w->town);
	assert_int_equal(peer_load(w->village, &before, &fault), RC_OK);
	world_join(w->village, w->town, "village", village_area);
	assert_int_equal(peer_load(w->village, &after, &fault), RC_OK);
	assert_true(after.question >= before.question && before.question > 0);
	works(w->village, w->town);
}

/* The township that a village joins once more tells it another county, and the same county in
 * another place and with other keys. */
static void a_hub_does_not_say_who_its_county_is(void **state)
{
	struct three *w = *state;
	struct store *false_city = world_station("nobody", 410000000000);
	struct site was = row(w->village, w->county), lie = row(w->town, w->county);
	struct site city = {.site = number_of(false_city), .area = 410000000000};
	struct fault fault;

	city.level = LEVEL_PROVINCE;
	memcpy(city.sign_public, store_keys(false_city)->sign_public, SIGN_PUBLIC);
	memcpy(city.agree_public, store_keys(false_city)->agree_public, AGREE_PUBLIC);
	memset(lie.agree_public, 7, AGREE_PUBLIC);
	lie.agree_id = 3;
	lie.area = 410800000000;
	lie.until = 1;
	lie.rights = 1;
	lie.above = city.site;
	snprintf(lie.name, sizeof lie.name, "other");
	assert_int_equal(log_site_set(store_log(w->town), &lie, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(w->town), &city, &fault), RC_OK);
	world_join(w->village, w->town, "village", village_area);
	lie = row(w->village, w->county);
	assert_memory_equal(lie.agree_public, was.agree_public, AGREE_PUBLIC);
	assert_int_equal(lie.area, was.area);
	assert_int_equal(lie.level, was.level);
	assert_int_equal(lie.until, was.until);
	assert_int_equal(lie.rights, was.rights);
	assert_int_equal(lie.above, was.above);
	assert_int_equal(lie.agree_id, was.agree_id);
	assert_string_equal(lie.name, was.name);
	assert_false(log_site(store_log(w->village), city.site, &lie) && lie.area);
	world_end(false_city);
}

/* The county has left one city for another; its township shows the word that it gave the first. */
static void a_hub_does_not_give_back_an_old_word(void **state)
{
	struct three *w = *state;
	struct store *cities[2] = {
		world_station("one", 410800000000), world_station("two", 410800000000)};
	struct joined words[2];
	struct site rows[2];
	struct fault fault;

	for (int i = 0; i < 2; i++) {
		when_skip(60);
		world_join(w->county, cities[i], "county", county_area);
		world_join(w->town, w->county, "town", town_area);
		joined_get(w->town, number_of(w->county), &words[i]);
		rows[i] = row(w->town, w->county);
		assert_int_equal(words[i].hub, number_of(cities[i]));
		world_join(w->village, w->town, "village", village_area);
		assert_int_equal(row(w->village, w->county).above, number_of(cities[i]));
	}
	assert_true(words[1].number > words[0].number);
	assert_int_equal(joined_set(w->town, number_of(w->county), &words[0], &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(w->town), &rows[0], &fault), RC_OK);
	world_join(w->village, w->town, "village", village_area);
	assert_int_equal(row(w->village, w->county).above, number_of(cities[1]));
	world_end(cities[0]);
	world_end(cities[1]);
}

/* ---- programs of before the signature */

/* The question as release 0.1 asks it. */
static void ask_unsigned(struct store *store, const struct token *token, struct buf *frame)
{
	const struct keys *keys = store_keys(store);
	struct buf fields = {0};
	uint8_t nonce[NONCE_SIZE] = {0}, bound[JOIN_BOUND] = {JOIN_VERSION};
	struct seal_key key;

	assert_true(seal_key(
		&key, keys->agree_secret, keys->agree_public, token->agree_public, true, 0));
	put_bytes(&fields, JOIN_SECRET, WIRE_BYTES, bytes_of(token->secret, SECRET_SIZE));
	put_bytes(&fields, JOIN_NAME, WIRE_TEXT, bytes_text("old"));
	put_bytes(&fields, JOIN_CODE, WIRE_TEXT, bytes_text("OLD"));
	put_num(&fields, JOIN_AGREE, 0);
	crypt_random(nonce, SEAL_NONCE);
	memcpy(bound + 1, keys->agree_public, AGREE_PUBLIC);
	memcpy(bound + 1 + AGREE_PUBLIC, keys->sign_public, SIGN_PUBLIC);
	buf_clear(frame);
	buf_put(frame, bound, sizeof bound);
	buf_put(frame, nonce, SEAL_NONCE);
	crypt_seal(frame, key.key, nonce, bytes_of(bound, sizeof bound), buf_bytes(&fields));
	buf_release(&fields);
}

static void an_old_program_is_told_to_update_and_loses_nothing(void **state)
{
	struct three *w = *state;
	struct store *guest = world_station("guest", other_area);
	struct token token;
	struct buf frame = {0}, answer = {0}, good = {0};
	struct fault fault = {0};

	invite(w->town, other_area, "guest", &token);
	ask(guest, &token, &good); /* so that there is something to apply */
	ask_unsigned(guest, &token, &frame);
	uint64_t before = bytes_of_store(w->town);
	struct bytes asks[1] = {buf_bytes(&frame)};
	assert_int_equal(hub_answer(w->town, asks, &answer, 1, &fault), RC_OK);
	assert_true(bytes_of_store(w->town) == before);
	assert_int_equal(fault.rc, RC_NEWER); /* for the hub's own log */
	assert_true(answer.len > 0);
	before = bytes_of_store(guest);
	assert_int_equal(enrol_apply(guest, buf_bytes(&answer), &fault), RC_NEWER);
	assert_true(bytes_of_store(guest) == before);
	swap(w->town, &good, &answer);
	assert_int_equal(apply(guest, &answer), RC_OK);
	works(guest, w->town);
	/* A known station, too: who wears its number has nothing but the invitation. */
	invite(w->town, other_area, "guest", &token);
	wear(guest, w->village);
	ask_unsigned(guest, &token, &frame);
	before = bytes_of_store(w->town);
	swap(w->town, &frame, &answer);
	assert_true(bytes_of_store(w->town) == before);
	works(w->village, w->town);
	buf_release(&frame);
	buf_release(&answer);
	buf_release(&good);
	world_end(guest);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(an_invitation_makes_nobody_another_station),
		CASE(nobody_joins_below_itself),
		CASE(a_question_is_for_one_hub_and_one_invitation),
		CASE(a_used_invitation_that_comes_again_touches_nothing),
		CASE(an_older_question_changes_nothing),
		CASE(an_old_answer_is_no_answer),
		CASE(a_refusal_leaves_the_station_as_it_was),
		CASE(numbers_go_on_after_joining_again),
		CASE(a_hub_does_not_say_who_its_county_is),
		CASE(a_hub_does_not_give_back_an_old_word),
		CASE(an_old_program_is_told_to_update_and_loses_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
