/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county says that an area or a code is another one now: open work goes on, old records are
 * found, history keeps what was written; and whoever does not stand over both says nothing.
 *
 * Tests also: renumber.c recoded.c
 */
#include "world.h"

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"
#include "work/agenda.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { COUNTY, TOWN, NEXT_TOWN, VILLAGE, PLACES };
#define TOWN_NEW UINT64_C(410882005000)
#define VILLAGE_NEW UINT64_C(410882005205)
#define VILLAGE_MOVED UINT64_C(410882104230)
#define VILLAGE_BESIDE UINT64_C(410882103206)
#define VILLAGE_ONE UINT64_C(410882103290)
#define COUNTY_NEW UINT64_C(410883000000)

static const struct {
	const char *name;
	uint64_t area;
	int up;
} places[PLACES] = {
	{"county", 410882000000, -1},
	{"town", 410882103000, COUNTY},
	{"nexttown", 410882104000, COUNTY},
	{"village", 410882103205, TOWN},
};

static struct store *at[PLACES];
static struct road up[PLACES];

static void joins(int lower, int upper, uint64_t area)
{
	world_join(at[lower], at[upper], places[lower].name, area);
	up[lower] = (struct road){.hub = at[upper], .seed = 1};
}

static int begin(void **state)
{
	(void)state;
	for (int i = 0; i < PLACES; i++) {
		at[i] = world_station(places[i].name, places[i].area);
		if (places[i].up >= 0)
			joins(i, places[i].up, places[i].area);
	}
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (int i = 0; i < PLACES; i++)
		world_end(at[i]);
	return 0;
}

static void all_swap(void)
{
	struct sync_result result;

	for (int round = 0; round < 4; round++)
		for (int i = PLACES - 1; i > 0; i--)
			assert_true(world_sync(at[i], &up[i], 5, &result));
}

static struct ref say(struct store *store, unsigned kind, const struct value *old,
	const struct value *now, enum rc expected)
{
	struct op op = {.kind = kind};
	struct buf body = {0};
	struct fault fault;
	struct value one = value_num(1);
	bool codes = kind == KIND_codechange;

	if (codes) {
		struct value table = value_text("hazard_category");
		put_field(&body, codechange_table, &table);
	}
	put_field(&body, codes ? codechange_old : areachange_old, old);
	put_field(&body, codes ? codechange_new : areachange_new, now);
	if (!codes && !store_station(store)->joined &&
		(uint64_t)old->num == store_station(store)->area)
		put_field(&body, areachange_by_itself, &one);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), expected);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static struct ref renumber(struct store *store, uint64_t old, uint64_t now)
{
	struct value from = value_num((int64_t)old), to = value_num((int64_t)now);

	return say(store, KIND_areachange, &from, &to, RC_OK);
}

static uint64_t area_of(int place, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool there = store_row(at[place], ref, &arena, &row, &fault) == RC_OK;
	uint64_t area = there ? row.area : 0;

	arena_release(&arena);
	return area;
}

static int state_of(int place, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row = {.state = -1};
	int state = store_row(at[place], ref, &arena, &row, &fault) == RC_OK ? row.state : -1;

	if (state >= 0)
		assert_int_equal(row.refused, 0);
	arena_release(&arena);
	return state;
}

static unsigned in_area(int place, uint64_t area)
{
	struct query query = query_all(KIND_hazard);
	struct fault fault;
	unsigned count;

	query.area = area;
	assert_int_equal(store_count(at[place], &query, &count, &fault), RC_OK);
	return count;
}

static bool may_step(int place, struct ref ref, unsigned step)
{
	struct fault fault;
	struct op op = {
		.kind = KIND_hazard, .rec_site = ref.site, .rec_seq = ref.seq, .step = step};
	struct buf body = {0};
	struct value text = value_text("继续");

	put_field(&body, ARG_TEXT, &text);
	op.body = buf_bytes(&body);
	enum rc rc = store_write(at[place], &op, &fault);
	buf_release(&body);
	return rc == RC_OK;
}

/* As stored, and as it comes out when everything is folded again. */
static void same_when_rebuilt(void)
{
	struct fault fault;

	for (int i = 0; i < PLACES; i++) {
		uint64_t before = world_digest(at[i], 0);
		unsigned new = in_area(i, TOWN_NEW), next = in_area(i, places[NEXT_TOWN].area);

		assert_int_equal(store_rebuild(at[i], &fault), RC_OK);
		assert_int_equal(world_digest(at[i], 0), before);
		assert_int_equal(in_area(i, TOWN_NEW), new);
		assert_int_equal(in_area(i, places[NEXT_TOWN].area), next);
	}
}

static void a_township_is_renumbered(void **state)
{
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	(void)state;
	all_swap();
	renumber(at[COUNTY], places[TOWN].area, TOWN_NEW);
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN) {
			assert_int_equal(area_of(i, open), VILLAGE_NEW);
			assert_int_equal(in_area(i, TOWN_NEW), 1);
			assert_int_equal(
				in_area(i, places[TOWN].area), 1); /* by the old code, too */
		}
	assert_int_equal(area_of(NEXT_TOWN, open), 0);
	/* Nobody has joined again, and everybody goes on. */
	assert_int_equal(store_area(at[VILLAGE]), VILLAGE_NEW);
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
	assert_true(may_step(TOWN, open, hazard_do_urge));
	struct ref fresh = world_hazard(at[VILLAGE], 0, "村东涵洞");
	all_swap();
	assert_int_equal(state_of(COUNTY, open), hazard_is_rectifying);
	assert_int_equal(area_of(COUNTY, fresh), VILLAGE_NEW);
	assert_int_equal(area_of(TOWN, fresh), VILLAGE_NEW);
	same_when_rebuilt();
	/* Then they join again under the new codes. */
	joins(TOWN, COUNTY, TOWN_NEW);
	all_swap();
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
	all_swap();
	joins(VILLAGE, TOWN, VILLAGE_NEW);
	all_swap();
	assert_true(may_step(VILLAGE, open, hazard_do_rectify));
	assert_true(may_step(TOWN, open, hazard_do_urge));
	all_swap();
	assert_int_equal(state_of(COUNTY, open), hazard_is_rectified);
	assert_int_equal(state_of(VILLAGE, open), hazard_is_rectified);
	same_when_rebuilt();
}

static void a_village_moves_to_another_township(void **state)
{
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	(void)state;
	all_swap();
	assert_true(may_step(TOWN, open, hazard_do_urge));
	all_swap();
	joins(VILLAGE, NEXT_TOWN, VILLAGE_MOVED);
	assert_false(may_step(VILLAGE, open, hazard_do_progress));
	assert_int_equal(area_of(NEXT_TOWN, open), 0);
	renumber(at[COUNTY], places[VILLAGE].area, VILLAGE_MOVED);
	all_swap();
	assert_int_equal(area_of(VILLAGE, open), VILLAGE_MOVED);
	assert_int_equal(area_of(NEXT_TOWN, open), VILLAGE_MOVED);
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
	assert_true(may_step(NEXT_TOWN, open, hazard_do_urge));
	assert_false(may_step(TOWN, open, hazard_do_urge)); /* not its area any more */
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != TOWN)
			assert_int_equal(state_of(i, open), hazard_is_rectifying);
	/* What the old township did is there. */
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct fault fault;
	assert_int_equal(
		store_record(at[NEXT_TOWN], open, &arena, &record, &history, &fault), RC_OK);
	assert_int_equal(history.count, 4);
	assert_int_equal(record.area, places[VILLAGE].area); /* as it was written */
	arena_release(&arena);
	same_when_rebuilt();
}

/* Said before anybody had it: the order does not matter. */
static void it_was_said_first(void **state)
{
	(void)state;
	renumber(at[COUNTY], places[TOWN].area, TOWN_NEW);
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	assert_int_equal(area_of(VILLAGE, open), places[VILLAGE].area);
	all_swap();
	assert_int_equal(area_of(VILLAGE, open), VILLAGE_NEW);
	assert_int_equal(area_of(COUNTY, open), VILLAGE_NEW);
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
}

static void it_is_made_void(void **state)
{
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	struct ref said = renumber(at[COUNTY], places[TOWN].area, TOWN_NEW);
	(void)state;
	all_swap();
	world_step(at[COUNTY], said, areachange_do_void, "弄错了");
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN)
			assert_int_equal(area_of(i, open), places[VILLAGE].area);
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
}

/* A township takes nobody's villages. */
static void whoever_stands_over_both_says_it(void **state)
{
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	(void)state;
	all_swap();
	renumber(at[NEXT_TOWN], places[VILLAGE].area, VILLAGE_MOVED);
	renumber(at[NEXT_TOWN], places[TOWN].area, places[NEXT_TOWN].area);
	renumber(at[VILLAGE], places[VILLAGE].area, VILLAGE_NEW);
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN)
			assert_int_equal(area_of(i, open), places[VILLAGE].area);
	assert_int_equal(area_of(NEXT_TOWN, open), 0);
}

/* Nobody stands over a county: it says so of itself. To whoever takes it in later on it says
 * nothing. */
static void the_top_says_it_of_itself(void **state)
{
	const uint64_t moved = COUNTY_NEW + places[VILLAGE].area - places[COUNTY].area;
	struct ref open = world_hazard(at[VILLAGE], 0, "村西涵洞");
	struct sync_result result;
	(void)state;
	all_swap();
	renumber(at[COUNTY], places[COUNTY].area, COUNTY_NEW);
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN)
			assert_int_equal(area_of(i, open), moved);
	assert_true(may_step(VILLAGE, open, hazard_do_progress));
	assert_true(may_step(TOWN, open, hazard_do_urge));
	all_swap();
	assert_int_equal(state_of(COUNTY, open), hazard_is_rectifying);
	same_when_rebuilt();
	struct store *city = world_station("city", UINT64_C(410800000000));
	world_join(at[COUNTY], city, places[COUNTY].name, COUNTY_NEW);
	up[COUNTY] = (struct road){.hub = city, .seed = 1};
	renumber(city, places[COUNTY].area, COUNTY_NEW);
	for (int round = 0; round < 4; round++) {
		assert_true(world_sync(at[COUNTY], &up[COUNTY], 5, &result));
		all_swap();
	}
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN)
			assert_int_equal(area_of(i, open), moved);
	assert_true(may_step(VILLAGE, open, hazard_do_rectify));
	same_when_rebuilt();
	world_end(city);
}

/* Two villages are one from now on: both go on under its code, and both codes of before find it. */
static void two_villages_are_one(void **state)
{
	struct ref here = world_hazard(at[VILLAGE], 0, "村西涵洞");
	struct ref there = world_hazard(at[TOWN], VILLAGE_BESIDE, "后山");
	(void)state;
	all_swap();
	renumber(at[TOWN], places[VILLAGE].area, VILLAGE_ONE);
	renumber(at[TOWN], VILLAGE_BESIDE, VILLAGE_ONE);
	all_swap();
	assert_int_equal(area_of(VILLAGE, here), VILLAGE_ONE);
	assert_int_equal(area_of(VILLAGE, there), VILLAGE_ONE); /* what was its neighbour's, too */
	assert_int_equal(in_area(TOWN, VILLAGE_ONE), 2);
	assert_int_equal(in_area(TOWN, places[VILLAGE].area), 2);
	assert_int_equal(in_area(TOWN, VILLAGE_BESIDE), 2);
	assert_true(may_step(VILLAGE, here, hazard_do_progress));
	assert_true(may_step(VILLAGE, there, hazard_do_progress));
	all_swap();
	assert_int_equal(state_of(COUNTY, there), hazard_is_rectifying);
	same_when_rebuilt();
	joins(VILLAGE, TOWN, VILLAGE_ONE);
	all_swap();
	assert_true(may_step(VILLAGE, there, hazard_do_rectify));
	all_swap();
	assert_int_equal(state_of(TOWN, there), hazard_is_rectified);
}

static struct ref blocked_culvert(void)
{
	struct op op = {.kind = KIND_hazard};
	struct buf body = {0};
	struct fault fault;
	struct value code = value_text("H0101"), place = value_text("村西涵洞");

	put_field(&body, hazard_category, &code);
	put_field(&body, hazard_place, &place);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(at[VILLAGE], &op, &fault), RC_OK);
	buf_release(&body);
	return (struct ref){op.site, op.seq};
}

static const char *category(int place, struct ref ref)
{
	static char text[32];
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	assert_int_equal(store_row(at[place], ref, &arena, &row, &fault), RC_OK);
	bytes_into(text, sizeof text, row_value(&row, hazard_category)->text);
	arena_release(&arena);
	return text;
}

static unsigned with_category(int place, const char *code)
{
	struct query query = query_all(KIND_hazard);
	struct fault fault;
	unsigned count;

	query.filters[0] = (struct filter){hazard_category, '=', value_text(code)};
	query.filter_count = 1;
	assert_int_equal(store_count(at[place], &query, &count, &fault), RC_OK);
	return count;
}

static void a_code_is_another(void **state)
{
	struct value old = value_text("H0101"), now = value_text("H0901");
	struct ref open = blocked_culvert();
	(void)state;
	all_swap();
	assert_string_equal(category(TOWN, open), "H0101");
	struct ref said = say(at[COUNTY], KIND_codechange, &old, &now, RC_OK);
	all_swap();
	for (int i = 0; i < PLACES; i++)
		if (i != NEXT_TOWN) {
			assert_string_equal(category(i, open), "H0901");
			assert_int_equal(with_category(i, "H0101"), 1);
			assert_int_equal(with_category(i, "H0901"), 1);
		}
	/* What is written under the old code later on counts under the new one as well. */
	struct ref fresh = blocked_culvert();
	assert_string_equal(category(VILLAGE, fresh), "H0901");
	same_when_rebuilt();
	assert_string_equal(category(VILLAGE, open), "H0901");
	world_step(at[COUNTY], said, codechange_do_void, "弄错了");
	all_swap();
	assert_string_equal(category(VILLAGE, open), "H0101");
	assert_string_equal(category(VILLAGE, fresh), "H0101");
	/* A township's word counts in the township. */
	say(at[NEXT_TOWN], KIND_codechange, &old, &now, RC_OK);
	all_swap();
	assert_string_equal(category(COUNTY, open), "H0101");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_township_is_renumbered, begin, end),
		cmocka_unit_test_setup_teardown(a_village_moves_to_another_township, begin, end),
		cmocka_unit_test_setup_teardown(it_was_said_first, begin, end),
		cmocka_unit_test_setup_teardown(it_is_made_void, begin, end),
		cmocka_unit_test_setup_teardown(whoever_stands_over_both_says_it, begin, end),
		cmocka_unit_test_setup_teardown(the_top_says_it_of_itself, begin, end),
		cmocka_unit_test_setup_teardown(two_villages_are_one, begin, end),
		cmocka_unit_test_setup_teardown(a_code_is_another, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
