/* SPDX-License-Identifier: GPL-3.0-or-later
 * What boards write with one key, put together from changes.
 */
#include "work/writing.h"

#include "store/rows.h"

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
		rc = change_commit(change, ref, fault);
	}
	change_release(change);
	return rc;
}

enum rc writing_step(const struct actor *actor, struct ref ref, const char *step, const char *text,
	struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same;
	enum rc rc = store_record(actor->store, ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, step));
		rc = writing_end(&change, writing_text(&change, "text", text, fault), &same, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc writing_all(struct store *store, enum rc rc, struct fault *fault)
{
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}
