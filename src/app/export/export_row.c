/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as the imports take it back: fields by name, codes and not labels, other records by
 * their full id.
 */
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
