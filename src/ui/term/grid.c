/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells: text cut to columns and wrapped, never half a hanzi, and a grid as plain text.
 * Nothing here knows what a terminal is.
 */
#include "ui/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/pinyin.h"

static struct cell_at *cell(struct grid *grid, unsigned row, unsigned column)
{
	return &grid->cells[(size_t)row * grid->columns + column];
}

static void blank(struct grid *grid, unsigned row, unsigned column)
{
	*cell(grid, row, column) = (struct cell_at){' ', LOOK_PLAIN};
}

/* Whatever stood half in the columns now written is blanked whole: a terminal given half a hanzi
 * shifts the rest of its row. */
static void clear_halves(struct grid *grid, unsigned row, unsigned column, unsigned width)
{
	if (column > 0 && cell(grid, row, column)->cp == 0)
		blank(grid, row, column - 1);
	unsigned behind = column + width;
	if (behind < grid->columns && cell(grid, row, behind)->cp == 0)
		blank(grid, row, behind);
}

static void put(struct pane pane, unsigned row, unsigned column, enum look look, uint32_t cp,
	unsigned width)
{
	struct grid *grid = pane.grid;
	unsigned y = pane.top + row, x = pane.left + column;

	if (!grid)
		return; /* only measured */
	clear_halves(grid, y, x, width);
	*cell(grid, y, x) = (struct cell_at){cp, (uint8_t)look};
	if (width == 2)
		*cell(grid, y, x + 1) = (struct cell_at){0, (uint8_t)look};
}

/* Plain text; returns the columns used, at most MOST and the pane's. */
static unsigned lay_text(struct pane pane, unsigned row, unsigned column, enum look look,
	unsigned most, struct bytes text)
{
	unsigned used = 0;

	if (row >= pane.rows || column >= pane.columns)
		return 0;
	if (most == 0 || most > pane.columns - column)
		most = pane.columns - column;
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t took = text_next((const char *)text.at + at, text.len - at, &cp);

		if (took == 0)
			break;
		at += took;
		unsigned width = text_width(cp);
		if (cp < 0x20 || width == 0)
			continue;
		if (used + width > most)
			break;
		put(pane, row, column + used, look, cp, width);
		used += width;
	}
	return used;
}

void grid_start(struct grid *grid, unsigned rows, unsigned columns)
{
	*grid = (struct grid){0};
	grid_size(grid, rows, columns);
}

void grid_size(struct grid *grid, unsigned rows, unsigned columns)
{
	rows = rows < 1 ? 1 : rows > LIMIT_ROWS ? LIMIT_ROWS : rows;
	columns = columns < 1 ? 1 : columns > LIMIT_COLUMNS ? LIMIT_COLUMNS : columns;
	grid->cells = memory_size(grid->cells, (size_t)rows * columns, sizeof(struct cell_at));
	grid->rows = rows;
	grid->columns = columns;
	grid_clear(grid);
}

void grid_release(struct grid *grid)
{
	free(grid->cells);
	*grid = (struct grid){0};
}

void grid_clear(struct grid *grid)
{
	for (unsigned row = 0; row < grid->rows; row++) {
		for (unsigned column = 0; column < grid->columns; column++)
			blank(grid, row, column);
	}
	grid->cursor_row = grid->cursor_column = -1;
}

struct pane grid_pane(struct grid *grid)
{
	return (struct pane){grid, 0, 0, grid->rows, grid->columns, grid->latin};
}

struct pane pane_measured(struct pane pane)
{
	pane.grid = NULL;
	return pane;
}

struct pane pane_part(
	struct pane pane, unsigned top, unsigned left, unsigned rows, unsigned columns)
{
	if (top > pane.rows)
		top = pane.rows;
	if (left > pane.columns)
		left = pane.columns;
	if (rows > pane.rows - top)
		rows = pane.rows - top;
	if (columns > pane.columns - left)
		columns = pane.columns - left;
	return (struct pane){
		pane.grid, pane.top + top, pane.left + left, rows, columns, pane.latin};
}

struct pane pane_below(struct pane pane, unsigned rows)
{
	return pane_part(pane, rows, 0, pane.rows, pane.columns);
}

struct pane pane_behind(struct pane pane, unsigned row, unsigned columns)
{
	return pane_part(pane, row, columns, 1, pane.columns);
}

void pane_clear(struct pane pane)
{
	for (unsigned row = 0; row < pane.rows; row++) {
		for (unsigned column = 0; column < pane.columns; column++)
			put(pane, row, column, LOOK_PLAIN, ' ', 1);
	}
}

/* What may stand in these cells. */
static void plain_for(struct pane pane, const char *text, struct buf *out)
{
	struct buf latin = {0};

	if (pane.latin)
		pinyin_show(text, &latin);
	text_plain(pane.latin ? buf_cstr(&latin) : text, out);
	buf_release(&latin);
}

unsigned pane_clip(struct pane pane, unsigned row, unsigned column, enum look look, unsigned most,
	const char *text)
{
	struct buf plain = {0};

	plain_for(pane, text, &plain);
	unsigned used = lay_text(pane, row, column, look, most, buf_bytes(&plain));
	buf_release(&plain);
	return used;
}

unsigned pane_text(struct pane pane, unsigned row, unsigned column, enum look look, unsigned most,
	const char *text)
{
	struct buf plain = {0};
	size_t room = column < pane.columns ? pane.columns - column : 0, used;

	if (most && most < room)
		room = most;
	plain_for(pane, text, &plain);
	if (room > 0 && text_columns_n((const char *)plain.at, plain.len) > room) {
		plain.len = text_cut(buf_cstr(&plain), room - 1, &used);
		buf_byte(&plain, '~');
	}
	used = lay_text(pane, row, column, look, most, buf_bytes(&plain));
	buf_release(&plain);
	return (unsigned)used;
}

unsigned pane_fmt(
	struct pane pane, unsigned row, unsigned column, enum look look, const char *fmt, ...)
{
	char text[1024];
	va_list args;

	va_start(args, fmt);
	text_fit_args(text, sizeof(text), fmt, args);
	va_end(args);
	return pane_text(pane, row, column, look, 0, text);
}

void pane_right(struct pane pane, unsigned row, enum look look, const char *text)
{
	struct buf plain = {0};

	plain_for(pane, text, &plain);
	size_t wide = text_columns_n((const char *)plain.at, plain.len);
	buf_release(&plain);
	pane_text(
		pane, row, wide < pane.columns ? pane.columns - (unsigned)wide : 0, look, 0, text);
}

/* Each line goes through text_plain by itself: it would take the line ends away. */
unsigned pane_wrapped(struct pane pane, unsigned row, unsigned column, enum look look,
	unsigned skip, const char *text)
{
	unsigned used = 0, seen = 0;
	struct buf latin = {0};

	if (column >= pane.columns)
		return 0;
	size_t columns = pane.columns - column;
	if (pane.latin) {
		pinyin_show(text, &latin);
		text = buf_cstr(&latin);
	}
	while (*text && row + used < pane.rows) {
		size_t took = text_wrap(text, columns);
		size_t len = took;
		struct buf line = {0};

		while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
			len--;
		buf_put(&line, text, len);
		if (seen++ >= skip) {
			pane_text(pane, row + used, column, look, 0, buf_cstr(&line));
			used++;
		}
		buf_release(&line);
		text += took;
	}
	buf_release(&latin);
	return used;
}

void pane_block(struct pane pane, unsigned row, unsigned column, unsigned halves)
{
	static const uint32_t blocks[] = {' ', 0x2584, 0x2580, 0x2588};

	if (row < pane.rows && column < pane.columns)
		put(pane, row, column, LOOK_PLAIN, blocks[halves & 3], 1);
}

void pane_cursor(struct pane pane, unsigned row, unsigned column)
{
	if (!pane.grid || row >= pane.rows || pane.columns == 0)
		return;
	if (column >= pane.columns)
		column = pane.columns - 1;
	pane.grid->cursor_row = (int)(pane.top + row);
	pane.grid->cursor_column = (int)(pane.left + column);
}

void grid_dull(struct grid *grid)
{
	for (size_t n = 0; n < (size_t)grid->rows * grid->columns; n++)
		grid->cells[n].look = LOOK_PLAIN;
}

void grid_show(const struct grid *grid, struct buf *out)
{
	for (unsigned row = 0; row < grid->rows; row++) {
		const struct cell_at *cells = &grid->cells[(size_t)row * grid->columns];
		unsigned end = grid->columns;

		while (end > 0 && cells[end - 1].cp == ' ')
			end--;
		for (unsigned column = 0; column < end; column++) {
			char bytes[4];

			if (cells[column].cp)
				buf_put(out, bytes, text_put(cells[column].cp, bytes));
		}
		buf_byte(out, '\n');
	}
}
