/* SPDX-License-Identifier: GPL-3.0-or-later
 * What both ends of a link are known to hold, in SQLite: stamps, the recent facts of a site, and
 * what still waits to go up.
 */
#include "store/engine/sqlite.h"

uint64_t engine_before(struct db *db, struct ref rec, uint64_t site, uint32_t seq)
{
	uint64_t stamp = 0;
	struct sql sql = sql_open(db,
		"SELECT max(stamp) FROM (SELECT stamp FROM fact WHERE site=?1 AND seq=?2 UNION ALL "
		"SELECT stamp FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP
		" AND +site=?3 AND +seq<?4 AND seq&7=?4&7)");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, seq);
	if (sql_row(&sql))
		stamp = (uint64_t)sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : stamp;
}

static void recent_read(const struct sql *sql, struct fact *fact)
{
	*fact = (struct fact){
		.site = (uint64_t)sql_get(sql, 0),
		.seq = (uint32_t)sql_get(sql, 1),
		.raw = sql_get_bytes(sql, 2),
		.sig = sql_get_bytes(sql, 3),
	};
}

enum rc engine_recent(struct db *db, const struct author_held *held, size_t most, fact_fn *keep,
	void *to, struct fault *fault)
{
	size_t size = 0;
	struct sql sql = sql_open(db, "SELECT site, seq, body, sig FROM (SELECT * FROM fact "
				      "WHERE site=?1 AND state<>4 AND seq/8<=CASE seq&7"
				      " WHEN 0 THEN ?2 WHEN 1 THEN ?3 WHEN 2 THEN ?4 WHEN 3 "
				      "THEN ?5 ELSE ?6 END ORDER BY seq DESC LIMIT 4000)"
				      " ORDER BY stamp DESC, seq DESC");

	sql_num(&sql, (int64_t)held->site);
	for (unsigned lane = 0; lane < LANES; lane++)
		sql_num(&sql, held->upto[lane]);
	while (size < most && sql_row(&sql)) {
		struct fact fact;
		recent_read(&sql, &fact);
		if (keep(&fact, to))
			size += fact.raw.len;
	}
	return sql_end(&sql, fault);
}

uint32_t engine_held(struct db *db, uint64_t holder, uint64_t site, unsigned lane)
{
	uint32_t upto = 0;
	struct sql sql = sql_open(db, "SELECT upto FROM mark WHERE holder=? AND site=? AND lane=?");

	sql_num(&sql, (int64_t)holder);
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	if (sql_row(&sql))
		upto = (uint32_t)sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : upto;
}

/* From author to author along (site, seq), beginning behind what the holder has of each. */
enum rc engine_weigh(struct db *db, const struct facts_query *query,
	const struct area_span spans[2], uint64_t holder, struct weighed *out, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT count(*), sum(length(f.body)+ifnull(length(f.sig),0)) FROM site s CROSS "
		"JOIN fact f"
		" WHERE (s.area BETWEEN ?1 AND ?2 OR s.area BETWEEN ?7 AND ?8) AND f.site=s.site "
		"AND f.seq>7+8*ifnull((SELECT "
		"upto FROM mark"
		" WHERE holder=?3 AND site=s.site AND lane=?4),0) AND f.seq&7=?4 AND f.arr>?5"
		" AND (?6=0 OR f.via<>?6) AND f.state<>4");

	*out = (struct weighed){0};
	sql_num(&sql, (int64_t)spans[0].first);
	sql_num(&sql, (int64_t)spans[0].last);
	sql_num(&sql, (int64_t)holder);
	sql_num(&sql, query->lane);
	sql_num(&sql, (int64_t)query->cursor);
	sql_num(&sql, query->via);
	sql_num(&sql, (int64_t)spans[1].first);
	sql_num(&sql, (int64_t)spans[1].last);
	if (sql_row(&sql)) {
		out->count = (unsigned)sql_get(&sql, 0);
		out->bytes = (uint64_t)sql_get(&sql, 1);
	}
	return sql_end(&sql, fault);
}

/* What was read out and counts is among them. */
enum rc engine_newest(struct db *db, struct ref rec, uint64_t own, uint64_t *stamp,
	uint64_t *others, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT max(stamp), max(CASE WHEN site<>?3 THEN stamp ELSE 0 END) FROM (SELECT "
		"stamp, site FROM fact WHERE site=?1 AND seq=?2 AND state=0 UNION ALL "
		"SELECT stamp, site FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP
		" AND state=0 UNION ALL SELECT stamp, site FROM " VOICE_OF_REC ")");
	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)own);
	if (sql_row(&sql)) {
		*stamp = (uint64_t)sql_get(&sql, 0);
		*others = (uint64_t)sql_get(&sql, 1);
	}
	return sql_end(&sql, fault);
}
