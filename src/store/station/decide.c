/* SPDX-License-Identifier: GPL-3.0-or-later
 * A decision between two values that crossed: beside the record that says who decided and why
 * stands an ordinary edit by somebody who has seen both, so every fold ends the conflict the same
 * way.
 */
#include "store/inside.h"

#include "base/when.h"
#include "model/kinds.h"

#include <string.h>

enum { FIELD_NAME = 80 };

struct decided {
	struct ref record;
	char field[FIELD_NAME];
	char kept[LIMIT_TEXT + 1];
};

static bool read_body(struct bytes body, struct decided *decided)
{
	struct value value;
	unsigned tag;
	bool named = false;
	memset(decided, 0, sizeof *decided);
	while (body.len && take_field(&body, &tag, &value)) {
		if (tag == decision_record)
			named = value.wire == WIRE_BYTES && ref_take(value.text, &decided->record);
		else if (tag == decision_field)
			bytes_into(decided->field, sizeof decided->field, value.text);
		else if (tag == decision_kept)
			bytes_into(decided->kept, sizeof decided->kept, value.text);
	}
	return named;
}

/* By its name or, as people see it, by its label. */
static const struct field *field_meant(const struct kind *kind, const char *typed)
{
	const struct field *field = field_named(kind, typed);
	for (const struct field *f = kind->fields; !field && f->tag; f++)
		if (!strcmp(f->label, typed) || !strcmp(_(f->label), typed))
			field = f;
	return field && !(field->flags & F_FOLD) ? field : NULL;
}

/* The value that is to stand: as typed, or the one that stands when nothing was typed. */
static enum rc value_meant(struct store *store, const struct record *record,
	const struct field *field, const struct decided *decided, struct buf *keep,
	struct value *value, struct fault *fault)
{
	struct value_ways ways = store_ways(store, false);
	const struct cell *cell = record_cell(record, field->tag);
	const char *why = "";
	ways.now = store_now(store);
	if (!*decided->kept && cell) {
		*value = cell->value;
		return RC_OK;
	}
	if (*decided->kept && value_parse(field, decided->kept, &ways, keep, value, &why))
		return RC_OK;
	return fault_set(fault, RC_BAD, _("%s：字段 \"%s\""), *why ? why : _("没有可以采用的值"),
		_(field->label));
}

enum rc decide(struct store *store, const struct op *decision, struct fault *fault)
{
	struct arena arena = {0};
	struct buf body = {0}, keep = {0};
	struct decided decided;
	struct record record;
	struct history history;
	struct value value;
	const struct field *field = NULL;
	enum rc rc;
	if (!read_body(decision->body, &decided))
		return RC_OK; /* of a record that is only a text yet: it ends nothing */
	rc = store_record(store, decided.record, &arena, &record, &history, fault);
	if (!rc)
		field = record.kind ? field_meant(record.kind, decided.field) : NULL;
	if (!rc && !field)
		rc = fault_set(fault, RC_BAD, _("没有可以裁定的字段 \"%s\""), decided.field);
	if (!rc)
		rc = value_meant(store, &record, field, &decided, &keep, &value, fault);
	if (!rc) {
		struct op edit = {.kind = record.kind_id,
			.rec_site = decided.record.site,
			.rec_seq = decided.record.seq,
			.who = decision->who,
			.by = decision->by};
		put_field(&body, field->tag, &value);
		edit.body = buf_bytes(&body);
		rc = store_write(store, &edit, fault);
	}
	buf_release(&body);
	buf_release(&keep);
	arena_release(&arena);
	return rc;
}
