/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as bytes, the low byte first whatever the machine's own order is: what is kept in a file or
 * sent is the same on every machine.
 */
#ifndef BASE_ENDIAN_H
#define BASE_ENDIAN_H

#include <endian.h>
#include <string.h>

#include "base/buf.h"

enum { LOW_SITE = 7, LOW_WORD = 8 }; /* bytes of a site's number, of a whole number */

/* The lowest BYTES bytes of NUMBER to AT. */
static inline void low_put(uint8_t *at, uint64_t number, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		at[i] = (uint8_t)(number >> (8 * i));
}

static inline uint64_t low_get(const uint8_t *at, unsigned bytes)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < bytes; i++)
		number |= (uint64_t)at[i] << (8 * i);
	return number;
}

/* low_get(AT, LOW_WORD), at once: for many of them. */
static inline uint64_t low_word(const uint8_t *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
	return le64toh(word);
}

static inline void buf_low(struct buf *buf, uint64_t number, unsigned bytes)
{
	low_put(buf_grow(buf, bytes), number, bytes);
}

#endif
