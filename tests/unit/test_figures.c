/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts and figures of the rules say a number and the records behind it.
 * Tests also: count_read.c totals.c each.c
 * Covers: J01 J03 E01
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
#include "work/figures.h"
#include "work/homes.h"
#include "work/totals.h"

enum { NOON = 1784001600 /* 2026-07-14 12:00 */, DAY = 86400, MINUTE = 60 };

static struct store *store;
static struct world world;
static struct arena arena;

static int start(void **state)
{
	(void)state;
	when_hold(NOON);
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

static struct counted counted(const char *name, struct ref of)
{
	struct counted got;
	struct fault fault;
	const struct counting_of what = {.of = of, .at = store_now(store)};
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(
		count_load(&got, &world, rules_named(RULE_COUNT, name), &what, &arena, &fault),
		RC_OK);
	return got;
}

static struct figured figured(const char *name)
{
	struct figured got;
	struct fault fault;
	const struct counting_of what = {.at = store_now(store)};
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(
		figure_load(&got, &world, rules_named(RULE_FIGURE, name), &what, &arena, &fault),
		RC_OK);
	return got;
}

static struct ref add(const char *kind, const char *fmt, struct ref ref)
{
	char number[32], fields[160];
	store_number(store, ref, number);
	snprintf(fields, sizeof fields, "%s%s", fmt, number);
	return help_add_in(store, kind, VILLAGE, fields);
}

/* A row of a county beside those that were shipped. */
static void rules_add(const char *rows)
{
	struct fault fault;
	assert_int_equal(rules_load(rules_now(), "county.conf", bytes_text(rows), &fault), RC_OK);
}

static void households_are_counted_once(void **state)
{
	char number[32], fields[120];
	(void)state;
	struct ref four = help_add_in(store, "household", VILLAGE, "head=甲;people=4");
	struct ref six = help_add_in(store, "household", VILLAGE, "head=乙;people=6");
	struct ref warning = help_add(store, "warning", "event=暴雨;severity=red;headline=红");
	struct ref other = help_add(store, "warning", "event=暴雨;severity=red;headline=蓝");
	rules_add("count told relay * sum people per warning result=told,moved,helped\n");
	assert_int_equal(counted("homes", (struct ref){0, 0}).number, 2000);
	assert_int_equal(counted("people", (struct ref){0, 0}).number, 10000);
	store_number(store, warning, number);
	snprintf(fields, sizeof fields, "people=4;result=told;warning=%s;household=", number);
	add("relay", fields, four);
	add("relay", fields, four);
	struct counted got = counted("told", warning);
	assert_int_equal(got.number, 4000);
	assert_int_equal(got.count, 1);
	assert_int_equal(counted("told", other).number, 0);
	snprintf(fields, sizeof fields, "people=6;result=refused;warning=%s;household=", number);
	add("relay", fields, six);
	assert_int_equal(counted("told", warning).number, 4000);
	/* Who was told and refuses later is not told any more. */
	when_skip(MINUTE);
	add("relay", fields, four);
	assert_int_equal(counted("told", warning).number, 0);
	/* Where nobody wrote how many, all of the household were. */
	when_skip(MINUTE);
	snprintf(fields, sizeof fields, "result=told;warning=%s;household=", number);
	add("relay", fields, six);
	assert_int_equal(counted("told", warning).number, 6000);
	rules_add("count told household * per warning told\n");
}

/* Of WARNING: what the figure says, and what the board of households says. */
static void agrees(struct ref warning, unsigned percent, int64_t people)
{
	struct homes homes = {.warning = warning, .area = TOWN};
	struct arena own = {0};
	struct fault fault;
	struct figured got;
	const struct counting_of what = {.area = TOWN, .of = warning, .at = store_now(store)};
	assert_int_equal(homes_load(&homes, store, store_now(store), &own, &fault), RC_OK);
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(
		figure_load(&got, &world, rules_named(RULE_FIGURE, "reach"), &what, &arena, &fault),
		RC_OK);
	assert_int_equal(homes_told(&homes), percent);
	assert_int_equal(got.value / 1000, percent);
	assert_int_equal(homes.told, people);
	assert_int_equal(counted("people_told", warning).number, people * 1000);
	arena_release(&own);
}

static void what_is_told_is_what_the_board_says(void **state)
{
	char number[32], fields[120];
	(void)state;
	struct ref four = help_add_in(store, "household", VILLAGE, "head=甲;people=4");
	struct ref six = help_add_in(store, "household", VILLAGE, "head=乙;people=6");
	struct ref nine = help_add_in(store, "household", VILLAGE, "head=丙;people=9");
	struct ref warning = help_add(store, "warning", "event=暴雨;severity=red;headline=红");
	agrees(warning, 0, 0);
	store_number(store, warning, number);
	snprintf(fields, sizeof fields, "result=told;warning=%s;household=", number);
	add("relay", fields, four); /* how many people nobody wrote */
	agrees(warning, 33, 4);
	/* On a list of transfers there is no relay. */
	struct ref transfer = add("transfer", "people=6;household=", six);
	agrees(warning, 33, 4);
	when_skip(MINUTE);
	help_step(store, transfer, "arrive", "");
	agrees(warning, 66, 10);
	when_skip(MINUTE);
	snprintf(fields, sizeof fields, "result=refused;warning=%s;household=", number);
	add("relay", fields, four);
	agrees(warning, 33, 6);
	snprintf(fields, sizeof fields, "result=told;warning=%s;household=", number);
	add("relay", fields, nine);
	agrees(warning, 66, 15);
}

/* The township's own signature is not that of a village. */
static void minutes_to_answer_are_those_of_who_was_asked(void **state)
{
	(void)state;
	struct ref warning = help_add(store, "warning",
		"event=暴雨;severity=red;headline=红;areas=410882103205,410882103243");
	assert_false(figured("signed").known);
	char number[32], fields[64];
	store_number(store, warning, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	when_skip(MINUTE);
	help_add(store, "receipt", fields);
	when_skip(3 * MINUTE);
	help_add_in(store, "receipt", 410882103205, fields);
	struct figured got = figured("signed");
	assert_true(got.known);
	assert_int_equal(got.value, 4000);
	assert_int_equal(got.top.count, 1);
	assert_true(got.met);
}

static void a_month_is_a_month(void **state)
{
	(void)state;
	help_add(store, "hazard", "category=H0101;place=甲;text=落石;grade=G");
	assert_int_equal(counted("found", (struct ref){0, 0}).number, 1000);
	struct counted got = counted("found", (struct ref){0, 0});
	assert_int_equal(date_of(got.from), 20260701);
	assert_int_equal(date_of(got.to), 20260801);
	when_skip(20 * DAY);
	assert_int_equal(counted("found", (struct ref){0, 0}).number, 0);
	assert_int_equal(counted("late", (struct ref){0, 0}).number, 1000);
}

/* 2026-07-14 is a Tuesday: its week is of the 13th to the 19th. */
static void a_week_begins_on_monday(void **state)
{
	enum { HALF_DAY = 12 * 60 * MINUTE };
	static const struct {
		int64_t at, from;
	} looks[] = {
		{NOON, NOON - DAY - HALF_DAY},
		{NOON - DAY - HALF_DAY, NOON - DAY - HALF_DAY},
		{NOON - DAY - HALF_DAY - 1, NOON - 8 * DAY - HALF_DAY},
		{NOON + 5 * DAY + HALF_DAY - 1, NOON - DAY - HALF_DAY},
		{NOON + 5 * DAY + HALF_DAY, NOON + 5 * DAY + HALF_DAY},
	};
	(void)state;
	for (size_t n = 0; n < countof(looks); n++) {
		when_hold(looks[n].at);
		struct counted got = counted("found_week", (struct ref){0, 0});
		assert_int_equal(got.from, looks[n].from);
		assert_int_equal(got.to, looks[n].from + 7 * DAY);
	}
}

static void a_share_needs_something_to_divide(void **state)
{
	(void)state;
	assert_false(figured("closing").known);
	assert_false(figured("closing").met);
	struct ref ref = help_add(store, "hazard", "category=H0101;place=甲;text=落石;grade=G");
	struct figured got = figured("closing");
	assert_true(got.known);
	assert_int_equal(got.value, 0);
	assert_false(got.met);
	assert_int_equal(got.bottom.count, 1);
	assert_int_equal(got.bottom.records[0].site, ref.site);
	assert_int_equal(got.bottom.records[0].seq, ref.seq);
}

static unsigned lacking(const struct figured *figured)
{
	unsigned count = 0;
	for (unsigned n = 0; n < figured->part_count; n++)
		count += !figured->parts[n].met;
	return count;
}

static void each_reaches_it_by_itself(void **state)
{
	(void)state;
	struct figured got = figured("village_drill");
	unsigned villages = got.part_count;
	assert_true(got.known && villages > 2);
	assert_int_equal(got.top.number, 0);
	assert_false(got.met);
	/* Two drills of one village are one village that drilled; the township's own is none. */
	for (unsigned n = 0; n < 2; n++)
		(void)help_add_in(store, "drill", VILLAGE, "title=拉练;type=D5");
	(void)help_add_in(store, "drill", TOWN, "title=推演;type=D1");
	assert_int_equal(figured("village_drill").top.number, 0); /* none was held yet */
	rules_add("count drills_year drill * per year\n");
	got = figured("village_drill");
	assert_int_equal(got.top.number, 1000);
	assert_int_equal(got.top.count, 3);
	assert_int_equal(lacking(&got), villages - 1);
	assert_false(got.parts[0].met);
	/* Those that a field names, by what they sum up to. */
	rules_add("count course_hours training * sum hours per year\n");
	(void)help_add_in(store, "training", TOWN, "title=轮训;person=张永强;hours=30");
	(void)help_add_in(store, "training", TOWN, "title=轮训;person=张永强;hours=10");
	(void)help_add_in(store, "training", TOWN, "title=轮训;person=崔丽娟;hours=39");
	(void)help_add_in(store, "training", TOWN, "title=轮训;hours=99");
	got = figured("course_town");
	assert_int_equal(got.part_count, 2);
	assert_int_equal(got.top.number, 1000);
	assert_string_equal(got.parts[0].name, "崔丽娟");
	assert_int_equal(got.value, 50 * 1000);
}

static void today_is_a_date(void **state)
{
	(void)state;
	(void)help_add_in(store, "plan", TOWN, "title=整三年;drilled=2023-07-15");
	(void)help_add_in(store, "plan", TOWN, "title=不到三年;drilled=2023-07-16");
	(void)help_add_in(store, "plan", TOWN, "title=没练过");
	assert_int_equal(counted("plans_tried", (struct ref){0, 0}).number, 2000);
	when_hold(NOON + DAY);
	assert_int_equal(counted("plans_tried", (struct ref){0, 0}).number, 1000);
}

static void the_day_turns_red(void **state)
{
	(void)state;
	assert_false(figured("full").met);
	assert_false(figured("full").red);
	when_skip(100 * DAY); /* past the first of October */
	assert_true(figured("full").red);
	struct ref drill = help_add(store, "drill", "title=演练;type=D3;held_at=2026-10-10 09:00");
	help_step(store, drill, "hold", "");
	assert_true(figured("full").met);
	assert_false(figured("full").red);
}

static void half_of_the_times(void **state)
{
	static const int64_t waits[] = {2, 3, 40};
	(void)state;
	struct ref warning = help_add(
		store, "warning", "event=暴雨;severity=red;headline=红;sent=2026-07-14 12:00");
	rules_add("figure half receipt.at-warning.sent median target 5 \"分\" \"m\"\n");
	assert_false(figured("half").known);
	for (size_t n = 0; n < countof(waits); n++) {
		when_hold(NOON + waits[n] * MINUTE);
		add("receipt", "warning=", warning);
	}
	struct figured got = figured("half");
	assert_int_equal(got.value, 3000);
	assert_int_equal(got.top.count, 3);
	assert_true(got.met);
}

static const struct totals_row *row_of(const struct totals *totals, uint64_t area, enum total_at at)
{
	for (unsigned n = 0; n < totals->count; n++)
		if (totals->rows[n].area == area && totals->rows[n].at == at)
			return &totals->rows[n];
	fail_msg("no row of %llu", (unsigned long long)area);
	return NULL;
}

static struct totals totals_now(const char *name, unsigned before)
{
	const struct rule *table = rules_named(RULE_TABLE, name);
	struct totals totals;
	struct fault fault;
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(totals_load(&totals, &world, table,
				 totals_at(table, store_now(store), before), &arena, &fault),
		RC_OK);
	return totals;
}

enum { FOUND, CLOSED, INTIME, LATE, RATE, OPEN, CLOSING };

/* Places, the own one alone, and all of it add up; what is below no rate is none; a month past
 * knows nothing of now. */
static void a_table_adds_up(void **state)
{
	static const char hazard[] = "category=H0101;place=甲;text=落石;grade=G";
	(void)state;
	help_add_in(store, "hazard", 410882103205, hazard);
	help_add_in(store, "hazard", 410882103205, hazard);
	help_add_in(store, "hazard", 410882103243, hazard);
	help_add(store, "hazard", hazard);
	struct totals got = totals_now("hazards", 0);
	assert_int_equal(got.per, PER_MONTH);
	assert_false(got.past);
	int64_t sum = 0;
	for (unsigned n = 0; n + 1 < got.count; n++)
		sum += got.rows[n].cell[FOUND].value;
	const struct totals_row *all = &got.rows[got.count - 1];
	assert_int_equal(all->at, TOTAL_ALL);
	assert_int_equal(all->cell[FOUND].value, 4000);
	assert_int_equal(sum, 4000);
	assert_int_equal(row_of(&got, TOWN, TOTAL_OWN)->cell[FOUND].value, 1000);
	const struct totals_row *two = row_of(&got, 410882103205, TOTAL_PLACE);
	assert_int_equal(two->cell[FOUND].value, 2000);
	assert_int_equal(two->cell[CLOSING].how, TOTAL_KNOWN);
	assert_int_equal(row_of(&got, 410882103204, TOTAL_PLACE)->cell[CLOSING].how, TOTAL_NOTHING);
	struct counted behind;
	struct fault fault;
	const struct counting_of of = totals_of(&got, two);
	assert_int_equal(total_behind(&behind, &world, "closing", &of, &arena, &fault), RC_OK);
	assert_int_equal(behind.count, 2);
	assert_int_equal(total_behind(&behind, &world, "nix", &of, &arena, &fault), RC_NONE);
	when_skip(20 * DAY);
	assert_int_equal(totals_now("hazards", 0).rows[0].cell[FOUND].value, 0);
	struct totals past = totals_now("hazards", 1);
	assert_true(past.past);
	all = &past.rows[past.count - 1];
	assert_int_equal(all->cell[FOUND].value, 4000);
	assert_int_equal(all->cell[OPEN].how, TOTAL_UNKNOWN);
}

static void a_table_goes_back_by_its_period(void **state)
{
	const struct rule *month = rules_named(RULE_TABLE, "hazards"),
			  *year = rules_named(RULE_TABLE, "year");
	(void)state;
	assert_int_equal(totals_now("year", 0).per, PER_YEAR);
	assert_int_equal(totals_at(month, NOON, 0), NOON);
	assert_int_equal(date_of(totals_at(month, NOON, 1)), 20260630);
	assert_int_equal(date_of(totals_at(month, NOON, 7)), 20251231);
	assert_int_equal(date_of(totals_at(year, NOON, 1)), 20251231);
	assert_int_equal(date_of(totals_at(year, NOON, 2)), 20241231);
}

static int start_county(void **state)
{
	(void)state;
	when_hold(NOON);
	area_lists_clear();
	area_list_add(shipped_file("areas.tsv"));
	store = help_alone(COUNTY, "QY");
	return 0;
}

/* At a county a row is a township, with what lies in its villages. */
static void a_county_has_a_row_a_township(void **state)
{
	static const char hazard[] = "category=H0101;place=甲;text=落石;grade=G";
	(void)state;
	help_add_in(store, "hazard", VILLAGE, hazard);
	help_add_in(store, "hazard", TOWN, hazard);
	help_add_in(store, "hazard", COUNTY, hazard);
	struct totals got = totals_now("year", 0);
	assert_int_equal(row_of(&got, TOWN, TOTAL_PLACE)->cell[FOUND].value, 2000);
	assert_int_equal(row_of(&got, TOWN_2, TOTAL_PLACE)->cell[FOUND].value, 0);
	assert_int_equal(row_of(&got, COUNTY, TOTAL_OWN)->cell[FOUND].value, 1000);
	assert_int_equal(row_of(&got, COUNTY, TOTAL_ALL)->cell[FOUND].value, 3000);
}

/* Each place's own time, half of all of them below. */
static void a_table_cuts_what_was_answered(void **state)
{
	enum { SIGNED = 1, NINETY };
	(void)state;
	struct ref warning = help_add(store, "warning",
		"event=暴雨;severity=red;headline=红;areas=410882103205,410882103243");
	char number[32], fields[64];
	store_number(store, warning, number);
	snprintf(fields, sizeof fields, "warning=%s", number);
	when_skip(4 * MINUTE);
	help_add_in(store, "receipt", 410882103205, fields);
	struct totals got = totals_now("warnings", 0);
	assert_int_equal(row_of(&got, 410882103205, TOTAL_PLACE)->cell[SIGNED].value, 4000);
	assert_int_equal(row_of(&got, 410882103243, TOTAL_PLACE)->cell[SIGNED].how, TOTAL_NOTHING);
	assert_int_equal(got.rows[got.count - 1].cell[SIGNED].value, 4000);
	/* Half have signed; nine in ten have when the other has, too. */
	assert_int_equal(got.rows[got.count - 1].cell[NINETY].how, TOTAL_NOTHING);
	when_skip(3 * MINUTE);
	help_add_in(store, "receipt", 410882103243, fields);
	got = totals_now("warnings", 0);
	assert_int_equal(got.rows[got.count - 1].cell[SIGNED].value, 4000);
	assert_int_equal(got.rows[got.count - 1].cell[NINETY].value, 7000);
}

static void slips_are_told(void **state)
{
	static const char *const rows[][2] = {
		{"count x hazards *\n", "没有种类 \"hazards\""},
		{"count x hazard * sum place\n", "数字字段"},
		{"count x household * per order\n", "household 不属于哪条 order"},
		{"count x hazard * told\n", "\"told\" 只能数住户"},
		{"figure x found target 3 on Q \"甲\" \"A\"\n", "看板的大写字母"},
		{"figure x ask.nix median target 3 \"甲\" \"A\"\n", "没有叫 \"nix\""},
		{"count x hazard * per decade\n", "没有种类 \"decade\""},
		{"figure x nix target 3 \"甲\" \"A\"\n", "没有叫 \"nix\""},
		{"figure x found / nix target 3 \"甲\" \"A\"\n", "没有叫 \"nix\""},
		{"figure x found target many \"甲\" \"A\"\n", "一个整数"},
		{"figure x found target 3 red 13-01 \"甲\" \"A\"\n", "06-01"},
		{"figure x receipt.at-hazard.at median target 3 \"甲\" \"A\"\n", "不能相减"},
		{"figure x receipt.text-warning.at median target 3 \"甲\" \"A\"\n",
			"receipt 没有时间"},
		{"table x found:6:甲:A nix:6:乙:B \"甲\" \"A\"\n", "没有叫 \"nix\""},
		{"table x found:6:甲 \"甲\" \"A\"\n", "数:宽:"},
		{"table x found:甲:甲:A \"甲\" \"A\"\n", "数:宽:"},
		{"show list hazard places:4\n", "hazard 没有字段 \"places\""},
		{"show list hazard place\n", "字段:宽"},
		{"show board hazard place:4\n", "没有列表 \"board\""},
		{"show list hazard place:4 sort area\n", "只能按字段排序"},
	};
	(void)state;
	for (size_t n = 0; n < countof(rows); n++) {
		struct buf out = {0};
		assert_int_equal(rules_check(rules_now(), "x", bytes_text(rows[n][0]), &out), 1);
		if (!strstr(buf_cstr(&out), rows[n][1]))
			fail_msg("no \"%s\" in %s", rows[n][1], buf_cstr(&out));
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(households_are_counted_once, start, stop),
		cmocka_unit_test_setup_teardown(what_is_told_is_what_the_board_says, start, stop),
		cmocka_unit_test_setup_teardown(
			minutes_to_answer_are_those_of_who_was_asked, start, stop),
		cmocka_unit_test_setup_teardown(a_month_is_a_month, start, stop),
		cmocka_unit_test_setup_teardown(a_week_begins_on_monday, start, stop),
		cmocka_unit_test_setup_teardown(a_share_needs_something_to_divide, start, stop),
		cmocka_unit_test_setup_teardown(the_day_turns_red, start, stop),
		cmocka_unit_test_setup_teardown(each_reaches_it_by_itself, start, stop),
		cmocka_unit_test_setup_teardown(today_is_a_date, start, stop),
		cmocka_unit_test_setup_teardown(half_of_the_times, start, stop),
		cmocka_unit_test_setup_teardown(a_table_adds_up, start, stop),
		cmocka_unit_test_setup_teardown(a_table_goes_back_by_its_period, start, stop),
		cmocka_unit_test_setup_teardown(a_county_has_a_row_a_township, start_county, stop),
		cmocka_unit_test_setup_teardown(a_table_cuts_what_was_answered, start, stop),
		cmocka_unit_test(slips_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
