/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two stations wrote different values, and a person says which one holds: the field is written
 * again, or where the record is not ours, a decision is put on record.
 */
#include "model/kinds.h"
#include "work/actions.h"
#include "work/change.h"
#include "screens/outbox_page.h"

/* Not ours to change: what was found here goes up as a decision on that record. */
static enum rc put_decision(const struct actor *actor, const struct outbox_choice *choice,
	const struct field *field, const struct value *value, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_decision);
	struct change change;
	struct buf text = {0};
	struct ref made;
	const char *why = "";

	change_new(&change, actor, kind, choice->ref);
	value_show(field, value, &change.ways, &text);
	change_put(&change, field_of(kind, decision_field), value_text(field->name), &why);
	change_put(&change, field_of(kind, decision_kept), value_text(buf_cstr(&text)), &why);
	enum rc rc = change_commit(&change, &made, fault);
	change_release(&change);
	buf_release(&text);
	return rc;
}

/* The field again, by somebody who has seen both: that ends the disagreement everywhere. */
static enum rc put_field_again(const struct actor *actor, const struct row *row,
	const struct field *field, const struct value *value, struct fault *fault)
{
	struct change change;
	struct ref ref;
	const char *why = "";

	change_edit(&change, actor, row->kind, row->ref);
	change_put(&change, field, *value, &why);
	enum rc rc = change_commit(&change, &ref, fault);
	change_release(&change);
	return rc;
}

/* The other value that was meant: that of the line it was asked on, or else the newest. */
static const struct lost *meant(const struct outbox_choice *choice, const struct record *record)
{
	const struct lost *one, *first = record_lost(record, choice->tag, 0);

	for (unsigned n = 0; (one = record_lost(record, choice->tag, n)); n++)
		if (one->site == choice->value.site && one->seq == choice->value.seq)
			return one;
	return first;
}

enum rc outbox_decide(const struct actor *actor, const struct outbox_choice *choice, bool *own,
	struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct row row;
	enum rc rc = store_row(actor->store, choice->ref, &arena, &row, fault);

	if (!rc)
		rc = store_record(actor->store, choice->ref, &arena, &record, &history, fault);
	int place = rc ? -1 : field_place(row.kind, choice->tag);
	const struct cell *cell = place < 0 ? NULL : &record.cells[place];
	const struct lost *lost = cell ? meant(choice, &record) : NULL;
	if (!rc && !lost) {
		rc = fault_set(fault, RC_BAD, _("已经有人定了，没有改动"));
	} else if (!rc) {
		const struct field *field = &row.kind->fields[place];
		const struct value *value = choice->other ? &lost->value : &cell->value;

		*own = action_may_edit(actor, &row) && !(field->flags & F_FOLD);
		rc = *own ? put_field_again(actor, &row, field, value, fault)
			  : put_decision(actor, choice, field, value, fault);
	}
	arena_release(&arena);
	return rc;
}

const char *outbox_decided(bool own)
{
	return own ? _("已定，记下了您的姓名；另一个值在办理记录里")
		   : _("记录不归本站改：裁定已记在它下面，由它所在的站改");
}
