/* SPDX-License-Identifier: GPL-3.0-or-later
 * The official text of a record, or what is read out of it, or which rules it is under: a page to
 * be read.
 */
#include <stdio.h>
#include <string.h>

#include "screens/screens.h"
#include "screens/text_page.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct text_page *text = view->state;
	const struct actor actor = parts_actor(view);
	text->page.text = true;
	text->why = strcmp(view->screen->name, screen_why.name) == 0;
	enum rc rc = text_page_load(text, &actor, view->aim.ref, fault);
	snprintf(view->title, sizeof view->title, "%s", text->title);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	page_layout(&((struct text_page *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct text_page *)state)->page, pane);
}

static enum act turn(struct view *view)
{
	struct fault fault = {0};
	((struct text_page *)view->state)->nth++;
	return stack_load(view->stack, &fault) ? parts_fault(view, &fault) : ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return view->aim.ref;
}

static enum act type(struct view *view, int key)
{
	return parts_page(view, &((struct text_page *)view->state)->page, key, "");
}

static void done(struct view *view)
{
	page_release(&((struct text_page *)view->state)->page);
}

static const struct key keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{'f', N_("下一篇"), turn},
	{'p', NULL, turn},
	{0, NULL, NULL},
};

const struct screen screen_text = {
	.name = "text",
	.title = N_("成文"),
	.size = sizeof(struct text_page),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.done = done,
	.help = N_("这条记录按公文写好的样子，或打电话时念的稿。哪些话、什么次序是规则里的 text "
		   "行；不知道的不写。f 下一篇。outpost text 编号 打印同一篇。"),
};

static const struct key why_keys[] = {
	{' ', N_("下页"), NULL},
	{'-', N_("上页"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_why = {
	.name = "why",
	.title = N_("为什么"),
	.size = sizeof(struct text_page),
	.keys = why_keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.done = done,
	.help = N_("这一行为什么在这里：要办什么、到几点、归谁、首页排在哪、没人答复时打给谁，"
		   "各由规则文件的哪一行定的。outpost rules why 编号 打印同一篇。"),
};
