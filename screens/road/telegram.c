/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as short messages for a satellite terminal, to be copied or typed there one by one.
 */
#include <stdio.h>

#include "screens/display.h"
#include "screens/hearing.h"
#include "screens/screens.h"
#include "ui/page.h"

struct telegrams {
	struct page page;
	struct hearing said;
	bool asked, good;
	struct buf told; /* of the program that made them */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct telegrams *shown = view->state;
	char number[32];

	(void)fault;
	store_number(view->store, view->aim.ref, number);
	snprintf(view->title, sizeof(view->title), "%s", number);
	if (!shown->asked)
		shown->good = hearing_telegrams(
			&shown->said, view->store, &view->user, view->aim.ref, &shown->told);
	shown->asked = true;
	page_clear(&shown->page);
	page_text(&shown->page, shown->good ? LOOK_DIM : LOOK_BAD, buf_cstr(&shown->told));
	hearing_page(&shown->said, &shown->page);
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct telegrams *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct telegrams *)state)->page, pane);
}

static enum act type(struct view *view, int key)
{
	struct telegrams *shown = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	return parts_page(view, &shown->page, key, _("照原样发出去；对方在 S 里按 4 录入"));
}

static enum act codes(struct view *view)
{
	stack_open(view, "qr")->ref = view->aim.ref;
	return ACT_OPEN;
}

static void done(struct view *view)
{
	struct telegrams *shown = view->state;

	buf_release(&shown->told);
	page_release(&shown->page);
}

static const struct key keys[] = {
	{'m', N_("二维码"), codes},
	{0, NULL, NULL},
};

const struct screen screen_telegram = {
	.name = "telegram",
	.title = N_("短报文"),
	.size = sizeof(struct telegrams),
	.keys = keys,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("\"第几条\"下面是一条，照原样发出去，先后不论：字母不分大小写，没有会看错的 "
		   "I、L、O、U。"
		   "对方在 S 里按 4，一条一回车；每条自己会查，缺第几条会说。收齐就是同一条记录。"),
};
