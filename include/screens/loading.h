/* SPDX-License-Identifier: GPL-3.0-or-later
 * A register whose first load is under way, in words: for its page, for list and for line mode.
 */
#ifndef SCREENS_LOADING_H
#define SCREENS_LOADING_H

#include "store/peer.h"
#include "store/rows.h"

/* Lines for GATE, which is closed: what has come, what is left, about how long. */
void loading_lines(const struct kind *kind, const struct load_status *load_status, struct buf *out);
/* "正在接收 1200/4530" for what people look at across registers, of the lanes in LANES_MASK (bits);
 * false, and nothing, when all of them are whole. */
bool loading_some(struct store *store, unsigned lanes_mask, struct buf *out);
enum { LOADING_ALL = (1 << LANES) - 1 };
/* The same as one line without an end; "" when the gate of KIND is open. */
enum rc loading_warning(struct store *store, const struct kind *kind, struct buf *out, struct fault *fault) MUST_CHECK;

#endif
