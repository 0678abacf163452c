/* SPDX-License-Identifier: GPL-3.0-or-later
 * Steps that can be taken, and signing with one key.
 */
#include "work/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/check.h"
#include "work/may.h"
#include "work/receipt.h"
#include "work/seen.h"

/* Does it still want a receipt of this station? */
static bool still_waits(const struct actor *actor, const struct row *row)
{
	const char *why;
	int64_t until;

	return need_of(actor->store, row, store_now(actor->store), &until, &why) == NEED_SIGN;
}

/* STEP gives a receipt, and none is wanted: it was given, or it is for others to give. */
static bool is_answered(const struct actor *actor, const struct row *row, const struct step *step)
{
	return step->flags & STEP_MAKES && step->other == KIND_receipt && !still_waits(actor, row);
}

unsigned actions_of(
	const struct actor *actor, const struct row *row, struct action actions[ACTIONS])
{
	struct fault fault;
	struct record record;
	unsigned count = 0;

	if (!row->kind->steps || store_readonly(actor->store))
		return 0;
	row_record(row, &record);
	for (const struct step *step = row->kind->steps; step->tag && count < ACTIONS; step++) {
		enum bar bar = may_row(actor, row, step->tag, &fault);
		const struct rule *never =
			!bar || bar == BAR_PERSON ? check_never(actor, &record, step) : NULL;

		/* What the record itself rules out is not there; what others have to do first is
		 * said. */
		if ((bar && bar != BAR_PERSON) || (never && check_of_record(never, record.kind)) ||
			is_answered(actor, row, step))
			continue;
		actions[count++] = (struct action){step, never ? rule_text(never)
							 : bar ? may_text(bar)
							       : NULL};
	}
	return count;
}

/* Letters that mean nothing else on a record: there, others move, sign, go back, or open what hangs
 * on it. A step keeps its sign for ever, so these are only added to. */
static const char signs[] = "123456789abdfimorvxzu0+";

int action_key(const struct step *step)
{
	return step->tag < sizeof signs ? signs[step->tag - 1] : 0;
}

/* ---- why a key takes no step */

enum { NAMED = 3 };

/* A list of a few names, and ... behind it when there are more. */
static void put_name(struct buf *out, unsigned nth, const char *before, const char *name)
{
	if (nth < NAMED)
		buf_fmt(out, "%s%s", nth ? _("、") : before, name);
	else if (nth == NAMED)
		buf_text(out, "…");
}

static void put_states(const struct kind *kind, const struct step *step, struct buf *out)
{
	unsigned nth = 0;

	for (unsigned n = 0; n < state_count(kind); n++)
		if (step->from & 1u << n)
			put_name(out, nth++, _("；要先到这一步："), _(kind->states[n].label));
}

static void put_levels(const struct step *step, struct buf *out)
{
	unsigned nth = 0;

	for (unsigned n = 0; n < LEVELS; n++)
		if (step->by & 1u << n)
			put_name(out, nth++, _("；能办的站点："), _(level_labels[n]));
}

static void put_roles(const struct actor *actor, const struct kind *kind, const struct step *step,
	struct buf *out)
{
	enum level level = store_station(actor->store)->level;
	const struct code *role = NULL;
	unsigned nth = 0;

	buf_fmt(out, _("您的角色不能\"%s\""), _(step->label));
	while ((role = code_each("role", NULL, role)) != NULL)
		if (rules_may(role->code, level, kind, step->tag))
			put_name(out, nth++, _("，能办的："), code_label(role));
}

static void put_answered(const struct actor *actor, const struct row *row, struct buf *out)
{
	char said[ACTION_SAID];

	buf_text(out, action_say_who(actor->store, row->ref, said) ? said : _("不用本站签收"));
}

static void why_not(
	const struct actor *actor, const struct row *row, const struct step *step, struct buf *why)
{
	struct record record;
	struct fault fault;
	enum bar bar = may_row(actor, row, step->tag, &fault);

	row_record(row, &record);
	const struct rule *never = bar ? NULL : check_never(actor, &record, step);
	if (bar == BAR_ROLE)
		put_roles(actor, row->kind, step, why);
	else if (bar)
		buf_text(why, fault.text);
	else if (never)
		buf_fmt(why, _("现在不能\"%s\"：%s"), _(step->label), rule_text(never));
	else if (is_answered(actor, row, step))
		put_answered(actor, row, why);
	if (bar == BAR_STATE)
		put_states(row->kind, step, why);
	else if (bar == BAR_LEVEL)
		put_levels(step, why);
}

/* Of the step that has KEY, or the name NAMED. */
static void refused(
	const struct actor *actor, struct ref ref, int key, const char *named, struct buf *why)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row = {0};
	bool here = store_row(actor->store, ref, &arena, &row, &fault) == RC_OK;
	const struct step *step = here ? row.kind->steps : NULL;

	while (step && step->tag &&
		(named ? strcmp(_(step->label), named) != 0 : action_key(step) != key))
		step++;
	if (step && step->tag)
		why_not(actor, &row, step, why);
	arena_release(&arena);
}

void action_refused(const struct actor *actor, struct ref ref, int key, struct buf *why)
{
	refused(actor, ref, key, NULL, why);
}

void action_refused_named(
	const struct actor *actor, struct ref ref, const char *step, struct buf *why)
{
	refused(actor, ref, 0, step, why);
}

/* ---- what may be written */

bool action_may_add(const struct actor *actor, const struct kind *kind)
{
	struct fault fault;

	return !store_readonly(actor->store) && !(kind->flags & K_HIDDEN) &&
	       !may_kind(actor, kind, 0, &fault);
}

bool action_may_edit(const struct actor *actor, const struct row *row)
{
	struct fault fault;

	return action_may_add(actor, row->kind) && !may_row(actor, row, 0, &fault);
}

const struct step *action_signs(struct store *store, const struct kind *kind)
{
	unsigned count;
	const struct rule *asks = rules_rows(RULE_ASK, &count);
	const struct step *step = step_making(kind, KIND_receipt);

	for (unsigned n = 0; n < count && !step; n++)
		if (asks[n].kind == kind->id)
			step = step_making(kind, asks[n].answer);
	if (!step)
		step = step_named(kind, "receive");
	if (step && !(step->by & 1u << store_station(store)->level))
		step = NULL;
	if (!step)
		step = step_named(kind, "sign");
	return step ? step : step_named(kind, "accept");
}

/* What one key writes: what a form would begin with. False: REF is not here, or nothing to sign. */
static bool sign(
	const struct actor *actor, struct ref ref, struct change *change, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	bool here = store_record(actor->store, ref, &arena, &record, NULL, fault) == RC_OK;
	const struct step *step = here ? action_signs(actor->store, record.kind) : NULL;

	if (step) {
		change_step(change, actor, &record, step);
		change_defaults(change);
		receipt_notes(change);
	} else if (here) {
		fault_set(fault, RC_BAD, "%s", _("这条记录不用签收"));
	}
	arena_release(&arena);
	return step != NULL;
}

bool action_signed(const struct actor *actor, struct ref warning, struct ref *receipt, int64_t *at)
{
	struct change change;
	struct fault fault;

	if (!sign(actor, warning, &change, &fault))
		return false;
	bool is = receipt_again(&change, receipt, at);
	change_release(&change);
	return is;
}

void action_say_signed(struct store *store, struct ref receipt, int64_t at, char text[ACTION_SAID])
{
	char number[32], time[WHEN_TEXT];

	store_number(store, receipt, number);
	when_short(at, store_now(store), time);
	snprintf(text, ACTION_SAID, _("您已于 %s 签收（%s），没有再写一份"), time, number);
}

bool action_say_who(struct store *store, struct ref warning, char said[ACTION_SAID])
{
	struct buf person = {0};
	char number[32], time[WHEN_TEXT];
	struct ref receipt;
	int64_t at;
	bool is = receipt_first(store, warning, &receipt, &at, &person);

	if (is) {
		store_number(store, receipt, number);
		when_short(at, store_now(store), time);
		snprintf(said, ACTION_SAID, _("本站已由 %s 于 %s 签收（%s），不用再签"),
			buf_cstr(&person), time, number);
	}
	buf_release(&person);
	return is;
}

static bool ref_waits(const struct actor *actor, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool waits = store_row(actor->store, ref, &arena, &row, &fault) == RC_OK &&
		     still_waits(actor, &row);

	arena_release(&arena);
	return waits;
}

enum rc action_sign(
	const struct actor *actor, struct ref ref, char said[ACTION_SAID], struct fault *fault)
{
	struct change change;
	struct ref made;

	if (!sign(actor, ref, &change, fault))
		return fault->rc;
	enum rc rc = change_commit(&change, &made, fault);
	if (!rc && change.kind->id == KIND_receipt && ref_waits(actor, ref))
		snprintf(said, ACTION_SAID, "%s",
			_("记下您看过了；您不在值班表上，还要在班的人签收"));
	else if (!rc && change.again)
		action_say_signed(actor->store, made, change.again, said);
	else
		snprintf(said, ACTION_SAID, "%s", _("已签收，记下了您的姓名和时间"));
	if (!rc)
		seen_record(actor, ref);
	change_release(&change);
	return rc;
}
