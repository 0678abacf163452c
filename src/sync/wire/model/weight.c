/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the bits of a message go: what each byte costs the coder, added up by what it is. For
 * people who look at a frame; a frame itself is packed in stream.c.
 */
#include "sync/wire.h"
#include "sync/wire/model/parts.h"

enum { ONE_BITS = 16, FRACTION_BITS = 8 };

/* -log2(P / 65536) in 256ths: the fraction bit by bit, by squaring. */
static uint32_t cost_of(unsigned p)
{
	unsigned whole = 0, fraction = 0;
	uint64_t x;

	while (p >> (whole + 1))
		whole++;
	x = (uint64_t)p << (31 - whole);
	for (unsigned i = 0; i < FRACTION_BITS; i++) {
		x = x * x >> 31;
		fraction = fraction << 1 | (x >> 32 & 1);
		x >>= x >> 32 & 1;
	}
	return (uint32_t)(((ONE_BITS - whole) << FRACTION_BITS) - fraction);
}

static uint32_t byte_cost(struct model *model, uint8_t byte)
{
	uint32_t cost = 0;

	for (int i = 7; i >= 0; i--) {
		unsigned bit = byte >> i & 1, p = model_p(model);
		cost += cost_of(bit ? p : 65536 - p);
		model_bit(model, bit);
	}
	return cost;
}

/* The row of what the next byte is; NULL: there is no room for another. */
static struct weight *row_of(const struct walk *walk, struct weight rows[], size_t most, size_t *n)
{
	struct weight row = {.step = walk->step};

	if (walk->step == WALK_VALUE || walk->step == WALK_VALUE_BYTES || walk->step == WALK_REF) {
		row.step = WALK_VALUE;
		row.kind = walk->facts[walk->owner[walk->item]].kind;
		row.tag = walk->items[walk->item] >> FORM_BITS;
	}
	for (size_t i = 0; i < *n; i++)
		if (rows[i].step == row.step && rows[i].kind == row.kind && rows[i].tag == row.tag)
			return &rows[i];
	if (*n == most)
		return NULL;
	rows[*n] = row;
	return &rows[(*n)++];
}

size_t model_weigh(
	struct bytes plain, const struct model_way *way, struct weight rows[], size_t most)
{
	struct model *model = model_ready();
	size_t n = 0;

	stream_read(model, way->history);
	model->lean = way->lean;
	model_message(model);
	for (size_t i = 0; i < plain.len; i++) {
		struct weight *row = row_of(&model->walk, rows, most, &n);
		bool first = !model->walk.pos && model->walk.step != WALK_VALUE_BYTES &&
			     model->walk.step != WALK_REF;
		uint32_t cost = byte_cost(model, plain.at[i]);
		if (!row)
			continue;
		row->count += first;
		row->bytes++;
		row->bits += cost;
	}
	return n;
}
