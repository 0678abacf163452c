/* SPDX-License-Identifier: GPL-3.0-or-later
 * What follows from a fact by the county's then rows: another record, a step, another number. It is
 * written in the same transaction by the station that wrote the fact, and what is made so starts no
 * row.
 */
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/change_inside.h"
#include "work/rules.h"

enum { MILLI = 1000, MINUTE = 60 };

struct following {
	const struct change *change; /* that was written */
	struct after after;          /* the record as it is now */
	struct world world;
	struct bytes line; /* of the field that `each` names, without "@who +minutes" at its end */
	struct bytes who;
	int64_t minutes; /* 0 = the line says none */
};

static struct ref self_of(const struct following *to)
{
	return (struct ref){to->change->op.rec_site, to->change->op.rec_seq};
}

/* ---- texts with {field} */

static const struct value *value_of(
	const struct following *to, const struct field *field, struct value *keep)
{
	struct bytes body = to->after.body;
	unsigned tag;
	const struct cell *cell;
	while (body.len && take_field(&body, &tag, keep))
		if (tag == field->tag)
			return keep;
	cell = record_cell(&to->after.record, field->tag);
	return cell ? &cell->value : NULL;
}

static const struct field *source_field(const struct following *to, const char *name)
{
	const struct field *field = field_named(to->change->kind, name);
	return field ? field : change_named(to->change, name);
}

static void put_word(const struct following *to, const char *name, struct buf *out)
{
	struct value_ways ways = store_ways(to->change->actor.store, false);
	const struct field *field = source_field(to, name);
	struct value keep;
	const struct value *value = field ? value_of(to, field, &keep) : NULL;
	char text[WHEN_TEXT];
	if (value) {
		value_show(field, value, &ways, out);
	} else if (!strcmp(name, "record")) {
		store_number(to->change->actor.store, self_of(to), text);
		buf_text(out, text);
	} else if (!strcmp(name, "now")) {
		when_show(to->world.around.now, text);
		buf_text(out, text);
	} else if (!strcmp(name, "today")) {
		date_show(date_of(to->world.around.now), text);
		buf_text(out, text);
	} else if (!strcmp(name, "line.text")) {
		buf_put(out, to->line.at, to->line.len);
	} else if (!strcmp(name, "line.who")) {
		buf_put(out, to->who.at, to->who.len);
	}
}

static void fill(const struct following *to, const char *text, struct buf *out)
{
	while (*text) {
		size_t len = strcspn(text, "{");
		char name[48] = "";

		buf_put(out, text, len);
		text += len;
		if (!*text)
			break;
		len = strcspn(++text, "}");
		memcpy(name, text, len < sizeof name ? len : sizeof name - 1);
		put_word(to, name, out);
		text += len + (text[len] != 0);
	}
}

/* "{today}+30d", "{now}+2h", "{now}+{line.minutes}": how much is added to the time before it;
 * false: it is no such text. */
static bool take_shift(const struct following *to, const char *text, size_t *len, int64_t *seconds)
{
	static const char by_line[] = "+{line.minutes}";
	const char *behind = strstr(text, by_line);
	if (behind && !behind[sizeof by_line - 1]) {
		*len = (size_t)(behind - text);
		*seconds = to->minutes * MINUTE;
		return true;
	}
	const char *plus = strrchr(text, '}');
	char *end;
	static const char units[] = "mhd";
	static const int64_t lengths[] = {60, 3600, DAY_SECONDS};
	int64_t number =
		plus && (plus[1] == '+' || plus[1] == '-') ? strtol(plus + 1, &end, 10) : 0;
	const char *unit = number ? strchr(units, *end) : NULL;
	if (!unit || !*unit || end[1])
		return false;
	*len = (size_t)(plus + 1 - text);
	*seconds = number * lengths[unit - units];
	return true;
}

/* A day for a time is that day's end. */
static bool day_end(
	bool date, const char *typed, int64_t now, struct value *value, const char **why)
{
	int64_t day;
	bool good = !date && date_parse(typed, now, &day, why);
	if (good)
		*value = value_num(date_end(day) - MINUTE);
	return good;
}

static bool set_shifted(struct change *made, const struct field *field, const struct following *to,
	const char *text, const char **why)
{
	char head[120] = "";
	size_t len;
	int64_t seconds;
	struct buf typed = {0}, keep = {0};
	struct value value;
	bool date = field->type == T_DATE;
	bool good = (date || field->type == T_TIME) && take_shift(to, text, &len, &seconds) &&
		    len < sizeof head;

	if (good) {
		memcpy(head, text, len);
		fill(to, head, &typed);
		good = change_read(made, field, buf_cstr(&typed), &keep, &value, why) ||
		       day_end(date, buf_cstr(&typed), to->world.around.now, &value, why);
	}
	if (good) {
		value.num = date ? date_add(value.num, (int)(seconds / DAY_SECONDS))
				 : value.num + seconds;
		good = change_put(made, field, value, why);
	}
	buf_release(&typed);
	buf_release(&keep);
	return good;
}

/* A blank says nothing, and leaves the field as it is. */
static enum rc set_field(struct change *made, const struct following *to, const char *name,
	const char *text, struct fault *fault)
{
	const struct field *field = change_named(made, name);
	const char *why = _("没有这个字段");
	struct buf typed = {0};
	enum rc rc = RC_OK;
	if (strstr(text, "{line.minutes}") && !to->minutes)
		return RC_OK;
	if (field && set_shifted(made, field, to, text, &why))
		return RC_OK;
	fill(to, text, &typed);
	if (typed.len && (!field || !change_set(made, name, buf_cstr(&typed), &why)))
		rc = fault_set(fault, RC_BAD, _("规则要填的字段 \"%s\"：%s"), name, why);
	buf_release(&typed);
	return rc;
}

/* Written as it is: the row allows what follows, whatever the person's role. What is not allowed of
 * the record in its state does not follow. */
static enum rc write_made(struct change *made, struct fault *fault)
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

/* ---- another record */

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

		if (given->how == CHANGE_GIVEN && field->type != T_DATE && field->type != T_TIME)
			same = value && value_equal(value, &given->value);
	}
	doubling->found = same;
	return !same;
}

static bool made_before(const struct change *made, struct ref about)
{
	struct doubling doubling = {made, false};
	struct query query = query_all(made->kind->id);
	struct fault fault;
	if (!field_flagged(made->kind, F_PARENT))
		return false;
	query.parent = about;
	query.state_flags = made->kind->states[0].code ? STATE_OPEN : 0;
	return !store_each(made->actor.store, &query, see_same, &doubling, &fault) &&
	       doubling.found;
}

static enum rc make(const struct following *to, const struct rule *rule, struct fault *fault)
{
	struct change made;
	enum rc rc = RC_OK;
	change_new(&made, &to->change->actor, kind_of(rule->made), (struct ref){0, 0});
	made.op.area = to->after.record.area;
	for (unsigned n = 0; n < rule->sets && !rc; n++)
		rc = set_field(&made, to, rule->set[n].field, rule->set[n].text, fault);
	change_defaults(&made);
	if (!rc && !made_before(&made, self_of(to)))
		rc = write_made(&made, fault);
	change_release(&made);
	return rc;
}

/* ---- a step of another record */

struct searching {
	struct ref ref;
	bool found;
};

static bool see_first(const struct row *row, void *to)
{
	*(struct searching *)to = (struct searching){row->ref, true};
	return false;
}

/* The open record that the first text of RULE means: household={household}; of the same kind, this
 * one. */
static enum rc search(const struct following *to, const struct rule *rule, struct searching *found,
	struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	const struct field *by = field_named(kind, rule->set[0].field);
	const struct field *from = source_field(to, rule->set[0].field);
	struct value keep;
	const struct value *value = by && from ? value_of(to, from, &keep) : NULL;
	struct query query = query_all(kind->id);

	*found = (struct searching){self_of(to), kind == to->change->kind};
	if (found->found)
		return RC_OK;
	if (!value)
		return RC_OK;
	query.filters[0] = (struct filter){.tag = by->tag, .how = '=', .value = *value};
	query.filter_count = 1;
	query.state_flags = STATE_OPEN;
	return store_each(to->change->actor.store, &query, see_first, found, fault);
}

static enum rc step(const struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	const struct step *taken = step_of(kind, rule->taken);
	struct searching found;
	struct record record;
	struct change change;
	enum rc rc = rule->sets ? search(to, rule, &found, fault) : RC_OK;
	unsigned first = kind != to->change->kind; /* which record is meant */

	if (rc || !rule->sets || !found.found)
		return rc;
	record = (struct record){
		.kind = kind, .kind_id = kind->id, .site = found.ref.site, .seq = found.ref.seq};
	change_step(&change, &to->change->actor, &record, taken);
	for (unsigned n = first; n < rule->sets && !rc; n++)
		rc = set_field(&change, to, rule->set[n].field, rule->set[n].text, fault);
	if (!rc)
		rc = write_made(&change, fault);
	change_release(&change);
	return rc;
}

/* ---- other numbers of another record, or of this one */

static bool target_of(const struct following *to, const struct kind *kind, struct ref *ref)
{
	*ref = self_of(to);
	if (to->change->kind == kind)
		return true;
	for (const struct field *f = to->change->kind->fields; f->tag; f++) {
		struct value keep;
		const struct value *value =
			f->type == T_REF && f->target == kind->id ? value_of(to, f, &keep) : NULL;

		if (value && value->wire == WIRE_BYTES && ref_take(value->text, ref))
			return true;
	}
	return false;
}

/* "+{quantity}", "-{quantity}": the sum with what stands there. */
static enum rc set_sum(struct change *made, const struct following *to, const struct record *record,
	const struct field *field, const char *text)
{
	struct record source = to->after.record;
	char name[48] = "";
	const char *why;
	int64_t have = 0, more;
	size_t len = strlen(text);
	if (len < 4 || len > sizeof name)
		return RC_OK;
	memcpy(name, text + 2, len - 3);
	const struct field *from = field_named(source.kind, name);
	if (!from || !record_number(&source, from->tag, &more) ||
		!record_number(record, field->tag, &have))
		return RC_OK; /* what nobody counted does not change by what goes out */
	have = *text == '-' ? have - more : have + more;
	(void)change_put(made, field, value_num(field->type == T_DEC ? have : have / MILLI), &why);
	return RC_OK;
}

static enum rc set(const struct following *to, const struct rule *rule, struct fault *fault)
{
	const struct kind *kind = kind_of(rule->made);
	struct arena arena = {0};
	struct history history;
	struct record record;
	struct change made;
	struct ref ref;
	enum rc rc = RC_OK;
	if (!target_of(to, kind, &ref))
		return RC_OK;
	rc = store_record(to->change->actor.store, ref, &arena, &record, &history, fault);
	if (!rc) {
		change_edit(&made, &to->change->actor, kind, ref);
		for (unsigned n = 0; n < rule->sets && !rc; n++) {
			const char *text = rule->set[n].text;
			const struct field *field = field_named(kind, rule->set[n].field);

			if (kind == to->change->kind && change_value(to->change, field->tag))
				continue; /* who writes it has said so himself */
			bool sum = (*text == '+' || *text == '-') && text[1] == '{';

			rc = sum ? set_sum(&made, to, &record, field, text)
				 : set_field(&made, to, field->name, text, fault);
		}
		if (!rc && made.count)
			rc = write_made(&made, fault);
		change_release(&made);
	}
	arena_release(&arena);
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
		return set(to, rule, fault);
	}
	return RC_OK;
}

/* "… @崔丽娟 +15", "… +15": who, and within how many minutes. */
static void take_tail(struct following *to)
{
	static const char digits[] = "0123456789";
	to->who = (struct bytes){0};
	to->minutes = 0;
	for (;;) {
		size_t at = to->line.len;
		while (at && to->line.at[at - 1] != ' ')
			at--;
		char word[48] = "";
		struct bytes tail = bytes_of(to->line.at + at, to->line.len - at);
		bytes_into(word, sizeof word, tail);
		if (at && *word == '+' && word[1] && !word[1 + strspn(word + 1, digits)])
			to->minutes = strtol(word + 1, NULL, 10);
		else if (at && *word == '@' && word[1])
			to->who = bytes_of(tail.at + 1, tail.len - 1);
		else
			return;
		to->line.len = at - 1;
	}
}

static enum rc follow_lines(
	struct following *to, const struct rule *rule, struct bytes left, struct fault *fault)
{
	enum rc rc = RC_OK;
	while (left.len && !rc) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len;

		to->line = bytes_of(left.at, len);
		take_tail(to);
		if (to->line.len)
			rc = follow_once(to, rule, fault);
		left = bytes_of(left.at + len + (end != NULL), left.len - len - (end != NULL));
	}
	return rc;
}

/* The text of the record that VALUE names: the steps of a card. */
static enum rc follow_record(struct following *to, const struct rule *rule,
	const struct value *value, struct fault *fault)
{
	struct arena arena = {0};
	struct ref ref;
	struct row row;
	enum rc rc = RC_OK;
	if (value->wire != WIRE_BYTES || !ref_take(value->text, &ref))
		return RC_OK;
	rc = store_row(to->change->actor.store, ref, &arena, &row, fault);
	const struct field *text = rc ? NULL : field_named(row.kind, "text");
	const struct value *lines = text ? row_value(&row, text->tag) : NULL;
	if (lines)
		rc = follow_lines(to, rule, lines->text, fault);
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

/* Once for each line of the field that `each` names. */
static enum rc follow_each(struct following *to, const struct rule *rule, struct fault *fault)
{
	char name[48] = "";
	struct value keep;
	if (!rule->each)
		return follow_once(to, rule, fault);
	memcpy(name, rule->each,
		strcspn(rule->each, ".") < sizeof name ? strcspn(rule->each, ".") : 0);
	const struct field *field = source_field(to, name);
	const struct value *value = field ? value_of(to, field, &keep) : NULL;
	if (!value)
		return RC_OK;
	return field->type == T_REF ? follow_record(to, rule, value, fault)
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
	enum rc rc = after_of(&to.after, change, fault);
	world_open(
		&to.world, change->actor.store, change->actor.user, store_now(change->actor.store));
	for (unsigned n = 0; n < count && !rc; n++) {
		const struct matter matter = {.record = &to.after.record,
			.body = to.after.body,
			.around = &to.world.around};

		if (rules[n].kind == change->kind->id && rules[n].step == change->op.step &&
			rule_holds(&rules[n], &matter))
			rc = follow_each(&to, &rules[n], fault);
	}
	after_release(&to.after);
	return rc;
}
