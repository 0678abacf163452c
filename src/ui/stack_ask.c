/* SPDX-License-Identifier: GPL-3.0-or-later
 * The note line: notes, questions that one key answers, hanzi from letters, and what comes faster
 * than a person types. Nothing is signed that was not read.
 */
#include "ui/stack_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "work/actions.h"

enum { BOUNCE_MS = 250, PRESSED_MOST = 3 };

/* ---- the note line */

void stack_say(struct stack *stack, enum look look, const char *text)
{
	text_fit(stack->note, sizeof(stack->note), text);
	stack->note_look = look;
	stack->changed = true;
}

enum act stack_choose(struct view *view, const char *fmt, ...)
{
	struct stack *stack = view->stack;
	va_list args;

	va_start(args, fmt);
	text_fit_args(stack->choice, sizeof(stack->choice), fmt, args);
	va_end(args);
	view->typing = view->choosing = true;
	stack_say(stack, LOOK_MARK, stack->choice);
	return ACT_DRAW;
}

void stack_chosen(struct view *view)
{
	view->typing = view->choosing = false;
}

void choice_again(struct stack *stack)
{
	char said[2 * NOTE_SIZE + 2];

	if (!stack_top(stack)->choosing)
		return;
	snprintf(
		said, sizeof(said), "%s%s%s", stack->note, *stack->note ? "  " : "", stack->choice);
	stack_say(stack, LOOK_MARK, said);
}

/* ---- questions */

enum act stack_ask(struct view *view, enum act (*then)(struct view *view), const char *what,
	const char *fmt, ...)
{
	struct question *question = &view->stack->question;
	va_list args;

	*question = (struct question){.on = true, .then = then};
	va_start(args, fmt);
	text_fit_args(question->about, sizeof(question->about), fmt, args);
	va_end(args);
	snprintf(question->what, sizeof(question->what), "%s", what);
	view->stack->note[0] = '\0';
	view->stack->changed = true;
	return ACT_DRAW;
}

void question_drop(struct stack *stack)
{
	stack->question = (struct question){0};
	stack->changed = true;
}

void question_end(const struct stack *stack, char end[NOTE_SIZE])
{
	snprintf(end, NOTE_SIZE,
		stack->question.early ? _("请再按 y %s，其他键不办") : _("按 y %s，其他键不办"),
		stack->question.what);
}

bool question_key(struct stack *stack, int key)
{
	struct question *question = &stack->question;

	stack->changed = true;
	if (key == 'y' && !question->seen) {
		question->early = true;
		question->drawn = false;
		return false;
	}
	question_drop(stack);
	if (key != 'y')
		stack_say(stack, LOOK_PLAIN, _("没有办"));
	return key == 'y';
}

bool stack_waits(const struct stack *stack)
{
	return stack->question.on && stack->question.drawn && !stack->question.seen;
}

bool stack_asking(const struct view *view)
{
	return view->stack->question.on;
}

void stack_seen(struct stack *stack)
{
	stack->question.seen = stack->question.on && stack->question.drawn;
}

/* ---- what is not whole yet */

bool stack_counts(const struct stack *stack)
{
	const struct view *view = &stack->views[stack->depth - 1];

	return view->counting && view->screen->more;
}

void stack_count(struct stack *stack)
{
	struct view *view = stack_top(stack);

	view->counting = view->screen->more(view);
}

/* ---- what comes too fast */

/* Letters that sign, take, agree, take back or give back, on whichever screen they mean something.
 */
static const char acting_letters[] = "styur";

static bool among(const char *keys, int key)
{
	return keys && key > 0 && key < 0x80 && strchr(keys, key);
}

static bool is_capital(int key)
{
	return key >= 'A' && key <= 'Z';
}

bool stack_acts(const struct stack *stack, int key)
{
	const struct view *view = &stack->views[stack->depth - 1];

	if (stack->guard.on || (view->typing && !stack->question.on))
		return false;
	return is_capital(key) || among(acting_letters, key) || among(view->screen->acts, key);
}

bool stack_bounces(struct stack *stack, int key, int64_t ms)
{
	bool acts = stack_acts(stack, key);
	bool again = acts && key >= '0' && key <= '9' && key == stack->acted &&
		     ms - stack->acted_ms < BOUNCE_MS;

	stack->acted = acts ? key : 0; /* what is typed between two of them parts them */
	stack->acted_ms = ms;
	return again;
}

bool stack_many(const struct stack *stack, const int *keys, unsigned count)
{
	unsigned acting = 0;

	for (unsigned n = 0; n < count; n++)
		acting += stack_acts(stack, keys[n]);
	return acting > PRESSED_MOST;
}

void stack_refuse(struct stack *stack, unsigned count)
{
	char text[NOTE_SIZE];

	question_drop(stack);
	snprintf(text, sizeof(text), _("一下来了%u个键，没有办"), count);
	stack_say(stack, LOOK_BAD, text);
}

/* ---- pastes */

static unsigned characters(const char *text)
{
	unsigned count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

enum act paste_nowhere(struct stack *stack, const char *text)
{
	char note[NOTE_SIZE];

	if (stack->question.on)
		question_drop(stack);
	snprintf(note, sizeof(note), _("粘贴了%u个字，没有当按键"), characters(text));
	stack_say(stack, LOOK_BAD, note);
	return ACT_DRAW;
}

/* ---- what is not offered */

static bool may_add(const struct view *view, unsigned id)
{
	const struct actor actor = {view->store, &view->user, NULL};
	const struct kind *kind = id == WHEN_AIM ? view->aim.kind : kind_of(id);

	return !kind || action_may_add(&actor, kind);
}

/* The rows of the keys of which some row of .when does not hold: those that ask who it is, or those
 * that ask what is shown. */
static uint32_t not_offered(const struct view *view, bool who)
{
	const struct key_when *when = view->screen->when;
	uint32_t rows = 0;

	for (; when && when->key; when++) {
		bool holds = who ? !when->kind || may_add(view, when->kind)
				 : !when->can || when->can(view);

		for (unsigned n = 0; !holds && view->screen->keys[n].key; n++)
			if (view->screen->keys[n].key == when->key)
				rows |= 1u << n;
	}
	return rows;
}

uint32_t keys_barred(const struct view *view)
{
	return not_offered(view, true);
}

uint32_t keys_hidden(const struct view *view)
{
	return view->hidden | not_offered(view, false);
}

/* ---- hanzi from letters */

bool stack_composes(struct view *view, int key, enum act *act)
{
	enum { TURN = K_CTRL('F') };
	struct stack *stack = view->stack;
	struct compose *compose = &stack->compose;
	struct buf text = {0};
	enum compose_act done = COMPOSE_SHOW;

	*act = ACT_DRAW;
	if (!view->typing || view->choosing || !view->screen->paste)
		return false;
	if (key == TURN)
		*compose = (struct compose){.on = !compose->on};
	else
		done = compose_key(compose, stack->store, key, &text);
	if (done == COMPOSE_TEXT)
		*act = view->screen->paste(view, buf_cstr(&text));
	buf_clear(&text);
	if (done != COMPOSE_NOT)
		compose_show(compose, stack->store, &text);
	if (key == TURN && !compose->on)
		buf_text(&text, _("拼音输入关了"));
	if (text.len) {
		snprintf(stack->note, sizeof stack->note, "%s", buf_cstr(&text));
		stack->note_look = LOOK_PLAIN;
	}
	buf_release(&text);
	return done != COMPOSE_NOT;
}
