/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the top screen is drawn, and the three lines that are the same everywhere: title or alarm,
 * note or question, key bar.
 */
#include "ui/stack_inside.h"

#include <stdio.h>

#include "base/text.h"

/* BRIEF_BELOW: a narrower line has no room for the whole mark of a response behind an alarm.
 * TITLE_LEAST: columns that the season leaves to a longer title without an alarm on a
 * wide line; on a narrow one no title is cut by it. TITLE_BESIDE: those
 * that a long alarm leaves to it, as long as ALARM_LEAST are its own. */
enum { BRIEF_BELOW = 70, TITLE_LEAST = 44, TITLE_BESIDE = 22, ALARM_LEAST = 22 };

/* Home has a line of its own for what is on here. */
static bool shows_around(const struct stack *stack)
{
	return stack->depth > 1 && !stack->guard.lock;
}

/* Are letters text, and shown as such? */
static bool is_typed(const struct view *view)
{
	return view->typing && !view->choosing;
}

/* The columns that an alarm of as many leaves to TITLE: which village, which record this is must be
 * seen beside it. A narrow line has none, and home needs none. */
static unsigned beside(
	const struct stack *stack, unsigned columns, unsigned most, const char *title)
{
	unsigned wide = (unsigned)text_columns(title) + 1;

	if (columns < BRIEF_BELOW || !shows_around(stack))
		return 0;
	wide = wide < TITLE_BESIDE ? wide : TITLE_BESIDE;
	return most > ALARM_LEAST + wide ? wide : most > ALARM_LEAST ? most - ALARM_LEAST : 0;
}

/* The alarm stands where else the title does, and the title behind it. Returns where the rest of
 * the line begins. */
static unsigned draw_alarm(
	const struct stack *stack, const struct view *view, struct pane pane, const char *title)
{
	char rest[NOTE_SIZE];

	if (!stack->alarm[0])
		return 0;
	bool keys = stack->alarm_signs && !is_typed(view) && !stack->guard.on;
	const char *on = pane.columns < BRIEF_BELOW ? stack->around.brief : stack->around.mark;
	on = shows_around(stack) ? on : "";
	snprintf(rest, sizeof(rest), "%.300s %s%s%s", stack->alarm_rest,
		keys ? _("^G看 s签收") : _("^G看"), *on ? " " : "", on);
	unsigned wide = (unsigned)text_columns(rest) + 1;
	unsigned most = pane.columns > wide + 2 ? pane.columns - wide : 2;
	most -= beside(stack, pane.columns, most, title);
	unsigned left = pane_cut(pane, 0, 0, LOOK_RED, most, stack->alarm) + 1;

	return left + pane_text(pane, 0, left, LOOK_RED, 0, rest) + 2;
}

/* The title between LEFT and ROOM, and behind it what is on here: the response is never left out,
 * an alarm has it already. */
static void draw_named(const struct stack *stack, struct pane pane, unsigned left, unsigned room,
	const char *title)
{
	const char *marks[] = {left ? "" : stack->around.mark, stack->around.season};
	enum look look = left ? LOOK_PLAIN : LOOK_TITLE;
	unsigned wide[countof(marks)] = {0}, behind = 0;
	unsigned least = (unsigned)text_columns(title);

	if (!left && pane.columns >= BRIEF_BELOW && least > TITLE_LEAST)
		least = TITLE_LEAST;

	for (size_t n = 0; n < countof(marks) && shows_around(stack); n++) {
		unsigned columns = *marks[n] ? (unsigned)text_columns(marks[n]) + 1 : 0;

		if (left + behind + columns + (n ? least : 0) > room)
			break;
		wide[n] = columns;
		behind += columns;
	}
	if (left + behind < room)
		left += pane_cut(pane, 0, left, look, room - left - behind, title);
	for (size_t n = 0; n < countof(marks); n++) {
		if (wide[n])
			pane_text(pane, 0, left + 1, LOOK_MARK, 0, marks[n]);
		left += wide[n];
	}
}

static void draw_title(const struct stack *stack, const struct view *view, struct pane pane)
{
	unsigned name = (unsigned)text_columns(stack->user.name);
	char title[sizeof(view->title) + 80];

	snprintf(title, sizeof(title), "%s%s%s", _(view->screen->title),
		*view->screen->title && view->title[0] ? " " : "", view->title);
	if (stack->guard.lock)
		snprintf(title, sizeof(title), "%s", _("前哨"));
	unsigned left = draw_alarm(stack, view, pane, title);
	unsigned room = pane.columns > left + name + 1 ? pane.columns - name - 1 : 0;
	/* Who it is gives way to what it is. */
	bool gives = left > 0 && pane.columns >= BRIEF_BELOW && shows_around(stack) &&
		     room < left + TITLE_BESIDE;
	if (gives || (left == 0 && room == 0))
		room = pane.columns;
	if (left < room)
		draw_named(stack, pane, left, room, title);
	if (room > 0 && room < pane.columns && name > 0 && !stack->guard.lock)
		pane_right(pane, 0, LOOK_PLAIN, stack->user.name);
}

/* A question on the note line; a long one begins on the line above, as nothing of it may be cut. */
static void draw_question(struct stack *stack, struct pane all)
{
	char end[NOTE_SIZE];
	unsigned row = all.rows - 2;

	question_end(stack, end);
	unsigned wide = (unsigned)text_columns(end);
	if (text_columns(stack->question.about) + 2 + wide > all.columns && row > 1) {
		pane_clear(pane_part(all, row - 1, 0, 1, all.columns));
		pane_cut(all, row - 1, 0, LOOK_MARK, 0, stack->question.about);
		pane_text(all, row, 0, LOOK_MARK, 0, end);
	} else {
		pane_fmt(all, row, 0, LOOK_MARK, _("%s：%s"), stack->question.about, end);
	}
	stack->question.drawn = true;
}

static void draw_note(struct stack *stack, struct pane all)
{
	if (stack->question.on)
		draw_question(stack, all);
	else
		pane_cut(all, all.rows - 2, 0, stack->note_look, 0, stack->note);
}

/* One entry of the key bar, if it still fits before LIMIT. Returns where the next one begins. */
static unsigned draw_key(
	struct pane pane, unsigned left, unsigned limit, const struct key *key, bool dense)
{
	char name[16], text[120];

	snprintf(text, sizeof(text), "%s%s%s", key_show(key->key, name), dense ? "" : " ",
		_(key->label));
	unsigned wide = (unsigned)text_columns(text);
	if (left + wide > limit)
		return left;
	pane_text(pane, 0, left, LOOK_KEY, 0, text);
	return left + wide + (dense ? 1 : 2);
}

static void draw_keys(const struct view *view, struct pane pane)
{
	char tail[120];
	unsigned left = 0, limit = pane.columns;
	/* Where words are not written with blanks. */
	bool dense = view->screen->dense && !words_english();
	bool typing = is_typed(view);

	if (!typing) {
		snprintf(tail, sizeof(tail), "%s", _("? 帮助  q 返回"));
		unsigned wide = (unsigned)text_columns(tail) + (dense ? 1 : 2);

		limit = pane.columns > wide ? pane.columns - wide : 0;
	}
	for (const struct key *key = view->screen->keys; key && key->key; key++) {
		bool shown = key->label && !(typing && key_is_text(key->key));

		if (shown)
			left = draw_key(pane, left, limit, key, dense);
	}
	if (!typing)
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

static void draw_all(struct stack *stack, struct grid *grid)
{
	struct pane all = grid_pane(grid);
	struct view *view = stack_top(stack);

	grid_clear(grid);
	stack->changed = false;
	stack->room = (struct pane){0};
	if (all.rows <= BARS)
		return;
	draw_title(stack, view, pane_part(all, 0, 0, 1, all.columns));
	draw_screen(stack, pane_part(all, 1, 0, all.rows - BARS, all.columns));
	draw_note(stack, all);
	if (stack->guard.on)
		pane_text(all, all.rows - 1, 0, LOOK_KEY, 0, guard_keys(&stack->guard));
	else
		draw_keys(view, pane_part(all, all.rows - 1, 0, 1, all.columns));
}

void stack_draw(struct stack *stack, struct grid *grid)
{
	bool latin = grid->latin;

	grid->latin = latin || stack->latin;
	draw_all(stack, grid);
	grid->latin = latin;
}

void stack_quiet(struct view *view, bool quiet)
{
	view->stack->quiet = quiet;
}

bool stack_is_quiet(const struct stack *stack)
{
	return stack->quiet;
}
