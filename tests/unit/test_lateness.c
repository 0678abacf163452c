/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who was late in a month that is over is told by what was written then.
 * Covers: J04
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/shipped.h"
#include "work/lateness.h"
#include "work/text.h"

enum {
	MIDNIGHT = 1783958400 /* 2026-07-14 00:00 in China */,
	MINUTE = 60,
	HOUR = 3600,
	DAY = 86400
};

static struct store *store;
static struct world world;
static struct arena arena;

static int start(void **state)
{
	(void)state;
	when_hold(MIDNIGHT + 5 * HOUR);
	area_lists_clear();
	area_list_add(shipped_file("areas.tsv"));
	store = help_alone(TOWN, "BX");
	return 0;
}

static int stop(void **state)
{
	arena_release(&arena);
	return help_alone_stop(state);
}

static struct lateness late(const char *ask, bool before)
{
	struct lateness got;
	struct fault fault = {0};
	int64_t now = store_now(store);
	world_open(&world, store, NULL, now);
	assert_int_equal(lateness_load(&got, &world, rules_named(RULE_ASK, ask),
				 late_month(now, before), &arena, &fault),
		RC_OK);
	return got;
}

static const struct late_place *place_of(const struct lateness *got, uint64_t area)
{
	for (unsigned n = 0; n < got->count; n++)
		if (got->places[n].area == area)
			return &got->places[n];
	return NULL;
}

static struct ref warn(const char *fields)
{
	char all[200];
	snprintf(all, sizeof all, "event=暴雨;severity=red;headline=红;%s", fields);
	return help_add(store, "warning", all);
}

static void sign(struct ref warning, uint64_t area)
{
	char number[32], fields[64];
	store_number(store, warning, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	help_add_in(store, "receipt", area, fields);
}

/* The text NAME of the day. */
static void says(const char *name, const char *wanted)
{
	struct buf text = {0};
	struct fault fault;
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(text_compose(&text, &world, NULL, name, &fault), RC_OK);
	if (!strstr(buf_cstr(&text), wanted))
		fail_msg("no \"%s\" in:\n%s", wanted, buf_cstr(&text));
	buf_release(&text);
}

static void who_signed_late_or_never(void **state)
{
	(void)state;
	says("day.late", "无。");
	struct ref first = warn("areas=410882103205,410882103206");
	warn("areas=410882103205");
	warn("areas=410882103205;status=exercise");
	assert_int_equal(late("sign", false).count, 0);
	when_skip(4 * MINUTE);
	sign(first, VILLAGE_2);
	when_skip(4 * MINUTE);
	sign(first, VILLAGE);
	struct lateness got = late("sign", false);
	assert_int_equal(got.count, 1);
	assert_int_equal(got.places[0].area, VILLAGE);
	assert_int_equal(got.places[0].times, 2);
	assert_int_equal(got.places[0].never, 1);
	says("day.late", "签收预警超时：西彰村2次（1次没收到）。");
	/* The month after it stands in the notice, and no more in the month itself. */
	when_skip(25 * DAY);
	assert_int_equal(late("sign", false).count, 0);
	assert_int_equal(late("sign", true).count, 1);
	says("day.notice", "签收预警超时：西彰村2次");
	says("day.late", "无。");
	when_skip(31 * DAY);
	assert_int_equal(late("sign", true).count, 0);
}

static void what_was_lifted_in_time_is_owed_by_nobody(void **state)
{
	(void)state;
	struct ref warning = warn("areas=410882103205");
	when_skip(2 * MINUTE);
	help_step(store, warning, "cancel", "text=误发");
	when_skip(HOUR);
	assert_int_equal(late("sign", false).count, 0);
}

/* Two days with a response, and a third without. */
static void who_did_not_report_each_day(void **state)
{
	(void)state;
	assert_int_equal(late("zero", false).count, 0);
	struct ref response = help_add(store, "response", "event=洪涝;level=3");
	when_hold(MIDNIGHT + 6 * HOUR);
	help_add_in(store, "report", VILLAGE, "event=洪涝;stage=zero");
	when_hold(MIDNIGHT + 8 * HOUR);
	help_add_in(store, "report", VILLAGE_2, "event=洪涝;stage=zero");
	when_hold(MIDNIGHT + DAY + 6 * HOUR);
	help_add_in(store, "report", VILLAGE_2, "event=洪涝;stage=zero");
	when_hold(MIDNIGHT + DAY + 9 * HOUR);
	help_add_in(store, "report", VILLAGE, "event=洪涝;stage=zero");
	when_hold(MIDNIGHT + 2 * DAY + 6 * HOUR);
	help_step(store, response, "stop", "reason=水退");
	when_hold(MIDNIGHT + 2 * DAY + 12 * HOUR);
	struct lateness got = late("zero", false);
	const struct late_place *village = place_of(&got, VILLAGE),
				*other = place_of(&got, VILLAGE_2);
	assert_non_null(village);
	assert_int_equal(village->times, 1);
	assert_int_equal(village->never, 0);
	assert_non_null(other);
	assert_int_equal(other->times, 1);
	assert_int_equal(other->never, 0);
	assert_true(got.count > 2);
	assert_int_equal(got.places[0].times, 2);
	assert_int_equal(got.places[0].never, 2);
	assert_null(place_of(&got, TOWN));
}

static void a_month_before_is_whole(void **state)
{
	(void)state;
	struct late_period month = late_month(MIDNIGHT + HOUR, false);
	assert_int_equal(date_of(month.from), 20260701);
	assert_int_equal(month.to, MIDNIGHT + HOUR);
	month = late_month(MIDNIGHT, true);
	assert_int_equal(date_of(month.from), 20260601);
	assert_int_equal(date_of(month.to), 20260701);
	assert_int_equal(date_of(month.to - 1), 20260630);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_signed_late_or_never, start, stop),
		cmocka_unit_test_setup_teardown(
			what_was_lifted_in_time_is_owed_by_nobody, start, stop),
		cmocka_unit_test_setup_teardown(who_did_not_report_each_day, start, stop),
		cmocka_unit_test(a_month_before_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
