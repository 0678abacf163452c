/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board L: who has which order and task, and what each answered.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/order_page.h"
#include "screens/screens.h"
#include "screens/urging.h"

struct orders_view {
	struct order_page page;
	/* What is answered, until its words were typed, y pressed and the PIN shown. */
	struct ref asked;
	unsigned result; /* the digit */
	char words[200];
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct orders_view *board = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = order_page_load(&board->page, &actor, &view->arena, fault);

	snprintf(view->title, sizeof(view->title), "%s", store_station(view->store)->name);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct orders_view *board = view->state;

	if (board->page.tally.columns != room.columns)
		order_page_lay(&board->page, room.columns);
	tally_layout(&board->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct orders_view *)state)->page.tally, pane);
}

/* What '>' stands on. */
struct at {
	enum order_row what;
	const struct order *order;
	const struct order_place *place;
	const struct task_line *task;
};

static struct at at_of(struct view *view)
{
	struct orders_view *board = view->state;
	struct at at;

	at.what = order_page_at(&board->page, &at.order, &at.place, &at.task);
	return at;
}

static struct ref ref_of(const struct at *at)
{
	if (at->place)
		return at->place->answer.seq ? at->place->answer : at->order->ref;
	if (at->order)
		return at->order->ref;
	return at->task ? at->task->ref : (struct ref){0, 0};
}

/* ---- keys that write: a digit answers, once the question that names it was read */

static const struct order *asked_of(const struct orders_view *board)
{
	const struct orders *orders = &board->page.orders;

	for (unsigned n = 0; n < orders->count; n++)
		if (orders->orders[n].ref.site == board->asked.site &&
			orders->orders[n].ref.seq == board->asked.seq)
			return &orders->orders[n];
	return NULL;
}

static enum act write(struct view *view)
{
	struct orders_view *board = view->state;
	const struct actor actor = parts_actor(view);
	const struct order *order = asked_of(board);
	struct fault fault = {0};

	if (order_page_answer(&board->page, &actor, order, board->result, board->words, &fault))
		return parts_fault(view, &fault);
	return parts_reload(view);
}

static enum act prove(struct view *view)
{
	return parts_prove(view, kind_of(KIND_answer), 0, write);
}

/* What stood there is named before something else stands there. */
static enum act ask(struct view *view)
{
	struct orders_view *board = view->state;
	const struct order *order = asked_of(board);
	struct buf about = {0};

	if (!order)
		return ACT_DRAW;
	order_page_question(&board->page, order, board->result, board->words, &about);
	enum act act = stack_ask(
		view, prove, board->result == 1 ? _("签收") : _("答复"), "%s", buf_cstr(&about));
	buf_release(&about);
	return act;
}

static enum act press(struct view *view, unsigned n)
{
	struct orders_view *board = view->state;
	struct at at = at_of(view);
	struct fault fault = {0};

	board->result = n;
	board->words[0] = '\0';
	board->asked = at.order->ref;
	if (order_page_may(&board->page, at.order, n, &fault))
		return parts_fault(view, &fault);
	if (!order_page_wants(at.order, n))
		return ask(view);
	tally_ask(&board->page.tally, _("数字和情况，数字在前，可以只写一样："), EDIT_LINE, "");
	view->typing = true;
	return ACT_DRAW;
}

static enum act take_words(struct view *view, int key)
{
	struct orders_view *board = view->state;
	bool done;

	if (!tally_key(&board->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	snprintf(board->words, sizeof(board->words), "%s", edit_text(&board->page.tally.edit));
	return ask(view);
}

/* A task is urged by its own step, in its form. */
static enum act urge(struct view *view)
{
	struct at at = at_of(view);

	if (at.order)
		return urging_ask_for(view, at.order->ref);
	if (!at.task) {
		stack_note(view, LOOK_PLAIN, _("先按 j k 选一条指令或任务"));
		return ACT_DRAW;
	}
	struct aim *aim = stack_open(view, "write");
	aim->kind = kind_of(KIND_task);
	aim->ref = at.task->ref;
	aim->step = task_do_urge;
	return ACT_OPEN;
}

/* ---- other keys */

static enum act issue(struct view *view)
{
	enum act act = parts_new(view, kind_of(KIND_order), (struct ref){0, 0});

	if (act == ACT_OPEN)
		order_page_expect(&((struct orders_view *)view->state)->page);
	return act;
}

static enum act steps(struct view *view)
{
	struct at at = at_of(view);

	if (!at.order && !at.task)
		return ACT_NONE;
	struct aim *aim = stack_open(view, "record");
	aim->ref = at.order ? at.order->ref : at.task->ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act call(struct view *view)
{
	struct at at = at_of(view);

	stack_open(view, "call")->ref = at.order ? at.order->ref : (struct ref){0, 0};
	return ACT_BOARD;
}

static enum act toggle(struct view *view)
{
	struct orders_view *board = view->state;

	board->page.all = !board->page.all;
	return parts_reload(view);
}

static enum act type(struct view *view, int key)
{
	struct orders_view *board = view->state;
	struct at at = at_of(view);
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (board->page.tally.prompt)
		return take_words(view, key);
	if (!view->typing && at.what == ROW_ORDER && at.order->here.area && key > '0' &&
		key <= '0' + ANSWER_STATES)
		return press(view, (unsigned)(key - '0'));
	enum act act = parts_list(view, &board->page.tally.list, key, &chosen, &more);
	at = at_of(view);
	if (chosen && at.what != ROW_NONE)
		return parts_record(view, ref_of(&at));
	if (act != ACT_UNKNOWN && order_page_turn(&board->page))
		board->page.tally.columns = 0; /* other rows: they are laid out again */
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	tally_paste(&((struct orders_view *)view->state)->page.tally, typed);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	struct orders_view *board = view->state;
	struct at at;

	at.what = order_page_at(&board->page, &at.order, &at.place, &at.task);
	return at.order ? at.order->ref : ref_of(&at);
}

static void done(struct view *view)
{
	order_page_release(&((struct orders_view *)view->state)->page);
}

static const struct key keys[] = {
	{'n', N_("下令"), issue},
	{'r', N_("催"), urge},
	{'t', N_("办结撤销"), steps},
	{'J', N_("叫应没签的"), call},
	{'u', N_("撤"), urging_back},
	{'v', N_("全部"), toggle},
	{'s', N_("签收"), NULL}, /* behind the others: what comes and goes moves nothing */
	{0, NULL, NULL},
};

static const struct orders *orders_of(const struct view *view)
{
	return &((const struct orders_view *)view->state)->page.orders;
}

/* Somebody below, or whoever has a task. */
static bool owes(const struct view *view)
{
	const struct orders *orders = orders_of(view);
	bool owes = orders->tasks_count > 0;

	for (unsigned n = 0; n < orders->count && !owes; n++)
		owes = orders->orders[n].owing > 0;
	return owes;
}

static bool not_signed(const struct view *view)
{
	const struct orders *orders = orders_of(view);
	bool any = false;

	for (unsigned n = 0; n < orders->count && !any; n++)
		any = orders->orders[n].unsigned_count > 0;
	return any;
}

static bool any(const struct view *view)
{
	return orders_of(view)->count + orders_of(view)->tasks_count > 0;
}

static bool signs(const struct view *view)
{
	return order_page_signs(&((const struct orders_view *)view->state)->page);
}

static const struct key_when when[] = {
	{'n', KIND_order, NULL},
	{'r', 0, owes},
	{'t', 0, any},
	{'J', 0, not_signed},
	{'s', 0, signs},
	{0, 0, NULL},
};

const struct screen screen_order = {
	.name = "order",
	.title = N_("指令任务"),
	.size = sizeof(struct orders_view),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "123456",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"指令下面是每个受令单位：签了没有、答了什么、本站以上哪一级已存；数字打开它的答复。"
		" "
		"> 到哪条指令就展开哪条。给本站的指令：s 签收，1 已收到 2 已派出 3 已到达 4 处置中 "
		"5 已完成 6 无法完成，再按 y。n 下令，r 催没答的，t 办结撤销，J 叫应没签的，u "
		"撤回本人一小时内刚写的，"
		"v 全部。任务：回车打开，t 受领、进展、完成。"),
};
