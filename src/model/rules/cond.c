/* SPDX-License-Identifier: GPL-3.0-or-later
 * Do the conditions of a row hold? Numbers are compared in thousandths, so that hectares and heads
 * meet.
 */
#include "model/rules/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/answers.h"

enum { MILLI = 1000 };

bool record_number(const struct record *record, unsigned tag, int64_t *number)
{
	const struct cell *cell = record ? record_cell(record, tag) : NULL;
	const struct field *field = cell ? field_of(record->kind, tag) : NULL;
	if (!field)
		return false;
	if (cell->value.wire == WIRE_NUM) {
		*number = field->type == T_DEC ? cell->value.num : cell->value.num * MILLI;
		return true;
	}
	char text[24], *end;
	bytes_into(text, sizeof text, cell->value.text);
	*number = strtol(text, &end, 10) * MILLI;
	return end != text && !*end;
}

/* ---- the right side */

/* The first second of this period; when it is over it is judged again. */
static int64_t period_began(const struct surroundings *around, const char *period)
{
	int64_t end = rules_period_end(period, date_of(around->now));
	(void)!rules_past(around, date_end(end));
	return date_end(rules_period_before(period, date_of(around->now)));
}

/* count(…), sum(…), ledger(…) */
static bool counted(const struct term_value *term, const struct matter *matter, int64_t *number)
{
	const struct surroundings *around = matter->around;
	if (term->ledger ? !around->ledger : !around->count)
		return false;
	struct bytes value = term->by ? bytes_text(term->text) : (struct bytes){0};
	if (term->by && *term->text == '{') { /* {field}: as it stands in this record */
		char name[48] = "";
		size_t len = strcspn(term->text + 1, "}");
		memcpy(name, term->text + 1, len < sizeof name ? len : sizeof name - 1);
		const struct field *field = field_named(matter->record->kind, name);
		value = field ? record_text(matter->record, field->tag) : (struct bytes){0};
		*number = 0; /* nothing is like a blank */
		if (!value.len)
			return true;
	}
	const struct counting_for what = {term->kind, term->tag, term->by, value,
		term->since ? period_began(around, term->since) : 0};
	*number =
		(term->ledger ? around->ledger : around->count)(around->to, matter->record, &what);
	return true;
}

static bool term_number(const struct term_value *term, const struct matter *matter, int64_t *number)
{
	const struct surroundings *around = matter->around;
	switch (term->term) {
	case TERM_NUMBER:
		*number = term->number;
		return true;
	case TERM_FIELD:
		return record_number(matter->record, term->tag, number);
	case TERM_BEFORE:
		if (!record_number(matter->before, term->tag, number))
			return false;
		*number += term->number;
		return true;
	case TERM_OTHER:
		return around->other &&
		       around->other(around->to, matter->record, term->tag, term->other, number);
	case TERM_LIMIT:
		*number = rules_limit(term->text, 0) * MILLI;
		return true;
	case TERM_TODAY:
		(void)!rules_past(around, date_end(date_of(around->now)));
		*number = date_add(date_of(around->now), (int)(term->number / MILLI)) * MILLI;
		return true;
	case TERM_COUNT:
		break;
	}
	return counted(term, matter, number);
}

static bool compare(char how, int64_t left, int64_t right)
{
	switch (how) {
	case '<':
		return left < right;
	case '>':
		return left > right;
	case 'l':
		return left <= right;
	case 'g':
		return left >= right;
	default:
		return left == right;
	}
}

/* ---- the left side */

static bool one_of(const char *codes, struct bytes text)
{
	for (const char *at = codes; *at;) {
		size_t len = strcspn(at, ",");
		if (bytes_equal(bytes_of(at, len), text))
			return true;
		at += len + (at[len] == ',');
	}
	return false;
}

/* Of a field that holds several codes any one will do. */
static bool any_of(const char *codes, struct bytes text)
{
	const char *at = (const char *)text.at, *end = at + text.len;

	while (at < end) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		size_t len = (size_t)((comma ? comma : end) - at);

		if (one_of(codes, bytes_of(at, len)))
			return true;
		at += len + 1;
	}
	return false;
}

/* What is written now stands before what the record has: arguments of a step are nowhere else. */
static bool seen(const struct matter *matter, unsigned tag, struct value *value)
{
	struct bytes body = matter->body;
	unsigned at;
	while (body.len && take_field(&body, &at, value))
		if (at == tag)
			return true;
	const struct cell *cell = record_cell(matter->record, tag);
	if (cell)
		*value = cell->value;
	return cell;
}

static bool has_code(const struct condition *condition, const struct matter *matter)
{
	struct value value;
	char text[24];
	bool there = seen(matter, condition->tag, &value);
	if (condition->how == '?' || !there)
		return condition->how == '?' && !there;
	if (value.wire != WIRE_NUM) {
		const struct field *field = field_of(matter->record->kind, condition->tag);
		bool several = field && field->type == T_CODES;

		return (several ? any_of : one_of)(condition->codes, value.text);
	}
	snprintf(text, sizeof text, "%lld", (long long)value.num);
	return one_of(condition->codes, bytes_text(text));
}

/* A number of which prev.any is the same one of the report before. */
static bool any_number(const struct condition *condition, const struct matter *matter)
{
	const struct record *record = matter->record;
	bool beside = condition->right.term == TERM_BEFORE && !condition->right.tag;
	for (const struct field *f = record->kind->fields; f->tag; f++) {
		int64_t left, right;
		if (!(f->flags & F_ZERO) || !record_number(record, f->tag, &left))
			continue;
		if (beside ? record_number(matter->before, f->tag, &right)
			   : term_number(&condition->right, matter, &right))
			if (compare(condition->how, left, right))
				return true;
	}
	return false;
}

static bool number_holds(
	const struct condition *condition, const struct matter *matter, int64_t left)
{
	int64_t right;
	if (!term_number(&condition->right, matter, &right))
		return false;
	return compare(condition->how, left, right);
}

bool rules_past(const struct surroundings *around, int64_t when)
{
	if (around->now >= when)
		return true;
	if (around->turns && when < *around->turns)
		*around->turns = when;
	return false;
}

/* SECONDS, which change with the clock by SIGN a second, against the right side. */
static bool time_holds(
	const struct condition *condition, const struct matter *matter, int64_t seconds, int sign)
{
	const struct surroundings *around = matter->around;
	int64_t right;
	if (!term_number(&condition->right, matter, &right))
		return false;
	/* They meet in that second, or part after it. */
	int64_t meet = around->now + sign * (right / MILLI - seconds);
	for (int64_t when = meet - 1; when <= meet + 1; when++)
		if (!rules_past(around, when))
			break;
	return compare(condition->how, seconds * MILLI, right);
}

static bool in_season(const struct condition *condition, const struct surroundings *around)
{
	(void)!rules_past(around, date_end(date_of(around->now)));
	return rules_season(condition->codes, around->now);
}

static bool field_holds(const struct condition *condition, const struct matter *matter)
{
	int64_t left, right;
	if (condition->how == '?' || (condition->how == '=' && condition->codes))
		return has_code(condition, matter);
	return record_number(matter->record, condition->tag, &left) &&
	       term_number(&condition->right, matter, &right) &&
	       compare(condition->how, left, right);
}

static bool item_is(const struct condition *condition, const struct record *record)
{
	const struct field *given = field_named(record->kind, "answers"),
			   *list = field_named(record->kind, "list");
	struct answers answers;
	if (!given || !list ||
		!answers_about(record_text(record, list->tag), condition->left.text) ||
		!answers_take(record_text(record, given->tag), &answers) ||
		condition->tag > answers.count)
		return false;
	return one_of(condition->codes, bytes_of(&answers.at[condition->tag - 1], 1));
}

/* Of a person who is not known nothing holds. */
static bool is_his(const struct condition *condition, const struct matter *matter)
{
	const struct surroundings *around = matter->around;
	struct value value;
	int64_t right;
	bool known = false,
	     there = around->his && around->his(around->to, condition->tag, &value, &known);
	if (!known)
		return false;
	if (condition->how == '?')
		return !there;
	if (condition->how == '=' && condition->codes)
		return there && value.wire == WIRE_TEXT && any_of(condition->codes, value.text);
	return there && value.wire == WIRE_NUM && term_number(&condition->right, matter, &right) &&
	       compare(condition->how, value.num * MILLI, right);
}

/* That time alone will make it late is noted here: where another condition does not hold it makes
 * no difference. */
static bool is_late(const struct matter *matter)
{
	if (!matter->late && matter->until)
		(void)!rules_past(matter->around, matter->until);
	return matter->late;
}

/* What a place owes each day is late without being a record of a kind. */
static bool is_done(const struct record *record)
{
	const struct state *states = record->kind ? record->kind->states : NULL;

	return states && states[0].code && !(states[record->state].flags & STATE_OPEN);
}

/* It came to its state no later than any deadline that it has of its own. */
static bool is_in_time(const struct record *record)
{
	for (const struct field *f = record->kind->fields; f->tag; f++) {
		const struct cell *cell = f->flags & F_DUE ? record_cell(record, f->tag) : NULL;

		if (!cell || cell->value.wire != WIRE_NUM)
			continue;
		int64_t until = f->type == T_DATE ? date_end(cell->value.num) : cell->value.num;
		if (record->state_at > until)
			return false;
	}
	return true;
}

/* What is on at this station, whatever the record; how an item was answered; how it stands to its
 * deadlines. */
static bool is_so_here(const struct condition *condition, const struct matter *matter)
{
	const struct surroundings *around = matter->around;
	if (condition->about == ABOUT_INTIME)
		return is_in_time(matter->record);
	if (condition->about == ABOUT_SETTLED)
		return is_late(matter) || is_done(matter->record);
	if (condition->about == ABOUT_HIS)
		return is_his(condition, matter);
	if (condition->about == ABOUT_ITEM)
		return item_is(condition, matter->record);
	if (condition->about == ABOUT_SEASON)
		return in_season(condition, around);
	if (condition->about == ABOUT_HERE)
		return !strcmp(condition->codes, level_names[around->level]);
	if (condition->about == ABOUT_RESPONSE && around->asked)
		*around->asked |= ASKED_RESPONSE;
	return condition->about == ABOUT_RESPONSE && around->response &&
	       number_holds(condition, matter, around->response * (int64_t)MILLI);
}

static bool is_other(const struct cell *was, const struct cell *now)
{
	return was && !(now && value_equal(&was->value, &now->value));
}

static bool has_changed(const struct condition *condition, const struct matter *matter)
{
	const struct record *was = matter->was;
	bool changed = false;
	for (const struct field *f = was ? was->kind->fields : NULL; f && f->tag && !changed; f++)
		changed = one_of(condition->codes, bytes_text(f->name)) &&
			  is_other(record_cell(was, f->tag), record_cell(matter->record, f->tag));
	return changed;
}

/* Time that passes, until the limit, since it began, or since the one before a new one. */
static bool lapse_holds(const struct condition *condition, const struct matter *matter)
{
	int64_t now = matter->around->now;
	if (condition->about == ABOUT_LEFT)
		return matter->until && time_holds(condition, matter, matter->until - now, -1);
	if (condition->about == ABOUT_AGE)
		return time_holds(condition, matter, now - matter->record->at, 1);
	return matter->before && !matter->was &&
	       number_holds(condition, matter, (now - matter->before->at) * MILLI / DAY_SECONDS);
}

/* With another record, with itself as it was, or with whoever writes. */
static bool compares(const struct condition *condition, const struct matter *matter)
{
	const struct surroundings *around = matter->around;

	if (condition->about == ABOUT_CHANGED)
		return has_changed(condition, matter);
	if (condition->about == ABOUT_USER)
		return !around->himself ||
		       around->himself(around->to, matter->record, condition->tag);
	return around->like && around->like(around->to, matter->record, condition->codes);
}

static bool holds(const struct condition *condition, const struct matter *matter)
{
	int64_t left;
	switch (condition->about) {
	case ABOUT_FIELD:
		return field_holds(condition, matter);
	case ABOUT_ANY:
		return any_number(condition, matter);
	case ABOUT_LATE:
		return is_late(matter);
	case ABOUT_MINE:
		return matter->mine;
	case ABOUT_ANSWERED:
		return matter->answered;
	case ABOUT_ESCALATED:
		return matter->escalated;
	case ABOUT_TOLD:
		return matter->told;
	case ABOUT_LEFT:
	case ABOUT_AGE:
	case ABOUT_BEFORE:
		return lapse_holds(condition, matter);
	case ABOUT_USER:
	case ABOUT_LIKE:
	case ABOUT_CHANGED:
		return compares(condition, matter);
	case ABOUT_COUNT:
		return term_number(&condition->left, matter, &left) &&
		       number_holds(condition, matter, left);
	default:
		return is_so_here(condition, matter);
	}
}

bool rule_speaks(const struct rule *rule, enum rule_about about)
{
	enum subject subject = about == RULE_ANSWERED ? ABOUT_ANSWERED : ABOUT_ESCALATED;
	for (unsigned i = 0; i < rule->conditions; i++)
		if (about == RULE_BEFORE ? rule->condition[i].right.term == TERM_BEFORE
					 : rule->condition[i].about == subject)
			return true;
	return false;
}

bool rule_holds(const struct rule *rule, const struct matter *matter)
{
	for (unsigned i = 0; i < rule->conditions; i++)
		if (holds(&rule->condition[i], matter) == rule->condition[i].not )
			return false;
	return true;
}

const struct rule *rules_skip(const struct record *record)
{
	static const struct surroundings nothing;
	const struct matter matter = {.record = record, .around = &nothing};
	unsigned count;
	const struct rule *rule = rules_rows(RULE_SKIP, &count);
	for (unsigned n = 0; n < count; n++)
		if (rule[n].kind == record->kind_id && rule_holds(&rule[n], &matter))
			return &rule[n];
	return NULL;
}

bool rule_fits(const struct rule *rule, unsigned kind, int state)
{
	const struct kind *of = kind_of(kind);
	if (rule->kind && rule->kind != kind)
		return false;
	return !of || !of->states[0].code || rule->states & 1u << state;
}

const struct field *rule_field(const struct rule *rule, const struct kind *kind, unsigned n)
{
	for (unsigned i = 0; i < rule->conditions; i++)
		if (rule->condition[i].about == ABOUT_FIELD && !n--)
			return field_of(kind, rule->condition[i].tag);
	return NULL;
}

bool rule_of_person(const struct rule *rule)
{
	for (unsigned i = 0; i < rule->conditions; i++)
		if (rule->condition[i].about == ABOUT_USER || rule->condition[i].about == ABOUT_HIS)
			return true;
	return false;
}

void limit_name(char out[64], const char *name, const struct record *record)
{
	const char *brace = strchr(name, '{'), *end = brace ? strchr(brace, '}') : NULL;
	struct buf text = {0};
	char field[48] = "";
	if (end && (size_t)(end - brace) < sizeof field) {
		memcpy(field, brace + 1, (size_t)(end - brace - 1));
		const struct field *found = record->kind ? field_named(record->kind, field) : NULL;
		struct bytes code = found ? record_text(record, found->tag) : (struct bytes){0};
		buf_put(&text, name, (size_t)(brace - name));
		buf_put(&text, code.len ? (const void *)code.at : "unknown",
			code.len ? code.len : 7);
		buf_text(&text, end + 1);
	} else
		buf_text(&text, name);
	bytes_into(out, 64, buf_bytes(&text));
	buf_release(&text);
}
