/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was learnt: how it begins, and how it is put back after a message. Most messages are of some
 * hundred bytes and touch little of it.
 */
#include "sync/wire/model/parts.h"

#include <string.h>

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

/* The units of an array: the number of the first, bytes of each, where the array begins. */
struct units {
	unsigned first;
	size_t size, at;
};

static const struct units arrays[] = {
	{UNIT_LINE, sizeof(struct line), offsetof(struct memory, lines)},
	{UNIT_REPEAT, REPEAT_UNIT * sizeof(uint32_t), offsetof(struct memory, repeats)},
	{UNIT_PLACE, PLACE_UNIT * sizeof(uint32_t), offsetof(struct memory, places)},
	{UNIT_FOLLOW, FOLLOW_UNIT * sizeof(counter), offsetof(struct memory, follow_column)},
	{UNIT_APM_COLUMN, sizeof(struct apm), offsetof(struct memory, apm_column)},
	{UNIT_APM_CHARS, sizeof(struct apm), offsetof(struct memory, apm_chars)},
	{UNITS, 0, 0},
};

void memory_put_back(struct model *model, const struct memory *primed)
{
	struct memory *memory = model->memory;
	uint8_t *to = (uint8_t *)memory;
	const uint8_t *from = (const uint8_t *)primed;
	const size_t whole = offsetof(struct memory, text_len);
	const struct units *units = arrays;

	for (unsigned i = 0; i < TOUCHED; i++) {
		for (uint64_t bits = model->touched[i]; bits; bits &= bits - 1) {
			unsigned unit = i * 64 + (unsigned)__builtin_ctzll(bits);
			while (unit >= units[1].first)
				units++;
			size_t at = units->at + (unit - units->first) * units->size;
			memcpy(to + at, from + at, units->size);
		}
		model->touched[i] = 0;
	}
	for (uint32_t at = primed->text_len; at != memory->text_len; at++)
		memory->text[at % TEXT_ROOM] = primed->text[at % TEXT_ROOM];
	memcpy(to + whole, from + whole, sizeof *memory - whole);
}
