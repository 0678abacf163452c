/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board X: today's round.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/patrol_page.h"
#include "screens/screens.h"
#include "work/checking.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct patrol_page *page = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = patrol_page_load(page, &actor, &view->arena, fault);

	if (!rc)
		snprintf(view->title, sizeof view->title, "%s", page->title);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct patrol_page *page = view->state;

	patrol_page_lay(page, room.columns);
	tally_layout(&page->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct patrol_page *)state)->tally, pane);
}

static const struct round_row *current(struct view *view)
{
	const struct round_row *row = patrol_page_row(view->state);

	if (!row)
		stack_note(view, LOOK_PLAIN, "%s",
			((struct patrol_page *)view->state)->tally.list.empty);
	return row;
}

static enum act check(struct view *view)
{
	const struct patrol_page *page = view->state;
	const struct round_row *row = current(view);

	if (!row || !parts_may(view, checked_as(row->kind), 0))
		return ACT_DRAW;
	struct aim *aim = stack_open(view, "checking");

	aim->ref = row->ref;
	aim->kind = checked_as(row->kind);
	if (page->round.which == ROUND_CAMPAIGN)
		aim->parent = page->round.campaign;
	return ACT_OPEN;
}

/* ---- all is well there */

static enum act fine_now(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref ref;

	if (checking_fine(&actor, ((struct patrol_page *)view->state)->asked, &ref, &fault))
		return parts_fault(view, &fault);
	enum act act = parts_reload(view);
	stack_note(view, LOOK_MARK, "%s", _("已记：无隐患"));
	return act;
}

static enum act fine_agreed(struct view *view)
{
	const struct round_row *row = patrol_page_row(view->state);

	return row ? parts_prove(view, checked_as(row->kind), 0, fine_now) : ACT_DRAW;
}

static enum act fine(struct view *view)
{
	struct patrol_page *page = view->state;
	const struct round_row *row = current(view);

	if (!row || !parts_may(view, checked_as(row->kind), 0))
		return ACT_DRAW;
	struct buf doubt = {0};

	page->asked = row->ref;
	patrol_page_doubt(view->store, row, &doubt);
	enum act act = stack_ask(view, fine_agreed, doubt.len ? _("记没有新隐患") : _("记无隐患"),
		"%s", doubt.len ? buf_cstr(&doubt) : row->title);
	buf_release(&doubt);
	return act;
}

/* ---- forms */

static enum act reading(struct view *view)
{
	const struct round_row *row = current(view);

	return row ? parts_new(view, checked_as(row->kind), row->ref) : ACT_DRAW;
}

static enum act hazard(struct view *view)
{
	const struct round_row *row = current(view);

	return parts_new(view, kind_of(KIND_hazard), row ? row->ref : (struct ref){0, 0});
}

/* ---- what is shown */

static enum act toggle(struct view *view)
{
	struct patrol_page *page = view->state;

	page->turn = page->turn ? 0 : 1;
	return parts_reload(view);
}

static enum act campaign(struct view *view)
{
	struct patrol_page *page = view->state;

	if (!page->round.campaign_count) {
		stack_note(view, LOOK_PLAIN, "%s", _("没有进行中的专项行动"));
		return ACT_DRAW;
	}
	page->turn = page->turn < 2 ? 2 : page->turn + 1;
	if (page->turn - 2 >= page->round.campaign_count)
		page->turn = 0;
	return parts_reload(view);
}

static enum act type(struct view *view, int key)
{
	struct patrol_page *page = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	enum act act = parts_list(view, &page->tally.list, key, &chosen, &more);
	const struct round_row *row = chosen ? patrol_page_row(page) : NULL;
	if (row)
		return key == K_ENTER ? parts_record(view, row->ref) : check(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static struct ref row(const struct view *view)
{
	const struct round_row *at = patrol_page_row(view->state);

	return at ? at->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	patrol_page_release(view->state);
}

static const struct key keys[] = {
	{'t', N_("开始查"), check},
	{'0', N_("无隐患"), fine},
	{'i', N_("读数"), reading},
	{'n', N_("新隐患"), hazard},
	{'f', N_("专项"), campaign},
	{'v', N_("全部"), toggle},
	{K_ENTER, NULL, NULL},
	{0, NULL, NULL},
};

/* Some may inspect what stands in a house, and walk no round of danger points: it hangs on the row.
 */
static bool may_check(const struct view *view)
{
	struct patrol_page *page = view->state;
	const struct round_row *at = patrol_page_row(page);

	return at &&
	       (checked_as(at->kind)->id == KIND_patrol ? page->may_patrol : page->may_inspect);
}

static bool has_campaign(const struct view *view)
{
	return ((const struct patrol_page *)view->state)->round.campaign_count > 0;
}

static const struct key_when when[] = {
	{'t', 0, may_check},
	{'0', 0, may_check},
	{'i', 0, may_check},
	{'n', KIND_hazard, NULL},
	{'f', 0, has_campaign},
	{0, 0, NULL},
};

const struct screen screen_patrol = {
	.name = "patrol",
	.title = N_("巡查"),
	.size = sizeof(struct patrol_page),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "0",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.done = done,
	.help = N_("今天要查的点和场所，按路线排：风险色、季节和响应决定多久查一次。数字或 t "
		   "开始逐项查，0 记此处无隐患，i 只记读数或情况，n 新隐患，回车看它的记录。v "
		   "看全部、只看今天，f 看专项行动查到哪里。"),
};
