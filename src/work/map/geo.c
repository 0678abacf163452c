/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far and in which direction; and which cell of a chart a place is in.
 */
#include "work/geo.h"

#include <math.h>
#include <stdlib.h>

#include "model/schema.h"

/* Of a degree of latitude, with the mean radius of the earth of IUGG (6371.0088 km). */
static const double degree_metres = 111195.08;

enum { WAYS = 8, MANY = 50, OUTER = 50, NEAR = 10, KM = 1000, TENTHS_TO = 10 * KM };
/* A cell of a terminal is about twice as high as wide. */
static const double least_high = 2, most_high = 6;
/* A lone point is shown with a few hundred metres round it. */
static const double least_across = 10, closest = 1, farthest = 50000, zoom = 2;

static double east_of(struct geo from, struct geo to)
{
	double middle = (double)(from.lat + to.lat) / 2 / DEGREE / 180 * acos(-1);

	return (double)(to.lon - from.lon) / DEGREE * cos(middle) * degree_metres;
}

static double north_of(struct geo from, struct geo to)
{
	return (double)(to.lat - from.lat) / DEGREE * degree_metres;
}

unsigned geo_metres(struct geo from, struct geo to)
{
	return (unsigned)(hypot(east_of(from, to), north_of(from, to)) + 0.5);
}

unsigned geo_way(struct geo from, struct geo to)
{
	double turn = atan2(east_of(from, to), north_of(from, to)) / (2 * acos(-1)) * WAYS;

	return (unsigned)((int)floor(turn + 0.5) + WAYS) % WAYS;
}

const char *geo_way_name(unsigned way)
{
	static const char *const names[WAYS] = {N_("北"), N_("东北"), N_("东"), N_("东南"),
		N_("南"), N_("西南"), N_("西"), N_("西北")};

	return _(names[way % WAYS]);
}

void geo_put_metres(unsigned metres, struct buf *out)
{
	if (metres < KM)
		buf_fmt(out, _("%u米"), (metres + NEAR / 2) / NEAR * NEAR);
	else if (metres < TENTHS_TO)
		buf_fmt(out, _("%.1f公里"), (double)metres / KM);
	else
		buf_fmt(out, _("%u公里"), (metres + KM / 2) / KM);
}

void geo_put_bearing(struct geo from, struct geo to, struct buf *out)
{
	unsigned metres = geo_metres(from, to);

	if (metres < NEAR) {
		buf_text(out, _("旁"));
		return;
	}
	buf_text(out, geo_way_name(geo_way(from, to)));
	geo_put_metres(metres, out);
}

/* ---- charts */

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

struct span {
	int64_t from, to;
};
static struct span span_of(const struct geo *at, unsigned count, bool north, struct arena *arena)
{
	unsigned cut = count > MANY ? count / OUTER + 1 : 0;
	int64_t *all = arena_get(arena, count * sizeof *all);

	for (unsigned n = 0; n < count; n++)
		all[n] = north ? at[n].lat : at[n].lon;
	qsort(all, count, sizeof *all, by_number);
	return (struct span){all[cut], all[count - 1 - cut]};
}

void chart_fit(
	struct chart *chart, const struct geo *at, unsigned count, unsigned rows, unsigned columns)
{
	struct arena arena = {0};

	*chart = (struct chart){
		.rows = rows, .columns = columns, .across = least_across, .down = 2 * least_across};
	if (!count || !rows || !columns)
		return;
	struct span east = span_of(at, count, false, &arena),
		    north = span_of(at, count, true, &arena);
	struct geo low = {east.from, north.from}, high = {east.to, north.to};

	chart->middle = (struct geo){
		east.from + (east.to - east.from) / 2, north.from + (north.to - north.from) / 2};
	/* The outermost stand in the middle of the outermost cells. */
	chart->across = fmax(least_across, east_of(low, high) / (columns > 1 ? columns - 1 : 1));
	chart->down =
		fmax(least_high * least_across, north_of(low, high) / (rows > 1 ? rows - 1 : 1));
	chart->down = fmax(chart->down, least_high * chart->across);
	chart->across = fmax(chart->across, chart->down / most_high);
	arena_release(&arena);
}

void chart_zoom(struct chart *chart, int steps)
{
	double by = pow(zoom, -steps);

	if (chart->across * by < closest || chart->across * by > farthest)
		return;
	chart->across *= by;
	chart->down *= by;
}

void chart_move(struct chart *chart, int rows, int columns)
{
	double shrink = cos((double)chart->middle.lat / DEGREE / 180 * acos(-1));

	chart->middle.lat -= (int64_t)(rows * chart->down / degree_metres * DEGREE);
	chart->middle.lon += (int64_t)(columns * chart->across / degree_metres / shrink * DEGREE);
}

bool chart_cell(const struct chart *chart, struct geo at, unsigned *row, unsigned *column)
{
	double x = floor((east_of(chart->middle, at) / chart->across) + (double)chart->columns / 2);
	double y = floor((double)chart->rows / 2 - (north_of(chart->middle, at) / chart->down));

	if (x < 0 || y < 0 || x >= chart->columns || y >= chart->rows)
		return false;
	*row = (unsigned)y;
	*column = (unsigned)x;
	return true;
}
