/* SPDX-License-Identifier: GPL-3.0-or-later
 * What follows an incident that was taken down: a digit for each call, the written report, the
 * card.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/incident_page.h"
#include "screens/screens.h"

struct incident_view {
	struct incident_page page;
	unsigned n; /* who was called */
	unsigned result;
	bool writes; /* the written report may be noted */
};

static enum rc load(struct view *view, struct fault *fault)
{
	enum { MINUTE = 60 };
	struct incident_view *board = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = incident_page_load(&board->page, &actor, view->aim.ref, &view->arena, fault);

	if (!rc)
		snprintf(view->title, sizeof(view->title), "%s %s", board->page.incident.number,
			board->page.incident.about);
	board->writes = !rc && incident_page_writes(&board->page, &actor, NULL);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct incident_view *board = view->state;

	if (board->page.tally.columns != room.columns)
		incident_page_lay(&board->page, room.columns);
	tally_layout(&board->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct incident_view *)state)->page.tally, pane);
}

/* ---- a call */

static enum act ask_result(struct view *view, unsigned n)
{
	struct incident_view *board = view->state;
	struct buf text = {0};

	board->n = n;
	display_codes("call_result", INCIDENT_RESULTS, &text);
	enum act act = stack_choose(view, "%s%s%s", board->page.incident.callees.list[n].name,
		display_colon(), buf_cstr(&text));
	buf_release(&text);
	return act;
}

static enum act called(struct view *view)
{
	struct incident_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (incident_page_call(&board->page, &actor, board->n, board->result, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act take_result(struct view *view, int key)
{
	struct incident_view *board = view->state;

	stack_chosen(view);
	board->result = key > '0' && key <= '0' + INCIDENT_RESULTS ? (unsigned)(key - '0') : 0;
	if (board->result)
		return parts_prove(view, kind_of(KIND_call), 0, called);
	stack_note(view, LOOK_PLAIN, _("没有记"));
	return ACT_DRAW;
}

/* ---- other keys */

static enum act written_now(struct view *view)
{
	struct incident_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (incident_page_written(&board->page, &actor, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act written(struct view *view)
{
	struct incident_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct buf why = {0};

	/* What cannot be written down now is not asked about. */
	if (!incident_page_writes(&board->page, &actor, &why)) {
		stack_note(view, LOOK_BAD, "%s", buf_cstr(&why));
		buf_release(&why);
		return ACT_DRAW;
	}
	return stack_ask(
		view, written_now, _("记下"), _("%s 书面已报"), board->page.incident.number);
}

/* A report of the same event: it points here, and begins with where and when. */
static enum act report(struct view *view)
{
	struct buf text = {0};
	struct fault fault = {0};
	enum act act = incident_page_presets(&((struct incident_view *)view->state)->page,
			       view->store, &text, &fault)
			       ? parts_fault(view, &fault)
			       : parts_begin(view, kind_of(KIND_report), buf_cstr(&text));

	buf_release(&text);
	return act;
}

static enum act whole(struct view *view)
{
	return parts_record(view, view->aim.ref);
}

static enum act steps(struct view *view)
{
	struct ref ref = view->aim.ref;
	struct aim *aim = stack_open(view, "record");

	aim->ref = ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act type(struct view *view, int key)
{
	struct incident_view *board = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (view->choosing)
		return take_result(view, key);
	enum act act = parts_list(view, &board->page.tally.list, key, &chosen, &more);
	if (chosen && incident_page_at(&board->page) >= 0)
		return ask_result(view, (unsigned)incident_page_at(&board->page));
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static struct ref row(const struct view *view)
{
	return view->aim.ref;
}

static void done(struct view *view)
{
	incident_page_release(&((struct incident_view *)view->state)->page);
}

static const struct key keys[] = {
	{'p', N_("书面文"), parts_text},
	{'x', N_("书面已报"), written},
	{'t', N_("转举报、隐患，办结"), steps},
	{'n', N_("灾情报告"), report},
	{'l', N_("记录"), whole},
	{0, NULL, NULL},
};

static bool writes(const struct view *view)
{
	return ((const struct incident_view *)view->state)->writes;
}

static const struct key_when when[] = {
	{'x', 0, writes},
	{'n', KIND_report, NULL},
	{0, 0, NULL},
};

const struct screen screen_incident = {
	.name = "incident",
	.title = N_("接报"),
	.size = sizeof(struct incident_view),
	.dense = true,
	.keys = keys,
	.when = when,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.row = row,
	.done = done,
	.help = N_(
		"按次序打电话：数字选人，再按数字记结果，同时记进值班日志；上级接了，电话报就算报过"
		"。 "
		"p 书面报告的文字，x 书面已报，F 和上面那个字是合适的处置卡，t "
		"不归我们的转举报、隐患，或办结，n "
		"报这件事的灾情，l 记录和它下面的指令、任务、灾情(c 再登记)。"
		"两个时限报完为止，在每个屏幕的第一行。"),
};
