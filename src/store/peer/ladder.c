/* SPDX-License-Identifier: GPL-3.0-or-later
 * Watermarks: how far each author's facts are held here, what levels above have proven to hold, and
 * the cursors of each peer. Numbers are per (author, lane) and count gapless prefixes only: a claim
 * that counts the highest number instead is wrong once in fifty.
 */
#include "store/peer/internal.h"

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"

struct marks {
	struct arena arena;
	struct mark *at;
	size_t count, room;
};

static void marks_add(struct marks *marks, const struct mark *mark)
{
	marks->at = array_more_in(
		&marks->arena, marks->at, marks->count, &marks->room, sizeof(*marks->at));
	marks->at[marks->count++] = *mark;
}

/* Read whole before the first call. */
enum rc marks_give(struct sql *sql, mark_fn *fn, void *to, struct fault *fault)
{
	struct marks marks = {0};
	while (sql_row(sql)) {
		struct mark mark = {
			.holder = (uint64_t)sql_get(sql, 0),
			.site = (uint64_t)sql_get(sql, 1),
			.lane = (unsigned)sql_get(sql, 2),
			.store = (uint64_t)sql_get(sql, 3),
			.upto = (uint32_t)sql_get(sql, 4),
			.mac = (uint64_t)sql_get(sql, 5),
		};
		marks_add(&marks, &mark);
	}
	enum rc rc = sql_end(sql, fault);
	for (size_t i = 0; i < marks.count && !rc; i++)
		if (!fn(&marks.at[i], to))
			break;
	arena_release(&marks.arena);
	return rc;
}

enum rc log_authors(struct log *log, uint64_t below, mark_fn *fn, void *to, struct fault *fault)
{
	enum rc rc = log->depth ? log_authors_save(log, fault) : RC_OK;
	if (rc)
		return rc;
	struct sql sql = sql_open(log->db,
		"SELECT ?1, a.site, a.lane, ?2, a.upto, 0 FROM author a LEFT JOIN site s ON "
		"s.site=a.site"
		" WHERE ?3=0 OR s.area BETWEEN ?3 AND ?4 ORDER BY a.site, a.lane");
	sql_num(&sql, (int64_t)log->site);
	sql_num(&sql, (int64_t)log_number(log));
	sql_num(&sql, (int64_t)below);
	sql_num(&sql, below ? (int64_t)area_last(below) : 0);
	return marks_give(&sql, fn, to, fault);
}

enum rc log_marks(struct log *log, uint64_t holder, mark_fn *fn, void *to, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"SELECT holder, site, lane, store, upto, 0 FROM mark WHERE ?1=0 OR holder=?1"
		" ORDER BY holder, site, lane");
	sql_num(&sql, (int64_t)holder);
	return marks_give(&sql, fn, to, fault);
}

/* All marks of a holder, and all that is said of them, are of one store: a first look tells which.
 * The look is the same however many there are; 2,000 marks of one message would else read 2,000
 * each. */
static enum rc store_in(
	struct log *log, const char *query, uint64_t holder, uint64_t *number, struct fault *fault)
{
	struct sql sql = sql_open(log->db, query);
	sql_num(&sql, (int64_t)holder);
	*number = sql_row(&sql) ? (uint64_t)sql_get(&sql, 0) : 0;
	return sql_end(&sql, fault);
}

static const char proven[] = "SELECT store FROM mark WHERE holder=? LIMIT 1";
static const char said[] = "SELECT store FROM mark_said WHERE holder=? LIMIT 1";

uint64_t log_mark_store(struct log *log, uint64_t holder)
{
	uint64_t number;
	return store_in(log, proven, holder, &number, NULL) ? 0 : number;
}

static enum rc forget(struct log *log, const char *query, uint64_t holder, struct fault *fault)
{
	struct sql sql = sql_open(log->db, query);
	sql_num(&sql, (int64_t)holder);
	return sql_run(&sql, fault);
}

enum rc said_put(struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault)
{
	/* The last word counts, whatever its number: a wrong one is mended by the next. */
	uint64_t known;
	enum rc rc = store_in(log, said, mark->holder, &known, fault);
	if (!rc && known != mark->store)
		rc = forget(log, "DELETE FROM mark_said WHERE holder=?", mark->holder, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(log->db,
		"INSERT INTO mark_said(holder, site, lane, store, upto, mac, teller)"
		" VALUES(?,?,?,?,?,?,?) ON CONFLICT(holder, site, lane) DO UPDATE SET"
		" mac=CASE WHEN excluded.mac=0 AND upto=excluded.upto THEN mac ELSE excluded.mac "
		"END,"
		" upto=excluded.upto, teller=excluded.teller");
	sql_num(&sql, (int64_t)mark->holder);
	sql_num(&sql, (int64_t)mark->site);
	sql_num(&sql, mark->lane);
	sql_num(&sql, (int64_t)mark->store);
	sql_num(&sql, mark->upto);
	sql_num(&sql, (int64_t)mark->mac);
	sql_num(&sql, (int64_t)teller);
	return sql_run(&sql, fault);
}

static enum rc mark_put(struct log *log, const struct mark *mark, struct fault *fault)
{
	uint64_t known;
	enum rc rc = store_in(log, proven, mark->holder, &known, fault);
	if (rc || mark->store < known || (rc = late_proven(log, mark, fault)))
		return rc;
	if (mark->store > known &&
		(rc = forget(log, "DELETE FROM mark WHERE holder=?", mark->holder, fault)))
		return rc;
	struct sql sql = sql_open(log->db,
		"INSERT INTO mark(holder, site, lane, store, upto) VALUES(?,?,?,?,?)"
		" ON CONFLICT(holder, site, lane) DO UPDATE SET upto=max(upto, excluded.upto)");
	sql_num(&sql, (int64_t)mark->holder);
	sql_num(&sql, (int64_t)mark->site);
	sql_num(&sql, mark->lane);
	sql_num(&sql, (int64_t)mark->store);
	sql_num(&sql, mark->upto);
	rc = sql_run(&sql, fault);
	return rc ? rc : said_put(log, mark, mark->holder, fault);
}

enum rc log_mark(struct log *log, const struct mark *mark, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	if ((rc = mark_put(log, mark, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

uint64_t log_number(struct log *log)
{
	return db_count(log->db, "SELECT number FROM store");
}

enum rc log_marks_drop(struct log *log, uint64_t holder, struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	rc = forget(log, "DELETE FROM mark WHERE holder=?", holder, fault);
	if (!rc)
		rc = forget(log, "DELETE FROM mark_said WHERE holder=?", holder, fault);
	if (rc) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc log_number_new(struct log *log, struct fault *fault)
{
	return log_number_past(log, 0, fault);
}

enum rc log_number_past(struct log *log, uint64_t beyond, struct fault *fault)
{
	enum { CLOCKS_END = 33 }; /* bits of seconds: the year 2242 */
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	/* Two restores of one backup must not get the same number: hence the clock. */
	struct sql sql = sql_open(log->db, "UPDATE store SET number=max(number+1, ?, ?)");
	sql_num(&sql, when_now());
	sql_num(&sql, beyond >> CLOCKS_END ? 0 : (int64_t)beyond + 1);
	if ((rc = sql_run(&sql, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc log_peer_lane(
	struct log *log, uint64_t peer, unsigned lane, struct peer_lane *out, struct fault *fault)
{
	*out = (struct peer_lane){0};
	struct sql sql = sql_open(
		log->db, "SELECT sent, got, confirmed FROM peer_lane WHERE peer=? AND lane=?");
	sql_num(&sql, (int64_t)peer);
	sql_num(&sql, lane);
	if (sql_row(&sql))
		*out = (struct peer_lane){(uint64_t)sql_get(&sql, 0), (uint64_t)sql_get(&sql, 1),
			(uint64_t)sql_get(&sql, 2)};
	return sql_end(&sql, fault);
}

enum rc log_peer_lane_set(struct log *log, uint64_t peer, unsigned lane, const struct peer_lane *in,
	struct fault *fault)
{
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	struct sql sql = sql_open(log->db, "INSERT OR REPLACE INTO peer_lane(peer, lane, sent, "
					   "got, confirmed) VALUES(?,?,?,?,?)");
	sql_num(&sql, (int64_t)peer);
	sql_num(&sql, lane);
	sql_num(&sql, (int64_t)in->sent);
	sql_num(&sql, (int64_t)in->got);
	sql_num(&sql, (int64_t)in->confirmed);
	if ((rc = sql_run(&sql, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}
