/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two facts under one number: a store was put back unseen and wrote on, or two machines have the
 * same keys. What the station above holds stays under the number; the author of the other fact
 * issues that fact again, under a new number. Until the two have been compared, a fact is in doubt:
 * it neither goes up nor counts as held there.
 */
#include "store/log/internal.h"

#include <string.h>

#include "base/endian.h"

/* A statement over (site, seq). */
static enum rc run_at(struct log *log, const char *text, struct ref ref, struct fault *fault)
{
	struct sql sql = sql_open(log->db, text);

	batch_stale(&log->batch, ref);
	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	return sql_run(&sql, fault);
}

/* No fact begins with 0 (op_take). */
void gone_hull(struct bytes raw, uint8_t hull[GONE_HULL])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(raw, hash);
	hull[0] = 0;
	memcpy(hull + 1, hash, GONE_HULL - 1);
}

static bool gone_same(struct bytes body, struct bytes raw)
{
	uint8_t hull[GONE_HULL];

	gone_hull(raw, hull);
	return bytes_equal(body, bytes_of(hull, sizeof hull));
}

static enum held compare(struct bytes body, struct bytes raw)
{
	return bytes_equal(body, raw) || gone_same(body, raw) ? HELD_SAME : HELD_OTHER;
}

enum held log_compare(struct log *log, const struct op *op, struct bytes raw)
{
	struct arena arena = {0};
	struct known_fact known;
	enum held held = HELD_NOT;

	if (!log_known(log, (struct ref){op->site, op->seq}, &arena, &known, NULL) && known.here)
		held = compare(known.raw, raw);
	arena_release(&arena);
	return held;
}

bool log_signed(struct log *log, const struct op *op, struct bytes raw)
{
	struct site author;

	return op->sig.len == SIGN_SIZE && log_site(log, op->site, &author) &&
	       crypt_signed(author.sign_public, raw, op->sig.at);
}

bool log_may_stand(struct log *log, const struct op *op, struct bytes raw)
{
	struct arena arena = {0};
	struct fact held;
	struct op other;
	bool due = proof_of(log, op) == PROOF_MUST;

	if (log_fact(log, op->site, op->seq, &arena, &held) && op_take(held.raw, &other)) {
		other.sig = held.sig;
		due |= proof_of(log, &other) == PROOF_MUST || log_signed(log, &other, held.raw);
	}
	arena_release(&arena);
	return !due || log_signed(log, op, raw);
}

/* It came from nobody in particular, who would be left out; 0 stays what was written here. */
enum rc log_requeue(struct log *log, struct ref ref, struct fault *fault)
{
	return run_at(log,
		"UPDATE fact SET arr=(SELECT max(arr)+1 FROM fact), via=(via<>0) WHERE site=? AND "
		"seq=?",
		ref, fault);
}

enum rc log_requeue_range(
	struct log *log, const struct dropped *range, uint64_t sent, struct fault *fault)
{
	struct changed refs = {0};
	struct sql sql = sql_open(log->db, "SELECT seq FROM fact WHERE site=?1 AND seq BETWEEN ?2 "
					   "AND ?3 AND seq&7=?4 AND arr<=?5 ORDER BY arr");

	sql_num(&sql, (int64_t)range->site);
	sql_num(&sql, (int64_t)range->n * 8);
	sql_num(&sql, (int64_t)range->upto * 8 + 7);
	sql_num(&sql, range->lane);
	sql_num(&sql, (int64_t)sent);
	while (sql_row(&sql))
		changed_add(&refs, (struct ref){range->site, (uint32_t)sql_get(&sql, 0)});
	enum rc rc = sql_end(&sql, fault);
	for (size_t i = 0; i < refs.count && !rc; i++)
		rc = log_requeue(log, refs.at[i], fault);
	changed_release(&refs);
	return rc;
}

/* The old one stops to count first, so that its row goes while its kind is still known. */
static enum rc put_out(struct log *log, struct ref ref, struct fault *fault)
{
	log->newest.rec.seq = 0;
	struct arena arena = {0};
	struct fact fact;
	struct op op;
	enum rc rc = RC_OK;

	if (log_fact(log, ref.site, ref.seq, &arena, &fact) && op_take(fact.raw, &op)) {
		rc = run_at(log, "UPDATE fact SET state=1, reach=NULL WHERE site=? AND seq=?", ref,
			fault);
		if (!rc)
			rc = log_validate_steps(log, ref, false, fault);
		log->hooks.changed(log->hooks.to, (struct ref){op.rec_site, op.rec_seq});
		if (!rc)
			rc = log->hooks.settle(log->hooks.to, fault);
	}
	arena_release(&arena);
	return rc;
}

/* Places in the order of arrival are never used twice: the newest one is kept by somebody. */
static enum rc keep_top(struct log *log, uint64_t top, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "UPDATE fact SET arr=?1 WHERE arr=(SELECT max(arr) FROM "
					   "fact) AND arr<?1");

	sql_num(&sql, (int64_t)top);
	return sql_run(&sql, fault);
}

enum rc log_replace(
	struct log *log, const struct op *op, struct bytes raw, unsigned via, struct fault *fault)
{
	uint64_t top = log_last(log);
	struct ref ref = {op->site, op->seq};
	bool fresh;
	enum rc rc;

	if ((rc = log_begin(log, fault)))
		return rc;
	rc = put_out(log, ref, fault);
	if (!rc)
		rc = run_at(log, "DELETE FROM fact WHERE site=? AND seq=?", ref, fault);
	if (!rc)
		rc = keep_top(log, top, fault);
	if (!rc)
		rc = log_put(log, op, raw, via, &fresh, fault);
	if (!rc)
		rc = log_validate_steps(log, ref, false, fault);
	if (!rc)
		rc = log_undoubt(log, ref, fault);
	/* The record that lost a fact has no new one by which others would see it. */
	if (!rc)
		rc = kv_num_put(log->db, kv_own(KV_REPLACED),
			kv_num_in(log->db, kv_own(KV_REPLACED), 0) + 1, fault);
	if (!rc)
		return log_commit(log, fault);
	log_undo(log);
	return rc;
}

/* ---- in doubt */

enum rc log_doubt(struct log *log, uint64_t site, const uint32_t upto[LANES], struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned lane = 0; lane < LANES && !rc; lane++) {
		struct sql sql = sql_open(log->db,
			"INSERT OR IGNORE INTO doubt SELECT site, seq FROM fact WHERE site=? AND "
			"seq&7=? AND seq>>3>?");
		sql_num(&sql, (int64_t)site);
		sql_num(&sql, lane);
		sql_num(&sql, upto[lane]);
		rc = sql_run(&sql, fault);
	}
	return rc;
}

enum rc log_doubt_from(struct log *log, unsigned via, struct fault *fault)
{
	struct sql sql = sql_open(
		log->db, "INSERT OR IGNORE INTO doubt SELECT site, seq FROM fact WHERE via=?");
	sql_num(&sql, via);
	return sql_run(&sql, fault);
}

bool log_doubts(struct log *log)
{
	return db_number(log->db, "SELECT 1 FROM doubt LIMIT 1", 0) > 0;
}

bool log_doubtful(struct log *log, struct ref ref)
{
	struct sql sql = sql_open(log->db, "SELECT 1 FROM doubt WHERE site=? AND seq=?");

	sql_num(&sql, (int64_t)ref.site);
	sql_num(&sql, ref.seq);
	bool there = sql_row(&sql);
	return !sql_end(&sql, NULL) && there;
}

enum rc log_undoubt(struct log *log, struct ref ref, struct fault *fault)
{
	return run_at(log, "DELETE FROM doubt WHERE site=? AND seq=?", ref, fault);
}

uint32_t log_sure(struct log *log, uint64_t site, unsigned lane, uint32_t upto)
{
	struct sql sql = sql_open(
		log->db, "SELECT min(seq>>3) FROM doubt WHERE site=? AND seq&7=? AND seq>>3<=?");

	sql_num(&sql, (int64_t)site);
	sql_num(&sql, lane);
	sql_num(&sql, upto);
	if (sql_row(&sql) && sql_get(&sql, 0) > 0)
		upto = (uint32_t)sql_get(&sql, 0) - 1;
	return sql_end(&sql, NULL) ? 0 : upto;
}

enum rc log_each_doubt(struct log *log, fact_fn *fn, void *to, struct fault *fault)
{
	struct arena arena = {0};
	struct node {
		struct node *next;
		struct ref ref;
	} *first = NULL, **last = &first;
	struct sql sql = sql_open(log->db, "SELECT d.site, d.seq FROM doubt d JOIN fact f ON "
					   "f.site=d.site AND f.seq=d.seq ORDER BY f.arr");

	while (sql_row(&sql)) {
		struct node *node = *last = arena_get(&arena, sizeof *node);
		node->ref = (struct ref){(uint64_t)sql_get(&sql, 0), (uint32_t)sql_get(&sql, 1)};
		last = &node->next;
	}
	*last = NULL;
	enum rc rc = sql_end(&sql, fault);
	for (struct node *node = first; node && !rc; node = node->next) {
		struct arena one = {0};
		struct fact fact;
		bool on =
			!log_fact(log, node->ref.site, node->ref.seq, &one, &fact) || fn(&fact, to);
		arena_release(&one);
		if (!on)
			break;
	}
	arena_release(&arena);
	return rc ? rc : db_run(log->db, "DELETE FROM doubt", fault);
}

/* ---- orphans: to go back to who wrote them */

enum rc log_orphan(struct log *log, struct bytes raw, struct bytes sig, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "INSERT OR IGNORE INTO stray(body, sig) VALUES(?,?)");
	sql_bytes(&sql, raw, false);
	sql_bytes(&sql, sig, false);
	enum rc rc = sql_run(&sql, fault);
	log->orphans += !rc && db_changes(log->db) > 0;
	return rc;
}

int64_t log_orphans(struct log *log, size_t most, struct buf *out, struct fault *fault)
{
	int64_t last = 0;

	struct sql sql = sql_open(log->db, "SELECT id, body, sig FROM stray ORDER BY id");
	while (sql_row(&sql)) {
		struct bytes raw = sql_get_bytes(&sql, 1), sig = sql_get_bytes(&sql, 2);
		if (last && out->len + raw.len + sig.len > most)
			break;
		put_varint(out, raw.len);
		buf_put(out, raw.at, raw.len);
		put_varint(out, sig.len);
		buf_put(out, sig.at, sig.len);
		last = sql_get(&sql, 0);
	}
	return sql_end(&sql, fault) ? -1 : last;
}

bool log_orphans_left(struct log *log)
{
	return db_number(log->db, "SELECT 1 FROM stray LIMIT 1", 0) > 0;
}

bool log_orphans_full(struct log *log)
{
	enum { STRAYS_MOST = 5000 };

	if (!log->orphans_known || !log->depth)
		log->orphans =
			(unsigned)db_number(log->db, "SELECT count(*) FROM stray", STRAYS_MOST);
	log->orphans_known = true;
	return log->orphans >= STRAYS_MOST;
}

enum rc log_orphans_drop(struct log *log, int64_t upto, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "DELETE FROM stray WHERE id<=?");

	log->orphans_known = false;
	sql_num(&sql, upto);
	return sql_run(&sql, fault);
}

/* ---- what was written anew */

static int64_t print_of(struct bytes raw)
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(raw, hash);
	return (int64_t)low_get(hash, LOW_WORD);
}

bool log_reissued(struct log *log, struct bytes raw)
{
	struct sql sql = sql_open(log->db, "SELECT 1 FROM anew WHERE print=?");
	sql_num(&sql, print_of(raw));
	bool there = sql_row(&sql);
	return !sql_end(&sql, NULL) && there;
}

enum rc log_reissue_note(struct log *log, struct bytes raw, struct fault *fault)
{
	struct sql sql = sql_open(log->db, "INSERT OR IGNORE INTO anew(print) VALUES(?)");
	sql_num(&sql, print_of(raw));
	return sql_run(&sql, fault);
}
