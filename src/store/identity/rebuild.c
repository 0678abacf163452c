/* SPDX-License-Identifier: GPL-3.0-or-later
 * All rows again from the facts, in one pass: repair, and the migration when the table of kinds has
 * changed. Two streams in the order of record numbers are merged: the facts that began records, and
 * the steps.
 */
#include "store/db.h"
#include "store/identity.h"
#include "store/search.h"
#include "store/identity/internal.h"
#include "store/peer/internal.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/progress.h"

struct streams {
	const char *what; /* as progress takes it */
	struct sql firsts, steps;
	struct ref step; /* where the second stream stands */
	bool more;
	bool voiced; /* something was read out of some record */
};

static void steps_next(struct streams *s)
{
	s->more = sql_row(&s->steps);
	if (s->more)
		s->step = (struct ref){
			(uint64_t)sql_get(&s->steps, 0), (uint32_t)sql_get(&s->steps, 1)};
}

static int ref_order(struct ref a, struct ref b)
{
	if (a.site != b.site)
		return a.site < b.site ? -1 : 1;
	return (a.seq > b.seq) - (a.seq < b.seq);
}

static enum rc merge(struct store *store, struct streams *s, struct facts *facts, record_fn *fn,
	void *to, struct fault *fault)
{
	struct fold_ways ways = rows_ways(store);
	struct record record;
	uint64_t done = 0, whole = log_last(&store->log);
	enum rc rc = RC_OK;
	for (steps_next(s); !rc && sql_row(&s->firsts);) {
		if ((rc = progress(s->what, done, whole, fault)))
			break;
		struct ref ref = {
			(uint64_t)sql_get(&s->firsts, 0), (uint32_t)sql_get(&s->firsts, 1)};
		facts_clear(facts);
		facts_add(facts, sql_get_bytes(&s->firsts, 2), sql_get_bytes(&s->firsts, 3));
		/* Steps of records that do not count are passed over. */
		while (s->more && ref_order(s->step, ref) < 0)
			steps_next(s);
		for (; s->more && ref_order(s->step, ref) == 0; steps_next(s))
			facts_add(facts, sql_get_bytes(&s->steps, 2), sql_get_bytes(&s->steps, 3));
		if ((rc = s->voiced ? voice_add(store, ref, facts, fault) : RC_OK))
			break;
		facts_parse(facts);
		if (fold_all(&record, facts->ops, facts->count, NULL, &ways))
			rc = fn(&record, to, fault);
		done += facts->count;
	}
	return rc ? rc : progress(s->what, whole, whole, fault);
}

/* Records whose first fact has only been read out. */
static enum rc each_voiced(struct store *store, record_fn *fn, void *to, struct fault *fault)
{
	struct fold_ways ways = rows_ways(store);
	struct facts facts = {0};
	struct changed refs = {0};
	struct record record;
	enum rc rc = voice_records(&store->log, &refs, fault);
	for (size_t i = 0; i < refs.count && !rc; i++) {
		rc = facts_read(store, refs.at[i], &facts, fault);
		if (!rc && fold_all(&record, facts.ops, facts.count, NULL, &ways))
			rc = fn(&record, to, fault);
	}
	facts_release(&facts);
	changed_release(&refs);
	return rc;
}

enum rc each_record(
	struct store *store, const char *what, record_fn *fn, void *to, struct fault *fault)
{
	struct facts facts = {0};
	struct streams s = {
		.firsts = sql_open(store->db,
			"SELECT site, seq, body, sig FROM fact INDEXED BY sqlite_autoindex_fact_1"
			" WHERE state=0 AND rec_site=site AND rec_seq=seq ORDER BY site, seq"),
		.steps = sql_open(store->db,
			"SELECT rec_site, rec_seq, body, sig FROM fact INDEXED BY fact_rec"
			" WHERE (rec_site<>site OR rec_seq<>seq) AND state=0 ORDER BY rec_site, "
			"rec_seq"),
	};
	s.what = what;
	s.voiced = voice_waits(&store->log) > 0;
	enum rc rc = merge(store, &s, &facts, fn, to, fault);
	enum rc firsts = sql_end(&s.firsts, rc ? NULL : fault);
	rc = rc ? rc : firsts;
	enum rc steps = sql_end(&s.steps, rc ? NULL : fault);
	facts_release(&facts);
	rc = rc ? rc : steps;
	return rc || !s.voiced ? rc : each_voiced(store, fn, to, fault);
}

/* One statement a kind, open for the whole pass. */
struct writers {
	struct store *store;
	struct sql *at; /* by place in kinds */
};

static enum rc write_row(const struct record *record, void *to, struct fault *fault)
{
	struct writers *writers = to;
	if (!record->kind)
		return RC_OK;
	struct sql *sql = &writers->at[record->kind - kinds];
	if (!sql->db)
		*sql = row_open(writers->store, record->kind);
	row_bind(sql, record);
	while (sql_row(sql))
		;
	if (sql->error) {
		enum rc rc = sql_end(sql, fault);
		sql->db = NULL;
		return rc;
	}
	sql_again(sql);
	return RC_OK;
}

static enum rc fill(struct store *store, struct fault *fault)
{
	struct writers writers = {store, memory_get(kinds_count, sizeof(*writers.at))};
	enum rc rc = each_record(store, N_("重做记录"), write_row, &writers, fault);
	for (unsigned i = 0; i < kinds_count; i++) {
		if (!writers.at[i].db)
			continue;
		enum rc end = sql_end(&writers.at[i], rc ? NULL : fault);
		rc = rc ? rc : end;
	}
	free(writers.at);
	return rc;
}

static enum rc rebuild(struct store *store, struct fault *fault)
{
	changed_clear(&store->changed);
	enum rc rc = rows_drop(store->db, fault);
	if (!rc)
		rc = rows_create(store->db, fault);
	if (!rc)
		rc = fill(store, fault);
	if (!rc)
		rc = rows_index(store->db, fault);
	if (!rc)
		rc = copies_settle_all(store, fault);
	if (!rc)
		rc = recoded_all(store, fault);
	if (!rc)
		rc = rows_settle(store, fault);
	if (!rc)
		rc = kv_num_put(store->db, kv_own(KV_ROWS), store->print, fault);
	if (!rc)
		rc = kv_num_put(store->db, kv_own(KV_REBUILT),
			kv_num_in(store->db, kv_own(KV_REBUILT), 0) + 1, fault);
	return rc;
}

/* Twice as fast with more pages in memory and without zeroing rows that will be there again. */
static const char roomy[] = "PRAGMA secure_delete=OFF; PRAGMA cache_size=-65536";
static const char usual[] = "PRAGMA secure_delete=ON; PRAGMA cache_size=-16384";

enum rc rows_rebuild(struct store *store, struct fault *fault)
{
	enum rc rc = store_begin(store, fault);
	if (rc)
		return rc;
	rc = db_run(store->db, roomy, fault);
	if (!rc)
		rc = rebuild(store, fault);
	if (rc)
		store_undo(store);
	else
		rc = store_commit(store, fault);
	enum rc back = db_run(store->db, usual, rc ? NULL : fault);
	return rc ? rc : back;
}

static enum rc beside(struct store *store, struct fault *fault)
{
	enum rc rc = rows_create_beside(store->db, fault);
	if (!rc)
		rc = fill(store, fault);
	if (!rc)
		rc = rows_index(store->db, fault);
	if (!rc)
		rc = copies_settle_all(store, fault);
	if (!rc)
		rc = recoded_all(store, fault);
	return rc ? rc : rows_settle(store, fault);
}

/* SQLite looks for a table among the temporary ones first (sqlite.org/lang_naming.html), and those
 * are in memory (db.c). */
enum rc rows_beside(struct store *store, struct fault *fault)
{
	enum rc rc = db_run(store->db, "PRAGMA query_only=OFF; BEGIN", fault);
	if (!rc)
		rc = beside(store, fault);
	enum rc end = db_run(store->db, rc ? "ROLLBACK" : "COMMIT", rc ? NULL : fault);
	if (!rc && !(rc = end))
		rc = db_run(store->db, "PRAGMA query_only=ON", fault);
	return rc;
}

enum rc store_rebuild(struct store *store, struct fault *fault)
{
	enum rc rc = rows_rebuild(store, fault);
	return rc ? rc : index_rebuild(store, fault);
}
