/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board H: sixty rows of registers in ten minutes, by telephone.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/confirm_page.h"
#include "screens/screens.h"

static enum rc load(struct view *view, struct fault *fault)
{
	struct confirm_page *page = view->state;
	const struct actor actor = parts_actor(view);

	snprintf(view->title, sizeof(view->title), "%s", store_station(view->store)->name);
	return confirm_page_load(page, &actor, &view->arena, fault);
}

static void layout(struct view *view, struct pane room)
{
	struct confirm_page *page = view->state;

	confirm_page_lay(page, view->store, room.columns);
	tally_layout(&page->tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct confirm_page *)state)->tally, pane);
}

/* ---- keys that write */

static enum act nothing(struct view *view)
{
	stack_note(view, LOOK_PLAIN, _("没有要核对的"));
	return ACT_DRAW;
}

static enum act right_marked(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (confirm_page_right_marked(view->state, &actor, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act right(struct view *view)
{
	struct confirm_page *page = view->state;
	const struct confirm_row *row = confirm_page_at(page);
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	unsigned marked = confirm_page_marked(page);

	if (marked)
		return stack_ask(view, right_marked, _("都核对无误"), _("勾了%u条"), marked);
	if (!row)
		return nothing(view);
	if (confirm_page_right(page, &actor, row, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act undo(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (confirm_page_undo(view->state, &actor, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

/* ---- other keys */

static enum act correct(struct view *view)
{
	const struct confirm_row *row = confirm_page_at(view->state);

	if (!row)
		return nothing(view);
	struct aim *aim = stack_open(view, "write");
	aim->kind = row->kind;
	aim->ref = row->ref;
	return ACT_OPEN;
}

static enum act steps(struct view *view)
{
	const struct confirm_row *row = confirm_page_at(view->state);

	if (!row)
		return nothing(view);
	struct aim *aim = stack_open(view, "record");
	aim->ref = row->ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act remark(struct view *view)
{
	struct confirm_page *page = view->state;
	const struct confirm_row *row = confirm_page_at(page);
	const struct field *field = row ? confirm_remark(row->kind) : NULL;
	struct buf text = {0};
	struct fault fault;
	struct row now;

	if (!field)
		return nothing(view);
	if (!row->may_edit && !parts_may(view, row->kind, 0))
		return ACT_DRAW;
	if (!store_row(view->store, row->ref, &view->arena, &now, &fault))
		row_field(view->store, &now, field->tag, true, &text);
	tally_ask(&page->tally, _("备注："), EDIT_LINE, buf_cstr(&text));
	buf_release(&text);
	view->typing = true;
	return ACT_DRAW;
}

static enum act take_remark(struct view *view, int key)
{
	struct confirm_page *page = view->state;
	const struct confirm_row *row = confirm_page_at(page);
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	bool done;

	if (!tally_key(&page->tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done || !row)
		return ACT_DRAW;
	if (confirm_remark_write(&actor, row, edit_text(&page->tally.edit), &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("备注已记"));
	return parts_reload(view);
}

static enum act profile(struct view *view)
{
	stack_open(view, "profile");
	return ACT_OPEN;
}

static enum act type(struct view *view, int key)
{
	struct confirm_page *page = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (page->tally.prompt)
		return take_remark(view, key);
	enum act act = parts_list(view, &page->tally.list, key, &chosen, &more);
	const struct confirm_row *row = confirm_page_at(page);
	if (chosen && row)
		return parts_record(view, row->ref);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct confirm_page *)view->state)->tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct confirm_row *row = confirm_page_at(view->state);

	return row ? row->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	confirm_page_release(view->state);
}

static const struct key keys[] = {
	{'y', N_("对"), right},
	{'e', N_("改"), correct},
	{'t', N_("不在了"), steps},
	{'d', N_("备注"), remark},
	{'u', N_("撤"), undo},
	{'b', N_("家底"), profile},
	{0, NULL, NULL},
};

static bool may_confirm(const struct view *view)
{
	const struct confirm_row *row = confirm_page_at(view->state);

	return row && row->may;
}

static bool may_edit(const struct view *view)
{
	const struct confirm_row *row = confirm_page_at(view->state);

	return row && row->may_edit;
}

static bool may_either(const struct view *view)
{
	return may_confirm(view) || may_edit(view);
}

static bool is_back(const struct view *view)
{
	return ((const struct confirm_page *)view->state)->back;
}

static const struct key_when when[] = {
	{'y', 0, may_confirm},
	{'e', 0, may_edit},
	{'t', 0, may_either},
	{'d', 0, may_edit},
	{'u', 0, is_back},
	{0, 0, NULL},
};

const struct screen screen_confirm = {
	.name = "confirm",
	.title = N_("核对"),
	.size = sizeof(struct confirm_page),
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
		"规则说该核对的人员、住户和电话。打个电话或问一声：对就按 y，记下今天和您的名字，> "
		"到下一条；不对按 e 改，人不在了按 t。x 勾几条再按 y，问一次一起记。u "
		"撤回刚核对的一条，d 备注，b 家底，/ 筛，回车打开。"),
};
