/* SPDX-License-Identifier: GPL-3.0-or-later
 * Statements over many numbers at once.
 */
#ifndef STORE_ENGINE_SQLITE_H
#define STORE_ENGINE_SQLITE_H

#include "store/engine/internal.h"

enum { FEW = 4, MANY = 64 };

/* How many of COUNT numbers, from AT on, go into one statement, and how many it has room for: two
 * sizes, so that statements are kept. */
struct span {
	size_t at, count, room;
};
/* The next span behind the one before ({0} at first); false: that was all. */
bool span_next(struct span *span, size_t count);

/* A statement of TEXT, a literal, behind WITH v(n, site, seq): the numbers of REFS in SPAN, with
 * their places in it; what is bound next is behind them. */
struct sql span_open(
	struct db *db, const char *text, const struct ref refs[], const struct span *span);

#endif
