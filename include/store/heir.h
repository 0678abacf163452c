/* SPDX-License-Identifier: GPL-3.0-or-later
 * A hub above which nobody stands has nobody who could grant its new site. So the new site says
 * itself whose heir it is, and the old key, where it is still there, signs that.
 */
#ifndef STORE_HEIR_H
#define STORE_HEIR_H

#include "store/store.h"

/* What an old key signs: its own public half, the new one, and the area of both. */
void heir_say(const uint8_t old_public[SIGN_PUBLIC], const uint8_t new_public[SIGN_PUBLIC],
	uint64_t area, struct buf *out);
/* The present site of STORE follows OLD: written when OLD had nobody above and somebody below.
 * KEYS: those of OLD, or others when they are lost. Inside a transaction. */
enum rc heir_write(struct store *store, const struct station *old, const struct keys *keys,
	struct fault *fault) MUST_CHECK;

#endif
