/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk through a message, byte by byte: which atom of it the next byte belongs to.
 */
#ifndef SYNC_WIRE_WALK_WALK_H
#define SYNC_WIRE_WALK_WALK_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum atom { ATOM_BYTES, ATOM_VARINT, ATOM_TEXT, ATOM_UTF8, ATOMS };

/* The atoms that a message is made of. In docs/WIRE.md under these numbers: contexts are made of
 * them. */
enum walk_step {
	WALK_LOST,
	WALK_FLAGS,
	WALK_NUMBER,
	WALK_STORE,
	WALK_MORE,
	WALK_MEMORY,
	WALK_GOT,
	WALK_SENT,
	WALK_CURSOR,
	WALK_ROOM,
	WALK_BEFORE,
	WALK_HEARD,
	WALK_STATUS,
	WALK_TIME,
	WALK_MARKS,
	WALK_MARK,
	WALK_MARK_SITE,
	WALK_MARK_STORE,
	WALK_MARK_UPTO,
	WALK_EXTRA,
	WALK_EXTRA_BYTES,
	WALK_COLUMNS,
	WALK_COUNT,
	WALK_SITES,
	WALK_SITE,
	WALK_HOUR,
	WALK_WHERE,
	WALK_FACT_FLAGS,
	WALK_FACT_NUMBER,
	WALK_RAW,
	WALK_RAW_BYTES,
	WALK_SIG,
	WALK_STAMP,
	WALK_TICK,
	WALK_AT,
	WALK_WHAT,
	WALK_WHO,
	WALK_ITEM,
	WALK_RECORD,
	WALK_RECORD_NUMBER,
	WALK_AREA,
	WALK_AREA_STEP,
	WALK_SEEN,
	WALK_SEEN_TICK,
	WALK_VALUE,
	WALK_VALUE_BYTES,
	WALK_REF,
	WALK_BY,
	WALK_BY_TEXT,
	WALK_BY_AREA,
	WALK_BY_AREA_STEP,
	WALK_CHECK,
	WALK_STEPS
};

/* An item is its tag and its form. */
enum { FORM_BITS = 3, FORMS = 7 };

/* What a message has beyond these, the walk does not follow. */
enum { WALK_FACTS = 20000, WALK_ITEMS = 65536, WALK_KEYS = 1024 };

struct walk_fact {
	uint32_t kind, who, first_item;
	uint32_t last; /* hash of the value before */
	uint16_t site, items;
	uint8_t flags, step, lane;
};

struct walk {
	bool lost;
	bool whole; /* a message may end here, behind its check */
	enum atom atom;
	unsigned step;
	uint32_t column;      /* the same for bytes that mean the same */
	uint32_t pos, prefix; /* bytes of this atom before the next, and their hash */
	uint32_t context;     /* of a value: hash of the one before it in the fact */
	uint32_t author;      /* hash of who says it */
	uint64_t value;       /* of a varint so far */
	unsigned shift;
	uint32_t left; /* of bytes with a length */
	/* the head */
	unsigned flags, repeat, mark;
	bool answer;
	bool lean; /* without what both ends know */
	/* the body */
	bool columns, elsewhere;  /* elsewhere: the number of the fact follows */
	uint32_t count, at, part; /* facts; the one in hand, and its part */
	uint32_t item, item_count, placed;
	struct walk_fact facts[WALK_FACTS];
	uint32_t items[WALK_ITEMS]; /* tag * 8 + form */
	uint16_t owner[WALK_ITEMS]; /* the fact */
	uint16_t order[WALK_ITEMS]; /* items as columns have them */
};

_Static_assert(WALK_FACTS <= 1 << 16 && WALK_ITEMS <= 1 << 16, "numbers of 16 bits");

/* The next atom; LEFT bytes of it, if it has a length. */
static inline void walk_expect(struct walk *walk, enum atom atom, unsigned step, uint32_t left)
{
	walk->atom = atom;
	walk->step = step;
	walk->column = step * 0x9E3779B1u;
	walk->left = left;
	walk->pos = walk->prefix = walk->shift = 0;
	walk->context = walk->author = 0;
	walk->value = 0;
}

/* The rest is bytes. */
static inline void walk_lose(struct walk *walk)
{
	walk_expect(walk, ATOM_TEXT, WALK_LOST, 0);
	walk->lost = true;
}

void walk_start(struct walk *walk);
void walk_byte(struct walk *walk, uint8_t byte);

/* An atom of the head, of the body, is whole, and its VALUE (of bytes: the last one) known. */
void walk_head_next(struct walk *walk, uint64_t value);
void walk_body_next(struct walk *walk, uint64_t value);

/* walk_parts.c: hashes of what bytes belong to; a varint that means the same everywhere, or
 * something else for other facts (OF); the value of an item; what stands of the part in hand
 * (false: nothing); on to the next part that there is. */
uint32_t walk_mixed(uint32_t a, uint32_t b);
void walk_number(struct walk *walk, unsigned step);
void walk_number_of(struct walk *walk, unsigned step, uint32_t of);
void walk_value(struct walk *walk, uint32_t item);
bool walk_begin(struct walk *walk);
void walk_forward(struct walk *walk);

/* Where columns of PLAIN, a message, begin behind at least LEAST bytes: into CUTS, at most MOST;
 * how many. 0: it has rows, or is none. */
size_t walk_cuts(struct bytes plain, size_t least, size_t cuts[], size_t most);

/* Puts the items in the order of columns. False: there are more than WALK_KEYS. */
bool walk_columns(struct walk *walk);

#endif
