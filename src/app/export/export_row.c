/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as the imports take it back: fields by name, codes and not labels, other records by
 * their full id.
 */
#include "format/csv.h"
#include "app/import.h"
#include "app/record.h"

#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

static bool ref_id(const struct field *field, const struct value *value, char id[32])
{
	struct ref ref;

	if (field->type != T_REF || value->wire != WIRE_BYTES || !ref_take(value->text, &ref))
		return false;
	store_id(ref, id);
	return true;
}

/* Who may log in is each station's own affair. */
static bool stays_here(const struct kind *kind, const struct field *field)
{
	return kind->id == KIND_person && field->tag == person_login;
}

static void author(struct store *store, const struct row *row, struct buf *out)
{
	store_author_of(store, row->by_site, row->by_who, row->by, out);
}

void export_row_json(struct json_out *out, struct store *store, const struct row *row)
{
	struct buf by = {0};
	char text[WHEN_TEXT];

	json_open(out, '{');
	store_id(row->ref, text);
	json_key_text(out, "ref", text);
	record_head(out, store, row);
	when_rfc(row->at, text);
	json_key_text(out, "at", text);
	author(store, row, &by);
	json_key_text(out, "by", buf_cstr(&by));
	json_key(out, "fields");
	json_open(out, '{');
	for (const struct field *f = row->kind->fields; f->tag; f++) {
		const struct value *value = row_value(row, f->tag);

		if (!value || stays_here(row->kind, f))
			continue;
		json_key(out, f->name);
		if (ref_id(f, value, text))
			json_text(out, text);
		else
			record_value(out, store, f, value);
	}
	json_close(out, '}');
	json_close(out, '}');
	buf_release(&by);
}

static void step_fields(
	struct json_out *out, struct store *store, const struct kind *kind, const struct op *op)
{
	const struct step *step = step_of(kind, op->step);
	struct bytes body = op->body;
	struct value value;
	unsigned tag;
	char id[32];

	json_key(out, "fields");
	json_open(out, '{');
	while (body.len && take_field(&body, &tag, &value)) {
		const struct field *field = record_field(kind, step, tag);

		if (!field)
			continue; /* of a newer program: it cannot be named here */
		json_key(out, field->name);
		if (ref_id(field, &value, id))
			json_text(out, id);
		else
			record_value(out, store, field, &value);
	}
	json_close(out, '}');
}

static void step_json(
	struct json_out *out, struct store *store, const struct kind *kind, const struct op *op)
{
	struct buf by = {0};
	char text[WHEN_TEXT];

	json_line(out);
	json_open(out, '{');
	json_key_text(out, "step", step_of(kind, op->step)->verb);
	store_id((struct ref){op->site, op->seq}, text);
	json_key_text(out, "ref", text);
	store_id((struct ref){op->rec_site, op->rec_seq}, text);
	json_key_text(out, "of", text);
	when_rfc(op_at(op), text);
	json_key_text(out, "at", text);
	store_author(store, op, &by);
	json_key_text(out, "by", buf_cstr(&by));
	step_fields(out, store, kind, op);
	json_close(out, '}');
	buf_release(&by);
}

enum rc export_steps_json(
	struct json_out *out, struct store *store, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	enum rc rc = store_record(store, ref, &arena, &record, &history, fault);

	for (size_t i = 0; !rc && record.kind && i < history.count; i++) {
		const struct op *op = &history.ops[i];

		if (op->step && history.verdicts[i] == V_GOOD && step_of(record.kind, op->step))
			step_json(out, store, record.kind, op);
	}
	arena_release(&arena);
	return rc;
}

static const struct field *other_of_label(const struct kind *kind, const struct field *field)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f != field && !strcmp(f->label, field->label))
			return f;
	return NULL;
}

void export_head_csv(struct buf *out, const struct kind *kind, bool sheet)
{
	static const char *const own[] = {"ref", "number", "area", "at", "by", "state"};

	for (size_t i = 0; i < countof(own); i++)
		csv_text(out, own[i], i == 0);
	for (const struct field *f = kind->fields; f->tag; f++)
		if (!stays_here(kind, f))
			csv_text(out, sheet && !other_of_label(kind, f) ? _(f->label) : f->name,
				false);
	csv_end(out);
}

static void put(struct buf *out, struct bytes text, bool first, bool sheet)
{
	if (sheet)
		csv_sheet(out, text, first);
	else
		csv_cell(out, text, first);
}

/* What every record has of its own. */
static void put_own(struct buf *out, struct store *store, const struct row *row, bool sheet)
{
	struct buf cell = {0};
	char text[WHEN_TEXT];

	store_id(row->ref, text);
	put(out, bytes_text(text), true, sheet);
	store_number(store, row->ref, text);
	put(out, bytes_text(text), false, sheet);
	area_show(row->area, text);
	put(out, bytes_text(text), false, sheet);
	when_rfc(row->at, text);
	put(out, bytes_text(text), false, sheet);
	author(store, row, &cell);
	put(out, buf_bytes(&cell), false, sheet);
	put(out, bytes_text(record_state(row->kind, row->state)), false, sheet);
	buf_release(&cell);
}

/* What a spreadsheet may take for the number or the day that it is. */
static bool stays_number(const struct field *field, const struct value *value)
{
	if (field->type == T_DATE && value->wire == WIRE_NUM)
		return value->num % 100 != 0;
	return field->type == T_NUM || field->type == T_DEC || field->type == T_LON ||
	       field->type == T_LAT || field->type == T_BOOL;
}

void export_row_csv(struct buf *out, struct store *store, const struct row *row, bool sheet)
{
	struct value_ways ways = store_ways(store, false);
	struct buf cell = {0};
	char id[32];

	put_own(out, store, row, sheet);
	for (const struct field *f = row->kind->fields; f->tag; f++) {
		const struct value *value = row_value(row, f->tag);
		bool kept = !value || stays_number(f, value);

		if (stays_here(row->kind, f))
			continue;
		buf_clear(&cell);
		if (value && ref_id(f, value, id))
			buf_text(&cell, id);
		else if (value)
			value_show(f, value, &ways, &cell);
		put(out, buf_bytes(&cell), false, sheet && !kept);
	}
	csv_end(out);
	buf_release(&cell);
}
