/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing: a warning by a receipt, what was handed to somebody by its own step.
 */
#include "screens/signing.h"

#include "model/kinds.h"
#include "model/rules.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "store/station.h"
#include "work/actions.h"
#include "work/agenda.h"
#include "work/may.h"

/* Is it his to sign? What another has to sign, and a side that is signed while the other is not,
 * does not wait for him. */
static bool waits(const struct actor *actor, const struct row *row)
{
	const struct step *step = action_signs(actor->store, row->kind);
	struct world world;
	struct fault fault;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	struct standing standing = standing_of(&world, row);
	if (!step || standing.owing || standing.needed.need != NEED_SIGN || !standing.needed.mine)
		return false;
	enum bar bar = step->flags & STEP_MAKES ? BAR_NONE : may_row(actor, row, step->tag, &fault);
	return bar == BAR_NONE || bar == BAR_PERSON;
}

bool signing_waits(const struct actor *actor, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	bool is = ref.seq && store_row(actor->store, ref, &arena, &row, &fault) == RC_OK &&
		  waits(actor, &row);
	arena_release(&arena);
	return is;
}

/* The first that waits, in the order of home; seq 0 = none. */
static enum rc first_waiting(const struct actor *actor, struct ref *ref, struct fault *fault)
{
	struct needs needs = {0};
	enum rc rc = needs_load(&needs, actor, fault);

	*ref = (struct ref){0, 0};
	for (unsigned n = 0; !rc && n < needs.count && !ref->seq; n++)
		if (needs.items[n].need == NEED_SIGN && signing_waits(actor, needs.items[n].ref))
			*ref = needs.items[n].ref;
	needs_release(&needs);
	return rc;
}

enum rc signing_meant(
	const struct actor *actor, struct ref at, struct ref *ref, struct fault *fault)
{
	struct needs_loud loud = {0};
	enum rc rc = needs_loudest(actor->store, &loud, fault);
	bool rings = !rc && signing_waits(actor, loud.ref);

	*ref = rings ? loud.ref : at;
	if (rc || (rings && loud.warning))
		return rc;
	if (signing_waits(actor, at))
		*ref = at;
	else if (!rings)
		rc = first_waiting(actor, ref, fault);
	return rc;
}

static struct ref at_marker(const struct view *view)
{
	return view->screen->row ? view->screen->row(view) : (struct ref){0, 0};
}

/* Nothing waits: who signed the one at '>', and when. */
static enum act nothing(struct view *view)
{
	struct actor actor = parts_actor(view);
	struct ref ref = at_marker(view), receipt;
	char said[ACTION_SAID];
	int64_t at;

	if (ref.seq && action_signed(&actor, ref, &receipt, &at)) {
		action_say_signed(view->store, receipt, at, said);
		stack_note(view, LOOK_PLAIN, "%s", said);
	} else if (ref.seq && action_say_who(view->store, ref, said)) {
		stack_note(view, LOOK_PLAIN, "%s", said);
	} else {
		stack_note(view, LOOK_PLAIN, _("现在没有要签收的"));
	}
	return ACT_DRAW;
}

void signing_about(struct store *store, struct ref ref, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char number[32];
	enum look look;

	if (store_row(store, ref, &arena, &row, &fault) == RC_OK) {
		const char *colour = display_row_colour(&row, &look);

		store_number(store, ref, number);
		buf_fmt(out, "%s %s ", *colour ? colour : _(row.kind->label), number);
		display_title(store, &row, out);
	}
	arena_release(&arena);
}

bool signing_asks(struct store *store, struct ref ref, const char **what)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	const struct step *step = NULL;
	bool asks = false;

	if (store_row(store, ref, &arena, &row, &fault) == RC_OK)
		step = action_signs(store, row.kind);
	if (step) {
		bool makes = step->flags & STEP_MAKES;

		*what = _(step->label);
		asks = rules_pin(makes ? kind_of(step->other) : row.kind, makes ? 0 : step->tag);
	}
	arena_release(&arena);
	return asks;
}

static enum act ask(struct view *view, const struct row *row, enum act (*then)(struct view *view))
{
	const struct step *step = action_signs(view->store, row->kind);
	bool received = step->flags & STEP_MAKES && step->other == KIND_answer;
	struct buf about = {0};

	signing_about(view->store, row->ref, &about);
	view->about = row->ref;
	enum act act = stack_ask(
		view, then, received ? _("签收") : _(step->label), "%s", buf_cstr(&about));
	buf_release(&about);
	return act;
}

/* Somebody else has to sign: by the form, where he shows his own PIN. */
static enum act by_form(struct view *view, const struct row *row, const struct step *step)
{
	struct aim *aim = stack_open(view, "write");

	aim->kind = row->kind;
	aim->ref = row->ref;
	aim->step = step->tag;
	aim->other = true;
	return ACT_OPEN;
}

enum act signing_ask_for(struct view *view, struct ref ref, enum act (*then)(struct view *view))
{
	struct actor actor = parts_actor(view);
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;
	enum act act = ACT_DRAW;

	if (store_row(view->store, ref, &arena, &row, &fault)) {
		act = parts_fault(view, &fault);
	} else {
		const struct step *step = action_signs(view->store, row.kind);
		bool makes = step && step->flags & STEP_MAKES;
		enum bar bar =
			makes ? BAR_NONE : may_row(&actor, &row, step ? step->tag : 0, &fault);

		if (!step)
			stack_note(view, LOOK_PLAIN, _("这条记录不用签收"));
		else if (bar == BAR_PERSON)
			act = by_form(view, &row, step);
		else if (bar)
			act = parts_fault(view, &fault);
		else
			act = ask(view, &row, then);
	}
	arena_release(&arena);
	return act;
}

bool signing_write(struct view *view)
{
	struct actor actor = parts_actor(view);
	struct fault fault = {0};
	char said[ACTION_SAID];

	if (!signing_waits(&actor, view->about)) {
		stack_note(view, LOOK_BAD, _("已经不用签收了，没有写"));
		return false;
	}
	if (action_sign(&actor, view->about, said, &fault)) {
		(void)parts_fault(view, &fault);
		return false;
	}
	stack_note(view, LOOK_MARK, "%s", said);
	return true;
}

enum act signing_prove(struct view *view, enum act (*next)(struct view *view))
{
	const char *what;

	if (!signing_asks(view->store, view->about, &what))
		return next(view);
	return stack_prove(view, &view->user, what, next);
}

static enum act written(struct view *view)
{
	struct fault fault = {0};

	if (signing_write(view)) {
		view->to_top = true;
		if (stack_load(view->stack, &fault))
			return parts_fault(view, &fault);
	}
	return ACT_DRAW;
}

static enum act agreed(struct view *view)
{
	return signing_prove(view, written);
}

enum act signing_ask(struct view *view)
{
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};
	struct ref ref;

	if (signing_meant(&actor, at_marker(view), &ref, &fault))
		return parts_fault(view, &fault);
	return ref.seq ? signing_ask_for(view, ref, agreed) : nothing(view);
}
