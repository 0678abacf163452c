/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board B: what was lost, who has not said, what does not agree.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/report_page.h"
#include "screens/screens.h"
#include "screens/zero.h"
#include "store/station.h"
#include "work/may.h"

struct report {
	struct report_page page;
	struct ref asked; /* the report that a question is typed for */
	bool merging;     /* what is typed is why numbers fell */
	char reason[200];
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct report *report = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = report_page_load(&report->page, &actor, &view->arena, fault);

	if (!rc)
		snprintf(view->title, sizeof(view->title), "%s", report->page.title);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct report *report = view->state;

	report_page_lay(&report->page, room.columns);
	tally_layout(&report->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct report *)state)->page.tally, pane);
}

/* ---- reports of this place */

static enum act open_form(struct view *view, enum loss_stage stage)
{
	struct report *report = view->state;
	enum act act = parts_new(view, kind_of(KIND_report), (struct ref){0, 0});
	struct buf text = {0};

	if (act != ACT_OPEN)
		return act;
	stage = report_offered(&report->page, stage, &text);
	if (text.len)
		stack_note(view, LOOK_MARK, "%s", buf_cstr(&text));
	buf_clear(&text);
	report_presets(&report->page.losses, stage, &view->arena, &text);
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind_of(KIND_report);
	snprintf(aim->text, sizeof(aim->text), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}

/* On the note line: a line of its own would move all others, and be sent with them. */
static enum act reload_saying(struct view *view, const char *said)
{
	struct fault fault = {0};

	if (stack_load(view->stack, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, "%s", said);
	return ACT_DRAW;
}

static enum act merge(struct view *view)
{
	struct report *report = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref ref;

	if (losses_merge(&actor, &report->page.losses, report->reason, &ref, &fault))
		return parts_fault(view, &fault);
	return reload_saying(view, _("已汇总"));
}

static enum act prove_merge(struct view *view)
{
	return parts_prove(view, kind_of(KIND_report), 0, merge);
}

/* People first; the rest stands in the table above. A question of one line covers nothing of it. */
static void put_people(const struct losses *losses, struct buf *out)
{
	struct loss_numbers numbers;

	losses_merged(losses, &numbers);
	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		numbers.has[f] &= f <= LOSS_MOVED && f != LOSS_INJURED;
	report_words(&numbers, out);
}

static enum act ask_merge(struct view *view)
{
	struct report *report = view->state;
	struct buf sum = {0}, above = {0};

	put_people(&report->page.losses, &sum);
	report_to(store_area(view->store), &above);
	enum act act = stack_ask(view, prove_merge, _("报"), _("汇总%u处报%s：%s"),
		report->page.losses.told, buf_cstr(&above), buf_cstr(&sum));
	buf_release(&sum);
	buf_release(&above);
	return act;
}

static enum act start_merge(struct view *view)
{
	struct report *report = view->state;
	struct losses *losses = &report->page.losses;

	report->reason[0] = '\0';
	if (!losses->told) {
		stack_note(view, LOOK_BAD, _("下面没有带数字的报告，没有可汇总的：r 催"));
		return ACT_DRAW;
	}
	if (!losses_fall(losses))
		return ask_merge(view);
	report->merging = true;
	tally_ask(&report->page.tally, _("比上次少，写明原因："), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

/* ---- asking others */

static enum act urge(struct view *view)
{
	struct report *report = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	unsigned count;
	char said[80];

	if (losses_urge(&actor, &report->page.losses, &count, &fault))
		return parts_fault(view, &fault);
	snprintf(said, sizeof said, _("已下指令催%u处报灾情"), count);
	return reload_saying(view, said);
}

static enum act prove_urge(struct view *view)
{
	return parts_prove(view, kind_of(KIND_order), 0, urge);
}

static enum act ask_place(struct view *view, const struct loss_report *about)
{
	struct report *report = view->state;
	struct buf question = {0};

	report->asked = about->ref;
	report->merging = false;
	report_page_question(report_page_doubt(&report->page), &question);
	tally_ask(&report->page.tally, _("问："), EDIT_LINE, buf_cstr(&question));
	buf_release(&question);
	view->typing = true;
	return ACT_DRAW;
}

/* The place at '>' where something does not agree; else those who said nothing, by who may give an
 * order; else whoever is at '>'. */
static enum act ask_others(struct view *view)
{
	struct report *report = view->state;
	const struct actor actor = parts_actor(view);
	const struct report_row *row = report_page_row(&report->page);
	struct fault fault = {0};
	bool may = !may_kind(&actor, kind_of(KIND_order), 0, &fault);
	unsigned silent = may ? losses_unasked(&report->page.losses) : 0;
	bool can = row && row->place && row->report;

	if (can && (report_page_doubt(&report->page) || !silent))
		return ask_place(view, row->report);
	if (!may && losses_unasked(&report->page.losses))
		return parts_fault(view, &fault);
	if (!silent) {
		stack_note(view, LOOK_PLAIN, _("没有要催的，也没有要问的"));
		return ACT_DRAW;
	}
	return stack_ask(view, prove_urge, _("催"), _("催没报的%u处报灾情"), silent);
}

/* ---- what is typed */

static enum act send_question(struct view *view)
{
	struct report *report = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	const struct loss_report about = {.ref = report->asked};

	if (losses_ask(&actor, &about, edit_text(&report->page.tally.edit), &fault))
		return parts_fault(view, &fault);
	return reload_saying(view, _("已退回，问了"));
}

static enum act take_text(struct view *view, int key)
{
	struct report *report = view->state;
	const char *typed = edit_text(&report->page.tally.edit);
	bool done;

	if (!tally_key(&report->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done || !*typed) {
		stack_note(view, LOOK_PLAIN, _("没有记"));
		return ACT_DRAW;
	}
	if (!report->merging)
		return parts_prove(view, kind_of(KIND_report),
			step_named(kind_of(KIND_report), "check")->tag, send_question);
	snprintf(report->reason, sizeof report->reason, "%s", typed);
	return ask_merge(view);
}

/* ---- looking */

static enum act toggle(struct view *view)
{
	struct report *report = view->state;

	report->page.all = !report->page.all;
	return parts_reload(view);
}

static enum act turn(struct view *view)
{
	if (report_page_turn(&((struct report *)view->state)->page))
		return parts_reload(view);
	stack_note(view, LOOK_PLAIN, _("只有这一场灾害"));
	return ACT_DRAW;
}

static enum act versions(struct view *view)
{
	if (report_page_versions(&((struct report *)view->state)->page))
		return parts_reload(view);
	return ACT_DRAW;
}

static enum act correct(struct view *view)
{
	const struct report_row *row = report_page_row(&((struct report *)view->state)->page);

	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct row shown;

	if (!row || !row->report)
		return ACT_DRAW;
	if (store_row(view->store, row->report->ref, &view->arena, &shown, &fault) ||
		may_row(&actor, &shown, 0, &fault))
		return parts_fault(view, &fault);
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind_of(KIND_report);
	aim->ref = row->report->ref;
	return ACT_OPEN;
}

/* Of this place's newest report; where it has none, of that at '>'. */
static enum act text(struct view *view)
{
	struct report *report = view->state;
	const struct loss_report *own = report->page.losses.own;

	if (!own)
		return parts_text(view);
	stack_open(view, "text")->ref = own->ref;
	return ACT_OPEN;
}

static enum act open_row(struct view *view)
{
	const struct report_row *row = report_page_row(&((struct report *)view->state)->page);

	if (row && row->report)
		return parts_record(view, row->report->ref);
	stack_note(view, LOOK_PLAIN, _("这里还没有报：r 催，1 报本级"));
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct report *report = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (report->page.tally.prompt)
		return take_text(view, key);
	if (!view->typing && key >= '1' && key <= '3')
		return open_form(view, (enum loss_stage)(key - '1'));
	if (!view->typing && key == '4')
		return start_merge(view);
	enum act act = parts_list(view, &report->page.tally.list, key, &chosen, &more);
	if (chosen)
		return open_row(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct report *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct report_row *at = report_page_row(&((struct report *)view->state)->page);

	return at && at->report ? at->report->ref : (struct ref){0, 0};
}

static void done(struct view *view)
{
	report_page_release(&((struct report *)view->state)->page);
}

static const struct key keys[] = {
	{'1', N_("初报"), NULL},
	{'2', N_("续报"), NULL},
	{'3', N_("核报"), NULL},
	{'4', N_("汇总"), NULL},
	{'0', N_("零报"), zero_ask},
	{'r', N_("催问"), ask_others},
	{'l', N_("各次"), versions},
	{'e', N_("更正"), correct},
	{'p', N_("公文"), text},
	{'f', N_("下场"), turn},
	{'v', N_("全部"), toggle},
	{K_ENTER, NULL, NULL},
	{0, NULL, NULL},
};

static const struct losses *losses_of(const struct view *view)
{
	return &((const struct report *)view->state)->page.losses;
}

static bool adds_up(const struct view *view)
{
	return losses_of(view)->told > 0;
}

static bool below(const struct view *view)
{
	return losses_of(view)->place_count > 0;
}

static bool any(const struct view *view)
{
	return losses_of(view)->count > 0;
}

static bool several(const struct view *view)
{
	return losses_of(view)->event_count > 1;
}

static const struct key_when when[] = {
	{'1', KIND_report, NULL},
	{'2', KIND_report, NULL},
	{'3', KIND_report, NULL},
	{'4', KIND_report, adds_up},
	{'0', KIND_report, NULL},
	{'r', 0, below},
	{'l', 0, any},
	{'e', KIND_report, any},
	{'p', 0, any},
	{'f', 0, several},
	{'v', 0, below},
	{0, 0, NULL},
};

const struct screen screen_report = {
	.name = "report",
	.title = N_("灾情"),
	.size = sizeof(struct report),
	.acts = "1234",
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
		"一场灾害：昨日、本级最新一次报的、下级现在的合计和差。. 是不知，0 是没有，? "
		"是上级还没证实收到。1 初报，2 续报，3 核报，4 把下级最新的数汇总成本级报告(少了要"
		"写原因)，0 零报告。r：> 处对不上就退回去问，否则催没报的(下一道指令)。l 这里的各次"
		"报告和改动，e 更正，f 下一场灾害，v 连同没报和报平安的。死亡失踪多的不等审核就到上"
		"两级，标着未经审核。迟报从灾害发生算起，只标明，不拦。"),
};
