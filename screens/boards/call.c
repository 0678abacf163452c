/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board J: one hand on the telephone, one digit a call.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/call_page.h"
#include "screens/screens.h"

struct call {
	struct call_page page;
	unsigned result; /* the digit, until the PIN was shown where one is asked for */
	bool corrects;   /* the text that is typed is a number */
};

/* Others see that somebody is at the place of '>'. */
static void claim(struct view *view)
{
	struct call *call = view->state;
	const struct actor actor = parts_actor(view);
	const struct owing_place *place = call_page_place(&call->page);

	if (place && !place->answered)
		call_claim(&actor, place->area);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct call *call = view->state;
	const struct actor actor = parts_actor(view);

	if (!call->page.tally.started)
		call->page.record = view->aim.ref;
	call->page.lean = stack_is_lean(view);
	enum rc rc = call_page_load(&call->page, &actor, &view->arena, fault);
	if (!rc)
		snprintf(view->title, sizeof(view->title), "%s", call->page.title);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct call *call = view->state;

	call_page_lay(&call->page, room.columns);
	tally_layout(&call->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct call *)state)->page.tally, pane);
}

static enum act reload(struct view *view)
{
	struct call *call = view->state;
	struct fault fault = {0};

	if (stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	call_page_lay(&call->page, view->columns);
	return ACT_DRAW;
}

static enum act write(struct view *view)
{
	struct call *call = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (call_page_act(&call->page, &actor, call->result, &fault))
		return parts_fault(view, &fault);
	enum act act = reload(view);
	call_page_next(&call->page);
	claim(view);
	return act;
}

static enum act undo(struct view *view)
{
	struct call *call = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (call_page_undo(&call->page, &actor, &fault))
		return parts_fault(view, &fault);
	return reload(view);
}

static enum act method(struct view *view)
{
	struct call *call = view->state;

	call_page_turn_method(&call->page);
	stack_note(view, LOOK_MARK, _("方式：%s"), call_page_method(&call->page));
	return ACT_DRAW;
}

static enum act word(struct view *view)
{
	struct call *call = view->state;

	if (!call->page.done.at) {
		stack_note(view, LOOK_PLAIN, _("先按 1 到 6 记一次通话，再按 d 补一句"));
		return ACT_DRAW;
	}
	call->corrects = false;
	tally_ask(&call->page.tally, _("补一句："), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act number(struct view *view)
{
	struct call *call = view->state;
	const struct owing_place *place = call_page_place(&call->page);
	const struct callee *callee = place ? owing_callee(place) : NULL;

	if (!callee || !callee->person.seq) {
		stack_note(view, LOOK_PLAIN, _("这个人不在人员登记里，改不了号码：A 到人员里登记"));
		return ACT_DRAW;
	}
	call->corrects = true;
	tally_ask(&call->page.tally, _("正确的号码(登记也改)："), EDIT_PHONE, callee->phone);
	view->typing = true;
	return ACT_DRAW;
}

static enum act toggle(struct view *view)
{
	struct call *call = view->state;

	call->page.all = !call->page.all;
	call_page_sort(&call->page);
	return reload(view);
}

static enum act turn(struct view *view)
{
	struct call *call = view->state;

	if (call->page.owed.count < 2) {
		stack_note(view, LOOK_PLAIN, "%s",
			call->page.owed.count
				? _("只有这一份名单")
				: _("没有要叫的：没有预警、指令、点名在等下级签收或答复"));
		return ACT_DRAW;
	}
	call_page_turn(&call->page);
	return reload(view);
}

/* ---- what is typed */

static enum act take_text(struct view *view, int key)
{
	struct call *call = view->state;
	const struct actor actor = parts_actor(view);
	const struct owing_place *place = call_page_place(&call->page);
	const char *typed = edit_text(&call->page.tally.edit);
	struct fault fault = {0};
	bool done;

	if (!tally_key(&call->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done || !*typed || !place)
		return ACT_DRAW;
	enum rc rc = call->corrects
			     ? call_number(&actor, owing_callee(place)->person, typed, &fault)
			     : call_word(&actor, &call->page.done, typed, &fault);
	if (rc)
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, call->corrects ? _("号码已改，登记也改了") : _("已补一句"));
	return reload(view);
}

static enum act press(struct view *view, unsigned n)
{
	struct call *call = view->state;

	call->result = n;
	return parts_prove(view, kind_of(KIND_call), 0, write);
}

static enum act type(struct view *view, int key)
{
	struct call *call = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (call->page.tally.prompt)
		return take_text(view, key);
	if (!view->typing && key > '0' && key <= '0' + CALL_RESULTS)
		return press(view, (unsigned)(key - '0'));
	enum act act = parts_list(view, &call->page.tally.list, key, &chosen, &more);
	claim(view);
	if (chosen)
		return parts_children(view, kind_of(KIND_call), call->page.record);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct call *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ((const struct call *)view->state)->page.record;
}

static void done(struct view *view)
{
	call_page_release(&((struct call *)view->state)->page);
}

/* On a slow line over home, of which each row that stays need not be sent again, neither now nor
 * when one goes back. */
static bool window(const struct view *view)
{
	return stack_is_lean(view);
}

static const struct key keys[] = {
	{'m', N_("方式"), method},
	{'j', N_("跳过"), NULL},
	{'d', N_("补一句"), word},
	{'u', N_("撤"), undo},
	{'i', N_("改号码"), number},
	{'p', N_("念稿"), parts_text},
	{'f', N_("换名单"), turn},
	{'v', N_("全部"), toggle},
	{0, NULL, NULL},
};

static const struct call_page *page_of(const struct view *view)
{
	return &((const struct call *)view->state)->page;
}

static bool any(const struct view *view)
{
	return page_of(view)->tally.list.shown > 0;
}

static bool several(const struct view *view)
{
	return page_of(view)->owed.count > 1;
}

static bool asked(const struct view *view)
{
	return page_of(view)->owing.count > 0;
}

static const struct key_when when[] = {
	{'m', 0, any},
	{'j', 0, any},
	/* Nothing is there to take back before the first call; but a bar that changes with a call
	 * costs a slow line half of what the call does. */
	{'d', 0, any},
	{'u', 0, any},
	{'i', 0, any},
	{'p', 0, asked},
	{'f', 0, several},
	{'v', 0, asked},
	{0, 0, NULL},
};

const struct screen screen_call = {
	.name = "call",
	.title = N_("叫应"),
	.size = sizeof(struct call),
	.dense = true,
	.keys = keys,
	.when = when,
	.window = window,
	.acts = "123456",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"手里拿着电话，一位数字记一次：1 已接听并复述(同时替那个村签收)，2 无人接，3 "
		"占线，4 "
		"关机，5 号码有误，6 请人转告。无人接、占线过几分钟再叫，关机、号码有误马上叫下一个"
		"人，次序按规则里的 who 和 escalate。m 换方式，i 改号码，d 补一句，u 撤回刚记的一次"
		"，f 换一份名单，v 全部、没应的。别人正在叫的村写在上面，两分钟有效。"),
};
