/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pace: two seconds of what the link has shown, smaller after a cut, never below the least nor
 * above the most.
 */
#include "sync/sync.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

/* A line of RATE bytes a second and TRIP ms. */
static int time_of(size_t bytes, unsigned rate, int trip)
{
	return trip + (int)(bytes * 1000 / rate);
}

static void it_finds_the_rate(void **state)
{
	static const unsigned rates[] = {150, 1200, 8000, 125000};

	(void)state;
	for (unsigned i = 0; i < countof(rates); i++) {
		struct pace pace = {.frame = PACE_SLOW};
		pace_learn(&pace, 200, time_of(200, rates[i], 600));
		for (int k = 0; k < 30; k++)
			pace_learn(&pace, pace.frame, time_of(pace.frame, rates[i], 600));
		uint32_t want = rates[i] * PACE_SECONDS;
		want = want < PACE_LEAST ? PACE_LEAST : want > PACE_MOST ? PACE_MOST : want;
		assert_in_range(pace.frame, want * 6 / 10, want * 17 / 10);
	}
}

static void a_cut_makes_it_careful(void **state)
{
	struct pace pace = {.frame = 8000, .rate = 4000, .trip_ms = 300};

	(void)state;
	pace_learn(&pace, 8000, -1);
	assert_int_equal(pace.frame, 2000);
	assert_int_equal(pace.fails, 1);
	pace_learn(&pace, 2000, 800);
	assert_true(pace.frame <= 3000);
	for (int i = 0; i < 20; i++)
		pace_learn(&pace, 1, -1);
	assert_int_equal(pace.frame, PACE_LEAST);
}

static void deadlines_follow_the_line(void **state)
{
	struct pace none = {0}, slow = {.rate = 100, .trip_ms = 3000},
		    fast = {.rate = 1000000, .trip_ms = 5};

	(void)state;
	assert_int_equal(pace_wait(&fast, 60000), PACE_WAIT);
	assert_true(pace_wait(&slow, 1000) >= 6 * 3000 + 10000);
	assert_true(pace_wait(&none, 1000) >= PACE_WAIT);
	assert_true(pace_wait(&slow, 100000000) <= 600000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_finds_the_rate),
		cmocka_unit_test(a_cut_makes_it_careful),
		cmocka_unit_test(deadlines_follow_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
