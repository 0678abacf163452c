/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form and what stands round it: its draft, the records that may be chosen, and the fact that it
 * becomes.
 */
#include "screens/form_session.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "work/check.h"
#include "work/checking.h"
#include "work/may.h"
#include "screens/display.h"
#include "screens/form_offers.h"

/* The telephone of who was just chosen, unless one is written already. */
static void fill_phone(struct session *session, struct form *form)
{
	const struct form_field *here = form->at < form->count ? &form->fields[form->at] : NULL;
	struct arena arena = {0};
	struct fault fault;
	struct ref ref;
	struct row row;

	if (!here || here->field->type != T_REF ||
		(here->field->target != KIND_person && here->field->target != KIND_contact))
		return;
	for (unsigned n = 0; n < form->count; n++) {
		const struct field *field = form->fields[n].field;
		const struct field *phone;

		if (field->type != T_PHONE || *form_text(form, field->tag))
			continue;
		if (store_resolve(
			    session->store, form_text(form, here->field->tag), &ref, &fault) ||
			store_row(session->store, ref, &arena, &row, &fault))
			break;
		phone = field_named(row.kind, "phone");
		if (phone && row_value(&row, phone->tag)) {
			struct buf text = {0};

			row_field(session->store, &row, phone->tag, false, &text);
			form_set(form, field->tag, buf_cstr(&text));
			buf_release(&text);
		}
		break;
	}
	arena_release(&arena);
}

static void keep(void *to, struct form *form)
{
	fill_phone(to, form);
	form_session_guess(to);
	form_session_keep(to);
}

static const struct step *step_for(const struct session *session)
{
	return session->draft.step ? step_of(session->draft.kind, session->draft.step) : NULL;
}

static struct actor actor_of(const struct session *session, const struct user *user)
{
	return (struct actor){.store = session->store, .user = user};
}

/* The fact that this session becomes when USER writes it, without what is typed. Times are those of
 * the opening, as the form shows them. */
static void begin(const struct session *session, const struct user *user, struct change *change)
{
	const struct draft *draft = &session->draft;
	struct actor actor = actor_of(session, user);
	struct ref ref = draft->ref.seq ? draft->ref : draft->parent;
	struct record record = {.kind = draft->kind,
		.kind_id = session->taken ? session->parent_kind : draft->kind->id,
		.site = ref.site,
		.seq = ref.seq,
		.state = session->parent_state};

	if (session->taken || draft->step)
		change_step(change, &actor, &record,
			session->taken ? session->taken : step_for(session));
	else if (draft->ref.seq)
		change_edit(change, &actor, draft->kind, draft->ref);
	else
		change_new(change, &actor, draft->kind, draft->parent);
	/* Where nobody chose a place, it lies with whom it names. */
	bool there =
		field_flagged(draft->kind, F_THERE) && draft->area == store_area(session->store);
	if (!draft->ref.seq && !there)
		change->op.area = draft->area;
	change->ways.now = session->form.ways.values.now;
	change_defaults(change);
}

/* What USER's own, or a step of his, would begin with stands where nothing was typed yet. */
static void offer_own(struct session *session, const struct user *user)
{
	bool begins = !session->draft.ref.seq || session->draft.step;
	struct change change;

	begin(session, user, &change);
	for (unsigned n = 0; n < session->form.count; n++) {
		struct form_field *field = &session->form.fields[n];
		const struct change_value *own = change_value(&change, field->field->tag);
		bool typed = strcmp(edit_text(&field->edit), field->was) != 0;

		if (field->field->init && !field->fixed && !typed && begins)
			form_offer(&session->form, field->field->tag,
				own ? &own->value : &(struct value){.wire = WIRE_TEXT});
	}
	change_release(&change);
}

/* As if it had been typed: a new record is to say it, too. */
static void say_again(struct session *session, const struct field *field, const struct value *value)
{
	struct buf text = {0};

	value_show(field, value, &session->form.ways.values, &text);
	form_give(&session->form, field->tag, buf_cstr(&text));
	buf_release(&text);
}

/* An edit begins with what is there, a record that stands for a refused one with what that says, a
 * child with its parent. */
static void fill(struct session *session, const struct row *row)
{
	const struct field *parent = field_parent(session->draft.kind, session->parent_kind);
	char number[32];

	for (const struct field *field = row ? row->kind->fields : NULL; field && field->tag;
		field++) {
		const struct value *value = row_value(row, field->tag);

		if (value && session->draft.instead.seq)
			say_again(session, field, value);
		else if (value && !session->draft.step)
			form_fill(&session->form, field->tag, value);
	}
	if (row && !session->draft.step && !session->draft.instead.seq)
		session->form.fresh = false;
	if (!session->draft.ref.seq && session->draft.parent.seq && parent) {
		store_number(session->store, session->draft.parent, number);
		form_give(&session->form, parent->tag, number);
		form_fix(&session->form, parent->tag);
	}
}

/* The step of the parent that writes such a record (sign -> receipt). */
static void find_taken(struct session *session)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	session->taken = NULL;
	if (!session->draft.ref.seq && session->draft.parent.seq &&
		store_row(session->store, session->draft.parent, &arena, &row, &fault) == RC_OK) {
		session->taken = step_making(row.kind, session->draft.kind->id);
		session->parent_kind = row.kind->id;
		session->parent_state = row.state;
		if (session->taken && session->taken->flags & STEP_MAKES)
			form_session_carry(session, &row);
	}
	arena_release(&arena);
}

/* Where the new record lies, chosen like anything else where there is a choice. */
static const struct field area_field = {
	.tag = FORM_OWN, .name = "area", .label = N_("所属区域"), .type = T_AREA};

static void lead_area(struct session *session)
{
	char digits[16];
	uint64_t after = 0;
	struct bytes name;

	if (session->draft.ref.seq || !area_each(session->form.ways.area, &after, &name))
		return;
	area_short(session->draft.area, digits);
	form_lead(&session->form, &area_field, digits);
}

static void take_area(struct session *session)
{
	const char *why;
	uint64_t area = 0;

	if (area_parse(form_text(&session->form, FORM_OWN), &area, &why) && area)
		session->draft.area = area;
}

/* What must be there and is not known, else the first figure, else the first field. */
static unsigned first_asked(struct session *session)
{
	for (unsigned n = 0; n < session->form.count; n++) {
		const struct form_field *field = &session->form.fields[n];

		if (field->must && !field->edit.text.len)
			return field->field->tag;
	}
	const struct field *figure = field_flagged(session->draft.kind, F_SUM);

	return figure ? figure->tag : session->draft.kind->fields->tag;
}

static void begin_with_presets(struct session *session)
{
	struct change change;

	begin(session, &session->user, &change);
	form_session_presets(session, &change);
	change_release(&change);
}

static enum rc start(struct session *session, bool with_draft, struct fault *fault)
{
	struct form_ways ways = {.values = store_ways(session->store, true),
		.records = form_offers,
		.kept = keep,
		.to = session,
		.area = store_area(session->store)};
	struct arena arena = {0};
	struct buf body = {0};
	struct row row;
	enum rc rc = RC_OK;

	const struct ref from =
		session->draft.ref.seq ? session->draft.ref : session->draft.instead;

	if (from.seq)
		rc = store_row(session->store, from, &arena, &row, fault);
	if (!rc) {
		ways.values.now = store_now(session->store);
		form_start(&session->form, session->draft.kind, step_for(session), &ways);
		find_taken(session);
		offer_own(session, &session->user);
		fill(session, from.seq ? &row : NULL);
		if (!from.seq && !session->draft.step)
			form_session_begin(session);
		session->stamp = session->draft.ref.seq ? row.stamp : 0;
		if (session->draft.presets)
			begin_with_presets(session);
		if (with_draft && draft_get(session->store, &session->user, &session->draft, &body))
			session->restored = form_restore(&session->form, buf_bytes(&body)) > 0;
		lead_area(session);
		/* What an incident is gets guessed from what is typed. */
		if (session->draft.presets ||
			(!session->draft.ref.seq && session->draft.kind->id == KIND_incident))
			form_begin(&session->form, first_asked(session));
		while (session->form.at < session->form.count &&
			session->form.fields[session->form.at].fixed)
			session->form.at++;
	}
	buf_release(&body);
	arena_release(&arena);
	return rc;
}

/* What belongs to a record lies where that lies, if it is ours: else here. */
static uint64_t area_for(struct store *store, struct ref parent)
{
	uint64_t own = store_area(store);
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (parent.seq && store_row(store, parent, &arena, &row, &fault) == RC_OK &&
		area_within(row.area, own))
		own = row.area;
	arena_release(&arena);
	return own;
}

enum rc form_session_open(struct session *session, struct store *store, const struct user *user,
	const struct draft *purpose, struct fault *fault)
{
	*session = (struct session){.store = store, .user = *user, .draft = *purpose};
	if (!session->draft.ref.seq && !session->draft.area)
		session->draft.area = area_for(store, purpose->parent);
	if (purpose->at)
		return start(session, true, fault);
	session->waiting = session->draft;
	session->offered = draft_newest(store, user, &session->waiting, &session->arena) &&
			   !checking_is_draft(store, user, &session->waiting);
	session->draft.slot = draft_room(store, user, &session->draft);
	return start(session, false, fault);
}

enum rc form_session_fetch(struct session *session, struct fault *fault)
{
	if (form_changed(&session->form))
		form_session_keep(session);
	form_release(&session->form);
	session->draft.slot = session->waiting.slot;
	session->offered = false;
	return start(session, true, fault);
}

void form_session_release(struct session *session)
{
	form_release(&session->form);
	arena_release(&session->arena);
}

void form_session_keep(struct session *session)
{
	struct buf body = {0};

	if (session->saved || !session->store || store_readonly(session->store) ||
		!session->form.count)
		return;
	take_area(session);
	form_draft(&session->form, &body);
	session->draft_lost = draft_keep(session->store, &session->user, &session->draft,
				      buf_bytes(&body), &session->fault) != RC_OK;
	buf_release(&body);
}

enum rc form_session_again(struct session *session, struct fault *fault)
{
	enum rc rc = draft_drop(session->store, &session->user, &session->draft, fault);

	if (rc)
		return rc;
	form_release(&session->form);
	session->restored = false;
	return start(session, false, fault);
}

void form_session_title(struct session *session, struct buf *out)
{
	const struct step *step = step_for(session);
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (!session->draft.ref.seq) {
		buf_fmt(out, _("登记%s"), _(session->draft.kind->label));
		return;
	}
	buf_fmt(out, "%s %s ", step ? _(step->label) : _("更正"),
		display_number(session->store, session->draft.ref, &arena));
	if (store_row(session->store, session->draft.ref, &arena, &row, &fault) == RC_OK)
		display_title(session->store, &row, out);
	arena_release(&arena);
}

/* What stands against this person doing it here. */
static enum bar against(const struct session *session, const struct user *user)
{
	const struct draft *draft = &session->draft;
	struct actor actor = actor_of(session, user);
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	enum bar bar = BAR_NONE;

	if (session->taken)
		bar = may_make(&actor, kind_of(session->parent_kind), session->taken,
			session->parent_state, &fault);
	else if (!draft->ref.seq)
		bar = may_kind(&actor, draft->kind, 0, &fault);
	else if (store_row(session->store, draft->ref, &arena, &row, &fault) == RC_OK)
		bar = may_row(&actor, &row, draft->step, &fault);
	arena_release(&arena);
	return bar;
}

bool form_session_other(const struct session *session)
{
	return !session->second.who && against(session, &session->user) == BAR_PERSON;
}

void form_session_own(struct session *session)
{
	if (session->second.who)
		offer_own(session, &session->user);
	session->second = (struct user){0};
}

bool form_session_second(struct session *session, const struct user *second, const char **why)
{
	enum bar bar = against(session, second);

	*why = bar ? may_text(bar) : NULL;
	if (bar)
		return false;
	form_session_own(session);
	offer_own(session, second);
	session->second = *second;
	return true;
}

bool form_session_asks(const struct session *session, const char **what)
{
	const struct step *step = step_for(session);

	*what = _(step ? step->label : session->draft.kind->label);
	return rules_pin(session->draft.kind, session->draft.step);
}

enum rc form_session_make(struct session *session, struct change *change, struct fault *fault)
{
	take_area(session);
	begin(session, session->second.who ? &session->second : &session->user, change);
	change->second = session->pair.who ? &session->pair : NULL;
	if (!form_hand(&session->form, change))
		return fault_set(fault, RC_BAD, "%s", session->form.why);
	form_session_unguessed(session, change);
	change_defaults(change); /* what follows from what was typed */
	return RC_OK;
}
