/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/peer shows to the other rooms of its floor.
 */
#ifndef STORE_PEER_INTERNAL_H
#define STORE_PEER_INTERNAL_H

#include "store/log/internal.h"
#include "store/peer.h"

/* ladder.c: columns holder, site, lane, store, upto, mac; ends SQL */
enum rc marks_give(struct sql *sql, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* ladder.c: MARK as TELLER told it goes beside; inside a transaction */
enum rc said_put(
	struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault) MUST_CHECK;

/* late.c: before MARK is written: what it proves for the first time, and too late, is noted; inside
 * a transaction */
enum rc late_proven(struct log *log, const struct mark *mark, struct fault *fault) MUST_CHECK;
/* trouble.c: what kept LANE most of the time; TRIES that went so */
enum trouble trouble_between(
	struct log *log, unsigned lane, int64_t from, int64_t until, unsigned *tries);
/* voice.c: records whose first fact has only been read out */
enum rc voice_records(struct log *log, struct changed *refs, struct fault *fault) MUST_CHECK;

#endif
