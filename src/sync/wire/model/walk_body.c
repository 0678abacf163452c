/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk through the facts, which body.c and the files beside it read: part by part, in rows or
 * in columns.
 */
#include "sync/wire/model/walk.h"

#include "base/limits.h"
#include "sync/wire.h"
#include "sync/wire/internal.h"

#include <string.h>

enum { SITE_SIZE = 7, CHECK_SIZE = 3, STEP_BITS = 5, STEP_MOST = 31, FORM_BITS = 3, FORMS = 7 };
enum { BY_FORMS = 2, BY_SORTS = 3, BY_PLACE = 1 };

static uint32_t mixed(uint32_t a, uint32_t b)
{
	uint32_t hash = a * 0x2C1B3C6Du + b * 0x297A2D39u + 0x5851F42Du;

	return hash ^ hash >> 15;
}

/* A varint that means something else for other facts. */
static void number_of(struct walk *walk, unsigned step, uint32_t of)
{
	walk_expect(walk, ATOM_VARINT, step, 0);
	walk->column = mixed(walk->column, of);
}

static void number(struct walk *walk, unsigned step)
{
	number_of(walk, step, 0);
}

static uint32_t what_of(const struct walk_fact *fact)
{
	return fact->kind << STEP_BITS | fact->step;
}

static void expect_value(struct walk *walk, uint32_t item)
{
	const struct walk_fact *fact = &walk->facts[walk->owner[item]];
	unsigned form = walk->items[item] & FORMS;

	walk->item = item;
	walk_expect(walk,
		form == FORM_TEXT ? ATOM_TEXT : (form == FORM_UTF8 ? ATOM_UTF8 : ATOM_VARINT),
		WALK_VALUE, 0);
	walk->column = mixed(fact->kind, walk->items[item]);
	walk->context = fact->last;
	walk->author = mixed(fact->site, fact->who);
}

/* ---- what stands of a part in a fact; false: nothing */

static bool raw(struct walk *walk, struct walk_fact *fact)
{
	if (fact->flags & IS_RAW)
		walk_expect(walk, ATOM_VARINT, WALK_RAW, 0);
	else if (fact->flags & HAS_SIG)
		walk_expect(walk, ATOM_BYTES, WALK_SIG, SIGN_SIZE);
	return fact->flags & (IS_RAW | HAS_SIG);
}

static bool who(struct walk *walk, struct walk_fact *fact)
{
	number(walk, WALK_WHO);
	walk->author = fact->site;
	return true;
}

static bool items(struct walk *walk, struct walk_fact *fact)
{
	number_of(walk, WALK_ITEM, what_of(fact));
	fact->first_item = walk->item_count;
	return true;
}

static bool record(struct walk *walk, struct walk_fact *fact)
{
	number_of(walk, WALK_RECORD, what_of(fact));
	return fact->step;
}

static bool values(struct walk *walk, struct walk_fact *fact)
{
	if (fact->items)
		expect_value(walk, fact->first_item);
	return fact->items;
}

/* In the order of body.c; then the values, and who it is by. Of a fact that goes as it is only
 * those OF_RAW. A varint of STEP, if one of the FLAGS is set (0: always), or what BEGIN says. */
static const struct {
	unsigned step, flags;
	bool of_raw;
	bool (*begin)(struct walk *walk, struct walk_fact *fact);
} parts[] = {{WALK_WHERE, 0, true, NULL}, {WALK_RAW, 0, true, raw}, {WALK_STAMP, 0, false, NULL},
	{WALK_AT, HAS_AT, true, NULL}, {WALK_WHAT, 0, false, NULL}, {WALK_WHO, 0, false, who},
	{WALK_ITEM, 0, false, items}, {WALK_RECORD, 0, false, record},
	{WALK_AREA, HAS_AREA, false, NULL}, {WALK_SEEN, HAS_SEEN, false, NULL},
	{WALK_VALUE, 0, false, values}, {WALK_BY, HAS_BY, false, NULL}};
enum { PART_VALUES = 10, PARTS = 12 };

static bool begin(struct walk *walk)
{
	struct walk_fact *fact = &walk->facts[walk->at];
	unsigned part = walk->part;

	if ((fact->flags & IS_RAW) && !parts[part].of_raw)
		return false;
	if (parts[part].begin)
		return parts[part].begin(walk, fact);
	if (parts[part].flags && !(fact->flags & parts[part].flags))
		return false;
	walk_expect(walk, ATOM_VARINT, parts[part].step, 0);
	return true;
}

/* ---- from atom to atom */

static void step_on(struct walk *walk)
{
	if (walk->columns) {
		if (++walk->at == walk->count) {
			walk->at = 0;
			walk->part++;
		}
	} else if (++walk->part == PARTS) {
		walk->part = 0;
		walk->at++;
	}
}

/* On to the next part that there is. */
static void forward(struct walk *walk)
{
	for (;;) {
		step_on(walk);
		if (walk->at == walk->count || walk->part == PARTS) {
			walk_expect(walk, ATOM_BYTES, WALK_CHECK, CHECK_SIZE);
			return;
		}
		if (!walk->columns || walk->part != PART_VALUES) {
			if (begin(walk))
				return;
			continue;
		}
		walk->at = walk->count - 1; /* all of them at once */
		walk->placed = 0;
		if (!walk_columns(walk)) {
			walk_lose(walk);
			return;
		}
		if (walk->item_count) {
			expect_value(walk, walk->order[0]);
			return;
		}
	}
}

/* A varint when there is MORE, else the next part. */
static void or_forward(struct walk *walk, bool more, unsigned step)
{
	if (more)
		number(walk, step);
	else
		forward(walk);
}

static void value_done(struct walk *walk)
{
	struct walk_fact *fact = &walk->facts[walk->owner[walk->item]];

	fact->last = mixed(walk->prefix, walk->items[walk->item]);
	if (walk->columns && ++walk->placed < walk->item_count)
		expect_value(walk, walk->order[walk->placed]);
	else if (!walk->columns && walk->item + 1 < fact->first_item + fact->items)
		expect_value(walk, walk->item + 1);
	else
		forward(walk);
}

/* The second half of a value: the number behind a site, the bytes behind their length. */
static void value_more(struct walk *walk, enum atom atom, unsigned step, uint32_t len)
{
	uint32_t column = mixed(walk->column, step), prefix = walk->prefix;
	uint32_t context = walk->context, author = walk->author;

	walk_expect(walk, atom, step, len);
	walk->column = column;
	walk->prefix = atom == ATOM_VARINT ? prefix : 0;
	walk->context = context;
	walk->author = author;
}

static void value_next(struct walk *walk, uint64_t value)
{
	unsigned form = walk->items[walk->item] & FORMS;

	if (walk->step != WALK_VALUE)
		value_done(walk);
	else if (form == FORM_REF)
		value_more(walk, ATOM_VARINT, WALK_REF, 0);
	else if (form != FORM_BYTES || !value)
		value_done(walk);
	else if (value > UINT32_MAX)
		walk_lose(walk);
	else
		value_more(walk, ATOM_BYTES, WALK_VALUE_BYTES, (uint32_t)value);
}

/* The items of a fact are one run: what stood before in it tells the next. */
static void item_next(struct walk *walk, uint64_t value)
{
	struct walk_fact *fact = &walk->facts[walk->at];
	uint32_t prefix = walk->prefix, column = walk->column, tag = 0;

	if (!value) {
		forward(walk);
		return;
	}
	if (walk->item_count == WALK_ITEMS || fact->items == ITEMS_MOST ||
		value >> FORM_BITS > TAG_STEP) {
		walk_lose(walk);
		return;
	}
	if (fact->items)
		tag = walk->items[walk->item_count - 1] >> FORM_BITS;
	walk->items[walk->item_count] =
		(tag + (uint32_t)(value >> FORM_BITS)) << FORM_BITS | (value & FORMS);
	walk->owner[walk->item_count++] = walk->at;
	fact->items++;
	number(walk, WALK_ITEM);
	walk->column = column;
	walk->prefix = prefix;
	walk->pos = fact->items;
}

/* The flags, site and lane are those of the fact before, or are told. */
static void where_next(struct walk *walk, uint64_t value)
{
	struct walk_fact *fact = &walk->facts[walk->at];

	memset(fact, 0, sizeof *fact);
	if (walk->at) {
		fact->flags = fact[-1].flags;
		fact->site = fact[-1].site;
		fact->lane = fact[-1].lane;
	}
	walk->elsewhere = value >> 1;
	if (walk->elsewhere) {
		fact->site = (uint16_t)(((value >> 1) - 1) / LANE_SLOTS);
		fact->lane = ((value >> 1) - 1) % LANE_SLOTS;
	}
	if (value & 1)
		number_of(walk, WALK_FACT_FLAGS, fact->lane);
	else if (walk->elsewhere)
		number_of(walk, WALK_FACT_NUMBER, fact->lane);
	else
		forward(walk);
}

static void flags_next(struct walk *walk, uint64_t value)
{
	walk->facts[walk->at].flags = (uint8_t)value;
	or_forward(walk, walk->elsewhere, WALK_FACT_NUMBER);
}

static void raw_next(struct walk *walk, uint64_t value)
{
	if (value && value <= UINT32_MAX)
		walk_expect(walk, ATOM_BYTES, WALK_RAW_BYTES, (uint32_t)value);
	else
		walk_lose(walk);
}

static void raw_done(struct walk *walk, uint64_t value)
{
	(void)value;
	if (walk->facts[walk->at].flags & HAS_SIG)
		walk_expect(walk, ATOM_BYTES, WALK_SIG, SIGN_SIZE);
	else
		forward(walk);
}

static void stamp_next(struct walk *walk, uint64_t value)
{
	or_forward(walk, value & 1, WALK_TICK);
}

static void what_next(struct walk *walk, uint64_t value)
{
	walk->facts[walk->at].kind = (uint32_t)(value >> STEP_BITS);
	walk->facts[walk->at].step = value & STEP_MOST;
	forward(walk);
}

static void who_next(struct walk *walk, uint64_t value)
{
	(void)value;
	walk->facts[walk->at].who = walk->prefix;
	forward(walk);
}

static void record_next(struct walk *walk, uint64_t value)
{
	or_forward(walk, value & 1, WALK_RECORD_NUMBER);
}

static void area_next(struct walk *walk, uint64_t value)
{
	or_forward(walk, !value, walk->step + 1);
}

static void seen_next(struct walk *walk, uint64_t value)
{
	(void)value;
	number(walk, WALK_SEEN_TICK);
}

static void by_next(struct walk *walk, uint64_t value)
{
	if (value < BY_FORMS)
		walk_expect(walk, value ? ATOM_UTF8 : ATOM_TEXT, WALK_BY_TEXT, 0);
	else
		or_forward(walk, (value - BY_FORMS) % BY_SORTS == BY_PLACE, WALK_BY_AREA);
}

static void done(struct walk *walk, uint64_t value)
{
	(void)value;
	forward(walk);
}

static void columns_next(struct walk *walk, uint64_t value)
{
	walk->columns = value & 1;
	walk_expect(walk, ATOM_VARINT, WALK_COUNT, 0);
}

static void count_next(struct walk *walk, uint64_t value)
{
	walk->count = (uint32_t)value;
	if (!value || value > WALK_FACTS)
		walk_lose(walk);
	else
		walk_expect(walk, ATOM_VARINT, WALK_SITES, 0);
}

static void site_next(struct walk *walk, uint64_t value)
{
	(void)value;
	if (!walk->repeat) {
		walk_expect(walk, ATOM_VARINT, WALK_HOUR, 0);
		return;
	}
	walk->repeat--;
	walk_expect(walk, ATOM_BYTES, WALK_SITE, SITE_SIZE);
}

static void sites_next(struct walk *walk, uint64_t value)
{
	value >>= BODY_CHAIN;
	walk->repeat = value > LIMIT_FRAME_SITES ? 0 : (unsigned)value;
	site_next(walk, value);
}

static void hour_next(struct walk *walk, uint64_t value)
{
	(void)value;
	walk->part = walk->at = 0;
	begin(walk);
}

static void check_next(struct walk *walk, uint64_t value)
{
	(void)value;
	walk_lose(walk);
	walk->whole = true;
}

static void (*const next[WALK_STEPS])(struct walk *walk, uint64_t value) = {
	[WALK_COLUMNS] = columns_next,
	[WALK_COUNT] = count_next,
	[WALK_SITES] = sites_next,
	[WALK_SITE] = site_next,
	[WALK_HOUR] = hour_next,
	[WALK_WHERE] = where_next,
	[WALK_FACT_FLAGS] = flags_next,
	[WALK_FACT_NUMBER] = done,
	[WALK_RAW] = raw_next,
	[WALK_RAW_BYTES] = raw_done,
	[WALK_SIG] = done,
	[WALK_STAMP] = stamp_next,
	[WALK_TICK] = done,
	[WALK_AT] = done,
	[WALK_WHAT] = what_next,
	[WALK_WHO] = who_next,
	[WALK_ITEM] = item_next,
	[WALK_RECORD] = record_next,
	[WALK_RECORD_NUMBER] = done,
	[WALK_AREA] = area_next,
	[WALK_AREA_STEP] = done,
	[WALK_SEEN] = seen_next,
	[WALK_SEEN_TICK] = done,
	[WALK_VALUE] = value_next,
	[WALK_VALUE_BYTES] = value_next,
	[WALK_REF] = value_next,
	[WALK_BY] = by_next,
	[WALK_BY_TEXT] = done,
	[WALK_BY_AREA] = area_next,
	[WALK_BY_AREA_STEP] = done,
	[WALK_CHECK] = check_next};

void walk_body_next(struct walk *walk, uint64_t value)
{
	if (next[walk->step])
		next[walk->step](walk, value);
	else
		walk_lose(walk);
}
