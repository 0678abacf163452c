/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing the watch over: the giver's PIN, then the taker's, at the same keys or later at his own.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "screens/display.h"
#include "screens/handover_page.h"
#include "screens/me_page.h"
#include "screens/screens.h"

struct handover {
	struct handover_page page;
	enum { ASKS_NOTHING, ASKS_WORD, ASKS_STRIKE, ASKS_TAKER } asks;
	unsigned n;        /* the row that is struck out, or who takes over */
	struct user taker; /* at these keys */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct handover *handover = view->state;
	const struct actor actor = parts_actor(view);
	char time[WHEN_TEXT];
	enum rc rc = handover_page_load(&handover->page, &actor, fault);

	when_show(handover->page.at, time);
	snprintf(view->title, sizeof(view->title), "%.16s", time);
	handover->page.tally.columns = 0;
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct handover *handover = view->state;
	const struct actor actor = parts_actor(view);

	if (handover->page.tally.columns != room.columns)
		handover_page_lay(&handover->page, &actor, room.columns);
	tally_layout(&handover->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct handover *)state)->page.tally, pane);
}

static enum act again(struct view *view)
{
	((struct handover *)view->state)->page.tally.columns = 0;
	return ACT_DRAW;
}

/* ---- texts */

static enum act ask(struct view *view, const char *prompt, const char *text)
{
	tally_ask(&((struct handover *)view->state)->page.tally, prompt, EDIT_LINE, text);
	view->typing = true;
	return ACT_DRAW;
}

static enum act word(struct view *view)
{
	struct handover *handover = view->state;

	handover->asks = ASKS_WORD;
	return ask(view, _("话："), handover->page.word);
}

/* Struck out, or handed on after all. */
static enum act strike(struct view *view)
{
	struct handover *handover = view->state;
	struct fault fault = {0};
	int at = handover_page_at(&handover->page);

	if (at < 0)
		return ACT_NONE;
	handover->n = (unsigned)at;
	if (handover->page.rows[at].struck) {
		if (handover_page_strike(&handover->page, handover->n, "", &fault))
			return parts_fault(view, &fault);
		return again(view);
	}
	handover->asks = ASKS_STRIKE;
	return ask(view, _("为什么不移交："), "");
}

static enum act take_text(struct view *view, int key)
{
	struct handover *handover = view->state;
	struct handover_page *page = &handover->page;
	const char *typed = edit_text(&page->tally.edit);
	struct fault fault = {0};
	enum rc rc = RC_OK;
	bool done;

	if (!tally_key(&page->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return again(view);
	if (handover->asks == ASKS_WORD)
		handover_page_word(page, typed);
	else if (handover->asks == ASKS_STRIKE)
		rc = handover_page_strike(page, handover->n, typed, &fault);
	else
		rc = handover_page_taker(page, handover->n, typed, &fault);
	handover->asks = ASKS_NOTHING;
	return rc ? parts_fault(view, &fault) : again(view);
}

static enum act choose(struct view *view, unsigned n)
{
	struct handover *handover = view->state;
	struct fault fault = {0};

	if (n <= handover->page.takers_count && handover_page_asks(&handover->page, n)) {
		handover->asks = ASKS_TAKER;
		handover->n = n;
		return ask(view, _("不是排班的人，为什么由他接："), "");
	}
	if (handover_page_taker(&handover->page, n, "", &fault))
		return parts_fault(view, &fault);
	return again(view);
}

/* ---- the two signatures */

static enum act go_on(struct view *view)
{
	struct handover *handover = view->state;

	if (!stack_user(view, &handover->taker)) {
		stack_note(view, LOOK_BAD,
			_("这次登录是用钥匙定下的人：换人请退出，用自己的登录进来"));
		return ACT_DRAW;
	}
	me_apply(view->stack, view->store, &handover->taker);
	stack_note(view, LOOK_MARK, _("现在由 %s 接着办"), handover->taker.name);
	return ACT_HOME;
}

static enum act taken(struct view *view)
{
	struct handover *handover = view->state;
	const struct actor taker = {view->store, &handover->taker, NULL};
	struct fault fault = {0};

	if (watch_take(&taker, handover->page.handover, &fault))
		return parts_fault(view, &fault);
	return stack_ask(
		view, go_on, _("换成他"), _("接班已签。由 %s 接着办"), handover->taker.name);
}

static enum act given(struct view *view)
{
	struct handover *handover = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (handover_page_write(&handover->page, &actor, &fault))
		return parts_fault(view, &fault);
	(void)again(view);
	if (!handover_page_here(&handover->page, view->store, &handover->taker)) {
		stack_note(view, LOOK_MARK, _("已写下；%s 登录后 s 签"),
			handover->page.takers[handover->page.taker].name);
		return ACT_DRAW;
	}
	return stack_prove(view, &handover->taker, _("接班"), taken);
}

static enum act give(struct view *view)
{
	/* Nobody's PIN is asked for what will not be written. */
	if (((struct handover *)view->state)->page.handover.seq)
		return given(view);
	return parts_prove(view, kind_of(KIND_handover), 0, given);
}

/* ---- keys */

static enum act type(struct view *view, int key)
{
	struct handover *handover = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (handover->page.tally.prompt)
		return take_text(view, key);
	if (!view->typing && key > '0' && key <= '9')
		return choose(view, (unsigned)(key - '0'));
	enum act act = parts_list(view, &handover->page.tally.list, key, &chosen, &more);
	if (chosen && handover_page_at(&handover->page) >= 0)
		return parts_record(view, list_row(&handover->page.tally.list)->ref);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct handover *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	handover_page_release(&((struct handover *)view->state)->page);
}

static const struct key keys[] = {
	{'y', N_("交班"), give},
	{'x', N_("划掉"), strike},
	{'d', N_("写话"), word},
	{0, NULL, NULL},
};

const struct screen screen_handover = {
	.name = "handover",
	.title = N_("交班"),
	.size = sizeof(struct handover),
	.dense = true,
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("没办结的都自动列出、写进交班记录，不移交的用 x "
		   "划掉并写原因。接班人按下一班的排班，"
		   "数字换人(不是排班的人要写原因)。 d 写一句话，可以不写。 y 交班：输您的口令，"
		   "接着接班人输他的口令；他不在就由他登录后 s 签。别人签不了。"),
};
