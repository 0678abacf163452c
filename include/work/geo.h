/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places on the earth as a terminal shows them: how far, in which direction, and in which cell. Nothing here knows
 * records, and nothing changes.
 */
#ifndef WORK_GEO_H
#define WORK_GEO_H

#include "base/arena.h"
#include "base/buf.h"

/* Millionths of a degree (DEGREE), as fields of T_LON and T_LAT have them. */
struct geo {
	int64_t lon, lat;
};

/* As far as a county reaches the earth is flat: an error of less than one in a thousand at 100 km. */
unsigned geo_metres(struct geo from, struct geo to);
/* 0 north, 1 north-east, … 7 north-west: where TO lies seen from FROM, each the middle of its eighth. */
unsigned geo_way(struct geo from, struct geo to);
const char *geo_way_name(unsigned way); /* translated */
/* "350米", "4.4公里", "26公里" */
void geo_put_metres(unsigned metres, struct buf *out);
/* "东北4.4公里" of TO seen from FROM; nearer than ten metres: "旁" */
void geo_put_bearing(struct geo from, struct geo to, struct buf *out);

/* ---- A part of the earth on cells, north above. */

struct chart {
	unsigned rows, columns;
	struct geo middle;
	double across, down; /* metres of a column and of a row */
};

/* Where most of the COUNT places lie fills ROWS and COLUMNS: a mistyped degree must not shrink the others to a dot, so of
 * more than fifty the outer fiftieths do not count. A cell is between twice and six times as high as wide, in metres. */
void chart_fit(struct chart *chart, const struct geo *at, unsigned count, unsigned rows, unsigned columns);
/* STEPS times closer (below 0: farther away), around the middle; no closer than a metre a column. */
void chart_zoom(struct chart *chart, int steps);
/* The middle goes so many rows down and columns right. */
void chart_move(struct chart *chart, int rows, int columns);
/* False: it lies outside. */
bool chart_cell(const struct chart *chart, struct geo at, unsigned *row, unsigned *column);

/* ---- Marks on it. */

struct chart_mark {
	struct geo at;
	unsigned rank; /* of two in one cell the lower one is seen: it is worse */
	unsigned wide; /* columns of its name; 0 = it has none */
};
/* A cell with something in it. Labels stand right of it, else left, and never on a mark or on one another. */
struct chart_spot {
	unsigned row, column;
	const unsigned *marks; /* places in the marks, the worst first */
	unsigned count;
	bool named;     /* the name of the worst is written, */
	unsigned label; /* from this column on */
};
/* All cells that have something, from the top, each row from the left; in ARENA. Returns how many. */
unsigned chart_spots(const struct chart *chart, const struct chart_mark *marks, unsigned count, struct arena *arena,
	struct chart_spot **spots);
/* The nearest spot in the direction of an arrow key (DOWN, RIGHT: -1, 0 or 1) from a cell; -1: there is none. */
int chart_next(const struct chart_spot *spots, unsigned count, unsigned row, unsigned column, int down, int right);

#endif
