/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pace: two seconds of what the link has shown, smaller after a cut, never below the least nor
 * above the most; and it gives way to who types.
 * Covers: N27
 */
#include "sync/swap.h"

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
	assert_int_equal(pace.frame, 4000);
	assert_int_equal(pace.fails, 1);
	pace_learn(&pace, 4000, -1);
	assert_int_equal(pace.frame, 1000);
	pace_learn(&pace, 1000, 550);
	assert_in_range(pace.frame, 1000, 1500);
	for (int i = 0; i < 20; i++)
		pace_learn(&pace, 1, -1);
	assert_int_equal(pace.frame, PACE_LEAST);
}

/* A way that was quick yesterday and is a radio today: the first frame that fails was all there was
 * to say, and what was measured yesterday is not believed again. */
static void a_line_that_turns_slow_is_learned_anew(void **state)
{
	struct pace pace = {.frame = PACE_MOST, .rate = 70000, .trip_ms = 2};

	(void)state;
	pace_learn(&pace, 9600, -1);
	assert_int_equal(pace.frame, 4800);
	pace_learn(&pace, 4800, -1);
	pace_learn(&pace, 1200, -1);
	for (int i = 0; i < 20; i++) {
		pace_learn(&pace, pace.frame, time_of(pace.frame, 1200, 200));
		assert_in_range(pace.frame, PACE_LEAST, 1200 * PACE_SECONDS);
	}
	assert_in_range(pace.frame, 1800, 2400);
}

/* Small frames, as after a cut: on a slow line they take nearly as long as a somewhat larger one,
 * and the difference says nothing. */
static void small_frames_do_not_promise_a_fast_line(void **state)
{
	static const unsigned rates[] = {150, 300, 1200, 3750, 8000};
	static const int trips[] = {200, 600, 1500};

	(void)state;
	for (unsigned i = 0; i < countof(rates) * countof(trips); i++) {
		unsigned rate = rates[i % countof(rates)], most = rate * PACE_SECONDS * 3;
		int trip = trips[i / countof(rates)];
		struct pace pace = {.frame = PACE_LEAST, .fails = 2};
		for (size_t k = 0; k < 12; k++) {
			/* Heads go with it that are not counted here; the answer is small. */
			size_t bytes = pace.frame + 90 + k * 37 % 50;
			pace_learn(&pace, bytes, time_of(bytes + 150, rate, trip));
			assert_in_range(pace.frame, PACE_LEAST, most > 900 ? most : 900);
		}
		assert_in_range(pace.frame, rate > PACE_LEAST ? rate : PACE_LEAST,
			rate * 7 / 2 > 600 ? rate * 7 / 2 : 600);
	}
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

static void a_narrow_line_lets_who_types_go_first(void **state)
{
	struct pace none = {0}, narrow = {.rate = 1200}, wide = {.rate = 200000};

	(void)state;
	assert_true(pace_yields(&narrow, 200));
	assert_false(pace_yields(&narrow, 5000));
	assert_false(pace_yields(&narrow, INT64_MAX));
	assert_false(pace_yields(&wide, 200));
	assert_false(pace_yields(&none, 200)); /* not measured yet */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_finds_the_rate),
		cmocka_unit_test(a_cut_makes_it_careful),
		cmocka_unit_test(a_line_that_turns_slow_is_learned_anew),
		cmocka_unit_test(small_frames_do_not_promise_a_fast_line),
		cmocka_unit_test(deadlines_follow_the_line),
		cmocka_unit_test(a_narrow_line_lets_who_types_go_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
