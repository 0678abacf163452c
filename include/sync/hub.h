/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub: one function of store and questions. Whatever carries the bytes calls it.
 */
#ifndef SYNC_HUB_H
#define SYNC_HUB_H

#include "sync/message.h"

/* Opens N questions, then stores and answers them in a transaction for as many as make a batch: the
 * store is not locked while frames are read. Answers may leave when it returns RC_OK (they are
 * durable). A frame that cannot be opened gets an empty answer. */
enum rc hub_answer(struct store *store, const struct bytes asks[], struct buf answers[], size_t n,
	struct fault *fault) MUST_CHECK;

/* When SITE last asked something here that could be opened: seconds; 0 = never. */
int64_t hub_heard(struct store *store, uint64_t site);
/* How many facts SITE has sent that are not its to carry: they were not taken. */
uint64_t hub_left(struct store *store, uint64_t site);

#endif
