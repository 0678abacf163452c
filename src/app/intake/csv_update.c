/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row that is a record which is here: what differs becomes an edit that names the file. A row
 * that is as in the last table changes nothing, whatever has been written here since.
 */
#include "app/intake/csv_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/crypt.h"
#include "base/text.h"
#include "store/db.h"
#include "store/station.h"

/* ---- what was delivered */

enum { PART_END = 0x1f };

/* Beside the hash of a row: nothing had to be said of its cells. It is the same row when it comes
 * again, without a look into them. */
static const int64_t CLEAN = (int64_t)1 << 56;

static uint64_t hash_of(struct bytes bytes)
{
	uint8_t hash[HASH_SIZE];
	uint64_t number = 0;

	crypt_hash(bytes, hash);
	for (int i = 0; i < 7; i++)
		number = number << 8 | hash[i];
	return number;
}

static int64_t row_hash(const struct csv_in *csv, const struct sheet_row *row)
{
	struct buf text = {0};

	for (unsigned i = 0; i < csv->head.count; i++)
		if (csv->head.column[i].name) {
			buf_text(&text, csv->head.column[i].name);
			buf_byte(&text, PART_END);
			buf_text(&text, sheet_cell(row, i));
			buf_byte(&text, PART_END);
		}
	int64_t hash = (int64_t)hash_of(buf_bytes(&text)) | 1; /* 0 is nothing */
	buf_release(&text);
	return hash;
}

int64_t csv_clean_hash(const struct csv_in *csv, const struct sheet_row *row)
{
	return row_hash(csv, row) | CLEAN;
}

static struct kv delivered_of(const struct csv_in *csv, struct ref ref, char id[32])
{
	store_id(ref, id);
	return kv_part(KV_DELIVERED, hash_of(bytes_text(csv->in->actor.source)), id);
}

bool csv_was_delivered(const struct csv_in *csv, struct ref ref)
{
	char id[32];

	return kv_num(csv->in->actor.store, delivered_of(csv, ref, id), 0);
}

bool csv_is_delivered(const struct csv_in *csv, const struct sheet_row *row, struct ref ref)
{
	char id[32];

	return (kv_num(csv->in->actor.store, delivered_of(csv, ref, id), 0) & ~CLEAN) ==
	       row_hash(csv, row);
}

void csv_each_delivered(
	const struct csv_in *csv, void (*fn)(void *to, const char *id, int64_t row), void *to)
{
	kv_each_num(csv->in->actor.store, KV_DELIVERED, hash_of(bytes_text(csv->in->actor.source)),
		fn, to);
}

enum rc csv_delivered(
	struct csv_in *csv, const struct csv_record *record, struct ref ref, struct fault *fault)
{
	int64_t row = row_hash(csv, record->row) | (record->noted ? 0 : CLEAN);
	char id[32];

	if (!csv->in->open)
		return RC_OK; /* nothing was written with it */
	return kv_num_set(csv->in->actor.store, delivered_of(csv, ref, id), row, fault);
}

/* ---- what differs */

static bool same_phone(struct bytes a, struct bytes b)
{
	struct buf one = {0}, two = {0};

	csv_phone(a, &one);
	csv_phone(b, &two);
	bool same = bytes_equal(buf_bytes(&one), buf_bytes(&two));
	buf_release(&one);
	buf_release(&two);
	return same;
}

/* A name that was tied to its record is the same name. */
static bool same_shown(const struct csv_in *csv, const struct field *field, const struct value *a,
	const struct value *b)
{
	struct value_ways ways = store_ways(csv->in->actor.store, true);
	struct buf one = {0}, two = {0};

	value_show(field, a, &ways, &one);
	value_show(field, b, &ways, &two);
	bool same = bytes_equal(buf_bytes(&one), buf_bytes(&two));
	buf_release(&one);
	buf_release(&two);
	return same;
}

static bool same_value(const struct csv_in *csv, const struct field *field, const struct value *a,
	const struct value *b)
{
	if (!b || value_equal(a, b))
		return b != NULL;
	if (field->type == T_PHONE && a->wire == WIRE_TEXT && b->wire == WIRE_TEXT)
		return same_phone(a->text, b->text);
	return field->type == T_REF && same_shown(csv, field, a, b);
}

/* What a try would change. */
static void tell(const struct csv_in *csv, const struct csv_record *record, const struct row *row,
	const struct change_value *value)
{
	const struct field *field = field_of(csv->kind, value->tag);
	struct value_ways ways = store_ways(csv->in->actor.store, true);
	struct buf was = {0}, is = {0};
	char number[32];

	row_field(csv->in->actor.store, row, field->tag, true, &was);
	value_show(field, &value->value, &ways, &is);
	store_number(csv->in->actor.store, row->ref, number);
	intake_tell(csv->in, (struct intake_place){DONE_NOTED, record->row->line, _(field->label)},
		_("%s 由 \"%s\" 改为 \"%s\""), number, buf_cstr(&was), buf_cstr(&is));
	buf_release(&was);
	buf_release(&is);
}

static bool differs(const struct csv_in *csv, const struct csv_record *record,
	const struct row *row, const struct change_value *value)
{
	const struct field *field = field_of(csv->kind, value->tag);
	const struct value *there = row_value(row, value->tag);

	if (value->how != CHANGE_GIVEN || same_value(csv, field, &value->value, there))
		return false;
	/* What is written here weighs more than a remark beside a number. */
	return !(record->remarked && there && !strcmp(field->name, "text"));
}

static bool any_differs(
	const struct csv_in *csv, const struct csv_record *record, const struct row *row)
{
	for (unsigned i = 0; i < record->change.count; i++)
		if (differs(csv, record, row, &record->change.values[i]))
			return true;
	return false;
}

/* The author of the edit is the file. */
static void name_file(struct csv_in *csv, const struct csv_record *record, struct change *edit)
{
	const char *name = strrchr(csv->in->file, '/');
	struct bytes by = record->change.op.by;
	const char *why;

	name = name ? name + 1 : csv->in->file;
	if (by.len)
		edit->op.by = by;
	else if (strlen(name) <= LIMIT_NAME && change_set(edit, "by", name, &why))
		return;
}

/* Of tables that were taken before what was delivered was kept. */
static bool was_taken(struct csv_in *csv, const struct sheet_row *row)
{
	struct buf text = {0};
	char name[40];
	struct ref ref;

	buf_text(&text, csv->kind->name);
	for (unsigned i = 0; i < row->count; i++)
		buf_fmt(&text, "\x1f%s", row->cell[i]);
	intake_name(csv->in, buf_bytes(&text), name);
	buf_release(&text);
	return intake_known(csv->in, name, &ref);
}

static enum rc write_edit(
	struct csv_in *csv, struct csv_record *record, const struct row *row, struct fault *fault)
{
	struct change edit;
	struct ref ref = row->ref;
	const char *why;
	enum rc rc;

	change_edit(&edit, &csv->in->actor, csv->kind, ref);
	change_carry(&edit, &record->change);
	for (unsigned i = 0; i < record->change.count; i++) {
		const struct change_value *value = &record->change.values[i];

		if (differs(csv, record, row, value) &&
			change_put(&edit, field_of(csv->kind, value->tag), value->value, &why) &&
			csv->in->try_only)
			tell(csv, record, row, value);
	}
	name_file(csv, record, &edit);
	rc = intake_write(csv->in, &edit, NULL, &ref, fault);
	if (rc == RC_OK && edit.doubt)
		intake_tell(csv->in, (struct intake_place){DONE_NOTED, record->row->line, NULL},
			"%s", edit.doubt);
	record->noted |= edit.doubt != NULL;
	if (rc == RC_OK) {
		csv->in->changed++;
		rc = csv_delivered(csv, record, ref, fault);
	} else if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(csv->in, record->row->line, "%s", fault->text);
		rc = RC_OK;
	}
	change_release(&edit);
	return rc;
}

enum rc csv_update(
	struct csv_in *csv, struct csv_record *record, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(csv->in->actor.store, ref, &arena, &row, fault);

	csv->matched++;
	if (rc == RC_NONE) {
		csv->in->known++; /* it is here, and no row yet */
		rc = RC_OK;
	} else if (rc == RC_OK) {
		if (record->answers)
			csv_answers(record, row_value(&row, record->answers->tag));
		if (row.kind != csv->kind || !any_differs(csv, record, &row) ||
			csv_is_delivered(csv, record->row, ref) || was_taken(csv, record->row))
			csv->in->known++;
		else
			rc = write_edit(csv, record, &row, fault);
	}
	arena_release(&arena);
	return rc;
}
