/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board W: the watch, what is open, the log; one line logs a call, one key calls the roll.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/watch_page.h"

struct watch_view {
	struct watch_page page;
	unsigned type;   /* of an entry, that was chosen */
	unsigned rolled; /* places that a roll-call would ask */
};

static enum rc load(struct view *view, struct fault *fault)
{
	enum { MONTH = 100 /* of yyyymmdd */ };
	struct watch_view *watch = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = watch_page_load(&watch->page, &actor, &view->arena, fault);

	const unsigned began = (unsigned)watch_day(when_now());
	snprintf(view->title, sizeof(view->title), _("%s %02u-%02u %02u:00班"),
		store_station(view->store)->name, began / MONTH % MONTH, began % MONTH,
		(unsigned)rules_limit("watch.hour", 0));
	watch->rolled = watch_rolled(&actor);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct watch_view *watch = view->state;

	if (watch->page.tally.columns != room.columns)
		watch_page_lay(&watch->page, room.columns);
	tally_layout(&watch->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct watch_view *)state)->page.tally, pane);
}

/* ---- an entry of the log */

static enum act note(struct view *view)
{
	struct buf text = {0};

	if (!parts_may(view, kind_of(KIND_duty), 0))
		return ACT_DRAW;
	watch_page_types(&text);
	enum act act = stack_choose(view, _("记：%s"), buf_cstr(&text));
	buf_release(&text);
	return act;
}

static enum act take_type(struct view *view, int key)
{
	struct watch_view *watch = view->state;
	unsigned n = watch_page_type(key);
	const struct code *type = n ? code_nth("duty_type", n) : NULL;

	stack_chosen(view);
	if (!type) {
		stack_note(view, LOOK_PLAIN, _("没有记"));
		return ACT_DRAW;
	}
	watch->type = n;
	tally_ask(&watch->page.tally, code_label(type), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act take_text(struct view *view, int key)
{
	struct watch_view *watch = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	bool done;

	if (!tally_key(&watch->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	if (watch_page_write(
		    &watch->page, &actor, watch->type, edit_text(&watch->page.tally.edit), &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act undo(struct view *view)
{
	struct watch_view *watch = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (watch_page_undo(&watch->page, &actor, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act ask_undo(struct view *view)
{
	struct watch_view *watch = view->state;
	const struct actor actor = parts_actor(view);
	struct buf text = {0};

	if (!watch->page.done_at)
		return undo(view); /* says so */
	watch_page_last(&watch->page, &actor, &text);
	enum act act = stack_ask(view, undo, _("撤回"), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}

/* ---- the roll */

static enum act call_roll(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref roll;

	if (watch_roll(&actor, &roll, &fault))
		return parts_fault(view, &fault);
	stack_open(view, "call")->ref = roll;
	return ACT_BOARD;
}

static enum act prove_roll(struct view *view)
{
	return parts_prove(view, kind_of(KIND_rollcall), 0, call_roll);
}

static enum act ask_roll(struct view *view)
{
	const struct actor actor = parts_actor(view);
	unsigned count = watch_rolled(&actor);

	if (count && !parts_may(view, kind_of(KIND_rollcall), 0))
		return ACT_DRAW;
	if (count)
		return stack_ask(
			view, prove_roll, _("点名"), _("点下面%u处的名，15分钟内应答"), count);
	stack_note(view, LOOK_PLAIN, "%s", _("下面没有点名要问的地方"));
	return ACT_DRAW;
}

/* ---- other keys */

static enum act hand_over(struct view *view)
{
	stack_open(view, "handover");
	return ACT_OPEN;
}

static enum act roster(struct view *view)
{
	return parts_records(view, kind_of(KIND_roster));
}

static enum act log_whole(struct view *view)
{
	return parts_records(view, kind_of(KIND_duty));
}

static enum act numbers(struct view *view)
{
	return parts_figures(view, 'W', store_area(view->store), (struct ref){0, 0});
}

static enum act type(struct view *view, int key)
{
	struct watch_view *watch = view->state;
	const struct kind *kind;
	struct ref ref;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (view->choosing)
		return take_type(view, key);
	if (watch->page.tally.prompt)
		return take_text(view, key);
	enum act act = parts_list(view, &watch->page.tally.list, key, &chosen, &more);
	if (chosen && watch_page_at(&watch->page, &kind, &ref))
		return kind ? parts_records(view, kind) : parts_record(view, ref);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct watch_view *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct kind *kind;
	struct ref ref;

	(void)watch_page_at(&((struct watch_view *)view->state)->page, &kind, &ref);
	return ref;
}

static void done(struct view *view)
{
	watch_page_release(&((struct watch_view *)view->state)->page);
}

static const struct key keys[] = {
	{'i', N_("记一笔"), note},
	{'1', N_("点名"), ask_roll},
	{'b', N_("交班"), hand_over},
	{'p', N_("值班表"), roster},
	{'l', N_("日志"), log_whole},
	{'u', N_("撤"), ask_undo},
	{'=', NULL, numbers},
	{0, NULL, NULL},
};

static bool rolls(const struct view *view)
{
	return ((const struct watch_view *)view->state)->rolled > 0;
}

static const struct key_when when[] = {
	{'i', KIND_duty, NULL},
	{'1', KIND_rollcall, rolls},
	{'b', KIND_handover, NULL},
	{0, 0, NULL},
};

const struct screen screen_watch = {
	.name = "watch",
	.title = N_("值班"),
	.size = sizeof(struct watch_view),
	.dense = true,
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_("谁在班、谁来接、没办结的(回车看这一种)，下面是一天内的日志，新的在上。 i "
		   "记一笔："
		   "按数字选事项，写一行，回车。 N 接报。 1 "
		   "现在点名：下面各村15分钟内应答，没应的在 J "
		   "叫应里打电话。 b 交班：没办结的自动写进去。 p 值班表，l 全部日志，u "
		   "撤回刚记的一笔，= 板上规则里的数由哪些记录算出。"),
};
