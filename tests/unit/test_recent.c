/* SPDX-License-Identifier: GPL-3.0-or-later
 * What still waits to go up, weighed: behind the cursor, not what is held there or came from there.
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static char home[HELP_HOME], home_2[HELP_HOME];
static struct store *town, *village;

static int start(void **state)
{
	(void)state;
	help_home(home);
	help_home(home_2);
	town = help_station(home, TOWN, "BX");
	village = help_station(home_2, VILLAGE, "WZ");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(town);
	store_close(village);
	help_remove(home);
	help_remove(home_2);
	return 0;
}

enum { HOLDER = 77 };

static uint64_t weight; /* of the last weighing */

static bool count_waiting(const struct fact *fact, void *to)
{
	*(unsigned *)to +=
		log_held(store_log(town), HOLDER, fact->site, fact->seq & 7) < fact->seq >> 3;
	return true;
}

static unsigned waits(unsigned lane, uint64_t cursor, unsigned via)
{
	const struct facts_query query = {.lane = lane, .cursor = cursor, .via = via};
	struct log *log = store_log(town);
	struct fault fault;
	uint64_t seen;
	unsigned count, slow = 0;
	assert_int_equal(log_weigh(log, &query, HOLDER, &count, &weight, &fault), RC_OK);
	/* The same as one by one. */
	assert_int_equal(log_up(log, &query, count_waiting, &slow, &seen, &fault), RC_OK);
	assert_int_equal(count, slow);
	return count;
}

static void hold(uint64_t site, unsigned lane, uint32_t upto)
{
	struct mark mark = {HOLDER, site, lane, 3, upto, 0};
	struct fault fault;
	assert_int_equal(log_mark(store_log(town), &mark, &fault), RC_OK);
}

static void weighed(void **state)
{
	struct ref a = help_add(town, "supply", "name=a"), b;
	uint64_t one;
	(void)state;
	assert_int_equal(waits(LANE_BULK, 0, 0), 1);
	one = weight;
	b = help_add(town, "supply", "name=b");
	assert_int_equal(waits(LANE_BULK, 0, 0), 2);
	assert_true(weight > one);
	assert_int_equal(waits(LANE_LOOP, 0, 0), 0);
	assert_int_equal(weight, 0);
	hold(a.site, LANE_BULK, a.seq >> 3);
	assert_int_equal(waits(LANE_BULK, 0, 0), 1);
	hold(b.site, LANE_BULK, b.seq >> 3);
	assert_int_equal(waits(LANE_BULK, 0, 0), 0);
	help_edit(town, a, "name=c");
	assert_int_equal(waits(LANE_BULK, 0, 0), 1);
	assert_int_equal(waits(LANE_BULK, log_last(store_log(town)), 0), 0);
}

/* An author whom nobody has named does not go up yet; what came from above does not go back. */
static void of_whom(void **state)
{
	(void)state;
	help_add(village, "supply", "name=a");
	help_carry(town, village);
	assert_int_equal(waits(LANE_BULK, 0, 0), 0);
	help_introduce(town, village);
	assert_int_equal(waits(LANE_BULK, 0, 0), 1);
	assert_int_equal(waits(LANE_BULK, 0, 1), 0); /* help_carry says that it came by 1 */
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(weighed),
		TEST(of_whom),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
