/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disaster reports of one event: which belong to it, what is late, what they come to, who is
 * silent, what goes past a level. Tests also: losses_doubt.c
 */
#include "work/losses.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store_help.h"

static struct store *store;
static struct arena arena;
static struct world world;
static struct losses losses;

static void at(const char *time)
{
	int64_t now;
	const char *why;

	assert_true(when_parse(time, when_now(), &now, &why));
	when_hold(now);
}

static int start_at(uint64_t area)
{
	area_lists_clear();
	area_list_add(bytes_text("410882\t沁阳市\n410882103\t柏香镇\n410882103205\t西彰村\n"
				 "410882103206\t新村\n410882103207\t高村\n"));
	at("2026-07-14 02:00");
	store = help_alone(area, "BXZ");
	return 0;
}

static int start(void **state)
{
	(void)state;
	return start_at(TOWN);
}

static int start_county(void **state)
{
	(void)state;
	return start_at(COUNTY);
}

static int stop(void **state)
{
	arena_release(&arena);
	return help_alone_stop(state);
}

static void load(void)
{
	struct fault fault;

	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(losses_load(&losses, &world, "", &arena, &fault), RC_OK);
}

static struct ref report(const char *time, uint64_t area, const char *fields)
{
	at(time);
	return help_add_in(store, "report", area, fields);
}

static const struct loss_doubt *doubt(enum loss_doubt_kind kind, struct loss_doubts *doubts)
{
	struct fault fault;

	assert_int_equal(losses_doubts(&losses, doubts, &arena, &fault), RC_OK);
	for (unsigned n = 0; n < doubts->count; n++)
		if (doubts->at[n].kind == kind)
			return &doubts->at[n];
	return NULL;
}

/* A village has half an hour from the event, a township one hour, whenever they write. */
static void late_runs_from_the_event(void **state)
{
	(void)state;
	report("2026-07-14 03:29", VILLAGE,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=1");
	report("2026-07-14 03:31", VILLAGE_2,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=1");
	report("2026-07-14 04:05", TOWN, "event=D01;stage=first;time=2026-07-14 03:00;affected=2");
	load();
	assert_int_equal(losses_version(&losses, VILLAGE, 0)->late, 0);
	assert_int_equal(losses_version(&losses, VILLAGE_2, 0)->late, 60);
	assert_int_equal(losses.own->late, 5 * 60);
	assert_int_equal(losses.from, losses.own->happened);
}

/* A follow-up from the one before it, a verified report days later. */
static void later_reports_have_their_terms(void **state)
{
	(void)state;
	report("2026-07-14 03:10", VILLAGE,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=1");
	report("2026-07-14 04:41", VILLAGE,
		"event=D01;stage=follow;serial=1;time=2026-07-14 03:00;affected=2");
	report("2026-07-16 04:42", VILLAGE,
		"event=D01;stage=verified;time=2026-07-14 03:00;affected=2");
	load();
	assert_int_equal(losses_version(&losses, VILLAGE, 1)->late, 60);
	assert_int_equal(losses_version(&losses, VILLAGE, 0)->late, 60);
}

/* Follow-up on a Friday: two working days are over on Tuesday. */
static void a_verified_report_has_working_days(void **state)
{
	(void)state;
	report("2026-07-17 03:10", VILLAGE,
		"event=D01;stage=first;time=2026-07-17 03:00;affected=1");
	report("2026-07-17 04:30", VILLAGE,
		"event=D01;stage=follow;serial=1;time=2026-07-17 03:00;affected=2");
	report("2026-07-21 04:31", VILLAGE,
		"event=D01;stage=verified;time=2026-07-17 03:00;affected=2");
	load();
	assert_int_equal(losses_version(&losses, VILLAGE, 0)->late, 60);
}

/* Unknown is not none: a figure that nobody knows has no sum, one that somebody knows has theirs.
 */
static void the_sum_of_what_is_known(void **state)
{
	(void)state;
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=first;affected=10;dead=0;crop_ha=1.5");
	report("2026-07-14 03:11", VILLAGE_2, "event=D01;stage=first;affected=5");
	report("2026-07-14 03:20", TOWN, "event=D01;stage=first;affected=20;need_help=3");
	load();
	assert_int_equal(losses.sum.num[LOSS_AFFECTED], 15);
	assert_int_equal(losses.sum.num[LOSS_CROP], 1500);
	assert_true(losses.sum.has[LOSS_DEAD]);
	assert_false(losses.sum.has[LOSS_MISSING]);
	assert_int_equal(losses.difference.num[LOSS_AFFECTED], -5);
	assert_false(losses.difference.has[LOSS_NEED_HELP]);
	assert_true(losses_fall(&losses));
	struct loss_numbers merged;
	losses_merged(&losses, &merged);
	assert_int_equal(merged.num[LOSS_NEED_HELP], 3);
	assert_int_equal(merged.num[LOSS_AFFECTED], 15);
}

/* A number that a follow-up leaves blank is not 0: what the place told last stays in the sum, and
 * in what is merged. */
static void a_blank_takes_nothing_back(void **state)
{
	struct loss_numbers merged;

	(void)state;
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=first;affected=118;moved=86");
	report("2026-07-14 03:11", VILLAGE_2, "event=D01;stage=first;affected=37;moved=0");
	report("2026-07-14 03:40", VILLAGE, "event=D01;stage=follow;serial=1;dead=3");
	load();
	assert_int_equal(losses.sum.num[LOSS_AFFECTED], 155);
	assert_int_equal(losses.sum.num[LOSS_MOVED], 86);
	assert_int_equal(losses.sum.num[LOSS_DEAD], 3);
	assert_false(losses.sum.has[LOSS_MONEY]);
	losses_merged(&losses, &merged);
	assert_int_equal(merged.num[LOSS_MOVED], 86);
	assert_false(merged.has[LOSS_MONEY]);
}

/* All is well takes no figures back, and is no silence. */
static void zero_reports_leave_figures(void **state)
{
	(void)state;
	report("2026-07-14 03:10", VILLAGE,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=10");
	report("2026-07-14 03:30", VILLAGE, "event=D01;stage=zero");
	report("2026-07-14 03:40", VILLAGE_2, "event=D01;stage=zero");
	load();
	assert_int_equal(losses.told, 1);
	assert_int_equal(losses.quiet, 1); /* who has told of losses says that they stay */
	assert_int_equal(losses.sum.num[LOSS_AFFECTED], 10);
	assert_int_equal(losses.silent, losses.place_count - 2);
	assert_int_equal(losses_unasked(&losses), losses.silent);
}

/* Who knows of dead that were not reported does not say that all is well. */
static void no_zero_report_over_the_dead(void **state)
{
	const struct actor actor = {store, NULL, NULL};
	struct loss_doubts doubts;
	struct fault fault = {0};
	struct ref ref;

	(void)state;
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=zero");
	assert_int_equal(losses_zero_may(&actor, &fault), RC_OK);
	help_add_in(store, "incident", VILLAGE, "event=11A01;place=村西;text=塌方;dead=1");
	assert_int_equal(losses_zero_may(&actor, &fault), RC_BAD);
	assert_int_equal(losses_zero(&actor, &ref, &fault), RC_BAD);
	load();
	assert_int_equal(doubt(DOUBT_INCIDENT, &doubts)->other, 1);
	report("2026-07-14 03:20", VILLAGE, "event=D01;stage=first;affected=3;dead=1");
	report("2026-07-14 03:30", TOWN, "event=D01;stage=first;affected=3;dead=0");
	assert_int_equal(losses_zero_may(&actor, &fault), RC_BAD);
	report("2026-07-14 03:40", TOWN, "event=D01;stage=follow;serial=1;affected=3;dead=1");
	assert_int_equal(losses_zero(&actor, &ref, &fault), RC_OK);
}

/* After one nothing is due until numbers change; the next day it is gone. One from before the event
 * is today's, but who gave it is asked of the event. */
static void a_zero_report_of_today(void **state)
{
	enum loss_stage stage;
	int64_t serial;

	(void)state;
	report("2026-07-14 02:10", VILLAGE_2, "event=D01;stage=zero");
	report("2026-07-14 03:10", TOWN, "event=D01;stage=first;time=2026-07-14 03:00;affected=10");
	load();
	assert_int_equal(losses_next(&losses, &stage, &serial), losses.own->at + 90 * 60);
	assert_null(losses.own_zero);
	assert_int_equal(losses.quiet, 1);
	assert_int_equal(losses.silent, losses.place_count - 1);
	assert_int_equal(losses_unasked(&losses), losses.place_count);
	report("2026-07-14 03:30", TOWN, "event=D01;stage=zero");
	load();
	assert_non_null(losses.own_zero);
	assert_int_equal(losses_next(&losses, &stage, &serial), 0);
	at("2026-07-15 00:01");
	load();
	assert_null(losses.own_zero);
	assert_int_equal(losses.quiet, 0);
}

/* What was long ago, or of another sort, is another event; the newest is looked at. */
static void events_are_kept_apart(void **state)
{
	(void)state;
	report("2026-07-01 03:10", VILLAGE, "event=D01;stage=first;affected=99");
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=first;affected=10");
	report("2026-07-14 03:20", VILLAGE_2, "event=D22;stage=first;affected=2;dead=1");
	load();
	assert_int_equal(losses.event_count, 2);
	assert_string_equal(losses.event, "D22");
	assert_int_equal(losses.sum.num[LOSS_AFFECTED], 2);
	struct fault fault;
	assert_int_equal(losses_load(&losses, &world, "D01", &arena, &fault), RC_OK);
	assert_int_equal(losses.sum.num[LOSS_AFFECTED], 10);
}

/* What nobody told of midnight is not known; of an event of yesterday what was reported then. */
static void what_midnight_knew(void **state)
{
	(void)state;
	report("2026-07-13 22:10", TOWN, "event=D01;stage=first;time=2026-07-13 22:00;affected=10");
	report("2026-07-14 03:10", TOWN, "event=D01;stage=follow;serial=1;affected=30");
	load();
	assert_int_equal(losses.yesterday.num[LOSS_AFFECTED], 10);
	assert_false(losses.yesterday.has[LOSS_DEAD]);
}

/* The newest that is not in what was merged makes the merged report old. */
static void a_merged_report_becomes_old(void **state)
{
	const struct actor actor = {store, NULL, NULL};
	struct loss_doubts doubts;
	struct fault fault = {0};
	struct ref ref;

	(void)state;
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=first;affected=10");
	load();
	assert_int_equal(losses_merge(&actor, &losses, "", &ref, &fault), RC_OK);
	load();
	assert_int_equal(losses.own->numbers.num[LOSS_AFFECTED], 10);
	assert_null(doubt(DOUBT_LEFT_OUT, &doubts));
	report("2026-07-14 03:20", VILLAGE, "event=D01;stage=follow;serial=1;affected=12");
	load();
	assert_int_equal(doubt(DOUBT_LEFT_OUT, &doubts)->area, VILLAGE);
	assert_int_equal(losses.difference.num[LOSS_AFFECTED], 2);
}

/* Lists, the telephone, shelters, and silence are compared with the report. */
static void what_does_not_agree(void **state)
{
	struct loss_doubts doubts;

	(void)state;
	report("2026-07-14 03:10", VILLAGE,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=10;dead=1;resettled=4");
	help_add_in(store, "casualty", VILLAGE, "name=张三;fate=dead");
	load();
	assert_null(doubt(DOUBT_DEAD, &doubts));
	assert_int_equal(doubt(DOUBT_SHELTERS, &doubts)->other, 0);
	help_add_in(store, "casualty", VILLAGE, "name=李四;fate=dead");
	help_add_in(store, "incident", VILLAGE, "event=11A01;place=村东;text=塌方;dead=3");
	at("2026-07-14 04:41");
	load();
	assert_int_equal(doubt(DOUBT_DEAD, &doubts)->other, 2);
	assert_int_equal(doubt(DOUBT_INCIDENT, &doubts)->other, 3);
	assert_int_equal(doubt(DOUBT_SILENT, &doubts)->mine, 91);
}

/* Who left a number blank did not say 0: what a list holds is compared, and shown, as unknown. */
static void a_blank_is_not_nothing(void **state)
{
	struct loss_doubts doubts;

	(void)state;
	report("2026-07-14 03:10", VILLAGE,
		"event=D01;stage=first;time=2026-07-14 03:00;affected=10");
	load();
	assert_null(doubt(DOUBT_DEAD, &doubts));
	assert_null(doubt(DOUBT_SHELTERS, &doubts));
	help_add_in(store, "casualty", VILLAGE, "name=张三;fate=dead");
	help_add_in(store, "incident", VILLAGE, "event=11A01;place=村东;text=塌方;dead=0");
	load();
	assert_int_equal(doubt(DOUBT_DEAD, &doubts)->mine, LOSS_UNKNOWN);
	assert_null(doubt(DOUBT_INCIDENT, &doubts));
	help_add_in(store, "incident", VILLAGE, "event=11A01;place=村西;text=塌方;dead=1");
	load();
	assert_int_equal(doubt(DOUBT_INCIDENT, &doubts)->mine, LOSS_UNKNOWN);
	report("2026-07-14 03:20", TOWN, "event=D01;stage=first;time=2026-07-14 03:00;resettled=4");
	load();
	assert_int_equal(doubt(DOUBT_SHELTERS, &doubts)->third, LOSS_UNKNOWN);
}

/* Three dead go past the township until it has checked them; two do not. */
static void grave_reports_go_past_a_level(void **state)
{
	(void)state;
	report("2026-07-14 03:10", VILLAGE, "event=D01;stage=first;affected=10;dead=2;missing=0");
	load();
	assert_null(losses_skipping(&losses, 0));
	struct ref ref = report("2026-07-14 03:20", VILLAGE_2,
		"event=D01;stage=follow;serial=1;affected=10;dead=3;missing=0");
	load();
	assert_int_equal(losses_skipping(&losses, 0)->area, VILLAGE_2);
	assert_int_equal(ref.seq % 8, LANE_ALARM);
	help_step_by(store, ref, "李卫东", "check", "result=passed");
	load();
	assert_null(losses_skipping(&losses, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(late_runs_from_the_event, start, stop),
		cmocka_unit_test_setup_teardown(later_reports_have_their_terms, start, stop),
		cmocka_unit_test_setup_teardown(a_verified_report_has_working_days, start, stop),
		cmocka_unit_test_setup_teardown(the_sum_of_what_is_known, start, stop),
		cmocka_unit_test_setup_teardown(a_blank_takes_nothing_back, start, stop),
		cmocka_unit_test_setup_teardown(zero_reports_leave_figures, start, stop),
		cmocka_unit_test_setup_teardown(a_zero_report_of_today, start, stop),
		cmocka_unit_test_setup_teardown(no_zero_report_over_the_dead, start, stop),
		cmocka_unit_test_setup_teardown(events_are_kept_apart, start, stop),
		cmocka_unit_test_setup_teardown(what_midnight_knew, start, stop),
		cmocka_unit_test_setup_teardown(a_merged_report_becomes_old, start, stop),
		cmocka_unit_test_setup_teardown(what_does_not_agree, start, stop),
		cmocka_unit_test_setup_teardown(a_blank_is_not_nothing, start, stop),
		cmocka_unit_test_setup_teardown(grave_reports_go_past_a_level, start_county, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
