/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts a fact is made of on the wire. A part is written and read fact by fact, looking back
 * only at the same part of the facts before and at parts that stand before it: so rows and columns
 * are the same code, looped the other way round.
 */
#ifndef SYNC_BODY_PARTS_H
#define SYNC_BODY_PARTS_H

#include "base/arena.h"
#include "sync/wire.h"
#include "sync/wire/internal.h"

/* A less B, whatever anybody wrote: beyond the ends it goes round, and comes back by adding. */
static inline int64_t difference(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

struct item {
	unsigned tag;
	enum form form;
	struct value value;
};

#define SECONDS_MOST (INT64_C(1) << 46)

struct wire_fact {
	struct op op;
	struct bytes raw, sig;
	unsigned flags;
	struct item *items;
	unsigned count;
};

struct known_site {
	uint64_t site, area;        /* area of the last record begun by it in this frame */
	uint32_t n[LANE_SLOTS];     /* last number seen in this frame, by lane */
	uint32_t ref_n[LANE_SLOTS]; /* last record referred to */
	uint32_t who;
};

enum { BODY_PLACES = 2000 };

/* From (site, number) to a place; a later one under the same key takes the place of the earlier
 * (body_map.c). The slots live in the body's arena. */
struct body_map {
	struct slot *slots;
	size_t room, count;
};

struct body {
	const struct body_ways *ways;
	struct arena arena;
	struct known_site *sites;
	size_t site_count;
	struct body_map site_places; /* by site */
	unsigned chain;              /* which of the known hubs above stand in front, by a bit */
	struct wire_fact *facts;
	size_t count, item_count;
	int64_t hour;    /* of the first stamp */
	int64_t last_at; /* of the last fact that has one */
	bool has_last_at;
	uint64_t places[BODY_PLACES], last_place; /* areas written out in this frame */
	unsigned place_count;
	struct body_map area_places; /* by area: where it stands in places */
	/* Of the facts before the one in hand: the newest of each record, and each by its number.
	 */
	struct body_map newest, numbers;
};

/* AT is the fact's place in body->facts. put never fails; take is false on nonsense. */
struct part {
	void (*put)(struct body *body, size_t at, struct buf *out);
	bool (*take)(struct body *body, size_t at, struct bytes *in);
};

extern const struct part where_part, raw_part, stamp_part, at_part, what_part, who_part,
	record_part, area_part, seen_part;        /* body_head.c */
extern const struct part items_part, values_part; /* body_items.c */
extern const struct part by_part;                 /* body_by.c; stands behind the values */

void body_map_put(
	struct body_map *map, struct arena *arena, uint64_t site, uint64_t number, size_t place);
bool body_map_get(const struct body_map *map, uint64_t site, uint64_t number, size_t *place);
void body_map_clear(struct body_map *map);

/* Index in the table; sites are entered by the writer beforehand. */
unsigned site_index(const struct body *body, uint64_t site);
/* The stamp that a fact most likely had seen: from this frame, or asked of the store. Facts are
 * asked about in order, and each is noted when it has been. */
uint64_t likely_seen(const struct body *body, size_t at);
void note_seen(struct body *body, size_t at);
/* An area: its place among those of this frame, or written out. */
void place_put(struct body *body, uint64_t area, struct buf *out);
bool place_take(struct body *body, struct bytes *in, uint64_t *area);
/* TEXT in GB18030, as texts are sent; false: it stays in UTF-8. And a text with its NUL, there and
 * back. */
bool chars_in_gb(struct body *body, struct bytes text, struct bytes *out);
void chars_put(struct buf *out, struct bytes text);
bool chars_take(struct body *body, struct bytes *in, bool gb, struct bytes *out);
/* One value, for columns that go tag by tag. */
void value_put(
	struct body *body, const struct wire_fact *fact, const struct item *item, struct buf *out);
bool value_take(
	struct body *body, const struct wire_fact *fact, struct item *item, struct bytes *in);
/* Chooses the forms of a fact's values. False: the body is not canonical. */
bool items_of(struct body *body, struct wire_fact *fact);

#endif
