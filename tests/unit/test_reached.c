/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ladder of a record: one mark missing for one of its facts, and the level is not named.
 * Covers: N1
 */
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static struct store *village, *town, *county;

static int start(void **state)
{
	(void)state;
	struct store *levels[HELP_LEVELS];
	help_levels(levels);
	village = levels[HELP_VILLAGE];
	town = levels[HELP_TOWN];
	county = levels[HELP_COUNTY];
	help_introduce(village, town);
	help_introduce(village, county);
	return 0;
}

static uint64_t site(struct store *store)
{
	return store_station(store)->site;
}

/* HOLDER tells the village that it has AUTHOR's facts of LANE up to UPTO; a higher NUMBER is a new
 * store. */
static void hear(uint64_t holder, uint64_t author, unsigned lane, uint32_t upto, uint64_t number)
{
	struct mark mark = {holder, author, lane, number, upto, 0};
	struct fault fault;
	assert_int_equal(log_mark(store_log(village), &mark, &fault), RC_OK);
}

/* "township county", the levels that are named. */
static const char *levels(struct ref ref, uint64_t area)
{
	static char text[100];
	struct fault fault;
	bool held[LEVELS];
	assert_int_equal(store_reached(village, ref, area, held, &fault), RC_OK);
	text[0] = 0;
	for (unsigned level = 0; level < LEVELS; level++)
		if (held[level])
			snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s",
				*text ? " " : "", level_names[level]);
	return text;
}

static struct ref hazard(void)
{
	return help_add(village, "hazard", "category=H0101;place=后山;text=裂缝;grade=G");
}

static void every_fact_must_be_held(void **state)
{
	struct ref ref = hazard();
	(void)state;
	help_step(village, ref, "rectify", "text=已清理");
	assert_string_equal(levels(ref, VILLAGE), "");
	hear(site(town), site(village), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), ""); /* the step is not there yet */
	hear(site(town), site(village), LANE_LOOP, 2, 5);
	assert_string_equal(levels(ref, VILLAGE), "township");
	hear(site(county), site(village), LANE_BOOK, 9, 5); /* another lane says nothing */
	assert_string_equal(levels(ref, VILLAGE), "township");
	hear(site(county), site(village), LANE_LOOP, 2, 5);
	assert_string_equal(levels(ref, VILLAGE), "township county");
	help_edit(village, ref, "place=后山西");
	assert_string_equal(levels(ref, VILLAGE), ""); /* written on: nobody has it all */
}

/* A step of the township on the village's record counts for the county, not for the township. */
static void who_wrote_above_does_not_count_below(void **state)
{
	struct ref ref = hazard();
	(void)state;
	help_introduce(town, village);
	help_carry(town, village);
	help_step(town, ref, "urge", "text=请抓紧");
	help_carry(village, town);
	hear(site(town), site(village), LANE_LOOP, 1, 5);
	hear(site(county), site(village), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), "township");
	hear(site(county), site(town), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), "township county");
}

/* A county's step on the village's record: for the township no fact of its own is asked for it, the
 * village's is. */
static void what_only_the_county_wrote_is_no_proof(void **state)
{
	struct ref ref =
		help_add_in(county, "hazard", VILLAGE, "category=H0101;place=桥;text=沉降;grade=G");
	(void)state;
	help_carry(village, county);
	/* It wrote it, so it has it; of the township nobody has said anything. */
	assert_string_equal(levels(ref, VILLAGE), "county");
}

/* Another county has come after it: what the one before wrote is proven by the new one or not at
 * all. */
static void who_was_followed_proves_nothing_by_itself(void **state)
{
	struct ref ref =
		help_add_in(county, "hazard", VILLAGE, "category=H0101;place=桥;text=沉降;grade=G");
	struct site next, own;
	struct fault fault;
	(void)state;
	help_carry(village, county);
	assert_true(log_site(store_log(village), site(county), &next));
	assert_true(log_site(store_log(village), site(village), &own));
	own.above = next.site;
	assert_int_equal(log_site_set(store_log(village), &own, &fault), RC_OK);
	assert_string_equal(levels(ref, VILLAGE), "county");
	own.above = ++next.site;
	snprintf(next.code, sizeof(next.code), "WX2");
	assert_int_equal(log_site_set(store_log(village), &next, &fault), RC_OK);
	assert_int_equal(log_site_set(store_log(village), &own, &fault), RC_OK);
	assert_string_equal(levels(ref, VILLAGE), "");
	hear(next.site, site(county), LANE_LOOP, 1, 7);
	assert_string_equal(levels(ref, VILLAGE), "county");
}

static void a_new_store_proves_anew(void **state)
{
	struct ref ref = hazard();
	(void)state;
	hear(site(town), site(village), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), "township");
	hear(site(town), site(village), LANE_BULK, 1, 6); /* restored from an old copy */
	assert_string_equal(levels(ref, VILLAGE), "");
}

static void who_is_cut_off_or_lies_elsewhere_is_not_named(void **state)
{
	struct ref ref = hazard();
	struct fault fault;
	struct site known;
	(void)state;
	hear(site(town), site(village), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), "township");
	assert_string_equal(levels(ref, TOWN_2), "");
	assert_true(log_site(store_log(village), site(town), &known));
	known.revoked = true;
	assert_int_equal(log_site_set(store_log(village), &known, &fault), RC_OK);
	assert_string_equal(levels(ref, VILLAGE), "");
}

/* Kept apart there although its mark covers it: the refusal came back as a record of the hub. */
static void a_refused_fact_is_not_held(void **state)
{
	struct ref ref = hazard();
	char fields[80];
	(void)state;
	hear(site(town), site(village), LANE_LOOP, 1, 5);
	assert_string_equal(levels(ref, VILLAGE), "township");
	snprintf(fields, sizeof(fields), "site=%014llx;seq=%u", (unsigned long long)ref.site,
		ref.seq);
	help_add_in(town, "refusal", VILLAGE, fields);
	help_carry(village, town);
	assert_string_equal(levels(ref, VILLAGE), "");
}

static void the_top_of_it(void **state)
{
	(void)state;
	assert_int_equal(reached_top((const bool[LEVELS]){false}), -1);
	assert_int_equal(
		reached_top((const bool[LEVELS]){[LEVEL_TOWNSHIP] = true, [LEVEL_CITY] = true}),
		LEVEL_CITY);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, help_levels_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_fact_must_be_held),
		TEST(who_wrote_above_does_not_count_below),
		TEST(what_only_the_county_wrote_is_no_proof),
		TEST(who_was_followed_proves_nothing_by_itself),
		TEST(a_new_store_proves_anew),
		TEST(who_is_cut_off_or_lies_elsewhere_is_not_named),
		TEST(a_refused_fact_is_not_held),
		cmocka_unit_test(the_top_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
