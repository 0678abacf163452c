/* SPDX-License-Identifier: GPL-3.0-or-later
 * What time a station thinks it is, whatever is done to its machine between two words from above.
 * Tests also: heard.c.
 */
#include "base/when.h"
#include "model/fold.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

enum { HOUR = 3600, DAY = 24 * HOUR, YEAR = 365 * DAY };

static const int64_t begin = 1784000000;
static char home[HELP_HOME];
static struct store *store;
static int64_t right, up; /* the right time; how long the machine is up */
static uint64_t boot;

/* The machine shows SHOWN, and is up since UP seconds. */
static void shows(int64_t shown)
{
	when_hold(shown);
	when_hold_boot(boot, up);
}

static void pass(int64_t seconds)
{
	right += seconds;
	up += seconds;
	shows(when_now() + seconds);
}

/* Switched off for OFF seconds; the clock then shows SHOWN. */
static void reboot(int64_t off, int64_t shown)
{
	right += off;
	boot++;
	up = 20;
	shows(shown);
}

static void hear(void)
{
	struct fault fault;
	int64_t offset;
	assert_int_equal(
		store_clock_heard(store, right * 1000, store_now_ms(store), &offset, &fault),
		RC_OK);
	assert_int_equal(offset, (right - when_now()) * 1000);
}

static int64_t written(void)
{
	struct ref ref = help_add(store, "hazard", "category=H0101 place=渠首");
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	assert_int_equal(store_record(store, ref, &arena, &record, NULL, &fault), RC_OK);
	arena_release(&arena);
	return record.at;
}

static void is_right(void)
{
	assert_in_range(store_now(store) - right + 2, 0, 4);
	assert_in_range(written() - right + 2, 0, 4);
	assert_in_range(store_now_ms(store) - right * 1000 + 2000, 0, 4000);
}

static int start(void **state)
{
	(void)state;
	help_home(home);
	boot = 7;
	up = 60;
	right = begin;
	shows(begin);
	store = help_station(home, VILLAGE, "WZ");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	when_hold_boot(0, 0);
	return 0;
}

/* Before anything was heard the machine's clock is all there is. */
static void alone(void **state)
{
	(void)state;
	shows(begin - YEAR);
	assert_int_equal(store_now(store), begin - YEAR);
	shows(begin + YEAR);
	assert_int_equal(written(), begin + YEAR);
}

/* A board without a battery: 1970 until its network tells the time. */
static void set_after_the_start(void **state)
{
	(void)state;
	shows(60);
	hear();
	is_right();
	pass(HOUR);
	is_right();
	shows(right);
	is_right();
	pass(DAY);
	is_right();
}

static void set_in_mid_run(void **state)
{
	static const int64_t steps[] = {-begin + 60, 12 * (int64_t)YEAR, 3 * DAY, -3 * DAY, 90};
	(void)state;
	hear();
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		shows(right + steps[i]);
		is_right();
		pass(HOUR);
		is_right();
	}
}

/* A clock that keeps its error over the night, however great. */
static void wrong_for_good(void **state)
{
	static const int64_t errors[] = {
		-3 * DAY, 3 * DAY, 12 * (int64_t)YEAR, -12 * (int64_t)YEAR};
	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		shows(right + errors[i]);
		hear();
		pass(DAY);
		reboot(10 * DAY, right + 10 * DAY + errors[i]);
		is_right();
		pass(10 * DAY);
		is_right();
	}
}

/* It begins with 1970 every morning: nobody can say how long it was off, but it goes on. */
static void dead_battery(void **state)
{
	(void)state;
	shows(60);
	hear();
	pass(5 * DAY);
	is_right();
	int64_t last = right;
	for (int morning = 0; morning < 3; morning++) {
		reboot(8 * HOUR, 60);
		int64_t now = store_now(store);
		assert_in_range(now, last, right);
		assert_int_equal(written(), now);
		pass(2 * HOUR);
		assert_in_range(store_now(store), now + 2 * HOUR - 2, now + 2 * HOUR + 2);
		assert_in_range(written(), now + 2 * HOUR - 2, now + 2 * HOUR + 2);
		last = store_now(store);
	}
	shows(right); /* and then somebody has set it */
	is_right();
	shows(60);
	hear();
	is_right();
}

/* What was learnt while it was wrong is not put on a clock that is right. */
static void right_since_the_night(void **state)
{
	static const int64_t errors[] = {-begin + 60, 12 * (int64_t)YEAR, 3 * DAY};
	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		shows(right + errors[i]);
		hear();
		reboot(DAY, right + DAY);
		is_right();
	}
	/* Set right in the evening, three days behind before: the evening is remembered. */
	shows(right - 3 * DAY);
	hear();
	is_right();
	shows(right);
	is_right();
	reboot(DAY, right + DAY);
	is_right();
}

/* OUTPOST_NOW, say: whoever sets it may mean either, but never a third. */
static void set_by_tests(void **state)
{
	(void)state;
	when_hold_boot(0, 0);
	when_hold(60);
	hear();
	is_right();
	when_hold(right + HOUR);
	right += HOUR;
	is_right();
	when_hold(right + 20 * DAY);
	assert_int_equal(store_now(store), right + 20 * DAY);
	when_hold(right + 3 * DAY);
	hear();
	is_right();
	when_hold(60);
	assert_in_range(store_now(store), right, right + 1);
}

static void heard(int64_t above, int64_t asked)
{
	struct fault fault;
	int64_t offset;
	assert_int_equal(
		store_clock_heard(store, above * 1000, asked * 1000, &offset, &fault), RC_OK);
}

/* An answer that lay in a bag for days was made in between: no more is known. */
static void on_a_stick(void **state)
{
	(void)state;
	heard(right, right);
	heard(right - 2 * DAY, right - 3 * DAY);
	is_right();
	shows(right - 5 * DAY); /* behind what is said to be over */
	hear();
	when_hold_boot(0, 0);
	int64_t asked = store_now(store) - 3 * DAY;
	heard(right + DAY, asked);
	assert_in_range(store_now(store), right + DAY, right + DAY + 1);
	/* ahead of what was said to be still to come */
	heard(right - 9 * DAY, asked);
	assert_int_equal(store_now(store), right + DAY - (asked - (right - 9 * DAY)));
}

/* A hub whose own clock was never set, or is broken, teaches nothing. */
static void nothing_to_learn(void **state)
{
	(void)state;
	heard(100, right);
	is_right();
	heard(CLOCKS_BEGIN - 1, right);
	is_right();
	heard(INT64_C(253402300800), right);
	is_right();
	heard(-5, right);
	is_right();
}

/* A record from the future: what is written on it comes after it, at the time that it was; and
 * nothing else follows. */
static void a_record_from_the_future(void **state)
{
	struct fault fault;
	struct arena arena = {0};
	struct record record;
	struct history history;
	(void)state;
	shows(begin + 57 * (int64_t)YEAR);
	struct ref far = help_add(store, "hazard", "category=H0101 place=渠首");
	shows(begin);
	hear();
	assert_true(store_ahead(store, far.site, far.seq) > 50 * (int64_t)YEAR);
	pass(60);
	help_edit(store, far, "text=看过了");
	pass(60);
	help_edit(store, far, "text=又看过了");
	is_right();
	assert_string_equal(help_field(store, far, "text"), "又看过了");
	assert_int_equal(store_record(store, far, &arena, &record, &history, &fault), RC_OK);
	assert_int_equal(history.count, 3);
	assert_int_equal(record.conflicts, 0);
	for (size_t i = 1; i < 3; i++) {
		const struct op *op = &history.ops[i];
		assert_int_equal(op_at(op), begin + 60 * (int64_t)i);
		assert_int_equal(store_ahead(store, op->site, op->seq), 0);
	}
	arena_release(&arena);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(alone),
		TEST(set_after_the_start),
		TEST(set_in_mid_run),
		TEST(wrong_for_good),
		TEST(dead_battery),
		TEST(right_since_the_night),
		TEST(set_by_tests),
		TEST(on_a_stick),
		TEST(nothing_to_learn),
		TEST(a_record_from_the_future),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
