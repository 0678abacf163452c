/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that a file could not tie: a person ties each with one key, or leaves it with another.
 * The keys are those that the two steps have on the record.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/loose_page.h"
#include "screens/screens.h"

enum { INDENT = 4 };

struct loose_screen {
	struct page page;
	struct loose_offers offers; /* what '>' was on when the picker opened */
	struct pick pick;
	bool picking;
	struct ref to; /* asked: is it meant? seq 0: to nothing */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct loose_screen *loose = view->state;
	unsigned count;

	loose->page.indent = INDENT;
	loose->page.empty = _("没有要核对的预警");
	enum rc rc = loose_page_load(&loose->page, view->store, &count, fault);
	snprintf(view->title, sizeof(view->title), "%u", count);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct loose_screen *loose = view->state;

	view->more = false;
	if (loose->picking)
		pick_layout(&loose->pick, room);
	else
		view->more = page_layout(&loose->page, room);
}

static void draw(const void *state, struct pane pane)
{
	const struct loose_screen *loose = state;

	if (loose->picking)
		pick_draw(&loose->pick, pane);
	else
		page_draw(&loose->page, pane);
}

static struct ref row(const struct view *view)
{
	const struct page_line *line = page_line(&((struct loose_screen *)view->state)->page);

	return line ? line->ref : (struct ref){0, 0};
}

static enum act write_now(struct view *view)
{
	struct loose_screen *loose = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref to = loose->to;

	if (loose_settle(&actor, loose->offers.one, to, &fault))
		return parts_fault(view, &fault);
	enum act act = parts_reload(view);
	stack_note(view, LOOK_MARK, "%s", loose_settled(to));
	return act;
}

static enum act agreed(struct view *view)
{
	const struct loose_screen *loose = view->state;

	return parts_prove(view, kind_of(KIND_warning),
		loose->to.seq ? warning_do_tie : warning_do_leave, write_now);
}

static enum act ask(struct view *view, struct ref to)
{
	struct loose_screen *loose = view->state;
	struct buf pair = {0};

	loose->to = to;
	loose_pair(view->store, loose->offers.one, to, &pair);
	enum act act =
		stack_ask(view, agreed, to.seq ? _("关联") : _("不关联"), "%s", buf_cstr(&pair));
	buf_release(&pair);
	return act;
}

static bool choose_one(struct view *view)
{
	struct loose_screen *loose = view->state;

	loose->offers = (struct loose_offers){view->store, row(view)};
	if (!loose->offers.one.seq)
		stack_note(view, LOOK_PLAIN, "%s", _("没有要核对的预警"));
	return loose->offers.one.seq;
}

static enum act tie(struct view *view)
{
	struct loose_screen *loose = view->state;

	if (!choose_one(view))
		return ACT_DRAW;
	pick_start(&loose->pick, _("关联到哪一条"), loose_offer, &loose->offers, "", false);
	loose->picking = view->typing = loose->pick.list.shown > 0;
	if (!loose->picking) {
		pick_release(&loose->pick);
		stack_note(view, LOOK_BAD, "%s", _("本站没有它能更新或解除的预警：7 不关联"));
	}
	return ACT_DRAW;
}

static enum act leave(struct view *view)
{
	return choose_one(view) ? ask(view, (struct ref){0, 0}) : ACT_DRAW;
}

static enum act picked(struct view *view, int key)
{
	struct loose_screen *loose = view->state;
	enum pick_act act = pick_key(&loose->pick, key);

	if (act == PICK_MOVED)
		return ACT_DRAW;
	if (act == PICK_NOT)
		return parts_unpicked(view, key);
	struct ref to = loose_chosen(view->store, &loose->pick);
	pick_release(&loose->pick);
	loose->picking = view->typing = false;
	return act == PICK_TAKEN && to.seq ? ask(view, to) : ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct loose_screen *loose = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (loose->picking)
		return picked(view, key);
	return parts_page(view, &loose->page, key, _("没有要核对的预警"));
}

static enum act paste(struct view *view, const char *text)
{
	pick_paste(&((struct loose_screen *)view->state)->pick, text);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	struct loose_screen *loose = view->state;

	if (loose->picking)
		pick_release(&loose->pick);
	page_release(&loose->page);
}

static const struct pick *pick_of(const struct view *view)
{
	const struct loose_screen *loose = view->state;

	return loose->picking ? &loose->pick : NULL;
}

static const struct key keys[] = {
	{'6', N_("关联"), tie},
	{'7', N_("不关联"), leave},
	{K_ENTER, N_("打开"), NULL},
	{0, NULL, NULL},
};

const struct screen screen_loose = {
	.name = "loose",
	.title = N_("没关联上的预警"),
	.size = sizeof(struct loose_screen),
	.keys = keys,
	.pick = pick_of,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"文件里来的更新和解除，没找到它说的那一条，或者颜色、地方对不上，就列在这里，两条"
		"都还算生效。6 选它更新或解除的是哪一条，再按 y：那一条就不再生效；7 不关联：两"
		"条各自照办。"),
};
