/* SPDX-License-Identifier: GPL-3.0-or-later
 * All registers, by group and number or by initials: to look at one, or (aim "new") to write in it.
 */
#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/groups.h"
#include "screens/screens.h"

struct menu {
	struct pick pick;
	struct actor writer;
	bool started;
};

static bool is_new(const struct view *view)
{
	return strcmp(view->aim.text, "new") == 0;
}

static bool window(const struct view *view)
{
	return stack_is_lean(view) && is_new(view);
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct menu *menu = view->state;

	(void)fault;
	const char *which = is_new(view) ? _("新建哪一种") : _("看哪一种");
	bool once = window(view); /* its own row says it, and each row costs a slow line */

	menu->writer = parts_actor(view);
	if (!menu->started)
		pick_start(&menu->pick, which, groups_offer, is_new(view) ? &menu->writer : NULL,
			"", false);
	snprintf(view->title, sizeof view->title, "%s", once ? which : _("登记簿"));
	menu->pick.title = once ? "" : which;
	if (menu->pick.lean != stack_is_lean(view)) {
		menu->pick.lean = stack_is_lean(view);
		pick_type(&menu->pick, ""); /* in other words */
	}
	menu->started = view->typing = true;
	return RC_OK;
}

static void layout(struct view *view, struct pane room)
{
	pick_layout(&((struct menu *)view->state)->pick, room);
}

static void draw(const void *state, struct pane pane)
{
	pick_draw(&((const struct menu *)state)->pick, pane);
}

static enum act kind_taken(struct view *view)
{
	struct menu *menu = view->state;
	const struct kind *kind = kind_named(pick_value(&menu->pick));

	if (!kind)
		return ACT_DRAW;
	if (!is_new(view)) {
		pick_type(&menu->pick, ""); /* for who comes back */
		return parts_records(view, kind);
	}
	/* The form takes the menu's place: whoever has saved stands where he came from. */
	enum act act = parts_new(view, kind, (struct ref){0, 0});
	return act == ACT_OPEN ? ACT_BOARD : act;
}

static enum act type(struct view *view, int key)
{
	struct menu *menu = view->state;

	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	if (key == '/' && menu->pick.typed.text.len == 0)
		return parts_find(view);
	switch (pick_key(&menu->pick, key)) {
	case PICK_TAKEN:
		return kind_taken(view);
	case PICK_LEFT:
		return ACT_BACK;
	case PICK_MOVED:
		return ACT_DRAW;
	case PICK_NOT:
		break;
	}
	return parts_unpicked(view, key);
}

static const struct pick *pick_of(const struct view *view)
{
	return &((const struct menu *)view->state)->pick;
}

static enum act paste(struct view *view, const char *text)
{
	pick_paste(&((struct menu *)view->state)->pick, text);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	pick_release(&((struct menu *)view->state)->pick);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{K_BACKSPACE, N_("退一层"), NULL},
	{K_CTRL('X'), N_("返回"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_menu = {
	.name = "menu",
	.title = "",
	.size = sizeof(struct menu),
	.keys = keys,
	.pick = pick_of,
	.window = window,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("先按组的号码，再按登记簿的号码；或直接打名称的汉字、拼音、首字母，如 "
		   "yhpc、物资。"),
};
