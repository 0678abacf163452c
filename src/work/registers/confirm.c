/* SPDX-License-Identifier: GPL-3.0-or-later
 * What nobody has confirmed for too long, and one key that confirms it.
 */
#include "work/confirm.h"

#include "base/when.h"
#include "model/kinds.h"
#include "work/actions.h"
#include "work/may.h"
#include "work/writing.h"

/* ---- loading */

/* Confirming is a step of its own where the kind has one that takes the date. */
static const struct step *confirming(const struct confirm_row *row)
{
	const struct step *step = step_named(row->kind, "confirm");

	for (unsigned n = 0; step && n < STEP_ARGS && step->args[n]; n++)
		if ((unsigned)(step->args[n] & ~STEP_ARG_MUST) == row->tag)
			return step;
	return NULL;
}

static void add(struct confirm_rows *rows, struct world *world, const struct actor *actor,
	const struct need_item *item, struct arena *arena)
{
	struct fault fault;
	struct row row;

	if (store_row(world->store, item->ref, arena, &row, &fault))
		return;
	const struct rule *rule = standing_of(world, &row).needed.rule;
	if (!rule || rule->word != RULE_NEED || !rule->keyed)
		return;
	const struct value *last = row_value(&row, (unsigned)rule->from);
	struct confirm_row *added = &rows->rows[rows->count++];
	*added = (struct confirm_row){.ref = row.ref,
		.kind = row.kind,
		.tag = (unsigned)rule->from,
		.last = last ? last->num : 0,
		.text = rule_text(rule),
		.may_edit = action_may_edit(actor, &row)};
	const struct step *step = confirming(added);
	added->may = step ? !may_row(actor, &row, step->tag, &fault) : added->may_edit;
}

enum rc confirm_load(struct confirm_rows *rows, const struct actor *actor, struct arena *arena,
	struct fault *fault)
{
	struct needs needs = {0};
	struct world world;
	enum rc rc = needs_load(&needs, actor, fault);

	*rows = (struct confirm_rows){0};
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	if (!rc && needs.count)
		rows->rows = arena_get(arena, needs.count * sizeof(*rows->rows));
	for (unsigned n = 0; n < needs.count && !rc; n++)
		if (needs.items[n].need == NEED_CONFIRM && needs.items[n].mine)
			add(rows, &world, actor, &needs.items[n], arena);
	needs_release(&needs);
	return rc;
}

/* ---- writing */

static enum rc begin(struct change *change, const struct actor *actor,
	const struct confirm_row *row, bool step, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	enum rc rc = RC_OK;

	if (!step) {
		change_edit(change, actor, row->kind, row->ref);
		return RC_OK;
	}
	rc = store_record(actor->store, row->ref, &arena, &record, NULL, fault);
	if (!rc)
		change_step(change, actor, &record, confirming(row));
	arena_release(&arena);
	return rc;
}

static enum rc write(const struct actor *actor, const struct confirm_row *row, const char *name,
	const char *text, bool step, struct fault *fault)
{
	struct change change;
	struct ref ref = row->ref;
	const char *why;
	enum rc rc = begin(&change, actor, row, step, fault);

	if (rc)
		return rc;
	if (!change_set(&change, name, text, &why))
		rc = fault_set(fault, RC_BAD, "%s", why);
	return writing_end(&change, rc, &ref, fault);
}

enum rc confirm_write(
	const struct actor *actor, const struct confirm_row *row, int64_t date, struct fault *fault)
{
	char text[WHEN_TEXT] = "";

	if (date)
		date_show(date, text);
	return write(actor, row, field_of(row->kind, row->tag)->name, text, date && confirming(row),
		fault);
}

const struct field *confirm_remark(const struct kind *kind)
{
	return field_named(kind, "text");
}

enum rc confirm_remark_write(const struct actor *actor, const struct confirm_row *row,
	const char *text, struct fault *fault)
{
	return write(actor, row, confirm_remark(row->kind)->name, text, false, fault);
}
