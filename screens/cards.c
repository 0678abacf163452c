/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disposal cards in two keys: F, then the card's number (or the initials of what happened).
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/groups.h"
#include "screens/screens.h"

struct cards {
	struct pick pick;
	bool started;
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct cards *cards = view->state;

	(void)fault;
	if (!cards->started)
		pick_start(&cards->pick, _("发生了什么"), groups_cards, view->store, "", false);
	cards->pick.list.empty = _("没有这样的处置卡。退格改字，^X 返回；新卡按 a 在登记簿里登记");
	cards->started = view->typing = true;
	return RC_OK;
}

static void draw(const struct view *view, struct pane pane)
{
	pick_draw(&((struct cards *)view->state)->pick, pane);
}

static enum act type(struct view *view, int key)
{
	struct cards *cards = view->state;
	struct fault fault = {0};
	struct ref ref;

	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L') || key == '?')
		return ACT_UNKNOWN;
	switch (pick_key(&cards->pick, key)) {
	case PICK_TAKEN:
		if (store_resolve(view->store, pick_value(&cards->pick), &ref, &fault))
			return parts_fault(view, &fault);
		return parts_record(view, ref);
	case PICK_LEFT:
		return ACT_BACK;
	case PICK_MOVED:
		return ACT_DRAW;
	case PICK_NOT:
		break;
	}
	stack_note(view, LOOK_BAD, _("打号码、汉字、拼音或首字母；^X 返回"));
	return ACT_DRAW;
}

static void done(struct view *view)
{
	pick_release(&((struct cards *)view->state)->pick);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{K_CTRL('X'), N_("返回"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_cards = {
	.name = "cards",
	.title = N_("处置卡"),
	.size = sizeof(struct cards),
	.keys = keys,
	.load = load,
	.draw = draw,
	.type = type,
	.done = done,
	.menu = 'F',
	.help = N_("F 再按一个号码，就是那张现场处置卡；也可打首字母，如 sh（山洪）。"),
};
