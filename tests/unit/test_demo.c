/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole demo: the same seed and clock give the same facts, the township sees its villages, and
 * every step that it tells of was allowed.
 */
#include "app/demo.h"

#include <setjmp.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store/log.h"
#include "screens/me_page.h"
#include "screens/outbox_page.h"

static char root[64];

static int run(const char *name, const char *seed)
{
	static const struct command demo_command = {.name = "demo", .usage = "DIR"};
	struct app app = {.login = "root", .command = &demo_command};
	char command[] = "demo", folder[128], option[] = "--seed", value[32];
	char *argv[] = {command, folder, option, value, NULL};
	snprintf(folder, sizeof folder, "%s/%s", root, name);
	snprintf(value, sizeof value, "%s", seed);
	when_start("2026-07-14T21:33:00+08:00");
	area_lists_clear();
	area_list_add(shipped_file("areas.tsv"));
	/* What it tells the person is not wanted among the results. */
	fflush(stdout);
	int out = dup(STDOUT_FILENO), null = open("/dev/null", O_WRONLY);
	dup2(null, STDOUT_FILENO);
	int code = demo_run(&app, 4, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	close(null);
	return code;
}

static struct store *open_store(const char *name)
{
	char home[160];
	struct store *store = NULL;
	struct fault fault;
	snprintf(home, sizeof home, "%s/%s", root, name);
	if (store_open(&store, home, STORE_READ, &fault))
		fail_msg("%s", fault.text);
	return store;
}

struct sum {
	uint8_t hash[HASH_SIZE];
	unsigned count, bad;
};

static bool add_fact(const struct fact *fact, void *to)
{
	struct sum *sum = to;
	struct buf all = {0};
	buf_put(&all, sum->hash, sizeof sum->hash);
	buf_put(&all, fact->raw.at, fact->raw.len);
	crypt_hash(buf_bytes(&all), sum->hash);
	buf_release(&all);
	sum->count++;
	sum->bad += fact->state != FACT_GOOD;
	return true;
}

static struct sum sum_of(const char *name)
{
	struct store *store = open_store(name);
	struct sum sum = {{0}, 0, 0};
	uint64_t seen;
	for (unsigned lane = 0; lane < LANES; lane++)
		assert_int_equal(log_up(store_log(store), &(struct facts_query){.lane = lane},
					 add_fact, &sum, &seen, NULL),
			RC_OK);
	store_close(store);
	return sum;
}

static int start(void **state)
{
	(void)state;
	crypt_start();
	snprintf(root, sizeof root, "/tmp/outpost-demo-XXXXXX");
	return mkdtemp(root) && run("a", "x") == EXIT_DONE ? 0 : -1;
}

static int stop(void **state)
{
	char remove[] = "rm", all[] = "-rf", *words_on[] = {remove, all, root, NULL};
	(void)state;
	if (fork() == 0)
		execvp(words_on[0], words_on);
	return 0;
}

static void the_same_seed_the_same_facts(void **state)
{
	static const char *const stations[] = {"township", "village1", "village2", "village3"};
	(void)state;
	assert_int_equal(run("b", "x"), EXIT_DONE);
	for (unsigned i = 0; i < countof(stations); i++) {
		char a[64], b[64];
		snprintf(a, sizeof a, "a/%s", stations[i]);
		snprintf(b, sizeof b, "b/%s", stations[i]);
		struct sum x = sum_of(a), y = sum_of(b);
		assert_true(x.count > 300);
		assert_int_equal(x.count, y.count);
		assert_int_equal(x.bad, 0);
		assert_memory_equal(x.hash, y.hash, HASH_SIZE);
	}
}

/* A hub for the township to join, with somebody who may invite it. */
static void the_county_waits(void **state)
{
	struct store *county = open_store("a/county");
	const struct station *station = store_station(county);
	struct user user;
	(void)state;
	assert_true(station->area == 410882000000);
	assert_int_equal(station->level, LEVEL_COUNTY);
	assert_string_equal(station->name, "沁阳市");
	assert_false(station->joined);
	assert_true(store_user(county, "root", &user));
	store_close(county);
	struct sum x = sum_of("a/county");
	assert_int_equal(x.count, 1);
	assert_int_equal(x.bad, 0);
}

static void an_other_seed_other_facts(void **state)
{
	(void)state;
	assert_int_equal(run("c", "y"), EXIT_DONE);
	struct sum x = sum_of("a/village1"), y = sum_of("c/village1");
	assert_memory_not_equal(x.hash, y.hash, HASH_SIZE);
}

static void it_is_not_made_twice(void **state)
{
	(void)state;
	assert_int_equal(run("a", "x"), EXIT_FAILED);
}

static bool no_step_refused(const struct row *row, void *to)
{
	unsigned *rows = to;
	if (row->refused)
		fail_msg("%s %u was refused a step", row->kind->name, row->ref.seq);
	++*rows;
	return true;
}

static void the_township_has_all_kinds(void **state)
{
	struct store *store = open_store("a/township");
	(void)state;
	for (unsigned k = 0; k < kinds_count; k++) {
		struct query query = query_all(kinds[k].id);
		unsigned rows = 0;
		assert_int_equal(store_each(store, &query, no_step_refused, &rows, NULL), RC_OK);
		if (!rows && *kinds[k].group != 'K' && !(kinds[k].flags & K_HIDDEN) &&
			kinds[k].id != KIND_casualty)
			fail_msg("no %s", kinds[k].name);
	}
	store_close(store);
}

static bool count_need(const struct row *row, void *to)
{
	unsigned *needs = to;
	struct record record;
	struct surroundings around = {.now = when_now()};
	row_record(row, &record);
	needs[rules_need(&record, &around).need]++;
	return true;
}

static void there_is_something_to_do(void **state)
{
	struct store *store = open_store("a/village1");
	unsigned needs[NEEDS] = {0};
	(void)state;
	for (unsigned k = 0; k < kinds_count; k++)
		assert_int_equal(
			store_each_open(store, &kinds[k], UINT32_MAX, count_need, needs, NULL),
			RC_OK);
	assert_true(needs[NEED_SIGN] > 0);
	assert_true(needs[NEED_OVERDUE] > 0);
	assert_true(needs[NEED_DUE] > 0);
	store_close(store);
}

static bool see_by_card(const struct row *row, void *to)
{
	const struct value *card = row_value(row, response_card);
	if (card && row->state == response_is_on)
		*(struct ref *)to = row->ref;
	return true;
}

static bool count_task(const struct row *row, void *to)
{
	unsigned *states = to;
	states[row->state]++;
	return true;
}

/* The board R shows the lines of its card, some done, some going on, some not begun; so it does in
 * a village. */
static void the_response_has_its_card(void **state)
{
	static const char *const homes[] = {"a/township", "a/village1"};
	(void)state;
	for (size_t n = 0; n < countof(homes); n++) {
		struct store *store = open_store(homes[n]);
		struct query on = query_all(KIND_response), tasks = query_all(KIND_task);
		unsigned states[8] = {0};
		assert_int_equal(store_each(store, &on, see_by_card, &tasks.parent, NULL), RC_OK);
		assert_true(tasks.parent.seq > 0);
		assert_int_equal(store_each(store, &tasks, count_task, states, NULL), RC_OK);
		assert_int_equal(states[task_is_done], 4);
		assert_int_equal(states[task_is_doing], 2);
		assert_int_equal(states[task_is_open], 2);
		store_close(store);
	}
}

static void households_stay_with_their_village(void **state)
{
	struct query query = query_all(KIND_household);
	struct store *town = open_store("a/township"), *one = open_store("a/village1");
	unsigned all = 0, own = 0;
	(void)state;
	assert_int_equal(store_count(town, &query, &all, NULL), RC_OK);
	assert_int_equal(store_count(one, &query, &own, NULL), RC_OK);
	assert_int_equal(all, own * 3);
	store_close(town);
	store_close(one);
}

/* Nobody was let in: the screens of the station, of the road and home go by the same. */
static void no_screen_says_that_somebody_is_above(void **state)
{
	static const char *const homes[] = {"a/county", "a/township", "a/village1"};
	(void)state;
	for (size_t n = 0; n < countof(homes); n++) {
		struct store *store = open_store(homes[n]);
		struct outbox_page outbox = {.part = OUTBOX_ALL};
		struct arena arena = {0};
		struct buf text = {0};
		struct fault fault;
		assert_int_equal(outbox_now_load(&outbox, store, when_now(), &arena, &fault), 0);
		me_station(store, &text);
		assert_false(peer_joined(store));
		assert_int_equal(outbox.link.state.road, ROAD_ALONE);
		assert_non_null(strstr(buf_cstr(&text), "未接入，都存在本站"));
		outbox_page_release(&outbox);
		arena_release(&arena);
		buf_release(&text);
		store_close(store);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_township_has_all_kinds),
		cmocka_unit_test(there_is_something_to_do),
		cmocka_unit_test(the_response_has_its_card),
		cmocka_unit_test(households_stay_with_their_village),
		cmocka_unit_test(the_same_seed_the_same_facts),
		cmocka_unit_test(the_county_waits),
		cmocka_unit_test(no_screen_says_that_somebody_is_above),
		cmocka_unit_test(an_other_seed_other_facts),
		cmocka_unit_test(it_is_not_made_twice),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
