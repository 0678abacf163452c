/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record that the levels above refuse is written anew.
 */
#include "work/instead.h"

#include "model/kinds.h"
#include "store/rows.h"
#include "store/station.h"
#include "work/change.h"

static enum rc decide(
	const struct actor *actor, struct ref old, struct ref new, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_decision);
	struct change change;
	struct buf bytes = {0};
	struct ref made;
	const char *why = "";

	ref_put(&bytes, new);
	change_new(&change, actor, kind, old);
	change_put(&change, field_of(kind, decision_field), value_text(DECISION_WHOLE), &why);
	change_put(&change, field_of(kind, decision_instead),
		(struct value){WIRE_BYTES, 0, buf_bytes(&bytes)}, &why);
	enum rc rc = change_commit(&change, &made, fault);
	change_release(&change);
	buf_release(&bytes);
	return rc;
}

/* The step by which a record of this kind is withdrawn from where it stands. */
static const struct step *withdrawing(const struct row *row)
{
	for (const struct step *step = row->kind->steps; step && step->tag; step++)
		if (row->state >= 0 && step->from & 1u << row->state && step->to >= 0 &&
			row->kind->states[step->to].flags & STATE_VOID)
			return step;
	return NULL;
}

static enum rc withdraw(
	const struct actor *actor, const struct row *row, struct ref new, struct fault *fault)
{
	const struct step *step = withdrawing(row);
	struct record record;
	struct change change;
	struct buf text = {0};
	struct fault outside;
	struct ref made;
	char number[32];
	const char *why = "";

	/* Where it lies outside the station's area, nobody here can take a step of it. */
	if (!step || store_covers(actor->store, row->area, &outside))
		return RC_OK;
	row_record(row, &record);
	store_number(actor->store, new, number);
	buf_fmt(&text, _("上级没有收，改报为%s"), number);
	change_step(&change, actor, &record, step);
	(void)!change_set(&change, "text", buf_cstr(&text), &why);
	enum rc rc = change_commit(&change, &made, fault);
	change_release(&change);
	buf_release(&text);
	return rc;
}

enum rc instead_write(
	const struct actor *actor, struct ref old, struct ref new, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(actor->store, old, &arena, &row, fault);

	if (!rc)
		rc = decide(actor, old, new, fault);
	if (!rc)
		rc = withdraw(actor, &row, new, fault);
	arena_release(&arena);
	return rc;
}
