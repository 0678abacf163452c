/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the top screen is drawn, and the lines under it that are the same everywhere: note or
 * question, key bar.
 */
#include "ui/stack_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/bar.h"
#include "ui/pick.h"

/* WINDOW_TOP, WINDOW_END: rows of home that stay before and behind a window, which a terminal of
 * WINDOW_TALL rows has room for. */
enum { OVER_ROWS = 3, WINDOW_TOP = 4, WINDOW_END = 2, WINDOW_TALL = 22 };

/* TEXT in the rows that end above ROW, as many as it takes: nothing that a person has to read
 * before a key is cut. */
static void draw_above(struct pane all, unsigned row, enum look look, const char *text)
{
	unsigned most = row > 1 ? row - 1 : 0;
	struct pane room = pane_part(all, 1, 0, most, all.columns);
	unsigned rows = most ? pane_wrapped(pane_measured(room), 0, 0, look, 0, text) : 0;
	struct pane own = pane_part(all, row - rows, 0, rows, all.columns);

	pane_clear(own);
	pane_wrapped(own, 0, 0, look, 0, text);
}

static bool fits(struct pane all, const char *text)
{
	return stack_wide(all, text) <= all.columns && text_columns(text) <= all.columns;
}

/* A question on the note line; a long one begins above it. */
static void draw_question(struct stack *stack, struct pane all)
{
	char end[NOTE_SIZE], line[2 * NOTE_SIZE];
	unsigned row = all.rows - 2;

	question_end(stack, end);
	snprintf(line, sizeof(line), _("%s：%s"), stack->question.about, end);
	if (fits(all, line)) {
		pane_text(all, row, 0, LOOK_MARK, 0, line);
	} else if (fits(all, end)) {
		draw_above(all, row, LOOK_MARK, stack->question.about);
		pane_text(all, row, 0, LOOK_MARK, 0, end);
	} else {
		draw_above(all, row + 1, LOOK_MARK, line);
	}
	stack->question.drawn = true;
}

/* That the page goes on below, at the right. Returns the columns that it leaves to others. */
static unsigned draw_more(struct stack *stack, struct pane all)
{
	const char *said = _("下面还有 空格");
	unsigned wide = stack_wide(all, said) + 1;

	if (!stack_top(stack)->more || stack->guard.on || wide >= all.columns)
		return all.columns;
	pane_right(all, all.rows - 2, LOOK_DIM, said);
	return all.columns - wide;
}

static void draw_note(struct stack *stack, struct pane all)
{
	char title[TITLE_SIZE];

	if (stack->question.on) {
		draw_question(stack, all);
	} else if (!stack->note[0] && stack->alarm[0] && all.columns < BRIEF_BELOW &&
		   stack_shows_around(stack) && !stack_top(stack)->board) {
		/* The alarm has the line where it stands else. */
		stack_title(stack, stack_top(stack), title);
		pane_text(all, all.rows - 2, 0, LOOK_PLAIN, draw_more(stack, all), title);
	} else if (!stack->note[0]) {
		(void)draw_more(stack, all);
	} else {
		draw_above(all, all.rows - 1, stack->note_look, stack->note);
	}
}

/* A window lies right over home: each row that stays need not be sent again. */
static bool is_window(const struct stack *stack, const struct view *view)
{
	return stack->tall && view == &stack->views[1] && view->screen->window &&
	       view->screen->window(view);
}

static bool lies_over(const struct stack *stack, const struct view *view)
{
	return view > stack->views && !stack->guard.on &&
	       (view->screen->over || is_window(stack, view));
}

/* The screen that fills the terminal, and that row 0 therefore names; others may lie over it. */
static struct view *base(struct stack *stack)
{
	struct view *view = stack_top(stack);

	while (lies_over(stack, view))
		view--;
	return view;
}

/* The rows of PANE that are VIEW's own; of an overlay a narrow line needs one more for the
 * question. */
static struct pane own_pane(const struct stack *stack, const struct view *view, struct pane pane)
{
	unsigned below = pane.columns < BRIEF_BELOW, rows = OVER_ROWS;

	if (!lies_over(stack, view))
		return pane;
	if (view->screen->rows && view->screen->rows(view) < rows)
		rows = view->screen->rows(view);
	if (!view->screen->over)
		return pane_part(
			pane, WINDOW_TOP, 0, pane.rows - WINDOW_TOP - WINDOW_END, pane.columns);
	if (pane.rows <= rows + below)
		return pane;
	return pane_part(pane, pane.rows - rows - below, 0, rows, pane.columns);
}

/* Without the title that a window has for itself. */
static struct pane inner_pane(const struct stack *stack, const struct view *view, struct pane pane)
{
	pane = own_pane(stack, view, pane);
	return lies_over(stack, view) && !view->screen->over ? pane_below(pane, 1) : pane;
}

static void lay_view(struct view *view, struct pane room)
{
	view->columns = room.columns;
	if (view->screen->layout)
		view->screen->layout(view, room);
}

static void lay_out(struct stack *stack, struct pane room)
{
	if (stack->guard.on) {
		guard_layout(&stack->guard, room);
		return;
	}
	for (struct view *view = base(stack); view <= stack_top(stack); view++)
		lay_view(view, inner_pane(stack, view, room));
	stack->laid = true;
}

void stack_lay(struct stack *stack)
{
	if (!stack->laid && stack->room.rows > 0)
		lay_out(stack, stack->room);
}

static void draw_view(struct view *view, struct pane pane)
{
	view->drawn = true;
	if (view->screen->draw)
		view->screen->draw(view->state, pane);
}

static void draw_over(const struct stack *stack, struct view *view, struct pane pane)
{
	struct pane own = own_pane(stack, view, pane);
	char title[TITLE_SIZE];

	pane_clear(own);
	if (!view->screen->over) {
		stack_title(stack, view, title);
		pane_text(own, 0, 0, LOOK_TITLE, 0, title);
	}
	draw_view(view, inner_pane(stack, view, pane));
}

static void draw_screen(struct stack *stack, struct pane pane)
{
	stack->room = pane_measured(pane);
	lay_out(stack, stack->room);
	if (stack->guard.on) {
		guard_draw(&stack->guard, pane);
		return;
	}
	struct view *view = base(stack);
	draw_view(view, pane);
	while (++view <= stack_top(stack))
		draw_over(stack, view, pane);
}

/* The lowest screen has nothing behind it. */
static void draw_keys(struct stack *stack, struct pane pane)
{
	const struct view *view = stack_top(stack);

	if (stack->question.on && view->screen->over && stack->depth > 1)
		view--;

	const struct pick *pick = view->screen->pick ? view->screen->pick(view) : NULL;
	struct key keys[PICK_KEYS];
	const struct screen picking = {.keys = keys};
	const struct bar_wish wish = {pick ? 0 : keys_hidden(view), stack_typed(view),
		stack->depth == 1, stack_is_lean(view)};

	if (pick)
		pick_keys(pick, keys);
	bar_draw(pick ? &picking : view->screen, &wish, pane);
}

static void draw_all(struct stack *stack, struct grid *grid)
{
	struct pane all = grid_pane(grid);

	grid_clear(grid);
	stack->changed = false;
	stack->room = (struct pane){0};
	if (all.rows <= BARS)
		return;
	stack->tall = all.rows >= WINDOW_TALL && all.columns >= BRIEF_BELOW;
	stack->at_home = base(stack) == stack->views;
	stack_draw_title(stack, base(stack), pane_part(all, 0, 0, 1, all.columns));
	draw_screen(stack, pane_part(all, 1, 0, all.rows - BARS, all.columns));
	draw_note(stack, all);
	if (stack->guard.on)
		pane_text(all, all.rows - 1, 0, LOOK_KEY, 0, guard_keys(&stack->guard));
	else
		draw_keys(stack, pane_part(all, all.rows - 1, 0, 1, all.columns));
}

void stack_draw(struct stack *stack, struct grid *grid)
{
	bool latin = grid->latin;

	grid->latin = latin || stack->face.coding == CODING_PINYIN;
	draw_all(stack, grid);
	if (stack_is_lean(stack->views))
		grid_dull(grid); /* each change of looks costs ten bytes */
	grid->latin = latin;
}

void stack_quiet(struct stack *stack, bool quiet)
{
	stack->quiet = quiet;
}

bool stack_is_quiet(const struct stack *stack)
{
	return stack->quiet;
}

int64_t stack_due(const struct stack *stack)
{
	return stack->depth ? stack->views[stack->depth - 1].due : 0;
}

bool stack_dirty(const struct stack *stack)
{
	return stack->changed;
}
