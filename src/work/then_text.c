/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the texts of then rows say: fields of the fact and its record, lines, and times counted from
 * another.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/change_inside.h"
#include "work/figures.h"
#include "work/lists.h"

enum { MINUTE = 60, LISTED_MOST = 3000 };

struct ref then_self(const struct following *to)
{
	return (struct ref){to->change->op.rec_site, to->change->op.rec_seq};
}

/* ---- texts with {field} */

const struct value *then_value(
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

const struct field *then_field(const struct following *to, const char *name)
{
	const struct field *field = field_named(to->change->kind, name);
	return field ? field : change_named(to->change, name);
}

/* "point.rain_alarm": a field of the record that another one points to. False: it is no such word.
 */
static bool put_other(const struct following *to, const char *name, const struct value_ways *ways,
	struct buf *out)
{
	char pointer[48] = "";
	size_t len = strcspn(name, ".");
	struct store *store = to->change->actor.store;
	struct arena arena = {0};
	struct value keep;
	struct fault fault;
	struct ref ref;
	struct row row;

	if (!name[len] || len >= sizeof pointer)
		return false;
	memcpy(pointer, name, len);
	const struct field *field = then_field(to, pointer);
	const struct value *value = field ? then_value(to, field, &keep) : NULL;
	if (value && value_record(store, field, value, to->after.record.area, &ref) &&
		store_row(store, ref, &arena, &row, &fault) == RC_OK) {
		const struct field *wanted = field_named(row.kind, name + len + 1);
		const struct value *there = wanted ? row_value(&row, wanted->tag) : NULL;

		if (there)
			value_show(wanted, there, ways, out);
	} else if (value && value->wire == WIRE_TEXT && !strcmp(name + len + 1, "name")) {
		buf_put(out, value->text.at,
			value->text.len); /* what is registered nowhere has its name */
	}
	arena_release(&arena);
	return field != NULL;
}

/* ---- numbers */

static bool number_at(const struct row *row, const char *name, int64_t *number)
{
	const struct field *field = field_named(row->kind, name);
	struct record record;

	row_record(row, &record);
	return field && record_number(&record, field->tag, number);
}

/* One word of a sum: a field, or a field of the record that another one points to. */
static bool one_number(const struct following *to, const char *name, int64_t *number)
{
	const char *dot = strchr(name, '.');
	const struct field *field = dot ? NULL : field_named(to->change->kind, name);
	struct store *store = to->change->actor.store;
	char pointer[THEN_WORD] = "";
	struct arena arena = {0};
	struct fault fault;
	struct value keep;
	struct ref ref;
	struct row row;

	if (field)
		return record_number(&to->after.record, field->tag, number);
	memcpy(pointer, name, dot ? (size_t)(dot - name) : 0);
	field = *pointer ? then_field(to, pointer) : NULL;
	const struct value *value = field ? then_value(to, field, &keep) : NULL;
	bool known = value && value_record(store, field, value, to->after.record.area, &ref) &&
		     store_row(store, ref, &arena, &row, &fault) == RC_OK &&
		     number_at(&row, dot + 1, number);
	arena_release(&arena);
	return known;
}

bool then_number(const struct following *to, const char *name, int64_t *number)
{
	char left[THEN_WORD] = "";
	const char *minus = strchr(name, '-');
	int64_t right = 0;

	if (!minus)
		return strlen(name) < sizeof left && one_number(to, name, number);
	if (minus - name >= (ptrdiff_t)sizeof left)
		return false;
	memcpy(left, name, (size_t)(minus - name));
	if (!one_number(to, left, number))
		return false;
	(void)one_number(to, minus + 1, &right);
	*number -= right;
	return true;
}

/* ---- running numbers of slips */

struct numbering {
	const char *head;
	const struct field *field;
	unsigned long last;
};

static bool see_slip(const struct row *row, void *to)
{
	struct numbering *numbering = to;
	const struct value *value = row_value(row, numbering->field->tag);
	size_t len = strlen(numbering->head);
	char text[THEN_WORD] = "";

	if (value && value->wire != WIRE_NUM)
		bytes_into(text, sizeof text, value->text);
	if (!strncmp(text, numbering->head, len)) {
		unsigned long nth = strtoul(text + len, NULL, 10);

		if (nth > numbering->last)
			numbering->last = nth;
	}
	return true;
}

/* "slip.DB": the next number of such slips here, BXZ-DB-12. It stands in the field order_no. */
static bool put_slip(const struct following *to, const char *name, struct buf *out)
{
	static const char word[] = "slip.";
	struct store *store = to->change->actor.store;
	char head[THEN_WORD];
	struct numbering numbering = {head, field_named(to->change->kind, "order_no"), 0};
	struct query query = query_all(to->change->kind->id);
	struct fault fault;

	if (strncmp(name, word, sizeof word - 1) != 0 || !numbering.field)
		return false;
	snprintf(head, sizeof head, "%s-%s-", store_station(store)->code, name + sizeof word - 1);
	query.filters[0] =
		(struct filter){.tag = numbering.field->tag, .how = '~', .value = value_text(head)};
	query.filter_count = 1;
	if (!store_each(store, &query, see_slip, &numbering, &fault))
		buf_fmt(out, "%s%lu", head, numbering.last + 1);
	return true;
}

static bool put_number(const struct following *to, const char *name, struct buf *out)
{
	static const struct field dec = {.type = T_DEC};
	struct value_ways ways = store_ways(to->change->actor.store, false);
	int64_t number;

	if (!strchr(name, '-') || !then_number(to, name, &number))
		return false;
	value_show(&dec, &(struct value){.wire = WIRE_NUM, .num = number}, &ways, out);
	return true;
}

/* ---- what there is now */

/* "count.teams": what that row counts, of this place and below. */
static bool put_count(const struct following *to, const char *name, struct buf *out)
{
	static const char word[] = "count.";
	const struct rule *rule = strncmp(name, word, sizeof word - 1)
					  ? NULL
					  : rules_named(RULE_COUNT, name + sizeof word - 1);
	struct world world;
	struct arena arena = {0};
	struct counted counted;
	struct fault fault;
	struct store *store = to->change->actor.store;

	if (!rule)
		return false;
	world_open(&world, store, to->change->actor.user, to->world.around.now);
	const struct counting_of of = {.area = to->after.record.area, .at = world.around.now};
	if (!count_load(&counted, &world, rule, &of, &arena, &fault))
		figure_number(counted.number, out);
	arena_release(&arena);
	return true;
}

struct listing {
	const struct following *to;
	struct buf *out;
};

static bool see_listed(const struct row *row, void *to)
{
	static const char *const says[] = {
		"spec", "quantity", "unit", "members", "number", "store"};
	struct listing *listing = to;
	struct store *store = listing->to->change->actor.store;

	if (row_void(row) || row->area != listing->to->after.record.area)
		return true;
	row_title(store, row, listing->out);
	for (size_t n = 0; n < countof(says); n++) {
		const struct field *field = field_named(row->kind, says[n]);

		if (!field || !row_value(row, field->tag))
			continue;
		buf_byte(listing->out, ' ');
		row_field(store, row, field->tag, true, listing->out);
	}
	buf_byte(listing->out, '\n');
	return listing->out->len < LISTED_MOST;
}

/* "list.supply": a line for each that lies here. */
static bool put_list(const struct following *to, const char *name, struct buf *out)
{
	static const char word[] = "list.";
	const struct kind *kind =
		strncmp(name, word, sizeof word - 1) ? NULL : kind_named(name + sizeof word - 1);
	struct listing listing = {to, out};
	struct query query = query_all(kind ? kind->id : 0);
	struct fault fault;

	if (kind)
		(void)!store_each(to->change->actor.store, &query, see_listed, &listing, &fault);
	return kind;
}

/* ---- words */

/* What a line of `each`, or an item of a checklist, says. */
static void put_part(const struct following *to, const char *name, struct buf *out)
{
	const struct {
		const char *name;
		struct bytes text;
	} parts[] = {{"line.text", to->line}, {"line.who", to->who}, {"item.text", to->line},
		{"item.note", to->note}, {"item.category", to->category},
		{"item.grade", to->grade}};

	for (size_t n = 0; n < countof(parts); n++)
		if (!strcmp(parts[n].name, name)) {
			/* zh: of what is written */
			if (!strcmp(name, "item.note") && to->note.len)
				buf_text(out, "，");
			buf_put(out, parts[n].text.at, parts[n].text.len);
		}
}

static void put_ref(const struct following *to, struct ref ref, struct buf *out)
{
	char number[32];

	store_number(to->change->actor.store, ref, number);
	if (ref.seq)
		buf_text(out, number);
}

/* Of the household that has to leave. */
static void put_home(const struct following *to, const char *name, struct buf *out)
{
	const struct home *home = to->home;

	if (!strcmp(name, "home"))
		put_ref(to, home->household, out);
	if (strncmp(name, "home.", strlen("home.")) != 0)
		return;
	name += strlen("home.");
	if (!strcmp(name, "point"))
		put_ref(to, home->point, out);
	else if (!strcmp(name, "shelter"))
		buf_text(out, home->shelter);
	else if (!strcmp(name, "people") && home->people >= 0)
		buf_fmt(out, "%lld", (long long)home->people);
}

/* In a TEXT a record stands with its title, a code with its name; in any other field as what is
 * read there again. */
static void put_word(const struct following *to, const char *name, bool text_field, struct buf *out)
{
	const struct field *field = then_field(to, name);
	bool named = text_field && field && (field->type == T_REF || field->type == T_CODE);
	struct value_ways ways = store_ways(to->change->actor.store, named);
	struct value keep;
	const struct value *value = field ? then_value(to, field, &keep) : NULL;
	char text[WHEN_TEXT];
	if (value) {
		value_show(field, value, &ways, out);
	} else if (put_number(to, name, out) || put_slip(to, name, out) ||
		   put_count(to, name, out) || put_list(to, name, out) ||
		   put_other(to, name, &ways, out)) {
		return;
	} else if (!strcmp(name, "area")) {
		area_title(to->after.record.area, out);
	} else if (!strcmp(name, "record")) {
		store_number(to->change->actor.store, then_self(to), text);
		buf_text(out, text);
	} else if (!strcmp(name, "now")) {
		when_show(to->world.around.now, text);
		buf_text(out, text);
	} else if (!strcmp(name, "today")) {
		date_show(date_of(to->world.around.now), text);
		buf_text(out, text);
	} else if (to->home) {
		put_home(to, name, out);
	} else {
		put_part(to, name, out);
	}
}

const struct value *then_named(const struct following *to, const char *name)
{
	const struct field *field = field_named(to->change->kind, name);
	const struct cell *cell = field ? record_cell(&to->after.record, field->tag) : NULL;

	return cell ? &cell->value : NULL;
}

static void fill(const struct following *to, const char *text, bool text_field, struct buf *out)
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
		put_word(to, name, text_field, out);
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

/* "{due}+{period}": that day and one period more, and more as long as it is past. */
static bool set_period(struct change *made, const struct field *field, const struct following *to,
	const char *text, const char **why)
{
	static const char middle[] = "}+{";
	const char *plus = strstr(text, middle);
	char first[48] = "", second[48] = "", code[24];
	int64_t today = date_of(to->world.around.now), day;
	size_t len = plus ? (size_t)(plus - text) : 0, rest = plus ? strlen(plus + 3) : 0;
	if (!len || len > sizeof first || !rest || rest > sizeof second)
		return false;
	memcpy(first, text + 1, len - 1);
	memcpy(second, plus + 3, rest - 1);
	const struct value *from = then_named(to, first), *period = then_named(to, second);
	if (!period || period->wire != WIRE_TEXT)
		return false;
	bytes_into(code, sizeof code, period->text);
	day = from && from->wire == WIRE_NUM && from->num ? from->num
							  : rules_period_end(code, today);
	do
		day = rules_period_add(code, day);
	while (day <= today);
	return change_put(made, field, value_num(day), why);
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
		fill(to, head, false, &typed);
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
enum rc then_set(struct change *made, const struct following *to, const char *name,
	const char *text, struct fault *fault)
{
	const struct field *field = change_named(made, name);
	const char *why = _("没有这个字段");
	struct buf typed = {0};
	enum rc rc = RC_OK;
	if (strstr(text, "{line.minutes}") && !to->minutes)
		return RC_OK;
	if (field && (set_shifted(made, field, to, text, &why) ||
			     (field->type == T_DATE && set_period(made, field, to, text, &why))))
		return RC_OK;
	fill(to, text, field && (field->type == T_TEXT || field->type == T_LONG), &typed);
	if (typed.len && (!field || !change_set(made, name, buf_cstr(&typed), &why)))
		rc = fault_set(fault, RC_BAD, _("规则要填的字段 \"%s\"：%s"), name, why);
	buf_release(&typed);
	return rc;
}

/* "… @崔丽娟 +15", "… +15": who, and within how many minutes. */
void then_tail(struct following *to)
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
