/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a then row changes of a record that is there: values, sums, and stock that grows where goods
 * arrive.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "store/station.h"
#include "work/change_inside.h"
#include "work/lists.h"

enum { MILLI = 1000 };

enum rc then_write(struct change *made, struct fault *fault)
{
	const struct field *missing = change_missing(made);
	if (missing)
		return fault_set(fault, RC_BAD, _("规则没有填必填的字段 \"%s\"（%s）"),
			missing->name, _(missing->label));
	change_body(made);
	if (made->step && store_may(made->actor.store, &made->op, fault) != V_GOOD)
		return RC_OK;
	return change_write(made, fault);
}

/* ---- other numbers of another record, or of this one */

static bool is_kind(struct store *store, struct ref ref, const struct kind *kind)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool same = store_row(store, ref, &arena, &row, &fault) == RC_OK && row.kind == kind;
	arena_release(&arena);
	return same;
}

bool then_target(const struct following *to, const struct kind *kind, struct ref *ref)
{
	*ref = then_self(to);
	if (to->change->kind == kind)
		return true;
	for (const struct field *f = to->change->kind->fields; f->tag; f++) {
		struct value keep;
		bool may = f->type == T_REF && (f->target == kind->id || !f->target);
		const struct value *value = may ? then_value(to, f, &keep) : NULL;

		if (value &&
			value_record(
				to->change->actor.store, f, value, to->after.record.area, ref) &&
			(f->target || is_kind(to->change->actor.store, *ref, kind)))
			return true;
	}
	return false;
}

/* "+{quantity}", "-{quantity}", "-1": an edit of its own, which says the sum with what stands
 * there, and how much was added: what stations apart add to one number adds up. A difference,
 * "+{quantity-supply.quantity}", also says what there is where nobody had counted before. */
static enum rc set_sum(const struct following *to, const struct record *record,
	const struct field *field, const char *text, struct fault *fault)
{
	struct change made;
	char name[THEN_WORD] = "";
	const char *why;
	int64_t have = 0, more = strtol(text + 1, NULL, 10) * MILLI;
	size_t len = strlen(text);
	if (len > sizeof name)
		return RC_OK;
	memcpy(name, text + 2, len > 3 ? len - 3 : 0);
	if ((!more && !then_number(to, name, &more)) ||
		(!record_number(record, field->tag, &have) && !strchr(name, '-')))
		return RC_OK; /* what nobody counted does not change by what goes out */
	more = *text == '-' ? -more : more;
	have += more;
	if (!more && record_cell(record, field->tag))
		return RC_OK;
	change_edit(
		&made, &to->change->actor, record->kind, (struct ref){record->site, record->seq});
	(void)change_put(&made, field, value_num(field->type == T_DEC ? have : have / MILLI), &why);
	(void)change_put(&made, field_of(record->kind, ARG_ADDED), value_num(more), &why);
	enum rc rc = then_write(&made, fault);
	change_release(&made);
	return rc;
}

static bool is_sum(const char *text)
{
	return (*text == '+' || *text == '-') &&
	       (text[1] == '{' || (text[1] > '0' && text[1] <= '9'));
}

static enum rc set_all(const struct following *to, const struct rule *rule,
	const struct record *record, struct fault *fault)
{
	struct change made;
	enum rc rc = RC_OK;

	change_edit(
		&made, &to->change->actor, record->kind, (struct ref){record->site, record->seq});
	for (unsigned n = 0; n < rule->sets && !rc; n++) {
		const char *text = rule->set[n].text;
		const struct field *field = field_named(record->kind, rule->set[n].field);

		if (record->kind == to->change->kind && change_value(to->change, field->tag))
			continue; /* who writes it has said so himself */
		rc = is_sum(text) ? set_sum(to, record, field, text, fault)
				  : then_set(&made, to, field->name, text, fault);
	}
	if (!rc && made.count)
		rc = then_write(&made, fault);
	change_release(&made);
	return rc;
}

/* A date of a plan of the county is the county's to write; sums of another place's stock are
 * refused with what they follow from. */
static bool out_of_reach(
	const struct following *to, const struct rule *rule, const struct record *record)
{
	for (unsigned n = 0; n < rule->sets; n++)
		if (is_sum(rule->set[n].text))
			return false;
	return !store_within(to->change->actor.store, record->area);
}

enum rc then_change(const struct following *to, const struct rule *rule, struct fault *fault)
{
	struct arena arena = {0};
	struct history history;
	struct record record;
	struct ref ref;
	if (!then_target(to, kind_of(rule->made), &ref))
		return RC_OK;
	enum rc rc = store_record(to->change->actor.store, ref, &arena, &record, &history, fault);
	if (!rc && !out_of_reach(to, rule, &record))
		rc = set_all(to, rule, &record, fault);
	arena_release(&arena);
	return rc;
}

/* ---- stock that grows where goods arrive */

struct growing {
	const struct change *made;
	const struct rule *rule;
	struct ref ref;
	bool found;
};

/* Blank is the same as blank. A store that only one of both names is no other one: *LOOSE. */
static bool says_same(
	const struct change *made, const struct field *field, const struct row *row, bool *loose)
{
	const struct change_value *given = change_value(made, field->tag);
	const struct value *there = row_value(row, field->tag),
			   *here = given && given->how == CHANGE_GIVEN ? &given->value : NULL;

	if (here && there && value_equal(here, there))
		return true;
	if (field->type == T_REF && !(here && there && here->wire == there->wire))
		*loose = here || there;
	return (!here && !there) || *loose;
}

/* The first that says the same as all texts of the row; else one that differs in a store alone. */
static bool see_alike(const struct row *row, void *to)
{
	struct growing *growing = to;
	const struct change *made = growing->made;
	const struct rule *rule = growing->rule;
	bool same = row->area == made->op.area && !row_void(row), loose = false;

	for (unsigned n = 0; n < rule->sets && same; n++)
		if (!is_sum(rule->set[n].text))
			same = says_same(
				made, field_named(made->kind, rule->set[n].field), row, &loose);
	if (same && (!growing->found || !loose)) {
		growing->ref = row->ref;
		growing->found = true;
	}
	return !same || loose;
}

static enum rc make_grown(struct change *made, const struct following *to, const struct rule *rule,
	struct fault *fault)
{
	enum rc rc = RC_OK;
	for (unsigned n = 0; n < rule->sets && !rc; n++) {
		int64_t number;
		char name[THEN_WORD] = "";
		const char *text = rule->set[n].text, *why;
		const struct field *field = field_named(made->kind, rule->set[n].field);
		size_t len = strlen(text);

		if (!is_sum(text) || len < 4 || len > sizeof name)
			continue;
		memcpy(name, text + 2, len - 3);
		if (!then_number(to, name, &number))
			continue;
		if (*text == '-')
			number = -number;
		(void)change_put(made, field,
			value_num(field->type == T_DEC ? number : number / MILLI), &why);
	}
	change_defaults(made);
	return rc ? rc : then_write(made, fault);
}

static enum rc grow_found(
	struct ref ref, const struct following *to, const struct rule *rule, struct fault *fault)
{
	struct arena arena = {0};
	struct history history;
	struct record record;
	enum rc rc = store_record(to->change->actor.store, ref, &arena, &record, &history, fault);

	for (unsigned n = 0; n < rule->sets && !rc; n++)
		if (is_sum(rule->set[n].text))
			rc = set_sum(to, &record, field_named(record.kind, rule->set[n].field),
				rule->set[n].text, fault);
	arena_release(&arena);
	return rc;
}

enum rc then_grow(const struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	struct query query = query_all(kind->id);
	struct change made;
	enum rc rc = RC_OK;

	change_new(&made, &to->change->actor, kind, (struct ref){0, 0});
	made.op.area = to->after.record.area;
	for (unsigned n = 0; n < rule->sets && !rc; n++)
		if (!is_sum(rule->set[n].text))
			rc = then_set(&made, to, rule->set[n].field, rule->set[n].text, fault);
	struct growing growing = {.made = &made, .rule = rule};
	query.area = made.op.area;
	if (!rc)
		rc = store_each(to->change->actor.store, &query, see_alike, &growing, fault);
	if (!rc && growing.found)
		rc = grow_found(growing.ref, to, rule, fault);
	else if (!rc)
		rc = make_grown(&made, to, rule, fault);
	change_release(&made);
	return rc;
}

/* ---- what is said of the record and of what is made */

const struct change_value *then_above(const struct change *made)
{
	const struct change_value *given = NULL;
	for (const struct field *f = made->kind->fields; f->tag && !given; f++)
		if (f->flags & F_PARENT)
			given = change_value(made, f->tag);
	return given;
}

/* ---- items of a checklist */

/* What was noted of the Nth item, 0 first: a line "3 栏杆断了" of the check's text. */
static struct bytes note_of(const struct following *to, unsigned n)
{
	const struct value *text = then_named(to, "text");
	struct bytes left = text ? text->text : bytes_of(NULL, 0);
	char number[16];
	size_t head = (size_t)snprintf(number, sizeof number, "%u ", n + 1);

	while (left.len) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len;

		if (len > head && !memcmp(left.at, number, head))
			return bytes_of(left.at + head, len - head);
		left = bytes_of(left.at + len + (end != NULL), left.len - len - (end != NULL));
	}
	return left;
}

bool then_item(struct following *to, const struct checklist_at *list, unsigned n)
{
	const struct list_item *item = &list->item[n];

	if (n >= list->items || !item->category.len)
		return false;
	to->line = item->text;
	to->category = item->category;
	to->grade = item->grade;
	to->note = note_of(to, n);
	return true;
}
