/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stores and frames written by release 0.1 (tests/data/release-0.1): the stores open, the questions
 * are answered, the answers are applied, all ends sync, and no fact is lost.
 */
#include "unpacked.h"
#include "world.h"

#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/enrol.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define DATA "tests/data/release-0.1/"
enum { RECORDED = 1783996200 /* 2026-07-14 10:30 Beijing time */, FACTS_MOST = 400 };

static const char *const stores[] = {"county", "township", "village", "other", "joiner",
	"township-ended", "township-lacks", "village-newer-key", "village-introduces",
	"village-gives-back", "other-ended"};

/* ---- folders */

static char top[UNPACKED_PATH]; /* all of a case's folders */

static int begin(void **state)
{
	(void)state;
	when_hold(RECORDED);
	crypt_start();
	unpacked_begin(top, DATA "stores.tar.gz");
	return 0;
}

static int end(void **state)
{
	(void)state;
	unpacked_end(top);
	return 0;
}

static struct store *open_store(const char *name)
{
	char home[120];
	struct store *store = NULL;
	struct fault fault;

	snprintf(home, sizeof home, "%s/%s", top, name);
	if (store_open(&store, home, STORE_FAST, &fault) != RC_OK)
		fail_msg("%s: %s", name, fault.text);
	return store;
}

/* ---- facts, read without the store's own code */

struct kept_one {
	uint64_t site, print;
	uint32_t seq;
};
struct all {
	struct kept_one at[FACTS_MOST];
	size_t count;
};

static uint64_t print_of(const void *at, int len)
{
	uint8_t hash[HASH_SIZE];
	uint64_t print;

	crypt_hash(bytes_of(at, (size_t)len), hash);
	memcpy(&print, hash, sizeof print);
	return print;
}

static void read_facts(const char *name, struct all *all)
{
	char path[140];
	sqlite3 *db;
	sqlite3_stmt *rows;

	snprintf(path, sizeof path, "%s/%s/station.db", top, name);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT site, seq, body FROM fact", -1, &rows, NULL),
		SQLITE_OK);
	all->count = 0;
	while (sqlite3_step(rows) == SQLITE_ROW) {
		assert_true(all->count < FACTS_MOST);
		all->at[all->count++] =
			(struct kept_one){.site = (uint64_t)sqlite3_column_int64(rows, 0),
				.seq = (uint32_t)sqlite3_column_int64(rows, 1),
				.print = print_of(sqlite3_column_blob(rows, 2),
					sqlite3_column_bytes(rows, 2))};
	}
	sqlite3_finalize(rows);
	sqlite3_close(db);
	assert_true(all->count > 5 || !strcmp(name, "joiner"));
}

/* STORE has them all, as they were written. */
static void has_all(struct store *store, const struct all *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct arena arena = {0};
		struct fact fact;
		const struct kept_one *kept = &all->at[i];
		assert_true(log_fact(store_log(store), kept->site, kept->seq, &arena, &fact));
		assert_true(print_of(fact.raw.at, (int)fact.raw.len) == kept->print);
		arena_release(&arena);
	}
}

static void sound(struct store *store)
{
	struct check check;
	struct fault fault;

	assert_int_equal(store_check(store, false, &check, &fault), RC_OK);
	assert_true(check.sound);
	assert_int_equal(check.bad_facts, 0);
	assert_int_equal(check.wrong_rows, 0);
}

/* ---- frames */

static void read_part(const char *frames, const char *part, struct buf *out)
{
	struct buf path = {0};
	struct fault fault;

	buf_fmt(&path, DATA "%s/%s", frames, part);
	buf_clear(out);
	assert_int_equal(file_read(buf_cstr(&path), LIMIT_FRAME, out, &fault), RC_OK);
	buf_release(&path);
}

/* "NAME number number …" in TEXT. */
static unsigned read_numbers(const char *text, const char *name, uint64_t out[], unsigned most)
{
	const char *at = strstr(text, name);
	char *next = (char *)(at ? at + strlen(name) : "");
	unsigned n = 0;

	assert_non_null(at);
	while (n < most && *next == ' ')
		out[n++] = strtoull(next, &next, 10);
	return n;
}

static void read_asking(const char *frames, struct asking *asking)
{
	struct buf text = {0};
	uint64_t one[1] = {0};
	const char *all, *hash;

	read_part(frames, "asking", &text);
	all = buf_cstr(&text);
	*asking = (struct asking){0};
	read_numbers(all, "number", &asking->number, 1);
	read_numbers(all, "more_mask", one, 1);
	asking->more_mask = (unsigned)one[0];
	read_numbers(all, "full", one, 1);
	asking->full = one[0];
	read_numbers(all, "strays", one, 1);
	asking->orphans = (int64_t)one[0];
	read_numbers(all, "facts", one, 1);
	asking->facts = (size_t)one[0];
	read_numbers(all, "made_ms", one, 1);
	asking->made_ms = (int64_t)one[0];
	assert_int_equal(read_numbers(all, "sent", asking->sent, LANES), LANES);
	assert_int_equal(read_numbers(all, "told", asking->told, LANES), LANES);
	hash = strstr(all, "hash ") + 5;
	for (unsigned i = 0; i < HASH_SIZE; i++) {
		char two[3] = {hash[2 * i], hash[2 * i + 1], 0};
		asking->hash[i] = (uint8_t)strtoul(two, NULL, 16);
	}
	buf_release(&text);
}

/* The facts of FRAME, which SENDER sealed for READER, before it is answered: that changes what both
 * know without saying. */
static void facts_of(
	struct store *reader, const struct store *sender, struct bytes frame, struct all *all)
{
	struct arena arena = {0};
	struct message message;
	struct site from;
	struct fault fault;

	frame = intro_skip(successor_skip(frame));
	all->count = 0;
	if (!log_site(store_log(reader), store_station(sender)->site, &from))
		return; /* its statement stands in front, and was not followed yet */
	if (frame_open(reader, &from, frame, &arena, &message, &fault) == RC_OK)
		for (size_t i = 0; i < message.fact_count; i++) {
			struct bytes raw = message.facts[i].raw;
			struct op op;
			assert_true(op_take(raw, &op));
			all->at[all->count++] =
				(struct kept_one){op.site, print_of(raw.at, (int)raw.len), op.seq};
		}
	arena_release(&arena);
}

struct recorded {
	const char *frames, *asker, *hub;
	size_t up, down; /* facts in the question, and new ones in the answer */
	bool changed;    /* the hub is not what it was in the data since it gave this answer */
};

static const struct recorded recorded[] = {
	{"ordinary", "village", "township", 2, 2, false},
	{"full", "village", "township", 2, 2, false},
	{"upwards", "township", "county", 2, 0, false},
	{"key-not-known", "village-newer-key", "township", 0, 0, false},
	{"introduction", "village-introduces", "township", 0, 1, true},
	{"ended-below", "other-ended", "township", 0, 3, false},
	{"ended-above", "village", "township-ended", 2, 0, false},
	{"given-back", "village-gives-back", "township-lacks", 0, 0, true},
};

static void old_stores_open_and_lose_nothing(void **state)
{
	static struct all before, after;

	(void)state;
	for (unsigned i = 0; i < countof(stores); i++) {
		read_facts(stores[i], &before);
		struct store *store = open_store(stores[i]);
		uint64_t site = store_station(store)->site;
		has_all(store, &before);
		sound(store);
		struct ref ref = world_hazard(store, 0, "新程序写的");
		assert_true(ref.site == site);
		store_close(store);
		store = open_store(stores[i]);
		assert_true(store_station(store)->site == site);
		store_close(store);
		read_facts(stores[i], &after);
		assert_int_equal(after.count, before.count + 1);
	}
}

/* An old station asks, the new hub answers, and a station with the same store takes that answer. */
static void old_questions_are_answered(void **state)
{
	static struct all hub_had, asker_had, up;

	for (unsigned i = 0; i < countof(recorded); i++) {
		const struct recorded *one = &recorded[i];
		struct buf question = {0}, answer = {0};
		struct sync_result result = {0};
		struct asking asking;
		struct peer peer;
		struct fault fault = {0};

		end(state);
		begin(state);
		read_facts(one->asker, &asker_had);
		read_facts(one->hub, &hub_had);
		struct store *asker = open_store(one->asker), *hub = open_store(one->hub);
		read_part(one->frames, "question", &question);
		read_asking(one->frames, &asking);
		struct bytes asks[1] = {buf_bytes(&question)};
		facts_of(hub, asker, asks[0], &up);
		assert_int_equal(up.count, one->up);
		assert_int_equal(hub_answer(hub, asks, &answer, 1, &fault), RC_OK);
		assert_true(answer.len > 0);
		assert_int_equal(peer_load(asker, &peer, &fault), RC_OK);
		if (answer_apply(asker, &peer, &asking, buf_bytes(&answer), &result, &fault) !=
			RC_OK)
			fail_msg("%s: %s", one->frames, fault.text);
		if (one->up)
			has_all(hub, &up);
		has_all(hub, &hub_had);
		has_all(asker, &asker_had);
		sound(hub);
		sound(asker);
		store_close(asker);
		store_close(hub);
		buf_release(&question);
		buf_release(&answer);
	}
}

/* An old hub has answered: a new station takes it, and asks on. */
static void old_answers_are_applied(void **state)
{
	static struct all asker_had;

	for (unsigned i = 0; i < countof(recorded); i++) {
		const struct recorded *one = &recorded[i];
		struct buf answer = {0};
		struct sync_result result = {0};
		struct asking asking;
		struct peer peer;
		struct fault fault = {0};

		end(state);
		begin(state);
		read_facts(one->asker, &asker_had);
		struct store *asker = open_store(one->asker), *hub = open_store(one->hub);
		read_part(one->frames, "answer", &answer);
		read_asking(one->frames, &asking);
		assert_int_equal(peer_load(asker, &peer, &fault), RC_OK);
		if (answer_apply(asker, &peer, &asking, buf_bytes(&answer), &result, &fault) !=
			RC_OK)
			fail_msg("%s: %s", one->frames, fault.text);
		assert_int_equal(result.received_facts, one->down);
		has_all(asker, &asker_had);
		sound(asker);
		struct road road = {.hub = hub, .seed = 1};
		if (!one->changed) {
			assert_true(world_sync(asker, &road, 6, &result));
			has_all(hub, &asker_had);
		}
		store_close(asker);
		store_close(hub);
		buf_release(&answer);
	}
}

static void a_revocation_is_heard(void **state)
{
	struct store *village = open_store("village");
	struct buf answer = {0};
	struct sync_result result = {0};
	struct asking asking;
	struct peer peer;
	struct fault fault = {0};

	(void)state;
	read_part("revoked", "answer", &answer);
	read_asking("revoked", &asking);
	assert_int_equal(peer_load(village, &peer, &fault), RC_OK);
	assert_int_equal(answer_apply(village, &peer, &asking, buf_bytes(&answer), &result, &fault),
		RC_DENIED);
	store_close(village);
	buf_release(&answer);
}

static void joins(struct store *joiner, struct store *hub)
{
	char text[TOKEN_TEXT];
	struct buf invitation = {0}, ask = {0}, answer = {0};
	struct token token;
	struct fault fault;

	read_part("join", "invitation", &invitation);
	snprintf(text, sizeof text, "%s", buf_cstr(&invitation));
	assert_int_equal(token_read(text, &token, &fault), RC_OK);
	assert_int_equal(enrol_ask(joiner, &token, &ask, &fault), RC_OK);
	struct bytes asks[1] = {buf_bytes(&ask)};
	assert_int_equal(hub_answer(hub, asks, &answer, 1, &fault), RC_OK);
	assert_int_equal(enrol_apply(joiner, buf_bytes(&answer), &fault), RC_OK);
	assert_true(store_station(joiner)->joined);
	buf_release(&invitation);
	buf_release(&ask);
	buf_release(&answer);
}

/* A question to join by an old program is answered, or has no effect: the invitation is still good
 * for a newer program. Either way the station joins in the end, and syncs. */
static void old_joins_work_or_change_nothing(void **state)
{
	struct store *joiner = open_store("joiner"), *hub = open_store("township");
	struct buf question = {0}, answer = {0};
	struct sync_result result;
	struct site site;
	struct fault fault;

	(void)state;
	read_part("join", "question", &question);
	struct bytes asks[1] = {buf_bytes(&question)};
	assert_int_equal(hub_answer(hub, asks, &answer, 1, &fault), RC_OK);
	if (enrol_apply(joiner, buf_bytes(&answer), &fault) != RC_OK) {
		assert_false(store_station(joiner)->joined);
		assert_false(log_site(store_log(hub), store_station(joiner)->site, &site));
		joins(joiner, hub);
	}
	assert_true(store_station(joiner)->joined);
	struct road road = {.hub = hub, .seed = 1};
	assert_true(world_sync(joiner, &road, 6, &result));
	store_close(joiner);
	store_close(hub);
	buf_release(&question);
	buf_release(&answer);
}

/* An old program has asked, an old hub has answered, and the program was updated in between: the
 * answer is taken, or nothing has changed and the same invitation does. */
static void an_old_grant_is_taken_or_asked_for_again(void **state)
{
	struct store *joiner = open_store("joiner"), *hub = open_store("township");
	struct buf answer = {0};
	struct fault fault;

	(void)state;
	read_part("join", "answer", &answer);
	if (enrol_apply(joiner, buf_bytes(&answer), &fault) != RC_OK) {
		assert_non_null(strstr(fault.text, "outpost join"));
		assert_false(store_station(joiner)->joined);
		joins(joiner, hub);
	}
	assert_true(store_station(joiner)->joined);
	assert_true(store_station(joiner)->area == UINT64_C(410882103207));
	store_close(joiner);
	store_close(hub);
	buf_release(&answer);
}

static void old_carry_files_are_taken(void **state)
{
	struct store *village = open_store("village"), *township = open_store("township");
	struct buf up = {0}, down = {0};
	struct carry_count count;
	struct fault fault;
	uint64_t from;

	(void)state;
	read_part("carried", "up", &up);
	read_part("carried", "down", &down);
	assert_int_equal(carry_take(township, buf_bytes(&up), &from, &count, &fault), RC_OK);
	assert_true(from == store_station(village)->site);
	assert_int_equal(count.fresh, 2);
	assert_int_equal(carry_take(village, buf_bytes(&down), &from, &count, &fault), RC_OK);
	assert_true(from == store_station(township)->site);
	assert_int_equal(count.fresh, 2);
	store_close(village);
	store_close(township);
	buf_release(&up);
	buf_release(&down);
}

/* All of a county under new programs: what waited goes up and down, the ladder says so. */
static void old_stores_sync_with_each_other(void **state)
{
	static struct all had[4];
	struct store *open[4];
	struct sync_result result;
	struct peer peer;
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		read_facts(stores[i], &had[i]);
		open[i] = open_store(stores[i]);
	}
	struct road to_county = {.hub = open[0], .seed = 1}, to_town = {.hub = open[1], .seed = 2};
	for (unsigned round = 0; round < 3; round++) {
		assert_true(world_sync(open[2], &to_town, 6, &result));
		assert_true(world_sync(open[3], &to_town, 6, &result));
		assert_true(world_sync(open[1], &to_county, 6, &result));
	}
	for (unsigned i = 0; i < 4; i++) {
		has_all(open[i], &had[i]);
		sound(open[i]);
	}
	has_all(open[1], &had[2]);
	has_all(open[1], &had[3]);
	has_all(open[0], &had[1]);
	for (unsigned i = 2; i < 4; i++) {
		uint64_t area = store_station(open[i])->area;
		assert_int_equal(peer_load(open[i], &peer, &fault), RC_OK);
		for (unsigned lane = 0; lane < LANES; lane++)
			assert_int_equal(result.waiting[lane].facts, 0);
		assert_true(world_digest(open[1], area) == world_digest(open[0], area));
		assert_true(world_digest(open[i], area) == world_digest(open[1], area));
	}
	for (unsigned i = 0; i < 4; i++)
		store_close(open[i]);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(old_stores_open_and_lose_nothing),
		CASE(old_questions_are_answered),
		CASE(old_answers_are_applied),
		CASE(a_revocation_is_heard),
		CASE(old_joins_work_or_change_nothing),
		CASE(an_old_grant_is_taken_or_asked_for_again),
		CASE(old_carry_files_are_taken),
		CASE(old_stores_sync_with_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
