/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which disposal card is the one to take: by a warning and its colour, an incident, the season.
 */
#include "work/going_on.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "store/identity.h"
#include "store_help.h"

static struct store *village;
static struct going_on going_on;

static int start(void **state)
{
	(void)state;
	when_hold(1784000000); /* in July */
	village = help_alone(VILLAGE, "WZ");
	return 0;
}

static void look(void)
{
	struct world world;
	struct fault fault;

	world_open(&world, village, NULL, store_now(village));
	assert_int_equal(going_on_load(&going_on, &world, &fault), RC_OK);
}

static bool fits(const char *event, const char *words)
{
	struct card_fit fit = going_on_fits(&going_on, event, words);

	return fit.going || fit.season;
}

static void only_in_its_season(void **state)
{
	(void)state;
	look();
	assert_true(fits("11A06", "season=flood"));
	assert_false(fits("11A06", "season=fire"));
	assert_false(fits("11A06", "season=none"));
	assert_false(fits("11A06", ""));
}

static void a_warning_by_its_colour(void **state)
{
	(void)state;
	help_add(village, "warning", "event=11B03;severity=orange;headline=暴雨橙色预警");
	look();
	assert_true(fits("", "11A06 11B03/orange"));
	assert_false(fits("", "11B03/red"));
	assert_true(fits("11B03", ""));
	assert_false(fits(
		"11B03", "11A06")); /* what it fits is said, so the event alone is not enough */
}

static void an_incident_also_by_what_it_stands_below(void **state)
{
	(void)state;
	help_add(village, "incident", "event=11D03;place=北坡;text=塌方");
	look();
	assert_true(fits("11D00", ""));
	assert_false(fits("11D01", ""));
	assert_false(fits("12P00", ""));
}

/* The card of a post is for whoever holds it, and for no warning: the board of one that has no card
 * stands. */
static void a_post_is_no_warning(void **state)
{
	struct arena arena = {0};
	struct card_run run;
	struct fault fault;
	struct row row;

	(void)state;
	help_add(village, "card", "code=Z1;title=岗位卡;level=role;fits=role=R02;text=1. 巡查");
	struct ref ref =
		help_add(village, "warning", "event=11B03;severity=red;headline=暴雨红色预警");
	assert_int_equal(store_row(village, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(card_run_load(&run, village, &row, &arena, &fault), RC_OK);
	assert_int_equal(run.card.seq, 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(only_in_its_season, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(a_warning_by_its_colour, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(
			an_incident_also_by_what_it_stands_below, start, help_alone_stop),
		cmocka_unit_test_setup_teardown(a_post_is_no_warning, start, help_alone_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
