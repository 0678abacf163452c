/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board E: the year's drills with their bars, the one that goes on answered by a key, what
 * drills showed made into work.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/kinds.h"
#include "screens/drill_page.h"
#include "screens/screens.h"
#include "work/totals.h"

/* What the text is for that is typed in the last row. */
enum asking { ASK_ANSWER, ASK_HEADS, ASK_ARRIVAL, ASK_NOTE };

struct drill_view {
	struct drill_page page;
	enum asking asking;
	struct ref about; /* the inject that is answered, the finding that is handed on */
	bool hazard;      /* the finding becomes a hazard, else a task */
	char words[TALLY_TEXT + 1];
};

static enum rc load(struct view *view, struct fault *fault)
{
	enum { MINUTE = 60 };
	struct drill_view *board = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = drill_page_load(&board->page, &actor, &view->arena, fault);

	snprintf(view->title, sizeof view->title, _("%s %d年"), store_station(view->store)->name,
		(int)(date_of(board->page.now) / 10000));
	/* Nothing but a drill that goes on moves with the clock. */
	view->due = board->page.drills.running.seq
			    ? board->page.now - board->page.now % MINUTE + MINUTE
			    : 0;
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct drill_view *board = view->state;

	if (board->page.tally.columns != room.columns)
		drill_page_lay(&board->page, room.columns);
	tally_layout(&board->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct drill_view *)state)->page.tally, pane);
}

static enum act say(struct view *view, const char *text)
{
	stack_note(view, LOOK_PLAIN, "%s", text);
	return ACT_DRAW;
}

/* What each text writes: who may not is told so before it is typed, and the county may ask for a
 * PIN. */
static const struct {
	unsigned kind, step;
} written[] = {[ASK_ANSWER] = {KIND_inject, inject_do_answer},
	[ASK_HEADS] = {KIND_drill, 0},
	[ASK_ARRIVAL] = {KIND_arrival, 0},
	[ASK_NOTE] = {KIND_duty, 0}};

static enum act ask_words(struct view *view, enum asking asking, const char *prompt)
{
	struct drill_view *board = view->state;

	if (!parts_may(view, kind_of(written[asking].kind), written[asking].step))
		return ACT_DRAW;
	board->asking = asking;
	tally_ask(&board->page.tally, prompt, EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

/* RC and what is said when it went well. */
static enum act wrote(struct view *view, enum rc rc, const char *said, const struct fault *fault)
{
	struct drill_view *board = view->state;

	if (rc)
		return parts_fault(view, fault);
	snprintf(board->page.said, sizeof board->page.said, "%s", said);
	return parts_reload(view);
}

/* ---- the drill that goes on */

static bool goes_on(struct view *view)
{
	return ((struct drill_view *)view->state)->page.drills.running.seq;
}

static enum act none_on(struct view *view)
{
	return say(view, _("没有进行中的演练：> 移到计划上，t 开始"));
}

static enum act give_now(struct view *view)
{
	struct drill_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	return wrote(view, drill_give(&actor, board->about, &fault), _("已下发"), &fault);
}

static enum act answer(struct view *view)
{
	struct drill_view *board = view->state;
	const struct drill_inject *inject = drill_page_inject(&board->page);
	struct buf text = {0};

	if (!inject)
		return goes_on(view) ? say(view, _("没有要处置的情况")) : none_on(view);
	if (inject->state == inject_is_sealed && inject->script.seq) {
		board->about = inject->script;
		return parts_prove(view, kind_of(KIND_script), script_do_give, give_now);
	}
	if (*drill_page_sealed(inject))
		return say(view, drill_page_sealed(inject));
	board->about = inject->ref;
	drill_page_ask(&board->page, inject, &text);
	stack_note(view, LOOK_PLAIN, "%s", buf_cstr(&text));
	buf_release(&text);
	return ask_words(view, ASK_ANSWER, _("处置："));
}

static enum act heads(struct view *view)
{
	return goes_on(view) ? ask_words(view, ASK_HEADS, _("参演人数 疏散人数 用时分："))
			     : none_on(view);
}

static enum act arrive(struct view *view)
{
	return goes_on(view) ? ask_words(view, ASK_ARRIVAL, _("谁到了 几人 (备注)："))
			     : none_on(view);
}

static enum act note(struct view *view)
{
	return goes_on(view) ? ask_words(view, ASK_NOTE, _("记一笔：")) : none_on(view);
}

static enum act answered(struct view *view, enum rc rc, const struct fault *fault)
{
	struct drill_view *board = view->state;
	enum act act = wrote(view, rc, _("已记处置"), fault);

	if (!rc) {
		drill_page_lay(&board->page, view->columns);
		drill_page_next(&board->page);
	}
	return act;
}

static enum act write_words(struct view *view)
{
	struct drill_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct ref drill = board->page.drills.running;
	struct fault fault = {0};

	switch (board->asking) {
	case ASK_ANSWER:
		return answered(
			view, drill_answer(&actor, board->about, board->words, &fault), &fault);
	case ASK_HEADS:
		return wrote(view, drill_heads(&actor, drill, board->words, &fault), _("已记人数"),
			&fault);
	case ASK_ARRIVAL:
		return wrote(view,
			drill_arrive(&actor, drill, drill_page_minute(&board->page), board->words,
				&fault),
			_("已记到场"), &fault);
	case ASK_NOTE:
		break;
	}
	return wrote(view, drill_note(&actor, drill, board->words, &fault), _("已记一笔"), &fault);
}

static enum act prove_words(struct view *view)
{
	const struct drill_view *board = view->state;

	return parts_prove(view, kind_of(written[board->asking].kind), written[board->asking].step,
		write_words);
}

/* ---- what drills showed */

static enum act hand_now(struct view *view)
{
	struct drill_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	return wrote(view, drill_hand(&actor, board->about, board->hazard, &fault),
		board->hazard ? _("已立隐患，问题转办") : _("已派任务，问题转办"), &fault);
}

static enum act prove_hand(struct view *view)
{
	const struct drill_view *board = view->state;

	return parts_prove(view, kind_of(KIND_finding),
		board->hazard ? finding_do_hazard : finding_do_task, hand_now);
}

static enum act hand(struct view *view, bool hazard)
{
	struct drill_view *board = view->state;
	struct drill_at at = drill_page_at(&board->page);

	if (at.what != DRILL_ROW_FINDING)
		return say(view, _("先按 j k 选一个问题"));
	if (board->page.drills.findings[at.n].state != finding_is_open)
		return say(view, _("这个问题已经转办或改完"));
	board->about = at.ref;
	board->hazard = hazard;
	return stack_ask(view, prove_hand, hazard ? _("立隐患") : _("派任务"), "%s",
		board->page.drills.findings[at.n].text);
}

static enum act make_hazard(struct view *view)
{
	return hand(view, true);
}

static enum act make_task(struct view *view)
{
	return hand(view, false);
}

/* ---- other keys */

static enum act judge(struct view *view)
{
	struct ref held = drill_page_held(&((struct drill_view *)view->state)->page);

	if (!held.seq)
		return say(view, _("没有要评估的演练：开展以后才评估"));
	stack_open(view, "judging")->ref = held;
	return ACT_OPEN;
}

static enum act quiz(struct view *view)
{
	(void)stack_open(view, "quiz");
	return ACT_OPEN;
}

static enum act mark_self(struct view *view)
{
	return parts_new(view, kind_of(KIND_selfcheck), (struct ref){0, 0});
}

static enum act plan(struct view *view)
{
	return parts_new(view, kind_of(KIND_drill), (struct ref){0, 0});
}

static struct ref ref_at(struct drill_view *board)
{
	struct drill_at at = drill_page_at(&board->page);

	return at.ref.seq ? at.ref : board->page.drills.running;
}

static enum act steps(struct view *view)
{
	struct ref ref = ref_at(view->state);

	if (!ref.seq)
		return say(view, _("先按 j k 选一次演练或一个问题"));
	struct aim *aim = stack_open(view, "record");
	aim->ref = ref;
	aim->steps = true;
	return ACT_OPEN;
}

/* The list behind the row; of what drills showed, also what is put right. */
static enum act toggle(struct view *view)
{
	struct drill_view *board = view->state;
	struct drill_at at = drill_page_at(&board->page);

	if (board->page.listing == DRILL_ROW_NONE && at.what == DRILL_ROW_FINDING)
		board->page.all = !board->page.all;
	else if (!drill_page_list(&board->page,
			 at.what == DRILL_ROW_INJECT ? DRILL_ROW_RUNNING : at.what, at.n))
		return say(view, _("这一行后面没有名单"));
	return parts_reload(view);
}

/* The records of a number, or of one place of it. */
static enum act open_count(struct view *view, const struct drill_count *count, uint64_t area)
{
	const struct rule *number = count->rule;
	struct aim *aim = stack_open(view, "records");

	aim->kind = total_kind(number);
	aim->query = query_all(aim->kind->id);
	aim->query.area = area ? area : store_area(view->store);
	aim->alone = !area && number->own;
	snprintf(aim->figure, sizeof aim->figure, "%s", area ? number->top : number->name);
	text_fit(aim->text, sizeof aim->text, rule_text(number));
	return ACT_OPEN;
}

static enum act open_row(struct view *view)
{
	struct drill_view *board = view->state;
	const struct drills *drills = &board->page.drills;
	struct drill_at at = drill_page_at(&board->page);

	if (at.ref.seq)
		return parts_record(view, at.ref);
	if (at.what == DRILL_ROW_COUNT)
		return open_count(view, &drills->counts[at.n], 0);
	const struct drill_count *listed =
		at.what == DRILL_ROW_PART ? &drills->counts[board->page.listed] : NULL;

	return listed ? open_count(view, listed, listed->figured.parts[at.n].area) : ACT_NONE;
}

static enum act take_words(struct view *view, int key)
{
	struct drill_view *board = view->state;
	bool done;

	if (!tally_key(&board->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	snprintf(board->words, sizeof board->words, "%s", edit_text(&board->page.tally.edit));
	if (!board->words[strspn(board->words, " ")])
		return say(view, _("什么也没打，没有记"));
	return prove_words(view);
}

static enum act type(struct view *view, int key)
{
	struct drill_view *board = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (board->page.tally.prompt)
		return take_words(view, key);
	enum act act = parts_list(view, &board->page.tally.list, key, &chosen, &more);
	if (chosen)
		return open_row(view);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *text)
{
	tally_paste(&((struct drill_view *)view->state)->page.tally, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ref_at(view->state);
}

static void done(struct view *view)
{
	drill_page_release(&((struct drill_view *)view->state)->page);
}

static const struct key keys[] = {
	{'1', N_("处置"), answer},
	{'2', N_("人数"), heads},
	{'3', N_("到达"), arrive},
	{'i', N_("记"), note},
	{'4', N_("评估"), judge},
	{'n', N_("计划"), plan},
	{'t', N_("办理"), steps},
	{'v', N_("名单"), toggle},
	{'7', N_("测验"), quiz},
	{'p', N_("材料"), parts_text},
	{'5', NULL, make_hazard},
	{'6', NULL, make_task},
	{'8', NULL, mark_self},
	{0, NULL, NULL},
};

static bool is_on(const struct view *view)
{
	return ((const struct drill_view *)view->state)->page.drills.running.seq;
}

static bool has_inject(const struct view *view)
{
	return drill_page_inject(&((struct drill_view *)view->state)->page);
}

static bool was_held(const struct view *view)
{
	return drill_page_held(&((struct drill_view *)view->state)->page).seq;
}

static bool any(const struct view *view)
{
	return ref_at(view->state).seq;
}

static const struct key_when when[] = {
	{'1', 0, has_inject},
	{'2', KIND_drill, is_on},
	{'3', KIND_arrival, is_on},
	{'i', KIND_duty, is_on},
	{'4', 0, was_held},
	{'n', KIND_drill, NULL},
	{'7', KIND_training, NULL},
	{'t', 0, any},
	{'p', 0, any},
	{0, 0, NULL},
};

const struct screen screen_drill = {
	.name = "drill",
	.title = N_("演练"),
	.size = sizeof(struct drill_view),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "1",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_("一年要做几次、做了几次，红日子过了变红；v 看差谁，回车看记录。演练进行中：1 "
		   "处置一个情况(导演的站下发密封的)，2 记人数(参演 疏散 用时)，3 记谁到了，i "
		   "记一行。4 "
		   "逐项评估开展过的。问题：5 立隐患，6 派任务，问后按 y。7 网格员测验，8 "
		   "示范社区自评。n 计划一次，t "
		   "开始、开展、评估、归档。"),
};
