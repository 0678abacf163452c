/* SPDX-License-Identifier: GPL-3.0-or-later
 * Distances, directions and cells, against figures worked out elsewhere.
 * Tests also: spots.c
 * Covers: M39
 */
#include "work/geo.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct geo at(double lon, double lat)
{
	return (struct geo){(int64_t)(lon * 1000000), (int64_t)(lat * 1000000)};
}

/* Great circles (haversine, R = 6371008.8 m): 8195 m, 24686 m. */
static void test_far(void **state)
{
	(void)state;
	assert_in_range(geo_metres(at(112.801, 35.070), at(112.801, 35.1437)), 8190, 8200);
	assert_in_range(geo_metres(at(112.8, 35.0), at(113.0, 35.15)), 24680, 24692);
	assert_int_equal(geo_metres(at(112.8, 35), at(112.8, 35)), 0);
}

static const char *bearing(struct geo from, struct geo to)
{
	static char text[64];
	struct buf out = {0};

	geo_put_bearing(from, to, &out);
	snprintf(text, sizeof text, "%s", buf_cstr(&out));
	buf_release(&out);
	return text;
}

/* A degree of longitude is shorter than one of latitude: as far east as north is no 45 degrees. */
static void test_ways(void **state)
{
	const struct geo here = at(112.8, 35.07);

	(void)state;
	assert_int_equal(geo_way(here, at(112.8, 35.08)), 0);
	assert_int_equal(geo_way(here, at(112.81, 35.08)), 1);
	assert_int_equal(geo_way(here, at(112.9, 35.071)), 2);
	assert_int_equal(geo_way(here, at(112.81, 35.06)), 3);
	assert_int_equal(geo_way(here, at(112.8001, 35.0)), 4);
	assert_int_equal(geo_way(here, at(112.79, 35.06)), 5);
	assert_int_equal(geo_way(here, at(112.7, 35.07)), 6);
	assert_int_equal(geo_way(here, at(112.79, 35.08)), 7);
	/* 22.5 degrees is where north ends: 22 and 23 of them. */
	assert_int_equal(geo_way(at(0, 0), at(0.00404, 0.01)), 0);
	assert_int_equal(geo_way(at(0, 0), at(0.00424, 0.01)), 1);
	assert_string_equal(bearing(here, at(112.834, 35.0985)), "东北4.4公里");
	assert_string_equal(bearing(here, at(112.8, 35.0734)), "北380米");
	assert_string_equal(bearing(here, at(112.5, 35.07)), "西27公里");
	assert_string_equal(bearing(here, here), "旁");
}

/* What lies outermost stands at the edge; north is above. */
static void test_fit(void **state)
{
	const struct geo all[] = {at(112.75, 35.04), at(112.84, 35.11), at(112.8, 35.07)};
	struct chart chart;
	unsigned row, column;

	(void)state;
	chart_fit(&chart, all, 3, 14, 78);
	assert_true(chart_cell(&chart, all[0], &row, &column));
	assert_int_equal(row, 13);
	assert_int_equal(column, 0);
	assert_true(chart_cell(&chart, all[1], &row, &column));
	assert_int_equal(row, 0);
	assert_int_equal(column, 77);
	assert_true(chart.down <= 6.01 * chart.across && chart.down >= 1.99 * chart.across);
	/* A narrow strip is not torn apart. */
	const struct geo strip[] = {at(112.80, 35.0), at(112.801, 35.3)};
	chart_fit(&chart, strip, 2, 12, 78);
	assert_true(chart.down <= 6.01 * chart.across);
	assert_true(chart_cell(&chart, strip[1], &row, &column));
	assert_int_equal(row, 0);
	/* One point stands in the middle, none is no fault. */
	chart_fit(&chart, all, 1, 12, 78);
	assert_true(chart_cell(&chart, all[0], &row, &column));
	assert_int_equal(row, 6);
	assert_int_equal(column, 39);
	chart_fit(&chart, NULL, 0, 12, 78);
	assert_false(chart_cell(&chart, all[0], &row, &column));
}

/* One mistyped degree among many does not make a dot of the others. */
static void test_outlier(void **state)
{
	struct geo all[61];
	struct chart chart;
	unsigned row, column;

	(void)state;
	for (unsigned n = 0; n < 60; n++)
		all[n] = at(112.80 + 0.001 * n, 35.07 + 0.0005 * n);
	all[60] = at(11.28, 35.07);
	chart_fit(&chart, all, 61, 12, 78);
	assert_true(chart.across < 200);
	assert_false(chart_cell(&chart, all[60], &row, &column));
	assert_true(chart_cell(&chart, all[30], &row, &column));
}

static void test_zoom(void **state)
{
	const struct geo all[] = {at(112.75, 35.04), at(112.84, 35.11)};
	struct chart chart, before;
	unsigned row, column;

	(void)state;
	chart_fit(&chart, all, 2, 12, 78);
	before = chart;
	chart_zoom(&chart, 1);
	assert_false(chart_cell(&chart, all[0], &row, &column));
	assert_true(chart.across * 2 == before.across && chart.down * 2 == before.down);
	chart_move(&chart, 6, -39);
	assert_true(chart_cell(&chart, all[0], &row, &column));
	for (unsigned n = 0; n < 40; n++)
		chart_zoom(&chart, 1);
	assert_true(chart.across >= 1);
	for (unsigned n = 0; n < 60; n++)
		chart_zoom(&chart, -1);
	assert_true(chart.across <= 50000);
}

/* ---- marks */

static struct chart plain(void)
{
	return (struct chart){
		.rows = 10, .columns = 40, .middle = at(0, 0), .across = 100, .down = 200};
}

/* The place of a cell of plain(). */
static struct geo cell(int row, int column)
{
	const double metre = 1 / 111195.08;

	return at((column - 20 + 0.5) * 100 * metre, (5 - row - 0.5) * 200 * metre);
}

static void test_worst(void **state)
{
	const struct chart chart = plain();
	const struct chart_mark marks[] = {{cell(3, 5), 7, 0}, {cell(3, 5), 2, 0},
		{cell(1, 9), 4, 0}, {cell(3, 5), 2, 0}, {cell(99, 5), 0, 0}};
	struct arena arena = {0};
	struct chart_spot *spots;

	(void)state;
	assert_int_equal(chart_spots(&chart, marks, 5, &arena, &spots), 2);
	assert_int_equal(spots[0].row, 1);
	assert_int_equal(spots[1].row, 3);
	assert_int_equal(spots[1].column, 5);
	assert_int_equal(spots[1].count, 3);
	assert_int_equal(spots[1].marks[0], 1);
	assert_int_equal(spots[1].marks[1], 3);
	assert_int_equal(spots[1].marks[2], 0);
	arena_release(&arena);
}

/* Names cover no mark and no name, and do not touch the next mark. */
static void test_names(void **state)
{
	const struct chart chart = plain();
	const struct chart_mark marks[] = {
		{cell(2, 5), 1, 6},                      /* right: free */
		{cell(2, 13), 2, 6},                     /* right */
		{cell(4, 36), 1, 6},                     /* no room on the right: left */
		{cell(6, 5), 1, 6}, {cell(6, 11), 2, 6}, /* the name would touch its neighbour */
		{cell(8, 2), 1, 38},                     /* nowhere */
	};
	struct arena arena = {0};
	struct chart_spot *spots;

	(void)state;
	assert_int_equal(chart_spots(&chart, marks, 6, &arena, &spots), 6);
	assert_true(spots[0].named && spots[0].label == 6);
	assert_true(spots[1].named && spots[1].label == 14);
	assert_true(spots[2].named && spots[2].label == 30);
	assert_false(spots[3].named);
	assert_true(spots[4].named && spots[4].label == 12);
	assert_false(spots[5].named);
	arena_release(&arena);
}

static void test_next(void **state)
{
	const struct chart_spot spots[] = {
		{.row = 1, .column = 30}, {.row = 3, .column = 6}, {.row = 5, .column = 7}};

	(void)state;
	assert_int_equal(chart_next(spots, 3, 5, 7, -1, 0), 1);
	assert_int_equal(chart_next(spots, 3, 3, 6, 1, 0), 2);
	assert_int_equal(chart_next(spots, 3, 3, 6, 0, 1), 2);
	assert_int_equal(chart_next(spots, 3, 5, 7, 0, 1), 0);
	assert_int_equal(chart_next(spots, 3, 5, 7, 1, 0), -1);
	assert_int_equal(chart_next(spots, 3, 3, 6, 0, -1), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_far),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_outlier),
		cmocka_unit_test(test_zoom),
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
