/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands on the map: whose place a record has, what is worse, what is nearest, and what has
 * none. Covers: M39 Tests also: near.c
 */
#include "work/places.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

static struct map_places load(struct desk *desk, struct arena *arena)
{
	struct map_places places;
	struct fault fault = {0};

	assert_int_equal(places_load(&places, desk->store, arena, &fault), RC_OK);
	return places;
}

static void test_nothing(void **state)
{
	struct arena arena = {0};
	struct map_places places = load(*state, &arena);
	struct near_place *near;

	assert_int_equal(places.count, 0);
	assert_int_equal(places_near(&places, (struct geo){0, 0}, &arena, &near), 0);
	arena_release(&arena);
}

/* An incident has no place of its own: it lies where its point of danger does. What has none stands
 * behind. */
static void test_places(void **state)
{
	struct desk *desk = *state;
	struct arena arena = {0};

	(void)desk_add(desk, "point",
		(const char *const[]){"name=塘坎", "risk=4", "lon=112.9", "lat=35.1", NULL});
	(void)desk_add(desk, "point",
		(const char *const[]){"name=崖头", "risk=1", "lon=112.8", "lat=35.0", NULL});
	(void)desk_add(desk, "point", (const char *const[]){"name=老井", "risk=2", NULL});
	struct ref fall = desk_add(desk, "incident",
		(const char *const[]){"place=崖头", "text=塌方", "point=崖头", NULL});
	struct ref lost = desk_add(
		desk, "incident", (const char *const[]){"place=村西", "text=有人落水", NULL});
	(void)desk_add(desk, "hazard",
		(const char *const[]){"category=H0202", "place=堤上", "text=裂缝", "grade=G",
			"lon=112.8", "lat=35.0", NULL});
	struct ref major = desk_add(desk, "hazard",
		(const char *const[]){"category=H0202", "place=堤上", "text=渗水", "grade=M",
			"lon=112.81", "lat=35.0", NULL});
	struct map_places places = load(desk, &arena);

	assert_int_equal(places.count, 6);
	assert_int_equal(places.unknown, 2);
	assert_int_equal(places.at[0].ref.seq, fall.seq);
	assert_true(places.at[0].known && places.at[0].of.seq);
	assert_int_equal(places.at[0].at.lon, 112800000);
	assert_int_equal(place_sign(&places.at[0]), '1');
	assert_int_equal(places.at[1].ref.seq, major.seq);
	assert_int_equal(place_sign(&places.at[1]), '2');
	assert_int_equal(place_sign(&places.at[2]), 'R');
	assert_int_equal(place_sign(&places.at[3]), 'B');
	assert_true(place_is_grave(&places.at[2]));
	assert_false(place_is_grave(&places.at[3]));
	assert_int_equal(places.at[4].ref.seq, lost.seq);
	assert_int_equal(place_sign(&places.at[4]), '!');
	assert_int_equal(place_sign(&places.at[5]), 'O');
	assert_string_equal(places.home_name, "");
	arena_release(&arena);
}

static void test_near(void **state)
{
	struct desk *desk = *state;
	struct arena arena = {0};
	struct near_place *near;
	struct geo at;
	bool about;

	struct ref well = desk_add(desk, "point", (const char *const[]){"name=井", NULL});
	struct map_places none = load(desk, &arena);
	assert_false(places_of(&none, desk->store, well, &at, &about));
	(void)desk_add(
		desk, "depot", (const char *const[]){"name=远", "lon=112.9", "lat=35.0", NULL});
	struct ref school = desk_add(
		desk, "shelter", (const char *const[]){"name=近", "lon=112.802", "lat=35.0", NULL});
	struct ref gone = desk_add(
		desk, "shelter", (const char *const[]){"name=停", "lon=112.801", "lat=35.0", NULL});
	(void)desk_add(desk, "team", (const char *const[]){"name=队", NULL});
	desk_step(desk, &desk->user, gone, "disable", (const char *const[]){"text=漏雨", NULL});
	desk_step(desk, &desk->user, school, "open", (const char *const[]){NULL});
	struct map_places places = load(desk, &arena);

	assert_int_equal(places_near(&places, (struct geo){112800000, 35000000}, &arena, &near), 3);
	assert_int_equal(near[0].place->ref.seq, school.seq);
	assert_int_equal(place_sign(near[0].place), '^');
	assert_in_range(near[0].metres, 181, 183);
	assert_string_equal(near[1].place->title, "队");
	assert_true(near[1].about);
	assert_string_equal(near[2].place->title, "远");
	assert_false(near[2].about);
	assert_string_equal(places.home_name, "远");
	/* A point without a place is where its village is. */
	assert_true(places_of(&places, desk->store, well, &at, &about));
	assert_true(about);
	assert_true(places_of(&places, desk->store, school, &at, &about));
	assert_false(about);

	struct buf text = {0};
	places_geojson(&places, desk->store, &text);
	struct json *root;
	struct fault fault = {0};
	unsigned count = 0;
	assert_int_equal(json_parse(buf_bytes(&text), &root, &fault), RC_OK);
	for (const struct json *one = json_first(json_get(root, "features")); one;
		one = json_next(one))
		count++;
	assert_int_equal(count, 2);
	json_free(root);
	buf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_nothing, start, stop),
		cmocka_unit_test_setup_teardown(test_places, start, stop),
		cmocka_unit_test_setup_teardown(test_near, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
