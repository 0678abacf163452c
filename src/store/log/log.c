/* SPDX-License-Identifier: GPL-3.0-or-later
 * The log: facts are appended once, judged by the author's grant, and never changed. What may move
 * is a fact's place in the order of arrival (arr): a step that came before its record gets a new
 * place when the record comes, or cursors would have passed it.
 */
#include "store/db.h"
#include "store/log/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"

/* Is NEXT here? When it was not loaded, AHEAD numbers from there on are, and more the next time. */
static enum rc next_here(
	struct log *log, struct ref next, unsigned *ahead, bool *here, struct fault *fault)
{
	enum { AHEAD = 64 };
	struct ref refs[AHEAD];
	struct known_fact known;
	enum rc rc = RC_OK;

	if (!batch_find(&log->batch, next)) {
		for (unsigned i = 0; i < *ahead; i++)
			refs[i] = (struct ref){next.site, next.seq + i * 8};
		rc = batch_load(&log->batch, log->db, refs, *ahead, fault);
		*ahead = *ahead * 4 < AHEAD ? *ahead * 4 : AHEAD;
	}
	if (!rc)
		rc = log_known(log, next, &log->batch.arena, &known, fault);
	*here = !rc && known.here;
	return rc;
}

/* Rule 1 of the ladder: the watermark moves over what is there without a gap. */
enum rc log_author_past(struct log *log, uint64_t site, unsigned lane, struct fault *fault)
{
	struct author *author;
	enum rc rc = authors_get(&log->authors, log->db, site, lane, &author, fault);
	if (rc)
		return rc;
	uint32_t before = author->upto;
	unsigned ahead = 1;
	for (bool more = true; more && !rc;) {
		rc = next_here(log, (struct ref){site, (author->upto + 1) * 8 + lane}, &ahead,
			&more, fault);
		uint32_t past =
			more ? author->upto + 1
			: site == log->site || rc
				? 0 /* our own are not there because somebody dropped them */
				: dropped_past(log, site, lane, author->upto + 1);
		more = past != 0;
		author->upto = more ? past : author->upto;
	}
	author->moved |= author->upto != before;
	return rc;
}

static enum rc author_advance(struct log *log, const struct op *op, struct fault *fault)
{
	struct author *author;
	enum rc rc = authors_get(&log->authors, log->db, op->site, op_lane(op), &author, fault);
	if (rc || op->seq / 8 != author->upto + 1)
		return rc;
	return log_author_past(log, op->site, op_lane(op), fault);
}

/* A clock that runs days ahead must not drag ours along, nor what was written here on a record that
 * such a clock has stamped. */
static void clock_sees(struct log *log, const struct op *op)
{
	if (op->stamp > log->clock && stamp_seconds(op->stamp) <= clock_now(log) + DAY_SECONDS) {
		log->clock = op->stamp;
		log->clock_moved = true;
	}
}

/* A good fact more. */
static void newest_sees(struct log *log, const struct op *op)
{
	struct newest *newest = &log->newest;
	if (newest->rec.site != op->rec_site || newest->rec.seq != op->rec_seq)
		return;
	if (op->stamp > newest->stamp)
		newest->stamp = op->stamp;
	if (op->site != log->site && op->stamp > newest->others)
		newest->others = op->stamp;
}

/* What was read out stops to count when its author's own comes, good or refused; what followed it
 * is judged again, as that one may lie elsewhere. */
static enum rc note_change(
	struct log *log, const struct op *op, bool good, bool said, struct fault *fault)
{
	if (good)
		newest_sees(log, op);
	if (good || said)
		log->hooks.changed(log->hooks.to, (struct ref){op->rec_site, op->rec_seq});
	return said && op_first(op)
		       ? log_validate_steps(log, (struct ref){op->site, op->seq}, false, fault)
		       : RC_OK;
}

static enum rc malformed(struct fault *fault)
{
	return fault_set(fault, RC_BAD, _("收到的事实不合规范，没有保存"));
}

static void note_put(
	struct log *log, const struct op *op, struct bytes raw, struct validated judged)
{
	const struct known_fact fact = {.ref = {op->site, op->seq},
		.step = !op_first(op),
		.kind = op->kind,
		.state = judged.state,
		.reach = judged.reach,
		.raw = raw};

	batch_put(&log->batch, &fact, (struct ref){op->rec_site, op->rec_seq});
}

enum { REFS_EACH = 4 };

/* The fact itself, its record, the one behind it, and the warning by which a receipt is judged. */
static size_t refs_of(struct log *log, const struct op *op, struct ref refs[REFS_EACH])
{
	size_t count = 0;

	refs[count++] = (struct ref){op->site, op->seq};
	if (!op_first(op))
		refs[count++] = (struct ref){op->rec_site, op->rec_seq};
	if (op->seq <= UINT32_MAX - 8)
		refs[count++] = (struct ref){op->site, op->seq + 8};
	if (op_first(op) && proof_about(log, op, &refs[count]))
		count++;
	return count;
}

enum rc log_load(struct log *log, const struct op ops[], size_t count, struct fault *fault)
{
	struct ref few[REFS_EACH] = {{0, 0}}, lane = {0, 0};
	struct arena arena = {0};
	struct ref *refs = count > 1 ? arena_get(&arena, count * REFS_EACH * sizeof *refs) : few,
		   *lanes = count > 1 ? arena_get(&arena, count * sizeof *lanes) : &lane;
	size_t wanted = 0;

	assert(log->depth);
	for (size_t i = 0; i < count; i++) {
		wanted += refs_of(log, &ops[i], refs + wanted);
		lanes[i] = (struct ref){ops[i].site, op_lane(&ops[i])};
	}
	enum rc rc = batch_load(&log->batch, log->db, refs, wanted, fault);
	if (!rc)
		rc = authors_load(&log->authors, log->db, lanes, count, fault);
	if (!rc)
		rc = sites_load(&log->sites, log->db, lanes, count, log->site, fault);
	arena_release(&arena);
	return rc;
}

static enum rc put(struct log *log, const struct op *op, struct bytes raw, unsigned via,
	bool *fresh, struct fault *fault)
{
	struct validated judged;
	struct known_fact known;
	enum rc rc =
		log_known(log, (struct ref){op->site, op->seq}, &log->batch.arena, &known, fault);
	if (!rc)
		rc = log_validate(log, op, raw, via, &judged, fault);
	if (rc)
		return rc;
	log->taken = (struct fact_taken){.state = judged.state, .why = log->why};
	/* Also a step that waits for its record, of somebody who is not known: anybody may have
	 * made it up. */
	bool apart = judged.state == FACT_REFUSED || judged.state == FACT_UNPROVEN ||
		     (judged.state == FACT_WAITS && !log_brief(log, op->site)->site.area);
	if (via && apart)
		rc = dropped_weigh(log, op, via, &log->taken, fault);
	if (rc || log->taken.dropped)
		return rc;
	const struct fact_row row = {*op, raw, via, judged.state, judged.reach};
	*fresh = !known.here;
	if (!*fresh || (rc = pending_add(&log->pending, log->db, &row, fault)))
		return rc;
	note_put(log, op, raw, judged);
	if ((rc = clock_settle(log, fault)))
		return rc;
	clock_sees(log, op);
	if ((rc = ahead_note(log, op, fault)))
		return rc;
	if ((rc = note_change(log, op, judged.state == FACT_GOOD, known.voice, fault)))
		return rc;
	if ((rc = author_advance(log, op, fault)))
		return rc;
	return log_validate_waiting(log, op, fault);
}

enum rc log_put(struct log *log, const struct op *op, struct bytes raw, unsigned via, bool *fresh,
	struct fault *fault)
{
	*fresh = false;
	if (raw.len > LIMIT_FACT || !op_may_be_kept(op))
		return malformed(fault);
	if (op->sig.len && op->sig.len != SIGN_SIZE)
		return fault_set(fault, RC_BAD, _("收到的事实的签名长度不对，没有保存"));
	enum rc rc = log_begin(log, fault);
	if (rc)
		return rc;
	rc = log_load(log, op, 1, fault);
	if (!rc)
		rc = put(log, op, raw, via, fresh, fault);
	if (rc) {
		log_undo(log);
		return rc;
	}
	return log_commit(log, fault);
}

enum rc log_put_composed(struct log *log, const struct composed *composed, struct bytes raw,
	bool *fresh, struct fault *fault)
{
	log->composed = composed;
	enum rc rc = log_put(log, composed->op, raw, 0, fresh, fault);
	log->composed = NULL;
	return rc;
}

enum rc log_append(struct log *log, struct bytes raw, struct bytes sig, unsigned via, bool *fresh,
	struct fault *fault)
{
	struct op op;
	*fresh = false;
	if (!op_take(raw, &op))
		return malformed(fault);
	op.sig = sig;
	return log_put(log, &op, raw, via, fresh, fault);
}

const struct fact_taken *log_taken(const struct log *log)
{
	return &log->taken;
}

enum rc log_newest(struct log *log, struct ref rec, struct newest *newest, struct fault *fault)
{
	*newest = log->newest;
	if (log->depth && newest->rec.site == rec.site && newest->rec.seq == rec.seq)
		return RC_OK;
	*newest = (struct newest){.rec = rec};
	enum rc rc = engine_newest(log->db, rec, log->site, &newest->stamp, &newest->others, fault);
	if (!rc && log->depth)
		log->newest = *newest;
	return rc;
}

void log_newest_told(struct log *log, const struct newest *newest)
{
	if (log->newest.rec.site == newest->rec.site && log->newest.rec.seq == newest->rec.seq)
		log->newest.told = newest->others;
}

void log_forget(struct log *log)
{
	authors_clear(&log->authors);
	batch_clear(&log->batch);
	sites_clear(&log->sites);
	log->drops = DROPS_UNKNOWN;
	log->orphans_known = false;
	log->returned_from = log->ranges_of = 0;
	log->below_via = 0;
	log->newest.rec.seq = 0;
	log->areas_known = false;
}

void log_view(struct log *log)
{
	db_view(log->db);
	if (!log->depth)
		log_forget(log);
}

void log_view_end(struct log *log)
{
	db_view_end(log->db);
}

void log_start(struct log *log, struct db *db, const struct log_hooks *hooks)
{
	*log = (struct log){.db = db, .hooks = *hooks};
}

void log_end(struct log *log)
{
	changed_release(&log->turned);
	changed_release(&log->held);
	changed_release(&log->again);
	free(log->olds);
	log_areas_free(log);
	batch_release(&log->batch);
	authors_release(&log->authors);
	sites_release(&log->sites);
}

enum rc log_begin(struct log *log, struct fault *fault)
{
	if (log->depth && !db_inside(log->db))
		return fault_set(fault, RC_IO, _("前面的写入已撤销，没有保存：请再试"));
	if (log->depth++)
		return RC_OK;
	enum rc rc = db_begin(log->db, fault);
	if (rc) {
		log->depth = 0;
		return rc;
	}
	/* Another process may have written since: nothing kept from before is good. */
	log_forget(log);
	changed_clear(&log->turned);
	log_hold_end(log);
	log->clock = (uint64_t)kv_num_in(log->db, kv_own(KV_CLOCK), 0);
	log->clock_moved = false;
	log->ending = kv_num_in(log->db, kv_own(KV_ENDING), 0) > 0;
	clock_read(log);
	return RC_OK;
}

bool log_inside(const struct log *log)
{
	return log->depth && db_inside(log->db);
}

enum rc log_authors_save(struct log *log, struct fault *fault)
{
	return authors_save(&log->authors, log->db, fault);
}

static enum rc save(struct log *log, struct fault *fault)
{
	enum rc rc = pending_put(&log->pending, log->db, fault);
	if (!rc)
		rc = log->hooks.settle(log->hooks.to, fault);
	if (!rc)
		rc = pending_put(&log->pending, log->db, fault); /* what settling wrote */
	if (!rc)
		rc = log_authors_save(log, fault);
	if (!rc && log->clock_moved)
		rc = kv_num_put(log->db, kv_own(KV_CLOCK), (int64_t)log->clock, fault);
	return rc ? rc : db_commit(log->db, fault);
}

enum rc log_commit(struct log *log, struct fault *fault)
{
	if (log->depth == 0 || !db_inside(log->db)) {
		enum rc rc = log->pending.fault.rc;
		if (rc && fault)
			*fault = log->pending.fault;
		log_undo(log);
		return rc ? rc : fault_set(fault, RC_IO, _("前面的写入已撤销，没有保存：请再试"));
	}
	if (log->depth > 1) {
		log->depth--;
		return RC_OK;
	}
	enum rc rc = save(log, fault);
	if (rc)
		log_undo(log);
	log->depth = 0;
	batch_clear(&log->batch); /* others may write from here on */
	return rc;
}

void log_leave(struct log *log)
{
	if (log->depth > 1)
		log->depth--;
	else
		log_undo(log);
}

void log_undo(struct log *log)
{
	pending_clear(&log->pending, log->db);
	db_undo(log->db);
	log->depth = 0;
	log_forget(log);
	changed_clear(&log->turned);
	log_hold_end(log);
	log->hooks.undone(log->hooks.to);
}

enum rc log_next(struct log *log, uint64_t site, unsigned lane, uint32_t *n, struct fault *fault)
{
	struct author *author;
	enum rc rc = authors_get(&log->authors, log->db, site, lane, &author, fault);
	*n = rc ? 0 : author->upto + 1;
	return rc;
}

uint32_t log_author(struct log *log, uint64_t site, unsigned lane)
{
	struct author *author;
	/* Inside a transaction the newest numbers may not be in the table yet. */
	if (!log->depth)
		log_forget(log);
	return authors_get(&log->authors, log->db, site, lane, &author, NULL) ? 0 : author->upto;
}
