/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first line of every screen: its title or the alarm in its place, what is on here, the clock,
 * and who it is; on a slow line less of it.
 */
#include "ui/stack_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* TITLE_BESIDE: columns that a long alarm leaves to the title, as long as ALARM_LEAST are its own,
 * ALARM_NARROW on a narrow line; with fewer than TITLE_LEAST nobody can tell what it is.
 * TITLE_ENOUGH: what is behind a longer one on a wide line stays. */
enum { TITLE_BESIDE = 22, ALARM_LEAST = 22, ALARM_NARROW = 16, TITLE_LEAST = 8, TITLE_ENOUGH = 50 };

/* ---- what stands there, from outside */

/* True: TO held something else. */
static bool put_alarm(char to[NOTE_SIZE], const char *text)
{
	bool other = strcmp(to, text) != 0;

	text_fit(to, NOTE_SIZE, text);
	return other;
}

void stack_alarm(struct stack *stack, const struct stack_alarm *alarm)
{
	stack->changed |= put_alarm(stack->alarm, alarm->what);
	for (unsigned n = 0; n < ALARM_RESTS; n++)
		stack->changed |= put_alarm(stack->alarm_rest[n], alarm->rest[n]);
	stack->changed |= stack->alarm_signs != alarm->signs;
	stack->alarm_signs = alarm->signs;
}

void stack_around(struct stack *stack, const char *mark, const char *brief, const char *season)
{
	if (strcmp(stack->around.mark, mark) != 0 || strcmp(stack->around.season, season) != 0)
		stack->changed = true;
	text_fit(stack->around.mark, sizeof(stack->around.mark), mark);
	text_fit(stack->around.brief, sizeof(stack->around.brief), brief);
	text_fit(stack->around.season, sizeof(stack->around.season), season);
	snprintf(stack->around.tag, sizeof(stack->around.tag), *brief ? "[%s]" : "%s",
		stack->around.brief);
}

void stack_clock(struct stack *stack, const char *clock)
{
	if (strcmp(stack->clock, clock) != 0)
		stack->changed = true;
	snprintf(stack->clock, sizeof(stack->clock), "%s", clock);
}

const char *stack_hidden_clock(const struct view *view)
{
	return view->stack->alarm[0] ? view->stack->clock : "";
}

/* ---- the lines */

unsigned stack_wide(struct pane pane, const char *text)
{
	return pane_text(pane_measured(pane), 0, 0, LOOK_PLAIN, 0, text);
}

bool stack_shows_around(const struct stack *stack)
{
	return !stack->at_home && !stack->guard.lock;
}

bool stack_typed(const struct view *view)
{
	return view->typing && !view->choosing;
}

void stack_lean(struct stack *stack, unsigned choice)
{
	stack->lean = choice;
}

bool stack_is_lean(const struct view *view)
{
	enum { SLOW = 300, SECOND_MS = 1000 }; /* bytes a second: 2400 bit/s */
	const struct stack *stack = view->stack;
	const struct meter *meter = &stack->meter;
	bool slow = meter->ms && (uint64_t)meter->bytes * SECOND_MS < (uint64_t)SLOW * meter->ms;

	return stack->lean == SHOWN_LEAN || (stack->lean == SHOWN_LEAN_AUTO && slow);
}

/* The columns that TITLE needs beside an alarm. */
static unsigned title_room(const char *title)
{
	unsigned wide = (unsigned)text_columns(title) + 1;

	return wide < TITLE_BESIDE ? wide : TITLE_BESIDE;
}

/* The columns that an alarm of as many leaves to TITLE: which village, which record this is must be
 * seen beside it. A narrow line has none, and home needs none. */
static unsigned beside(
	const struct stack *stack, unsigned columns, unsigned most, const char *title)
{
	unsigned wide = title_room(title);

	if (columns < BRIEF_BELOW || !stack_shows_around(stack))
		return 0;
	return most > ALARM_LEAST + wide ? wide : most > ALARM_LEAST ? most - ALARM_LEAST : 0;
}

/* The NTH form of what stands behind the alarm, each shorter: what there is to do, the keys, what
 * is on. False: there is none. */
static bool alarm_rest(const struct stack *stack, const struct view *view, bool narrow,
	unsigned nth, struct buf *out)
{
	bool keys =
		stack->alarm_signs && !stack_typed(view) && !stack->guard.on && nth < ALARM_RESTS;
	const char *on = narrow || nth ? stack->around.brief : stack->around.mark;

	if (nth > ALARM_RESTS)
		return false;
	buf_clear(out);
	buf_fmt(out, "%s %s", stack->alarm_rest[nth < ALARM_RESTS ? nth : nth - 1],
		keys ? _("^G看 s签收") : _("^G看"));
	if (stack_shows_around(stack) && *on)
		buf_fmt(out, " %s", on);
	return true;
}

/* The alarm stands where else the title does, and the title behind it. Returns where the rest of
 * the line begins. */
static unsigned draw_alarm(
	const struct stack *stack, const struct view *view, struct pane pane, const char *title)
{
	bool narrow = pane.columns < BRIEF_BELOW, fits = false;
	unsigned least = (unsigned)text_columns(stack->alarm), most = 0;
	struct buf rest = {0};

	if (!stack->alarm[0])
		return 0;
	if (least > (narrow ? ALARM_NARROW : ALARM_LEAST))
		least = narrow ? ALARM_NARROW : ALARM_LEAST;
	if (!narrow && stack_shows_around(stack))
		least += title_room(title);
	for (unsigned n = 0; !fits && alarm_rest(stack, view, narrow, n, &rest); n++) {
		unsigned wide = (unsigned)text_columns(buf_cstr(&rest)) + 1;

		most = pane.columns > wide + 2 ? pane.columns - wide : 2;
		fits = least <= most;
	}
	most -= beside(stack, pane.columns, most, title);
	unsigned left = pane_text(pane, 0, 0, LOOK_RED, most, stack->alarm) + 1;
	left += pane_text(pane, 0, left, LOOK_RED, 0, buf_cstr(&rest)) + 2;
	buf_release(&rest);
	return left;
}

/* What stands behind the title, and what of it is left out first where there is no room: which
 * record or village this is comes before all of it, and the response is never left out. */
static const struct {
	bool whole, season, clock, name;
} crowded[] = {
	{true, true, true, true},
	{true, false, true, true},
	{false, false, true, true},
	{false, false, false, true},
	{false, false, false, false},
};

enum { BEHIND = 3 };

/* The pieces behind the title, "" where there is none. Returns the columns that they take. */
static unsigned put_behind(
	const struct stack *stack, struct pane pane, size_t n, const char *behind[BEHIND])
{
	bool around = stack_shows_around(stack);
	unsigned columns = 0;

	behind[0] = !around ? "" : crowded[n].whole ? stack->around.mark : stack->around.tag;
	behind[1] = around && crowded[n].season && !stack_is_lean(stack->views)
			    ? stack->around.season
			    : "";
	behind[2] = crowded[n].clock && !stack->guard.lock ? stack->clock : "";
	for (unsigned at = 0; at < BEHIND; at++)
		columns += *behind[at] ? stack_wide(pane, behind[at]) + 1 : 0;
	return columns;
}

/* The title with what fits behind it, and at the right edge who it is. */
static void draw_named(const struct stack *stack, struct pane pane, const char *title)
{
	const char *name = stack->guard.lock ? "" : stack->user.name, *behind[BEHIND] = {""};
	unsigned wide = stack_wide(pane, title), left = 0, used = 0;
	size_t n = 0;

	if (pane.columns >= BRIEF_BELOW && wide > TITLE_ENOUGH)
		wide = TITLE_ENOUGH;
	for (; n < countof(crowded); n++) {
		used = put_behind(stack, pane, n, behind);
		left = crowded[n].name && *name ? stack_wide(pane, name) + 1 : 0;
		if (wide + used + left <= pane.columns)
			break;
	}
	used += left;
	left = pane_text(
		pane, 0, 0, LOOK_TITLE, pane.columns > used + 1 ? pane.columns - used : 1, title);
	for (unsigned at = 0; at < BEHIND; at++)
		if (*behind[at])
			left += 1 + pane_text(pane, 0, left + 1, at < 2 ? LOOK_MARK : LOOK_PLAIN, 0,
					    behind[at]);
	if (n < countof(crowded) && crowded[n].name)
		pane_right(pane, 0, LOOK_PLAIN, name);
}

/* Beside an alarm: the title, and who it is where that fits, too. */
static void draw_beside(
	const struct stack *stack, struct pane pane, unsigned left, const char *title)
{
	unsigned name = (unsigned)text_columns(stack->user.name) + 1;
	unsigned wide = (unsigned)text_columns(title);
	bool gives = pane.columns >= BRIEF_BELOW && stack_shows_around(stack) &&
		     left + (wide < TITLE_BESIDE ? wide : TITLE_BESIDE) + name > pane.columns;

	if (gives || stack->guard.lock || left + name > pane.columns)
		name = 0;
	unsigned room = left + name < pane.columns ? pane.columns - left - name : 0;
	if (room >= (wide < TITLE_LEAST ? wide : TITLE_LEAST))
		pane_text(pane, 0, left, LOOK_PLAIN, room, title);
	if (name > 1)
		pane_right(pane, 0, LOOK_PLAIN, stack->user.name);
}

void stack_title(const struct stack *stack, const struct view *view, char title[TITLE_SIZE])
{
	snprintf(title, TITLE_SIZE, "%s%s%s", _(view->screen->title),
		*view->screen->title && view->title[0] ? " " : "", view->title);
	if (stack->guard.lock)
		snprintf(title, TITLE_SIZE, "%s", _("前哨"));
}

void stack_draw_title(const struct stack *stack, const struct view *view, struct pane pane)
{
	char title[TITLE_SIZE];

	stack_title(stack, view, title);
	unsigned left = draw_alarm(stack, view, pane, title);
	if (left)
		draw_beside(stack, pane, left, title);
	else
		draw_named(stack, pane, title);
}
