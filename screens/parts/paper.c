/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form and what stands round it: its draft, the records that may be chosen, and the fact that it
 * becomes.
 */
#include "screens/paper.h"

#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/search.h"
#include "work/may.h"
#include "screens/display.h"

enum { OFFERED = 50 };

struct offering {
	struct store *store;
	struct pick *pick;
};

static bool offer(const struct row *row, void *to)
{
	struct offering *at = to;
	struct buf title = {0};
	char number[32];

	store_number(at->store, row->ref, number);
	display_title(at->store, row, &title);
	pick_add(at->pick, number, buf_cstr(&title), number, false);
	buf_release(&title);
	return true;
}

/* Records for a field: found by what is typed, else the first of their kind. */
static void offer_records(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct form_asked *asked = to;
	const struct paper *paper = asked->to;
	struct offering at = {paper->store, pick};
	struct fault fault;

	(void)above;
	if (*typed) {
		const struct find_query query = {typed, asked->field->target, OFFERED};

		(void)!store_find(paper->store, &query, offer, &at, &fault);
	} else if (asked->field->target) {
		struct query query = query_all(asked->field->target);

		query.limit = OFFERED;
		(void)!store_each(paper->store, &query, offer, &at, &fault);
	}
}

/* The telephone of who was just chosen, unless one is written already. */
static void fill_phone(struct paper *paper, struct form *form)
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
		if (store_resolve(paper->store, form_text(form, here->field->tag), &ref, &fault) ||
			store_row(paper->store, ref, &arena, &row, &fault))
			break;
		phone = field_named(row.kind, "phone");
		if (phone && row_value(&row, phone->tag)) {
			struct buf text = {0};

			row_field(paper->store, &row, phone->tag, false, &text);
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
	paper_keep(to);
}

static const struct step *step_for(const struct paper *paper)
{
	return paper->draft.step ? step_of(paper->draft.kind, paper->draft.step) : NULL;
}

static struct actor actor_of(const struct paper *paper, const struct user *user)
{
	return (struct actor){.store = paper->store, .user = user};
}

/* The fact that this paper becomes when USER writes it, without what is typed. Times are those of
 * the opening, as the form shows them. */
static void begin(const struct paper *paper, const struct user *user, struct change *change)
{
	const struct draft *draft = &paper->draft;
	struct actor actor = actor_of(paper, user);
	struct ref ref = draft->ref.seq ? draft->ref : draft->parent;
	struct record record = {.kind = draft->kind,
		.kind_id = paper->taken ? paper->parent_kind : draft->kind->id,
		.site = ref.site,
		.seq = ref.seq,
		.state = paper->parent_state};

	if (paper->taken || draft->step)
		change_step(change, &actor, &record, paper->taken ? paper->taken : step_for(paper));
	else if (draft->ref.seq)
		change_edit(change, &actor, draft->kind, draft->ref);
	else
		change_new(change, &actor, draft->kind, draft->parent);
	if (!draft->ref.seq)
		change->op.area = draft->area;
	change->ways.now = paper->form.ways.values.now;
	change_defaults(change);
}

/* What USER's own would begin with stands where nothing was typed yet. */
static void offer_own(struct paper *paper, const struct user *user)
{
	struct change change;

	begin(paper, user, &change);
	for (unsigned n = 0; n < paper->form.count; n++) {
		struct form_field *field = &paper->form.fields[n];
		const struct change_value *own = change_value(&change, field->field->tag);
		bool typed = strcmp(edit_text(&field->edit), field->was) != 0;

		if (field->field->init && !field->fixed && !typed && !paper->draft.ref.seq)
			form_offer(&paper->form, field->field->tag,
				own ? &own->value : &(struct value){.wire = WIRE_TEXT});
	}
	change_release(&change);
}

/* An edit begins with what is there, a child with its parent. */
static void fill(struct paper *paper, const struct row *row)
{
	const struct field *parent = field_flagged(paper->draft.kind, F_PARENT);
	char number[32];

	for (const struct field *field = row ? row->kind->fields : NULL; field && field->tag;
		field++) {
		const struct value *value = row_value(row, field->tag);

		if (value && !paper->draft.step)
			form_fill(&paper->form, field->tag, value);
	}
	if (row && !paper->draft.step)
		paper->form.fresh = false;
	if (!paper->draft.ref.seq && paper->draft.parent.seq && parent) {
		store_number(paper->store, paper->draft.parent, number);
		form_set(&paper->form, parent->tag, number);
		form_fix(&paper->form, parent->tag);
	}
}

/* The step of the parent that writes such a record (sign -> receipt). */
static void find_taken(struct paper *paper)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	paper->taken = NULL;
	if (!paper->draft.ref.seq && paper->draft.parent.seq &&
		store_row(paper->store, paper->draft.parent, &arena, &row, &fault) == RC_OK) {
		paper->taken = step_making(row.kind, paper->draft.kind->id);
		paper->parent_kind = row.kind->id;
		paper->parent_state = row.state;
	}
	arena_release(&arena);
}

static enum rc start(struct paper *paper, bool with_draft, struct fault *fault)
{
	const struct station *station = store_station(paper->store);
	struct form_ways ways = {.values = store_ways(paper->store, true),
		.records = offer_records,
		.kept = keep,
		.to = paper,
		.area = station->area};
	struct arena arena = {0};
	struct buf body = {0};
	struct row row;
	enum rc rc = RC_OK;

	if (paper->draft.ref.seq)
		rc = store_row(paper->store, paper->draft.ref, &arena, &row, fault);
	if (!rc) {
		ways.values.now = store_now(paper->store);
		form_start(&paper->form, paper->draft.kind, step_for(paper), &ways);
		find_taken(paper);
		offer_own(paper, &paper->user);
		fill(paper, paper->draft.ref.seq ? &row : NULL);
		paper->stamp = paper->draft.ref.seq ? row.stamp : 0;
		if (with_draft && draft_get(paper->store, &paper->user, &paper->draft, &body))
			paper->restored = form_restore(&paper->form, buf_bytes(&body)) > 0;
		while (paper->form.at < paper->form.count &&
			paper->form.fields[paper->form.at].fixed)
			paper->form.at++;
	}
	buf_release(&body);
	arena_release(&arena);
	return rc;
}

/* What belongs to a record lies where that lies, if it is ours: else here. */
static uint64_t area_for(struct store *store, struct ref parent)
{
	uint64_t own = store_station(store)->area;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (parent.seq && store_row(store, parent, &arena, &row, &fault) == RC_OK &&
		area_within(row.area, own))
		own = row.area;
	arena_release(&arena);
	return own;
}

enum rc paper_open(struct paper *paper, struct store *store, const struct user *user,
	const struct draft *purpose, struct fault *fault)
{
	*paper = (struct paper){.store = store, .user = *user, .draft = *purpose};
	if (!paper->draft.ref.seq && !paper->draft.area)
		paper->draft.area = area_for(store, purpose->parent);
	return start(paper, true, fault);
}

void paper_release(struct paper *paper)
{
	form_release(&paper->form);
}

void paper_keep(struct paper *paper)
{
	struct buf body = {0};

	if (paper->saved || !paper->store || store_readonly(paper->store) || !paper->form.count)
		return;
	form_draft(&paper->form, &body);
	paper->draft_lost = draft_keep(paper->store, &paper->user, &paper->draft, buf_bytes(&body),
				    &paper->fault) != RC_OK;
	buf_release(&body);
}

enum rc paper_again(struct paper *paper, struct fault *fault)
{
	enum rc rc = draft_drop(paper->store, &paper->user, &paper->draft, fault);

	if (rc)
		return rc;
	form_release(&paper->form);
	paper->restored = false;
	return start(paper, false, fault);
}

void paper_title(struct paper *paper, struct buf *out)
{
	const struct step *step = step_for(paper);
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (!paper->draft.ref.seq) {
		buf_fmt(out, _("登记%s"), _(paper->draft.kind->label));
		if (paper->draft.area != store_station(paper->store)->area) {
			buf_byte(out, ' ');
			display_area(paper->draft.area, out);
		}
		return;
	}
	buf_fmt(out, "%s %s ", step ? _(step->label) : _("修改"),
		display_number(paper->store, paper->draft.ref, &arena));
	if (store_row(paper->store, paper->draft.ref, &arena, &row, &fault) == RC_OK)
		display_title(paper->store, &row, out);
	arena_release(&arena);
}

/* The field as it stands in the store now, as the form would write it. */
static void text_now(
	struct paper *paper, const struct row *row, const struct field *field, struct buf *out)
{
	struct form now = {0};

	form_start(&now, paper->draft.kind, NULL, &paper->form.ways);
	form_set(&now, field->tag, "");
	if (row_value(row, field->tag))
		form_fill(&now, field->tag, row_value(row, field->tag));
	buf_text(out, form_text(&now, field->tag));
	form_release(&now);
}

static void tell(struct paper *paper, unsigned place, const struct row *row, struct buf *clash)
{
	const struct field *field = paper->form.fields[place].field;
	struct buf mine = {0};

	form_show(&paper->form, place, &mine);
	buf_fmt(clash, _("%s刚被改为\""), _(field->label));
	display_field(paper->store, row, field, false, clash);
	buf_text(clash, _("\"，您填的是\""));
	display_text(buf_cstr(&mine), clash);
	buf_text(clash, _("\"。"));
	buf_release(&mine);
}

bool paper_moved(struct paper *paper, struct buf *clash)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	size_t before = clash->len;

	if (!paper->draft.ref.seq ||
		store_row(paper->store, paper->draft.ref, &arena, &row, &fault) != RC_OK ||
		row.stamp == paper->stamp) {
		arena_release(&arena);
		return false;
	}
	paper->stamp = row.stamp;
	for (unsigned n = 0; !paper->draft.step && n < paper->form.count; n++) {
		struct form_field *field = &paper->form.fields[n];
		struct buf now = {0};
		const char *mine = edit_text(&field->edit);

		text_now(paper, &row, field->field, &now);
		bool moved = strcmp(buf_cstr(&now), field->was) != 0;
		bool touched = strcmp(mine, field->was) != 0;
		if (moved && touched && strcmp(mine, buf_cstr(&now)) != 0)
			tell(paper, n, &row, clash);
		else if (moved && !touched && row_value(&row, field->field->tag))
			form_fill(&paper->form, field->field->tag,
				row_value(&row, field->field->tag));
		buf_release(&now);
	}
	if (paper->draft.step) {
		buf_fmt(clash, _("这条记录刚被别人办过，现在是\"%s\"。"), display_state(&row));
	}
	arena_release(&arena);
	return clash->len > before;
}

/* What stands against this person doing it here. */
static enum bar against(const struct paper *paper, const struct user *user)
{
	const struct draft *draft = &paper->draft;
	struct actor actor = actor_of(paper, user);
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	enum bar bar = BAR_NONE;

	if (paper->taken)
		bar = may_make(&actor, kind_of(paper->parent_kind), paper->taken,
			paper->parent_state, &fault);
	else if (!draft->ref.seq)
		bar = may_kind(&actor, draft->kind, 0, &fault);
	else if (store_row(paper->store, draft->ref, &arena, &row, &fault) == RC_OK)
		bar = may_row(&actor, &row, draft->step, &fault);
	arena_release(&arena);
	return bar;
}

bool paper_other(const struct paper *paper)
{
	return !paper->second.who && against(paper, &paper->user) == BAR_PERSON;
}

void paper_own(struct paper *paper)
{
	if (paper->second.who)
		offer_own(paper, &paper->user);
	paper->second = (struct user){0};
}

bool paper_second(struct paper *paper, const struct user *second, const char **why)
{
	enum bar bar = against(paper, second);

	*why = bar ? may_text(bar) : NULL;
	if (bar)
		return false;
	paper_own(paper);
	offer_own(paper, second);
	paper->second = *second;
	return true;
}

bool paper_asks(const struct paper *paper, const char **what)
{
	const struct step *step = step_for(paper);

	*what = _(step ? step->label : paper->draft.kind->label);
	return rules_pin(paper->draft.kind, paper->draft.step);
}

enum rc paper_save(struct paper *paper, struct ref *ref, struct fault *fault)
{
	struct change change;
	enum rc rc = RC_OK;

	*ref = paper->draft.ref;
	begin(paper, paper->second.who ? &paper->second : &paper->user, &change);
	if (!form_hand(&paper->form, &change))
		rc = fault_set(fault, RC_BAD, "%s", paper->form.why);
	else if (change.count || !ref->seq || paper->draft.step)
		rc = change_commit(&change, ref, fault);
	paper->again = change.again;
	change_release(&change);
	if (rc)
		return rc;
	paper->saved = true;
	/* The fact is kept; a draft that stays behind is a nuisance and no loss. */
	struct fault ignored;
	(void)!draft_drop(paper->store, &paper->user, &paper->draft, &ignored);
	return RC_OK;
}
