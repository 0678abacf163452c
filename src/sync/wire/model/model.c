/* SPDX-License-Identifier: GPL-3.0-or-later
 * The model: contexts to a probability for the next bit, and what comes of it learnt. Context
 * mixing after Matt Mahoney's PAQ and lpaq; which contexts there are is our own.
 */
#include "sync/wire/model/parts.h"

#include <string.h>

enum { MAP_LIMIT = 250, FOLLOW_LIMIT = 400, LAST_SHIFT = 15, CERTAIN = 16 };
enum { FOLLOW_INPUT = 2 * CONTEXTS, BIAS_INPUT = FOLLOW_INPUT + 2 * FOLLOWS, BIAS = 256 };

_Static_assert((int)BIAS_INPUT < (int)INPUTS, "every input has its place");

/* What is followed mostly goes on. */
static void fill(counter *counters, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		counters[i] = UINT32_C(49152) << 16;
}

void memory_start(struct memory *memory)
{
	struct weights *sets[SETS] = {
		memory->by_column, memory->by_order, memory->by_bits, memory->by_place};
	const unsigned sizes[SETS] = {SET_COLUMN, SET_ORDER, SET_BITS, SET_PLACE};

	memset(memory, 0, sizeof *memory);
	for (unsigned i = 0; i < CONTEXTS; i++)
		for (unsigned sort = 0; sort < CONTEXT_SORTS; sort++)
			for (unsigned h = 0; h < HISTORIES; h++)
				memory->maps[i][sort][h] = history_guess((uint8_t)h) << 16;
	for (unsigned which = 0; which < FOLLOWS; which++) {
		fill(memory->follow_len[which], FOLLOW_LENS);
		fill(memory->follow_column[which], FOLLOW_COLUMNS);
	}
	for (unsigned k = 0; k < SETS; k++)
		for (unsigned i = 0; i < sizes[k]; i++)
			for (unsigned n = 0; n < INPUTS; n++)
				sets[k][i].of[n] = WEIGHT_ONE / 4;
	for (unsigned i = 0; i < COLUMNS; i++)
		for (unsigned k = 0; k < SETS; k++)
			memory->last[i][k] = 65536 / SETS;
	apm_start(memory->apm_column, APM_COLUMNS);
	apm_start(memory->apm_chars, APM_CHARS);
	memory->ends[0] = memory->ends[1] = UINT32_C(1) << 31;
}

/* Nobody can guess these: they are passed over. */
static bool is_random(const struct model *model)
{
	unsigned step = model->walk.step;

	return step == WALK_MEMORY || step == WALK_CHECK || step == WALK_SIG;
}

/* Of the whole byte, and of its second half behind the first. */
static void find_lines(struct model *model)
{
	for (unsigned i = 0; i < CONTEXTS; i++) {
		uint32_t hash = model->hash[i], line;
		if (model->count) {
			hash = (hash + model->bits) * 0x9E3779B1u;
			hash ^= hash >> 16;
			hash *= 0x85EBCA6Bu;
			model->hash[i] = hash ^= hash >> 13;
		}
		line = (uint32_t)((uint64_t)hash * LINES >> 32);
		model->line[i] = &model->memory->lines[line];
		__builtin_prefetch(model->line[i], 1);
		model->touched[line / 64] |= UINT64_C(1) << line % 64;
	}
}

/* Returns how many contexts of several characters have been seen before. */
static unsigned context_inputs(struct model *model)
{
	unsigned half = model->count < 4 ? model->count : model->count - 4, order = 0;
	unsigned path = 1u << half | (model->bits & ((1u << half) - 1));

	for (unsigned i = 0; i < CONTEXTS; i++) {
		unsigned at = (model->hash[i] / 256 + path) % LINE_SLOTS;
		struct slot *slot = line_slot(model->line[i], at, model->hash[i] & 0xFF);
		counter *map = &model->memory->maps[i][model->sort][slot->history];
		int p = (int)counter_p(*map);
		model->slot[i] = slot;
		model->map[i] = map;
		model->inputs[2 * i] = slot->history ? (int16_t)stretch((unsigned)p) : 0;
		model->inputs[2 * i + 1] = slot->history ? (int16_t)((p - 32768) / 32) : 0;
		order += slot->history && (i == 3 || i == 4 || i == 6);
	}
	return order;
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

	for (unsigned k = 0; k < SETS; k++) {
		model->said[k] = mixer_dot(model->sets[k], model->inputs);
		sum += (int64_t)model->said[k] * model->last[k];
	}
	sum /= 65536;
	sum = sum > STRETCH_MOST ? STRETCH_MOST : sum;
	model->mixed = sum < -STRETCH_MOST ? -STRETCH_MOST : (int)sum;
}

static unsigned refine(struct model *model)
{
	uint32_t column = model->walk.column, bits = model->bits * 0x2C1B3C6Du;
	uint32_t first = (column ^ column >> 16) * 0x9E3779B1u + bits;
	uint32_t second = (model->chars[0] * 0x9E3779B1u ^ model->part * 0x85EBCA6Bu) + bits;
	unsigned p = squash(model->mixed) * 2;

	model->apm[0] = &model->memory->apm_column[first * 0x85EBCA6Bu >> 22];
	model->apm[1] = &model->memory->apm_chars[second * 0x85EBCA6Bu >> 19];
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
	if (model->count == 0)
		contexts_of(model);
	if (model->count % 4 == 0)
		find_lines(model);
	order = context_inputs(model);
	follow_inputs(model);
	choose_sets(model, order);
	mix(model);
	return refine(model);
}

static void learn(struct model *model, unsigned bit)
{
	int truth = bit ? 65535 : 0, error = truth - (int)squash(model->mixed);
	unsigned expected;

	for (unsigned k = 0; k < SETS; k++) {
		mixer_learn(model->sets[k], model->inputs, truth - (int)squash(model->said[k]));
		model->last[k] += (int32_t)((int64_t)error * model->said[k] / (1 << LAST_SHIFT));
	}
	for (unsigned i = 0; i < CONTEXTS; i++) {
		struct slot *slot = model->slot[i];
		if (slot->history)
			counter_learn(model->map[i], bit, MAP_LIMIT);
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
}

void model_start(struct model *model, struct memory *memory)
{
	memset(model, 0, sizeof *model);
	model->memory = memory;
	model->inputs[BIAS_INPUT] = BIAS;
	model_message(model);
}
