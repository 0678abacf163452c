/* SPDX-License-Identifier: GPL-3.0-or-later
 * Goods of this place as they are now.
 */
#include "work/stock.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

enum { MOST = 400, WEEK = 7, MONTH = 30 };

struct loading {
	struct stock *stock;
	struct world *world;
	struct arena *arena;
	bool all;
	size_t room, rooms[3];
	int64_t today;
};

static const char *text_of(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->world->store, row, tag, true, to->arena);
}

static int64_t num_of(const struct row *row, unsigned tag, bool *known)
{
	const struct value *value = row_value(row, tag);

	if (known)
		*known = value;
	return value ? value->num : 0;
}

static int64_t days_between(int64_t from, int64_t to)
{
	return (date_end(to) - date_end(from)) / DAY_SECONDS;
}

/* What rows of the rules ask for beside dates and numbers: that it is counted, or tried. */
static enum need bare_need(struct loading *to, const struct row *row)
{
	struct record record;

	row_record(row, &record);
	for (unsigned n = 0; n < LIMIT_FIELDS; n++)
		if (record.cells[n].tag == supply_target || record.cells[n].tag == supply_expires)
			record.cells[n].tag = 0;
	return rules_need(&record, &to->world->around).need;
}

static void judge_dates(struct loading *to, struct stock_line *line)
{
	struct stock *stock = to->stock;

	line->days = line->expires ? days_between(to->today, line->expires) : 0;
	if (!line->expires || line->days > rules_limit("expiring.days", MONTH))
		return;
	stock->expiring++;
	stock->week += line->days <= WEEK;
	if (line->days < 0)
		line->fault = STOCK_EXPIRED;
	else if (!line->fault)
		line->fault = STOCK_EXPIRING;
}

static void add_line(struct loading *to, const struct stock_line *line)
{
	struct stock *stock = to->stock;

	if (!line->fault && !to->all && !line->held)
		return;
	stock->lines = array_more_in(
		to->arena, stock->lines, stock->count, &to->room, sizeof *stock->lines);
	stock->lines[stock->count++] = *line;
}

/* ---- goods of one holder, entered twice */

struct holding {
	const struct row *row;
	unsigned count;
};

static bool same_value(const struct row *a, const struct row *b, unsigned tag)
{
	const struct value *x = row_value(a, tag), *y = row_value(b, tag);

	return x && y && value_equal(x, y);
}

static bool see_holder(const struct row *row, void *to)
{
	struct holding *holding = to;
	bool itself =
		row->ref.site == holding->row->ref.site && row->ref.seq == holding->row->ref.seq;

	holding->count += !itself && same_value(row, holding->row, supply_name) &&
			  same_value(row, holding->row, supply_holder);
	return true;
}

/* Also by places below, and above. */
static unsigned held_elsewhere(struct loading *to, const struct row *row)
{
	struct holding holding = {row, 0};
	const struct value *holder = row_value(row, supply_holder);
	struct query query = query_all(KIND_supply);
	struct fault fault;

	if (!holder || !holder->text.len)
		return 0;
	query.filters[0] = (struct filter){supply_holder, '=', *holder};
	query.filter_count = 1;
	return store_each(to->world->store, &query, see_holder, &holding, &fault) ? 0
										  : holding.count;
}

/* ---- supplies and devices */

static bool see_supply(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct stock *stock = loading->stock;
	struct stock_line line = {.ref = row->ref, .kind = KIND_supply};

	line.quantity = num_of(row, supply_quantity, &line.counted);
	line.target = num_of(row, supply_target, &line.wanted);
	if (row->area != store_area(loading->world->store)) {
		stock->below += store_within(loading->world->store, row->area) && line.counted &&
				line.wanted && line.quantity < line.target;
		return true;
	}
	line.name = text_of(loading, row, supply_name);
	line.spec = text_of(loading, row, supply_spec);
	line.unit = text_of(loading, row, supply_unit);
	line.where = text_of(loading, row, supply_store);
	line.expires = num_of(row, supply_expires, NULL);
	line.held = held_elsewhere(loading, row);
	stock->held += line.held > 0;
	if (line.counted && line.wanted && line.quantity < line.target) {
		line.fault = STOCK_LOW;
		stock->low++;
	}
	judge_dates(loading, &line);
	if (bare_need(loading, row) == NEED_CONFIRM) {
		stock->uncounted++;
		if (!line.fault)
			line.fault = STOCK_UNCOUNTED;
	}
	add_line(loading, &line);
	return true;
}

static bool see_device(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct stock_line line = {.ref = row->ref, .kind = KIND_device};
	struct record record;

	if (row->area != store_area(loading->world->store))
		return true;
	row_record(row, &record);
	line.name = text_of(loading, row, device_name);
	line.spec = text_of(loading, row, device_number);
	line.unit = "";
	line.where = text_of(loading, row, device_place);
	line.tested = num_of(row, device_tested, NULL);
	line.days = line.tested ? days_between(line.tested, loading->today) : 0;
	if (row->state == device_is_broken)
		line.fault = STOCK_BROKEN;
	else if (!line.tested || rules_need(&record, &loading->world->around).need == NEED_CONFIRM)
		line.fault = STOCK_UNTRIED;
	loading->stock->untried += line.fault == STOCK_UNTRIED;
	add_line(loading, &line);
	return true;
}

static int by_fault(const void *a, const void *b)
{
	const struct stock_line *x = a, *y = b;
	int left = x->fault ? (int)x->fault : STOCK_UNCOUNTED + 1,
	    right = y->fault ? (int)y->fault : STOCK_UNCOUNTED + 1;

	if (left != right)
		return left - right;
	return strcmp(x->name, y->name);
}

/* ---- what is asked for, and what is on its way */

bool wish_waits(const struct wish *wish)
{
	return wish->state == request_is_open || wish->state == request_is_passed;
}

static bool see_wish(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct stock *stock = loading->stock;
	char number[32];

	if (!store_within(loading->world->store, row->area))
		return true;
	stock->wishes = array_more_in(loading->arena, stock->wishes, stock->wish_count,
		&loading->rooms[0], sizeof *stock->wishes);
	struct wish *wish = &stock->wishes[stock->wish_count++];
	store_number(loading->world->store, row->ref, number);
	*wish = (struct wish){.ref = row->ref,
		.number = arena_text(loading->arena, number),
		.name = text_of(loading, row, request_name),
		.unit = text_of(loading, row, request_unit),
		.place = text_of(loading, row, request_place),
		.reason = text_of(loading, row, request_reason),
		.area = row->area,
		.quantity = num_of(row, request_quantity, NULL),
		.due = num_of(row, request_due, NULL),
		.state = row->state,
		.ours = row->area == store_area(loading->world->store)};
	stock->open += row->state == request_is_open;
	stock->granted += row->state == request_is_granted;
	stock->passed += row->state == request_is_passed;
	return true;
}

static int by_state(const void *a, const void *b)
{
	const struct wish *x = a, *y = b;
	int64_t one = x->due ? x->due : INT64_MAX, other = y->due ? y->due : INT64_MAX;

	if (x->state != y->state)
		return x->state - y->state;
	return (one > other) - (one < other);
}

/* What the station above sends comes down to all places: those for a neighbour are not on their way
 * here. */
static bool is_for_others(const struct loading *to, const struct row *row, bool lent)
{
	struct store *store = to->world->store;
	uint64_t own = store_area(store), at = 0;
	const struct value *where = row_value(row, move_to);
	struct bytes name;

	if (store_within(store, row->area) || (where && area_in_text(own, where->text)))
		return false;
	while (where && area_each(area_above(own), &at, &name))
		if (area_in_text(at, where->text))
			return true;
	return lent;
}

static bool see_sent(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct stock *stock = loading->stock;
	const struct value *type = row_value(row, move_type);
	bool lent = type && bytes_equal(type->text, bytes_text("lend"));

	if (!type || (!lent && !bytes_equal(type->text, bytes_text("to"))) ||
		is_for_others(loading, row, lent))
		return true;
	stock->sent = array_more_in(loading->arena, stock->sent, stock->sent_count,
		&loading->rooms[1], sizeof *stock->sent);
	struct sent *sent = &stock->sent[stock->sent_count++];
	*sent = (struct sent){.ref = row->ref,
		.number = text_of(loading, row, move_order_no),
		.goods = text_of(loading, row, move_goods),
		.unit = text_of(loading, row, move_unit),
		.to = text_of(loading, row, move_to),
		.carrier = text_of(loading, row, move_carrier),
		.quantity = num_of(row, move_quantity, NULL),
		.at = row->at,
		.lent = lent,
		.here = row->area == store_area(loading->world->store)};
	if (!*sent->goods)
		sent->goods = text_of(loading, row, move_supply);
	return true;
}

enum rc stock_load(struct stock *stock, struct world *world, bool all, struct arena *arena,
	struct fault *fault)
{
	struct loading loading = {.stock = stock,
		.world = world,
		.arena = arena,
		.all = all,
		.today = date_of(world->around.now)};
	const struct {
		unsigned kind;
		row_fn *see;
	} parts[] = {{KIND_supply, see_supply}, {KIND_device, see_device}, {KIND_request, see_wish},
		{KIND_move, see_sent}};
	enum rc rc = RC_OK;

	*stock = (struct stock){.lines = NULL};
	for (size_t n = 0; n < countof(parts) && !rc; n++) {
		struct query query = query_all(parts[n].kind);

		if (kind_of(parts[n].kind)->states[0].code)
			query.state_flags = STATE_OPEN;
		rc = store_each(world->store, &query, parts[n].see, &loading, fault);
	}
	if (stock->count)
		qsort(stock->lines, stock->count, sizeof *stock->lines, by_fault);
	if (stock->wish_count)
		qsort(stock->wishes, stock->wish_count, sizeof *stock->wishes, by_state);
	for (unsigned n = 0; n < stock->wish_count && !rc; n++)
		if (wish_waits(&stock->wishes[n]))
			rc = stock_offers(&stock->wishes[n], world, arena, fault);
	return rc;
}
