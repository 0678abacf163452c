/* SPDX-License-Identifier: GPL-3.0-or-later
 * A screen for paper: as wide as that, and as long as it takes.
 */
#include "ui/stack_inside.h"

#include <stdio.h>

/* Paper has no '>', and no gap where a screen keeps its last lines at the bottom. */
static void put_rows(struct grid *grid, struct buf *out)
{
	unsigned blank = 0;

	for (unsigned row = 0; row < grid->rows; row++) {
		struct cell_at *cells = grid->cells + (size_t)row * grid->columns;
		struct grid one = {.rows = 1, .columns = grid->columns, .cells = cells};
		struct buf line = {0};

		if (cells[0].cp == '>' && cells[1].cp == ' ')
			cells[0].cp = ' ';
		grid_show(&one, &line);
		bool empty = line.len <= 1;
		if (!empty) {
			if (blank && out->len)
				buf_byte(out, '\n');
			buf_put(out, line.at, line.len);
		}
		blank = empty ? blank + 1 : 0;
		buf_release(&line);
	}
}

static void put_title(const struct view *view, struct buf *out)
{
	buf_fmt(out, "%s%s%s\n", _(view->screen->title),
		*view->screen->title && view->title[0] ? " " : "", view->title);
}

bool stack_picture(struct stack *stack, bool below, unsigned columns, struct buf *out)
{
	struct grid grid;
	struct fault fault;
	unsigned under = below ? 2 : 1;

	if (stack->depth < under)
		return false;
	struct view *view = &stack->views[stack->depth - under];
	if (view->screen->whole && view->screen->whole(view, &fault) != RC_OK)
		return false;
	grid_start(&grid, PICTURE_ROWS, columns);
	view->columns = columns;
	if (view->screen->layout)
		view->screen->layout(view, pane_measured(grid_pane(&grid)));
	if (view->screen->draw)
		view->screen->draw(view->state, grid_pane(&grid));
	put_title(view, out);
	put_rows(&grid, out);
	grid_release(&grid);
	stack->laid = false;
	return true;
}

const struct screen *stack_below(const struct view *view)
{
	const struct stack *stack = view->stack;

	return stack->depth > 1 ? stack->views[stack->depth - 2].screen : NULL;
}
