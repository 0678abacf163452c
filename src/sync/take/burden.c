/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a frame would make its taker do, looked up before the store is locked for it: a record is
 * folded again as a whole when one fact of it comes, and what waited for a fact is judged with it.
 */
#include "store/rows.h"
#include "sync/take/internal.h"

#include <stdlib.h>
#include <string.h>

enum {
	SOME = 64
}; /* records at a time: none is looked up for long when one before it was too much */

struct named {
	struct ref rec;
	size_t here; /* facts of it in the frame */
};

static int by_record(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->rec.site != y->rec.site)
		return x->rec.site < y->rec.site ? -1 : 1;
	return (x->rec.seq > y->rec.seq) - (x->rec.seq < y->rec.seq);
}

/* The records that the facts of MESSAGE are of, each once. */
static struct named *records_of(const struct message *message, struct arena *arena, size_t *count)
{
	struct named *all = arena_get(arena, (message->fact_count + 1) * sizeof *all);
	size_t n = 0, kept = 0;

	for (; n < message->fact_count; n++)
		all[n] = (struct named){{message->ops[n].rec_site, message->ops[n].rec_seq}, 1};
	qsort(all, n, sizeof *all, by_record);
	for (size_t i = 0; i < n; i++)
		if (kept && !by_record(&all[kept - 1], &all[i]))
			all[kept - 1].here++;
		else
			all[kept++] = all[i];
	*count = kept;
	return all;
}

/* How many facts follow each of the next SOME records here. */
static void look_ahead(
	struct store *store, const struct named all[], size_t count, unsigned following[SOME])
{
	struct ref recs[SOME];
	size_t n = count < SOME ? count : SOME;

	for (size_t i = 0; i < n; i++)
		recs[i] = all[i].rec;
	log_following(store_log(store), recs, n, LIMIT_RECORD_FACTS, following);
}

void burden_weigh(struct store *store, struct message *message, struct arena *arena)
{
	struct named *all;
	unsigned following[SOME];
	size_t count, left = LIMIT_FRAME_FOLD;

	message->heavy = message->fact_count > LIMIT_FRAME_TAKEN;
	all = records_of(message, arena, &count);
	message->crowded = arena_get(arena, (count + 1) * sizeof *message->crowded);
	for (size_t i = 0; i < count && !message->heavy; i++) {
		if (i % SOME == 0)
			look_ahead(store, all + i, count - i, following);
		unsigned there = following[i % SOME];
		message->heavy = there > left;
		left -= there < left ? there : left;
		if (there + all[i].here > LIMIT_RECORD_FACTS)
			message->crowded[message->crowded_count++] = all[i].rec;
	}
}

bool burden_crowded(const struct message *message, const struct op *op)
{
	size_t low = 0, high = message->crowded_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		struct named here = {message->crowded[middle], 0},
			     wanted = {{op->rec_site, op->rec_seq}, 0};
		int order = by_record(&here, &wanted);
		if (!order)
			return !op_first(op);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
