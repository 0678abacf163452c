/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts of a batch in SQLite.
 */
#include "store/engine/sqlite.h"

static void bind_row(struct sql *sql, const struct fact_row *row)
{
	const struct op *op = &row->op;

	sql_num(sql, (int64_t)op->site);
	sql_num(sql, op->seq);
	if (row->reach)
		sql_num(sql, (int64_t)row->reach);
	else
		sql_null(sql);
	sql_num(sql, (int64_t)op->rec_site);
	sql_num(sql, op->rec_seq);
	sql_num(sql, op->kind);
	sql_num(sql, op->step);
	sql_num(sql, (int64_t)op->stamp);
	sql_num(sql, op->who);
	sql_num(sql, row->via);
	sql_num(sql, row->state);
	if (op->sig.len)
		sql_bytes(sql, op->sig, false);
	else
		sql_null(sql);
	sql_bytes(sql, row->raw, false);
}

static enum rc put_some(
	struct db *db, const struct fact_row rows[], size_t count, struct fault *fault)
{
	struct buf text = {0};

	buf_text(&text, "INSERT OR IGNORE INTO fact(site, seq, reach, rec_site, rec_seq, kind, "
			"step, stamp, who, via, state, sig, body) VALUES");
	for (size_t i = 0; i < count; i++)
		buf_fmt(&text, "%s(?,?,?,?,?,?,?,?,?,?,?,?,?)", i ? "," : "");
	struct sql sql = sql_open(db, buf_cstr(&text));
	buf_release(&text);
	for (size_t i = 0; i < count; i++)
		bind_row(&sql, &rows[i]);
	return sql_run(&sql, fault);
}

/* In powers of two, so that few statements are kept. */
enum rc engine_put(struct db *db, const struct fact_row rows[], size_t count, struct fault *fault)
{
	enum { MOST = 16 };
	enum rc rc = RC_OK;

	for (size_t done = 0, some = MOST; done < count && !rc; done += some) {
		while (some > count - done)
			some /= 2;
		rc = put_some(db, rows + done, some, fault);
	}
	return rc;
}

static void fact_read(const struct sql *sql, struct known_fact *known, struct arena *arena)
{
	known->here = sql_get(sql, 1) != 0;
	known->voice = sql_get(sql, 2) != 0;
	known->awaited = sql_get(sql, 3) != 0;
	if (known->here) {
		known->state = (enum fact_state)sql_get(sql, 4);
		known->raw = arena_bytes(arena, sql_get_bytes(sql, 5));
	}
	int from = known->here ? 6 : 9;
	known->step = sql_get(sql, from) != 0;
	known->kind = (unsigned)sql_get(sql, from + 1);
	known->reach = (uint64_t)sql_get(sql, from + 2);
}

enum rc engine_load(struct db *db, const struct ref refs[], size_t count, struct known_fact out[],
	struct arena *arena, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < count; i++)
		out[i] = (struct known_fact){.ref = refs[i]};
	for (struct span span = {0}; !rc && span_next(&span, count);) {
		struct sql sql = span_open(db,
			"SELECT v.n, f.arr IS NOT NULL, o.seq IS NOT NULL, EXISTS(SELECT 1 FROM "
			"fact WHERE rec_site=v.site AND rec_seq=v.seq AND " IS_STEP
			" AND state=2), f.state, f.body, f.rec_site<>f.site OR f.rec_seq<>f.seq, "
			"f.kind, f.reach, o.rec_site<>o.site OR o.rec_seq<>o.seq, o.kind, o.reach"
			" FROM v LEFT JOIN fact f ON f.site=v.site AND f.seq=v.seq"
			" LEFT JOIN voice o ON o.site=v.site AND o.seq=v.seq",
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
