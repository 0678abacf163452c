/* SPDX-License-Identifier: GPL-3.0-or-later
 * May somebody do that, and if not, why. The store refuses what lies outside its area or grant
 * once more, in the same words; what it takes from elsewhere it judges by itself.
 */
#include "work/may.h"

#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"
#include "work/change_inside.h"

static enum level level_here(const struct actor *actor)
{
	return store_station(actor->store)->level;
}

static enum bar refuse(struct fault *fault, enum rc rc, enum bar bar, const struct kind *kind,
	const struct step *step, int state)
{
	if (state >= 0 && kind->states[0].code)
		fault_set(fault, rc, _("不能\"%s\"：%s（现在是\"%s\"）"), _(step->label),
			may_text(bar), _(kind->states[state].label));
	else
		fault_set(fault, rc, _("不能\"%s\"：%s"), _(step ? step->label : kind->label),
			may_text(bar));
	return bar;
}

static enum bar bad_role(const struct actor *actor, const struct kind *kind,
	const struct step *step, struct fault *fault)
{
	const char *level = _(level_labels[level_here(actor)]);
	bool has = actor->user && *actor->user->role;
	const char *role = has ? actor->user->role : _("（无）");
	const char *label = has ? code_text("role", role) : "";

	if (step)
		fault_set(fault, RC_DENIED, _("角色 \"%s %s\" 不能走这一步 \"%s\"（%s级站点）"),
			role, label, _(step->label), level);
	else
		fault_set(fault, RC_DENIED, _("角色 \"%s %s\" 不能增改 \"%s\"（%s级站点）"), role,
			label, _(kind->label), level);
	return BAR_ROLE;
}

const char *may_text(enum bar bar)
{
	switch (bar) {
	case BAR_NONE:
		break;
	case BAR_ROLE:
		return _("他的角色不能办");
	case BAR_GRANT:
		return _("本站的授权不够");
	case BAR_AREA:
		return _("不在本站的区域之内");
	case BAR_LEVEL:
		return _(verdict_texts[V_LEVEL]);
	case BAR_STATE:
		return _("这个状态办不了这一步");
	case BAR_PERSON:
		return _(verdict_texts[V_PERSON]);
	case BAR_ARGS:
		return _(verdict_texts[V_ARGS]);
	case BAR_PAST:
		return _("这一步已停用，由别的步骤代替");
	case BAR_OWN:
		return _("这一步由站点自己记，不用人办");
	case BAR_KIND:
		return _(verdict_texts[V_KIND]);
	}
	return "";
}

/* What no person takes, or no longer: an import brings what was done before. */
static enum bar no_more(const struct actor *actor, const struct step *step)
{
	if (step->flags & STEP_OWN)
		return BAR_OWN;
	return step->flags & STEP_PAST && !actor->source ? BAR_PAST : BAR_NONE;
}

enum bar may_kind(
	const struct actor *actor, const struct kind *kind, unsigned step, struct fault *fault)
{
	const struct step *what = step ? step_of(kind, step) : NULL;
	const char *role = actor->user ? actor->user->role : "";
	bool makes = what && what->flags & STEP_MAKES;

	if (step && !what)
		return refuse(fault, RC_DENIED, BAR_KIND, kind, NULL, -1);
	if (what && no_more(actor, what))
		return refuse(fault, RC_DENIED, no_more(actor, what), kind, what, -1);
	if (what && !(what->by & 1u << level_here(actor)))
		return refuse(fault, RC_DENIED, BAR_LEVEL, kind, what, -1);
	if (!rules_may(role, level_here(actor), kind, step))
		return bad_role(actor, kind, what, fault);
	if (store_granted(
		    actor->store, makes ? kind_of(what->other) : kind, makes ? 0 : step, fault))
		return BAR_GRANT;
	return BAR_NONE;
}

static enum bar in_state(
	const struct kind *kind, const struct step *step, int state, struct fault *fault)
{
	if (state < 0 || !kind->states[0].code || step->from & 1u << state)
		return BAR_NONE;
	return refuse(fault, RC_DENIED, BAR_STATE, kind, step, state);
}

enum bar may_make(const struct actor *actor, const struct kind *kind, const struct step *step,
	int state, struct fault *fault)
{
	enum bar bar = may_kind(actor, kind, step->tag, fault);

	return bar ? bar : in_state(kind, step, state, fault);
}

/* The fold's word on OP as the newest fact of its record. */
static enum bar by_fold(const struct actor *actor, const struct op *op, const struct kind *kind,
	struct fault *fault)
{
	static const enum bar bars[V_VERDICTS] = {
		BAR_NONE, BAR_STATE, BAR_PERSON, BAR_LEVEL, BAR_ARGS, BAR_KIND};
	struct arena arena = {0};
	struct fault ignored;
	struct row row;
	struct ref ref = {op->rec_site, op->rec_seq};
	enum bar bar = bars[store_may(actor->store, op, fault)];

	if (bar) {
		bool known = store_row(actor->store, ref, &arena, &row, &ignored) == RC_OK;

		refuse(fault, bar == BAR_ARGS ? RC_BAD : RC_DENIED, bar, kind,
			step_of(kind, op->step), known ? row.state : -1);
	}
	arena_release(&arena);
	return bar;
}

enum bar may_write(const struct actor *actor, const struct op *op, struct fault *fault)
{
	const struct kind *kind = kind_of(op->kind);
	enum bar bar = may_kind(actor, kind, op->step, fault);

	return bar ? bar : by_fold(actor, op, kind, fault);
}

/* Would the fold take STEP, which OP is a fact of, for that side? */
static enum verdict for_side(const struct actor *actor, const struct step *step,
	const struct op *op, const struct track *track)
{
	struct op whole = *op;
	struct buf body = {0};
	struct fault none;
	bool given = false;

	for (unsigned n = 0; n < STEP_ARGS && step->args[n]; n++) {
		unsigned tag = step->args[n] & ~(unsigned)STEP_ARG_MUST;

		given |= tag == ARG_TRACK;
		if (tag == ARG_TRACK)
			put_text(&body, tag, track->code);
		else if (step->args[n] & STEP_ARG_MUST)
			put_text(&body, tag, "-");
	}
	whole.body = buf_bytes(&body);
	enum verdict verdict = given ? store_may(actor->store, &whole, &none) : V_STATE;
	buf_release(&body);
	return verdict;
}

static struct op op_of(const struct actor *actor, const struct row *row, const struct step *step)
{
	return (struct op){.rec_site = row->ref.site,
		.rec_seq = row->ref.seq,
		.kind = row->kind->id,
		.step = step->tag,
		.who = actor->user ? actor->user->who : 0};
}

/* Arguments come later: what is asked here is whether this person may. */
static enum bar by_person(const struct actor *actor, const struct row *row, const struct step *step,
	struct fault *fault)
{
	struct op op = op_of(actor, row, step);
	struct buf body = {0};

	for (unsigned n = 0; n < STEP_ARGS && step->args[n]; n++)
		if (step->args[n] & STEP_ARG_MUST)
			put_text(&body, step->args[n] & ~(unsigned)STEP_ARG_MUST, "-");
	op.body = buf_bytes(&body);
	enum bar bar = by_fold(actor, &op, row->kind, fault);
	buf_release(&body);
	return bar == BAR_PERSON ? bar : BAR_NONE;
}

/* Is a side left that he may sign for? */
static enum bar by_side(const struct actor *actor, const struct row *row, const struct step *step,
	struct fault *fault)
{
	const struct op op = op_of(actor, row, step);
	enum bar bar = BAR_STATE;

	for (const struct track *track = row->kind->tracks; track->code; track++) {
		enum verdict verdict = for_side(actor, step, &op, track);

		if (verdict == V_GOOD || verdict == V_ARGS)
			return BAR_NONE;
		if (verdict == V_PERSON)
			bar = BAR_PERSON;
	}
	return refuse(fault, RC_DENIED, bar, row->kind, step, row->state);
}

enum bar may_row(
	const struct actor *actor, const struct row *row, unsigned step, struct fault *fault)
{
	const struct step *what = step ? step_of(row->kind, step) : NULL;
	bool makes = what && what->flags & STEP_MAKES;
	enum bar bar = may_kind(actor, row->kind, step, fault);

	if (!bar && what)
		bar = in_state(row->kind, what, row->state, fault);
	if (!bar && !makes && store_covers(actor->store, row->area, fault))
		bar = BAR_AREA;
	if (!bar && what && !makes && what->flags & STEP_OTHER)
		bar = by_person(actor, row, what, fault);
	if (!bar && what && what->flags & STEP_TRACK && what->flags & STEP_ALL_TRACKS)
		bar = by_side(actor, row, what, fault);
	return bar;
}

/* ---- which of a record's sides a step is for: the one that who takes it may speak for, and never
 * guessed where that may be either */

static bool takes_side(const struct change *change)
{
	bool takes = false;

	for (unsigned n = 0; change->step && n < STEP_ARGS && change->step->args[n]; n++)
		takes |= (change->step->args[n] & ~(unsigned)STEP_ARG_MUST) == ARG_TRACK;
	return takes && change->kind->tracks->code;
}

static bool may_for(const struct change *change, const struct track *track)
{
	enum verdict verdict = for_side(&change->actor, change->step, &change->op, track);

	return verdict == V_GOOD || verdict == V_ARGS;
}

static bool is_assigned(const struct row *row, const struct track *track)
{
	return row_value(row, track->state) != NULL;
}

/* The side that has asked for more time. */
static bool asked(const struct change *change, const struct row *row, const struct track *track)
{
	const struct value *value =
		change->kind->id == KIND_hazard && change->step->tag == hazard_do_grant
			? row_value(row, hazard_asked_track)
			: NULL;

	return value && bytes_equal(value->text, bytes_text(track->code));
}

/* The sides that it can be for, and the first of them; the one that asked alone. */
static unsigned choose(
	const struct change *change, const struct row *row, const struct track **side)
{
	unsigned count = 0;

	for (const struct track *track = change->kind->tracks; track->code; track++) {
		if (asked(change, row, track)) {
			*side = track;
			return 1;
		}
		if (is_assigned(row, track) && may_for(change, track) && !count++)
			*side = track;
	}
	return count;
}

static unsigned sides_of(const struct change *change, const struct track **side)
{
	struct ref ref = {change->op.rec_site, change->op.rec_seq};
	struct arena arena = {0};
	struct fault none;
	struct row row;
	unsigned count = 0;

	if (store_row(change->actor.store, ref, &arena, &row, &none) == RC_OK)
		count = choose(change, &row, side);
	arena_release(&arena);
	return count;
}

void side_default(struct change *change)
{
	const struct field *field = field_of(change->kind, ARG_TRACK);
	const struct track *side = NULL;
	const char *why;

	if (change->actor.source || !takes_side(change) || change_value(change, ARG_TRACK))
		return;
	unsigned count = sides_of(change, &side);
	bool signs = change->step->flags & STEP_TRACK && change->step->flags & STEP_ALL_TRACKS;
	if (count == 1 || (count && signs))
		(void)change_put(change, field, value_text(side->code), &why);
}

enum rc side_told(const struct change *change, struct fault *fault)
{
	const struct track *side;
	bool works = change->step && change->step->flags & STEP_SIDE;

	if (change->actor.source || !works || !takes_side(change) ||
		change_value(change, ARG_TRACK) || sides_of(change, &side) < 2)
		return RC_OK;
	return fault_set(fault, RC_BAD, _("两方都已交办，请写明替哪一方填：字段 \"%s\"（%s）"),
		field_of(change->kind, ARG_TRACK)->name,
		_(field_of(change->kind, ARG_TRACK)->label));
}
