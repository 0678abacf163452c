/* SPDX-License-Identifier: GPL-3.0-or-later
 * Judging facts: by their author's grant (area, end, rights) and signature. Facts are judged when
 * they come, and again when their record or their author's grant does; then they get a new place in
 * the order of arrival.
 */
#include "store/db.h"
#include "store/log/internal.h"

#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/schema.h"
#include "model/rules.h"

int64_t log_now(struct log *log)
{
	int64_t now = clock_now(log);
	return now < CLOCKS_BEGIN ? 0 : now;
}

bool grant_over(int64_t until, int64_t now)
{
	return until && now > until + DAY_SECONDS;
}

static bool proven(const struct known_site *author, const struct op *op, struct bytes raw)
{
	if (!author->has_key)
		return false; /* until it is known who that is */
	return op->sig.len == SIGN_SIZE && crypt_signed(author->site.sign_public, raw, op->sig.at);
}

/* Its grant had run out, or does not name what it wrote. Both clocks must say that it is over: the
 * author's, for what was written before stays good however late it comes, and ours, for the
 * author's may run ahead. Who was revoked gets no day more. */
static const char *not_granted(
	struct log *log, const struct known_site *author, const struct op *op)
{
	int64_t written = stamp_seconds(op->stamp), now = log_now(log);
	if (op->site == log->site)
		return NULL; /* ours: refused before it is written, or not at all */
	if (author->site.until && author->site.revoked && written > author->site.until)
		return "revoked";
	if (author->site.until && grant_over(author->site.until, written) &&
		grant_over(author->site.until, now))
		return "expired";
	return rights_allow(author->site.rights, op->kind) ? NULL : "rights";
}

/* What is known of OP from making it; NULL: it came from elsewhere, or from the log. */
static const struct composed *composed_of(const struct log *log, const struct op *op)
{
	return log->composed && log->composed->op == op ? log->composed : NULL;
}

/* REACH is the record's; 0 when it has none that counts. NULL: nothing is wrong with it. */
static const char *objection(
	struct log *log, const struct known_site *author, const struct op *op, uint64_t reach)
{
	const char *rule;
	if (!reach || (author->site.area && !log_was_within(log, reach / 2, author->site.area)))
		return "area";
	if (!composed_of(log, op) && !op_body_check(op->body, &rule))
		return "form"; /* no station writes such fields, or so long ones */
	return not_granted(log, author, op);
}

static struct validated judge(
	struct log *log, const struct op *op, struct bytes raw, unsigned via, uint64_t reach)
{
	const struct known_site *author = log_brief(log, op->site);
	const char *why = log->why = objection(log, author, op, reach);
	if (why) {
		log->expired |= !strcmp(why, "expired");
		return (struct validated){FACT_REFUSED, 0};
	}
	if (!author->site.area && via && log_from_below(log, via))
		return (struct validated){FACT_UNPROVEN, reach};
	const struct composed *composed = composed_of(log, op);
	enum proof must = composed ? composed->proof : proof_of(log, op);
	if (must == PROOF_NONE && (!op->sig.len || !author->has_key))
		return (struct validated){FACT_GOOD, reach};
	if (must == PROOF_UNKNOWN && !op->sig.len)
		return (struct validated){FACT_WAITS, reach};
	return (struct validated){proven(author, op, raw) ? FACT_GOOD : FACT_UNPROVEN, reach};
}

/* Where its area lies now. */
static uint64_t reach_of_first(struct log *log, const struct op *op)
{
	const struct kind *kind = kind_of(op->kind);
	return area_now(log_areas(log), op->area) * 2 + (kind && kind->flags & K_UP_ONLY ? 1 : 0);
}

/* Who is who is never changed, but said anew. */
static bool is_final(unsigned id)
{
	const struct kind *kind = kind_of(id);
	return kind && kind->flags & K_FINAL;
}

static enum rc judge_either(struct log *log, const struct op *op, struct bytes raw, unsigned via,
	struct validated *out, struct fault *fault)
{
	if (op_first(op)) {
		*out = judge(log, op, raw, via, op->area ? reach_of_first(log, op) : 0);
		return out->state == FACT_WAITS ? awaits_add(log, op, fault) : RC_OK;
	}
	struct arena arena = {0};
	struct known_fact head;
	enum rc rc = log_known(log, (struct ref){op->rec_site, op->rec_seq}, &arena, &head, fault);
	arena_release(&arena);
	if (rc)
		return rc;
	if (!head.here && !head.voice)
		*out = (struct validated){FACT_WAITS, 0};
	else if (head.step || head.kind != op->kind || is_final(op->kind))
		/* A step of something that is itself a step has no record; and what must be signed,
		 * or needs a right, is told by the kind: so it is the record's. */
		*out = judge(log, op, raw, via, 0);
	else
		*out = judge(log, op, raw, via, head.reach);
	return RC_OK;
}

/* Facts that are judged again: read whole first, because judging moves them. */
struct again {
	struct arena arena;
	bool turned_only; /* who is judged as before stays where it is */
	struct stored_fact *first;
};

enum rc log_validate(struct log *log, const struct op *op, struct bytes raw, unsigned via,
	struct validated *out, struct fault *fault)
{
	log->expired = false;
	log->why = NULL;
	enum rc rc = judge_either(log, op, raw, via, out, fault);
	int64_t now = log_now(log);
	if (rc || !log->expired || now <= kv_num_in(log->db, kv_own(KV_EXPIRED), 0))
		return rc;
	return kv_num_put(log->db, kv_own(KV_EXPIRED), now, fault);
}

static enum rc again_judge(struct log *log, struct again *again, struct fault *fault)
{
	enum rc rc = RC_OK;
	if (again->first) /* facts may count that did not, and the other way round */
		log->newest.rec.seq = 0;
	for (struct stored_fact *one = again->first; one && !rc; one = one->next) {
		struct op op;
		struct validated judged;
		if (!op_take(one->raw, &op))
			continue;
		op.sig = one->sig;
		if ((rc = log_validate(log, &op, one->raw, one->via, &judged, fault)))
			break;
		if (one->state == FACT_REFUSED && judged.state == FACT_REFUSED)
			continue;
		if (again->turned_only && one->state == judged.state && one->reach == judged.reach)
			continue;
		if (judged.state == FACT_REFUSED || judged.state == FACT_UNPROVEN ||
			one->state == FACT_REFUSED)
			changed_add(&log->turned, (struct ref){op.site, op.seq});
		rc = engine_move(log->db, one->arr, judged.state, judged.reach, fault);
		batch_judged(&log->batch, (struct ref){op.site, op.seq},
			(struct ref){op.rec_site, op.rec_seq}, judged.state, judged.reach);
		log->hooks.changed(log->hooks.to, (struct ref){op.rec_site, op.rec_seq});
	}
	arena_release(&again->arena);
	return rc;
}

/* The steps of REC, whether they waited for it or followed its old judgement. */
enum rc log_validate_steps(struct log *log, struct ref rec, bool waiting, struct fault *fault)
{
	struct again again = {0};
	enum rc rc = engine_steps(log->db, rec, waiting, &again.arena, &again.first, fault);
	if (!rc)
		return again_judge(log, &again, fault);
	arena_release(&again.arena);
	return rc;
}

/* Receipts without a signature, of which it was not known whether they need one, when their warning
 * comes. */
static enum rc judge_receipts(struct log *log, struct ref warning, struct fault *fault)
{
	struct again all = {0};
	enum rc rc = engine_awaiting(log->db, warning, &all.arena, &all.first, fault);
	if (rc) {
		arena_release(&all.arena);
		return rc;
	}
	bool any = all.first != NULL;
	rc = again_judge(log, &all, fault);
	return rc || !any ? rc : awaits_drop(log, warning, fault);
}

enum rc log_validate_waiting(struct log *log, const struct op *op, struct fault *fault)
{
	struct ref ref = {op->site, op->seq};
	const struct known_fact *known = batch_find(&log->batch, ref);
	enum rc rc = RC_OK;
	if (!known || known->awaited)
		rc = log_validate_steps(log, ref, true, fault);
	if (rc || !proof_counts(op))
		return rc;
	return judge_receipts(log, ref, fault);
}

enum rc log_validate_site(struct log *log, uint64_t site, bool refused, struct fault *fault)
{
	/* The authors' numbers stay: some of them are not in the table yet. */
	sites_stale(&log->sites);
	struct again again = {0};
	enum rc rc = engine_of_site(log->db, site, refused, &again.arena, &again.first, fault);
	if (rc) {
		arena_release(&again.arena);
		return rc;
	}
	struct again steps =
		again; /* the list lives on after the judging for the steps of others */
	struct arena keep = again.arena;
	again.arena = (struct arena){0};
	rc = again_judge(log, &again, fault);
	for (struct stored_fact *one = steps.first; one && !rc; one = one->next) {
		struct op op;
		if (op_take(one->raw, &op) && op_first(&op))
			rc = log_validate_steps(log, (struct ref){op.site, op.seq}, false, fault);
	}
	arena_release(&keep);
	return rc;
}

enum rc log_validate_area(struct log *log, uint64_t area, struct fault *fault)
{
	struct again again = {.turned_only = true};
	enum rc rc = engine_in_area(
		log->db, area * 2, area_last(area) * 2 + 1, &again.arena, &again.first, fault);
	if (!rc)
		return again_judge(log, &again, fault);
	arena_release(&again.arena);
	return rc;
}

enum rc log_validate_clock(struct log *log, struct fault *fault)
{
	int64_t judged = kv_num_in(log->db, kv_own(KV_EXPIRED), 0), now = log_now(log);
	struct changed sites = {0};
	if (!judged || !now || now > judged - DAY_SECONDS)
		return RC_OK;
	enum rc rc = kv_num_put(log->db, kv_own(KV_EXPIRED), 0, fault);
	if (!rc)
		rc = engine_refused_sites(log->db, &sites, fault);
	for (size_t i = 0; i < sites.count && !rc; i++)
		rc = log_validate_site(log, sites.at[i].site, true, fault);
	changed_release(&sites);
	return rc;
}

/* The record's reach as it counts for OP, which may be its first fact. */
static uint64_t reach_of(struct log *log, const struct op *op)
{
	uint64_t reach = 0;
	if (op_first(op))
		return op->area ? reach_of_first(log, op) : 0;
	struct arena arena = {0};
	struct known_fact head;
	if (!log_known(log, (struct ref){op->rec_site, op->rec_seq}, &arena, &head, NULL) &&
		(head.here || head.voice) && head.kind == op->kind && !is_final(op->kind))
		reach = head.reach;
	arena_release(&arena);
	return reach;
}

const char *log_objection(struct log *log, const struct op *op)
{
	return objection(log, log_brief(log, op->site), op, reach_of(log, op));
}

void log_turned(struct log *log, struct arena *arena, struct ref **refs, size_t *count)
{
	changed_take(&log->turned, arena, refs, count);
}
