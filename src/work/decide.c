/* SPDX-License-Identifier: GPL-3.0-or-later
 * A decision between two values that crossed: beside the record that says who decided and why
 * stands an ordinary edit by somebody who has seen both, so every fold ends the conflict the same
 * way. On a record that lies elsewhere it is a word to those who may edit it.
 */
#include "work/change_inside.h"

#include <string.h>

#include "model/kinds.h"
#include "store/rows.h"
#include "work/instead.h"

/* The text of a field of DECISION; "" when it has none. */
static const char *text_of(const struct change *decision, unsigned tag, struct buf *keep)
{
	const struct change_value *given = change_value(decision, tag);

	buf_clear(keep);
	if (given && given->value.wire == WIRE_TEXT)
		buf_put(keep, given->value.text.at, given->value.text.len);
	return buf_cstr(keep);
}

/* The value that is to stand: as typed, or the one that stands when nothing was typed. */
static enum rc take_value(struct change *edit, const struct record *record,
	const struct field *field, const char *kept, struct fault *fault)
{
	const struct cell *cell = record_cell(record, field->tag);
	const char *why = _("没有可以采用的值");
	bool good = false;

	if (*kept)
		good = change_set(edit, field->name, kept, &why);
	else if (cell)
		good = change_put(edit, field, cell->value, &why);
	if (good)
		return RC_OK;
	return fault_set(fault, RC_BAD, _("%s：字段 \"%s\""), why, _(field->label));
}

static enum rc make_edit(const struct change *decision, const struct record *record,
	struct change *edit, struct fault *fault)
{
	struct buf keep = {0};
	const char *name = text_of(decision, decision_field, &keep);
	const struct field *field = NULL;
	enum rc rc;

	change_edit(edit, &decision->actor, record->kind, (struct ref){record->site, record->seq});
	edit->ways.strict = false; /* one of the two values may be a code that only others know */
	edit->op.by = decision->op.by;
	field = change_named(edit, name);
	if (!field || field->flags & F_FOLD) {
		rc = fault_set(fault, RC_BAD, _("没有可以裁定的字段 \"%s\""), name);
	} else {
		rc = take_value(
			edit, record, field, text_of(decision, decision_kept, &keep), fault);
		change_body(edit);
	}
	buf_release(&keep);
	return rc;
}

enum rc decide(const struct change *change, struct change *edit, bool *ends, struct fault *fault)
{
	const struct change_value *about = change_value(change, decision_record);
	struct store *store = change->actor.store;
	struct buf keep = {0};
	struct arena arena = {0};
	struct fault ignored;
	struct record record;
	struct ref ref;
	enum rc rc;

	*ends = false;
	if (!strcmp(text_of(change, decision_field, &keep), DECISION_WHOLE))
		about = NULL; /* another record stands in its place */
	buf_release(&keep);
	if (!about || about->value.wire != WIRE_BYTES || !ref_take(about->value.text, &ref))
		return RC_OK; /* of a record that is only a text yet: it ends nothing */
	rc = store_record(store, ref, &arena, &record, NULL, fault);
	if (!rc && store_covers(store, record.area, &ignored) == RC_OK) {
		if (!record.kind)
			rc = fault_set(fault, RC_NEWER, _("这种记录由更新的程序写成，请先升级"));
		else
			rc = make_edit(change, &record, edit, fault);
		*ends = !rc;
	}
	arena_release(&arena);
	return rc;
}
