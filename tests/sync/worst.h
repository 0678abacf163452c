/* SPDX-License-Identifier: GPL-3.0-or-later
 * The worst questions that an enrolled station can send, and what taking one costs.
 */
#ifndef SYNC_WORST_H
#define SYNC_WORST_H

#include "world.h"

#include "store/peer.h"
#include "store/rows/internal.h"

/* What a frame is to hold, and who sends it to whom. */
struct load {
	struct three *world;
	struct store *from, *to;
	struct keys keys;     /* of FROM */
	uint32_t next[LANES]; /* numbers of FROM that are taken */
	struct arena arena;
	struct fact *facts;
	size_t count, room;
	struct mark *marks;
	size_t mark_count;
	struct buf extra; /* tagged fields */
	struct buf front; /* statements and introductions */
	uint64_t random;
	uint64_t number;    /* of the last question */
	uint64_t full_room; /* room for the answer; 0: one byte */
};

/* A county, a township, a village that have joined; WAY: who sends to whom. */
void load_begin(struct load *load, int way);
void load_end(struct load *load);
uint64_t load_random(struct load *load);
/* A fact of FROM behind the others; what OP leaves out is filled in. SIGNED: with its signature. */
struct ref load_fact(struct load *load, struct op *op, enum lane lane, bool is_signed);
/* The sealed question, statements in front. */
void load_frame(struct load *load, struct buf *frame);
/* What is loaded so far is there already, and the frame begins anew. */
void load_there(struct load *load);

/* N of the worst of one kind; they begin with a world and leave a load that is ready for a frame.
 */
struct worst {
	const char *name;
	void (*make)(struct load *load, unsigned n);
	enum { TO_TOWN, TO_COUNTY, TO_VILLAGE } way; /* the last: marks alone, of its hub */
	unsigned n; /* as many as 64 KiB hold, or as a frame may have */
};
extern const struct worst worst_all[];
extern const unsigned worst_count;

#endif
