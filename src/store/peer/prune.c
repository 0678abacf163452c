/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which records may leave this disk, and their leaving: old enough, and proven to be held, whole,
 * by two levels above. A level's word for another proves nothing, and what was refused there, read
 * out here, or written in two ways stays.
 */
#include "store/db.h"
#include "store/peer.h"
#include "store/rows/internal.h"

#include "base/memory.h"
#include "base/when.h"
#include "store/db/internal.h"

/* WHOLE: bytes of each author's newest facts, twice what a link takes as dictionary (HISTORY_MOST
 * of sync/wire.h). */
enum { LEVELS_MUST = 2, BATCH = 100, AUTHORS_KNOWN = 16, WHOLE = 128 * 1024 };

/* ---- one record */

/* What both ends of a link know to hold is taken from the newest (recent.c), and has to be the same
 * at both. */
static uint64_t newest_of(struct log *log, uint64_t site)
{
	uint64_t since = 0, bytes = 0;
	struct sql sql =
		sql_open(log->db, "SELECT stamp, length(body) FROM fact WHERE site=? ORDER BY "
				  "stamp DESC");

	sql_num(&sql, (int64_t)site);
	while (bytes <= WHOLE && sql_row(&sql)) {
		since = (uint64_t)sql_get(&sql, 0);
		bytes += (uint64_t)sql_get(&sql, 1);
	}
	return sql_end(&sql, NULL) || bytes <= WHOLE ? 0 : since;
}

struct leaving {
	int64_t arr;
	uint8_t hull[GONE_HULL];
};

static enum rc leave_one(struct log *log, const struct leaving *one, struct fault *fault)
{
	batch_clear(&log->batch);
	struct sql sql = sql_open(log->db, "UPDATE fact SET arr=(SELECT max(arr)+1 FROM fact), "
					   "state=4, sig=NULL, body=? WHERE "
					   "arr=?");

	sql_bytes(&sql, bytes_of(one->hull, sizeof one->hull), false);
	sql_num(&sql, one->arr);
	return sql_run(&sql, fault);
}

static enum rc leave_out(struct log *log, struct ref rec, struct fault *fault)
{
	struct arena arena = {0};
	struct leaving *all = NULL;
	size_t count = 0, room = 0;
	struct sql sql = sql_open(log->db,
		"SELECT arr, body FROM fact WHERE site=?1 AND seq=?2 AND state=0 UNION ALL SELECT "
		"arr, body FROM fact WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP
		" AND state=0 ORDER BY arr");

	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	while (sql_row(&sql)) {
		all = array_more_in(&arena, all, count, &room, sizeof *all);
		all[count].arr = sql_get(&sql, 0);
		gone_hull(sql_get_bytes(&sql, 1), all[count++].hull);
	}
	enum rc rc = sql_end(&sql, fault);
	for (size_t n = 0; n < count && !rc; n++)
		rc = leave_one(log, &all[n], fault);
	arena_release(&arena);
	log->newest.rec.seq = 0;
	log->hooks.changed(log->hooks.to, rec);
	return rc;
}

/* ---- all of a kind */

struct old_record {
	struct old_record *next;
	struct ref ref;
	uint64_t area;
};

struct pruning {
	struct store *store;
	const struct prune *what;
	struct pruned *out;
	struct holders holders;
	struct arena arena;
	struct old_record *first, **last;
	struct {
		uint64_t site, since;
	} author[AUTHORS_KNOWN]; /* from when on facts stay, as it was when the pass began */
	unsigned authors;
};

static bool take_old(const struct row *row, void *to)
{
	struct pruning *pruning = to;
	const struct prune *what = pruning->what;

	if ((row->state >= 0 && !(what->states >> row->state & 1)) || row->conflicts ||
		stamp_seconds(row->stamp) >= what->before)
		return true;
	struct old_record *old = arena_get(&pruning->arena, sizeof *old);
	*old = (struct old_record){NULL, row->ref, row->area};
	*pruning->last = old;
	pruning->last = &old->next;
	pruning->out->old++;
	return true;
}

static uint64_t whole_since(struct pruning *pruning, uint64_t site)
{
	for (unsigned n = 0; n < pruning->authors; n++)
		if (pruning->author[n].site == site)
			return pruning->author[n].since;
	uint64_t since = newest_of(&pruning->store->log, site);
	if (pruning->authors < AUTHORS_KNOWN) {
		pruning->author[pruning->authors].site = site;
		pruning->author[pruning->authors++].since = since;
	}
	return since;
}

/* All its facts count, and none is among its author's newest. */
static bool facts_may(struct pruning *pruning, struct ref rec, uint64_t *bytes)
{
	bool may = true;
	struct sql sql = sql_open(pruning->store->db,
		"SELECT site, max(stamp), max(state), sum(size) FROM (SELECT site, stamp, state, "
		"length(body)+ifnull(length(sig),0) AS size FROM fact WHERE site=?1 AND seq=?2 "
		"UNION ALL SELECT site, stamp, state, length(body)+ifnull(length(sig),0) FROM fact "
		"WHERE rec_site=?1 AND rec_seq=?2 AND " IS_STEP ") GROUP BY site");

	*bytes = 0;
	sql_num(&sql, (int64_t)rec.site);
	sql_num(&sql, rec.seq);
	while (may && sql_row(&sql)) {
		may = sql_get(&sql, 2) == FACT_GOOD &&
		      (uint64_t)sql_get(&sql, 1) < whole_since(pruning, (uint64_t)sql_get(&sql, 0));
		*bytes += (uint64_t)sql_get(&sql, 3);
	}
	return !sql_end(&sql, NULL) && may && *bytes > 0;
}

static bool held_twice(struct pruning *pruning, const struct old_record *old)
{
	bool held[LEVELS];
	unsigned levels = 0;

	if (holders_reached(pruning->store, &pruning->holders, old->ref, old->area, held, NULL) !=
		RC_OK)
		return false;
	for (unsigned level = 0; level < LEVELS; level++)
		levels += held[level];
	return levels >= LEVELS_MUST;
}

/* The next ones, in one commit: a power cut leaves each record whole, or gone. */
static enum rc leave(struct pruning *pruning, struct old_record **at, struct fault *fault)
{
	struct store *store = pruning->store;
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	/* What is proven may have changed since the last commit: it is asked inside. */
	rc = holders_load(store, &pruning->holders, fault);
	for (unsigned n = 0; *at && n < BATCH && !rc; n++, *at = (*at)->next) {
		uint64_t bytes;
		if (!facts_may(pruning, (*at)->ref, &bytes) || !held_twice(pruning, *at))
			continue;
		rc = schema_pruned(store->db, fault);
		rc = rc ? rc : leave_out(&store->log, (*at)->ref, fault);
		pruning->out->held++;
		pruning->out->bytes += bytes;
	}
	if (rc)
		store_undo(store);
	return rc ? rc : store_commit(store, fault);
}

static void weigh(struct pruning *pruning)
{
	for (const struct old_record *old = pruning->first; old; old = old->next) {
		uint64_t bytes;
		if (!facts_may(pruning, old->ref, &bytes) || !held_twice(pruning, old))
			continue;
		pruning->out->held++;
		pruning->out->bytes += bytes;
	}
}

enum rc store_prune(
	struct store *store, const struct prune *what, struct pruned *out, struct fault *fault)
{
	struct pruning pruning = {.store = store, .what = what, .out = out};
	struct query query = query_all(what->kind);

	*out = (struct pruned){0};
	pruning.last = &pruning.first;
	enum rc rc = holders_load(store, &pruning.holders, fault);
	if (!rc)
		rc = store_each(store, &query, take_old, &pruning, fault);
	if (!rc && !what->act)
		weigh(&pruning);
	for (struct old_record *at = pruning.first; at && what->act && !rc;)
		rc = leave(&pruning, &at, fault);
	arena_release(&pruning.arena);
	return rc;
}
