/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board Z: who must leave, who leads, and where they are.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "screens/move_page.h"
#include "screens/screens.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct move_page *page = view->state;
	const struct actor actor = parts_actor(view);

	page->area = view->aim.query.area;
	enum rc rc = move_page_load(page, &actor, &view->arena, fault);
	struct buf text = {0};
	display_place(page->leaving.area, &text);
	snprintf(view->title, sizeof view->title, "%s", buf_cstr(&text));
	buf_release(&text);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct move_page *page = view->state;

	if (page->tally.columns != room.columns)
		move_page_lay(page, room.columns);
	tally_layout(&page->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct move_page *)state)->tally, pane);
}

/* A zone: its households, one key each; a place: its own board; a shelter: who is in it. */
static enum act open_row(struct view *view)
{
	struct move_page *page = view->state;
	const struct move_at at = move_page_at(page);

	if (at.order)
		return parts_record(view, at.order->ref);
	if (at.shelter) {
		stack_open(view, "shelter")->ref = at.shelter->ref;
		return ACT_OPEN;
	}
	if (!at.zone)
		return ACT_NONE;
	struct aim *aim = stack_open(view, page->leaving.places ? "move" : "tick");
	aim->query.area = at.zone->area;
	aim->parent = at.zone->point;
	aim->ref = page->leaving.places ? (struct ref){0, 0} : page->leaving.warning;
	return ACT_OPEN;
}

static enum act go_in(struct view *view)
{
	const struct leaving_shelter *shelter = move_page_shelter(view->state);

	if (!shelter) {
		stack_note(view, LOOK_PLAIN, "%s",
			((struct move_page *)view->state)->leaving.shelters_all
				? _("安置点都没开：/ 找到要开的，t 开放")
				: _("没有避难场所：A 登记簿里先登记"));
		return ACT_DRAW;
	}
	stack_open(view, "shelter")->ref = shelter->ref;
	return ACT_OPEN;
}

static enum act issue(struct view *view)
{
	struct move_page *page = view->state;

	return parts_begin(
		view, kind_of(KIND_evacuation), move_page_presets(page, view->store, &view->arena));
}

static struct ref ref_at(struct move_page *page)
{
	const struct move_at at = move_page_at(page);

	if (at.order)
		return at.order->ref;
	if (at.shelter)
		return at.shelter->ref;
	return at.zone ? at.zone->point : (struct ref){0, 0};
}

static enum act steps(struct view *view)
{
	struct ref ref = ref_at(view->state);

	if (!ref.seq) {
		stack_note(view, LOOK_PLAIN, _("先按 j k 选一条令、一处危险区或一个安置点"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "record");
	aim->ref = ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act homes(struct view *view)
{
	struct move_page *page = view->state;
	struct aim *aim = stack_open(view, "tick");

	aim->query.area = page->leaving.area;
	aim->ref = page->leaving.warning;
	return ACT_OPEN;
}

/* Of the place at '>', else of this one. */
static enum act situation(struct view *view)
{
	struct move_page *page = view->state;
	const struct move_at at = move_page_at(page);

	stack_open(view, "village")->query.area = at.zone ? at.zone->area : page->leaving.area;
	return ACT_OPEN;
}

static enum act type(struct view *view, int key)
{
	struct move_page *page = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	enum act act = parts_list(view, &page->tally.list, key, &chosen, &more);
	if (chosen)
		return open_row(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct move_page *)view->state)->tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ref_at(view->state);
}

static void done(struct view *view)
{
	move_page_release(view->state);
}

static const struct key keys[] = {
	{'n', N_("下令"), issue},
	{'i', N_("登记入住"), go_in},
	{'t', N_("办理(返回令 开关)"), steps},
	{'D', N_("逐户"), homes},
	{'p', N_("形势"), situation},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'n', KIND_evacuation, NULL},
	{'i', KIND_stay, NULL},
	{0, 0, NULL},
};

const struct screen screen_move = {
	.name = "move",
	.title = N_("转移安置"),
	.size = sizeof(struct move_page),
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
	.help = N_(
		"上面是转移令，中间是每处危险区的户走到哪一步，下面是安置点。名单从住户登记里来，不"
		"用打。n "
		"下令：谁走、几点前、去哪、谁带队、何时回，五样都要有；存了以后这一处("
		"或预警所指的各"
		"处)"
		"的户都列入转移清单。数字打开：危险区是逐户的清单，安置点是里面的人。i "
		"到安置点登记。p 形势写成字。t 令上是返回令：人都找到了才下得了。要走没到 "
		"是该走还没到的户。乡镇、县按村、按乡镇合计。"),
};
