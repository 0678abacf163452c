/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who owes an answer, whose a thing is, and where it stands on home; at a village, its township and
 * the county. Tests also: ask.c world.c standing.c
 * Covers: C01 C04 F06 W9.6
 */
#include "work/agenda.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store_help.h"
#include "work/change.h"

static char homes[3][HELP_HOME];
static struct store *county, *town, *village;

static int start(void **state)
{
	struct store *all[3];
	(void)state;
	when_hold(1784000000);
	area_list_add(shipped_file("areas.tsv"));
	for (unsigned n = 0; n < 3; n++)
		help_home(homes[n]);
	county = all[0] = help_station(homes[0], COUNTY, "QY");
	town = all[1] = help_station(homes[1], TOWN, "BX");
	village = all[2] = help_station(homes[2], VILLAGE, "XZ");
	for (unsigned n = 0; n < 3; n++) {
		struct station own = *store_station(all[n]);
		own.joined = true;
		assert_int_equal(store_station_set(all[n], &own, NULL), RC_OK);
	}
	for (unsigned a = 0; a < 3; a++)
		for (unsigned b = 0; b < 3; b++)
			if (a != b)
				help_introduce(all[a], all[b]);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	store_close(county);
	store_close(town);
	store_close(village);
	for (unsigned n = 0; n < 3; n++)
		help_remove(homes[n]);
	area_lists_clear();
	return 0;
}

static struct standing at(struct store *store, struct ref ref)
{
	static struct arena arena;
	static struct world world;
	struct row row;
	arena_release(&arena);
	assert_int_equal(store_row(store, ref, &arena, &row, NULL), RC_OK);
	world_open(&world, store, NULL, store_now(store));
	return standing_of(&world, &row);
}

static bool asked(struct store *store, struct ref ref)
{
	return at(store, ref).needed.need == NEED_SIGN;
}

static void areas_say_who_signs(void **state)
{
	(void)state;
	struct ref all = help_add(county, "warning", "event=11B03;severity=red;status=actual"),
		   one = help_add(county, "warning",
			   "event=11B03;severity=red;status=actual;areas=410882103203"),
		   far = help_add(county, "warning",
			   "event=11B03;severity=red;status=actual;areas=410882104");
	help_carry(town, county);
	help_carry(village, county);
	assert_false(asked(county, all)); /* who issues it knows of it */
	assert_true(asked(town, all));
	assert_true(asked(village, all));
	assert_false(asked(county, one));
	assert_true(asked(town, one)); /* a village of it is meant */
	assert_false(asked(village, one));
	assert_false(asked(town, far));
	assert_false(asked(village, far));
}

/* What the county's watch typed in as another's is signed there, too; its own it knows. */
static void who_types_in_what_another_issued_signs(void **state)
{
	(void)state;
	struct ref own = help_add(county, "warning", "event=11B03;severity=red;status=actual"),
		   other = help_add(county, "warning",
			   "event=11B03;severity=red;status=actual;issuer=市气象台");
	assert_false(asked(county, own));
	assert_true(asked(county, other));
	assert_int_equal(at(county, other).rank->band, BAND_NOW);
	/* Who below has not signed a red one stands on home at once, and not when it is late. */
	assert_string_equal(at(county, own).rank->asked, "sign");
	assert_int_equal(at(county, own).rank->band, BAND_NOW);
	help_carry(town, county);
	assert_true(asked(town, own));
	assert_true(asked(town, other));
}

/* As a person types it; ISSUER "" = the station's own name. */
static struct ref issue(struct store *store, const char *issuer)
{
	struct actor actor = {.store = store};
	struct fault fault = {.text = ""};
	struct change change;
	struct ref ref;
	const char *why = "";
	change_new(&change, &actor, kind_of(KIND_warning), (struct ref){0, 0});
	assert_true(change_set(&change, "event", "11B03", &why));
	assert_true(change_set(&change, "severity", "red", &why));
	if (*issuer)
		assert_true(change_set(&change, "issuer", issuer, &why));
	change_defaults(&change);
	if (change_commit(&change, &ref, &fault))
		fail_msg("%s", fault.text);
	change_release(&change);
	return ref;
}

/* Who issued it is told by the station's id, not by what it is called: it may be renamed, and here
 * nobody has to know its name. */
static void its_own_stays_its_own_when_it_is_renamed(void **state)
{
	(void)state;
	struct ref own = issue(county, ""), other = issue(county, "市气象台");
	struct station station = *store_station(county);
	struct arena arena = {0};
	struct row row;
	assert_false(asked(county, own));
	snprintf(station.name, sizeof station.name, "%s", "市气象台");
	assert_int_equal(store_station_set(county, &station, NULL), RC_OK);
	assert_false(asked(county, own));
	assert_true(asked(county, other));
	help_carry(village, county);
	assert_int_equal(store_row(village, own, &arena, &row, NULL), RC_OK);
	assert_true(warning_own(village, &row));
	assert_int_equal(store_row(village, other, &arena, &row, NULL), RC_OK);
	assert_false(warning_own(village, &row));
	arena_release(&arena);
}

static void what_is_over_is_signed_once_more(void **state)
{
	(void)state;
	struct ref ref =
		help_add(county, "warning", "event=11B03;severity=red;status=actual;identifier=A1");
	help_carry(village, county);
	char fields[80], number[32];
	store_number(village, ref, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	help_add(village, "receipt", fields);
	assert_false(asked(village, ref));
	when_skip(60);
	help_step(county, ref, "cancel", "");
	help_carry(village, county);
	struct standing over = at(village, ref);
	assert_int_equal(over.needed.need, NEED_SIGN);
	assert_int_equal(over.needed.until, store_now(village) + 30 * 60);
	assert_int_equal(over.rank->band, BAND_TODAY);
	when_skip(60);
	help_add(village, "receipt", fields);
	assert_false(asked(village, ref));
	assert_null(at(village, ref).rank);
}

/* One without an end is in force, and asks, for three days; both end together. */
static void a_warning_without_an_end_ends(void **state)
{
	(void)state;
	struct ref signed_for =
			   help_add(county, "warning", "event=11B03;severity=red;status=actual"),
		   open = help_add(county, "warning", "event=11B03;severity=red;status=actual");
	help_carry(village, county);
	char fields[80], number[32];
	store_number(village, signed_for, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	help_add(village, "receipt", fields);
	assert_true(at(village, signed_for).force);
	assert_true(asked(village, open));
	when_skip(3 * DAY_SECONDS - 60);
	assert_true(at(village, signed_for).force);
	assert_true(asked(village, open));
	when_skip(60);
	assert_false(at(village, signed_for).force);
	assert_false(asked(village, open));
}

/* At the minute of its end it asks no more, and that it was lifted before asks no longer than it
 * would have been in force; lifted when it had run out, it asks nobody. */
static void what_has_run_out_asks_nobody(void **state)
{
	(void)state;
	char fields[120], end[WHEN_TEXT];
	when_rfc(store_now(county) + 20 * 60, end);
	snprintf(fields, sizeof fields, "event=11B06;severity=blue;status=actual;expires=%s", end);
	struct ref left = help_add(county, "warning", fields),
		   lifted = help_add(county, "warning", fields),
		   late = help_add(county, "warning", fields);
	when_skip(60);
	help_step(county, lifted, "cancel", "");
	help_carry(village, county);
	assert_true(asked(village, left));
	assert_true(asked(village, lifted));
	when_skip(19 * 60 - 1);
	assert_true(asked(village, left));
	assert_true(asked(village, lifted));
	when_skip(1);
	assert_false(asked(village, left));
	assert_null(at(village, left).rank);
	assert_false(asked(village, lifted));
	assert_null(at(village, lifted).rank);
	help_step(county, late, "cancel", "");
	help_carry(village, county);
	assert_false(asked(village, late));
	assert_null(at(village, late).rank);
}

static struct asked load(struct store *store, struct ref ref, const char *name)
{
	static struct arena arena;
	static struct world world;
	struct asked asked_all;
	struct row row;
	arena_release(&arena);
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(store_row(store, ref, &arena, &row, NULL), RC_OK);
	assert_int_equal(
		asked_load(&asked_all, &world, rules_named(RULE_ASK, name), &row, &arena, NULL),
		RC_OK);
	return asked_all;
}

static void the_township_sees_who_has_not(void **state)
{
	(void)state;
	struct ref ref = help_add(county, "warning", "event=11B03;severity=orange;status=actual");
	char fields[80], number[32];
	help_carry(town, county);
	help_carry(village, county);
	struct asked before = load(town, ref, "sign");
	assert_int_equal(before.count, 62);
	assert_int_equal(before.answered, 0);
	assert_int_equal(before.ninety, -1);
	assert_null(at(town, ref).rank->asked); /* it has not signed itself */
	when_skip(120);
	store_number(village, ref, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	help_add(village, "receipt", fields);
	help_add(town, "receipt", fields);
	help_carry(town, village);
	struct asked after = load(town, ref, "sign");
	assert_int_equal(after.answered, 1);
	assert_true(after.places[61].answered);
	assert_int_equal(after.places[61].area, VILLAGE);
	assert_int_equal(after.places[61].at, after.from + 120);
	assert_false(after.places[0].answered);
	/* In time they are asked; when the time is over they stand on the township's home. */
	assert_true(at(town, ref).rank == NULL || !at(town, ref).rank->asked);
	when_skip(20 * 60);
	struct standing late = at(town, ref);
	assert_string_equal(late.rank->asked, "sign");
	assert_int_equal(late.owing, 61);
	assert_int_equal(late.rank->band, BAND_NOW);
	/* The county looks at its townships, which it asks as places of its own. */
	help_carry(county, town);
	struct asked towns = load(county, ref, "sign");
	assert_true(towns.count >= 13);
	assert_int_equal(towns.answered, 1);
}

static void whose_it_is(void **state)
{
	(void)state;
	struct ref hazard =
		help_add(village, "hazard", "category=H0101;place=村部;text=堵;grade=M");
	when_skip(70 * 60); /* late, and not yet for so long that it rises everywhere */
	help_carry(town, village);
	struct standing there = at(village, hazard), here = at(town, hazard);
	assert_false(there.needed.mine);
	assert_int_equal(there.rank->band, BAND_WATCH);
	assert_true(here.needed.mine);
	assert_int_equal(here.rank->band, BAND_NOW);
	assert_string_equal(here.needed.rule->by, "township");
}

/* The number that it wants ends it, and so does that it cannot be done: neither is due within the
 * hour. */
static void an_order_that_was_told_what_it_wants_is_over(void **state)
{
	static const char *const rows[][3] = {
		{"number", "state=doing;number=86", "state=doing;text=还没数完"},
		{"text", "state=doing;text=已封闭", "state=doing"},
		{"arrival", "state=arrived", "state=sent"},
		{"receipt", "state=unable;text=没有船", "state=received"},
	};
	char fields[160], number[32];
	(void)state;
	for (size_t n = 0; n < countof(rows); n++) {
		snprintf(fields, sizeof fields, "text=查;to=西彰村;due=+50m;answer_type=%s",
			rows[n][0]);
		struct ref order = help_add(town, "order", fields);
		help_carry(village, town);
		store_number(village, order, number);
		snprintf(fields, sizeof fields, "order=%s;%s", number, rows[n][2]);
		help_add(village, "answer", fields);
		assert_int_not_equal(at(village, order).needed.need, NEED_NONE);
		when_skip(1);
		snprintf(fields, sizeof fields, "order=%s;%s", number, rows[n][1]);
		help_add(village, "answer", fields);
		assert_int_equal(at(village, order).needed.need, NEED_NONE);
		assert_null(at(village, order).rank);
	}
}

static void an_answered_order_leaves_now(void **state)
{
	(void)state;
	struct ref order = help_add(town, "order", "text=封涵洞;to=西彰村;due=+30m");
	char fields[80], number[32];
	help_carry(village, town);
	struct standing standing = at(village, order);
	assert_int_equal(standing.needed.need, NEED_SIGN);
	assert_int_equal(standing.rank->band, BAND_NOW);
	store_number(village, order, number);
	snprintf(fields, sizeof fields, "order=%s;state=received", number);
	help_add(village, "answer", fields);
	standing = at(village, order);
	assert_int_not_equal(standing.needed.need, NEED_SIGN);
	assert_true(!standing.rank || standing.rank->band != BAND_NOW);
	assert_int_equal(load(town, order, "order").count, 1);
	/* It is late, until they say that it is done. */
	when_skip(3600);
	assert_int_equal(at(village, order).needed.need, NEED_OVERDUE);
	snprintf(fields, sizeof fields, "order=%s;state=done", number);
	help_add(village, "answer", fields);
	assert_int_equal(at(village, order).needed.need, NEED_NONE);
	assert_null(at(village, order).rank);
	when_skip(60);
	snprintf(fields, sizeof fields, "order=%s;state=doing", number);
	help_add(village, "answer", fields);
	assert_int_equal(at(village, order).needed.need, NEED_OVERDUE);
}

/* Everybody has received it; the giver hears nothing more, and the time runs out. */
static void an_order_that_is_not_done_in_time_is_late_for_who_gave_it(void **state)
{
	(void)state;
	struct ref order = help_add(town, "order", "text=转移;to=西彰村;due=2026-07-14 12:03");
	char fields[80], number[32];
	help_carry(village, town);
	store_number(village, order, number);
	snprintf(fields, sizeof fields, "order=%s;state=received", number);
	help_add(village, "answer", fields);
	help_carry(town, village);
	struct standing standing = at(town, order);
	assert_true(!standing.rank || standing.rank->band == BAND_WATCH);
	when_skip(1801);
	standing = at(town, order);
	assert_non_null(standing.rank);
	assert_true(standing.rank->undone);
	assert_int_equal(standing.rank->band, BAND_NOW);
	assert_int_equal(standing.needed.need, NEED_OVERDUE);
	assert_int_equal(standing.owing, 1);
	snprintf(fields, sizeof fields, "order=%s;state=doing", number);
	help_add(village, "answer", fields);
	help_carry(town, village);
	assert_int_equal(at(town, order).owing, 1);
	when_skip(60);
	snprintf(fields, sizeof fields, "order=%s;state=done", number);
	help_add(village, "answer", fields);
	help_carry(town, village);
	standing = at(town, order);
	assert_int_equal(standing.owing, 0);
	assert_true(!standing.rank || standing.rank->band == BAND_WATCH);
}

static void a_task_reaches_who_is_named(void **state)
{
	struct world world;
	struct user user = {.who = 99, .name = "秦国庆"};
	struct arena arena = {0};
	struct row row;
	char fields[80], number[32];
	(void)state;
	struct ref person = help_add_in(town, "person", VILLAGE, "name=秦国庆;role=R02");
	store_number(town, person, number);
	snprintf(fields, sizeof fields, "text=查涵洞;to=%s", number);
	struct ref task = help_add_in(town, "task", VILLAGE, fields);
	help_carry(village, town);
	assert_int_equal(store_row(village, task, &arena, &row, NULL), RC_OK);
	world_open(&world, village, &user, store_now(village));
	assert_true(standing_of(&world, &row).needed.mine);
	snprintf(user.name, sizeof user.name, "宋随山");
	world_open(&world, village, &user, store_now(village));
	assert_false(standing_of(&world, &row).needed.mine);
	arena_release(&arena);
}

static void the_watch_and_the_response(void **state)
{
	struct world world;
	struct user user = {.who = 0, .name = "崔丽娟"};
	(void)state;
	world_open(&world, town, NULL, store_now(town));
	assert_int_equal(world.around.response, 0);
	assert_false(world.rostered);
	help_add(town, "response", "event=11B03;level=3");
	char fields[80];
	snprintf(fields, sizeof fields, "date=%lld;officer=崔丽娟",
		(long long)watch_day(store_now(town)));
	help_add(town, "roster", fields);
	user.who = 7;
	world_open(&world, town, &user, store_now(town));
	assert_int_equal(world.around.response, 3);
	assert_true(world.rostered);
	assert_true(world.on_watch);
	snprintf(user.name, sizeof user.name, "刘凤英");
	world_open(&world, town, &user, store_now(town));
	assert_false(world.on_watch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(areas_say_who_signs, start, stop),
		cmocka_unit_test_setup_teardown(
			who_types_in_what_another_issued_signs, start, stop),
		cmocka_unit_test_setup_teardown(
			its_own_stays_its_own_when_it_is_renamed, start, stop),
		cmocka_unit_test_setup_teardown(a_warning_without_an_end_ends, start, stop),
		cmocka_unit_test_setup_teardown(what_is_over_is_signed_once_more, start, stop),
		cmocka_unit_test_setup_teardown(what_has_run_out_asks_nobody, start, stop),
		cmocka_unit_test_setup_teardown(the_township_sees_who_has_not, start, stop),
		cmocka_unit_test_setup_teardown(whose_it_is, start, stop),
		cmocka_unit_test_setup_teardown(an_answered_order_leaves_now, start, stop),
		cmocka_unit_test_setup_teardown(
			an_order_that_is_not_done_in_time_is_late_for_who_gave_it, start, stop),
		cmocka_unit_test_setup_teardown(
			an_order_that_was_told_what_it_wants_is_over, start, stop),
		cmocka_unit_test_setup_teardown(a_task_reaches_who_is_named, start, stop),
		cmocka_unit_test_setup_teardown(the_watch_and_the_response, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
