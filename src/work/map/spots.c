/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks on the cells of a chart: what stands in one cell, whose name is written where, and where an
 * arrow key leads.
 */
#include <stdlib.h>
#include <string.h>

#include "work/geo.h"

struct placed {
	unsigned row, column, mark, rank;
};

static int by_cell(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->mark > y->mark) - (x->mark < y->mark);
}

static unsigned place_all(const struct chart *chart, const struct chart_mark *marks, unsigned count,
	struct placed *placed)
{
	unsigned seen = 0;

	for (unsigned n = 0; n < count; n++) {
		struct placed *at = &placed[seen];

		*at = (struct placed){.mark = n, .rank = marks[n].rank};
		seen += chart_cell(chart, marks[n].at, &at->row, &at->column);
	}
	qsort(placed, seen, sizeof *placed, by_cell);
	return seen;
}

/* ---- names */

static bool is_free(
	const struct chart *chart, const bool *taken, unsigned row, unsigned from, unsigned wide)
{
	if (from + wide > chart->columns)
		return false;
	for (unsigned n = from; n < from + wide; n++)
		if (taken[row * chart->columns + n])
			return false;
	return true;
}

static void name_spot(
	const struct chart *chart, struct chart_spot *spot, unsigned wide, bool *taken)
{
	unsigned right = spot->column + 1, left = spot->column - wide;

	if (!wide)
		return;
	/* A name that touched the next mark would be read as that one's. */
	if (is_free(chart, taken, spot->row, right, wide) &&
		(right + wide == chart->columns ||
			is_free(chart, taken, spot->row, right + wide, 1)))
		spot->label = right;
	else if (spot->column >= wide && is_free(chart, taken, spot->row, left, wide) &&
		 (left == 0 || is_free(chart, taken, spot->row, left - 1, 1)))
		spot->label = left;
	else
		return;
	spot->named = true;
	memset(&taken[spot->row * chart->columns + spot->label], true, wide * sizeof *taken);
}

static int by_rank(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->mark > y->mark) - (x->mark < y->mark);
}

/* The worst first: they take what room there is. */
static void name_spots(const struct chart *chart, const struct chart_mark *marks,
	struct chart_spot *spots, unsigned count, struct arena *arena)
{
	bool *taken = arena_get(arena, (size_t)chart->rows * chart->columns * sizeof *taken);
	struct placed *order = arena_get(arena, count * sizeof *order);

	memset(taken, 0, (size_t)chart->rows * chart->columns * sizeof *taken);
	for (unsigned n = 0; n < count; n++) {
		taken[spots[n].row * chart->columns + spots[n].column] = true;
		order[n] = (struct placed){.mark = n, .rank = marks[spots[n].marks[0]].rank};
	}
	qsort(order, count, sizeof *order, by_rank);
	for (unsigned n = 0; n < count; n++) {
		struct chart_spot *spot = &spots[order[n].mark];

		name_spot(chart, spot, marks[spot->marks[0]].wide, taken);
	}
}

unsigned chart_spots(const struct chart *chart, const struct chart_mark *marks, unsigned count,
	struct arena *arena, struct chart_spot **spots)
{
	struct placed *placed = arena_get(arena, (count + 1) * sizeof *placed);
	unsigned *order = arena_get(arena, (count + 1) * sizeof *order);
	unsigned seen = place_all(chart, marks, count, placed), found = 0;

	*spots = arena_get(arena, (seen + 1) * sizeof **spots);
	for (unsigned n = 0; n < seen; n++) {
		struct chart_spot *last = found ? &(*spots)[found - 1] : NULL;

		order[n] = placed[n].mark;
		if (last && last->row == placed[n].row && last->column == placed[n].column)
			last->count++;
		else
			(*spots)[found++] = (struct chart_spot){.row = placed[n].row,
				.column = placed[n].column,
				.marks = &order[n],
				.count = 1};
	}
	name_spots(chart, marks, *spots, found, arena);
	return found;
}

int chart_next(const struct chart_spot *spots, unsigned count, unsigned row, unsigned column,
	int down, int right)
{
	/* What lies straight ahead is nearer than what lies beside: a row counts as two columns. */
	enum { HIGH = 2, ASIDE = 2 };
	int best = -1;
	unsigned least = 0;

	for (unsigned n = 0; n < count; n++) {
		int y = (int)spots[n].row - (int)row, x = (int)spots[n].column - (int)column;
		int ahead = down ? y * down * HIGH : x * right;
		int aside = down ? abs(x) : abs(y) * HIGH;
		unsigned far = (unsigned)(ahead + ASIDE * aside);

		if (ahead <= 0 || (best >= 0 && far >= least))
			continue;
		best = (int)n;
		least = far;
	}
	return best;
}
