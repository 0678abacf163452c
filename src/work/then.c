/* SPDX-License-Identifier: GPL-3.0-or-later
 * What follows from a fact by the county's then rows: another record, a step, another number. It is
 * written in the same transaction by the station that wrote the fact, and what is made so starts no
 * row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/endian.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "work/change_inside.h"
#include "work/lists.h"
#include "work/rules.h"

enum { MILLI = 1000 };

/* ---- another record */

/* Does the step say the same once more when it is taken where it leads? */
static bool says_again(const struct step *step)
{
	return step->to != STEP_STAYS && step->from & 1u << step->to;
}

/* How often the step that was taken had its effect on the record, this time included; a hazard that
 * was opened again is closed for the second time. What begins a record does so once. */
static enum rc turn_of(const struct following *to, uint64_t *turn, struct fault *fault)
{
	unsigned step = to->change->op.step;
	struct arena arena = {0};
	struct record record;
	struct history history = {0};
	enum rc rc = RC_OK;

	*turn = 1;
	if (step && !says_again(to->change->step))
		rc = store_record(
			to->change->actor.store, then_self(to), &arena, &record, &history, fault);
	for (size_t n = 0; n < history.count; n++) {
		const struct op *op = &history.ops[n];
		bool itself = op->site == to->change->op.site && op->seq == to->change->op.seq;

		*turn += !itself && op->step == step && history.verdicts[n] == V_GOOD;
	}
	arena_release(&arena);
	return rc;
}

static void mix(uint64_t *hash, const void *at, size_t len)
{
	for (size_t n = 0; n < len; n++)
		*hash = (*hash ^ ((const uint8_t *)at)[n]) * 1099511628211u; /* FNV-1a, 64 bit */
}

/* Which of the rows that are told by the same words it is. */
static unsigned nth_of(const struct rule *rule)
{
	unsigned count, nth = 0;
	const struct rule *rules = rules_rows(RULE_THEN, &count);

	for (const struct rule *other = rules; other < rule; other++)
		nth += !strcmp(other->key, rule->key);
	return nth;
}

/* What RULE makes of this has this number at every station. It is told by what was done, to which
 * record, for which time, and by the row, whatever text a station's rules give it. */
static enum rc cause_of(
	const struct following *to, const struct rule *rule, uint64_t *cause, struct fault *fault)
{
	enum { EXACT = 52 }; /* bits that a number has in JSON */
	const struct op *op = &to->change->op;
	uint64_t turn, hash = 14695981039346656037u;
	uint8_t low[5 * LOW_WORD];
	enum rc rc = turn_of(to, &turn, fault);

	low_put(low, op->rec_site, LOW_WORD);
	low_put(low + LOW_WORD, op->rec_seq, LOW_WORD);
	low_put(low + 2 * LOW_WORD, op->step, LOW_WORD);
	low_put(low + 3 * LOW_WORD, turn, LOW_WORD);
	low_put(low + 4 * LOW_WORD, nth_of(rule), LOW_WORD);
	mix(&hash, low, sizeof low);
	mix(&hash, rule->key, strlen(rule->key));
	mix(&hash, to->line.at, to->line.len);
	*cause = (hash >> (64 - EXACT)) | 1;
	return rc;
}

static bool see_any(const struct row *row, void *to)
{
	(void)row;
	*(bool *)to = true;
	return false;
}

/* Was it made of that CAUSE, here or elsewhere? */
static bool is_made(const struct change *made, const struct field *field, uint64_t cause)
{
	struct query query = query_all(made->kind->id);
	struct fault fault;
	bool any = false;

	query.filters[0] = (struct filter){field->tag, '=', value_num((int64_t)cause)};
	query.filter_count = 1;
	query.area = made->op.area;
	return !store_each(made->actor.store, &query, see_any, &any, &fault) && any;
}

struct doubling {
	const struct change *made;
	bool found;
};

/* Is there an open one that says the same of the same record? Then it was made before. */
static bool see_same(const struct row *row, void *to)
{
	struct doubling *doubling = to;
	const struct change *made = doubling->made;
	bool same = true;
	for (unsigned n = 0; n < made->count && same; n++) {
		const struct change_value *given = &made->values[n];
		const struct field *field = field_of(made->kind, given->tag);
		const struct value *value = row_value(row, given->tag);

		if (given->how == CHANGE_GIVEN && field->type != T_DATE && field->type != T_TIME &&
			!(field->flags & F_MADE))
			same = value && value_equal(value, &given->value);
	}
	doubling->found = same;
	return !same;
}

static bool made_before(const struct change *made, struct ref about)
{
	const struct field *parent = field_flagged(made->kind, F_PARENT);
	const struct change_value *given = parent ? change_value(made, parent->tag) : NULL;
	struct doubling doubling = {made, false};
	struct query query = query_all(made->kind->id);
	struct fault fault;
	if (!parent)
		return false;
	query.parent = about;
	if (given && given->value.wire == WIRE_BYTES)
		(void)!ref_take(given->value.text, &query.parent);
	query.state_flags = made->kind->states[0].code ? STATE_OPEN : 0;
	return !store_each(made->actor.store, &query, see_same, &doubling, &fault) &&
	       doubling.found;
}

/* Where it is, when the row does not say: the record it belongs to is named. */
static void set_place(struct change *made)
{
	const struct field *place = field_named(made->kind, "place");
	const struct change_value *given = then_above(made);
	struct arena arena = {0};
	struct buf title = {0};
	struct fault fault;
	struct ref ref;
	struct row row;
	const char *why;
	if (place && place->flags & F_MUST && !change_value(made, place->tag) && given &&
		given->value.wire == WIRE_BYTES && ref_take(given->value.text, &ref) &&
		store_row(made->actor.store, ref, &arena, &row, &fault) == RC_OK) {
		row_title(made->actor.store, &row, &title);
		(void)change_put(made, place, value_text(buf_cstr(&title)), &why);
	}
	buf_release(&title);
	arena_release(&arena);
}

/* What belongs to a record and lies where that one does (F_THERE). */
static void lie_with(struct change *made)
{
	const struct field *parent = field_flagged(made->kind, F_PARENT);
	const struct change_value *given =
		parent && parent->flags & F_THERE ? change_value(made, parent->tag) : NULL;
	struct arena arena = {0};
	struct fault fault;
	struct ref ref;
	struct row row;
	if (given && given->value.wire == WIRE_BYTES && ref_take(given->value.text, &ref) &&
		store_row(made->actor.store, ref, &arena, &row, &fault) == RC_OK &&
		store_within(made->actor.store, row.area))
		made->op.area = row.area;
	arena_release(&arena);
}

static enum rc make(const struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	const struct field *twin = field_flagged(kind, F_MADE);
	struct change made;
	uint64_t cause;
	const char *why;
	enum rc rc = cause_of(to, rule, &cause, fault);
	change_new(&made, &to->change->actor, kind, (struct ref){0, 0});
	made.op.area = to->home ? to->home->area : to->after.record.area;
	for (unsigned n = 0; n < rule->sets && !rc; n++)
		rc = then_set(&made, to, rule->set[n].field, rule->set[n].text, fault);
	if (twin)
		(void)change_put(&made, twin, value_num((int64_t)cause), &why);
	set_place(&made);
	lie_with(&made);
	change_defaults(&made);
	if (!rc && !(twin && is_made(&made, twin, cause)) && !made_before(&made, then_self(to)))
		rc = then_write(&made, fault);
	change_release(&made);
	return rc;
}

/* ---- a step of another record */

struct searching {
	struct ref ref;
	bool found;
	const struct step *done; /* one that is taken of what is done, and of nothing open; NULL: of
				    what is open */
};

static bool see_first(const struct row *row, void *to)
{
	struct searching *searching = to;

	if (searching->done && !(searching->done->from & 1u << row->state))
		return true;
	searching->ref = row->ref;
	searching->found = true;
	return false;
}

static bool from_open(const struct kind *kind, const struct step *step)
{
	for (unsigned n = 0; kind->states[n].code; n++)
		if (step->from & 1u << n && kind->states[n].flags & STATE_OPEN)
			return true;
	return false;
}

/* What a row made of this record, not what people wrote about it. */
static void ask_made(const struct following *to, const struct kind *kind, struct query *query)
{
	const struct field *twin = field_flagged(kind, F_MADE);
	query->parent = then_self(to);
	if (twin)
		query->filters[query->filter_count++] =
			(struct filter){twin->tag, '>', value_num(0)};
}

/* Where it has what the fact has. */
static bool ask_same(const struct following *to, const struct field *by, struct query *query)
{
	const struct field *from = then_field(to, by->name);
	struct value keep;
	const struct value *value = from ? then_value(to, from, &keep) : NULL;
	if (value)
		query->filters[query->filter_count++] =
			(struct filter){.tag = by->tag, .how = '=', .value = *value};
	return value;
}

/* Where BY names this record. */
static void ask_self(
	const struct following *to, const struct field *by, struct query *query, struct buf *self)
{
	ref_put(self, then_self(to));
	query->filters[query->filter_count++] =
		(struct filter){by->tag, '=', (struct value){WIRE_BYTES, 0, buf_bytes(self)}};
}

/* The field by which the first text of RULE finds a record; NULL: it says something else. */
static const struct field *finder(const struct rule *rule)
{
	return rule->sets ? field_named(kind_of(rule->made), rule->set[0].field) : NULL;
}

/* The open record (of a step that is taken of none, the one that is done) that the first text of
 * RULE means: household={household}, about={record}; of the same kind, this one; without such a
 * text, the one that a field of this points to. */
static enum rc search(const struct following *to, const struct rule *rule, struct searching *found,
	struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	const struct field *by = finder(rule);
	struct query query = query_all(kind->id);
	struct buf self = {0};
	const struct step *taken = step_of(kind, rule->taken);
	*found = (struct searching){
		then_self(to), kind == to->change->kind, from_open(kind, taken) ? NULL : taken};
	if (found->found)
		return RC_OK;
	if (!by) {
		found->found = then_target(to, kind, &found->ref);
		return RC_OK;
	}
	if (by->flags & F_PARENT && !strcmp(rule->set[0].text, "{record}"))
		ask_made(to, kind, &query);
	else if (!strcmp(rule->set[0].text, "{record}"))
		ask_self(to, by, &query, &self);
	else if (!ask_same(to, by, &query))
		return RC_OK;
	query.state_flags = found->done ? 0 : STATE_OPEN;
	enum rc rc = store_each(to->change->actor.store, &query, see_first, found, fault);
	buf_release(&self);
	return rc;
}

static enum rc step(const struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	const struct step *taken = step_of(kind, rule->taken);
	struct searching found;
	struct record record;
	struct change change;
	enum rc rc = search(to, rule, &found, fault);
	unsigned first = kind != to->change->kind && finder(rule); /* which record is meant */

	if (rc || !found.found)
		return rc;
	record = (struct record){
		.kind = kind, .kind_id = kind->id, .site = found.ref.site, .seq = found.ref.seq};
	change_step(&change, &to->change->actor, &record, taken);
	for (unsigned n = first; n < rule->sets && !rc; n++)
		rc = then_set(&change, to, rule->set[n].field, rule->set[n].text, fault);
	if (!rc)
		rc = then_write(&change, fault);
	change_release(&change);
	return rc;
}

/* ---- rows */

static enum rc follow_once(const struct following *to, const struct rule *rule, struct fault *fault)
{
	switch (rule->then) {
	case THEN_MAKE:
		return make(to, rule, fault);
	case THEN_STEP:
		return step(to, rule, fault);
	case THEN_SET:
		return then_change(to, rule, fault);
	case THEN_GROW:
		return then_grow(to, rule, fault);
	}
	return RC_OK;
}

static enum rc follow_lines(
	struct following *to, const struct rule *rule, struct bytes left, struct fault *fault)
{
	enum rc rc = RC_OK;
	while (left.len && !rc) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len;

		to->line = bytes_of(left.at, len);
		then_tail(to);
		if (to->line.len)
			rc = follow_once(to, rule, fault);
		left = bytes_of(left.at + len + (end != NULL), left.len - len - (end != NULL));
	}
	return rc;
}

/* The text of the record that VALUE names: the steps of a card. */
static enum rc follow_record(struct following *to, const struct rule *rule,
	const struct field *field, const struct value *value, struct fault *fault)
{
	struct arena arena = {0};
	struct ref ref;
	struct row row;
	enum rc rc = RC_OK;
	if (!value_record(to->change->actor.store, field, value, to->after.record.area, &ref))
		return RC_OK;
	rc = store_row(to->change->actor.store, ref, &arena, &row, fault);
	const struct field *text = rc ? NULL : field_named(row.kind, "text");
	const struct value *lines = text ? row_value(&row, text->tag) : NULL;
	struct buf steps = {0};
	if (lines)
		card_steps(lines->text, &steps);
	rc = rc ? rc : follow_lines(to, rule, buf_bytes(&steps), fault);
	buf_release(&steps);
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Each item that was answered no, by the list as it was then. */
static enum rc follow_items(struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct value *given = then_named(to, "answers"), *meant = then_named(to, "checklist"),
			   *kept = then_named(to, "list");
	struct checklist_at list;
	struct answers answers;
	struct arena arena = {0};
	struct ref ref = {0, 0};
	if (meant && meant->wire == WIRE_BYTES)
		(void)!ref_take(meant->text, &ref);
	if (!given || !answers_take(given->text, &answers) || (!ref.seq && !kept))
		return RC_OK;
	enum rc rc = list_answered(&list, to->change->actor.store, ref,
		kept ? kept->text : bytes_of(NULL, 0), &arena, fault);
	for (unsigned n = 0; n < answers.count && !rc; n++)
		if (answers.at[n] == ANSWER_NO && then_item(to, &list, n))
			rc = follow_once(to, rule, fault);
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Households of the danger zone that the record names, or of all that its warning means, unless
 * they are on the list. */
static enum rc follow_homes(struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct field *point = field_named(to->change->kind, "point"),
			   *warning = field_named(to->change->kind, "warning");
	struct store *store = to->change->actor.store;
	uint64_t area = to->after.record.area;
	struct homes homes = {.area = area, .whole = true};
	struct value keep;
	const struct value *value = then_value(to, warning, &keep);
	struct arena arena = {0};

	if (value && !value_record(store, warning, value, area, &homes.warning))
		homes.warning = (struct ref){0, 0};
	value = then_value(to, point, &keep);
	if (value && !value_record(store, point, value, area, &homes.point))
		return RC_OK;
	homes.only_zones = !homes.point.seq;
	enum rc rc = homes_load(&homes, store, to->world.around.now, &arena, fault);
	for (unsigned n = 0; n < homes.count && !rc; n++) {
		to->home = &homes.list[n];
		rc = to->home->transfer.seq ? RC_OK : follow_once(to, rule, fault);
	}
	to->home = NULL;
	arena_release(&arena);
	return rc;
}

/* Once for each line of the field that `each` names. */
static enum rc follow_each(struct following *to, const struct rule *rule, struct fault *fault)
{
	char name[48] = "";
	struct value keep;
	if (!rule->each)
		return follow_once(to, rule, fault);
	if (!strcmp(rule->each, EACH_NO))
		return follow_items(to, rule, fault);
	if (!strcmp(rule->each, EACH_HOME))
		return follow_homes(to, rule, fault);
	memcpy(name, rule->each,
		strcspn(rule->each, ".") < sizeof name ? strcspn(rule->each, ".") : 0);
	const struct field *field = then_field(to, name);
	const struct value *value = field ? then_value(to, field, &keep) : NULL;
	if (!value)
		return RC_OK;
	return field->type == T_REF ? follow_record(to, rule, field, value, fault)
				    : follow_lines(to, rule, value->text, fault);
}

bool then_any(const struct change *change)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_THEN, &count);
	for (unsigned n = 0; n < count && !change->actor.source; n++)
		if (rules[n].kind == change->kind->id && rules[n].step == change->op.step)
			return true;
	return false;
}

enum rc then_follow(const struct change *change, struct fault *fault)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_THEN, &count);
	struct following to = {.change = change};
	struct record before;
	enum rc rc = after_of(&to.after, change, fault);
	world_open(
		&to.world, change->actor.store, change->actor.user, store_now(change->actor.store));
	for (unsigned n = 0; n < count && !rc; n++) {
		struct matter matter = {.record = &to.after.record,
			.body = to.after.body,
			.around = &to.world.around};

		if (rules[n].kind != change->kind->id || rules[n].step != change->op.step)
			continue;
		if (rule_speaks(&rules[n], RULE_BEFORE) &&
			record_before(&to.after.record, change->actor.store, &before))
			matter.before = &before;
		if (rule_holds(&rules[n], &matter))
			rc = follow_each(&to, &rules[n], fault);
	}
	after_release(&to.after);
	return rc;
}
