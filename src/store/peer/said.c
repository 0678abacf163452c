/* SPDX-License-Identifier: GPL-3.0-or-later
 * Marks as they were told: with the holder's proof for the author, which a station in between can
 * neither make nor check. They are kept apart from what is proven to this station (ladder.c), to be
 * passed on, and to be shown as somebody's word.
 */
#include "store/peer/internal.h"

/* Another store stands at HOLDER, as somebody says: what older ones held is not claimed any more.
 * The number is not kept, so that a false one keeps no proof out. */
static enum rc forget_older(struct log *log, const struct mark *mark, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "DELETE FROM mark WHERE holder=? AND store<?");
	sql_num(&sql, (int64_t)mark->holder);
	sql_num(&sql, (int64_t)mark->store);
	return sql_run(&sql, fault);
}

enum rc log_mark_said(
	struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	rc = said_put(log, mark, teller, fault);
	if (!rc && mark->site == mark->holder)
		rc = forget_older(log, mark, fault);
	if (rc) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc log_marks_said(struct log *log, mark_fn *fn, void *to, struct fault *fault)
{
	struct sql sql =
		sql_open(log->db, "SELECT holder, site, lane, store, upto, mac FROM mark_said"
				  " ORDER BY holder, site, lane");
	return marks_give(&sql, fn, to, fault);
}

uint32_t log_said(struct log *log, uint64_t teller, uint64_t holder, uint64_t site, unsigned lane)
{
	struct sql sql =
		sql_open(log->db, "SELECT upto FROM mark_said WHERE holder=? AND site=? AND "
				  "lane=? AND teller=?");
	sql_num(&sql, (int64_t)holder);
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	sql_num(&sql, (int64_t)teller);
	uint32_t upto = sql_row(&sql) ? (uint32_t)sql_get(&sql, 0) : 0;
	return sql_end(&sql, NULL) ? 0 : upto;
}
