/* SPDX-License-Identifier: GPL-3.0-or-later
 * What both ends of a link are known to hold: the recent facts of a site, what a fact had most
 * likely seen, and how much still waits to go up.
 */
#include "store/log/internal.h"

#include "model/area.h"

uint64_t log_before(struct log *log, struct ref rec, uint64_t site, uint32_t seq)
{
	uint64_t stamp = 0;
	struct sql sql = sql_open(log->db,
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

struct recent {
	struct recent *newer;
	struct fact fact;
};

static void recent_read(const struct sql *sql, struct arena *arena, struct fact *fact)
{
	*fact = (struct fact){
		.site = (uint64_t)sql_get(sql, 0),
		.seq = (uint32_t)sql_get(sql, 1),
		.raw = arena_bytes(arena, sql_get_bytes(sql, 2)),
		.sig = arena_bytes(arena, sql_get_bytes(sql, 3)),
	};
}

/* Newest first from the table, oldest first to FN. */
enum rc log_recent(struct log *log, const struct author_held *held, size_t most, fact_fn *fn,
	void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct recent *oldest = NULL;
	size_t size = 0;
	bool drops = dropped_there(log);
	struct sql sql = sql_open(log->db, "SELECT site, seq, body, sig FROM (SELECT * FROM fact "
					   "WHERE site=?1 AND state<>4 AND seq/8<=CASE seq&7"
					   " WHEN 0 THEN ?2 WHEN 1 THEN ?3 WHEN 2 THEN ?4 WHEN 3 "
					   "THEN ?5 ELSE ?6 END ORDER BY seq DESC LIMIT 4000)"
					   " ORDER BY stamp DESC, seq DESC");

	sql_num(&sql, (int64_t)held->site);
	for (unsigned lane = 0; lane < LANES; lane++)
		sql_num(&sql, held->upto[lane]);
	while (size < most && sql_row(&sql)) {
		/* What was dropped above is here and not there, and history is what both hold. */
		if (drops && dropped_has(log, held->site, (uint32_t)sql_get(&sql, 1)))
			continue;
		struct recent *one = arena_get(&arena, sizeof *one);
		recent_read(&sql, &arena, &one->fact);
		size += one->fact.raw.len;
		one->newer = oldest;
		oldest = one;
	}
	enum rc rc = sql_end(&sql, fault);
	for (struct recent *one = oldest; one && !rc; one = one->newer)
		if (!fn(&one->fact, to))
			break;
	arena_release(&arena);
	return rc;
}

uint32_t log_held(struct log *log, uint64_t holder, uint64_t site, unsigned lane)
{
	uint32_t upto = 0;
	struct sql sql =
		sql_open(log->db, "SELECT upto FROM mark WHERE holder=? AND site=? AND lane=?");

	sql_num(&sql, (int64_t)holder);
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	if (sql_row(&sql))
		upto = (uint32_t)sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : upto;
}

/* From author to author along (site, seq), beginning behind what the holder has of each. */
enum rc log_weigh(struct log *log, const struct facts_query *query, uint64_t holder,
	unsigned *count, uint64_t *bytes, struct fault *fault)
{
	struct sql sql = sql_open(log->db,
		"SELECT count(*), sum(length(f.body)+ifnull(length(f.sig),0)) FROM site s CROSS "
		"JOIN fact f"
		" WHERE (s.area BETWEEN ?1 AND ?2 OR s.area BETWEEN ?7 AND ?8) AND f.site=s.site "
		"AND f.seq>7+8*ifnull((SELECT "
		"upto FROM mark"
		" WHERE holder=?3 AND site=s.site AND lane=?4),0) AND f.seq&7=?4 AND f.arr>?5"
		" AND (?6=0 OR f.via<>?6) AND f.state<>4");

	struct area_span spans[2];

	*count = 0;
	*bytes = 0;
	log_spans(log, spans);
	sql_num(&sql, (int64_t)spans[0].first);
	sql_num(&sql, (int64_t)spans[0].last);
	sql_num(&sql, (int64_t)holder);
	sql_num(&sql, query->lane);
	sql_num(&sql, (int64_t)query->cursor);
	sql_num(&sql, query->via);
	sql_num(&sql, (int64_t)spans[1].first);
	sql_num(&sql, (int64_t)spans[1].last);
	if (sql_row(&sql)) {
		*count = (unsigned)sql_get(&sql, 0);
		*bytes = (uint64_t)sql_get(&sql, 1);
	}
	return sql_end(&sql, fault);
}
