/* SPDX-License-Identifier: GPL-3.0-or-later
 * The contexts of a byte: the characters before it, and above all what it is in the message
 * (walk.c).
 */
#include "sync/wire/model/parts.h"

#include <string.h>

enum { LEAD_LEAST = 0x81, HANZI_LEAST = 0xB000 };

static uint32_t mixed(uint32_t a, uint32_t b)
{
	uint32_t hash = (a + 0x7F4A7C15u) * 0x9E3779B1u ^ (b + 0x165667B1u) * 0x85EBCA6Bu;

	hash ^= hash >> 15;
	hash *= 0x2C1B3C6Du;
	return hash ^ hash >> 13;
}

/* The byte that a field of a fact before has here, and whether it was right so far; 0: none. */
static uint32_t expected(const struct model *model, unsigned which)
{
	const struct following *follow = &model->follow[which];

	if (!follow->at)
		return 0;
	return model->memory->text[follow->at % TEXT_ROOM] + 1u + (follow->missed ? 256 : 0);
}

void contexts_of(struct model *model)
{
	const struct walk *walk = &model->walk;
	const uint32_t *c = model->chars;
	uint32_t part = model->part, column = walk->column;
	bool text = walk->atom == ATOM_TEXT || walk->atom == ATOM_UTF8;
	uint32_t one = mixed(c[0], part), two = mixed(one, c[1]);
	uint32_t above = mixed(column, expected(model, FOLLOW_ABOVE));
	const uint32_t of[CONTEXTS] = {
		mixed(column, text ? part : walk->pos),
		mixed(column, walk->prefix),
		one,
		mixed(two, c[2]),
		mixed(column, two),
		mixed(above, expected(model, FOLLOW_AUTHOR)),
		mixed(above, text ? one : walk->prefix),
		mixed(mixed(c[1], c[2]), part),
		mixed(mixed(model->shape, column), part),
		mixed(mixed(c[0], c[2]), mixed(part, 3)),
		mixed(walk->step, part),
	};

	for (unsigned i = 0; i < CONTEXTS; i++) {
		uint32_t hash = mixed(of[i], i * 0x01000193u + 1);
		hash ^= hash >> 16;
		hash *= 0x85EBCA6Bu;
		model->hash[i] = hash ^ hash >> 13;
	}
	model->sort = text ? model->part_len != 0 : 2;
}

/* How many bytes a character has that begins so; GB18030 has four where a digit comes second. */
static unsigned char_len(enum atom atom, uint8_t byte)
{
	if (atom == ATOM_TEXT)
		return byte >= LEAD_LEAST ? 2 : 1;
	if (atom == ATOM_UTF8)
		return byte >= 0xF0 ? 4 : (byte >= 0xE0 ? 3 : (byte >= 0xC0 ? 2 : 1));
	return 1;
}

static unsigned shape_of(uint32_t c)
{
	if (c >= HANZI_LEAST)
		return 2;
	if (c >= 0x80)
		return 3;
	return c >= '0' && c <= '9' ? 1 : (c >= 'A' ? 4 : (c ? 5 : 6));
}

static void char_done(struct model *model)
{
	memmove(model->chars + 1, model->chars, sizeof model->chars - sizeof model->chars[0]);
	model->chars[0] = model->part;
	model->shape = model->shape << 3 | shape_of(model->part);
	model->part = model->part_len = 0;
}

static void char_byte(struct model *model, uint8_t byte)
{
	enum atom atom = model->walk.atom;

	model->part = model->part << 8 | byte;
	if (model->part_len++ == 0)
		model->part_want = char_len(atom, byte);
	else if (model->part_len == 2 && atom == ATOM_TEXT && byte >= '0' && byte <= '9')
		model->part_want = 4;
	if (model->part_len >= model->part_want)
		char_done(model);
}

void context_byte(struct model *model, uint8_t byte)
{
	struct walk *walk = &model->walk;
	uint32_t column = walk->column;

	follow_byte(model, byte);
	char_byte(model, byte);
	walk_byte(walk, byte);
	if (walk->pos && walk->column == column)
		return;
	if (model->part_len)
		char_done(model);
	follow_value(model);
}

void context_message(struct model *model)
{
	walk_start(&model->walk);
	memset(model->follow, 0, sizeof model->follow);
	memset(model->chars, 0, sizeof model->chars);
	model->part = model->part_len = model->part_want = model->shape = 0;
	follow_value(model);
}
