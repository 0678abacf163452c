/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goods in line mode: a line for what goes in and out, numbers for what is asked for, sent, low.
 */
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/stock_page.h"

struct stocking {
	struct talk *talk;
	struct stock_page page;
	struct arena arena;
};

static bool load(struct stocking *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, stock_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	stock_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

/* A question that ends in y. */
static bool agreed(struct stocking *at, const char *text, enum line_act *act)
{
	struct buf question = {0}, typed = {0};

	buf_fmt(&question, _("%s：按 y 办，其他不办"), text);
	*act = line_ask(&at->talk->line, buf_cstr(&question), NULL, NULL, &typed);
	bool yes = *act == LINE_OK && !strcmp(buf_cstr(&typed), "y");
	if (*act == LINE_OK && !yes)
		line_say(&at->talk->line, "%s", _("没有办"));
	buf_release(&question);
	buf_release(&typed);
	return yes;
}

static enum line_act enter(struct stocking *at, const char *typed)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct stock_entry entry;
	struct buf text = {0};
	struct fault fault = {0};
	struct ref made;
	enum line_act act = LINE_OK;

	if (!talk_may(talk, kind_of(KIND_move), 0))
		return LINE_OK;
	if (!talk_good(talk, stock_read(&entry, talk->store, typed, &at->arena, &fault), &fault))
		return LINE_OK;
	stock_say(&entry, &text);
	if (agreed(at, buf_cstr(&text), &act) && talk_prove_for(talk, kind_of(KIND_move), 0) &&
		talk_good(talk, stock_write(&actor, &entry, &made, &fault), &fault))
		line_say(&talk->line, _("已记：%s"), buf_cstr(&text));
	buf_release(&text);
	return talk_inner(act);
}

/* ---- what is asked for */

static enum line_act grant(struct stocking *at, const struct wish *wish, const struct offer *offer)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct buf typed = {0}, text = {0}, said = {0};
	struct fault fault = {0};
	enum line_act act = LINE_OK;

	if (offer->from != OFFER_ABOVE)
		act = line_ask(&talk->line,
			offer->from == OFFER_AGREEMENT ? _("怎么说定的（可空）：")
						       : _("谁运（可空）："),
			NULL, NULL, &typed);
	stock_page_asks(wish, offer, &text);
	if (act == LINE_OK && agreed(at, buf_cstr(&text), &act) &&
		talk_prove_for(talk, kind_of(KIND_request), request_do_grant) &&
		talk_good(talk, stock_grant(&actor, wish, offer, buf_cstr(&typed), &said, &fault),
			&fault))
		line_say(&talk->line, "%s %s", wish->number, buf_cstr(&said));
	buf_release(&typed);
	buf_release(&text);
	buf_release(&said);
	return talk_inner(act);
}

static enum line_act one_wish(struct stocking *at, const struct wish *wish)
{
	struct line *line = &at->talk->line;
	struct buf text = {0}, typed = {0};

	if (wish->ours || !wish_waits(wish) ||
		!talk_may(at->talk, kind_of(KIND_request), request_do_grant))
		return talk_inner(talk_record(at->talk, wish->ref));
	for (unsigned n = 0; n < wish->count; n++) {
		buf_clear(&text);
		stock_page_offered(&wish->offers[n], &text);
		line_say(line, "%u. %s", n + 1, buf_cstr(&text));
	}
	enum line_act act =
		line_ask(line, _("打货源号码调拨，t 看申请，回车返回"), NULL, NULL, &typed);
	const struct offer *offer =
		stock_page_offer(wish, (unsigned)strtoul(buf_cstr(&typed), NULL, 10));
	if (act == LINE_OK && offer)
		act = grant(at, wish, offer);
	else if (act == LINE_OK && !strcmp(buf_cstr(&typed), "t"))
		act = talk_inner(talk_record(at->talk, wish->ref));
	buf_release(&text);
	buf_release(&typed);
	return talk_inner(act);
}

/* ---- what came, what was tried */

/* Enter on nothing typed has said nothing: what it would write is asked. */
static bool agreed_all(struct stocking *at, const struct sent *sent, enum line_act *act)
{
	struct buf text = {0};

	buf_fmt(&text, "%s %s", sent->number, sent->goods);
	stock_number(sent->quantity, &text);
	buf_fmt(&text, "%s %s", sent->unit, _("全部收到"));
	bool yes = agreed(at, buf_cstr(&text), act);
	buf_release(&text);
	return yes;
}

static enum line_act one_sent(struct stocking *at, const struct sent *sent)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct buf typed = {0};
	struct fault fault = {0};

	if (!sent->here || !talk_may(talk, kind_of(KIND_move), move_do_receive))
		return talk_inner(talk_record(talk, sent->ref));
	enum line_act act = line_ask(
		&talk->line, _("实收多少、为什么不符（空着=全收到）："), NULL, NULL, &typed);
	bool yes = true;
	if (act == LINE_OK && !typed.len)
		yes = agreed_all(at, sent, &act);
	if (act == LINE_OK && yes && talk_prove_for(talk, kind_of(KIND_move), move_do_receive) &&
		talk_good(talk, stock_receive(&actor, sent, buf_cstr(&typed), &fault), &fault))
		line_say(&talk->line, _("%s 已收讫，已入账"), sent->number);
	buf_release(&typed);
	return talk_inner(act);
}

static enum line_act one_line(struct stocking *at, const struct stock_line *line)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct buf typed = {0};
	struct fault fault = {0};

	if (line->kind != KIND_device || !talk_may(talk, kind_of(KIND_device), device_do_test))
		return talk_inner(talk_record(talk, line->ref));
	enum line_act act = line_ask(
		&talk->line, _("1 试好了，2 试不行，t 看设备，回车返回"), NULL, NULL, &typed);
	bool good = !strcmp(buf_cstr(&typed), "1"), bad = !strcmp(buf_cstr(&typed), "2");
	if (act == LINE_OK && (good || bad)) {
		if (talk_prove_for(talk, kind_of(KIND_device), device_do_test) &&
			talk_good(talk, stock_try(&actor, line->ref, good, "", &fault), &fault))
			line_say(&talk->line, _("%s 试机：%s"), line->name,
				good ? _("完好") : _("故障"));
	} else if (act == LINE_OK && typed.len) {
		act = talk_record(talk, line->ref);
	}
	buf_release(&typed);
	return talk_inner(act);
}

/* ---- all of it */

/* The rows of the board, but what is offered for a request: that is said when it is chosen. */
static bool next_row(struct stocking *at, unsigned *place, struct stock_at *row)
{
	struct list *list = &at->page.tally.list;

	for (; *place < list->shown; (*place)++) {
		list->at = *place;
		*row = stock_page_at(&at->page);
		if (row->what == STOCK_ROW_OFFER || row->what == STOCK_ROW_NONE)
			continue;
		(*place)++;
		return true;
	}
	return false;
}

static void put_row(struct stocking *at, const struct stock_at *row, struct buf *out)
{
	if (row->wish)
		stock_page_wish(&at->page, row->wish, out);
	else if (row->sent)
		stock_page_sent(&at->page, row->sent, out);
	else
		stock_page_line(&at->page, row->line, out);
}

static void say_all(struct stocking *at)
{
	struct line *line = &at->talk->line;
	struct stock_at row;
	unsigned number = 0, place = 0;
	struct buf text = {0};

	for (unsigned n = 0; n < at->page.tally.heads; n++)
		line_say(line, "%s", at->page.tally.head[n].text);
	for (; next_row(at, &place, &row); buf_clear(&text)) {
		put_row(at, &row, &text);
		line_say(line, "%u. %s", ++number, buf_cstr(&text));
	}
	if (!number)
		line_say(line, "%s", at->page.tally.list.empty);
	buf_release(&text);
}

static enum line_act one_row(struct stocking *at, const char *typed)
{
	unsigned wanted = (unsigned)strtoul(typed, NULL, 10), number = 0, place = 0;
	struct stock_at row;

	while (next_row(at, &place, &row))
		if (++number == wanted)
			return row.wish   ? one_wish(at, row.wish)
			       : row.sent ? one_sent(at, row.sent)
					  : one_line(at, row.line);
	line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

static enum line_act choose(struct stocking *at, const char *typed)
{
	if (!strcmp(typed, "n"))
		return talk_inner(
			talk_new_of(at->talk, &(struct draft){.kind = kind_of(KIND_request)}));
	if (!strcmp(typed, "v")) {
		at->page.all = !at->page.all;
		return LINE_OK;
	}
	if (!strcmp(typed, "u")) {
		talk_back(at->talk);
		return LINE_OK;
	}
	if (strchr(typed, ' '))
		return enter(at, typed);
	return one_row(at, typed);
}

enum line_act talk_stock(struct talk *talk)
{
	struct stocking at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_choose(&talk->line,
			_("打号码办，收发打一行（如 出 潜水泵 1 西彰村），u 撤，n 申请，v "
			  "全部，回车返回"),
			NULL, NULL, &typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = choose(&at, buf_cstr(&typed));
	}
	stock_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
