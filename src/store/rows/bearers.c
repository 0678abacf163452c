/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is called how: records by their name, however it is written, the nearest first. Whom a
 * thing's field means, and the number at which one reaches them now: that is the person's, and
 * copies of it on a depot, a team or a shelter grow old.
 */
#include "store/rows/internal.h"

#include "base/text.h"
#include "model/area.h"

/* How near: 0 there, 1 below, 2 above, 3 elsewhere. */
static unsigned ring_of(uint64_t area, uint64_t at)
{
	if (area == at)
		return 0;
	if (area_within(area, at))
		return 1;
	return area_within(at, area) ? 2 : 3;
}

enum { RINGS = 4 };

struct sorting {
	struct store *store;
	const struct name_query *query;
	const struct kind *kind;
	const struct field *field;
	struct bytes folded; /* the name that is asked for */
	unsigned order;      /* of those in OUT: lower is better */
	struct bearers *out;
};

static bool is_called(const struct sorting *s, const struct row *row)
{
	const struct value *name = row_value(row, s->field->tag);
	struct buf folded = {0};
	bool is;

	if (name)
		text_fold((const char *)name->text.at, name->text.len, &folded);
	is = bytes_equal(buf_bytes(&folded), s->folded);
	buf_release(&folded);
	return is;
}

static void take(struct sorting *s, const struct row *row)
{
	bool gone = !s->query->left && row_void(row);
	unsigned order = ring_of(row->area, s->query->area) + (gone ? RINGS : 0);
	struct bearers *out = s->out;

	if (order > s->order)
		return;
	if (order < s->order)
		out->count = 0;
	s->order = order;
	if (out->count < BEARERS)
		out->at[out->count] = row->ref;
	out->count++;
}

static enum rc weigh(struct sorting *s, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct kept *kept = NULL;
	struct row row;
	enum rc rc = kept_get(s->store, s->kind, ref, &arena, &kept, fault);

	if (!rc && kept && !kept->numbers[ROW_HIDDEN]) {
		kept_row(NULL, kept, &row);
		if (is_called(s, &row))
			take(s, &row);
	}
	arena_release(&arena);
	return rc;
}

enum rc store_bearers(struct store *store, const struct name_query *query, struct bearers *out,
	struct fault *fault)
{
	const struct kind *kind = kind_of(query->kind);
	struct sorting s = {.store = store,
		.query = query,
		.kind = kind,
		.field = kind ? called_field(kind) : NULL,
		.order = UINT32_MAX,
		.out = out};
	struct buf folded = {0};
	uint32_t at = 0;
	struct ref ref;
	enum rc rc;

	*out = (struct bearers){0};
	if (!s.field || !query->name.len)
		return RC_OK;
	text_fold((const char *)query->name.at, query->name.len, &folded);
	s.folded = buf_bytes(&folded);
	rc = store_look(store, fault);
	if (!rc)
		rc = called_read(store, kind, fault);
	while (!rc && called_next(store, kind, s.folded, &at, &ref))
		rc = weigh(&s, ref, fault);
	buf_release(&folded);
	return rc;
}

/* ---- whom a field means */

enum rc row_means(struct store *store, const struct row *row, unsigned tag, struct bearers *out,
	struct fault *fault)
{
	const struct field *field = field_of(row->kind, tag);
	const struct value *value = row_value(row, tag);

	*out = (struct bearers){0};
	if (!field || !value || !field_names_one(field))
		return RC_OK;
	if (value->wire == WIRE_BYTES) {
		out->count = ref_take(value->text, &out->at[0]);
		return RC_OK;
	}
	if (value->wire != WIRE_TEXT)
		return RC_OK;
	const struct name_query query = {field_target(field), value->text, row->area, true};
	return store_bearers(store, &query, out, fault);
}

bool value_record(struct store *store, const struct field *field, const struct value *value,
	uint64_t area, struct ref *ref)
{
	struct bearers who = {0};
	struct fault fault;

	if (value->wire == WIRE_BYTES)
		return ref_take(value->text, ref);
	const struct name_query query = {field_target(field), value->text, area, true};
	if (value->wire != WIRE_TEXT || !field_names_one(field) ||
		store_bearers(store, &query, &who, &fault) || who.count != 1)
		return false;
	*ref = who.at[0];
	return true;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* The same number, with or without separators and +86? */
static bool same_number(struct bytes a, struct bytes b)
{
	unsigned alike = 0;

	for (;;) {
		while (a.len && !is_digit(a.at[a.len - 1]))
			a.len--;
		while (b.len && !is_digit(b.at[b.len - 1]))
			b.len--;
		if (!a.len || !b.len || a.at[a.len - 1] != b.at[b.len - 1])
			break;
		a.len--;
		b.len--;
		alike++;
	}
	return alike >= 7 && (!a.len || !b.len);
}

static bool is_phone(const struct kind *kind, unsigned tag)
{
	const struct field *field = field_of(kind, tag);

	return field && field->type == T_PHONE;
}

/* Does one of the person's numbers, now, equal NUMBER? */
static bool has_number(const struct row *person, struct bytes number)
{
	for (const struct field *field = person->kind->fields; field->tag; field++) {
		const struct value *value = row_value(person, field->tag);

		if (field->type == T_PHONE && value && same_number(value->text, number))
			return true;
	}
	return false;
}

/* Did it, at any time? */
static bool had_number(struct store *store, const struct row *person, struct bytes number)
{
	struct arena arena = {0};
	struct record record;
	struct history history = {0};
	bool had = false;

	if (store_record(store, person->ref, &arena, &record, &history, NULL) != RC_OK)
		history.count = 0;
	for (size_t i = 0; i < history.count; i++) {
		struct bytes body = history.ops[i].body;
		struct value value;
		unsigned tag;

		while (body.len && take_field(&body, &tag, &value))
			had |= value.wire == WIRE_TEXT && is_phone(person->kind, tag) &&
			       same_number(value.text, number);
	}
	arena_release(&arena);
	return had;
}

/* Was it the number of who kept ROW before? */
static bool was_keepers(
	struct store *store, const struct row *row, unsigned tag, struct bytes number)
{
	struct arena arena = {0};
	struct record record;
	struct history history = {0};
	bool was = false;

	if (store_record(store, row->ref, &arena, &record, &history, NULL) != RC_OK)
		history.count = 0;
	for (size_t i = 0; i < history.count && !was; i++) {
		struct row before = {.kind = row->kind, .area = row->area}, person;
		struct bytes body = history.ops[i].body;
		int place = field_place(row->kind, tag);
		struct bearers who;
		unsigned one = 0;

		while (body.len && take_field(&body, &one, &before.values[place]) && one != tag)
			;
		before.has[place] = one == tag;
		was = row_means(store, &before, tag, &who, NULL) == RC_OK && who.count == 1 &&
		      store_row(store, who.at[0], &arena, &person, NULL) == RC_OK &&
		      had_number(store, &person, number);
	}
	arena_release(&arena);
	return was;
}

/* The first number of PERSON. */
static struct bytes number_of(const struct row *person)
{
	for (const struct field *field = person->kind->fields; field->tag; field++)
		if (field->type == T_PHONE && row_value(person, field->tag))
			return row_value(person, field->tag)->text;
	return (struct bytes){0, 0};
}

void row_phone(struct store *store, const struct row *row, struct buf *out)
{
	const struct field *keeper = field_flagged(row->kind, F_REACHED);
	const struct field *phone = field_named(row->kind, "phone");
	const struct value *value = phone ? row_value(row, phone->tag) : NULL;
	struct bytes own = value ? value->text : bytes_of(NULL, 0), now = {0, 0};
	struct arena arena = {0};
	struct bearers who = {0};
	struct row person;

	if (keeper && row_means(store, row, keeper->tag, &who, NULL) == RC_OK && who.count == 1 &&
		store_row(store, who.at[0], &arena, &person, NULL) == RC_OK)
		now = number_of(&person);
	bool his = now.len && own.len && has_number(&person, own);
	if (his || !now.len)
		now.len = 0;
	else if (own.len && was_keepers(store, row, keeper->tag, own))
		own.len = 0;
	buf_put(out, own.at, own.len);
	if (own.len && now.len)
		buf_byte(out, ' ');
	buf_put(out, now.at, now.len);
	arena_release(&arena);
}
