/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board R: the response as its steps, a digit each.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/plate.h"
#include "screens/response_page.h"
#include "screens/screens.h"

struct response_view {
	struct response_page page;
	struct ref task; /* asked about */
	bool acts;       /* some step of the response can be taken */
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct response_view *board = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = response_page_load(&board->page, &actor, &view->arena, fault);

	const struct response_on *on = rc ? NULL : response_page_on(&board->page);
	board->acts = on && parts_acts(view, on->ref);
	snprintf(view->title, sizeof view->title, "%s", store_station(view->store)->name);
	view->due = board->page.now + 60;
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct response_view *board = view->state;

	if (board->page.tally.columns != room.columns)
		response_page_lay(&board->page, room.columns);
	tally_layout(&board->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct response_view *)state)->page.tally, pane);
}

/* ---- ticks */

static const struct response_step *asked(struct response_view *board)
{
	const struct responses *responses = &board->page.responses;

	for (unsigned n = 0; n < responses->step_count; n++)
		if (responses->steps[n].task.site == board->task.site &&
			responses->steps[n].task.seq == board->task.seq)
			return &responses->steps[n];
	return NULL;
}

static enum act tick_now(struct view *view)
{
	struct response_view *board = view->state;
	const struct response_step *step = asked(board);
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (!step)
		return ACT_NONE;
	if (response_page_tick(&board->page, &actor, step, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act prove(struct view *view)
{
	return parts_prove(view, kind_of(KIND_task), task_do_finish, tick_now);
}

static enum act press(struct view *view, unsigned n)
{
	struct response_view *board = view->state;
	const struct response_step *step = response_page_nth(&board->page, n);

	if (!step) {
		stack_note(view, LOOK_PLAIN, _("没有第%u步"), n);
		return ACT_DRAW;
	}
	if (step->state == task_is_done) {
		stack_note(view, LOOK_PLAIN, _("这一步已经做完了"));
		return ACT_DRAW;
	}
	board->task = step->task;
	if (response_page_asks(step))
		return stack_ask(view, prove, _("替他勾"), _("第%u步是%s的"), n, step->who);
	return prove(view);
}

/* ---- other keys */

static enum act issue(struct view *view)
{
	struct response_view *board = view->state;

	if (board->page.card.seq)
		return plate_start(view, board->page.card, (struct ref){0, 0});
	return parts_new(view, kind_of(KIND_response), (struct ref){0, 0});
}

static struct ref ref_of(struct response_view *board)
{
	const struct response_on *on = response_page_on(&board->page);

	return on ? on->ref : (struct ref){0, 0};
}

static enum act steps(struct view *view)
{
	struct ref ref = ref_of(view->state);

	if (!ref.seq) {
		stack_note(view, LOOK_PLAIN, _("没有启动响应。n 启动"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "record");
	aim->ref = ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act urge(struct view *view)
{
	const struct response_step *step =
		response_page_at(&((struct response_view *)view->state)->page);

	if (!step) {
		stack_note(view, LOOK_PLAIN, _("先按 j k 选一步"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind_of(KIND_task);
	aim->ref = step->task;
	aim->step = task_do_urge;
	return ACT_OPEN;
}

static enum act turn(struct view *view)
{
	return response_page_turn(&((struct response_view *)view->state)->page) ? parts_reload(view)
										: ACT_NONE;
}

static enum act type(struct view *view, int key)
{
	struct response_view *board = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (!view->typing && key > '0' && key <= '9')
		return press(view, (unsigned)(key - '0'));
	enum act act = parts_list(view, &board->page.tally.list, key, &chosen, &more);
	if (chosen && response_page_at(&board->page))
		return parts_record(view, response_page_at(&board->page)->task);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct response_view *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	return ref_of(view->state);
}

static void done(struct view *view)
{
	response_page_release(&((struct response_view *)view->state)->page);
}

static const struct key keys[] = {
	{'n', N_("启动"), issue},
	{'t', N_("升降级 终止"), steps},
	{'r', N_("催"), urge},
	{'p', N_("小结"), parts_text},
	{'f', NULL, turn},
	{0, NULL, NULL},
};

static bool is_on(const struct view *view)
{
	return response_page_on(&((const struct response_view *)view->state)->page) != NULL;
}

/* Of a response of the station above nobody here takes a step. */
static bool may_act(const struct view *view)
{
	return ((const struct response_view *)view->state)->acts;
}

static bool has_steps(const struct view *view)
{
	return ((const struct response_view *)view->state)->page.responses.step_count > 0;
}

static const struct key_when when[] = {
	{'n', KIND_response, NULL},
	{'t', 0, may_act},
	{'r', KIND_order, has_steps},
	{'p', 0, is_on},
	{0, 0, NULL},
};

const struct screen screen_response = {
	.name = "response",
	.title = N_("响应"),
	.size = sizeof(struct response_view),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "123456789",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"启动的响应和行动卡的每一步。数字勾完成，记下谁、几点；是别人的先问一句。看板数着的"
		"步子(撤、叫应、开门)显示数到哪。n 启动，t "
		"升降级和终止(写原因)，r 催，p 小结公文，f 下一个响应。回车打开一步：记进展。"),
};
