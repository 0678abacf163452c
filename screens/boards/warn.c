/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Y: the warning in force, to be read out, signed and followed.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/plate.h"
#include "screens/screens.h"
#include "screens/warn_page.h"

struct warn {
	struct warn_page page;
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct warn *warn = view->state;
	const struct actor actor = parts_actor(view);

	if (!warn->page.tally.started)
		warn->page.warning = view->aim.ref;
	warn->page.lean = stack_is_lean(view);
	enum rc rc = warn_page_load(&warn->page, &actor, &view->arena, fault);
	if (!rc)
		snprintf(view->title, sizeof(view->title), "%s", warn->page.title);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct warn *warn = view->state;

	warn_page_lay(&warn->page, room.columns);
	tally_layout(&warn->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct warn *)state)->page.tally, pane);
}

static enum act toggle(struct view *view)
{
	struct warn *warn = view->state;

	warn->page.all = !warn->page.all;
	return parts_reload(view);
}

static enum act turn(struct view *view)
{
	warn_page_turn(&((struct warn *)view->state)->page);
	return parts_reload(view);
}

/* Those that could not be tied. */
static enum act loose(struct view *view)
{
	stack_open(view, "loose");
	return ACT_OPEN;
}

/* All that is known of the warning, and what can be done with it. */
static enum act whole(struct view *view)
{
	struct warn *warn = view->state;

	return warn->page.warning.seq ? parts_record(view, warn->page.warning) : ACT_NONE;
}

/* The card for it: begun, then its steps. */
static enum act handle(struct view *view)
{
	const struct warn_page *page = &((struct warn *)view->state)->page;
	const struct card_run *run = &page->run;

	if (run->response.seq)
		return run->tasks ? parts_children(view, kind_of(KIND_task), run->response)
				  : parts_record(view, run->response);
	if (run->card.seq)
		return plate_start(view, run->card, page->warning);
	if (!page->warning.seq)
		return ACT_NONE;
	stack_note(view, LOOK_PLAIN, "%s", plate_lacks(view->store));
	return ACT_DRAW;
}

static enum act why(struct view *view)
{
	struct warn *warn = view->state;

	warn->page.why = !warn->page.why;
	return parts_reload(view);
}

static enum act write_urge(struct view *view)
{
	struct warn *warn = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	unsigned count;

	if (owing_urge(&actor, &warn->page.owing, warn->page.title, &count, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("已下指令催%u处签收"), count);
	return ACT_DRAW;
}

static enum act urge(struct view *view)
{
	return parts_prove(view, kind_of(KIND_order), 0, write_urge);
}

/* Who signed there, else the households of the place. */
static enum act open_place(struct view *view)
{
	struct warn *warn = view->state;
	const struct owing_place *place = warn_page_place(&warn->page);

	if (!place)
		return whole(view);
	if (place->answered)
		return parts_record(view, place->answer);
	struct aim *aim = stack_open(view, "tick");
	aim->ref = warn->page.warning;
	aim->query.area = place->area;
	return ACT_OPEN;
}

/* Who lives where the warning is dangerous. */
static enum act zones(struct view *view)
{
	struct warn *warn = view->state;

	if (!*warn->page.zones) {
		stack_note(view, LOOK_PLAIN, _("这条预警在这里没有对应的危险区"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "tick");
	aim->ref = warn->page.warning;
	aim->zones = true;
	return ACT_OPEN;
}

static enum act numbers(struct view *view)
{
	return parts_figures(view, 'Y', store_area(view->store),
		((const struct warn *)view->state)->page.warning);
}

static enum act type(struct view *view, int key)
{
	struct warn *warn = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	enum act act = parts_list(view, &warn->page.tally.list, key, &chosen, &more);
	if (chosen || (key == K_ENTER && !view->typing))
		return open_place(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct warn *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ((const struct warn *)view->state)->page.warning;
}

static void done(struct view *view)
{
	warn_page_release(&((struct warn *)view->state)->page);
}

static const struct key keys[] = {
	{'s', N_("签收"), NULL},
	{'p', N_("念稿"), parts_text},
	{'r', N_("催签"), urge},
	{'t', N_("办理"), handle},
	{'l', N_("全文"), whole},
	{'f', N_("下一条"), turn},
	{'c', NULL, loose},
	{'z', NULL, zones},
	{'v', N_("全部"), toggle},
	{'w', N_("为什么"), why},
	{'=', NULL, numbers},
	{K_ENTER, N_("打开"), NULL},
	{0, NULL, NULL},
};

static const struct warn_page *page_of(const struct view *view)
{
	return &((const struct warn *)view->state)->page;
}

static bool waits(const struct view *view)
{
	return page_of(view)->warning.seq && page_of(view)->asked && !page_of(view)->signed_by;
}

static bool owes(const struct view *view)
{
	const struct owing *owing = &page_of(view)->owing;

	return owing->answered < owing->count && !owing->over;
}

/* Begun, its steps are looked at by anybody. */
static bool has_card(const struct view *view)
{
	const struct card_run *run = &page_of(view)->run;

	return page_of(view)->warning.seq &&
	       (run->response.seq || (run->card.seq && page_of(view)->begins));
}

static bool several(const struct view *view)
{
	return page_of(view)->in_force.count > 1;
}

static bool below(const struct view *view)
{
	return page_of(view)->owing.count > 0;
}

static bool any(const struct view *view)
{
	return page_of(view)->warning.seq != 0;
}

static const struct key_when when[] = {
	{'s', 0, waits},
	{'p', 0, any},
	{'r', KIND_order, owes},
	{'t', 0, has_card},
	{'l', 0, any},
	{'f', 0, several},
	{'v', 0, below},
	{'w', 0, any},
	{K_ENTER, 0, any},
	{0, 0, NULL},
};

const struct screen screen_warn = {
	.name = "warn",
	.title = N_("预警"),
	.size = sizeof(struct warn),
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
	.help = N_("生效的预警：原文、怎么做、来源、本站签没签，下级谁签了、谁没签，最急的在前：先"
		   "是没送到的，"
		   "再按受威胁的人多少。中位、九成是多久以后一半、九成的村签了。s 签收，J "
		   "去叫应，回车看这个村"
		   "的住户(签了的看签收)，r 给没签的下一道催签的指令，p 念稿，t "
		   "启动为它准备的处置卡，启动了就"
		   "看卡上各步做到哪里，没有就说卡从哪里来，l 全文和更新、解除，f 下一条，v "
		   "全部、没签的，z 所指危险区里的户，w "
		   "签收和叫应按哪个文件哪一行，= 数的由来和背后的记录，c 没关联上的更新和解除。"),
};
