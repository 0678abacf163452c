/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that are ahead of the clock. Few stores ever have one.
 */
#include "store/rows/internal.h"

#include "base/when.h"

/* Whoever wrote on a record that is ahead had to come after it: that says nothing of his clock.
 * What came in between he may not have seen. */
static bool follows(struct log *log, const struct op *op)
{
	if (op_first(op))
		return false;
	if (op->stamp == op->seen + 1)
		return true;
	return engine_stamped(log->db, (struct ref){op->rec_site, op->rec_seq}, op->stamp - 1);
}

enum rc ahead_note(struct log *log, const struct op *op, struct fault *fault)
{
	int64_t now = clock_now(log), ahead = stamp_seconds(op->stamp) - now;
	if (ahead <= DAY_SECONDS || now < CLOCKS_BEGIN || follows(log, op))
		return RC_OK;
	log->taken.ahead = true;
	return engine_ahead(log->db, (struct ref){op->site, op->seq}, ahead, fault);
}

enum rc ahead_clock(struct log *log, int64_t now, struct fault *fault)
{
	uint64_t limit = (uint64_t)(now + DAY_SECONDS) * STAMP_TICK;
	if (now < CLOCKS_BEGIN || log->clock <= limit)
		return RC_OK;
	enum rc rc = engine_ahead_of(log->db, log->site, now, limit, fault);
	log->clock = (uint64_t)now * STAMP_TICK;
	log->clock_moved = true;
	return rc;
}

int64_t store_ahead(struct store *store, uint64_t site, uint32_t seq)
{
	return engine_ahead_by(store->db, (struct ref){site, seq});
}
