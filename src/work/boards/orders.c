/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders with their receivers, and tasks, as they are now.
 */
#include "work/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/peer.h"
#include "work/owing.h"

enum { DONE_SHOWN = 20, MILLI = 1000 };

struct loading {
	struct orders *orders;
	struct world *world;
	struct arena *arena;
	struct order *order;
	const struct row *row; /* of .order */
	bool all;
	size_t room;
	unsigned done;
};

static const char *text_of(struct loading *to, const struct row *row, unsigned tag, bool labels)
{
	return row_field_text(to->world->store, row, tag, labels, to->arena);
}

static int64_t num_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? value->num : 0;
}

bool order_answered(const struct order *order, const struct order_place *place)
{
	return place->at || (place->signed_at && !strcmp(order->type, "receipt"));
}

bool order_owes(const struct order *order, const struct order_place *place, int64_t now)
{
	return !order_answered(order, place) || (order->due && order->due < now && !place->ended);
}

/* ---- receivers */

static struct order_place *place_of(struct order *order, uint64_t area)
{
	for (unsigned n = 0; n < order->count; n++)
		if (order->places[n].area == area)
			return &order->places[n];
	return order->here.area == area ? &order->here : NULL;
}

static bool see_answer(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct order_place *place = place_of(loading->order, row->area);
	const struct value *state = row_value(row, answer_state);
	struct buf text = {0};

	if (!place || row_void(row))
		return true;
	if (!place->signed_at || row->at < place->signed_at)
		place->signed_at = row->at;
	if (!place->answer.seq) { /* the newest come first */
		place->answer = row->ref;
		place->ended = ask_ends(loading->row, row);
	}
	if (place->at || !state || bytes_equal(state->text, bytes_text("received")))
		return true;
	place->at = row->at;
	place->state = (const char *)arena_bytes(loading->arena, state->text).at;
	if (row_value(row, answer_number))
		row_field(loading->world->store, row, answer_number, true, &text);
	buf_fmt(&text, "%s%s", text.len ? " " : "", text_of(loading, row, answer_text, true));
	place->text = arena_text(loading->arena, buf_cstr(&text));
	buf_release(&text);
	return true;
}

static void came_to(void *to, uint64_t area)
{
	const struct loading *loading = to;
	struct order *order = loading->order;
	struct order_place *place = place_of(order, area);

	if (place)
		place->delivered = true;
	for (unsigned n = 0; n < order->count && area != store_area(loading->world->store); n++)
		order->places[n].halfway |= area_above(order->places[n].area) == area;
}

static void count_urge(struct order_place *place, struct bytes named, int64_t at)
{
	if (!place->area || !area_in_text(place->area, named))
		return;
	place->urged++;
	place->urged_at = at;
}

static void see_urge(struct order *order, struct bytes named, int64_t at)
{
	count_urge(&order->here, named, at);
	for (unsigned n = 0; n < order->count; n++)
		count_urge(&order->places[n], named, at);
}

/* Whom the steps `urge` named. */
static enum rc look_at_urges(struct loading *to, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	enum rc rc =
		store_record(to->world->store, to->order->ref, &arena, &record, &history, fault);

	for (size_t n = 0; !rc && n < history.count; n++) {
		const struct op *op = &history.ops[n];
		struct bytes body = op->body;
		struct value value;
		unsigned tag;

		while (op->step == order_do_urge && take_field(&body, &tag, &value))
			if (tag == ARG_TEXT)
				see_urge(to->order, value.text, op_at(op));
	}
	arena_release(&arena);
	return rc;
}

static enum rc look_how_far(struct loading *to, struct order_place *place, struct fault *fault)
{
	bool held[LEVELS];
	enum rc rc = RC_OK;

	place->top = -1;
	if (place->answer.seq)
		rc = store_reached(to->world->store, place->answer, place->area, held, fault);
	if (place->answer.seq && !rc)
		place->top = reached_top(held);
	return rc;
}

static int by_owing(const void *a, const void *b)
{
	const struct order_place *x = a, *y = b;

	if (!x->signed_at != !y->signed_at)
		return x->signed_at ? 1 : -1;
	if (!x->at != !y->at)
		return x->at ? 1 : -1;
	return (x->area > y->area) - (x->area < y->area);
}

static void take_places(struct loading *to, const struct asked *asked)
{
	static const struct order_place none = {.state = "", .text = "", .top = -1};
	struct order *order = to->order;

	order->places = arena_get(to->arena, (asked->count + 1) * sizeof *order->places);
	for (unsigned n = 0; n < asked->count; n++) {
		order->places[order->count] = none;
		order->places[order->count++].area = asked->places[n].area;
	}
	order->here = none;
}

/* A county that orders all villages follows each of them, past its townships; those call their own.
 */
static void take_deeper(struct loading *to, const struct row *row)
{
	static const struct order_place none = {.state = "", .text = "", .top = -1};
	struct order *order = to->order;
	const struct value *whom = row_value(row, order_to);
	uint64_t own = store_area(to->world->store), between = 0;
	size_t room = order->count;
	struct bytes name;

	if (!whom || area_level(own) < LEVEL_COUNTY)
		return;
	while (area_each(own, &between, &name)) {
		uint64_t area = 0;

		while (area_each(between, &area, &name)) {
			if (!area_within(area, row->area) || !receiver_place(area, whom->text))
				continue;
			order->places = array_more_in(to->arena, order->places, order->count, &room,
				sizeof *order->places);
			order->places[order->count] = none;
			order->places[order->count++].area = area;
		}
	}
}

static enum rc load_places(struct loading *to, const struct row *row, struct fault *fault)
{
	struct order *order = to->order;
	struct query answers = query_all(KIND_answer);
	struct asked asked = {.count = 0};
	const struct rule *ask = rules_named(RULE_ASK, "order");
	enum rc rc = ask ? asked_load(&asked, to->world, ask, row, to->arena, fault) : RC_OK;

	if (rc)
		return rc;
	order->answer_by = asked.answered < asked.count ? asked.until : 0;
	to->row = row;
	take_places(to, &asked);
	take_deeper(to, row);
	if (ask && ask_wants(to->world, ask, row, store_area(to->world->store)))
		order->here.area = store_area(to->world->store);
	order->here.delivered = true; /* it is read here */
	answers.parent = row->ref;
	rc = store_each(to->world->store, &answers, see_answer, to, fault);
	if (!rc)
		rc = owing_sites(to->world->store, row->ref, came_to, to, fault);
	if (!rc && num_of(row, order_urged))
		rc = look_at_urges(to, fault);
	for (unsigned n = 0; n < order->count && !rc; n++) {
		rc = look_how_far(to, &order->places[n], fault);
		order->unsigned_count += !order->places[n].signed_at;
		order->unanswered += !order_answered(order, &order->places[n]);
		order->owing += order_owes(order, &order->places[n], to->world->around.now);
	}
	if (order->here.area && !rc)
		rc = look_how_far(to, &order->here, fault);
	order->ours = order->here.area && !order_answered(order, &order->here);
	if (order->count)
		qsort(order->places, order->count, sizeof *order->places, by_owing);
	return rc;
}

/* ---- orders */

/* The time that it names; else what the county's rules allow one that names none. */
static int64_t limit_of(const struct loading *loading, const struct row *row)
{
	int64_t due = num_of(row, order_due);
	struct record record;

	if (due)
		return due;
	row_record(row, &record);
	struct needed needed = rules_need(&record, &loading->world->around);
	return needed.need == NEED_DUE || needed.need == NEED_OVERDUE ? needed.until : 0;
}

static bool see_order(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct orders *orders = loading->orders;
	struct fault fault;
	char number[32];

	if (row->state != order_is_issued && (!loading->all || loading->done++ >= DONE_SHOWN))
		return true;
	orders->orders = array_more_in(loading->arena, orders->orders, orders->count,
		&loading->room, sizeof *orders->orders);
	struct order *order = loading->order = &orders->orders[orders->count];
	*order = (struct order){.ref = row->ref,
		.state = row->state,
		.at = row->at,
		.due = limit_of(loading, row),
		.text = text_of(loading, row, order_text, true),
		.issuer = text_of(loading, row, order_issuer, true),
		.type = text_of(loading, row, order_answer_type, false)};
	store_number(loading->world->store, row->ref, number);
	order->number = arena_text(loading->arena, number);
	if (load_places(loading, row, &fault))
		return true;
	/* What was sent to others, by somebody else, is not ours to follow; but what villages of
	 * ours were told is. */
	if (!order->here.area && !order->count && !store_within(loading->world->store, row->area))
		return true;
	orders->count++;
	return true;
}

static int by_duty(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (!x->state != !y->state)
		return x->state ? 1 : -1;
	if (x->ours != y->ours)
		return x->ours ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);
}

/* As home has it: it is not carried out in its time, or not answered in that of the ask. */
static bool is_late(const struct order *order, int64_t now)
{
	return (order->due && order->due < now && (order->owing || order->ours)) ||
	       (order->answer_by && order->answer_by < now);
}

static void sum_up(struct orders *orders, int64_t now)
{
	for (unsigned n = 0; n < orders->count; n++) {
		const struct order *order = &orders->orders[n];

		if (order->state != order_is_issued)
			continue;
		/* This place owes as those below do, and its row says so. */
		orders->unsigned_count +=
			order->unsigned_count + (order->here.area && !order->here.signed_at);
		orders->unanswered += order->unanswered + order->ours;
		orders->mine += order->ours;
		orders->late += is_late(order, now);
	}
	for (unsigned n = 0; n < orders->tasks_count; n++) {
		orders->mine += orders->tasks[n].mine;
		orders->late += orders->tasks[n].due && orders->tasks[n].due < now;
	}
	if (orders->count)
		qsort(orders->orders, orders->count, sizeof *orders->orders, by_duty);
}

/* ---- tasks */

/* The newest step that says something. */
static const char *last_word(struct loading *to, const struct row *row)
{
	struct arena arena = {0};
	struct record record;
	struct history history = {0};
	struct fault fault;
	const char *last = text_of(to, row, task_answer, true);
	enum rc rc = row->facts > 1 && !*last ? store_record(to->world->store, row->ref, &arena,
							&record, &history, &fault)
					      : RC_NONE;

	for (size_t n = 0; !rc && n < history.count; n++) {
		struct bytes body = history.ops[n].body;
		struct value value;
		unsigned tag;

		while (history.ops[n].step && take_field(&body, &tag, &value))
			if (tag == ARG_TEXT)
				last = (const char *)arena_bytes(to->arena, value.text).at;
	}
	arena_release(&arena);
	return last;
}

static bool see_task(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct orders *orders = loading->orders;
	struct record record;

	if (!store_within(loading->world->store, row->area))
		return true;
	orders->tasks = array_more_in(loading->arena, orders->tasks, orders->tasks_count,
		&loading->room, sizeof *orders->tasks);
	row_record(row, &record);
	orders->tasks[orders->tasks_count++] = (struct task_line){.ref = row->ref,
		.who = text_of(loading, row, task_to, true),
		.text = text_of(loading, row, task_text, true),
		.last = last_word(loading, row),
		.state = row->state,
		.due = num_of(row, task_due),
		.area = row->area,
		.mine = loading->world->around.mine(loading->world, &record, "to")};
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct task_line *x = a, *y = b;
	int64_t one = x->due ? x->due : INT64_MAX, other = y->due ? y->due : INT64_MAX;

	return (one > other) - (one < other);
}

enum rc orders_load(struct orders *orders, struct world *world, bool all, struct arena *arena,
	struct fault *fault)
{
	struct loading loading = {.orders = orders, .world = world, .arena = arena, .all = all};
	struct query query = query_all(KIND_order), tasks = query_all(KIND_task);

	*orders = (struct orders){0};
	query.limit = 200;
	tasks.state_flags = all ? STATE_OPEN | STATE_DONE : STATE_OPEN;
	tasks.limit = 200;
	enum rc rc = store_each(world->store, &query, see_order, &loading, fault);
	loading.room = 0;
	if (!rc)
		rc = store_each(world->store, &tasks, see_task, &loading, fault);
	if (orders->tasks_count)
		qsort(orders->tasks, orders->tasks_count, sizeof *orders->tasks, by_time);
	sum_up(orders, world->around.now);
	return rc;
}
