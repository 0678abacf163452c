/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and tasks in line mode: an order by its number, what each receiver answered, and one digit
 * to answer.
 */
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/order_page.h"

struct ordering {
	struct talk *talk;
	struct order_page page;
	struct arena arena;
	struct buf numbered; /* what stood behind which number when all was said last */
};

static bool load(struct ordering *at)
{
	const struct actor actor = talk_actor(at->talk);
	struct fault fault = {0};

	arena_release(&at->arena);
	if (!talk_good(at->talk, order_page_load(&at->page, &actor, &at->arena, &fault), &fault))
		return false;
	order_page_lay(&at->page, LINE_COLUMNS);
	return true;
}

/* ---- one order */

static enum line_act answer(struct ordering *at, const struct order *order, unsigned n)
{
	struct talk *talk = at->talk;
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct buf typed = {0}, question = {0};
	enum line_act act = LINE_OK;

	if (!talk_good(talk, order_page_may(&at->page, order, n, &fault), &fault))
		return LINE_OK;
	if (order_page_wants(order, n))
		act = line_ask(
			&talk->line, _("数字和情况，数字在前，可以只写一样："), NULL, NULL, &typed);
	if (act == LINE_OK) {
		order_page_question(&at->page, order, n, buf_cstr(&typed), &question);
		if (talk_agrees(talk, &question, _("：打 y 答复，其他不办")) &&
			talk_prove_for(talk, kind_of(KIND_answer), 0) &&
			talk_good(talk,
				order_page_answer(
					&at->page, &actor, order, n, buf_cstr(&typed), &fault),
				&fault))
			line_say(&talk->line, "%s", at->page.said);
	}
	buf_release(&typed);
	return talk_inner(act);
}

static void say_order(struct ordering *at, const struct order *order)
{
	struct line *line = &at->talk->line;
	struct buf text = {0};

	order_page_order(&at->page, order, &text);
	line_say(line, "%s", buf_cstr(&text));
	buf_clear(&text);
	display_text(order->text, &text);
	line_say(line, "%s", buf_cstr(&text));
	for (unsigned n = 0; n < order->count; n++) {
		buf_clear(&text);
		order_page_place(&at->page, &order->places[n], &text);
		line_say(line, "%u. %s", n + 1, buf_cstr(&text));
	}
	buf_release(&text);
}

/* What is typed at an order: a digit answers where this place is asked, else it opens a receiver's
 * answer. */
static enum line_act pressed(struct ordering *at, const struct order *order, const char *typed)
{
	bool signs = order->here.area && !strcmp(typed, "s"); /* the first digit says the same */
	unsigned n = signs ? 1 : (unsigned)strtoul(typed, NULL, 10);

	if (!strcmp(typed, "r"))
		talk_urge_for(at->talk, order->ref);
	else if (!strcmp(typed, "u"))
		talk_back(at->talk);
	else if (!strcmp(typed, "t"))
		return talk_inner(talk_record(at->talk, order->ref));
	else if (order->here.area && n > 0 && n <= ANSWER_STATES)
		return answer(at, order, n);
	else if (!order->here.area && n > 0 && n <= order->count)
		return talk_inner(talk_record(at->talk, order->places[n - 1].answer.seq
								? order->places[n - 1].answer
								: order->ref));
	else
		line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

static enum line_act one_order(struct ordering *at, struct ref ref)
{
	struct talk_place before = talk_stand(at->talk, "record", &(struct aim){.ref = ref});
	struct buf question = {0}, typed = {0};
	enum line_act act = LINE_OK;

	at->page.open = ref;
	while (act == LINE_OK && load(at)) {
		const struct order *order = order_page_open(&at->page);

		if (!order || order->ref.site != ref.site || order->ref.seq != ref.seq)
			break;
		say_order(at, order);
		buf_clear(&question);
		if (order->here.area)
			display_codes("answer_state", ANSWER_STATES, &question);
		else
			buf_text(&question, _("号码看答复 r催没答的"));
		buf_byte(&question, ' ');
		buf_text(&question, _("t办理 u撤 回车返回"));
		act = line_ask(&at->talk->line, buf_cstr(&question), NULL, NULL, &typed);
		if (act == LINE_OK && !typed.len)
			break;
		if (act == LINE_OK)
			act = pressed(at, order, buf_cstr(&typed));
	}
	buf_release(&question);
	buf_release(&typed);
	at->talk->place = before;
	return talk_inner(act);
}

/* ---- all of them */

/* Do the numbers mean something else than when they were said? */
static bool renumbered(struct ordering *at)
{
	const struct orders *orders = &at->page.orders;
	struct buf now = {0};

	for (unsigned n = 0; n < orders->count; n++)
		buf_fmt(&now, "%llx %x %d %u\n", (unsigned long long)orders->orders[n].ref.site,
			orders->orders[n].ref.seq, orders->orders[n].state,
			orders->orders[n].unanswered);
	for (unsigned n = 0; n < orders->tasks_count; n++)
		buf_fmt(&now, "%llx %x %d\n", (unsigned long long)orders->tasks[n].ref.site,
			orders->tasks[n].ref.seq, orders->tasks[n].state);
	bool other = !at->numbered.len || !bytes_equal(buf_bytes(&now), buf_bytes(&at->numbered));
	buf_release(&at->numbered);
	at->numbered = now;
	return other;
}

/* All of it; what was said already is not said again, but its numbers, on a slow line. */
static void say_all(struct ordering *at)
{
	struct line *line = &at->talk->line;
	const struct orders *orders = &at->page.orders;
	struct buf text = {0};

	bool rows = renumbered(at);

	for (unsigned n = 0; n < at->page.tally.heads; n++)
		line_say(line, "%s", at->page.tally.head[n].text);
	for (unsigned n = 0; rows && n < orders->count + orders->tasks_count; n++) {
		buf_clear(&text);
		if (n < orders->count) {
			order_page_order(&at->page, &orders->orders[n], &text);
			buf_byte(&text, ' ');
			buf_fmt(&text, _("没答%u"), orders->orders[n].unanswered);
		} else {
			order_page_task(&at->page, &orders->tasks[n - orders->count], &text);
		}
		line_say(line, "%u. %s", n + 1, buf_cstr(&text));
	}
	if (!orders->count && !orders->tasks_count)
		line_say(line, "%s", at->page.tally.list.empty);
	buf_release(&text);
}

/* Who has given one sees to whom it went, as on the screen. */
static enum line_act give(struct ordering *at)
{
	struct ref before = at->page.open;

	order_page_expect(&at->page);
	enum line_act act =
		talk_inner(talk_write(at->talk, &(struct draft){.kind = kind_of(KIND_order)}));
	bool given = act == LINE_OK && load(at) &&
		     (at->page.open.site != before.site || at->page.open.seq != before.seq);
	return given ? one_order(at, at->page.open) : act;
}

static enum line_act choose(struct ordering *at, const char *typed)
{
	const struct orders *orders = &at->page.orders;
	unsigned n = (unsigned)strtoul(typed, NULL, 10);

	if (!strcmp(typed, "n"))
		return give(at);
	if (!strcmp(typed, "=")) {
		buf_clear(&at->numbered);
		return LINE_OK;
	}
	if (n > 0 && n <= orders->count)
		return one_order(at, orders->orders[n - 1].ref);
	if (n > orders->count && n <= orders->count + orders->tasks_count)
		return talk_inner(talk_record(at->talk, orders->tasks[n - orders->count - 1].ref));
	line_bad(&at->talk->line, _("没有 \"%s\"，打列出的号码或字母"), typed);
	return LINE_OK;
}

enum line_act talk_order(struct talk *talk)
{
	struct ordering at = {.talk = talk};
	struct buf typed = {0};
	enum line_act act = LINE_OK;

	while (act == LINE_OK && load(&at)) {
		say_all(&at);
		act = line_choose(
			&talk->line, _("打号码看，n 下令，= 再列，回车返回"), NULL, NULL, &typed);
		if (act == LINE_OK && !typed.len)
			act = LINE_BACK;
		else if (act == LINE_OK)
			act = choose(&at, buf_cstr(&typed));
	}
	buf_release(&at.numbered);
	order_page_release(&at.page);
	arena_release(&at.arena);
	buf_release(&typed);
	return act == LINE_OK ? LINE_BACK : act;
}
