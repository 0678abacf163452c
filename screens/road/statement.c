/* SPDX-License-Identifier: GPL-3.0-or-later
 * The statement of what was late and why, to be read, or written off the screen.
 */
#include "screens/outbox_page.h"
#include "screens/screens.h"

struct statement {
	struct page page;
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct statement *statement = view->state;
	struct buf text = {0};
	enum rc rc = outbox_statement(view->store, &view->user, &text, fault);

	page_clear(&statement->page);
	statement->page.text = true;
	page_add(&statement->page, LOOK_PLAIN, &text);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct statement *)view->state)->page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct statement *)state)->page, pane);
}

static enum act type(struct view *view, int key)
{
	struct statement *statement = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	return page_key(&statement->page, key) == LIST_NOT ? parts_unknown(view, key) : ACT_DRAW;
}

static void done(struct view *view)
{
	page_release(&((struct statement *)view->state)->page);
}

const struct screen screen_statement = {
	.name = "statement",
	.title = N_("迟报说明"),
	.size = sizeof(struct statement),
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.done = done,
	.help = N_("哪几条过了时限才送到，各迟多久、因为什么。outpost late 打印同一份。"),
};
