/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two facts under one number, in SQLite: what is in doubt, what gives way, what goes back to its
 * author, and what was issued again.
 */
#include "store/engine/sqlite.h"

/* A statement over (site, seq). */
static enum rc run_at(struct db *db, const char *text, struct ref ref, struct fault *fault)
{
	struct sql sql = sql_open(db, text);

	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	return sql_run(&sql, fault);
}

enum rc engine_requeue(struct db *db, struct ref ref, struct fault *fault)
{
	return run_at(db,
		"UPDATE fact SET arr=(SELECT max(arr)+1 FROM fact), via=(via<>0) WHERE site=? AND "
		"seq=?",
		ref, fault);
}

enum rc engine_numbers(struct db *db, const struct dropped *range, uint64_t sent,
	struct changed *refs, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT seq FROM fact WHERE site=?1 AND seq BETWEEN ?2 "
				      "AND ?3 AND seq&7=?4 AND arr<=?5 ORDER BY arr");

	sql_num(&sql, (int64_t)range->site);
	sql_num(&sql, (int64_t)range->n * 8);
	sql_num(&sql, (int64_t)range->upto * 8 + 7);
	sql_num(&sql, range->lane);
	sql_num(&sql, (int64_t)sent);
	while (sql_row(&sql))
		changed_add(refs, (struct ref){range->site, (uint32_t)sql_get(&sql, 0)});
	return sql_end(&sql, fault);
}

enum rc engine_put_out(struct db *db, struct ref ref, struct fault *fault)
{
	return run_at(db, "UPDATE fact SET state=1, reach=NULL WHERE site=? AND seq=?", ref, fault);
}

enum rc engine_remove(struct db *db, struct ref ref, uint64_t top, struct fault *fault)
{
	enum rc rc = run_at(db, "DELETE FROM fact WHERE site=? AND seq=?", ref, fault);

	if (rc)
		return rc;
	struct sql sql = sql_open(db, "UPDATE fact SET arr=?1 WHERE arr=(SELECT max(arr) FROM "
				      "fact) AND arr<?1");
	sql_num(&sql, (int64_t)top);
	return sql_run(&sql, fault);
}

/* ---- in doubt */

enum rc engine_doubt(struct db *db, uint64_t site, const uint32_t upto[LANES], struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		struct sql sql = sql_open(db,
			"INSERT OR IGNORE INTO doubt SELECT site, seq FROM fact WHERE site=? AND "
			"seq&7=? AND seq>>3>?");
		sql_num(&sql, (int64_t)site);
		sql_num(&sql, lane);
		sql_num(&sql, upto[lane]);
		rc = sql_run(&sql, fault);
	}
	return rc;
}

enum rc engine_doubt_from(struct db *db, unsigned via, struct fault *fault)
{
	struct sql sql =
		sql_open(db, "INSERT OR IGNORE INTO doubt SELECT site, seq FROM fact WHERE via=?");

	sql_num(&sql, via);
	return sql_run(&sql, fault);
}

bool engine_doubts(struct db *db)
{
	return db_number(db, "SELECT 1 FROM doubt LIMIT 1", 0) > 0;
}

bool engine_doubtful(struct db *db, struct ref ref)
{
	struct sql sql = sql_open(db, "SELECT 1 FROM doubt WHERE site=? AND seq=?");

	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	bool there = sql_row(&sql);
	return !sql_end(&sql, NULL) && there;
}

enum rc engine_undoubt(struct db *db, struct ref ref, struct fault *fault)
{
	return run_at(db, "DELETE FROM doubt WHERE site=? AND seq=?", ref, fault);
}

enum rc engine_undoubt_all(struct db *db, struct fault *fault)
{
	return db_run(db, "DELETE FROM doubt", fault);
}

uint32_t engine_first_doubt(struct db *db, uint64_t site, unsigned lane, uint32_t upto)
{
	uint32_t first = 0;
	struct sql sql = sql_open(
		db, "SELECT min(seq>>3) FROM doubt WHERE site=? AND seq&7=? AND seq>>3<=?");

	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	sql_num(&sql, upto);
	if (sql_row(&sql) && sql_get(&sql, 0) > 0)
		first = (uint32_t)sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 1 : first;
}

enum rc engine_each_doubt(struct db *db, struct changed *refs, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT d.site, d.seq FROM doubt d JOIN fact f ON "
				      "f.site=d.site AND f.seq=d.seq ORDER BY f.arr");

	while (sql_row(&sql))
		changed_add(
			refs, (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)});
	return sql_end(&sql, fault);
}

/* ---- to go back */

enum rc engine_orphan(
	struct db *db, struct bytes raw, struct bytes sig, bool *fresh, struct fault *fault)
{
	struct sql sql = sql_open(db, "INSERT OR IGNORE INTO stray(body, sig) VALUES(?,?)");

	sql_bytes(&sql, raw, false);
	sql_bytes(&sql, sig, false);
	enum rc rc = sql_run(&sql, fault);
	*fresh = !rc && db_changes(db) > 0;
	return rc;
}

enum rc engine_orphans(struct db *db, orphan_fn *fn, void *to, struct fault *fault)
{
	struct sql sql = sql_open(db, "SELECT id, body, sig FROM stray ORDER BY id");

	while (sql_row(&sql) &&
		fn(sql_get(&sql, 0), sql_get_bytes(&sql, 1), sql_get_bytes(&sql, 2), to))
		continue;
	return sql_end(&sql, fault);
}

unsigned engine_orphan_count(struct db *db, unsigned otherwise)
{
	int64_t count = db_number(db, "SELECT count(*) FROM stray", otherwise);

	return count < 0 ? otherwise : (unsigned)count;
}

enum rc engine_orphans_drop(struct db *db, int64_t upto, struct fault *fault)
{
	struct sql sql = sql_open(db, "DELETE FROM stray WHERE id<=?");

	sql_num(&sql, upto);
	return sql_run(&sql, fault);
}

bool engine_reissued(struct db *db, int64_t print)
{
	struct sql sql = sql_open(db, "SELECT 1 FROM anew WHERE print=?");

	sql_num(&sql, print);
	bool there = sql_row(&sql);
	return !sql_end(&sql, NULL) && there;
}

enum rc engine_reissue_note(struct db *db, int64_t print, struct fault *fault)
{
	struct sql sql = sql_open(db, "INSERT OR IGNORE INTO anew(print) VALUES(?)");

	sql_num(&sql, print);
	return sql_run(&sql, fault);
}
