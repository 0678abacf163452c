/* SPDX-License-Identifier: GPL-3.0-or-later
 * The situation of a village as a page to be read.
 */
#include <stdio.h>

#include "screens/screens.h"
#include "screens/village_page.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct village_page *shown = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = village_page_load(shown, &actor, view->aim.query.area, fault);

	snprintf(view->title, sizeof view->title, "%s", shown->title);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct village_page *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct village_page *)state)->page, pane);
}

static enum act type(struct view *view, int key)
{
	return parts_page(view, &((struct village_page *)view->state)->page, key, "");
}

static void done(struct view *view)
{
	page_release(&((struct village_page *)view->state)->page);
}

static const struct key keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_village = {
	.name = "village",
	.title = N_("形势"),
	.size = sizeof(struct village_page),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_(
		"村里的形势图写成字：责任人和电话，每处危险区的人、信号、路线(按路点)和去处，重点户"
		"和帮扶人，安置点和钥匙，岗位和设施。画图用的点：outpost export point --geojson。"),
};
