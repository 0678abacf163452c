/* SPDX-License-Identifier: GPL-3.0-or-later
 * What came before is followed, as long as it goes on the same: the longest repetition (the match
 * model of lpaq), and the same field of facts before.
 */
#include "sync/wire/model/parts.h"

enum { LEAST_LONG = 7, LEAST_SHORT = 4, LEN_MOST = 32, MISSES_MOST = 7, PLACE_SHIFT = 19 };

static uint8_t text_at(const struct memory *memory, uint32_t at)
{
	return memory->text[at % TEXT_ROOM];
}

static uint32_t *place_of(struct model *model, unsigned field)
{
	uint32_t place;
	const struct walk *walk = &model->walk;
	uint32_t key = walk->column;

	if (field == FOLLOW_AUTHOR - FOLLOW_ABOVE)
		key += (walk->author + 1) * 0x85EBCA6Bu;
	if (field == FOLLOW_BESIDE - FOLLOW_ABOVE)
		key += (walk->context + 1) * 0x2C1B3C6Du;
	key *= 0x9E3779B1u;
	key ^= key >> 15;
	key *= 0x85EBCA6Bu;
	place = key >> PLACE_SHIFT;
	touch(model, UNIT_PLACE + (field * PLACES + place) / PLACE_UNIT);
	return &model->memory->places[field][place];
}

void follow_value(struct model *model)
{
	uint32_t now = model->memory->text_len;

	for (unsigned field = 0; field < FIELDS; field++) {
		uint32_t *place = place_of(model, field);
		bool there = *place && now - *place < TEXT_ROOM;
		model->follow[FOLLOW_ABOVE + field] = (struct following){there ? *place : 0, 0, 0};
		*place = now ? now : 1;
	}
}

static uint32_t tail_hash(const struct memory *memory, unsigned n)
{
	uint32_t hash = n;

	for (unsigned i = 1; i <= n; i++)
		hash = (hash + text_at(memory, memory->text_len - i) + 1) * 0x2F0B4C47u;
	return (hash ^ hash >> 15) * 0x9E3779B1u >> 16;
}

/* The last LEAST bytes are looked up when nothing is followed, and noted. */
static void refind(struct model *model, unsigned which, unsigned least)
{
	struct memory *memory = model->memory;
	struct following *follow = &model->follow[which];
	uint32_t now = memory->text_len, len = 0, hash, *place;

	if (now < least)
		return;
	hash = tail_hash(memory, least);
	place = &memory->repeats[which][hash];
	touch(model, UNIT_REPEAT + (which * TEXT_HASHES + hash) / REPEAT_UNIT);
	if (!follow->at && *place && now - *place < TEXT_ROOM) {
		while (len < LEN_MOST && len < *place &&
			text_at(memory, *place - 1 - len) == text_at(memory, now - 1 - len))
			len++;
		if (len >= least)
			*follow = (struct following){*place, len, 0};
	}
	*place = now;
}

void follow_byte(struct model *model, uint8_t byte)
{
	struct memory *memory = model->memory;

	for (unsigned which = 0; which < FOLLOWS; which++) {
		struct following *follow = &model->follow[which];
		if (!follow->at)
			continue;
		if (text_at(memory, follow->at) == byte) {
			follow->len++;
		} else if (which < FOLLOW_ABOVE || follow->missed == MISSES_MOST) {
			follow->at = 0;
			continue;
		} else {
			follow->len = 0;
			follow->missed++;
		}
		follow->at++;
	}
	memory->text[memory->text_len++ % TEXT_ROOM] = byte;
	refind(model, FOLLOW_LONG, LEAST_LONG);
	refind(model, FOLLOW_SHORT, LEAST_SHORT);
}

void follow_begin(struct model *model)
{
	for (unsigned which = 0; which < FOLLOWS; which++) {
		uint32_t at = model->follow[which].at;
		model->expected[which] = at ? text_at(model->memory, at) | 256u : 0;
	}
}
