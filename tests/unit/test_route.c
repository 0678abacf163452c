/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is remembered of a way up: its pace, what it cost today, why it failed last.
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(routes_in_order),
		TEST(each_way_has_its_own_note),
		TEST(a_new_day_costs_anew_and_success_forgets_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
