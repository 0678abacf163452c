/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder by proof only: what a township says of the county counts with the county's own proof
 * for the village, and the rest is shown as what the township says.
 * Tests also: acks.c, said.c, before.c.
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "sync/keys/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

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

static uint64_t number_of(struct store *store)
{
	return store_station(store)->site;
}

static void village_syncs(struct three *w)
{
	assert_true(world_sync(w->village, &w->to_town, 4, &w->result));
}

static void town_syncs(struct three *w)
{
	assert_true(world_sync(w->town, &w->to_county, 4, &w->result));
}

static void all_sync(struct three *w)
{
	village_syncs(w);
	town_syncs(w);
	village_syncs(w);
}

static bool reached(struct store *store, struct ref ref, enum level level, bool said)
{
	struct holders holders;
	bool levels[LEVELS] = {false};
	struct fault fault;

	assert_int_equal(holders_load(store, &holders, &fault), RC_OK);
	assert_int_equal((said ? holders_said : holders_reached)(
				 store, &holders, ref, village_area, levels, &fault),
		RC_OK);
	return levels[level];
}

static bool at_county(struct three *w, struct ref ref)
{
	return reached(w->village, ref, LEVEL_COUNTY, false);
}

static bool said_county(struct three *w, struct ref ref)
{
	return reached(w->village, ref, LEVEL_COUNTY, true);
}

/* MARK as the town tells it to the village with its next answer. */
static void town_says(struct three *w, const struct mark *mark)
{
	struct fault fault;

	assert_int_equal(
		log_mark_said(store_log(w->town), mark, number_of(w->county), &fault), RC_OK);
	village_syncs(w);
}

static struct mark county_has(struct three *w, struct ref ref)
{
	return (struct mark){.holder = number_of(w->county),
		.site = number_of(w->village),
		.lane = ref.seq & 7,
		.store = log_number(store_log(w->county)),
		.upto = ref.seq >> 3};
}

static void by_the_county_s_own_word(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");

	village_syncs(w);
	assert_true(reached(w->village, ref, LEVEL_TOWNSHIP, false));
	assert_false(at_county(w, ref));
	town_syncs(w);
	village_syncs(w);
	assert_true(at_county(w, ref));
	assert_false(said_county(w, ref));
}

static void not_by_the_township_s_word(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct mark mark;

	village_syncs(w);
	mark = county_has(w, ref);
	town_says(w, &mark);
	assert_false(at_county(w, ref));
	assert_int_equal(log_held(store_log(w->village), mark.holder, mark.site, mark.lane), 0);
	assert_true(said_county(w, ref));
	/* Nor with a word of the county's for other numbers. */
	town_syncs(w);
	village_syncs(w);
	assert_true(at_county(w, ref));
}

/* Whatever the town changes in a mark, the county's word is no longer for it. */
static void a_word_is_for_one_mark(void **state)
{
	struct three *w = *state;
	struct mark_maker maker = {.store = w->county};
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct ref more = world_hazard(w->village, village_area, "桥头");
	struct mark good = county_has(w, ref), bad[6];

	town_syncs(w); /* the village's grant */
	village_syncs(w);
	assert_true((good.mac = mark_mac(&maker, &good)) != 0);
	for (unsigned i = 0; i < countof(bad); i++)
		bad[i] = good;
	bad[0].upto++;
	bad[1].store++;
	bad[2].lane = LANE_ALARM;
	bad[3].mac ^= 1;
	bad[4].holder = number_of(w->town);
	bad[5].site = number_of(w->town);
	for (unsigned i = 0; i < countof(bad); i++)
		assert_false(mark_proven(w->village, &bad[i]));
	assert_true(mark_proven(w->village, &good));
	assert_false(mark_proven(w->town, &good)); /* it is for the village alone */
	bad[0].upto = more.seq >> 3;
	town_says(w, &bad[0]);
	assert_false(at_county(w, ref));
	town_says(w, &good);
	assert_true(at_county(w, ref));
	assert_false(at_county(w, more));
	explicit_bzero(&maker, sizeof maker);
}

/* Its own steps on the village's record: the village cannot check how far they are held. */
static void steps_of_the_township_are_its_word(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");

	all_sync(w);
	assert_true(at_county(w, ref));
	world_step(w->town, ref, hazard_do_untrue, "假");
	village_syncs(w);
	assert_false(at_county(w, ref));
	assert_false(said_county(w, ref));
	town_syncs(w);
	village_syncs(w);
	assert_false(at_county(w, ref));
	assert_true(said_county(w, ref));
	assert_true(reached(w->town, ref, LEVEL_COUNTY, false)); /* sealed by the county */
}

/* An older store of the county's is not believed after a newer one, whoever has kept its words. */
static void another_store_above(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下"), next;
	struct mark old = county_has(w, ref);
	struct mark_maker maker = {.store = w->county};
	struct fault fault;

	old.mac = mark_mac(&maker, &old);
	explicit_bzero(&maker, sizeof maker);
	all_sync(w);
	assert_true(at_county(w, ref));
	assert_int_equal(log_number_new(store_log(w->county), &fault), RC_OK);
	next = world_hazard(w->village, village_area, "桥头");
	village_syncs(w);
	town_syncs(w);
	village_syncs(w);
	assert_true(at_county(w, ref));
	assert_true(at_county(w, next));
	town_says(w, &old);
	assert_true(at_county(w, next));
	struct mark higher = old;
	higher.upto = (next.seq >> 3) + 5;
	town_says(w, &higher);
	assert_int_equal(
		log_held(store_log(w->village), old.holder, old.site, old.lane), next.seq >> 3);
}

/* "There is a new store above": less is claimed at once; a false one keeps no proof out. */
static void a_false_new_store(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct mark lie = {.holder = number_of(w->county),
		.site = number_of(w->county),
		.store = INT64_MAX - 1};

	all_sync(w);
	assert_true(at_county(w, ref));
	town_says(w, &lie);
	assert_false(at_county(w, ref));
	ref = world_hazard(w->village, village_area, "桥头");
	all_sync(w);
	assert_true(at_county(w, ref));
}

/* As release 0.1 tells: the marks without the words. */
static void drop_words(struct store *store)
{
	struct fault fault;

	assert_int_equal(db_run(store->db, "UPDATE mark_said SET mac=0", &fault), RC_OK);
}

/* The county's program is newer the next day: its words come without that anything else moves. */
static void words_that_come_later_are_told(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct mark mark = county_has(w, ref);
	struct mark_maker maker = {.store = w->county};
	struct fault fault;

	village_syncs(w);
	town_syncs(w);
	drop_words(w->town);
	village_syncs(w);
	assert_false(at_county(w, ref));
	assert_true(said_county(w, ref));
	mark.mac = mark_mac(&maker, &mark);
	explicit_bzero(&maker, sizeof maker);
	assert_int_equal(log_mark(store_log(w->town), &mark, &fault), RC_OK);
	village_syncs(w);
	assert_true(at_county(w, ref));
}

/* The whole store as release 0.1 leaves it. */
static struct store *as_before(struct store *store)
{
	static const char back[] =
		"INSERT OR IGNORE INTO mark SELECT holder, site, lane, store, upto FROM mark_said;"
		"DROP TABLE mark_said;"
		"CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
		"CREATE TABLE setting(person TEXT, name TEXT, value BLOB NOT NULL,"
		" PRIMARY KEY(person, name)) WITHOUT ROWID;"
		"INSERT INTO meta SELECT CASE name WHEN 'rows' THEN 'schema' WHEN 'joined_at' THEN"
		" 'joined' ELSE name END, value FROM kv WHERE typeof(value)='integer' AND id=0;"
		"INSERT INTO setting SELECT '', name || iif(id, printf('.%014x', id), '') ||"
		" iif(part<>'', '.' || part, ''), value FROM kv WHERE typeof(value)='blob';"
		"DROP TABLE kv; PRAGMA user_version=1";
	char home[512];
	struct fault fault;

	snprintf(home, sizeof home, "%s", store_home(store));
	assert_int_equal(db_run(store->db, back, &fault), RC_OK);
	store_close(store);
	assert_int_equal(store_open(&store, home, STORE_READ, &fault), RC_OK);
	return store;
}

static void stores_of_the_release_before(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	char home[512];
	struct fault fault;

	all_sync(w);
	snprintf(home, sizeof home, "%s", store_home(w->village));
	w->village = as_before(w->village);
	assert_true(reached(w->village, ref, LEVEL_TOWNSHIP, false));
	assert_false(at_county(w, ref)); /* only looked at, it claims no more either */
	store_close(w->village);
	assert_int_equal(store_open(&w->village, home, STORE_FAST, &fault), RC_OK);
	assert_true(reached(w->village, ref, LEVEL_TOWNSHIP, false));
	assert_false(at_county(w, ref));
	assert_true(said_county(w, ref));
	village_syncs(w);
	assert_true(at_county(w, ref));
}

/* Keys that are none: no word, and nothing worse. */
static void an_author_without_a_key(void **state)
{
	struct three *w = *state;
	struct ref ref = world_hazard(w->village, village_area, "桥下");
	struct mark mark = county_has(w, ref);
	struct mark_maker maker = {.store = w->county}, none = {.store = w->county};
	struct site village;
	struct fault fault;

	town_syncs(w);
	mark.site = 77;
	assert_int_equal(mark_mac(&none, &mark), 0); /* nobody known */
	mark.site = number_of(w->village);
	assert_true(log_site(store_log(w->county), mark.site, &village));
	for (unsigned kind = 0; kind < 2; kind++) {
		memset(village.sign_public, 0, sizeof village.sign_public);
		village.sign_public[0] = (uint8_t)kind; /* both of small order */
		assert_int_equal(log_site_set(store_log(w->county), &village, &fault), RC_OK);
		maker.author = 0;
		assert_int_equal(mark_mac(&maker, &mark), 0);
	}
	all_sync(w);
	assert_false(at_county(w, ref));
	assert_true(said_county(w, ref));
}

/* A hub with many authors below: what its words cost when all is told anew. */
static void what_400_words_cost(void **state)
{
	enum { MARKS = 400, AUTHORS = 80 };
	struct three *w = *state;
	struct mark_maker maker = {.store = w->county};
	struct timespec from, until;
	struct fault fault;
	struct site site;

	town_syncs(w);
	assert_true(log_site(store_log(w->county), number_of(w->village), &site));
	for (unsigned i = 0; i < AUTHORS; i++) {
		struct keys keys;
		char seed[20];
		snprintf(seed, sizeof seed, "author %u", i);
		keys_from_seed(&keys, seed);
		memcpy(site.sign_public, keys.sign_public, sizeof site.sign_public);
		site.site = i + 1;
		assert_int_equal(log_site_set(store_log(w->county), &site, &fault), RC_OK);
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	for (unsigned i = 0; i < MARKS; i++) {
		struct mark mark = {.holder = number_of(w->county),
			.site = i / (MARKS / AUTHORS) + 1,
			.lane = i % LANES,
			.store = 9,
			.upto = i};
		assert_true(mark_mac(&maker, &mark) != 0);
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &until);
	printf("# %d marks of %d authors: %.1f ms\n", MARKS, AUTHORS,
		(double)(until.tv_sec - from.tv_sec) * 1e3 +
			(double)(until.tv_nsec - from.tv_nsec) / 1e6);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(by_the_county_s_own_word),
		TEST(not_by_the_township_s_word),
		TEST(a_word_is_for_one_mark),
		TEST(steps_of_the_township_are_its_word),
		TEST(another_store_above),
		TEST(a_false_new_store),
		TEST(words_that_come_later_are_told),
		TEST(stores_of_the_release_before),
		TEST(an_author_without_a_key),
		TEST(what_400_words_cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
