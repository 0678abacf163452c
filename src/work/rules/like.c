/* SPDX-License-Identifier: GPL-3.0-or-later
 * What looks alike: another open record of the same kind and place that says the same where a row
 * of the rules looks. It is for a person to say whether it is the same thing.
 */
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "work/rules/internal.h"

enum { LIKE_DAYS = 30, NEWEST = 500 };

struct seeking {
	const struct record *record;
	const char *names;
	int64_t since;
	struct ref found;
};

/* Texts without what people leave out or put in: blanks, full width, capitals. One may hold the
 * other. */
static bool texts_alike(struct bytes one, struct bytes other)
{
	enum { LEAST = 6 }; /* bytes: two hanzi, or a word */
	struct buf a = {0}, b = {0};

	text_fold((const char *)one.at, one.len, &a);
	text_fold((const char *)other.at, other.len, &b);
	bool same = a.len && b.len &&
		    (!strcmp(buf_cstr(&a), buf_cstr(&b)) ||
			    (a.len >= LEAST && strstr(buf_cstr(&b), buf_cstr(&a))) ||
			    (b.len >= LEAST && strstr(buf_cstr(&a), buf_cstr(&b))));
	buf_release(&a);
	buf_release(&b);
	return same;
}

static bool field_alike(const struct seeking *seeking, const struct row *row, const char *name)
{
	const struct field *field = field_named(row->kind, name);
	const struct cell *cell = field ? record_cell(seeking->record, field->tag) : NULL;
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	if (!cell || !value)
		return false;
	return field->type == T_TEXT || field->type == T_LONG
		       ? texts_alike(cell->value.text, value->text)
		       : value_equal(&cell->value, value);
}

static bool see_alike(const struct row *row, void *to)
{
	struct seeking *seeking = to;
	const struct record *record = seeking->record;
	char name[48];

	if (row->at < seeking->since || row->area != record->area ||
		(row->ref.site == record->site && row->ref.seq == record->seq))
		return true;
	for (const char *at = seeking->names; *at;) {
		size_t len = strcspn(at, ",");

		bytes_into(name, sizeof name, bytes_of(at, len));
		if (!field_alike(seeking, row, name))
			return true;
		at += len + (at[len] == ',');
	}
	seeking->found = row->ref;
	return false;
}

bool world_like(void *to, const struct record *record, const char *names)
{
	struct world *world = to;
	int64_t days = rules_limit("like.days", LIKE_DAYS);
	struct seeking seeking = {
		.record = record, .names = names, .since = world->around.now - days * DAY_SECONDS};
	struct query query = query_all(record->kind_id);
	struct fault fault;

	if (record->kind->states[0].code)
		query.state_flags = STATE_OPEN;
	query.area = record->area;
	query.limit = NEWEST;
	if (!store_each(world->store, &query, see_alike, &seeking, &fault))
		world->like = seeking.found;
	return world->like.seq != 0;
}
