/* SPDX-License-Identifier: GPL-3.0-or-later
 * A part of the outbox, or all of it: what is late and why, what two stations disagree about, what
 * was refused. A person decides with a key which of two values holds.
 */
#include "base/text.h"
#include "store/station.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/outbox_page.h"

enum { INDENT = 4 };

static const char *const titles[] = {
	[OUTBOX_ALL] = N_("全部"),
	[OUTBOX_LATE] = N_("迟的"),
	[OUTBOX_DIFFER] = N_("两站填得不同"),
	[OUTBOX_REFUSED] = N_("没有生效和被退回"),
};

struct outbox {
	struct outbox_page shown;
	struct outbox_choice choice; /* asked: is it meant? tag 0: nothing is */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct outbox *outbox = view->state;
	int64_t now = store_now(view->store);

	outbox->shown.part = (enum outbox_part)view->aim.step;
	outbox->shown.page.indent = INDENT;
	text_fit(view->title, sizeof view->title, _(titles[outbox->shown.part]));
	return outbox_page_load(&outbox->shown, view->store, now, &view->arena, fault);
}

static void layout(struct view *view, struct pane room)
{
	view->more = page_layout(&((struct outbox *)view->state)->shown.page, room);
}

static void draw(const void *state, struct pane pane)
{
	page_draw(&((const struct outbox *)state)->shown.page, pane);
}

/* ---- deciding between two values */

static enum act agreed(struct view *view);

static enum act ask(struct view *view, bool other)
{
	struct outbox *outbox = view->state;
	const struct page_line *line = page_line(&outbox->shown.page);
	char number[32];

	if (!line || !line->tag) {
		stack_note(view, LOOK_PLAIN, _("把 > 移到\"两站填得不同\"下面的一行，再按 1 或 2"));
		return ACT_DRAW;
	}
	outbox->choice = (struct outbox_choice){line->ref, line->fact, line->tag, other};
	store_number(view->store, line->ref, number);
	return stack_ask(view, agreed, other ? _("改用另一个值") : _("确认现在的值"), "%s", number);
}

static enum act keep_this(struct view *view)
{
	return ask(view, false);
}

static enum act take_other(struct view *view)
{
	return ask(view, true);
}

static enum act decided(struct view *view)
{
	struct outbox *outbox = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	bool own = true;

	if (outbox_decide(&actor, &outbox->choice, &own, &fault))
		return parts_fault(view, &fault);
	arena_release(&view->arena);
	if (load(view, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, "%s", outbox_decided(own));
	return ACT_DRAW;
}

/* What is changed is a record of that kind, by hand as by any other way. */
static enum act agreed(struct view *view)
{
	struct outbox *outbox = view->state;
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row = {0};
	enum rc rc = store_row(view->store, outbox->choice.ref, &arena, &row, &fault);

	arena_release(&arena);
	return rc ? parts_fault(view, &fault) : parts_prove(view, row.kind, 0, decided);
}

/* What was refused, in a form of its own that begins with it. */
static enum act write_anew(struct view *view)
{
	struct outbox *outbox = view->state;
	const struct page_line *line = page_line(&outbox->shown.page);
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row = {0};
	enum act act = ACT_DRAW;

	if (!line || !outbox_refused_whole(line))
		stack_note(view, LOOK_PLAIN, _("把 > 移到写着\"e 改了再报\"的一行，再按 e"));
	else if (store_row(view->store, line->ref, &arena, &row, &fault))
		act = parts_fault(view, &fault);
	else
		act = parts_new(view, row.kind, (struct ref){0, 0});
	if (act == ACT_OPEN) {
		struct aim *aim = stack_open(view, "write");

		aim->kind = row.kind;
		aim->instead = line->ref;
	}
	arena_release(&arena);
	return act;
}

static struct ref row(const struct view *view)
{
	const struct page_line *line = page_line(&((struct outbox *)view->state)->shown.page);

	return line ? line->ref : (struct ref){0, 0};
}

/* ---- what is offered */

/* Does a line stand there that IS so? */
static bool any_line(const struct view *view, bool (*is)(const struct page_line *line))
{
	const struct page *page = &((const struct outbox *)view->state)->shown.page;
	bool any = false;

	for (unsigned n = 0; n < page->count && !any; n++)
		any = is(&page->lines[n]);
	return any;
}

static bool is_conflict(const struct page_line *line)
{
	return line->tag != 0;
}

static bool may_choose(const struct view *view)
{
	return any_line(view, is_conflict);
}

static bool may_anew(const struct view *view)
{
	return any_line(view, outbox_refused_whole);
}

static bool is_all(const struct view *view)
{
	return view->aim.step == OUTBOX_ALL;
}

/* v of the board opened it, and closes it. */
static enum act undone(struct view *view)
{
	return is_all(view) ? ACT_BACK : ACT_UNKNOWN;
}

static enum act type(struct view *view, int key)
{
	struct outbox *outbox = view->state;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	return parts_page(
		view, &outbox->shown.page, key, _("这一行打不开；移到一条记录上再按回车"));
}

static void done(struct view *view)
{
	outbox_page_release(&((struct outbox *)view->state)->shown);
}

static const struct key keys[] = {
	{K_ENTER, N_("打开"), NULL},
	{'1', N_("用现在的"), keep_this},
	{'2', N_("用另一个"), take_other},
	{'e', N_("改了再报"), write_anew},
	{'v', N_("要办的"), undone},
	{'/', N_("查找"), parts_find},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'1', 0, may_choose},
	{'2', 0, may_choose},
	{'e', 0, may_anew},
	{'v', 0, is_all},
	{0, 0, NULL},
};

const struct screen screen_outbox_part = {
	.name = "outbox_part",
	.title = N_("报送"),
	.size = sizeof(struct outbox),
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.done = done,
	.help = N_("上级是谁、线路通不通、每一类还等送多少、按量过的速度要多久、什么迟了、为什么。"
		   "\"等送\"是上级还没有证实收到；每类后面的数字是本机写了多少条、各级已证实存下多"
		   "少条。\n"
		   "两站填得不同：移到那一行，按 1 用现在的，按 2 用另一个，再按 y。"),
};
