/* SPDX-License-Identifier: GPL-3.0-or-later
 * What came late: noted once, when it is first proven above, with how long it took and what had
 * kept it; and nothing that was not late, or of which nobody knows when it was written.
 * Tests also: trouble.c
 * Covers: W15.6
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"

enum { BEGIN = 1784000000, MINUTE = 60, HOUR = 3600, OTHERS = LANES_ALL & ~1 };

static char home[HELP_HOME], town_home[HELP_HOME], county_home[HELP_HOME];
static struct store *store, *town, *county;

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("%s", fault->text);
}

static int start(void **state)
{
	struct fault fault = {0};
	struct peer peer = {.pace = {.frame = 4096}};

	(void)state;
	when_hold(BEGIN);
	help_home(home);
	help_home(town_home);
	help_home(county_home);
	store = help_station(home, VILLAGE, "WZ");
	town = help_station(town_home, TOWN, "BX");
	county = help_station(county_home, COUNTY, "QY");
	help_introduce(store, store);
	help_introduce(store, town);
	help_introduce(store, county);
	assert_true(log_site(store_log(store), store_station(town)->site, &peer.site));
	good(peer_save(store, &peer, &fault), &fault);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(store);
	store_close(town);
	store_close(county);
	help_remove(home);
	help_remove(town_home);
	help_remove(county_home);
	return 0;
}

static struct ref report(void)
{
	return help_add(store, "report", "event=flood;stage=follow;text=a");
}

static void prove(struct store *by, uint64_t number, struct ref ref)
{
	struct mark mark = {
		store_station(by)->site, ref.site, ref.seq & 7, number, ref.seq >> 3, 0};
	struct fault fault = {0};

	good(log_mark(store_log(store), &mark, &fault), &fault);
}

static void tried(enum trouble trouble, unsigned lanes)
{
	struct fault fault = {0};

	good(trouble_note(store, trouble, lanes, &fault), &fault);
}

struct all {
	struct late at[LATE_KEPT];
	unsigned count;
};

static bool take(const struct late *late, void *to)
{
	struct all *all = to;

	all->at[all->count++] = *late;
	return true;
}

static struct all lates(void)
{
	struct all all = {.count = 0};
	struct fault fault = {0};

	good(late_each(store, 0, LATE_KEPT, take, &all, &fault), &fault);
	return all;
}

static void in_time_is_not_late(void **state)
{
	struct ref ref = report();

	(void)state;
	when_skip(late_limit(LANE_REPORT));
	prove(town, 1, ref);
	assert_int_equal(lates().count, 0);
}

static void late_once_and_how_long(void **state)
{
	struct ref ref = report();
	struct all all;

	(void)state;
	when_skip(2 * HOUR + 10 * MINUTE);
	prove(town, 1, ref);
	all = lates();
	assert_int_equal(all.count, 1);
	assert_int_equal(all.at[0].rec.seq, ref.seq);
	assert_int_equal(all.at[0].lane, LANE_REPORT);
	assert_true(all.at[0].proven - all.at[0].written >= 2 * HOUR + 10 * MINUTE);
	assert_true(all.at[0].proven - all.at[0].written < 2 * HOUR + 11 * MINUTE);
	assert_int_equal(all.at[0].why, TROUBLE_IDLE);
	/* Higher levels, the same store again, another store there: nothing of it is news. */
	int64_t proven = all.at[0].proven;
	when_skip(24 * HOUR);
	prove(county, 1, ref);
	prove(town, 1, ref);
	prove(town, 2, ref);
	all = lates();
	assert_int_equal(all.count, 1);
	assert_int_equal(all.at[0].proven, proven);
}

/* Another store stands above, and what the old one held is no longer known: it proves all of it
 * again, and that is no news either. */
static void proven_once_is_proven(void **state)
{
	struct ref ref = report();
	struct fault fault = {0};

	(void)state;
	prove(town, 1, ref);
	assert_int_equal(lates().count, 0);
	good(log_marks_drop(store_log(store), store_station(town)->site, &fault), &fault);
	when_skip(24 * HOUR);
	prove(town, 2, ref);
	assert_int_equal(lates().count, 0);
}

/* A mark of a station that is not above us proves nothing of the road up. */
static void only_from_above(void **state)
{
	struct ref ref = report();
	struct mark mark = {12345, ref.site, ref.seq & 7, 1, ref.seq >> 3, 0};
	struct fault fault = {0};

	(void)state;
	when_skip(2 * HOUR);
	good(log_mark(store_log(store), &mark, &fault), &fault);
	assert_int_equal(lates().count, 0);
	prove(town, 1, ref);
	assert_int_equal(lates().count, 1);
}

static void not_before_there_was_anybody_above(void **state)
{
	struct fault fault = {0};
	struct ref ref;

	(void)state;
	good(kv_num_put(store_log(store)->db, kv_own(KV_JOINED_AT), when_now() + 3 * HOUR, &fault),
		&fault);
	ref = report();
	when_skip(4 * HOUR);
	prove(town, 1, ref);
	assert_int_equal(lates().count, 0);
}

static void a_clock_that_was_never_set_tells_nothing(void **state)
{
	struct ref ref;

	(void)state;
	when_hold(86400);
	ref = report();
	when_hold(BEGIN);
	prove(town, 1, ref);
	assert_int_equal(lates().count, 0);
}

/* What lasted longest is the reason. */
static void the_reason(void **state)
{
	struct ref ref = report();
	struct all all;

	(void)state;
	tried(TROUBLE_BUSY, LANES_ALL);
	when_skip(5 * MINUTE);
	tried(TROUBLE_BUSY, LANES_ALL);
	when_skip(MINUTE);
	for (unsigned n = 0; n < 4; n++) {
		tried(TROUBLE_LINE, LANES_ALL);
		when_skip(15 * MINUTE);
	}
	prove(town, 1, ref);
	all = lates();
	assert_int_equal(all.count, 1);
	assert_int_equal(all.at[0].why, TROUBLE_LINE);
	assert_int_equal(all.at[0].tries, 4);
}

/* Two tries of one night are no proof that the line was down all night. */
static void a_machine_that_was_off(void **state)
{
	struct ref ref = report();

	(void)state;
	tried(TROUBLE_LINE, LANES_ALL);
	when_skip(10 * HOUR);
	tried(TROUBLE_LINE, LANES_ALL);
	when_skip(MINUTE);
	prove(town, 1, ref);
	assert_int_equal(lates().count, 1);
	assert_int_equal(lates().at[0].why, TROUBLE_IDLE);
}

/* Outside the hours alarms go: for them the line worked. */
static void hours_hold_back_all_but_alarms(void **state)
{
	struct ref ref = report();
	struct ref alarm = help_add(store, "warning", "event=11B01;severity=red;headline=a");
	struct all all;

	(void)state;
	for (unsigned n = 0; n < 5; n++) {
		tried(TROUBLE_HOURS, OTHERS);
		tried(TROUBLE_NONE, 1u << LANE_ALARM);
		when_skip(15 * MINUTE);
	}
	prove(town, 1, alarm);
	prove(town, 1, ref);
	all = lates();
	assert_int_equal(all.count, 2);
	for (unsigned n = 0; n < 2; n++)
		assert_int_equal(
			all.at[n].why, all.at[n].lane == LANE_ALARM ? TROUBLE_NONE : TROUBLE_HOURS);
}

static void no_more_than_so_many(void **state)
{
	struct ref ref = {0, 0};

	(void)state;
	for (unsigned n = 0; n < LATE_KEPT + 10; n++) {
		ref = report();
		when_skip(HOUR);
		prove(town, 1, ref);
	}
	struct all all = lates();
	assert_int_equal(all.count, LATE_KEPT);
	assert_int_equal(all.at[0].rec.seq, ref.seq); /* the latest first */
	assert_true(db_number(store_log(store)->db, "SELECT count(*) FROM late", 0) <= LATE_KEPT);
	for (unsigned n = 0; n < 300; n++)
		tried(n % 2 ? TROUBLE_LINE : TROUBLE_CUT, LANES_ALL);
	assert_int_equal(db_number(store_log(store)->db, "SELECT count(*) FROM trouble", 0), 200);
}

/* A commit every minute only to say that all is well: no. */
static void success_is_seldom_written_down(void **state)
{
	(void)state;
	tried(TROUBLE_NONE, LANES_ALL);
	int64_t before = db_number(store_log(store)->db, "SELECT total_changes()", 0);
	tried(TROUBLE_NONE, LANES_ALL);
	assert_int_equal(db_number(store_log(store)->db, "SELECT total_changes()", 0), before);
	when_skip(11 * MINUTE);
	tried(TROUBLE_NONE, LANES_ALL);
	assert_true(db_number(store_log(store)->db, "SELECT total_changes()", 0) > before);
}

static bool take_outage(const struct outage *outage, void *to)
{
	*(struct outage *)to = *outage;
	return true;
}

static void when_nothing_went(void **state)
{
	struct outage last = {.from = 0};
	struct fault fault = {0};
	int64_t began = store_now(store);

	(void)state;
	tried(TROUBLE_LINE, LANES_ALL);
	when_skip(HOUR / 2);
	tried(TROUBLE_LINE, LANES_ALL);
	when_skip(HOUR / 2);
	good(outage_each(store, began, HOUR, take_outage, &last, &fault), &fault);
	assert_int_equal(last.from, began);
	assert_int_equal(last.until, 0);
	assert_int_equal(last.why, TROUBLE_LINE);
	assert_int_equal(last.tries, 2);
	tried(TROUBLE_NONE, LANES_ALL);
	good(outage_each(store, began, HOUR, take_outage, &last, &fault), &fault);
	assert_int_equal(last.until, began + HOUR);
	last.from = 0;
	good(outage_each(store, began, HOUR + 1, take_outage, &last, &fault), &fault);
	assert_int_equal(last.from, 0); /* too short to be told */
	good(outage_each(store, began + HOUR + 1, 0, take_outage, &last, &fault), &fault);
	assert_int_equal(last.from, 0); /* it was over */
}

static void every_trouble_has_words_and_advice(void **state)
{
	struct fault fault = {.rc = RC_LINK};

	(void)state;
	for (unsigned n = TROUBLE_NONE + 1; n < TROUBLES; n++) {
		assert_non_null(trouble_names[n]);
		assert_true(*trouble_what((enum trouble)n) && *trouble_advice((enum trouble)n));
	}
	assert_int_equal(trouble_of(&fault), TROUBLE_LINE);
	assert_int_equal(trouble_is(TROUBLE_CUT, &fault, fault_set(&fault, RC_LINK, "a")), RC_LINK);
	assert_int_equal(trouble_of(&fault), TROUBLE_CUT);
	assert_int_equal(trouble_is(TROUBLE_CUT, NULL, RC_BAD), RC_BAD);
	fault_set(&fault, RC_FULL, "b");
	assert_int_equal(trouble_of(&fault), TROUBLE_HERE);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(in_time_is_not_late),
		TEST(late_once_and_how_long),
		TEST(proven_once_is_proven),
		TEST(only_from_above),
		TEST(not_before_there_was_anybody_above),
		TEST(a_clock_that_was_never_set_tells_nothing),
		TEST(the_reason),
		TEST(a_machine_that_was_off),
		TEST(hours_hold_back_all_but_alarms),
		TEST(no_more_than_so_many),
		TEST(success_is_seldom_written_down),
		TEST(when_nothing_went),
		TEST(every_trouble_has_words_and_advice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
