/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of the facts in a body, in rows or in columns: which comes next, and what stands of it
 * in a fact.
 */
#include "sync/wire/walk/walk.h"

#include "sync/wire.h"
#include "sync/wire/internal.h"

enum { CHECK_SIZE = 3, STEP_BITS = 5 };

uint32_t walk_mixed(uint32_t a, uint32_t b)
{
	uint32_t hash = a * 0x2C1B3C6Du + b * 0x297A2D39u + 0x5851F42Du;

	return hash ^ hash >> 15;
}

/* A varint that means something else for other facts. */
void walk_number_of(struct walk *walk, unsigned step, uint32_t of)
{
	walk_expect(walk, ATOM_VARINT, step, 0);
	walk->column = walk_mixed(walk->column, of);
}

void walk_number(struct walk *walk, unsigned step)
{
	walk_number_of(walk, step, 0);
}

static uint32_t what_of(const struct walk_fact *fact)
{
	return fact->kind << STEP_BITS | fact->step;
}

void walk_value(struct walk *walk, uint32_t item)
{
	const struct walk_fact *fact = &walk->facts[walk->owner[item]];
	unsigned form = walk->items[item] & FORMS;

	walk->item = item;
	walk_expect(walk,
		form == FORM_TEXT ? ATOM_TEXT : (form == FORM_UTF8 ? ATOM_UTF8 : ATOM_VARINT),
		WALK_VALUE, 0);
	walk->column = walk_mixed(fact->kind, walk->items[item]);
	walk->context = fact->last;
	walk->author = walk_mixed(fact->site, fact->who);
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
	walk_number(walk, WALK_WHO);
	walk->author = fact->site;
	return true;
}

static bool items(struct walk *walk, struct walk_fact *fact)
{
	walk_number_of(walk, WALK_ITEM, what_of(fact));
	fact->first_item = walk->item_count;
	return true;
}

static bool record(struct walk *walk, struct walk_fact *fact)
{
	walk_number_of(walk, WALK_RECORD, what_of(fact));
	return fact->step;
}

static bool values(struct walk *walk, struct walk_fact *fact)
{
	if (fact->items)
		walk_value(walk, fact->first_item);
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

bool walk_begin(struct walk *walk)
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

/* ---- from part to part */

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
void walk_forward(struct walk *walk)
{
	for (;;) {
		step_on(walk);
		if (walk->at == walk->count || walk->part == PARTS) {
			walk_expect(walk, ATOM_BYTES, WALK_CHECK, CHECK_SIZE);
			return;
		}
		if (!walk->columns || walk->part != PART_VALUES) {
			if (walk_begin(walk))
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
			walk_value(walk, walk->order[0]);
			return;
		}
	}
}
