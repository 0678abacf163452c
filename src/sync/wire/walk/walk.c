/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where in a message the next byte lies. What does not fit is no error: the walk is lost then, and
 * the rest is bytes.
 */
#include "sync/wire/walk/walk.h"

#include <string.h>

void walk_start(struct walk *walk)
{
	memset(walk, 0, offsetof(struct walk, facts));
	walk_expect(walk, ATOM_BYTES, WALK_FLAGS, 1);
}

static bool ends(struct walk *walk, uint8_t byte)
{
	switch (walk->atom) {
	case ATOM_VARINT:
		if (walk->shift < 64)
			walk->value |= (uint64_t)(byte & 0x7F) << walk->shift;
		walk->shift += 7;
		return !(byte & 0x80);
	case ATOM_BYTES:
		walk->value = byte;
		return --walk->left == 0;
	default:
		return !walk->lost && !byte;
	}
}

void walk_byte(struct walk *walk, uint8_t byte)
{
	bool done = ends(walk, byte);

	walk->whole = false;
	walk->prefix = (walk->prefix + byte + 1) * 0x2F0B4C47u;
	walk->prefix ^= walk->prefix >> 15;
	walk->pos++;
	if (done && walk->step < WALK_COLUMNS)
		walk_head_next(walk, walk->value);
	else if (done)
		walk_body_next(walk, walk->value);
}
