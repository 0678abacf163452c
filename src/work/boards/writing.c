/* SPDX-License-Identifier: GPL-3.0-or-later
 * What boards write with one key, put together from changes.
 */
#include "work/writing.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"

enum rc writing_text(struct change *change, const char *name, const char *text, struct fault *fault)
{
	const char *why;

	if (!text || !*text || change_set(change, name, text, &why))
		return RC_OK;
	return fault_set(fault, RC_BAD, _("%s：%s"), _(change_named(change, name)->label), why);
}

void writing_ref(struct change *change, const char *name, struct ref ref)
{
	struct buf bytes = {0};
	const char *why;

	if (!ref.seq)
		return;
	ref_put(&bytes, ref);
	(void)change_put(change, change_named(change, name),
		(struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
}

void writing_person(struct change *change, const char *name, struct ref ref, const char *called)
{
	const char *why;

	if (ref.seq)
		writing_ref(change, name, ref);
	else
		(void)change_put(change, change_named(change, name), value_text(called), &why);
}

enum rc writing_end(struct change *change, enum rc rc, struct ref *ref, struct fault *fault)
{
	if (!rc) {
		change_defaults(change);
		change->plain = true;
		rc = change_commit(change, ref, fault);
	}
	change_release(change);
	return rc;
}

enum rc writing_step_as_of(const struct actor *actor, struct ref ref, const char *step,
	const struct writing_words *words, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same;
	enum rc rc = store_record(actor->store, ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, step));
		change.op.at = words->at;
		rc = writing_end(
			&change, writing_text(&change, "text", words->text, fault), &same, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc writing_step(const struct actor *actor, struct ref ref, const char *step, const char *text,
	struct fault *fault)
{
	return writing_step_as_of(actor, ref, step, &(struct writing_words){.text = text}, fault);
}

enum rc writing_all(struct store *store, enum rc rc, struct fault *fault)
{
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

/* ---- taking back */

/* The step that says the opposite of what one key wrote. */
static const struct {
	unsigned kind;
	const char *step;
} backs[] = {
	{KIND_receipt, "void"},
	{KIND_answer, "void"},
	{KIND_present, "void"},
	{KIND_report, "withdraw"},
	{KIND_order, "revoke"},
	{KIND_move, "void"},
};

struct seeking {
	const struct actor *actor;
	struct written *last;
	const char *step;
	int64_t since;
};

static bool is_mine(const struct actor *actor, const struct row *row)
{
	return actor->user && row->by_site == store_station(actor->store)->site &&
	       row->by_who == actor->user->who;
}

/* Of reports a key writes zero reports alone. */
static bool by_one_key(const struct row *row)
{
	const struct value *stage =
		row->kind->id == KIND_report ? row_value(row, report_stage) : NULL;

	return row->kind->id != KIND_report ||
	       (stage && bytes_equal(stage->text, bytes_text("zero")));
}

static bool seek(const struct row *row, void *to)
{
	struct seeking *at = to;
	const struct step *step = step_named(row->kind, at->step);

	if (stamp_seconds(row->stamp) < at->since)
		return false;
	if (is_mine(at->actor, row) && step->from >> row->state & 1 && by_one_key(row) &&
		row->stamp > at->last->stamp)
		*at->last = (struct written){row->ref, row->kind, step, row->stamp};
	return true;
}

enum rc writing_last(const struct actor *actor, struct written *last, struct fault *fault)
{
	enum { NEWEST = 200 };
	enum rc rc = RC_OK;

	*last = (struct written){.stamp = 0};
	for (size_t n = 0; n < countof(backs) && !rc; n++) {
		struct seeking seeking = {
			actor, last, backs[n].step, store_now(actor->store) - WRITING_BACK_SECONDS};
		struct query query = query_all(backs[n].kind);

		query.limit = NEWEST;
		rc = store_each(actor->store, &query, seek, &seeking, fault);
	}
	return rc;
}

enum rc writing_back(const struct actor *actor, const struct written *last, struct fault *fault)
{
	return writing_step(actor, last->ref, last->step->verb, _("按错了，本人撤回"), fault);
}
