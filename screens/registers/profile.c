/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a village or township has to have, what is lacking, and the same of the places below.
 */
#include <stdio.h>

#include "model/area.h"
#include "model/kinds.h"
#include "screens/profile_page.h"
#include "screens/screens.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct profile_page *page = view->state;
	const struct actor actor = parts_actor(view);
	struct buf name = {0};

	if (view->aim.query.area)
		page->area = view->aim.query.area;
	enum rc rc = profile_page_load(page, &actor, &view->arena, fault);
	area_title(page->area, &name);
	snprintf(view->title, sizeof(view->title), "%s", buf_cstr(&name));
	buf_release(&name);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct profile_page *page = view->state;

	if (page->tally.columns != room.columns)
		profile_page_lay(page, room.columns);
	tally_layout(&page->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct profile_page *)state)->tally, pane);
}

/* The records that are asked for, or what the place below has. */
static enum act open_row(struct view *view)
{
	const struct have *have;
	const struct haves *place;

	profile_page_at(view->state, &have, &place);
	if (place) {
		stack_open(view, "profile")->query.area = place->area;
		return ACT_OPEN;
	}
	return have ? parts_records(view, kind_of(have->rule->kind)) : ACT_NONE;
}

static enum act begin(struct view *view)
{
	const struct have *have;
	const struct haves *place;

	profile_page_at(view->state, &have, &place);
	if (have)
		return parts_new(view, kind_of(have->rule->kind), (struct ref){0, 0});
	stack_note(view, LOOK_PLAIN, _("先按 j k 选缺的一项，n 登记它"));
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct profile_page *page = view->state;
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
	tally_paste(&((struct profile_page *)view->state)->tally, typed);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	profile_page_release(view->state);
}

static const struct key keys[] = {
	{'n', N_("登记这一项"), begin},
	{K_ENTER, NULL, NULL},
	{0, NULL, NULL},
};

const struct screen screen_profile = {
	.name = "profile",
	.title = N_("家底"),
	.size = sizeof(struct profile_page),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("规则说这一级应有的人、队、库、站和岗位：缺的在前，有几个、应有几个。下面是下级"
		   "各处，"
		   "缺得多的在前。回车打开登记簿或下级的家底，n "
		   "登记缺的一项。风险色由开着的隐患、风险点"
		   "算出，规则里的 colour 行说怎么算。outpost profile 打印同一页。"),
};
