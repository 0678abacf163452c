/* SPDX-License-Identifier: GPL-3.0-or-later
 * What came late. A mark of a station above that moves over facts of this one proves them; how far
 * it was proven before is kept apart from the marks: another store above starts its marks again,
 * and what was proven once is not late again.
 */
#include "store/db.h"
#include "store/peer/internal.h"
#include "store/rows/internal.h"

#include <stdio.h>

#include "base/when.h"
#include "model/area.h"
#include "model/rules.h"

enum { LATE_LOOKED = 200, MINUTE = 60 }; /* facts of one move: the newest; late are few */

int64_t late_limit(unsigned lane)
{
	static const int64_t minutes[LANES] = {10, 30, 1440, 4320, 10080};
	char name[40];

	snprintf(name, sizeof name, "late.%s.minutes", lane_names[lane]);
	return rules_limit(name, minutes[lane]) * MINUTE;
}

static bool is_above(struct log *log, uint64_t holder)
{
	struct site site, own;

	return log_site(log, holder, &site) && log_site(log, log->site, &own) && site.area &&
	       site.level > own.level && log_within(log, own.area, site.area);
}

static bool is_hidden(unsigned number)
{
	const struct kind *kind = kind_of(number);

	return !kind || kind->flags & K_HIDDEN;
}

static enum rc keep(struct log *log, const struct late *late, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "INSERT OR REPLACE INTO late(lane, rec_site, rec_seq, "
					   "written, proven, why, tries) VALUES(?,?,?,?,?,?,?)");
	sql_num(&sql, late->lane);
	sql_num(&sql, (int64_t)late->rec.site);
	sql_num(&sql, late->rec.seq);
	sql_num(&sql, late->written);
	sql_num(&sql, late->proven);
	sql_num(&sql, late->why);
	sql_num(&sql, late->tries);
	return sql_run(&sql, fault);
}

static enum rc forget_old(struct log *log, unsigned lane, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"DELETE FROM late WHERE lane=?1 AND proven<(SELECT proven FROM late WHERE lane=?1"
		" ORDER BY proven DESC LIMIT 1 OFFSET ?2)");
	sql_num(&sql, lane);
	sql_num(&sql, LATE_KEPT - 1);
	return sql_run(&sql, fault);
}

/* The own fact N of LANE; false when it is not one that people wrote. */
static bool look(struct log *log, unsigned lane, uint32_t n, struct late *late)
{
	struct sql sql = sql_open(log->db,
		"SELECT rec_site, rec_seq, stamp, kind, body FROM fact WHERE site=? AND seq=?");
	bool is = false;
	struct op op;

	sql_num(&sql, (int64_t)log->site);
	sql_num(&sql, (int64_t)n * 8 + lane);
	if (sql_row(&sql)) {
		late->rec = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
		late->written = stamp_seconds((uint64_t)sql_get(&sql, 2));
		is = !is_hidden((unsigned)sql_get(&sql, 3));
		/* A stamp that had to follow one of a wrong clock says nothing of the time. */
		if (late->written > late->proven && op_take(sql_get_bytes(&sql, 4), &op) && op.at)
			late->written = op.at;
	}
	return !sql_end(&sql, NULL) && is;
}

/* The newest first, so that of several facts of a record the one that waited longest stays. */
static enum rc note(struct log *log, const struct mark *mark, uint32_t before, struct fault *fault)
{
	struct late late = {.lane = mark->lane, .proven = clock_now(log)};
	int64_t begin = kv_num_in(log->db, kv_own(KV_JOINED_AT), 0), limit = late_limit(mark->lane);
	uint32_t last = mark->upto > before + LATE_LOOKED ? mark->upto - LATE_LOOKED : before;
	bool any = false;
	enum rc rc = RC_OK;

	if (begin < CLOCKS_BEGIN || begin > late.proven)
		begin = CLOCKS_BEGIN;
	for (uint32_t n = mark->upto; n > last && !rc; n--) {
		if (!look(log, late.lane, n, &late) || late.written < begin ||
			late.proven - late.written <= limit)
			continue;
		late.why = trouble_between(log, late.lane, late.written, late.proven, &late.tries);
		rc = keep(log, &late, fault);
		any = true;
	}
	return rc || !any ? rc : forget_old(log, mark->lane, fault);
}

enum rc late_proven(struct log *log, const struct mark *mark, struct fault *fault)
{
	char lane[8];

	if (mark->site != log->site || !mark->upto || mark->lane >= LANES ||
		mark->upto > log_author(log, log->site, mark->lane) || !is_above(log, mark->holder))
		return RC_OK;
	snprintf(lane, sizeof lane, "%u", mark->lane);
	struct kv proven = kv_part(KV_PROVEN, log->site, lane);
	int64_t before = kv_num_in(log->db, proven, -1);
	if (before < 0) { /* never written down: what the marks say */
		struct sql sql = sql_open(log->db,
			"SELECT coalesce(max(m.upto), 0) FROM mark m JOIN site s ON s.site=m.holder"
			" WHERE m.site=?1 AND m.lane=?2 AND s.level>(SELECT level FROM site WHERE "
			"site=?1)");
		sql_num(&sql, (int64_t)mark->site);
		sql_num(&sql, mark->lane);
		before = sql_row(&sql) ? sql_get(&sql, 0) : 0;
		enum rc rc = sql_end(&sql, fault);
		if (rc)
			return rc;
	}
	if ((int64_t)mark->upto <= before)
		return RC_OK;
	enum rc rc = note(log, mark, (uint32_t)before, fault);
	return rc ? rc : kv_num_put(log->db, proven, mark->upto, fault);
}

void late_why(const struct late *late, struct buf *out)
{
	if (late->why == TROUBLE_NONE)
		buf_text(out, _("线路通，但慢，排队等到那时"));
	else if (late->why == TROUBLE_IDLE)
		buf_text(out, _("这段时间没有同步（停机，或没有开自动同步）"));
	else
		buf_text(out, trouble_what(late->why));
	if (late->tries)
		buf_fmt(out, _("（试%u次）"), late->tries);
}

enum rc late_each(struct store *store, int64_t since, unsigned limit, late_fn *fn, void *to,
	struct fault *fault)
{
	struct late all[LATE_KEPT];
	unsigned count = 0;

	struct sql sql = sql_open(store->db,
		"SELECT lane, rec_site, rec_seq, written, proven, why, tries FROM late"
		" WHERE proven>=? ORDER BY proven DESC, written LIMIT ?");
	sql_num(&sql, since);
	sql_num(&sql, limit < LATE_KEPT ? limit : LATE_KEPT);
	while (sql_row(&sql))
		all[count++] = (struct late){
			.lane = (unsigned)sql_get(&sql, 0) % LANES,
			.rec = {(uint64_t)sql_get(&sql, 1), (uint32_t)sql_get(&sql, 2)},
			.written = sql_get(&sql, 3),
			.proven = sql_get(&sql, 4),
			.why = (uint64_t)sql_get(&sql, 5) < TROUBLES
				       ? (enum trouble)sql_get(&sql, 5)
				       : TROUBLE_OTHER,
			.tries = (unsigned)sql_get(&sql, 6),
		};
	enum rc rc = sql_end(&sql, fault);
	for (unsigned n = 0; n < count && !rc; n++)
		if (!fn(&all[n], to))
			break;
	return rc;
}
