/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two facts under one number: a store was put back unseen and wrote on, or two machines have the
 * same keys. What the station above holds stays under the number; the author of the other fact
 * issues that fact again, under a new number. Until the two have been compared, a fact is in doubt:
 * it neither goes up nor counts as held there.
 */
#include "store/log/internal.h"

#include <string.h>

#include "base/endian.h"

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
	batch_stale(&log->batch, ref);
	return engine_requeue(log->db, ref, fault);
}

enum rc log_requeue_range(
	struct log *log, const struct dropped *range, uint64_t sent, struct fault *fault)
{
	struct changed refs = {0};
	enum rc rc = engine_numbers(log->db, range, sent, &refs, fault);

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
		batch_stale(&log->batch, ref);
		rc = engine_put_out(log->db, ref, fault);
		if (!rc)
			rc = log_validate_steps(log, ref, false, fault);
		log->hooks.changed(log->hooks.to, (struct ref){op.rec_site, op.rec_seq});
		if (!rc)
			rc = log->hooks.settle(log->hooks.to, fault);
	}
	arena_release(&arena);
	return rc;
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
		rc = engine_remove(log->db, ref, top, fault);
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
	return engine_doubt(log->db, site, upto, fault);
}

enum rc log_doubt_from(struct log *log, unsigned via, struct fault *fault)
{
	return engine_doubt_from(log->db, via, fault);
}

bool log_doubts(struct log *log)
{
	return engine_doubts(log->db);
}

bool log_doubtful(struct log *log, struct ref ref)
{
	return engine_doubtful(log->db, ref);
}

enum rc log_undoubt(struct log *log, struct ref ref, struct fault *fault)
{
	return engine_undoubt(log->db, ref, fault);
}

uint32_t log_sure(struct log *log, uint64_t site, unsigned lane, uint32_t upto)
{
	uint32_t first = engine_first_doubt(log->db, site, lane, upto);

	return first ? first - 1 : upto;
}

enum rc log_each_doubt(struct log *log, fact_fn *fn, void *to, struct fault *fault)
{
	struct changed refs = {0};
	enum rc rc = engine_each_doubt(log->db, &refs, fault);
	bool on = true;

	for (size_t i = 0; i < refs.count && !rc && on; i++) {
		struct arena one = {0};
		struct fact fact;
		on = !log_fact(log, refs.at[i].site, refs.at[i].seq, &one, &fact) || fn(&fact, to);
		arena_release(&one);
	}
	changed_release(&refs);
	return rc ? rc : engine_undoubt_all(log->db, fault);
}

/* ---- orphans: to go back to who wrote them */

enum rc log_orphan(struct log *log, struct bytes raw, struct bytes sig, struct fault *fault)
{
	bool fresh;
	enum rc rc = engine_orphan(log->db, raw, sig, &fresh, fault);

	log->orphans += fresh;
	return rc;
}

struct packing {
	size_t most;
	struct buf *out;
	int64_t last;
};

static bool pack_one(int64_t id, struct bytes raw, struct bytes sig, void *to)
{
	struct packing *packing = to;
	struct buf *out = packing->out;

	if (packing->last && out->len + raw.len + sig.len > packing->most)
		return false;
	put_varint(out, raw.len);
	buf_put(out, raw.at, raw.len);
	put_varint(out, sig.len);
	buf_put(out, sig.at, sig.len);
	packing->last = id;
	return true;
}

int64_t log_orphans(struct log *log, size_t most, struct buf *out, struct fault *fault)
{
	struct packing packing = {most, out, 0};

	return engine_orphans(log->db, pack_one, &packing, fault) ? -1 : packing.last;
}

bool log_orphans_left(struct log *log)
{
	return engine_orphan_count(log->db, 0) > 0;
}

bool log_orphans_full(struct log *log)
{
	enum { ORPHANS_MOST = 5000 };

	if (!log->orphans_known || !log->depth)
		log->orphans = engine_orphan_count(log->db, ORPHANS_MOST);
	log->orphans_known = true;
	return log->orphans >= ORPHANS_MOST;
}

enum rc log_orphans_drop(struct log *log, int64_t upto, struct fault *fault)
{
	log->orphans_known = false;
	return engine_orphans_drop(log->db, upto, fault);
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
	return engine_reissued(log->db, print_of(raw));
}

enum rc log_reissue_note(struct log *log, struct bytes raw, struct fault *fault)
{
	return engine_reissue_note(log->db, print_of(raw), fault);
}
