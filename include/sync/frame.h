/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plain bytes to packed ones and back: zstd with the shipped dictionary, and with the confirmed
 * history behind it.
 *
 *   flags (1) | history hash (2), if bit 1 | content
 *
 * Bit 0: the content is a zstd frame without its magic; bit 1: the history was the dictionary's
 * end; bit 2: only the one block of that frame, without its five bytes of heads; bits 4 to 7: the
 * number of the shipped dictionary.
 */
#ifndef SYNC_FRAME_H
#define SYNC_FRAME_H

#include "base/buf.h"

enum {
	FRAME_WINDOW = 20, /* log2: 1 MiB */
	FRAME_RATIO = 200, /* the largest a packed byte may become, beyond the first FRAME_FREE */
	FRAME_FREE = 64 * 1024,
	HISTORY_MOST = 64 * 1024,
	DICTIONARY_NUMBER = 1,
	FRAME_WITH_HISTORY = 2, /* flag in the first byte */
};

/* HISTORY: rows of what both ends have confirmed to each other, newest last; empty = none. The
 * shorter of all ways is taken. */
void frame_pack(struct buf *out, struct bytes plain, struct bytes history);
/* The first byte of what is not packed; the content follows. */
enum { FRAME_PLAIN = 1 << 4 };
/* RC_BAD: no frame, or beyond the caps. RC_NONE: it needs a history or dictionary that is not this
 * one: ask for it again without. */
enum rc frame_unpack(
	struct buf *out, struct bytes packed, struct bytes history, struct fault *fault) MUST_CHECK;

struct bytes frame_dictionary(void); /* the shipped one */

#endif
