/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts whose stamp was more than a day ahead of the clock that counts here: kept like any other, and marked,
 * for somebody's clock was wrong.
 */
#ifndef STORE_AHEAD_H
#define STORE_AHEAD_H

#include "store/log.h"

/* 2025-01-01. A clock that shows less was never set: it cannot say who is ahead, or when anything was. */
#define CLOCKS_BEGIN INT64_C(1735689600)

/* Seconds that the fact was ahead when it came here, or when the clock above was heard; 0 = not marked. */
int64_t store_ahead(struct store *store, uint64_t site, uint32_t seq);

#endif
