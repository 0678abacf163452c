/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts that came back without a signature, until somebody decides.
 */
#include "store/identity.h"
#include "store/rows/internal.h"

static unsigned count_from(struct log *log, uint64_t from)
{
	struct sql sql = sql_open(log->db, "SELECT count(*) FROM returned WHERE ?1=0 OR sender=?1");
	unsigned count = 0;
	sql_num(&sql, (int64_t)from);
	if (sql_row(&sql))
		count = (unsigned)sql_get(&sql, 0);
	return sql_end(&sql, NULL) ? 0 : count;
}

unsigned returned_count(struct store *store)
{
	return count_from(&store->log, 0);
}

static enum rc keep(
	struct log *log, uint64_t from, struct bytes raw, bool *full, struct fault *fault)
{
	if (!log->returned_from || log->returned_from != from)
		log->returned = count_from(log, from);
	log->returned_from = from;
	*full = log->returned >= RETURNED_MOST;
	if (*full)
		return RC_OK;
	struct sql sql =
		sql_open(log->db, "INSERT OR IGNORE INTO returned(sender, at, body) VALUES(?,?,?)");
	sql_num(&sql, (int64_t)from);
	sql_num(&sql, clock_now(log));
	sql_bytes(&sql, raw, false);
	enum rc rc = sql_run(&sql, fault);
	log->returned += !rc && db_changes(log->db) > 0;
	return rc;
}

enum rc returned_keep(
	struct store *store, uint64_t from, struct bytes raw, bool *full, struct fault *fault)
{
	struct log *log = &store->log;
	enum rc rc = log_begin(log, fault);
	*full = false;
	if (rc)
		return rc;
	if ((rc = keep(log, from, raw, full, fault))) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

struct waiting {
	struct waiting *next;
	struct returned returned;
};

/* ID 0: all, up to LIMIT. */
static enum rc read_all(struct log *log, int64_t id, unsigned limit, struct arena *arena,
	struct waiting **first, struct fault *fault)
{
	struct waiting **last = first;
	*first = NULL;
	struct sql sql =
		sql_open(log->db, "SELECT id, at, sender, body FROM returned WHERE ?1=0 OR "
				  "id=?1 ORDER BY id LIMIT ?2");
	sql_num(&sql, id);
	sql_num(&sql, limit ? (int64_t)limit : -1);
	while (sql_row(&sql)) {
		struct waiting *one = *last = arena_get(arena, sizeof *one);
		one->returned = (struct returned){sql_get(&sql, 0), sql_get(&sql, 1),
			(uint64_t)sql_get(&sql, 2), arena_bytes(arena, sql_get_bytes(&sql, 3))};
		last = &one->next;
	}
	*last = NULL;
	return sql_end(&sql, fault);
}

enum rc returned_each(
	struct store *store, unsigned limit, returned_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct waiting *first;
	enum rc rc = read_all(&store->log, 0, limit, &arena, &first, fault);
	for (struct waiting *one = first; one && !rc; one = one->next)
		if (!fn(&one->returned, to))
			break;
	arena_release(&arena);
	return rc;
}

/* What stands under its number goes to everybody again: those who gave back another one have that.
 */
static enum rc take_one(struct store *store, struct bytes raw, struct fault *fault)
{
	struct log *log = &store->log;
	struct op op;
	bool fresh;
	if (!op_take(raw, &op) || log_reissued(log, raw))
		return RC_OK;
	enum held held = log_compare(log, &op, raw);
	if (held == HELD_SAME)
		return RC_OK;
	if (held == HELD_NOT)
		return log_put(log, &op, raw, 0, &fresh, fault);
	enum rc rc = store_reissue_raw(store, raw, fault);
	return rc ? rc : log_requeue(log, (struct ref){op.site, op.seq}, fault);
}

static enum rc decide_one(
	struct store *store, const struct returned *returned, bool take, struct fault *fault)
{
	enum rc rc = take ? take_one(store, returned->raw, fault)
			  : log_reissue_note(&store->log, returned->raw, fault);
	struct sql sql = sql_open(store->db, "DELETE FROM returned WHERE id=?");
	sql_num(&sql, returned->id);
	enum rc gone = sql_run(&sql, rc ? NULL : fault);
	return rc ? rc : gone;
}

enum rc returned_decide(
	struct store *store, int64_t id, bool take, unsigned *count, struct fault *fault)
{
	struct arena arena = {0};
	struct waiting *first;
	enum rc rc = store_begin(store, fault);
	*count = 0;
	if (rc)
		return rc;
	rc = read_all(&store->log, id, 0, &arena, &first, fault);
	for (struct waiting *one = first; one && !rc; one = one->next, ++*count)
		rc = decide_one(store, &one->returned, take, fault);
	if (!rc && id && !*count)
		rc = fault_set(fault, RC_NONE, "%s", _("没有这一条退回的记录"));
	arena_release(&arena);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}
