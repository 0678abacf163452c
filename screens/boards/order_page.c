/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board L as lines and rows, and what its keys write.
 */
#include "screens/order_page.h"

#include <stdio.h>
#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/link_status.h"
#include "work/writing.h"

enum { SIGNS = 9, MARK = 4 };

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- what a digit answers */

static const char *state_nth(unsigned n)
{
	const struct code *code = code_nth("answer_state", n);

	return code ? code->code : NULL;
}

bool order_page_wants(const struct order *order, unsigned n)
{
	const char *state = state_nth(n);
	bool word = !strcmp(order->type, "number") || !strcmp(order->type, "text");

	if (!state || !strcmp(state, "received"))
		return false;
	return word || !strcmp(state, "unable");
}

/* ---- lines */

static const char *time_of(struct order_page *page, int64_t at)
{
	char time[WHEN_TEXT];

	display_clock(at, page->now, time);
	return arena_text(&page->lines, time);
}

static void put_due(struct order_page *page, int64_t due, struct buf *out)
{
	if (due)
		buf_fmt(out, _("限%s"), time_of(page, due));
}

static void put_left(const struct order_page *page, int64_t due, struct buf *out)
{
	if (due)
		display_left(due, page->now, out);
}

/* "处置中04:12" */
static void put_state(struct order_page *page, const struct order_place *place, struct buf *out)
{
	buf_fmt(out, "%s%s%s", code_text("answer_state", place->state), display_gap(),
		time_of(page, place->at));
}

static void put_ours(struct order_page *page, const struct order *order, struct buf *out)
{
	const struct order_place *here = &order->here;

	if (!here->area)
		return;
	buf_byte(out, ' ');
	if (here->at)
		put_state(page, here, out);
	else
		buf_text(out, here->signed_at ? _("本站没答") : _("本站没签"));
	if (here->urged && !here->at) {
		buf_byte(out, ' ');
		buf_fmt(out, _("催%u次%s"), here->urged, time_of(page, here->urged_at));
	}
}

void order_page_order(struct order_page *page, const struct order *order, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW;

	buf_fmt(out, _("指令%s"), order->number);
	buf_byte(out, ' ');
	if (wide) {
		display_text(order->issuer, out);
		buf_fmt(out, "%s%s ", display_gap(), time_of(page, order->at));
	}
	if (order->state != order_is_issued) {
		buf_text(out, _(kind_of(KIND_order)->states[order->state].label));
		return;
	}
	put_due(page, order->due, out);
	buf_byte(out, ' ');
	put_left(page, order->due, out);
	if (wide && strcmp(order->type, "receipt"))
		buf_fmt(out, _("，要%s"), code_text("answer_type", order->type));
	put_ours(page, order, out);
}

/* A county has villages of one name in several townships. */
static void put_name(bool far, uint64_t area, struct buf *out)
{
	if (far)
		area_title(area, out);
	else
		display_place(area, out);
}

/* No more than is proven: what has come to the township may have come no further. */
static const char *how_far(const struct order_page *page, const struct order_place *place)
{
	if (place->delivered)
		return _("没签");
	return place->halfway && page->far ? _("送到镇") : _("没送到");
}

static void put_place(struct order_page *page, const struct order *order,
	const struct order_place *place, bool wide, struct buf *out)
{
	unsigned name = page->far && wide ? 16 : 10;
	struct buf text = {0};

	put_name(page->far && wide, place->area, &text);
	display_cell(&text, name, out);
	if (place->signed_at)
		buf_fmt(&text, _("签%s"), time_of(page, place->signed_at));
	else
		buf_text(&text, how_far(page, place));
	display_cell(&text, 8, out);
	if (place->at)
		put_state(page, place, &text);
	else if (place->signed_at && order_answered(order, place))
		buf_text(&text, _("已签收"));
	else
		buf_text(&text, _("没答"));
	display_cell(&text, wide ? 12 : 11, out);
	if (place->urged && !place->at)
		buf_fmt(&text, _("催%u次%s"), place->urged, time_of(page, place->urged_at));
	if (place->urged && *place->text)
		buf_byte(&text, ' ');
	display_text(place->text, &text);
	if (wide) {
		display_cell(&text, page->columns - name - 8 - 12 - MARK - 10, out);
		if (place->answer.seq)
			buf_text(out, link_status_mark(place->top));
	} else {
		buf_text(out, buf_cstr(&text));
	}
	buf_release(&text);
}

void order_page_place(struct order_page *page, const struct order_place *place, struct buf *out)
{
	const struct order *order = order_page_open(page);

	if (order)
		put_place(page, order, place, page->columns >= TALLY_NARROW, out);
}

void order_page_task(struct order_page *page, const struct task_line *task, struct buf *out)
{
	bool wide = page->columns >= TALLY_NARROW;
	struct buf text = {0};

	buf_fmt(out, "%s ", task->mine ? _("我的") : _("任务"));
	display_text(*task->who ? task->who : _("没写谁"), &text);
	display_cell(&text, wide ? 8 : 6, out);
	if (wide) {
		put_due(page, task->due, &text);
		display_cell(&text, words_english() ? 11 : 9, out);
	}
	put_left(page, task->due, &text);
	display_cell(&text, wide ? 11 : 9, out);
	buf_text(&text, _(kind_of(KIND_task)->states[task->state].label));
	display_cell(&text, words_english() ? 9 : 6, out);
	display_text(*task->last ? task->last : task->text, out);
	buf_release(&text);
}

/* What the digits answer, where this place is asked: on a narrow screen in two lines. */
static void add_digits(struct order_page *page)
{
	const struct order *order = order_page_open(page);
	struct buf text = {0};

	if (!order || order->state != order_is_issued || !order->here.area)
		return;
	for (unsigned n = 1; n <= ANSWER_STATES; n++) {
		buf_fmt(&text, "%s%u%s%s", text.len ? " " : "", n, display_gap(),
			code_text("answer_state", state_nth(n)));
		if (n < ANSWER_STATES && (n != ANSWER_STATES / 2 || page->columns >= TALLY_NARROW))
			continue;
		tally_foot(&page->tally, LOOK_KEY, arena_text(&page->lines, buf_cstr(&text)));
		buf_clear(&text);
	}
	buf_release(&text);
}

static void add_lines(struct order_page *page)
{
	const struct orders *orders = &page->orders;

	tally_clear(&page->tally);
	if (orders->count + orders->tasks_count)
		tally_head(&page->tally, LOOK_TITLE,
			arena_fmt(&page->lines, _("指令%u 任务%u  没签%u 没答%u 逾期%u  给我的%u"),
				orders->count, orders->tasks_count, orders->unsigned_count,
				orders->unanswered, orders->late, orders->mine));
	add_digits(page);
	tally_foot(&page->tally, LOOK_MARK, page->said);
}

/* ---- rows: which of what, in the list's own number */

enum { PART = 1 << 20 };

static void add_row(
	struct order_page *page, struct ref ref, enum order_row what, unsigned n, struct buf *text)
{
	struct list_row *row = list_add(&page->tally.list, ref);

	row->id = (int64_t)what * PART + n;
	list_cell(&page->tally.list, row, 0, buf_cstr(text));
	if (what == ROW_PLACE && n < SIGNS)
		row->sign = (char)('1' + n);
	buf_clear(text);
}

/* A line that is not chosen. */
static void add_plain(struct order_page *page, struct buf *text)
{
	struct list_row *row = list_add(&page->tally.list, (struct ref){0, 0});

	row->heading = true;
	list_cell(&page->tally.list, row, 0, buf_cstr(text));
	buf_clear(text);
}

static void add_open(struct order_page *page, const struct order *order)
{
	bool wide = page->columns >= TALLY_NARROW;
	struct buf text = {0};

	buf_text(&text, "  ");
	display_text(order->text, &text);
	add_plain(page, &text);
	if (order->here.area) {
		buf_text(&text, "    ");
		put_place(page, order, &order->here, wide, &text);
		add_plain(page, &text);
	}
	for (unsigned n = 0; n < order->count; n++) {
		put_place(page, order, &order->places[n], wide, &text);
		add_row(page, (struct ref){order->places[n].area, 1}, ROW_PLACE, n, &text);
	}
	buf_release(&text);
}

void order_page_lay(struct order_page *page, unsigned columns)
{
	struct list *list = &page->tally.list;
	const struct order *open = order_page_open(page);
	struct buf text = {0};

	arena_release(&page->lines);
	page->columns = columns;
	list->column_count = 0;
	list_column(list, "", 0, false);
	list_clear(list);
	if (page->goes)
		list->kept = page->open;
	page->goes = false;
	for (unsigned n = 0; n < page->orders.count; n++) {
		order_page_order(page, &page->orders.orders[n], &text);
		add_row(page, page->orders.orders[n].ref, ROW_ORDER, n, &text);
		if (&page->orders.orders[n] == open)
			add_open(page, open);
	}
	for (unsigned n = 0; n < page->orders.tasks_count; n++) {
		order_page_task(page, &page->orders.tasks[n], &text);
		add_row(page, page->orders.tasks[n].ref, ROW_TASK, n, &text);
	}
	list_done(list);
	buf_release(&text);
	add_lines(page);
	page->tally.columns = columns;
}

const struct order *order_page_open(const struct order_page *page)
{
	for (unsigned n = 0; n < page->orders.count; n++)
		if (same(page->orders.orders[n].ref, page->open))
			return &page->orders.orders[n];
	return page->orders.count ? &page->orders.orders[0] : NULL;
}

enum order_row order_page_at(struct order_page *page, const struct order **order,
	const struct order_place **place, const struct task_line **task)
{
	const struct list_row *row = list_row(&page->tally.list);
	enum order_row what = row ? (enum order_row)(row->id / PART) : ROW_NONE;
	unsigned n = row ? (unsigned)(row->id % PART) : 0;

	*order = NULL;
	*place = NULL;
	*task = NULL;
	if (what == ROW_ORDER)
		*order = &page->orders.orders[n];
	else if (what == ROW_PLACE)
		*order = order_page_open(page);
	if (what == ROW_PLACE)
		*place = &(*order)->places[n];
	if (what == ROW_TASK)
		*task = &page->orders.tasks[n];
	return what;
}

bool order_page_turn(struct order_page *page)
{
	const struct order *order;
	const struct order_place *place;
	const struct task_line *task;

	(void)order_page_at(page, &order, &place, &task);
	if (!order || order == order_page_open(page))
		return false;
	page->open = order->ref;
	return true;
}

/* ---- loading */

static const struct order *newest_own(const struct order_page *page)
{
	const struct order *newest = NULL;

	for (unsigned n = 0; n < page->orders.count; n++) {
		const struct order *order = &page->orders.orders[n];

		if (order->ref.site == page->own && (!newest || order->ref.seq > newest->ref.seq))
			newest = order;
	}
	return newest;
}

void order_page_expect(struct order_page *page)
{
	const struct order *newest = newest_own(page);

	page->newest = newest ? newest->ref.seq : 1;
}

/* With dozens of receivers below it, it would push what '>' stands on off the page, and itself. */
static void find_expected(struct order_page *page)
{
	const struct order *newest = page->newest ? newest_own(page) : NULL;

	page->goes = newest && newest->ref.seq > page->newest;
	page->newest = 0;
	if (page->goes)
		page->open = newest->ref;
}

enum rc order_page_load(struct order_page *page, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct world world;

	if (!page->tally.started) {
		tally_start(&page->tally, _("没有没办结的指令；n 下令"));
		page->tally.list.signs = SIGNS_OWN;
	}
	page->now = store_now(actor->store);
	page->far = store_station(actor->store)->level >= LEVEL_COUNTY;
	page->tally.columns = 0;
	page->own = store_station(actor->store)->site;
	world_open(&world, actor->store, actor->user, page->now);
	enum rc rc = orders_load(&page->orders, &world, page->all, arena, fault);
	if (!rc)
		find_expected(page);
	return rc;
}

void order_page_release(struct order_page *page)
{
	tally_release(&page->tally);
	arena_release(&page->lines);
}

bool order_page_signs(const struct order_page *page)
{
	const struct orders *orders = &page->orders;
	bool waits = false;

	for (unsigned n = 0; n < orders->count; n++)
		waits |= orders->orders[n].state == order_is_issued &&
			 orders->orders[n].here.area && !orders->orders[n].here.signed_at;
	return waits;
}

/* ---- keys that write */

enum rc order_page_may(
	struct order_page *page, const struct order *order, unsigned n, struct fault *fault)
{
	const char *state = state_nth(n);

	if (!order || !state || !order->here.area)
		return fault_set(fault, RC_BAD, "%s", _("这条指令不用本站答复"));
	if (!strcmp(state, "received") && order->here.signed_at)
		return fault_set(fault, RC_BAD, _("指令%s 本站 %s 已签收，不用再签"), order->number,
			time_of(page, order->here.signed_at));
	return RC_OK;
}

void order_page_question(struct order_page *page, const struct order *order, unsigned n,
	const char *typed, struct buf *out)
{
	const struct order_place *here = &order->here;

	buf_fmt(out, _("指令%s"), order->number);
	buf_byte(out, ' ');
	display_text(order->text, out);
	buf_fmt(out, " -> %s", code_text("answer_state", state_nth(n)));
	buf_text(out, *typed ? " " : "");
	display_text(typed, out);
	if (!here->at)
		return;
	buf_text(out, _("，原来答的是"));
	buf_byte(out, ' ');
	put_state(page, here, out);
	buf_text(out, *here->text ? " " : "");
	display_text(here->text, out);
}

enum rc order_page_answer(struct order_page *page, const struct actor *actor,
	const struct order *order, unsigned n, const char *typed, struct fault *fault)
{
	struct ref answer;
	enum rc rc = order_page_may(page, order, n, fault);

	if (!rc)
		rc = order_answer(actor, order->ref, state_nth(n), typed, &answer, fault);
	if (!rc)
		snprintf(page->said, sizeof(page->said), _("指令%s 答复：%s"), order->number,
			code_text("answer_state", state_nth(n)));
	return rc;
}
