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
	struct sql sql = sql_open(log->db,
		"SELECT 1 FROM fact WHERE site=?1 AND seq=?2 AND stamp=?3 UNION ALL "
		"SELECT 1 FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP " AND stamp=?3");
	sql_num(&sql, (int64_t)op->rec_site);
	sql_num(&sql, op->rec_seq);
	sql_num(&sql, (int64_t)op->stamp - 1);
	bool is = sql_row(&sql);
	return !sql_end(&sql, NULL) && is;
}

enum rc ahead_note(struct log *log, const struct op *op, struct fault *fault)
{
	int64_t now = clock_now(log), ahead = stamp_seconds(op->stamp) - now;
	if (ahead <= DAY_SECONDS || now < CLOCKS_BEGIN || follows(log, op))
		return RC_OK;
	log->taken.ahead = true;
	struct sql sql =
		sql_open(log->db, "INSERT OR IGNORE INTO ahead(site, seq, seconds) VALUES(?,?,?)");
	sql_num(&sql, (int64_t)op->site);
	sql_num(&sql, op->seq);
	sql_num(&sql, ahead);
	return sql_run(&sql, fault);
}

enum rc ahead_clock(struct log *log, int64_t now, struct fault *fault)
{
	uint64_t limit = (uint64_t)(now + DAY_SECONDS) * STAMP_TICK;
	if (now < CLOCKS_BEGIN || log->clock <= limit)
		return RC_OK;
	struct sql sql = sql_open(log->db,
		"INSERT OR IGNORE INTO ahead(site, seq, seconds) SELECT site, seq, stamp/65536-?1"
		" FROM fact WHERE site=?2 AND stamp>?3");
	sql_num(&sql, now);
	sql_num(&sql, (int64_t)log->site);
	sql_num(&sql, (int64_t)limit);
	enum rc rc = sql_run(&sql, fault);
	log->clock = (uint64_t)now * STAMP_TICK;
	log->clock_moved = true;
	return rc;
}

int64_t store_ahead(struct store *store, uint64_t site, uint32_t seq)
{
	int64_t seconds = 0;
	struct sql sql = sql_open(store->db, "SELECT seconds FROM ahead WHERE site=? AND seq=?");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, seq);
	if (sql_row(&sql))
		seconds = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : seconds;
}
