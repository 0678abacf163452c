/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts of a batch in SQLite.
 */
#include "store/engine/sqlite.h"

static void fact_read(const struct sql *sql, struct known_fact *known, struct arena *arena)
{
	known->here = sql_get(sql, 1) != 0;
	known->step = sql_get(sql, 2) != 0;
	known->kind = (unsigned)sql_get(sql, 3);
	known->state = (enum fact_state)sql_get(sql, 4);
	known->reach = (uint64_t)sql_get(sql, 5);
	if (known->here)
		known->raw = arena_bytes(arena, sql_get_bytes(sql, 6));
	known->voice = sql_get(sql, 7) != 0;
	known->awaited = sql_get(sql, 8) != 0;
}

enum rc engine_load(struct db *db, const struct ref refs[], size_t count, struct known_fact out[],
	struct arena *arena, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < count; i++)
		out[i] = (struct known_fact){.ref = refs[i]};
	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct sql sql = span_open(db,
			"SELECT v.n, f.arr IS NOT NULL, f.rec_site<>f.site OR f.rec_seq<>f.seq, "
			"f.kind, f.state, f.reach, f.body, EXISTS(SELECT 1 FROM voice WHERE "
			"site=v.site AND seq=v.seq), EXISTS(SELECT 1 FROM fact WHERE "
			"rec_site=v.site AND rec_seq=v.seq AND " IS_STEP " AND state=2)"
			" FROM v LEFT JOIN fact f ON f.site=v.site AND f.seq=v.seq",
			refs, &span);
		while (sql_row(&sql)) {
			size_t place = (size_t)sql_get(&sql, 0);
			if (place < span.count)
				fact_read(&sql, &out[span.at + place], arena);
		}
		rc = sql_end(&sql, fault);
	}
	return rc;
}

enum rc engine_following(struct db *db, const struct ref recs[], size_t count, unsigned most,
	unsigned out[], struct fault *fault)
{
	enum rc rc = RC_OK;

	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct sql sql = span_open(db,
			"SELECT n, (SELECT count(*) FROM (SELECT 1 FROM fact WHERE "
			"rec_site=v.site AND rec_seq=v.seq AND " IS_STEP
			" LIMIT ?)) + (SELECT count(*) FROM (SELECT 1 FROM awaits WHERE "
			"site=v.site AND seq=v.seq LIMIT ?)) FROM v",
			recs, &span);
		sql_num(&sql, most);
		sql_num(&sql, most);
		while (sql_row(&sql)) {
			size_t place = (size_t)sql_get(&sql, 0);
			if (place < span.count)
				out[span.at + place] = (unsigned)sql_get(&sql, 1);
		}
		rc = sql_end(&sql, fault);
	}
	return rc;
}

enum rc engine_records(struct db *db, const struct ref recs[], size_t count, record_fact_fn *fn,
	void *to, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct sql sql = span_open(db,
			"SELECT v.n, f.body, f.sig FROM v CROSS JOIN fact f ON f.site=v.site AND "
			"f.seq=v.seq WHERE f.state=0 UNION ALL "
			"SELECT v.n, f.body, f.sig FROM v CROSS JOIN fact f ON f.rec_site=v.site "
			"AND f.rec_seq=v.seq WHERE (f.rec_site<>f.site OR f.rec_seq<>f.seq) AND "
			"f.state=0 UNION ALL "
			"SELECT v.n, o.body, NULL FROM v CROSS JOIN voice o ON o.rec_site=v.site "
			"AND o.rec_seq=v.seq WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE "
			"f.site=o.site AND f.seq=o.seq AND f.state<>3)",
			recs, &span);
		while (sql_row(&sql))
			fn(to, span.at + (size_t)sql_get(&sql, 0), sql_get_bytes(&sql, 1),
				sql_get_bytes(&sql, 2));
		rc = sql_end(&sql, fault);
	}
	return rc;
}
