/* SPDX-License-Identifier: GPL-3.0-or-later
 * The model: contexts to a probability for the next bit, and what comes of it learnt. Context
 * mixing after Matt Mahoney's PAQ and lpaq; which contexts there are is our own.
 */
#include "sync/wire/model/parts.h"

#include <string.h>

enum { MAP_LIMIT = 250, FOLLOW_LIMIT = 400, LAST_SHIFT = 15, CERTAIN = 16 };
enum { FOLLOW_INPUT = 2 * CONTEXTS, BIAS_INPUT = FOLLOW_INPUT + 2 * FOLLOWS, BIAS = 256 };

_Static_assert((int)BIAS_INPUT < (int)INPUTS, "every input has its place");

/* Nobody can guess these: they are passed over. */
static bool is_random(const struct model *model)
{
	unsigned step = model->walk.step;

	return step == WALK_MEMORY || step == WALK_CHECK || step == WALK_SIG;
}

static uint32_t line_of(uint32_t hash)
{
	return (uint32_t)((uint64_t)hash * LINES >> 32);
}

/* Of the second half of a byte, behind the BITS of the first. */
static uint32_t half_hash(uint32_t hash, unsigned bits)
{
	hash = (hash + bits) * 0x9E3779B1u;
	hash ^= hash >> 16;
	hash *= 0x85EBCA6Bu;
	return hash ^ hash >> 13;
}

static void find_lines(struct model *model)
{
	for (unsigned i = 0; i < CONTEXTS; i++) {
		uint32_t line;
		if (model->count)
			model->hash[i] = half_hash(model->hash[i], model->bits);
		line = line_of(model->hash[i]);
		model->line[i] = &model->memory->lines[line];
		__builtin_prefetch(model->line[i], 1);
		touch(model, UNIT_LINE + line);
	}
}

/* Before the last bit of the first half, the lines of both seconds: then they are there in time. */
static void foresee_lines(const struct model *model)
{
	for (unsigned i = 0; i < CONTEXTS; i++)
		for (unsigned bit = 0; bit < 2; bit++) {
			uint32_t hash = half_hash(model->hash[i], model->bits << 1 | bit);
			__builtin_prefetch(&model->memory->lines[line_of(hash)], 1);
		}
}

/* Returns how many contexts of several characters have been seen before. Whatever has not been seen
 * says nothing. In steps over all contexts, so that none waits for the memory of another. */
static unsigned context_inputs(struct model *model)
{
	unsigned half = model->count % 4, path = 1u << half | (model->bits & ((1u << half) - 1));
	unsigned sort = model->sort;
	struct memory *memory = model->memory;
	int16_t *inputs = model->inputs;
	uint8_t histories[CONTEXTS];

	for (unsigned i = 0; i < CONTEXTS; i++) {
		uint32_t hash = model->hash[i];
		struct slot *slot =
			line_slot(model->line[i], (hash / 256 + path) % LINE_SLOTS, (uint8_t)hash);
		model->slot[i] = slot;
		histories[i] = slot->history;
	}
	for (unsigned i = 0; i < CONTEXTS; i++) {
		counter *map = &memory->maps[i][sort][histories[i]];
		int p = (int)counter_p(*map), seen = -(histories[i] != 0);
		model->map[i] = map;
		inputs[2 * i] = (int16_t)(stretch((unsigned)p) & seen);
		inputs[2 * i + 1] = (int16_t)((p - 32768) / 32 & seen);
	}
	return (histories[3] != 0) + (histories[4] != 0) + (histories[6] != 0);
}

static unsigned small(unsigned n, unsigned most)
{
	return n < most ? n : most;
}

/* How sure it is that what is followed goes on, for or against the bit that it expects. */
static void follow_inputs(struct model *model)
{
	struct memory *memory = model->memory;

	for (unsigned which = 0; which < FOLLOWS; which++) {
		const struct following *follow = &model->follow[which];
		int16_t *inputs = &model->inputs[FOLLOW_INPUT + 2 * which];
		unsigned bit, len = follow->len < 8 ? follow->len : small(7 + follow->len / 8, 15);
		counter **counters = model->followed[which];
		inputs[0] = inputs[1] = 0;
		counters[0] = NULL;
		if (!follow_expects(model, which, &bit))
			continue;
		counters[0] = &memory->follow_len[which][len * 4 + small(follow->missed, 3)];
		counters[1] = &memory->follow_column[which][model->walk.column >> 22 << 3 |
							    small(follow->len, 3) << 1 |
							    (follow->missed != 0)];
		for (unsigned k = 0; k < 2; k++) {
			int sure = stretch(counter_p(*counters[k]));
			inputs[k] = (int16_t)(bit ? sure : -sure);
		}
	}
}

/* What is followed learns by column, the bits of a byte beside each other. */
static void touch_followed(struct model *model)
{
	unsigned unit = model->walk.column >> 22;

	for (unsigned which = 0; which < FOLLOWS; which++)
		touch(model, UNIT_FOLLOW + which * (FOLLOW_COLUMNS / FOLLOW_UNIT) + unit);
}

static unsigned column_of(const struct model *model)
{
	return model->walk.column >> 24;
}

static void choose_sets(struct model *model, unsigned order)
{
	struct memory *memory = model->memory;
	const struct walk *walk = &model->walk;
	const struct following *follow = &model->follow[FOLLOW_LONG];
	unsigned part = model->part_len != 0, longest = 0;
	unsigned beside = model->followed[FOLLOW_BESIDE][0] != NULL;

	if (model->followed[FOLLOW_LONG][0])
		longest = 1 + (follow->len >= 8) + (follow->len >= 16);
	model->sets[0] = &memory->by_column[column_of(model) * 2 + part];
	model->sets[1] = &memory->by_order[(order * 4 + longest) * ATOMS + walk->atom];
	model->sets[2] = &memory->by_bits[model->bits + 256 * part];
	model->sets[3] =
		&memory->by_place[((model->count * 8 + small(walk->pos, 7)) * 2 + beside) * ATOMS +
				  walk->atom];
	model->last = memory->last[column_of(model)];
}

/* What the sets say, weighed once more. */
static void mix(struct model *model)
{
	int64_t sum = 0;

	mixer_dots(model->sets, model->inputs, model->said);
	for (unsigned k = 0; k < SETS; k++)
		sum += (int64_t)model->said[k] * model->last[k];
	sum /= 65536;
	sum = sum > STRETCH_MOST ? STRETCH_MOST : sum;
	model->mixed = sum < -STRETCH_MOST ? -STRETCH_MOST : (int)sum;
}

/* Early, so that they are there when they are needed. */
static void choose_apms(struct model *model)
{
	uint32_t column = model->walk.column, bits = model->bits * 0x2C1B3C6Du;
	uint32_t first = (column ^ column >> 16) * 0x9E3779B1u + bits;
	uint32_t second = (model->chars[0] * 0x9E3779B1u ^ model->part * 0x85EBCA6Bu) + bits;
	unsigned by_column = first * 0x85EBCA6Bu >> 22, by_chars = second * 0x85EBCA6Bu >> 19;

	model->apm[0] = &model->memory->apm_column[by_column];
	model->apm[1] = &model->memory->apm_chars[by_chars];
	for (unsigned k = 0; k < 2; k++) {
		__builtin_prefetch(&model->apm[k]->p[0], 1);
		__builtin_prefetch(&model->apm[k]->p[APM_STEPS], 1);
	}
	touch(model, UNIT_APM_COLUMN + by_column);
	touch(model, UNIT_APM_CHARS + by_chars);
}

static unsigned refine(struct model *model)
{
	unsigned p = squash(model->mixed) * 2;

	for (unsigned k = 0; k < 2; k++)
		p += apm_refine(model->apm[k], model->mixed, &model->apm_at[k]);
	p /= 4;
	return p < CERTAIN ? CERTAIN : (p > 65536 - CERTAIN ? 65536 - CERTAIN : p);
}

unsigned model_p(struct model *model)
{
	unsigned order;

	if (is_random(model))
		return 32768;
	if (model->count == 0) {
		follow_begin(model);
		contexts_of(model);
		touch_followed(model);
	}
	if (model->count % 4 == 0)
		find_lines(model);
	if (model->count == 3)
		foresee_lines(model);
	choose_apms(model);
	follow_inputs(model);
	order = context_inputs(model);
	choose_sets(model, order);
	mix(model);
	return refine(model);
}

static void learn(struct model *model, unsigned bit)
{
	int truth = bit ? 65535 : 0, error = truth - (int)squash(model->mixed), errors[SETS];
	unsigned expected;

	for (unsigned k = 0; k < SETS; k++) {
		errors[k] = truth - (int)squash(model->said[k]);
		model->last[k] += (int32_t)((int64_t)error * model->said[k] / (1 << LAST_SHIFT));
	}
	mixer_learn(model->sets, model->inputs, errors);
	for (unsigned i = 0; i < CONTEXTS; i++) {
		struct slot *slot = model->slot[i]; /* a later context may have taken it */
		counter *map = model->map[i], after = counter_after(*map, bit, MAP_LIMIT);
		*map = slot->history ? after : *map;
		slot->history = history_next[slot->history][bit];
	}
	for (unsigned which = 0; which < FOLLOWS; which++) {
		if (!model->followed[which][0])
			continue;
		follow_expects(model, which, &expected);
		counter_learn(model->followed[which][0], expected == bit, FOLLOW_LIMIT);
		counter_learn(model->followed[which][1], expected == bit, FOLLOW_LIMIT);
	}
	for (unsigned k = 0; k < 2; k++)
		apm_learn(model->apm[k], model->apm_at[k], bit);
}

void model_bit(struct model *model, unsigned bit)
{
	if (!is_random(model))
		learn(model, bit);
	model->bits = model->bits << 1 | bit;
	if (++model->count < 8)
		return;
	context_byte(model, (uint8_t)model->bits);
	model->bits = 1;
	model->count = 0;
}

void model_message(struct model *model)
{
	model->bits = 1;
	model->count = 0;
	context_message(model);
	model->walk.lean = model->lean;
}

void model_start(struct model *model, struct memory *memory)
{
	memset(model, 0, sizeof *model);
	model->memory = memory;
	model->inputs[BIAS_INPUT] = BIAS;
	model_message(model);
}
