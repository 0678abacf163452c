/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which columns a table has, and a record as its row.
 */
#include "app/csv_columns.h"

#include <string.h>

#include "app/record.h"
#include "base/conf.h"
#include "base/text.h"
#include "base/when.h"
#include "format/charset.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

static const char *const own_names[OWNS] = {"ref", "number", "area", "at", "by", "state"};
/* As `import csv` knows them (config/office.tsv); in English by their names. NULL: that too in
 * Chinese. */
static const char *const own_labels[OWNS] = {
	NULL, NULL, N_("区域代码"), N_("填报时间"), N_("填报人"), N_("办理状态")};

/* Who may log in is each station's own affair. */
static bool stays_here(
	const struct csv_columns *columns, const struct kind *kind, const struct field *field)
{
	return !columns->listed && kind->id == KIND_person && field->tag == person_login;
}

static const struct field *other_of_label(const struct kind *kind, const struct field *field)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f != field && !strcmp(f->label, field->label))
			return f;
	return NULL;
}

static const char *heading_of(
	const struct csv_columns *columns, const struct kind *kind, const struct field *field)
{
	return columns->sheet && !other_of_label(kind, field) ? _(field->label) : field->name;
}

static const char *own_heading(const struct csv_columns *columns, enum csv_own own)
{
	return columns->labels && own_labels[own] ? _(own_labels[own]) : own_names[own];
}

static void add(struct csv_columns *columns, const char *heading, const struct field *field,
	enum csv_own own)
{
	assert(columns->count < CSV_COLUMNS);
	columns->at[columns->count++] = (struct csv_column){heading, field, NULL, own};
}

void csv_columns_all(struct csv_columns *columns, const struct kind *kind, const enum csv_own own[],
	size_t count)
{
	for (size_t n = 0; n < count; n++)
		add(columns, own_heading(columns, own[n]), NULL, own[n]);
	for (const struct field *field = kind->fields; field->tag; field++)
		if (!stays_here(columns, kind, field))
			add(columns, heading_of(columns, kind, field), field, OWNS);
}

/* ---- as a file names them */

struct reading {
	struct csv_columns *columns;
	const struct kind *kind;
};

static const struct field *field_meant(
	const struct csv_columns *columns, const struct kind *kind, const char *name)
{
	const struct field *field = field_named(kind, name);

	for (const struct field *f = kind->fields; !field && f->tag; f++)
		if (!strcmp(f->label, name) || !strcmp(_(f->label), name))
			field = f;
	return field && !stays_here(columns, kind, field) ? field : NULL;
}

/* "household.code": the other field; *FIELD: the one that names the record. NULL: it is no such
 * word. */
static const struct field *other_meant(const struct csv_columns *columns, const struct kind *kind,
	const char *name, const struct field **field)
{
	char first[64] = "";
	const char *dot = strchr(name, '.');

	if (!dot || (size_t)(dot - name) >= sizeof first)
		return NULL;
	memcpy(first, name, (size_t)(dot - name));
	*field = field_meant(columns, kind, first);
	const struct kind *there =
		*field && (*field)->type == T_REF ? kind_of((*field)->target) : NULL;
	return there ? field_meant(columns, there, dot + 1) : NULL;
}

/* "-": the import leaves that column of theirs out, so here it is none. */
static bool read_line(const struct conf_line *line, void *to, const char **why)
{
	struct reading *reading = to;
	struct csv_columns *columns = reading->columns;
	const char *name = line->word[line->count - 1];
	const struct field *field = field_meant(columns, reading->kind, name), *other = NULL;
	unsigned own = 0;

	if (!field && !(other = other_meant(columns, reading->kind, name, &field)))
		field = NULL;

	while (own < OWNS && strcmp(own_names[own], name) != 0)
		own++;
	if (line->count > 2 || !*name)
		*why = _("应是一列字段名，或两列：列名 制表符 字段名");
	else if (!field && own == OWNS && strcmp(name, "-") != 0)
		*why = _("没有这个字段，outpost kinds 列出全部");
	else if (columns->count == CSV_COLUMNS)
		*why = _("列太多");
	if (*why || !strcmp(name, "-"))
		return !*why;
	const char *heading = line->count == 2 ? arena_text(&columns->arena, line->word[0])
			      : other          ? arena_text(&columns->arena, name)
			      : field          ? heading_of(columns, reading->kind, field)
					       : own_names[own];
	add(columns, heading, field, own);
	columns->at[columns->count - 1].other = other;
	return true;
}

enum rc csv_columns_read(struct csv_columns *columns, const struct kind *kind, const char *file,
	struct bytes text, struct fault *fault)
{
	struct reading reading = {columns, kind};
	struct buf room = {0};
	struct charset_lost lost;
	enum rc rc = charset_table(text, &room, &text, &lost, fault);

	if (!rc)
		rc = tsv_each(file, text, read_line, &reading, fault);
	if (!rc && !columns->count)
		rc = fault_set(fault, RC_BAD, _("\"%s\" 没有写一列"), file);
	buf_release(&room);
	return rc;
}

/* ---- rows */

void csv_columns_head(const struct csv_columns *columns, struct buf *out)
{
	for (unsigned n = 0; n < columns->count; n++)
		csv_text(out, columns->at[n].heading, n == 0);
	csv_end(out);
}

static void put_state(const struct csv_columns *columns, const struct row *row, struct buf *cell)
{
	const char *code = record_state(row->kind, row->state);

	buf_text(cell, columns->labels && *code ? _(row->kind->states[row->state].label) : code);
}

static void put_own(const struct csv_columns *columns, enum csv_own own, struct store *store,
	const struct row *row, struct buf *cell)
{
	char text[WHEN_TEXT] = "";

	if (own == OWN_REF)
		store_id(row->ref, text);
	else if (own == OWN_NUMBER)
		store_number(store, row->ref, text);
	else if (own == OWN_AREA)
		area_show(row->area, text);
	else if (own == OWN_AT)
		when_rfc(row->at, text);
	else if (own == OWN_BY)
		store_author_of(store, row->by_site, row->by_who, row->by, cell);
	else
		put_state(columns, row, cell);
	buf_text(cell, text);
}

static bool ref_id(const struct field *field, const struct value *value, char id[32])
{
	struct ref ref;

	if (field->type != T_REF || value->wire != WIRE_BYTES || !ref_take(value->text, &ref))
		return false;
	store_id(ref, id);
	return true;
}

static void put_value(const struct csv_columns *columns, const struct field *field,
	struct store *store, const struct value *value, struct buf *cell)
{
	/* Places of one name lie in several townships: a code comes back as what it was. */
	bool place = field->type == T_AREA || field->type == T_AREAS;
	struct value_ways ways = store_ways(store, columns->labels && !place);
	char id[32];

	if (value && !columns->labels && !columns->listed && ref_id(field, value, id))
		buf_text(cell, id);
	else if (value)
		value_show(field, value, &ways, cell);
}

/* Of the record that VALUE names; empty where nobody knows which that is. */
static void put_other(const struct csv_columns *columns, const struct csv_column *column,
	struct store *store, const struct row *row, const struct value *value, struct buf *cell)
{
	struct arena arena = {0};
	struct fault fault;
	struct row there;
	struct ref ref;

	if (value && value_record(store, column->field, value, row->area, &ref) &&
		store_row(store, ref, &arena, &there, &fault) == RC_OK)
		put_value(
			columns, column->other, store, row_value(&there, column->other->tag), cell);
	arena_release(&arena);
}

/* What a spreadsheet may take for the number or the day that it is. */
static bool stays_number(const struct field *field, const struct value *value)
{
	if (field->type == T_DATE && value->wire == WIRE_NUM)
		return value->num % 100 != 0;
	return field->type == T_NUM || field->type == T_DEC || field->type == T_LON ||
	       field->type == T_LAT || field->type == T_BOOL;
}

void csv_columns_row(const struct csv_columns *columns, struct store *store, const struct row *row,
	struct buf *out)
{
	struct buf cell = {0};

	for (unsigned n = 0; n < columns->count; n++) {
		const struct csv_column *column = &columns->at[n];
		const struct value *value =
			column->field ? row_value(row, column->field->tag) : NULL;

		buf_clear(&cell);
		if (column->other)
			put_other(columns, column, store, row, value, &cell);
		else if (column->field)
			put_value(columns, column->field, store, value, &cell);
		else
			put_own(columns, column->own, store, row, &cell);
		if (columns->sheet && !(column->field && !column->other &&
					      (!value || stays_number(column->field, value))))
			csv_sheet(out, buf_bytes(&cell), n == 0);
		else
			csv_cell(out, buf_bytes(&cell), n == 0);
	}
	csv_end(out);
	buf_release(&cell);
}

void csv_columns_release(struct csv_columns *columns)
{
	arena_release(&columns->arena);
}
