/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board K: goods in and out in one line, what is asked for answered by one digit, what came
 * signed for.
 */
#include <stdio.h>

#include "base/when.h"
#include "model/kinds.h"
#include "screens/screens.h"
#include "screens/stock_page.h"
#include "screens/urging.h"

/* What the text is for that is typed in the last row. */
enum asking { ASK_ENTRY, ASK_CARRIER, ASK_RECEIVED, ASK_TRIED };

struct stock_view {
	struct stock_page page;
	enum asking asking;
	unsigned offer; /* 1… of the request whose offers are shown */
	bool good;      /* how the device was */
	char words[TALLY_TEXT + 1];
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct stock_view *board = view->state;
	const struct actor actor = parts_actor(view);
	enum rc rc = stock_page_load(&board->page, &actor, &view->arena, fault);

	snprintf(view->title, sizeof(view->title), "%s", store_station(view->store)->name);
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct stock_view *board = view->state;

	if (board->page.tally.columns != room.columns)
		stock_page_lay(&board->page, room.columns);
	tally_layout(&board->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct stock_view *)state)->page.tally, pane);
}

static enum act ask_words(
	struct view *view, enum asking asking, const char *prompt, const char *text)
{
	struct stock_view *board = view->state;

	board->asking = asking;
	tally_ask(&board->page.tally, prompt, EDIT_LINE, text);
	view->typing = true;
	return ACT_DRAW;
}

/* ---- goods in and out */

static enum act write_entry(struct view *view)
{
	struct stock_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct stock_entry entry;
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault = {0};
	struct ref made;
	enum rc rc = stock_read(&entry, view->store, board->words, &arena, &fault);

	if (!rc) {
		stock_say(&entry, &text);
		rc = stock_write(&actor, &entry, &made, &fault);
	}
	if (!rc)
		snprintf(board->page.said, sizeof board->page.said, _("已记：%s"), buf_cstr(&text));
	buf_release(&text);
	arena_release(&arena);
	return rc ? parts_fault(view, &fault) : parts_reload(view);
}

static enum act prove_entry(struct view *view)
{
	return parts_prove(view, kind_of(KIND_move), 0, write_entry);
}

static enum act read_entry(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_entry entry;
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault = {0};
	enum rc rc = stock_read(&entry, view->store, board->words, &arena, &fault);

	if (!rc)
		stock_say(&entry, &text);
	enum act act = rc ? parts_fault(view, &fault)
			  : stack_ask(view, prove_entry, _("记"), "%s", buf_cstr(&text));
	buf_release(&text);
	arena_release(&arena);
	return act;
}

static enum act enter(struct view *view)
{
	if (!parts_may(view, kind_of(KIND_move), 0))
		return ACT_DRAW;
	return ask_words(view, ASK_ENTRY, _("1出 2入 3借 4还 5损 6盘 7调  品名 数量 到谁："), "");
}

/* ---- what is asked for */

static const struct wish *wish_of(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);

	return at.wish && wish_waits(at.wish) ? at.wish : NULL;
}

static enum act write_grant(struct view *view)
{
	struct stock_view *board = view->state;
	const struct actor actor = parts_actor(view);
	const struct wish *wish = wish_of(view);
	const struct offer *offer = stock_page_offer(wish, board->offer);
	struct buf said = {0};
	struct fault fault = {0};

	if (!offer)
		return ACT_NONE;
	enum rc rc = stock_grant(&actor, wish, offer, board->words, &said, &fault);
	if (!rc)
		snprintf(board->page.said, sizeof board->page.said, "%s %s", wish->number,
			buf_cstr(&said));
	buf_release(&said);
	return rc ? parts_fault(view, &fault) : parts_reload(view);
}

static enum act prove_grant(struct view *view)
{
	return parts_prove(view, kind_of(KIND_request), request_do_grant, write_grant);
}

static enum act ask_grant(struct view *view)
{
	struct stock_view *board = view->state;
	const struct wish *wish = wish_of(view);
	const struct offer *offer = stock_page_offer(wish, board->offer);
	struct buf text = {0};

	if (!offer)
		return ACT_NONE;
	stock_page_asks(wish, offer, &text);
	enum act act = stack_ask(view, prove_grant, _("办"), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}

static enum act choose(struct view *view, unsigned n)
{
	struct stock_view *board = view->state;
	const struct wish *wish = wish_of(view);
	const struct offer *offer = wish && !wish->ours ? stock_page_offer(wish, n) : NULL;

	if (!offer) {
		stack_note(view, LOOK_PLAIN, _("先按 j k 选一条申请或设备，再按数字"));
		return ACT_DRAW;
	}
	if (!parts_may(view, kind_of(KIND_request), request_do_grant))
		return ACT_DRAW;
	board->offer = n;
	board->words[0] = '\0';
	if (offer->from == OFFER_ABOVE)
		return ask_grant(view);
	return ask_words(view, ASK_CARRIER,
		offer->from == OFFER_AGREEMENT ? _("怎么说定的（可空）：") : _("谁运（可空）："),
		"");
}

/* ---- what came, what was tried */

static enum act write_received(struct view *view)
{
	struct stock_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct stock_at at = stock_page_at(&board->page);
	struct fault fault = {0};

	if (!at.sent)
		return ACT_NONE;
	if (stock_receive(&actor, at.sent, board->words, &fault))
		return parts_fault(view, &fault);
	snprintf(
		board->page.said, sizeof board->page.said, _("%s 已收讫，已入账"), at.sent->number);
	return parts_reload(view);
}

static enum act receive(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);

	if (!at.sent || !at.sent->here)
		return parts_unknown(view, 's');
	if (!parts_may(view, kind_of(KIND_move), move_do_receive))
		return ACT_DRAW;
	return ask_words(view, ASK_RECEIVED, _("实收多少、为什么不符（空着=全收到）："), "");
}

static enum act write_tried(struct view *view)
{
	struct stock_view *board = view->state;
	const struct actor actor = parts_actor(view);
	struct stock_at at = stock_page_at(&board->page);
	struct fault fault = {0};

	if (!at.line || at.line->kind != KIND_device)
		return ACT_NONE;
	if (stock_try(&actor, at.line->ref, board->good, board->words, &fault))
		return parts_fault(view, &fault);
	snprintf(board->page.said, sizeof board->page.said, _("%s 试机：%s"), at.line->name,
		board->good ? _("完好") : _("故障"));
	return parts_reload(view);
}

/* 1 it works, 2 it fails. */
static enum act try_device(struct view *view, unsigned n)
{
	struct stock_view *board = view->state;

	if (n > 2) {
		stack_note(view, LOOK_PLAIN, _("设备：1 试好了，2 试不行"));
		return ACT_DRAW;
	}
	if (!parts_may(view, kind_of(KIND_device), device_do_test))
		return ACT_DRAW;
	board->good = n == 1;
	return ask_words(
		view, ASK_TRIED, board->good ? _("试机完好，备注（可空）：") : _("坏在哪里："), "");
}

static enum act press(struct view *view, unsigned n)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);

	if (at.line && at.line->kind == KIND_device)
		return try_device(view, n);
	return choose(view, n);
}

/* ---- other keys */

static enum act request(struct view *view)
{
	return parts_new(view, kind_of(KIND_request), (struct ref){0, 0});
}

static enum act steps(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);
	struct ref ref = stock_page_ref(&at);

	if (!ref.seq)
		return ACT_NONE;
	struct aim *aim = stack_open(view, "record");
	aim->ref = ref;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act undo(struct view *view)
{
	((struct stock_view *)view->state)->page.said[0] = '\0';
	return urging_back(view);
}

static enum act toggle(struct view *view)
{
	struct stock_view *board = view->state;

	board->page.all = !board->page.all;
	return parts_reload(view);
}

static enum act prove_received(struct view *view)
{
	return parts_prove(view, kind_of(KIND_move), move_do_receive, write_received);
}

static enum act prove_tried(struct view *view)
{
	return parts_prove(view, kind_of(KIND_device), device_do_test, write_tried);
}

/* Enter on nothing typed has said nothing: what it would write is asked. */
static enum act ask_received(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);
	struct buf quantity = {0};

	if (*board->words || !at.sent)
		return prove_received(view);
	stock_number(at.sent->quantity, &quantity);
	enum act act = stack_ask(view, prove_received, _("记全部收到"), "%s %s%s%s",
		at.sent->number, at.sent->goods, buf_cstr(&quantity), at.sent->unit);
	buf_release(&quantity);
	return act;
}

static enum act ask_tried(struct view *view)
{
	struct stock_view *board = view->state;
	struct stock_at at = stock_page_at(&board->page);

	if (*board->words || !at.line)
		return prove_tried(view);
	return stack_ask(view, prove_tried, board->good ? _("记试机完好") : _("记试机故障"), "%s",
		at.line->name);
}

static enum act typed(struct view *view)
{
	struct stock_view *board = view->state;

	switch (board->asking) {
	case ASK_ENTRY:
		return read_entry(view);
	case ASK_CARRIER:
		return ask_grant(view);
	case ASK_RECEIVED:
		return ask_received(view);
	case ASK_TRIED:
		break;
	}
	return ask_tried(view);
}

static enum act take_words(struct view *view, int key)
{
	struct stock_view *board = view->state;
	bool done;

	if (!tally_key(&board->page.tally, key, &done))
		return ACT_DRAW;
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	snprintf(board->words, sizeof board->words, "%s", edit_text(&board->page.tally.edit));
	return typed(view);
}

static enum act type(struct view *view, int key)
{
	struct stock_view *board = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (board->page.tally.prompt)
		return take_words(view, key);
	if (!view->typing && key > '0' && key <= '9')
		return press(view, (unsigned)(key - '0'));
	enum act act = parts_list(view, &board->page.tally.list, key, &chosen, &more);
	struct stock_at at = stock_page_at(&board->page);
	struct ref ref = stock_page_ref(&at);

	if (chosen && ref.seq)
		return parts_record(view, ref);
	if (act != ACT_UNKNOWN && stock_page_turn(&board->page))
		board->page.tally.columns = 0;
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *text)
{
	tally_paste(&((struct stock_view *)view->state)->page.tally, text);
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	struct stock_at at = stock_page_at(&((struct stock_view *)view->state)->page);

	return stock_page_ref(&at);
}

static void done(struct view *view)
{
	stock_page_release(&((struct stock_view *)view->state)->page);
}

static const struct key keys[] = {
	{'i', N_("收发一行"), enter},
	{'s', N_("收讫"), receive},
	{'u', N_("撤"), undo},
	{'n', N_("申请物资"), request},
	{'t', N_("办理"), steps},
	{'p', N_("成文"), parts_text},
	{'v', N_("全部"), toggle},
	{0, NULL, NULL},
};

/* Some of what was sent is for this place to sign for. */
static bool comes_here(const struct view *view)
{
	const struct stock *stock = &((const struct stock_view *)view->state)->page.stock;
	bool here = false;

	for (unsigned n = 0; n < stock->sent_count && !here; n++)
		here = stock->sent[n].here;
	return here;
}

static bool any(const struct view *view)
{
	return ((const struct stock_view *)view->state)->page.tally.list.shown > 0;
}

static const struct key_when when[] = {
	{'i', KIND_move, NULL},
	{'s', KIND_move, comes_here},
	{'n', KIND_request, NULL},
	{'t', 0, any},
	{'p', 0, any},
	{0, 0, NULL},
};

const struct screen screen_stock = {
	.name = "stock",
	.title = N_("物资"),
	.size = sizeof(struct stock_view),
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
		"申请下面是货源：本站、邻近、协议、上级，按前面的数字调拨。i 收发一行：做什么 "
		"品名 数量 到谁，如 出 qsb 1 西彰村；盘 编织袋 2980 自己算出盘盈盘亏。s 收讫调来的"
		"物资，空着是全收到，不符写数和原因。u "
		"撤回自己刚记的一笔，对方签收了的撤不了。设备：1 试好了，2 试不行。v 看全部。"),
};
