/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk through the facts, which body.c and the files beside it read, from atom to atom.
 */
#include "sync/wire/walk/walk.h"

#include "base/limits.h"
#include "sync/wire.h"
#include "sync/wire/internal.h"

#include <string.h>

enum { SITE_SIZE = 7, STEP_BITS = 5, STEP_MOST = 31 };
enum { BY_FORMS = 2, BY_SORTS = 3, BY_PLACE = 1 };

/* A varint when there is MORE, else the next part. */
static void or_forward(struct walk *walk, bool more, unsigned step)
{
	if (more)
		walk_number(walk, step);
	else
		walk_forward(walk);
}

static void value_done(struct walk *walk)
{
	struct walk_fact *fact = &walk->facts[walk->owner[walk->item]];

	fact->last = walk_mixed(walk->prefix, walk->items[walk->item]);
	if (walk->columns && ++walk->placed < walk->item_count)
		walk_value(walk, walk->order[walk->placed]);
	else if (!walk->columns && walk->item + 1 < fact->first_item + fact->items)
		walk_value(walk, walk->item + 1);
	else
		walk_forward(walk);
}

/* The second half of a value: the number behind a site, the bytes behind their length. */
static void value_more(struct walk *walk, enum atom atom, unsigned step, uint32_t len)
{
	uint32_t column = walk_mixed(walk->column, step), prefix = walk->prefix;
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
		walk_forward(walk);
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
	walk->owner[walk->item_count++] = (uint16_t)walk->at;
	fact->items++;
	walk_number(walk, WALK_ITEM);
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
		walk_number_of(walk, WALK_FACT_FLAGS, fact->lane);
	else if (walk->elsewhere)
		walk_number_of(walk, WALK_FACT_NUMBER, fact->lane);
	else
		walk_forward(walk);
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
		walk_forward(walk);
}

static void stamp_next(struct walk *walk, uint64_t value)
{
	or_forward(walk, value & 1, WALK_TICK);
}

static void what_next(struct walk *walk, uint64_t value)
{
	walk->facts[walk->at].kind = (uint32_t)(value >> STEP_BITS);
	walk->facts[walk->at].step = value & STEP_MOST;
	walk_forward(walk);
}

static void who_next(struct walk *walk, uint64_t value)
{
	(void)value;
	walk->facts[walk->at].who = walk->prefix;
	walk_forward(walk);
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
	walk_number(walk, WALK_SEEN_TICK);
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
	walk_forward(walk);
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
	walk_begin(walk);
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
