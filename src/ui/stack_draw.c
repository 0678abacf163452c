/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the top screen is drawn, and the three lines that are the same everywhere: title bar, note
 * and key bar.
 */
#include "ui/stack_inside.h"

#include <stdio.h>

#include "base/text.h"

static void draw_title(const struct stack *stack, const struct view *view, struct pane pane)
{
	size_t name = text_columns(stack->user.name);
	unsigned room = pane.columns > name + 1 ? pane.columns - (unsigned)name - 1 : pane.columns;
	unsigned left = pane_text(pane, 0, 0, LOOK_TITLE, room, _(view->screen->title));

	if (left > 0)
		left++;
	if (view->title[0] && left < room)
		left += pane_text(pane, 0, left, LOOK_TITLE, room - left, view->title);
	if (left < room && name > 0)
		pane_right(pane, 0, LOOK_PLAIN, stack->user.name);
}

/* One entry of the key bar, if it still fits before LIMIT. Returns where the next one begins. */
static unsigned draw_key(
	struct pane pane, unsigned left, unsigned limit, int key, const char *label)
{
	char name[16], text[120];

	snprintf(text, sizeof(text), "%s %s", key_show(key, name), label);
	unsigned wide = (unsigned)text_columns(text);
	if (left + wide > limit)
		return left;
	pane_text(pane, 0, left, LOOK_KEY, 0, text);
	return left + wide + 2;
}

static void draw_keys(const struct view *view, struct pane pane)
{
	char tail[120];
	unsigned left = 0, limit = pane.columns;

	if (!view->typing) {
		snprintf(tail, sizeof(tail), "%s", _("? 帮助  q 返回"));
		unsigned wide = (unsigned)text_columns(tail);

		limit = pane.columns > wide + 2 ? pane.columns - wide - 2 : 0;
	}
	for (const struct key *key = view->screen->keys; key && key->key; key++) {
		bool shown = key->label && !(view->typing && key_is_text(key->key));

		if (shown)
			left = draw_key(pane, left, limit, key->key, _(key->label));
	}
	if (!view->typing)
		pane_text(pane, 0, left, LOOK_KEY, 0, tail);
}

static void lay_out(struct stack *stack, struct pane room)
{
	struct view *view = stack_top(stack);

	if (stack->guard.on) {
		guard_layout(&stack->guard, room);
		return;
	}
	view->columns = room.columns;
	if (view->screen->layout)
		view->screen->layout(view, room);
	stack->laid = true;
}

void stack_lay(struct stack *stack)
{
	if (!stack->laid && stack->room.rows > 0)
		lay_out(stack, stack->room);
}

static void draw_screen(struct stack *stack, struct pane pane)
{
	const struct view *view = stack_top(stack);

	stack->room = pane_measured(pane);
	lay_out(stack, stack->room);
	if (stack->guard.on)
		guard_draw(&stack->guard, pane);
	else if (view->screen->draw)
		view->screen->draw(view->state, pane);
}

void stack_draw(struct stack *stack, struct grid *grid)
{
	struct pane all = grid_pane(grid);
	struct view *view = stack_top(stack);

	grid_clear(grid);
	stack->changed = false;
	stack->room = (struct pane){0};
	if (all.rows <= BARS)
		return;
	if (stack->guard.lock)
		pane_text(all, 0, 0, LOOK_TITLE, 0, _("前哨"));
	else
		draw_title(stack, view, pane_part(all, 0, 0, 1, all.columns));
	draw_screen(stack, pane_part(all, 1, 0, all.rows - BARS, all.columns));
	if (stack->note[0])
		pane_text(all, all.rows - 2, 0, stack->note_look, 0, stack->note);
	else
		pane_text(all, all.rows - 2, 0, stack->banner_look, 0, stack->banner);
	if (stack->guard.on)
		pane_text(all, all.rows - 1, 0, LOOK_KEY, 0, guard_keys(&stack->guard));
	else
		draw_keys(view, pane_part(all, all.rows - 1, 0, 1, all.columns));
}
