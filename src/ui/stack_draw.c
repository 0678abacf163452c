/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the top screen is drawn, and the three lines that are the same everywhere: title or alarm,
 * note or question, key bar.
 */
#include "ui/stack_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/bar.h"
#include "ui/pick.h"

/* BRIEF_BELOW: a narrower line has no room for the whole mark of a response behind an alarm.
 * TITLE_BESIDE: columns that a long alarm leaves to the title, as long as ALARM_LEAST are its own,
 * ALARM_NARROW on a narrow line; with fewer than TITLE_LEAST nobody can tell what it is.
 * TITLE_ENOUGH: what is behind a longer one on a wide line stays. WINDOW_TOP, WINDOW_END: rows of
 * home that stay before and behind a window, which a terminal of WINDOW_TALL rows has room for. */
enum {
	BRIEF_BELOW = 70,
	TITLE_BESIDE = 22,
	ALARM_LEAST = 22,
	ALARM_NARROW = 16,
	TITLE_LEAST = 8,
	OVER_ROWS = 3,
	WINDOW_TOP = 4,
	WINDOW_END = 2,
	WINDOW_TALL = 22,
	TITLE_ENOUGH = 50
};

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

/* As it is shown there: pinyin is wider than hanzi. */
static unsigned wide_of(struct pane pane, const char *text)
{
	return pane_text(pane_measured(pane), 0, 0, LOOK_PLAIN, 0, text);
}

/* Home has a line of its own for what is on here. */
static bool shows_around(const struct stack *stack)
{
	return !stack->at_home && !stack->guard.lock;
}

/* Are letters text, and shown as such? */
static bool is_typed(const struct view *view)
{
	return view->typing && !view->choosing;
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

	if (columns < BRIEF_BELOW || !shows_around(stack))
		return 0;
	return most > ALARM_LEAST + wide ? wide : most > ALARM_LEAST ? most - ALARM_LEAST : 0;
}

/* The NTH form of what stands behind the alarm, each shorter: what there is to do, the keys, what
 * is on. False: there is none. */
static bool alarm_rest(const struct stack *stack, const struct view *view, bool narrow,
	unsigned nth, struct buf *out)
{
	bool keys = stack->alarm_signs && !is_typed(view) && !stack->guard.on && nth < ALARM_RESTS;
	const char *on = narrow || nth ? stack->around.brief : stack->around.mark;

	if (nth > ALARM_RESTS)
		return false;
	buf_clear(out);
	buf_fmt(out, "%s %s", stack->alarm_rest[nth < ALARM_RESTS ? nth : nth - 1],
		keys ? _("^G看 s签收") : _("^G看"));
	if (shows_around(stack) && *on)
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
	if (!narrow && shows_around(stack))
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
	bool around = shows_around(stack);
	unsigned columns = 0;

	behind[0] = !around ? "" : crowded[n].whole ? stack->around.mark : stack->around.tag;
	behind[1] = around && crowded[n].season && !stack_is_lean(stack->views)
			    ? stack->around.season
			    : "";
	behind[2] = crowded[n].clock && !stack->guard.lock ? stack->clock : "";
	for (unsigned at = 0; at < BEHIND; at++)
		columns += *behind[at] ? wide_of(pane, behind[at]) + 1 : 0;
	return columns;
}

/* The title with what fits behind it, and at the right edge who it is. */
static void draw_named(const struct stack *stack, struct pane pane, const char *title)
{
	const char *name = stack->guard.lock ? "" : stack->user.name, *behind[BEHIND] = {""};
	unsigned wide = wide_of(pane, title), left = 0, used = 0;
	size_t n = 0;

	if (pane.columns >= BRIEF_BELOW && wide > TITLE_ENOUGH)
		wide = TITLE_ENOUGH;
	for (; n < countof(crowded); n++) {
		used = put_behind(stack, pane, n, behind);
		left = crowded[n].name && *name ? wide_of(pane, name) + 1 : 0;
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
	bool gives = pane.columns >= BRIEF_BELOW && shows_around(stack) &&
		     left + (wide < TITLE_BESIDE ? wide : TITLE_BESIDE) + name > pane.columns;

	if (gives || stack->guard.lock || left + name > pane.columns)
		name = 0;
	unsigned room = left + name < pane.columns ? pane.columns - left - name : 0;
	if (room >= (wide < TITLE_LEAST ? wide : TITLE_LEAST))
		pane_text(pane, 0, left, LOOK_PLAIN, room, title);
	if (name > 1)
		pane_right(pane, 0, LOOK_PLAIN, stack->user.name);
}

enum { TITLE_SIZE = sizeof(((struct view *)0)->title) + 80 };

static void put_title(const struct stack *stack, const struct view *view, char title[TITLE_SIZE])
{
	snprintf(title, TITLE_SIZE, "%s%s%s", _(view->screen->title),
		*view->screen->title && view->title[0] ? " " : "", view->title);
	if (stack->guard.lock)
		snprintf(title, TITLE_SIZE, "%s", _("前哨"));
}

static void draw_title(const struct stack *stack, const struct view *view, struct pane pane)
{
	char title[TITLE_SIZE];

	put_title(stack, view, title);
	unsigned left = draw_alarm(stack, view, pane, title);
	if (left)
		draw_beside(stack, pane, left, title);
	else
		draw_named(stack, pane, title);
}

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
	return wide_of(all, text) <= all.columns && text_columns(text) <= all.columns;
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
	unsigned wide = wide_of(all, said) + 1;

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
		   shows_around(stack) && !stack_top(stack)->board) {
		/* The alarm has the line where it stands else. */
		put_title(stack, stack_top(stack), title);
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
		put_title(stack, view, title);
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
	const struct bar_wish wish = {pick ? 0 : keys_hidden(view), is_typed(view),
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
	draw_title(stack, base(stack), pane_part(all, 0, 0, 1, all.columns));
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
