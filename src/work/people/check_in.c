/* SPDX-License-Identifier: GPL-3.0-or-later
 * A family comes to a shelter, is helped there, and leaves; and what a keeper tells of its heads.
 */
#include "base/when.h"
#include "model/kinds.h"
#include "store/rows.h"
#include "work/leaving.h"
#include "work/check.h"
#include "work/writing.h"

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- where it is already */

struct finding {
	struct store *store;
	struct arena *arena;
	struct ref household, stay, shelter;
	const char *where;
	int64_t at, people;
};

static bool see_stay(const struct row *row, void *to)
{
	struct finding *finding = to;
	const struct value *household = row_value(row, stay_household),
			   *shelter = row_value(row, stay_shelter),
			   *people = row_value(row, stay_people);
	struct ref of;

	if (!household ||
		!value_record(finding->store, field_of(row->kind, stay_household), household,
			row->area, &of) ||
		!same(of, finding->household))
		return true;
	finding->stay = row->ref;
	finding->at = row->at;
	finding->people = people ? people->num : 0;
	finding->where = row_field_text(finding->store, row, stay_shelter, true, finding->arena);
	if (shelter && !value_record(finding->store, field_of(row->kind, stay_shelter), shelter,
			       row->area, &finding->shelter))
		finding->shelter = (struct ref){0, 0};
	return false;
}

static void find_before(struct finding *finding)
{
	struct query query = query_all(KIND_stay);
	struct fault fault;

	query.state = stay_is_in;
	(void)!store_each(finding->store, &query, see_stay, finding, &fault);
}

struct ref check_in_before(struct store *store, const struct check_in *in, struct arena *arena,
	const char **where, int64_t *at)
{
	struct finding finding = {.store = store, .arena = arena, .where = ""};

	if (in->home) {
		finding.household = in->home->household;
		find_before(&finding);
	}
	*where = finding.where;
	*at = finding.at;
	return finding.stay;
}

/* ---- coming */

static void give_num(struct change *change, unsigned tag, int64_t number)
{
	const char *why;

	(void)change_put(change, field_of(change->kind, tag), value_num(number), &why);
}

/* What somebody of the household needs, as the register says. */
static void put_tags(struct change *change, struct ref household)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	const char *why;

	if (store_row(change->actor.store, household, &arena, &row, &fault) == RC_OK &&
		row_value(&row, household_tags))
		(void)change_put(change, field_of(change->kind, stay_tags),
			*row_value(&row, household_tags), &why);
	arena_release(&arena);
}

static enum rc write_new(
	const struct actor *actor, const struct check_in *in, struct ref *ref, struct fault *fault)
{
	struct arena arena = {0};
	struct change change;
	struct row row;
	enum rc rc = store_row(actor->store, in->shelter, &arena, &row, fault);

	if (!rc) {
		change_new(&change, actor, kind_of(KIND_stay), in->shelter);
		change.op.area = row.area;
		give_num(&change, stay_people, in->people);
		if (in->since)
			give_num(&change, stay_since, in->since);
		if (in->home) {
			writing_ref(&change, "household", in->home->household);
			put_tags(&change, in->home->household);
		}
		rc = writing_text(&change, "name", in->name, fault);
		if (!rc)
			rc = writing_text(&change, "group", in->group, fault);
		rc = writing_end(&change, rc, ref, fault);
	}
	arena_release(&arena);
	return rc;
}

/* Where people come in it is open. */
static enum rc open_door(const struct actor *actor, struct ref shelter, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(actor->store, shelter, &arena, &row, fault);

	if (!rc && row_void(&row))
		rc = fault_set(fault, RC_BAD, "%s", _("这个避难场所已停用，不能住人"));
	else if (!rc && row.state != shelter_is_open && row.state != shelter_is_full)
		rc = writing_step(actor, shelter, "open", "", fault);
	arena_release(&arena);
	return rc;
}

/* It was checked in before: it is here now, and so many. */
static enum rc write_move(const struct actor *actor, struct ref stay, struct ref shelter,
	int64_t people, struct fault *fault)
{
	struct change change;
	struct ref same_one;

	change_edit(&change, actor, kind_of(KIND_stay), stay);
	writing_ref(&change, "shelter", shelter);
	give_num(&change, stay_people, people);
	return writing_end(&change, RC_OK, &same_one, fault);
}

enum rc check_in(const struct actor *actor, const struct check_in *in, struct check_done *done,
	struct fault *fault)
{
	struct arena arena = {0};
	struct finding finding = {.store = actor->store, .arena = &arena};

	if (in->home) {
		finding.household = in->home->household;
		find_before(&finding);
	}
	*done = (struct check_done){.stay = finding.stay,
		.was = finding.shelter,
		.was_people = finding.people,
		.at = store_now(actor->store),
		.home = {.before = -1}};
	if (in->home)
		done->home = (struct home_done){.household = in->home->household,
			.transfer = in->home->transfer,
			.before = in->home->transfer_state,
			.before_at = in->home->transfer_at,
			.at = done->at};
	enum rc rc = store_begin(actor->store, fault);
	if (!rc) {
		rc = open_door(actor, in->shelter, fault);
		if (!rc)
			rc = finding.stay.seq ? write_move(actor, finding.stay, in->shelter,
							in->people, fault)
					      : write_new(actor, in, &done->stay, fault);
		rc = writing_all(actor->store, rc, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc check_in_undo(const struct actor *actor, const struct check_done *done, struct fault *fault)
{
	if (done->was.seq)
		return write_move(actor, done->stay, done->was, done->was_people, fault);
	enum rc rc = store_begin(actor->store, fault);
	if (rc)
		return rc;
	rc = writing_step(actor, done->stay, "void", "", fault);
	if (!rc && done->home.transfer.seq && done->home.before != transfer_is_arrived)
		rc = home_undo(actor, &done->home, fault);
	return writing_all(actor->store, rc, fault);
}

/* ---- being there, and leaving */

/* A step of a stay with a text, and the time where TAG says of which field. */
struct stepping {
	struct ref stay;
	const char *step, *name, *text;
	unsigned tag;
};

static enum rc take(const struct actor *actor, const struct stepping *to, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same_one;
	enum rc rc = store_record(actor->store, to->stay, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_named(record.kind, to->step));
		if (to->tag)
			give_num(&change, to->tag, store_now(actor->store));
		rc = writing_end(&change, writing_text(&change, to->name, to->text, fault),
			&same_one, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc check_out(const struct actor *actor, struct ref stay, const char *to, struct fault *fault)
{
	return take(actor, &(struct stepping){stay, "leave", "to", to, 0}, fault);
}

enum rc check_out_may(
	const struct actor *actor, struct ref stay, const char *to, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	enum rc rc = store_record(actor->store, stay, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_of(record.kind, stay_do_leave));
		rc = writing_text(&change, "to", to, fault);
		if (!rc)
			rc = change_checked(&change, fault);
		change_release(&change);
	}
	arena_release(&arena);
	return rc;
}

enum rc lodger_help(
	const struct actor *actor, struct ref stay, const char *what, struct fault *fault)
{
	return take(actor, &(struct stepping){stay, "help", "help", what, stay_helped}, fault);
}

enum rc shelter_tell(const struct actor *actor, const struct leaving_shelter *shelter,
	const char *needs, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct ref same_one;
	enum rc rc = store_record(actor->store, shelter->ref, &arena, &record, NULL, fault);

	if (!rc) {
		change_step(&change, actor, &record, step_of(record.kind, shelter_do_count));
		give_num(&change, shelter_heads, shelter->heads);
		rc = writing_end(
			&change, writing_text(&change, "needs", needs, fault), &same_one, fault);
	}
	arena_release(&arena);
	return rc;
}
