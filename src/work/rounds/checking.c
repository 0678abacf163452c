/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check item by item, and the fact that it becomes.
 */
#include "work/checking.h"

#include <stdio.h>
#include <string.h>

#include "model/kinds.h"
#include "work/agenda.h"
#include "work/check.h"
#include "work/in_force.h"
#include "work/round.h"

const struct kind *checked_as(const struct kind *kind)
{
	static const unsigned inspected[] = {KIND_enterprise, KIND_shelter, KIND_depot,
		KIND_facility, KIND_device, KIND_building, KIND_boat};

	if (kind->id == KIND_point)
		return kind_of(KIND_patrol);
	for (size_t n = 0; n < countof(inspected); n++)
		if (inspected[n] == kind->id)
			return kind_of(KIND_inspect);
	return NULL;
}

static unsigned tag_of(const struct checking *checking, const char *name)
{
	return field_named(checking->kind, name)->tag;
}

/* ---- checks before */

struct looking {
	struct checking *checking;
	unsigned seen;
};

static void see_number(struct checking *checking, unsigned n, const struct row *row)
{
	struct checked_number *number = &checking->number[n];
	const struct field *field = field_named(checking->kind, checking->list.item[n].reading);
	struct record record;
	int64_t value;

	if (!field || number->count == CHECK_LASTS)
		return;
	row_record(row, &record);
	if (!record_number(&record, field->tag, &value))
		return;
	number->last[number->count].number = value;
	number->last[number->count++].at = row->at;
}

static void see_answers(struct checking *checking, const struct row *row)
{
	const struct value *list = row_value(row, tag_of(checking, "list")),
			   *given = row_value(row, tag_of(checking, "answers"));
	struct buf name = {0};

	buf_fmt(&name, "%s %s", checking->list.code, checking->list.version);
	if (!checking->last.count && list && given && bytes_equal(list->text, buf_bytes(&name)))
		(void)answers_take(given->text, &checking->last);
	buf_release(&name);
}

/* The newest come first. */
static bool see_before(const struct row *row, void *to)
{
	enum { ENOUGH = 60 };
	struct looking *looking = to;
	struct checking *checking = looking->checking;

	if (!checking->last_at)
		checking->last_at = row->at;
	see_answers(checking, row);
	for (unsigned n = 0; n < checking->list.items; n++)
		if (*checking->list.item[n].reading)
			see_number(checking, n, row);
	return ++looking->seen < ENOUGH;
}

static enum rc look_back(struct checking *checking, struct store *store, struct fault *fault)
{
	struct looking looking = {checking, 0};
	struct query query = query_all(checking->kind->id);

	query.parent = checking->about;
	enum rc rc = store_each(store, &query, see_before, &looking, fault);
	if (rc || looking.seen)
		return rc;
	/* Its name may stand there as it was typed. */
	query = query_all(checking->kind->id);
	query.area = checking->area;
	query.filters[query.filter_count++] = (struct filter){
		field_flagged(checking->kind, F_PARENT)->tag, '=', value_text(checking->title)};
	return store_each(store, &query, see_before, &looking, fault);
}

/* ---- begin */

static enum rc take_list(struct checking *checking, struct store *store, struct fault *fault)
{
	checking->answers.count = 0;
	checking->last.count = 0;
	checking->last_at = 0;
	memset(checking->number, 0, sizeof checking->number);
	memset(checking->note, 0, sizeof checking->note);
	enum rc rc = list_load(&checking->list, store, checking->lists.at[checking->chosen].code,
		&checking->arena, fault);
	checking->began = store_now(store);
	return rc ? rc : look_back(checking, store, fault);
}

/* The list that the campaign names comes first. */
static void choose_campaign(struct checking *checking, struct store *store)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	const struct value *code;

	if (!checking->campaign.seq ||
		store_row(store, checking->campaign, &arena, &row, &fault) != RC_OK)
		return;
	code = row_value(&row, campaign_list);
	for (unsigned n = 0; code && n < checking->lists.count; n++)
		if (bytes_equal(code->text, bytes_text(checking->lists.at[n].code)))
			checking->chosen = n;
	arena_release(&arena);
}

static void choose_warning(struct checking *checking, struct store *store)
{
	struct in_force in_force;
	struct world world;
	struct fault fault;

	world_open(&world, store, NULL, store_now(store));
	if (!in_force_load(&in_force, &world, &fault) && in_force.count)
		checking->warning = in_force.at[0];
}

enum rc checking_start(struct checking *checking, const struct actor *actor, struct ref about,
	struct ref campaign, struct fault *fault)
{
	struct buf title = {0};
	struct row row;

	*checking = (struct checking){.about = about, .campaign = campaign};
	enum rc rc = store_row(actor->store, about, &checking->arena, &row, fault);
	if (rc)
		return rc;
	checking->object = row.kind;
	checking->kind = checked_as(row.kind);
	if (!checking->kind)
		return fault_set(fault, RC_BAD, _("%s不用检查表检查"), _(row.kind->label));
	checking->area = row.area;
	checking->colour = row_colour(&row);
	row_title(actor->store, &row, &title);
	checking->title = arena_text(&checking->arena, buf_cstr(&title));
	buf_release(&title);
	rc = lists_for(&checking->lists, actor->store, &row, store_now(actor->store),
		&checking->arena, fault);
	if (!rc && !checking->lists.count)
		rc = fault_set(fault, RC_NONE, _("没有检查表：outpost packs use 启用一套"));
	choose_campaign(checking, actor->store);
	choose_warning(checking, actor->store);
	if (actor->user)
		snprintf(checking->people, sizeof checking->people, "%.*s", CHECK_TEXT - 1,
			actor->user->name);
	return rc ? rc : take_list(checking, actor->store, fault);
}

void checking_release(struct checking *checking)
{
	arena_release(&checking->arena);
}

enum rc checking_turn(struct checking *checking, const struct actor *actor, struct fault *fault)
{
	unsigned next = checking->chosen + 1;

	/* Of those that do not fit all are offered, but only behind those that do. */
	checking->chosen = next < checking->lists.count ? next : 0;
	return take_list(checking, actor->store, fault);
}

bool checking_resume(struct checking *checking, const struct actor *actor)
{
	struct fault fault;
	bool there = checking_fetch(checking, actor);

	for (unsigned n = 1; !there && n < checking->lists.count; n++)
		there = checking_turn(checking, actor, &fault) == RC_OK &&
			checking_fetch(checking, actor);
	return there;
}

/* ---- answers */

const struct list_item *checking_item(const struct checking *checking)
{
	unsigned n = checking->answers.count;

	return n < checking->list.items ? &checking->list.item[n] : NULL;
}

bool checking_answer(struct checking *checking, char answer)
{
	const struct list_item *item = checking_item(checking);

	if (!item || (*item->reading && answer != ANSWER_AWAY))
		return false;
	checking->answers.at[checking->answers.count++] = answer;
	return true;
}

bool checking_number(
	struct checking *checking, const struct actor *actor, const char *typed, const char **why)
{
	const struct list_item *item = checking_item(checking);
	unsigned n = checking->answers.count;
	const struct field *field = item ? field_named(checking->kind, item->reading) : NULL;
	struct change change;
	struct value value;
	struct buf keep = {0};

	*why = _("这一项不是读数");
	if (!item || !*item->reading)
		return false;
	if (!*typed || !field) {
		checking->number[n].typed[0] = '\0';
		checking->answers.at[checking->answers.count++] = ANSWER_AWAY;
		return true;
	}
	change_new(&change, actor, checking->kind, checking->about);
	bool good = change_read(&change, field, typed, &keep, &value, why);
	change_release(&change);
	buf_release(&keep);
	if (!good)
		return false;
	snprintf(checking->number[n].typed, sizeof checking->number[n].typed, "%s", typed);
	checking->answers.at[checking->answers.count++] = ANSWER_YES;
	return true;
}

bool checking_back(struct checking *checking)
{
	if (!checking->answers.count)
		return false;
	unsigned n = --checking->answers.count;
	checking->note[n][0] = checking->number[n].typed[0] = '\0';
	return true;
}

bool checking_note(struct checking *checking, const char *text)
{
	unsigned n = checking->answers.count;

	if (!n)
		return false;
	snprintf(checking->note[n - 1], CHECK_TEXT, "%s", text);
	return true;
}

unsigned checking_hazards(const struct checking *checking)
{
	unsigned count = 0;

	for (unsigned n = 0; n < checking->answers.count; n++)
		count +=
			checking->answers.at[n] == ANSWER_NO && checking->list.item[n].category.len;
	return count;
}

/* ---- the fact */

static bool set(struct change *change, const char *name, const char *text, const char **why)
{
	return !*text || !change_named(change, name) || change_set(change, name, text, why);
}

static bool put(struct change *change, const char *name, struct ref ref, const char **why)
{
	struct buf bytes = {0};
	const struct field *field = field_named(change->kind, name);

	if (!ref.seq || !field)
		return true;
	ref_put(&bytes, ref);
	bool good = change_put(change, field,
		(struct value){
			.wire = WIRE_BYTES, .text = arena_bytes(&change->arena, buf_bytes(&bytes))},
		why);
	buf_release(&bytes);
	return good;
}

/* "3 栏杆断了8米", a line each item of which something is known. */
static void put_notes(const struct checking *checking, struct buf *out)
{
	for (unsigned n = 0; n < checking->answers.count; n++)
		if (*checking->note[n])
			buf_fmt(out, "%s%u %s", out->len ? "\n" : "", n + 1, checking->note[n]);
}

static bool set_numbers(struct change *change, const struct checking *checking, const char **why)
{
	for (unsigned n = 0; n < checking->answers.count; n++)
		if (!set(change, checking->list.item[n].reading, checking->number[n].typed, why))
			return false;
	return true;
}

static bool set_answers(
	struct change *change, const struct checking *checking, int64_t now, const char **why)
{
	struct buf answers = {0}, notes = {0};
	char list[80];

	answers_put(&checking->answers, &answers);
	put_notes(checking, &notes);
	snprintf(list, sizeof list, "%s %s", checking->list.code, checking->list.version);
	bool good = set(change, "answers", buf_cstr(&answers), why) &&
		    change_put(change, field_named(change->kind, "list"),
			    value_text(arena_text(&change->arena, list)), why) &&
		    change_put(change, field_named(change->kind, "seconds"),
			    value_num(now - checking->began), why) &&
		    set(change, "text", buf_cstr(&notes), why) &&
		    put(change, "checklist", checking->list.ref, why);
	buf_release(&answers);
	buf_release(&notes);
	return good;
}

/* A no that makes no hazard is no hazard found, but the place is not as it should be. */
static const char *result_of(const struct checking *checking)
{
	if (!answers_of(&checking->answers, ANSWER_NO))
		return "ok";
	return checking_hazards(checking) ? "found" : "watch";
}

/* CHANGE is begun; false: WHY. */
static bool fill(
	struct change *change, const struct checking *checking, int64_t now, const char **why)
{
	change->op.area = checking->area;
	return set(change, "result", result_of(checking), why) &&
	       set_answers(change, checking, now, why) && set_numbers(change, checking, why) &&
	       set(change, "source", checking->list.source, why) &&
	       set(change, "people", checking->people, why) &&
	       set(change, "expert", checking->expert, why) &&
	       set(change, "comment", checking->comment, why) &&
	       set(change, "rating", checking->rating, why) &&
	       put(change, "drive", checking->campaign, why) &&
	       put(change, "warning", checking->warning, why);
}

static bool begin(struct change *change, const struct checking *checking, const struct actor *actor,
	const char **why)
{
	change_new(change, actor, checking->kind, checking->about);
	bool good = fill(change, checking, store_now(actor->store), why);
	change_defaults(change);
	return good;
}

void checking_told(struct checking *checking, const struct actor *actor, struct buf *out)
{
	struct check_found found[CHECKS_MOST];
	struct change change;
	const char *why = "";
	bool good = begin(&change, checking, actor, &why);
	unsigned count = good ? change_checks(&change, found) : 0;

	if (!good)
		buf_text(out, why);
	for (unsigned n = 0; n < count; n++)
		buf_fmt(out, "%s%s", out->len ? "\n" : "", rule_text(found[n].rule));
	change_release(&change);
}

enum rc checking_commit(
	struct checking *checking, const struct actor *actor, struct ref *ref, struct fault *fault)
{
	struct change change;
	const char *why = "";
	enum rc rc = RC_OK;

	if (checking_item(checking))
		return fault_set(fault, RC_BAD, _("还有%u项没有答"),
			checking->list.items - checking->answers.count);
	if (!begin(&change, checking, actor, &why))
		rc = fault_set(fault, RC_BAD, "%s", why);
	else
		rc = change_commit(&change, ref, fault);
	change_release(&change);
	if (!rc)
		checking_forget(checking, actor);
	return rc;
}

/* A hazard that is known already stays open; the check says so beside its result. */
static bool set_known(struct change *change, struct ref about, const char **why)
{
	struct arena arena = {0};
	const char *worst;
	unsigned count = round_hazards(change->actor.store, about, &arena, &worst);
	struct buf text = {0};
	bool good = true;

	if (count) {
		buf_fmt(&text, _("没有新隐患；原有%u条没销号"), count);
		good = set(change, "text", buf_cstr(&text), why);
	}
	buf_release(&text);
	arena_release(&arena);
	return good;
}

enum rc checking_fine(
	const struct actor *actor, struct ref about, struct ref *ref, struct fault *fault)
{
	struct arena arena = {0};
	struct change change;
	struct row row;
	const char *why = "";
	enum rc rc = store_row(actor->store, about, &arena, &row, fault);
	const struct kind *kind = rc ? NULL : checked_as(row.kind);

	if (!rc && !kind)
		rc = fault_set(fault, RC_BAD, _("%s不用检查表检查"), _(row.kind->label));
	if (!rc) {
		change_new(&change, actor, kind, about);
		change.op.area = row.area;
		if (!set(&change, "result", "ok", &why) || !set_known(&change, about, &why))
			rc = fault_set(fault, RC_BAD, "%s", why);
		change_defaults(&change);
		rc = rc ? rc : change_commit(&change, ref, fault);
		change_release(&change);
	}
	arena_release(&arena);
	return rc;
}
