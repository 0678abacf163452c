/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk through what stands before the facts: message_take() reads the same.
 */
#include "sync/wire/walk/walk.h"

#include "base/limits.h"
#include "sync/wire.h"

enum {
	SITE_SIZE = 7,
	MEMORY_SIZE = 4,
	FLAG_FULL = 8,
	FLAG_MORE = 16,
	FLAG_MARKS = 32,
	FLAG_EXTRA = 64,
	MARK_HOLDER = 8,
	MARK_SITE = 16,
	MARK_STORE = 32
};

static void varint(struct walk *walk, unsigned step)
{
	walk_expect(walk, ATOM_VARINT, step, 0);
}

static void bytes(struct walk *walk, unsigned step, uint32_t len)
{
	walk_expect(walk, ATOM_BYTES, step, len);
}

static unsigned ones(uint64_t mask)
{
	unsigned n = 0;

	for (mask &= 0xFF; mask; mask &= mask - 1)
		n++;
	return n;
}

static void body(struct walk *walk, uint64_t value)
{
	(void)value;
	bytes(walk, WALK_COLUMNS, 1);
}

static void after_marks(struct walk *walk)
{
	if (walk->flags & FLAG_EXTRA)
		varint(walk, WALK_EXTRA);
	else
		body(walk, 0);
}

static void after_head(struct walk *walk, uint64_t value)
{
	(void)value;
	if (walk->flags & FLAG_MARKS)
		varint(walk, WALK_MARKS);
	else
		after_marks(walk);
}

/* Another varint like this one; false: there is none. */
static bool another(struct walk *walk, unsigned step)
{
	if (!walk->repeat)
		return false;
	varint(walk, step);
	walk->column += --walk->repeat;
	return true;
}

static void cursor(struct walk *walk, uint64_t value)
{
	if (another(walk, WALK_CURSOR))
		return;
	if (!walk->answer && walk->lean)
		bytes(walk, WALK_ROOM, 1);
	else if (!walk->answer)
		varint(walk, WALK_ROOM);
	else if (walk->flags & FLAG_FULL)
		varint(walk, WALK_HEARD);
	else
		after_head(walk, value);
}

static void got(struct walk *walk, uint64_t value)
{
	walk->repeat = ones(value);
	if (walk->answer)
		cursor(walk, value);
	else
		bytes(walk, WALK_SENT, 1);
}

static void sent(struct walk *walk, uint64_t value)
{
	walk->repeat += ones(value);
	cursor(walk, value);
}

static void before(struct walk *walk, uint64_t value)
{
	(void)value;
	if (!another(walk, WALK_BEFORE))
		varint(walk, WALK_HEARD);
}

static void room(struct walk *walk, uint64_t value)
{
	walk->repeat = LANES;
	if (walk->flags & FLAG_FULL)
		before(walk, value);
	else
		after_head(walk, value);
}

static void upto(struct walk *walk, uint64_t value)
{
	(void)value;
	if (!walk->repeat) {
		after_marks(walk);
		return;
	}
	walk->repeat--;
	varint(walk, WALK_MARK);
}

static void marks(struct walk *walk, uint64_t value)
{
	walk->repeat = value > LIMIT_FRAME_MARKS ? 0 : (unsigned)value;
	upto(walk, value);
}

/* What a mark says anew, and then up to where. */
static void mark_part(struct walk *walk, uint64_t value)
{
	(void)value;
	if (walk->mark & (MARK_HOLDER | MARK_SITE)) {
		bytes(walk, WALK_MARK_SITE, SITE_SIZE);
		walk->mark &= ~(unsigned)(walk->mark & MARK_HOLDER ? MARK_HOLDER : MARK_SITE);
	} else if (walk->mark & MARK_STORE) {
		varint(walk, WALK_MARK_STORE);
		walk->mark &= ~(unsigned)MARK_STORE;
	} else {
		varint(walk, WALK_MARK_UPTO);
	}
}

static void mark(struct walk *walk, uint64_t value)
{
	walk->mark = (unsigned)value;
	mark_part(walk, value);
}

static void extra(struct walk *walk, uint64_t value)
{
	if (value && value <= LIMIT_FRAME_EXTRA)
		bytes(walk, WALK_EXTRA_BYTES, (uint32_t)value);
	else
		body(walk, value);
}

static void kept(struct walk *walk, uint64_t value)
{
	(void)value;
	if (walk->lean)
		bytes(walk, WALK_GOT, 1);
	else if (walk->answer)
		varint(walk, WALK_STATUS);
	else
		bytes(walk, WALK_MEMORY, MEMORY_SIZE);
}

static void store(struct walk *walk, uint64_t value)
{
	if (walk->flags & FLAG_MORE)
		bytes(walk, WALK_MORE, 1);
	else
		kept(walk, value);
}

static void number(struct walk *walk, uint64_t value)
{
	if (walk->flags & FLAG_FULL)
		varint(walk, WALK_STORE);
	else
		store(walk, value);
}

static void flags(struct walk *walk, uint64_t value)
{
	unsigned type = value & 7;

	walk->flags = (unsigned)value;
	walk->answer = type == MESSAGE_ANSWER || type == MESSAGE_GRANT;
	if (walk->lean)
		store(walk, value);
	else
		varint(walk, WALK_NUMBER);
}

static void status(struct walk *walk, uint64_t value)
{
	(void)value;
	varint(walk, WALK_TIME);
}

static void masks(struct walk *walk, uint64_t value)
{
	(void)value;
	bytes(walk, WALK_GOT, 1);
}

static void (*const next[WALK_COLUMNS])(struct walk *walk, uint64_t value) = {[WALK_FLAGS] = flags,
	[WALK_NUMBER] = number,
	[WALK_STORE] = store,
	[WALK_MORE] = kept,
	[WALK_MEMORY] = masks,
	[WALK_GOT] = got,
	[WALK_SENT] = sent,
	[WALK_CURSOR] = cursor,
	[WALK_ROOM] = room,
	[WALK_BEFORE] = before,
	[WALK_HEARD] = after_head,
	[WALK_STATUS] = status,
	[WALK_TIME] = masks,
	[WALK_MARKS] = marks,
	[WALK_MARK] = mark,
	[WALK_MARK_SITE] = mark_part,
	[WALK_MARK_STORE] = mark_part,
	[WALK_MARK_UPTO] = upto,
	[WALK_EXTRA] = extra,
	[WALK_EXTRA_BYTES] = body};

void walk_head_next(struct walk *walk, uint64_t value)
{
	if (next[walk->step])
		next[walk->step](walk, value);
	else
		walk_lose(walk);
}
