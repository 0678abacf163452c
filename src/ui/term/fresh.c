/* SPDX-License-Identifier: GPL-3.0-or-later
 * When another screen opens, changing the old one cell by cell often costs more bytes than to clear
 * it and paint anew: a form over a full list, 389 bytes instead of 486.
 */
#include "ui/term/fresh.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Bytes of the terminal's sequences, about. */
enum { MOVE = 7, CLEAR = 7, TO_END = 3 };

static bool same(struct cell_at a, struct cell_at b)
{
	return a.cp == b.cp && a.look == b.look;
}

static unsigned bytes_of_cell(struct cell_at cell)
{
	return cell.cp == 0 ? 0 : cell.cp < 0x80 ? 1 : cell.cp < 0x800 ? 2 : 3;
}

/* Columns up to the last one that is not blank. */
static unsigned written(const struct cell_at *row, unsigned columns)
{
	while (columns > 0 && row[columns - 1].cp == ' ')
		columns--;
	return columns;
}

/* To turn row WAS into NOW: what differs, with a move to each piece; the rest of the row is cut. */
static unsigned cost_of(const struct cell_at *was, const struct cell_at *now, unsigned columns)
{
	unsigned end = written(now, columns), cost = 0;
	bool inside = false;

	if (written(was, columns) > end)
		cost = (end ? 0 : MOVE) + TO_END;
	for (unsigned at = 0; at < end; at++) {
		bool differs = !same(was[at], now[at]);

		cost += differs ? bytes_of_cell(now[at]) + (inside ? 0 : MOVE) : 0;
		inside = differs;
	}
	return cost;
}

bool fresh_is_cheaper(const struct grid *was, const struct grid *now)
{
	static const struct cell_at blank = {' ', LOOK_PLAIN};
	unsigned columns = now->columns, change = 0, paint = CLEAR;
	struct cell_at *nothing;

	if (was->rows != now->rows || was->columns != columns || now->rows == 0)
		return false;
	/* The last row names the keys: within a screen it stays, and lists scroll for less. */
	size_t last = (size_t)(now->rows - 1) * columns;
	if (!cost_of(&was->cells[last], &now->cells[last], columns))
		return false;
	nothing = memory_size(NULL, columns, sizeof(*nothing));
	for (unsigned at = 0; at < columns; at++)
		nothing[at] = blank;
	for (unsigned row = 0; row < now->rows; row++) {
		size_t at = (size_t)row * columns;

		change += cost_of(&was->cells[at], &now->cells[at], columns);
		paint += cost_of(nothing, &now->cells[at], columns);
	}
	free(nothing);
	return paint < change;
}

void fresh_keep(struct grid *was, const struct grid *now)
{
	if (was->rows != now->rows || was->columns != now->columns)
		grid_size(was, now->rows, now->columns);
	memcpy(was->cells, now->cells, (size_t)now->rows * now->columns * sizeof(*now->cells));
}
