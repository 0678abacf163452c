/* SPDX-License-Identifier: GPL-3.0-or-later
 * Open screens, one over the other: who gets a key, what follows, and the three lines that are the
 * same everywhere, title bar, note and key bar.
 */
#include "ui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { NOTE_SIZE = 400, BARS = 3, FIRST_ROWS = 24, FIRST_COLUMNS = 80 };

struct stack {
	struct store *store;
	struct user user;
	const struct screen *const *screens;
	struct view views[LIMIT_SCREENS];
	unsigned depth;
	const struct screen *next; /* what stack_open asked for */
	struct aim aim;
	char note[NOTE_SIZE];
	enum look note_look;
	char banner[NOTE_SIZE]; /* shown while there is no note */
	enum look banner_look;
	struct grid unseen; /* where a screen is laid out that a key meets before it was painted */
	unsigned rows, columns; /* of the grid drawn last */
	bool dirty, leaving;    /* leaving: the next q at the bottom ends it */
	bool laid;              /* the top screen was drawn since it was loaded */
};

static const struct screen *screen_named(const struct stack *stack, const char *name)
{
	for (const struct screen *const *at = stack->screens; *at; at++) {
		if (strcmp((*at)->name, name) == 0)
			return *at;
	}
	return NULL;
}

static struct view *top(struct stack *stack)
{
	return &stack->views[stack->depth - 1];
}

static void close_top(struct stack *stack)
{
	struct view *view = top(stack);

	if (view->screen->done)
		view->screen->done(view);
	arena_release(&view->arena);
	free(view->state);
	stack->depth--;
	stack->dirty = true;
}

static enum rc load(struct view *view, struct fault *fault)
{
	view->stack->laid = false;
	arena_release(&view->arena);
	view->title[0] = '\0';
	view->due = 0;
	return view->screen->load ? view->screen->load(view, fault) : RC_OK;
}

static enum rc open_screen(struct stack *stack, const struct screen *screen, const struct aim *aim,
	struct fault *fault)
{
	if (stack->depth == LIMIT_SCREENS)
		return fault_set(fault, RC_BAD, _("打开的画面太多，先按 q 返回"));
	struct view *view = &stack->views[stack->depth];
	*view = (struct view){.screen = screen,
		.stack = stack,
		.store = stack->store,
		.user = stack->user,
		.aim = *aim,
		.rows = FIRST_ROWS - BARS,
		.columns = FIRST_COLUMNS};
	view->state = calloc(1, screen->size ? screen->size : 1);
	if (!view->state)
		die("%s", _("内存不够"));
	stack->depth++;
	stack->dirty = true;
	enum rc rc = load(view, fault);
	if (rc != RC_OK)
		close_top(stack);
	return rc;
}

/* The screen below comes up again: what it shows may have changed meanwhile. */
static void come_up(struct stack *stack)
{
	struct fault fault = {0};

	if (load(top(stack), &fault) != RC_OK)
		stack_say(stack, LOOK_BAD, fault.text);
}

static bool back(struct stack *stack)
{
	if (stack->depth <= 1)
		return false;
	close_top(stack);
	come_up(stack);
	return true;
}

static void home(struct stack *stack)
{
	if (stack->depth <= 1)
		return;
	while (stack->depth > 1)
		close_top(stack);
	come_up(stack);
}

static void open_next(struct stack *stack)
{
	struct fault fault = {0};

	if (stack->next && open_screen(stack, stack->next, &stack->aim, &fault) != RC_OK)
		stack_say(stack, LOOK_BAD, fault.text);
	stack->next = NULL;
}

/* Keys that mean the same everywhere, unless the screen took them. */
static bool common_key(struct stack *stack, int key)
{
	switch (key) {
	case '?':
		if (screen_named(stack, "help")) {
			struct aim *aim = stack_open(top(stack), "help");
			snprintf(aim->text, sizeof(aim->text), "%s", top(stack)->screen->name);
			open_next(stack);
		}
		return true;
	case 'h':
		home(stack);
		return true;
	case 'q':
	case K_ESC:
		if (back(stack))
			return true;
		if (key == K_ESC)
			return true;
		if (stack->leaving)
			return false;
		stack_say(stack, LOOK_MARK, _("再按一次 q 退出"));
		stack->leaving = true;
		return true;
	case K_CTRL('L'):
	case K_RESIZE:
		stack->dirty = true;
		return true;
	default:
		return true;
	}
}

static enum act ask_table(struct view *view, int key)
{
	for (const struct key *row = view->screen->keys; row && row->key; row++) {
		if (row->key == key && row->fn)
			return row->fn(view);
	}
	return ACT_UNKNOWN;
}

static enum act ask_type(struct view *view, int key)
{
	return view->screen->type ? view->screen->type(view, key) : ACT_UNKNOWN;
}

static enum act ask(struct view *view, int key)
{
	enum act act = view->typing ? ask_type(view, key) : ask_table(view, key);

	if (act != ACT_UNKNOWN)
		return act;
	return view->typing ? ask_table(view, key) : ask_type(view, key);
}

static void hang_up(struct stack *stack)
{
	for (unsigned n = stack->depth; n > 0; n--)
		ask_type(&stack->views[n - 1], K_HANGUP);
}

/* False: leave the program. */
static bool follow(struct stack *stack, enum act act, int key)
{
	switch (act) {
	case ACT_NONE:
		return true;
	case ACT_DRAW:
		stack->dirty = true;
		return true;
	case ACT_OPEN:
		open_next(stack);
		return true;
	case ACT_BACK:
		return back(stack);
	case ACT_HOME:
		home(stack);
		return true;
	case ACT_QUIT:
		return false;
	case ACT_UNKNOWN:
		return common_key(stack, key);
	}
	return true;
}

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

static void draw_screen(struct stack *stack, struct pane pane)
{
	struct view *view = top(stack);

	view->rows = pane.rows;
	view->columns = pane.columns;
	if (view->screen->draw)
		view->screen->draw(view, pane);
	stack->laid = true;
}

/* Keys typed ahead on a slow line meet screens that were never painted. Drawing lays a screen out
 * (pages, columns), so it is drawn for them where nobody sees it. */
static void lay_out(struct stack *stack)
{
	if (stack->laid || stack->rows <= BARS)
		return;
	grid_size(&stack->unseen, stack->rows, stack->columns);
	draw_screen(stack,
		pane_part(grid_pane(&stack->unseen), 1, 0, stack->rows - BARS, stack->columns));
}

struct stack *stack_new(
	struct store *store, const struct user *user, const struct screen *const *screens)
{
	struct stack *stack = calloc(1, sizeof(*stack));

	if (!stack)
		die("%s", _("内存不够"));
	stack->store = store;
	if (user)
		stack->user = *user;
	stack->screens = screens;
	stack->rows = FIRST_ROWS;
	stack->columns = FIRST_COLUMNS;
	return stack;
}

void stack_free(struct stack *stack)
{
	if (!stack)
		return;
	while (stack->depth > 0)
		close_top(stack);
	grid_release(&stack->unseen);
	free(stack);
}

struct aim *stack_open(struct view *view, const char *screen)
{
	struct stack *stack = view->stack;

	stack->next = screen_named(stack, screen);
	assert(stack->next);
	stack->aim = (struct aim){0};
	return &stack->aim;
}

void stack_say(struct stack *stack, enum look look, const char *text)
{
	snprintf(stack->note, sizeof(stack->note), "%s", text);
	stack->note_look = look;
	stack->dirty = true;
}

void stack_banner(struct stack *stack, enum look look, const char *text)
{
	if (strcmp(stack->banner, text) != 0)
		stack->dirty = true;
	snprintf(stack->banner, sizeof(stack->banner), "%s", text);
	stack->banner_look = look;
}

void stack_note(struct view *view, enum look look, const char *fmt, ...)
{
	char text[NOTE_SIZE];
	va_list args;

	va_start(args, fmt);
	text_fit_args(text, sizeof(text), fmt, args);
	va_end(args);
	stack_say(view->stack, look, text);
}

const struct screen *const *stack_screens(const struct view *view)
{
	return view->stack->screens;
}

enum rc stack_load(struct stack *stack, struct fault *fault)
{
	stack->dirty = true;
	return stack->depth ? load(top(stack), fault) : RC_OK;
}

void stack_draw(struct stack *stack, struct grid *grid)
{
	struct pane all = grid_pane(grid);
	struct view *view = top(stack);

	grid_clear(grid);
	stack->dirty = false;
	stack->rows = all.rows;
	stack->columns = all.columns;
	if (all.rows <= BARS)
		return;
	draw_title(stack, view, pane_part(all, 0, 0, 1, all.columns));
	draw_screen(stack, pane_part(all, 1, 0, all.rows - BARS, all.columns));
	if (stack->note[0])
		pane_text(all, all.rows - 2, 0, stack->note_look, 0, stack->note);
	else
		pane_text(all, all.rows - 2, 0, stack->banner_look, 0, stack->banner);
	draw_keys(view, pane_part(all, all.rows - 1, 0, 1, all.columns));
}

bool stack_key(struct stack *stack, int key)
{
	struct view *view = top(stack);

	if (key == K_HANGUP) {
		hang_up(stack);
		return false;
	}
	lay_out(stack);
	if (stack->note[0] && key != K_RESIZE) {
		stack->note[0] = '\0';
		stack->dirty = true;
	}
	if (key != 'q')
		stack->leaving = false;
	return follow(stack, key == K_RESIZE ? ACT_UNKNOWN : ask(view, key), key);
}

bool stack_start(struct stack *stack, const char *screen, struct fault *fault)
{
	const struct screen *first = screen_named(stack, screen);
	struct aim aim = {0};

	assert(first);
	return open_screen(stack, first, &aim, fault) == RC_OK;
}

int64_t stack_due(const struct stack *stack)
{
	return stack->depth ? stack->views[stack->depth - 1].due : 0;
}

bool stack_dirty(const struct stack *stack)
{
	return stack->dirty;
}
