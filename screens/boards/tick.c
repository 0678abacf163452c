/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board D: one key a household.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/screens.h"
#include "screens/tick_page.h"

struct tick {
	struct tick_page page;
	enum home_tick tick; /* asked about: the PIN, the reason */
	const char *reason;
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct tick *tick = view->state;
	const struct actor actor = parts_actor(view);

	if (!tick->page.tally.started) {
		tick->page.area = view->aim.query.area;
		tick->page.warning = view->aim.ref;
		tick->page.zones = view->aim.zones;
		tick->page.point = view->aim.parent;
	}
	enum rc rc = tick_page_load(&tick->page, &actor, &view->arena, fault);
	if (!rc)
		snprintf(view->title, sizeof(view->title), "%s", tick->page.title);
	view->due = tick->page.ages;
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct tick *tick = view->state;

	tick_page_lay(&tick->page, view->store, room.columns);
	tally_layout(&tick->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct tick *)state)->page.tally, pane);
}

/* The rows as they are now, each where it was. */
static enum act reload(struct view *view)
{
	struct tick *tick = view->state;
	struct fault fault = {0};

	if (stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	tick_page_lay(&tick->page, view->store, view->columns);
	return ACT_DRAW;
}

static enum act write(struct view *view)
{
	struct tick *tick = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (tick_page_act(&tick->page, &actor, tick->tick, tick->reason, &fault))
		return parts_fault(view, &fault);
	enum act act = reload(view);
	tick_page_next(&tick->page);
	return act;
}

static enum act prove(struct view *view)
{
	struct tick *tick = view->state;
	const struct home *home = tick_page_home(&tick->page);
	unsigned step;
	const struct kind *kind =
		home_writes(&(struct home_act){tick->page.warning, home, tick->tick, ""}, &step);

	return parts_prove(view, kind, step, write);
}

static enum act press(struct view *view, enum home_tick chosen)
{
	struct tick *tick = view->state;
	struct buf text = {0};

	if (!tick_page_home(&tick->page)) {
		stack_note(view, LOOK_PLAIN, _("没有可勾的住户：n 加户，v 看办过的"));
		return ACT_DRAW;
	}
	tick->tick = chosen;
	tick->reason = "";
	if (chosen != TICK_REFUSED)
		return prove(view);
	tick_reasons(&text);
	enum act act = stack_choose(view, _("为什么：%s"), buf_cstr(&text));
	buf_release(&text);
	return act;
}

static enum act undo(struct view *view)
{
	struct tick *tick = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (tick_page_undo(&tick->page, &actor, &fault))
		return parts_fault(view, &fault);
	return reload(view);
}

static enum act word(struct view *view)
{
	struct tick *tick = view->state;

	if (!tick->page.done.at) {
		stack_note(view, LOOK_PLAIN, _("先按 1 到 6 勾一户，再按 d 补一句"));
		return ACT_DRAW;
	}
	tally_ask(&tick->page.tally, _("补一句："), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act toggle(struct view *view)
{
	struct tick *tick = view->state;

	tick->page.all = !tick->page.all;
	tick_page_sort(&tick->page);
	return reload(view);
}

static enum act numbers(struct view *view)
{
	const struct tick_page *page = &((const struct tick *)view->state)->page;

	return parts_figures(view, 'D', page->area, page->warning);
}

static enum act zones(struct view *view)
{
	struct tick *tick = view->state;

	if (!tick->page.homes.zones) {
		stack_note(view, LOOK_PLAIN, _("这条预警在这里没有对应的危险区"));
		return ACT_DRAW;
	}
	tick->page.zones = !tick->page.zones;
	tick_page_sort(&tick->page);
	return reload(view);
}

static enum act turn(struct view *view)
{
	struct tick *tick = view->state;

	if (!tick_page_turn(&tick->page)) {
		stack_note(view, LOOK_PLAIN, _("没有别的生效的预警"));
		return ACT_DRAW;
	}
	return reload(view);
}

static enum act another(struct view *view)
{
	return parts_new(view, kind_of(KIND_household), (struct ref){0, 0});
}

/* ---- what is typed */

static enum act take_reason(struct view *view, int key)
{
	struct tick *tick = view->state;

	stack_chosen(view);
	tick->reason = key > '0' && key <= '9' ? home_reason((unsigned)(key - '0')) : NULL;
	if (tick->reason)
		return prove(view);
	stack_note(view, LOOK_PLAIN, _("没有记"));
	return ACT_DRAW;
}

static enum act take_word(struct view *view, int key)
{
	struct tick *tick = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	bool done;

	if (!tally_key(&tick->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	if (home_word(&actor, &tick->page.done, edit_text(&tick->page.tally.edit), &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("已补一句"));
	return reload(view);
}

static enum act type(struct view *view, int key)
{
	struct tick *tick = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (view->choosing)
		return take_reason(view, key);
	if (tick->page.tally.prompt)
		return take_word(view, key);
	if (!view->typing && key > '0' && key < '0' + TICKS)
		return press(view, (enum home_tick)(key - '0'));
	enum act act = parts_list(view, &tick->page.tally.list, key, &chosen, &more);
	if (chosen)
		return parts_record(view, tick_page_home(&tick->page)->household);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct tick *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct home *home = tick_page_home(&((struct tick *)view->state)->page);

	return home ? home->household : (struct ref){0, 0};
}

static void done(struct view *view)
{
	tick_page_release(&((struct tick *)view->state)->page);
}

static const struct key keys[] = {
	{'1', N_("告知"), NULL},
	{'2', N_("动身"), NULL},
	{'3', N_("到"), NULL},
	{'4', N_("拒绝"), NULL},
	{'5', N_("不在家"), NULL},
	{'6', N_("要帮"), NULL},
	{'d', N_("补一句"), word},
	{'u', N_("撤"), undo},
	{'v', N_("全部"), toggle},
	{'f', NULL, turn},
	{'z', NULL, zones},
	{'n', N_("加户"), another},
	{'=', NULL, numbers},
	{K_ENTER, NULL, NULL},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'1', KIND_relay, NULL},
	{'2', KIND_relay, NULL},
	{'3', KIND_relay, NULL},
	{'4', KIND_relay, NULL},
	{'5', KIND_relay, NULL},
	{'6', KIND_relay, NULL},
	{'n', KIND_household, NULL},
	{0, 0, NULL},
};

const struct screen screen_tick = {
	.name = "tick",
	.title = N_("到户"),
	.size = sizeof(struct tick),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "123456",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"一户一键：1 告知，2 动身，3 到，4 拒绝(再按一位是为什么)，5 不在家，6 "
		"要人帮(同时报"
		"村)。> 自动到下一户。拒绝和不在家的到时要回访。在转移清单上的记在清单里，其他的记"
		"到户传达；动身、到的自动列入清单。u 撤回刚勾的一户，d 给它补一句，v 全部、未办，z "
		"只列预警所指危险区的户、全列，f 下一条生效的预警，= 数的由来和背后的记录。"
		"只告知过别的预警的，写着哪一种颜色、几时，这条还要再告知；已经动身、到的不用。"),
};
