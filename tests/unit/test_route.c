/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is remembered of a way up: its pace, what it cost today, why it failed last; what it costs
 * and when it is used. Tests also: way_terms.c Covers: K02
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"

static char home[HELP_HOME];
static struct store *store;

static int start(void **state)
{
	(void)state;
	assert_true(when_start("2026-07-14T06:33:00+08:00"));
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static void routes_in_order(void **state)
{
	char url[ROUTE_URL];
	struct fault fault;
	(void)state;
	assert_false(route_at(store, 0, url));
	assert_int_equal(routes_set(store, "http://a/\n\nssh://b/", &fault), RC_OK);
	assert_true(route_at(store, 0, url));
	assert_string_equal(url, "http://a/");
	assert_true(route_at(store, 1, url));
	assert_string_equal(url, "ssh://b/");
	assert_false(route_at(store, 2, url));
}

static void each_way_has_its_own_note(void **state)
{
	struct route way = {.pace = {4096, 1200, 800, 1}}, kept;
	struct fault fault = {0};
	(void)state;
	route_tried(&way, when_now(), 300, NULL);
	trouble_is(TROUBLE_MUTE, &fault, fault_set(&fault, RC_LINK, "a"));
	route_tried(&way, when_now(), 200, &fault);
	route_tried(&way, when_now(), 0, &fault);
	assert_int_equal(route_save(store, "http://a/", &way, &fault), RC_OK);
	route_load(store, "http://a/", &kept);
	assert_int_equal(kept.pace.rate, 1200);
	assert_int_equal(kept.spent, 500);
	assert_int_equal(kept.failed, 2);
	assert_int_equal(kept.worked, kept.tried);
	assert_int_equal(kept.why, TROUBLE_MUTE); /* a code: it is said in the reader's language */
	route_load(store, "http://b/", &kept);
	assert_int_equal(kept.pace.frame + kept.tried + kept.failed, 0);
}

static void a_new_day_costs_anew_and_success_forgets_failure(void **state)
{
	struct fault fault = {.rc = RC_LINK};
	struct route way = {0};
	(void)state;
	route_tried(&way, when_now(), 900, &fault);
	when_skip(86400);
	route_tried(&way, when_now(), 5, NULL);
	assert_int_equal(way.spent, 5);
	assert_int_equal(way.failed, 0);
	assert_int_equal(way.why, TROUBLE_NONE);
	when_skip(-86400);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

#define SATELLITE "ssh://10.0.0.1"

static bool terms(const char *const words_of[])
{
	const char *why = "";
	unsigned given = 0;
	while (words_of[given])
		given++;
	bool good = way_terms_add(words_of, given, &why);
	assert_true(good || *why);
	return good;
}

static void a_way_has_its_terms(void **state)
{
	struct route way = {0};
	struct buf text = {0};
	(void)state;
	way_terms_clear();
	assert_null(way_terms_of(SATELLITE "/x"));
	assert_true(terms(
		(const char *const[]){SATELLITE, "name=卫星", "hours=22:00-06:00", "bytes=200000",
			"call=20000", "minutes=30", "lanes=alarm,report", "cost=8.5/MB", NULL}));
	assert_true(terms((const char *const[]){"ssh://", "cost=1.2/min", NULL}));
	const struct way_terms *sat = way_terms_of(SATELLITE "/x");
	assert_non_null(sat);
	assert_int_equal(sat->fen_mb, 850);
	assert_int_equal(way_terms_of("ssh://other")->fen_minute, 120);
	assert_null(way_terms_of("http://10.0.0.1"));

	/* By a clock that is set: from ten in the evening until six. */
	when_hold(1784000000);
	int64_t midnight = when_now() - (when_now() + WHEN_ZONE) % DAY_SECONDS;
	for (int minute = 0; minute < 24 * 60; minute += 30)
		assert_int_equal(way_terms_open(sat, midnight + minute * 60),
			minute >= 22 * 60 || minute < 6 * 60);
	assert_true(way_terms_open(way_terms_of("ssh://other"), midnight));

	way.day = date_of(midnight);
	way.spent = 199999;
	way.used_ms = 30 * 60000 - 1;
	assert_false(way_terms_spent(sat, &way, midnight));
	way.spent = 200000;
	assert_true(way_terms_spent(sat, &way, midnight));
	assert_false(way_terms_spent(sat, &way, midnight + DAY_SECONDS));
	way.spent = 0;
	way.used_ms++;
	assert_true(way_terms_spent(sat, &way, midnight));
	way.spent = 100000;
	way_terms_say(SATELLITE "/x", &way, midnight, &text);
	assert_string_equal(buf_cstr(&text), "卫星 22:00-06:00 每天200KB 每次20KB 每天30分钟 "
					     "只送警报/报告 8.50元/MB 今天约0.85元");
	buf_release(&text);
	way_terms_clear();
}

static void terms_that_are_wrong_cost_themselves_alone(void **state)
{
	static const char *const wrong[] = {"hours=22-06", "hours=25:00-06:00", "hours=22:00-06:0",
		"hours=22:00", "bytes=-1", "bytes=1k", "call=some", "minutes=1441", "lanes=urgent",
		"cost=8.5", "cost=-1/MB", "cost=8.5/GB", "price=8", "=", "x"};
	(void)state;
	way_terms_clear();
	assert_false(terms((const char *const[]){"ssh://", NULL}));
	for (size_t n = 0; n < countof(wrong); n++)
		if (terms((const char *const[]){"ssh://", wrong[n], NULL}))
			fail_msg("%s", wrong[n]);
	assert_null(way_terms_of("ssh://x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(routes_in_order),
		TEST(each_way_has_its_own_note),
		TEST(a_new_day_costs_anew_and_success_forgets_failure),
		TEST(a_way_has_its_terms),
		TEST(terms_that_are_wrong_cost_themselves_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
