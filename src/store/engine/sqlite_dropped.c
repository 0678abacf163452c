/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is kept apart, in SQLite: numbers that were dropped, how many of whom, and facts ahead of
 * the clock.
 */
#include "store/engine/sqlite.h"

#include <string.h>

#include "base/memory.h"

bool engine_dropped_any(struct db *db)
{
	return db_number(db, "SELECT 1 FROM dropped LIMIT 1", 0) > 0;
}

enum rc engine_dropped(struct db *db, enum dropped_state state, struct arena *arena,
	struct dropped **all, size_t *count, struct fault *fault)
{
	size_t room = 0;
	struct sql sql = sql_open(db,
		state == DROPPED_NEW ? "SELECT site, lane, n, upto, why FROM dropped WHERE state=0 "
				       "AND state=? ORDER BY site, lane, n"
		: state == DROPPED_WANTED
			? "SELECT site, lane, n, upto, why FROM dropped WHERE state=2 "
			  "AND state=? ORDER BY site, lane, n"
			: "SELECT site, lane, n, upto, why FROM dropped WHERE state=? "
			  "ORDER BY site, lane, n");
	*all = NULL;
	*count = 0;
	sql_num(&sql, state);
	while (sql_row(&sql)) {
		*all = array_more_in(arena, *all, *count, &room, sizeof **all);
		struct dropped *one = &(*all)[(*count)++];
		*one = (struct dropped){.site = (uint64_t)sql_get(&sql, 0),
			.lane = (unsigned)sql_get(&sql, 1),
			.n = (uint32_t)sql_get(&sql, 2),
			.upto = (uint32_t)sql_get(&sql, 3)};
		sql_get_text(&sql, 4, one->why, sizeof one->why);
	}
	return sql_end(&sql, fault);
}

enum rc engine_dropped_set(
	struct db *db, const struct dropped *dropped, enum dropped_state state, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"INSERT INTO dropped(site, lane, n, upto, why, state) VALUES(?,?,?,?,?,?)"
		" ON CONFLICT(site, lane, n) DO UPDATE SET upto=max(upto, excluded.upto), "
		"why=excluded.why, "
		"state=excluded.state");
	sql_num(&sql, (int64_t)dropped->site);
	sql_num(&sql, dropped->lane);
	sql_num(&sql, dropped->n);
	sql_num(&sql, dropped->upto);
	sql_text(&sql, dropped->why);
	sql_num(&sql, state);
	return sql_run(&sql, fault);
}

/* The range of SITE in LANE that has N, if any. */
bool engine_dropped_at(
	struct db *db, uint64_t site, unsigned lane, uint32_t n, uint32_t *upto, int *state)
{
	struct sql sql = sql_open(db, "SELECT upto, state FROM dropped WHERE site=? AND lane=?"
				      " AND n<=? ORDER BY n DESC LIMIT 1");
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	sql_num(&sql, n);
	bool has = sql_row(&sql) && sql_get(&sql, 0) >= (int64_t)n;
	if (has) {
		*upto = (uint32_t)sql_get(&sql, 0);
		*state = (int)sql_get(&sql, 1);
	}
	return !sql_end(&sql, NULL) && has;
}

uint64_t engine_dropped_count(struct db *db, uint64_t site)
{
	int64_t count = 0;
	struct sql sql =
		sql_open(db, "SELECT sum(upto-n+1) FROM dropped WHERE site=? AND state<>4");
	sql_num(&sql, (int64_t)site);
	if (sql_row(&sql))
		count = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : (uint64_t)count;
}

unsigned engine_dropped_ranges(struct db *db, uint64_t site)
{
	struct sql sql = sql_open(db, "SELECT count(*) FROM dropped WHERE site=?");

	sql_num(&sql, (int64_t)site);
	unsigned count = sql_row(&sql) ? (unsigned)sql_get(&sql, 0) : 0;
	return sql_end(&sql, NULL) ? 0 : count;
}

enum rc engine_dropped_grow(
	struct db *db, const struct dropped *one, bool over_gaps, bool *grown, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"UPDATE dropped SET upto=?3 WHERE site=?1 AND lane=?2 AND n=(SELECT max(n) "
		"FROM dropped WHERE site=?1 AND lane=?2 AND n<?3) AND (upto=?3-1 OR ?5) AND "
		"upto<?3 AND state=0 AND why=?4");
	sql_num(&sql, (int64_t)one->site);
	sql_num(&sql, one->lane);
	sql_num(&sql, one->n);
	sql_text(&sql, one->why);
	sql_num(&sql, over_gaps);
	enum rc rc = sql_run(&sql, fault);
	*grown = !rc && db_changes(db) > 0;
	return rc;
}

enum rc engine_flood_count(struct db *db, int64_t key, enum flood_what what, int64_t today,
	int64_t *before, struct fault *fault)
{
	static const char *const more[] = {
		[FLOOD_KEPT] = "UPDATE flood SET kept=kept+1 WHERE site=?1",
		[FLOOD_TOLD] = "UPDATE flood SET told=told+1 WHERE site=?1",
		[FLOOD_DROPPED] = "UPDATE flood SET today=today+1, total=total+1 WHERE site=?1",
	};
	int64_t counts[3] = {0}, day = -1;
	struct sql sql = sql_open(db, "SELECT kept, told, today, day FROM flood WHERE site=?");

	sql_num(&sql, key);
	if (sql_row(&sql)) {
		for (int i = 0; i < 3; i++)
			counts[i] = sql_get(&sql, i);
		day = sql_get(&sql, 3);
	}
	enum rc rc = sql_end(&sql, fault);
	if (!rc && day != today) {
		memset(counts, 0, sizeof counts);
		sql = sql_open(db,
			"INSERT INTO flood(site, day, kept, told, today, total) VALUES(?,?,0,0,0,0)"
			" ON CONFLICT(site) DO UPDATE SET day=excluded.day, kept=0, told=0, "
			"today=0");
		sql_num(&sql, key);
		sql_num(&sql, today);
		rc = sql_run(&sql, fault);
	}
	*before = counts[what];
	if (rc)
		return rc;
	sql = sql_open(db, more[what]);
	sql_num(&sql, key);
	return sql_run(&sql, fault);
}

bool engine_flood_within(struct db *db, int64_t key, int64_t most)
{
	struct sql sql = sql_open(db, "SELECT total<=? FROM flood WHERE site=?");

	sql_num(&sql, most);
	sql_num(&sql, key);
	bool fit = sql_row(&sql) && sql_get(&sql, 0);
	return !sql_end(&sql, NULL) && fit;
}

enum rc engine_dropped_want(struct db *db, uint64_t site, const char *why, struct fault *fault)
{
	struct sql sql = sql_open(
		db, "UPDATE dropped SET state=2 WHERE site=? AND why=? AND state IN (0, 1)");
	sql_num(&sql, (int64_t)site);
	sql_text(&sql, why);
	return sql_run(&sql, fault);
}

enum rc engine_floods(
	struct db *db, struct flood floods[FLOODS_MOST], unsigned *count, struct fault *fault)
{
	*count = 0;
	/* A sender is the site whose carrier's number is its key. */
	struct sql sql = sql_open(db,
		"SELECT CASE WHEN f.site>0 THEN f.site ELSE (SELECT s.site FROM site s WHERE "
		"(s.site & 1073741823 | 1073741824)=-f.site) END, day, today, total FROM flood f"
		" WHERE total>0 ORDER BY day DESC, today DESC LIMIT ?");
	sql_num(&sql, FLOODS_MOST);
	while (*count < FLOODS_MOST && sql_row(&sql))
		floods[(*count)++] = (struct flood){(uint64_t)sql_get(&sql, 0), sql_get(&sql, 1),
			(uint64_t)sql_get(&sql, 2), (uint64_t)sql_get(&sql, 3)};
	return sql_end(&sql, fault);
}

enum rc engine_refusals(
	struct db *db, struct refusals all[FLOODS_MOST], unsigned *count, struct fault *fault)
{
	*count = 0;
	struct sql sql = sql_open(db, "SELECT site, count(*) FROM fact WHERE state=1 GROUP BY site"
				      " ORDER BY 2 DESC, site LIMIT ?");
	sql_num(&sql, FLOODS_MOST);
	while (*count < FLOODS_MOST && sql_row(&sql))
		all[(*count)++] =
			(struct refusals){(uint64_t)sql_get(&sql, 0), (uint64_t)sql_get(&sql, 1)};
	return sql_end(&sql, fault);
}

uint64_t engine_flood_total(struct db *db)
{
	return db_count(db, "SELECT sum(total) FROM flood");
}

uint64_t engine_refusal_count(struct db *db)
{
	return db_count(db, "SELECT count(*) FROM fact WHERE state=1");
}

/* ---- ahead of the clock */

bool engine_stamped(struct db *db, struct ref rec, uint64_t stamp)
{
	struct sql sql = sql_open(db,
		"SELECT 1 FROM fact WHERE site=?1 AND seq=?2 AND stamp=?3 UNION ALL "
		"SELECT 1 FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP " AND stamp=?3");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, (int64_t)stamp);
	bool is = sql_row(&sql);
	return !sql_end(&sql, NULL) && is;
}

enum rc engine_ahead(struct db *db, struct ref ref, int64_t seconds, struct fault *fault)
{
	struct sql sql =
		sql_open(db, "INSERT OR IGNORE INTO ahead(site, seq, seconds) VALUES(?,?,?)");

	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	sql_num(&sql, seconds);
	return sql_run(&sql, fault);
}

enum rc engine_ahead_of(
	struct db *db, uint64_t site, int64_t now, uint64_t limit, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"INSERT OR IGNORE INTO ahead(site, seq, seconds) SELECT site, seq, stamp/65536-?1"
		" FROM fact WHERE site=?2 AND stamp>?3");

	sql_num(&sql, now);
	sql_num(&sql, (int64_t)site);
	sql_num(&sql, (int64_t)limit);
	return sql_run(&sql, fault);
}

int64_t engine_ahead_by(struct db *db, struct ref ref)
{
	int64_t seconds = 0;
	struct sql sql = sql_open(db, "SELECT seconds FROM ahead WHERE site=? AND seq=?");

	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	if (sql_row(&sql))
		seconds = sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : seconds;
}
