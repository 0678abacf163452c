/* SPDX-License-Identifier: GPL-3.0-or-later
 * How much of goods went out and came back, by the moves that are kept of them.
 */
#ifndef WORK_GOODS_H
#define WORK_GOODS_H

#include "store/rows.h"

/* Thousandths, of all moves of a supply that stand. */
struct goods_gone {
	int64_t out, back;
};
/* The supply that VALUE of a move means: its record, or a name that it alone has. */
bool goods_meant(struct store *store, const struct value *value, uint64_t area, struct ref *ref);
/* Is a move of this TYPE one of what comes back? */
bool goods_come_back(const struct value *type);
enum rc goods_gone(struct store *store, struct ref supply, struct goods_gone *gone, struct fault *fault) MUST_CHECK;
/* RC_BAD: so much cannot come back; FAULT says the numbers. */
enum rc goods_back(const struct goods_gone *gone, int64_t quantity, struct fault *fault) MUST_CHECK;

/* RC_BAD: that move is not taken back: somebody has signed for it, or what came by it was used. */
enum rc goods_void(struct store *store, struct ref move, struct fault *fault) MUST_CHECK;

#endif
