/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that are judged again, in SQLite: who waits, what a site wrote, what lies in an area; and
 * the places that they get then.
 */
#include "store/engine/sqlite.h"

#define STORED "f.arr, f.body, f.sig, f.via, f.state, f.reach"

static enum rc read_all(
	struct sql *sql, struct arena *arena, struct stored_fact **first, struct fault *fault)
{
	struct stored_fact **last = first;

	*first = NULL;
	while (sql_row(sql)) {
		struct stored_fact *one = arena_get(arena, sizeof *one);
		*one = (struct stored_fact){
			.arr = sql_get(sql, 0),
			.raw = arena_bytes(arena, sql_get_bytes(sql, 1)),
			.sig = arena_bytes(arena, sql_get_bytes(sql, 2)),
			.via = (unsigned)sql_get(sql, 3),
			.state = (enum fact_state)sql_get(sql, 4),
			.reach = (uint64_t)sql_get(sql, 5),
		};
		*last = one;
		last = &one->next;
	}
	return sql_end(sql, fault);
}

enum rc engine_steps(struct db *db, struct ref rec, bool waiting, struct arena *arena,
	struct stored_fact **first, struct fault *fault)
{
	struct sql sql =
		sql_open(db, "SELECT " STORED " FROM fact f WHERE rec_site=? AND "
			     "rec_seq=? AND " IS_STEP " AND (state=2 OR NOT ?) ORDER BY arr");
	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	sql_num(&sql, waiting);
	return read_all(&sql, arena, first, fault);
}

/* Refused facts are few among many, and have an index (fact_refused). */
enum rc engine_of_site(struct db *db, uint64_t site, bool refused, struct arena *arena,
	struct stored_fact **first, struct fault *fault)
{
	struct sql sql = sql_open(db,
		refused ? "SELECT " STORED " FROM fact f WHERE site=? AND state=1 ORDER BY " IS_STEP
			  ", arr"
			: "SELECT " STORED " FROM fact f WHERE site=? ORDER BY " IS_STEP ", arr");
	sql_num(&sql, (int64_t)site);
	return read_all(&sql, arena, first, fault);
}

enum rc engine_in_area(struct db *db, uint64_t first_reach, uint64_t last_reach,
	struct arena *arena, struct stored_fact **first, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT " STORED " FROM fact f WHERE reach BETWEEN ? AND ? "
				      "ORDER BY " IS_STEP ", arr");
	sql_num(&sql, (int64_t)first_reach);
	sql_num(&sql, (int64_t)last_reach);
	return read_all(&sql, arena, first, fault);
}

enum rc engine_awaiting(struct db *db, struct ref warning, struct arena *arena,
	struct stored_fact **first, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"SELECT " STORED " FROM awaits a JOIN fact f ON "
		"f.site=a.by_site AND f.seq=a.by_seq WHERE a.site=? AND a.seq=? AND f.state=2"
		" ORDER BY f.arr");
	sql_num(&sql, (int64_t)warning.site);
	sql_num(&sql, warning.seq);
	return read_all(&sql, arena, first, fault);
}

enum rc engine_await(struct db *db, struct ref warning, struct ref by, struct fault *fault)
{
	struct sql sql = sql_open(
		db, "INSERT OR IGNORE INTO awaits(site, seq, by_site, by_seq) VALUES(?,?,?,?)");

	sql_num(&sql, (int64_t)warning.site);
	sql_num(&sql, warning.seq);
	sql_num(&sql, (int64_t)by.site);
	sql_num(&sql, by.seq);
	return sql_run(&sql, fault);
}

enum rc engine_await_no_more(struct db *db, struct ref warning, struct fault *fault)
{
	struct sql sql = sql_open(db, "DELETE FROM awaits WHERE site=? AND seq=?");

	sql_num(&sql, (int64_t)warning.site);
	sql_num(&sql, warning.seq);
	return sql_run(&sql, fault);
}

/* Taken before the old one is given up: places are never used twice. */
enum rc engine_move(
	struct db *db, int64_t arr, enum fact_state state, uint64_t reach, struct fault *fault)
{
	struct sql sql = sql_open(db,
		"UPDATE fact SET arr=(SELECT max(arr)+1 FROM fact), reach=?, state=? WHERE arr=?");
	if (reach)
		sql_num(&sql, (int64_t)reach);
	else
		sql_null(&sql);
	sql_num(&sql, state);
	sql_num(&sql, arr);
	return sql_run(&sql, fault);
}

enum rc engine_waiting(
	struct db *db, struct arena *arena, struct stored_fact **first, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT " STORED " FROM fact f WHERE state<>0 AND state=2 "
				      "AND NOT " IS_STEP);

	return read_all(&sql, arena, first, fault);
}

enum rc engine_refused_sites(struct db *db, struct changed *sites, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT DISTINCT site FROM fact WHERE state=1");

	while (sql_row(&sql))
		changed_add(sites, (struct ref){(uint64_t)sql_get(&sql, 0), 0});
	return sql_end(&sql, fault);
}

enum rc engine_records_of(struct db *db, uint64_t site, struct changed *recs, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT DISTINCT rec_site, rec_seq FROM fact WHERE site=?");

	sql_num(&sql, (int64_t)site);
	while (sql_row(&sql))
		changed_add(
			recs, (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
}
