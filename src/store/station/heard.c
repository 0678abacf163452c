/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the station above says of the time, taken for what it is worth; and the time by it.
 */
#include "store/db.h"
#include "store/station.h"
#include "store/rows/internal.h"

#include "base/when.h"

enum {
	MS = 1000,
	SHORT_TRIP = 60000, /* ms: the answer was made in the middle of it */
};

int64_t store_now(struct store *store)
{
	return clock_now(&store->log);
}

int64_t store_now_ms(struct store *store)
{
	return when_now_ms() + (store_now(store) - when_now()) * MS;
}

/* Since when its clock is known: once and for good. What a clock that ran ahead had stamped before
 * must not look as if it came later; a day and more ahead is marked by itself. */
static enum rc known_since(struct log *log, int64_t before, int64_t now, struct fault *fault)
{
	int64_t ahead = before - now;

	if (kv_num_in(log->db, kv_own(KV_CLOCK_KNOWN), 0))
		return RC_OK;
	if (ahead > DAY_SECONDS)
		ahead = DAY_SECONDS;
	return kv_num_put(log->db, kv_own(KV_CLOCK_KNOWN), now + (ahead > 0 ? ahead : 0), fault);
}

static enum rc heard(struct log *log, int64_t offset, struct fault *fault)
{
	int64_t now = when_now() + offset;
	enum rc rc = known_since(log, clock_now(log), now, fault);

	if (!rc)
		rc = ahead_clock(log, now, fault);
	return rc ? rc : clock_heard(log, offset, fault);
}

enum rc store_offset_set(struct store *store, int64_t seconds, struct fault *fault)
{
	enum rc rc;

	/* A second is within what a round trip explains. */
	if (seconds >= -1 && seconds <= 1)
		seconds = 0;
	if ((rc = store_begin(store, fault)))
		return rc;
	if ((rc = heard(&store->log, seconds, fault))) {
		store_undo(store);
		return rc;
	}
	return store_commit(store, fault);
}

enum rc store_clock_heard(struct store *store, int64_t above_ms, int64_t asked_ms,
	int64_t *offset_ms, struct fault *fault)
{
	static const int64_t clocks_end = INT64_C(253402300800000); /* the year 10000 */
	int64_t shown = when_now_ms(), now = store_now_ms(store);
	int64_t least = above_ms - now, most, off;

	if (above_ms < CLOCKS_BEGIN * MS || above_ms >= clocks_end)
		return RC_OK; /* never set, or broken */
	if (!asked_ms)
		asked_ms = kv_num(store, kv_own(KV_JOINED_AT), 0) * MS;
	/* After days on a stick an answer still says that it was made in between. */
	most = above_ms - asked_ms;
	if (most < least)
		most = least;
	if (most - least <= SHORT_TRIP)
		off = least + (most - least) / 2;
	else
		off = least > 0 ? least : most < 0 ? most : 0;
	*offset_ms = now - shown + off;
	return store_offset_set(
		store, (*offset_ms + (*offset_ms < 0 ? -MS / 2 : MS / 2)) / MS, fault);
}
