/* SPDX-License-Identifier: GPL-3.0-or-later
 * Open screens, one over the other: who gets a key, and what follows.
 */
#include "ui/stack_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/when.h"
#include "model/rules.h"

static const struct screen *screen_named(const struct stack *stack, const char *name)
{
	for (const struct screen *const *at = stack->screens; *at; at++) {
		if (strcmp((*at)->name, name) == 0)
			return *at;
	}
	return NULL;
}

static void close_top(struct stack *stack)
{
	struct view *view = stack_top(stack);

	if (view->screen->done)
		view->screen->done(view);
	arena_release(&view->arena);
	free(view->state);
	stack->depth--;
	question_drop(stack);
}

static enum rc load(struct view *view, struct fault *fault)
{
	view->stack->laid = false;
	arena_release(&view->arena);
	view->title[0] = '\0';
	view->due = 0;
	view->counting = false;
	view->hidden = keys_barred(view);
	enum rc rc = view->screen->load ? view->screen->load(view, fault) : RC_OK;
	view->drawn = false;
	return rc;
}

/* What ^G opens is there however deep one is. */
static bool is_jump(const struct screen *screen)
{
	return strcmp(screen->name, "burning") == 0;
}

static enum rc open_screen(struct stack *stack, const struct screen *screen, const struct aim *aim,
	struct fault *fault)
{
	if (stack->depth >= LIMIT_SCREENS + (is_jump(screen) ? 1u : 0u))
		return fault_set(fault, RC_BAD, _("打开的画面太多，先按 q 返回"));
	if (stack->depth && stack_top(stack)->screen->left)
		stack_top(stack)->screen->left(stack_top(stack));
	struct view *view = &stack->views[stack->depth];
	*view = (struct view){.screen = screen,
		.stack = stack,
		.store = stack->store,
		.user = stack->user,
		.aim = *aim,
		.columns = FIRST_COLUMNS};
	view->state = memory_get(1, screen->size ? screen->size : 1);
	stack->depth++;
	question_drop(stack);
	enum rc rc = load(view, fault);
	if (rc != RC_OK)
		close_top(stack);
	return rc;
}

/* The screen below comes up again: what it shows may have changed meanwhile. */
static void come_up(struct stack *stack)
{
	struct fault fault = {0};

	if (load(stack_top(stack), &fault) != RC_OK)
		stack_say(stack, LOOK_BAD, fault.text);
}

static bool back(struct stack *stack)
{
	if (stack->depth <= 1)
		return false;
	close_top(stack);
	come_up(stack);
	choice_again(stack);
	return true;
}

static enum act ask_type(struct view *view, int key)
{
	return view->screen->type ? view->screen->type(view, key) : ACT_UNKNOWN;
}

/* A form among them keeps its draft. */
static void close_all(struct stack *stack)
{
	while (stack->depth > 1) {
		ask_type(stack_top(stack), K_HANGUP);
		close_top(stack);
	}
}

static void home(struct stack *stack)
{
	close_all(stack);
	stack_top(stack)->to_top = true;
	come_up(stack);
}

static void open_next(struct stack *stack)
{
	struct fault fault = {0};

	if (stack->next && open_screen(stack, stack->next, &stack->aim, &fault) != RC_OK)
		stack_say(stack, is_jump(stack->next) ? LOOK_PLAIN : LOOK_BAD, fault.text);
	stack->next = NULL;
}

/* A board over home: h and q stay short, however one came here. */
static void open_board(struct stack *stack)
{
	close_all(stack);
	open_next(stack);
	if (stack->depth == 1)
		come_up(stack);
	else
		stack_top(stack)->board = true;
}

/* To what burns, over whatever is open; from there back. */
static void jump(struct stack *stack)
{
	if (is_jump(stack_top(stack)->screen)) {
		(void)back(stack);
	} else if (screen_named(stack, "burning")) {
		stack_open(stack_top(stack), "burning");
		open_next(stack);
	}
}

/* Keys that mean the same everywhere, unless the screen took them. */
static bool common_key(struct stack *stack, int key)
{
	switch (key) {
	case '?':
		if (screen_named(stack, "help")) {
			struct aim *aim = stack_open(stack_top(stack), "help");
			snprintf(
				aim->text, sizeof(aim->text), "%s", stack_top(stack)->screen->name);
			open_next(stack);
		}
		return true;
	case 'h':
		home(stack);
		return true;
	case 'q':
	case K_ESC:
	case K_CTRL('X'):
		if (!back(stack))
			stack_say(stack, LOOK_PLAIN, _("这里是首页；退出按 Q"));
		return true;
	case K_CTRL('L'):
	case K_RESIZE:
		stack->changed = true;
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

static enum act ask(struct view *view, int key)
{
	enum act act;

	if (stack_composes(view, key, &act))
		return act;
	act = view->typing ? ask_type(view, key) : ask_table(view, key);
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
		stack->changed = true;
		return true;
	case ACT_OPEN:
		open_next(stack);
		return true;
	case ACT_INSTEAD:
		close_top(stack);
		open_next(stack);
		stack->changed = true;
		return true;
	case ACT_BOARD:
		open_board(stack);
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

struct stack *stack_new(
	struct store *store, const struct user *user, const struct screen *const *screens)
{
	struct stack *stack = memory_get(1, sizeof(*stack));

	stack->store = store;
	if (user)
		stack->user = *user;
	if (user && user->who)
		store_read_as(store, user);
	stack->screens = screens;
	stack->room = (struct pane){.rows = FIRST_ROWS - BARS, .columns = FIRST_COLUMNS};
	stack->touched = when_now();
	return stack;
}

void stack_free(struct stack *stack)
{
	if (!stack)
		return;
	while (stack->depth > 0)
		close_top(stack);
	guard_release(&stack->guard);
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

void stack_metered(struct stack *stack, const struct meter *meter)
{
	stack->meter = *meter;
}

const struct meter *stack_meter(const struct view *view)
{
	return &view->stack->meter;
}

void stack_face_set(struct stack *stack, const struct face *face)
{
	stack->face = *face;
	stack->changed = true;
}

const struct face *stack_face(const struct stack *stack)
{
	return &stack->face;
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
	struct view *top = stack->depth ? stack_top(stack) : NULL;
	enum rc rc = RC_OK;

	stack->changed = true;
	if (top && top->screen->over && stack->depth > 1)
		rc = load(top - 1, fault); /* that is seen, too */
	return rc || !top ? rc : load(top, fault);
}

/* ---- PINs */

/* The user as they are in the store now: a PIN may have been set meanwhile. */
static void look_at_user(struct stack *stack, struct user *user)
{
	if (stack->store && user->who)
		(void)store_user_who(
			stack->store, store_station(stack->store)->site, user->who, user);
}

enum act stack_prove(struct view *view, const struct user *who, const char *what,
	enum act (*then)(struct view *view))
{
	struct user user = *who;

	look_at_user(view->stack, &user);
	if (!user.has_pin)
		return then(view);
	guard_start(&view->stack->guard, &user, what, false);
	view->stack->then = then;
	return ACT_DRAW;
}

void stack_fix(struct stack *stack)
{
	stack->fixed = true;
}

bool stack_user(struct view *view, const struct user *user)
{
	struct stack *stack = view->stack;

	if (stack->fixed)
		return false;
	stack->user = *user;
	store_read_as(stack->store, user);
	for (unsigned n = 0; n < stack->depth; n++)
		stack->views[n].user = *user;
	return true;
}

void stack_rest(struct stack *stack)
{
	int64_t minutes = rules_limit("policy.pin.minutes", 0), now = when_now();

	if (now < stack->touched)
		stack->touched = now; /* the clock went back */
	if (minutes <= 0 || now - stack->touched < minutes * 60 || stack->guard.lock)
		return;
	look_at_user(stack, &stack->user);
	if (!stack->user.has_pin)
		return;
	for (unsigned n = 0; n < stack->depth; n++)
		stack->views[n].second = (struct user){0};
	guard_start(&stack->guard, &stack->user, "", true);
	stack->note[0] = '\0';
	stack->then = NULL;
	question_drop(stack);
}

/* What is behind a lock stays behind it: whoever leaves there hangs up. */
static bool guard_left(struct stack *stack)
{
	bool lock = stack->guard.lock;

	guard_release(&stack->guard);
	if (lock) {
		hang_up(stack);
		return false;
	}
	stack_say(stack, LOOK_PLAIN, _("没有输入口令，没有办"));
	return true;
}

static bool ask_guard(struct stack *stack, int key)
{
	enum act (*then)(struct view * view) = stack->then;

	stack->changed = true;
	if (key == K_RESIZE || key == K_CTRL('L'))
		return true;
	switch (guard_key(&stack->guard, stack->store, key)) {
	case GUARD_WAITS:
		return true;
	case GUARD_LEFT:
		return guard_left(stack);
	case GUARD_SHOWN:
		break;
	}
	guard_release(&stack->guard);
	stack->then = NULL;
	if (then)
		return follow(stack, then(stack_top(stack)), 0);
	come_up(stack); /* the data may have moved behind the lock */
	return true;
}

/* The view that asked is still the top one: whatever opens or closes a screen drops the question.
 */
static bool ask_question(struct stack *stack, int key)
{
	enum act (*then)(struct view * view) = stack->question.then;

	return !question_key(stack, key) || follow(stack, then(stack_top(stack)), 0);
}

bool stack_key(struct stack *stack, int key)
{
	struct view *view = stack_top(stack);

	if (key == K_HANGUP) {
		hang_up(stack);
		return false;
	}
	bool locked = stack->guard.lock;
	stack_rest(stack);
	if (key != K_RESIZE)
		stack->touched = when_now();
	if (stack->guard.lock && !locked)
		return true; /* a key that was meant for what is not to be seen any more */
	if (stack->guard.on)
		return ask_guard(stack, key);
	stack_lay(stack);
	if (view->choosing && key == K_CTRL('L')) {
		stack->changed = true;
		return true;
	}
	if (stack->note[0] && key != K_RESIZE) {
		stack->note[0] = '\0';
		stack->changed = true;
	}
	if (key == K_CTRL('G') && !stack_top(stack)->screen->every_key) {
		question_drop(stack);
		jump(stack);
		return true;
	}
	if (stack->question.on && key != K_RESIZE && key != K_CTRL('L'))
		return ask_question(stack, key);
	return follow(stack, key == K_RESIZE ? ACT_UNKNOWN : ask(view, key), key);
}

bool stack_paste(struct stack *stack, const char *text)
{
	struct view *view = stack_top(stack);
	bool locked = stack->guard.lock;

	stack_rest(stack);
	stack->touched = when_now();
	stack->note[0] = '\0';
	if (stack->guard.lock && !locked)
		return true;
	stack_lay(stack);
	if (stack->guard.on)
		(void)edit_paste(&stack->guard.pin, text);
	else if (!stack->question.on && view->typing && view->screen->paste)
		return follow(stack, view->screen->paste(view, text), 0);
	else
		return follow(stack, paste_nowhere(stack, text), 0);
	stack->changed = true;
	return true;
}

bool stack_start_on(
	struct stack *stack, const char *screen, const struct aim *aim, struct fault *fault)
{
	const struct screen *first = screen_named(stack, screen);

	assert(first);
	return open_screen(stack, first, aim, fault) == RC_OK;
}

bool stack_start(struct stack *stack, const char *screen, struct fault *fault)
{
	return stack_start_on(stack, screen, &(struct aim){0}, fault);
}
