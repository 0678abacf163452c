/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board K as lines and rows.
 */
#include "screens/stock_page.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "screens/display.h"
#include "work/actions.h"

enum { SIGNS = 9, PART = 1 << 20 };

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- lines */

static void put_numbers(const struct stock_line *line, struct buf *out)
{
	if (line->kind != KIND_supply)
		return;
	if (line->counted)
		stock_number(line->quantity, out);
	else
		buf_byte(out, '.');
	if (line->wanted) {
		buf_byte(out, '/');
		stock_number(line->target, out);
	}
	buf_text(out, line->unit);
}

static void put_days(int64_t date, struct buf *out)
{
	char text[WHEN_TEXT];

	date_show(date, text);
	buf_text(out, strlen(text) > 5 ? text + 5 : text);
}

static void put_detail(const struct stock_line *line, struct buf *out)
{
	switch (line->fault) {
	case STOCK_LOW:
		buf_text(out, _("缺"));
		stock_number(line->target - line->quantity, out);
		break;
	case STOCK_EXPIRED:
	case STOCK_EXPIRING:
		put_days(line->expires, out);
		if (line->days == 0)
			buf_text(out, _(" 今天"));
		else if (line->days > 0)
			buf_fmt(out, _(" 剩%lld天"), (long long)line->days);
		break;
	case STOCK_UNTRIED:
		if (line->tested)
			buf_fmt(out, _("%lld天前试"), (long long)line->days);
		break;
	case STOCK_GOOD:
	case STOCK_BROKEN:
	case STOCK_UNCOUNTED:
		break;
	}
}

static const char *fault_word(enum stock_fault fault)
{
	static const char *const said[] = {
		"", N_("过期"), N_("不足"), N_("临期"), N_("故障"), N_("没试机"), N_("没盘点")};

	return *said[fault] ? _(said[fault]) : "";
}

static void put_goods(const struct stock_line *line, struct buf *out)
{
	display_text(line->name, out);
	if (*line->spec) {
		buf_byte(out, ' ');
		display_text(line->spec, out);
	}
}

static void put_where(const struct stock_line *line, struct buf *out)
{
	if (line->held)
		buf_fmt(out, _("一家多记，另有%u处 "), line->held);
	display_text(line->where, out);
}

void stock_page_line(const struct stock_page *page, const struct stock_line *line, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW;
	struct buf text = {0};

	put_goods(line, &text);
	display_cell(&text, wide ? 18 : 12, out);
	put_numbers(line, &text);
	display_cell(&text, wide ? 12 : 9, out);
	buf_text(&text, fault_word(line->fault));
	display_cell(&text, 6, out);
	put_detail(line, &text);
	if (wide)
		display_cell(&text, 12, out);
	else
		buf_text(out, buf_cstr(&text));
	if (wide)
		put_where(line, out);
	buf_release(&text);
}

void stock_page_wish(const struct stock_page *page, const struct wish *wish, struct buf *out)
{
	char time[WHEN_TEXT];

	buf_fmt(out, "%s ",
		wish->state == request_is_open     ? _("申请")
		: wish->state == request_is_passed ? _("已转报")
						   : _("已安排"));
	display_place(wish->area, out);
	buf_byte(out, ' ');
	display_text(wish->name, out);
	stock_number(wish->quantity, out);
	buf_text(out, wish->unit);
	buf_byte(out, ' ');
	display_text(wish->place, out);
	if (wish->due) {
		display_clock(wish->due, page->now, time);
		buf_fmt(out, _(" 最迟%s "), time);
		display_left(wish->due, page->now, out);
	}
}

void stock_page_offered(const struct offer *offer, struct buf *out)
{
	static const char *const froms[] = {N_("本站"), N_("邻近"), N_("协议"), N_("上级")};

	buf_text(out, _(froms[offer->from]));
	if (offer->from == OFFER_ABOVE) {
		buf_text(out, _(" 向上级申请"));
		return;
	}
	buf_byte(out, ' ');
	display_text(offer->what, out);
	if (offer->quantity)
		stock_number(offer->quantity, out);
	buf_byte(out, ' ');
	display_text(offer->where, out);
	buf_byte(out, ' ');
	display_text(offer->who, out);
	buf_text(out, offer->phone);
	if (offer->far)
		buf_fmt(out, _(" 约%lld分"), (long long)offer->minutes);
}

void stock_page_sent(const struct stock_page *page, const struct sent *sent, struct buf *out)
{
	char time[WHEN_TEXT];

	display_clock(sent->at, page->now, time);
	buf_fmt(out, "%s ", sent->lent ? _("借出") : sent->here ? _("待收") : _("在途"));
	display_text(sent->goods, out);
	stock_number(sent->quantity, out);
	buf_text(out, sent->unit);
	buf_text(out, _(" 到"));
	display_text(sent->to, out);
	buf_fmt(out, " %s ", sent->number);
	display_text(sent->carrier, out);
	buf_fmt(out, _(" %s出"), time);
	if (sent->here && !sent->lent)
		buf_text(out, _(" s收讫"));
}

void stock_page_asks(const struct wish *wish, const struct offer *offer, struct buf *out)
{
	if (offer->from == OFFER_ABOVE) {
		buf_fmt(out, _("向上级申请 %s"), wish->name);
		stock_number(wish->quantity, out);
	} else if (offer->from == OFFER_AGREEMENT) {
		buf_fmt(out, _("由%s供 %s"), offer->where, wish->name);
		stock_number(wish->quantity, out);
	} else {
		buf_fmt(out, _("从%s调 %s"), offer->where, wish->name);
		stock_number(stock_share(wish, offer), out);
	}
	buf_text(out, wish->unit);
}

/* ---- rows */

static void add_row(
	struct stock_page *page, struct ref ref, enum stock_row what, unsigned n, struct buf *text)
{
	struct list_row *row = list_add(&page->tally.list, ref);

	row->id = (int64_t)what * PART + n;
	list_cell(&page->tally.list, row, 0, buf_cstr(text));
	if (what == STOCK_ROW_OFFER && n < SIGNS)
		row->sign = (char)('1' + n);
	buf_clear(text);
}

static const struct wish *open_wish(const struct stock_page *page)
{
	const struct wish *first = NULL;

	for (unsigned n = 0; n < page->stock.wish_count; n++) {
		const struct wish *wish = &page->stock.wishes[n];

		if (!wish_waits(wish))
			continue;
		if (!first)
			first = wish;
		if (same(wish->ref, page->open))
			return wish;
	}
	return first;
}

static void add_wishes(struct stock_page *page, struct buf *text)
{
	const struct wish *open = open_wish(page);

	for (unsigned n = 0; n < page->stock.wish_count; n++) {
		const struct wish *wish = &page->stock.wishes[n];

		stock_page_wish(page, wish, text);
		add_row(page, wish->ref, STOCK_ROW_WISH, n, text);
		for (unsigned k = 0; wish == open && !wish->ours && k < wish->count; k++) {
			buf_text(text, "  ");
			stock_page_offered(&wish->offers[k], text);
			add_row(page, (struct ref){k + 1, 1}, STOCK_ROW_OFFER, k, text);
		}
	}
}

static void add_sent(struct stock_page *page, unsigned n, struct buf *text)
{
	stock_page_sent(page, &page->stock.sent[n], text);
	add_row(page, page->stock.sent[n].ref, STOCK_ROW_SENT, n, text);
}

static void add_heads(struct stock_page *page)
{
	const struct stock *stock = &page->stock;
	struct buf text = {0};

	tally_clear(&page->tally);
	buf_fmt(&text, _("不足%u 临期%u(7天内%u) 没试机%u 没盘点%u"), stock->low, stock->expiring,
		stock->week, stock->untried, stock->uncounted);
	buf_fmt(&text, _("  在途%u 申请%u"), stock->sent_count, stock->open);
	if (stock->granted)
		buf_fmt(&text, _(" 已安排%u"), stock->granted);
	if (stock->passed)
		buf_fmt(&text, _(" 已转报%u"), stock->passed);
	if (stock->below)
		buf_fmt(&text, _("  下级不足%u"), stock->below);
	if (stock->held)
		buf_fmt(&text, _("  一家多记%u"), stock->held);
	tally_head(&page->tally, LOOK_TITLE, arena_text(&page->lines, buf_cstr(&text)));
	tally_foot(&page->tally, LOOK_MARK, page->said);
	buf_release(&text);
}

void stock_page_lay(struct stock_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	struct buf text = {0};

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	for (unsigned n = 0; n < page->stock.sent_count; n++)
		if (page->stock.sent[n].here)
			add_sent(page, n, &text);
	add_wishes(page, &text);
	for (unsigned n = 0; n < page->stock.sent_count; n++)
		if (!page->stock.sent[n].here)
			add_sent(page, n, &text);
	for (unsigned n = 0; n < page->stock.count; n++) {
		stock_page_line(page, &page->stock.lines[n], &text);
		add_row(page, page->stock.lines[n].ref, STOCK_ROW_LINE, n, &text);
	}
	list_done(list);
	buf_release(&text);
	add_heads(page);
	page->tally.columns = columns;
}

struct stock_at stock_page_at(struct stock_page *page)
{
	const struct list_row *row = list_row(&page->tally.list);
	struct stock_at at = {.what = row ? (enum stock_row)(row->id / PART) : STOCK_ROW_NONE};
	unsigned n = row ? (unsigned)(row->id % PART) : 0;

	if (at.what == STOCK_ROW_LINE)
		at.line = &page->stock.lines[n];
	if (at.what == STOCK_ROW_WISH)
		at.wish = &page->stock.wishes[n];
	if (at.what == STOCK_ROW_SENT)
		at.sent = &page->stock.sent[n];
	if (at.what == STOCK_ROW_OFFER) {
		at.wish = open_wish(page);
		at.offer = &at.wish->offers[n];
	}
	return at;
}

struct ref stock_page_ref(const struct stock_at *at)
{
	if (at->offer && at->offer->ref.seq)
		return at->offer->ref;
	if (at->wish)
		return at->wish->ref;
	if (at->sent)
		return at->sent->ref;
	return at->line ? at->line->ref : (struct ref){0, 0};
}

bool stock_page_turn(struct stock_page *page)
{
	struct stock_at at = stock_page_at(page);

	if (at.what != STOCK_ROW_WISH || !wish_waits(at.wish) || at.wish == open_wish(page))
		return false;
	page->open = at.wish->ref;
	return true;
}

const struct offer *stock_page_offer(const struct wish *wish, unsigned n)
{
	return wish && n && n <= wish->count ? &wish->offers[n - 1] : NULL;
}

/* ---- loading */

enum rc stock_page_load(struct stock_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started) {
		tally_start(&page->tally,
			action_may_add(actor, kind_of(KIND_move))
				? _("没有不足、临期、没试的物资；i 收发一行，v 看全部")
				: _("没有不足、临期、没试的物资；v 看全部"));
		page->tally.list.signs = SIGNS_OWN;
	}
	page->now = store_now(actor->store);
	page->tally.columns = 0;
	world_open(&world, actor->store, actor->user, page->now);
	return stock_load(&page->stock, &world, page->all, arena, fault);
}

void stock_page_release(struct stock_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}
