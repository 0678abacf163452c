/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import csv`: a table as offices send it. The heading is found, each row below it is a
 * record or is named, and a record that is here gets what has changed.
 */
#include "app/intake/csv_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/progress.h"
#include "format/charset.h"
#include "store/station.h"

/* Columns that are left out are named once. */
static void say_columns(struct csv_in *csv)
{
	static const char *const why[] = {
		[COLUMN_UNKNOWN] = N_("不对应任何字段，没有导入；可用 --map 指明"),
		[COLUMN_TWICE] = N_("与另一列是同一个字段，没有导入；可用 --map 指明"),
		[COLUMN_UNIT] = N_("单位与字段的不同，又不会换算，没有导入")};

	for (unsigned i = 0; i < csv->head.count; i++) {
		const struct sheet_column *column = &csv->head.column[i];

		if (column->is > COLUMN_LEFT && *column->heading)
			intake_tell(csv->in,
				(struct intake_place){
					DONE_LEFT_OUT, csv->head.line, column->heading},
				"%s", _(why[column->is]));
	}
}

static const char *label_of(const struct kind *kind, const struct sheet_column *column)
{
	const char *name = column->asks ? column->asks : column->name;
	const struct field *field = name ? field_named(kind, name) : NULL;

	if (field)
		return field->label;
	return name && !strcmp(name, OFFICE_PLACE) ? N_("经度、纬度") : name;
}

/* How each column was taken, for a preview. */
static void show_columns(struct csv_in *csv)
{
	static const char *const by[] = {NULL, "word", "bracket", "label", "remembered", "told"};

	for (unsigned i = 0; i < csv->head.count; i++) {
		const struct sheet_column *column = &csv->head.column[i];
		const char *label = label_of(csv->kind, column);
		bool known = column->is != COLUMN_UNKNOWN && column->rank < countof(by);

		if (*column->heading)
			intake_column(
				csv->in, &(struct intake_column){column->heading, column->name,
						 label, known ? by[column->rank] : NULL, NULL});
	}
}

static void say_row(struct csv_in *csv, const struct sheet_row *row, enum office_row is)
{
	static const char *const what[] = {[OFFICE_TOTAL] = N_("合计行"),
		[OFFICE_SIGN] = N_("签字行"),
		[OFFICE_NOTE] = N_("说明行"),
		[OFFICE_HEAD] = N_("重复的表头")};
	const char *first = "";

	for (unsigned i = row->count; i-- > 0;)
		if (!sheet_blank(row->cell[i]))
			first = row->cell[i];
	csv->in->left_out++;
	intake_tell(csv->in, (struct intake_place){DONE_LEFT_OUT, row->line, NULL},
		_("%s \"%s\"，不是记录，没有导入"), _(what[is]), first);
	/* Behind a subtotal begins something else. */
	if (is == OFFICE_TOTAL)
		memset(csv->carried, 0, sizeof(csv->carried));
}

/* ---- a record */

/* Its name among those of the source: what the table says, else, where rows have no key, its
 * content: the same table twice changes nothing. */
static void name_record(struct csv_in *csv, struct csv_record *record)
{
	const struct sheet_row *row = record->row;
	struct buf text = {0};
	char made[40];

	if (record->name.len || record->number.len || csv->known)
		return;
	buf_text(&text, csv->kind->name);
	for (unsigned i = 0; i < row->count; i++)
		buf_fmt(&text, "\x1f%s", row->cell[i]);
	intake_name(csv->in, buf_bytes(&text), made);
	buf_text(&record->name, made);
	record->made = true;
	buf_release(&text);
}

/* ---- all of them */

struct later {
	size_t *rows, count, room;
};

static enum rc take_row(
	struct csv_in *csv, size_t at, bool last, struct later *later, struct fault *fault)
{
	const struct sheet_row *row = &csv->sheet.rows[at];
	struct csv_record record;
	unsigned said = csv->in->told + csv->in->bad;
	bool wait = false;
	enum rc rc = RC_OK;

	csv->in->quiet = last; /* it has been said */
	csv_record_read(csv, row, &record);
	record.noted = last || csv->in->told + csv->in->bad != said;
	if (!record.bad)
		name_record(csv, &record);
	csv->in->quiet = false;
	if (!record.bad)
		rc = csv_take(csv, &record, last, &wait, fault);
	csv_record_release(&record);
	if (wait) {
		later->rows =
			array_more(later->rows, later->count, &later->room, sizeof(*later->rows));
		later->rows[later->count++] = at;
	}
	return rc;
}

/* Where cells are merged, equal rows may stand below different ones. */
static bool is_again(struct csv_in *csv, const struct sheet_row *row)
{
	return csv->known && !row->why && csv_row_whole(csv, row) && known_again(csv, row);
}

static const char reading[] = N_("读表");

/* A row that may be a record waits until all others have found theirs. */
static enum rc take_rows(struct csv_in *csv, struct fault *fault)
{
	struct later later = {NULL, 0, 0};
	enum rc rc = RC_OK;

	for (size_t i = csv->head.first; i < csv->sheet.count && rc == RC_OK; i++) {
		const struct sheet_row *row = &csv->sheet.rows[i];
		if ((rc = progress(reading, i, csv->sheet.count, fault)))
			break;
		enum office_row is =
			row->why ? OFFICE_RECORD : sheet_row_is(&csv->head, csv->kind, row);

		if (is != OFFICE_RECORD) {
			say_row(csv, row, is);
			continue;
		}
		csv->records++;
		if (is_again(csv, row)) {
			csv->matched++;
			csv->in->known++;
			continue;
		}
		if (row->why)
			intake_bad(csv->in, row->line, "%s", row->why);
		else
			rc = take_row(csv, i, false, &later, fault);
	}
	if (rc == RC_OK)
		rc = progress(reading, csv->sheet.count, csv->sheet.count, fault);
	for (size_t i = 0; i < later.count && rc == RC_OK; i++)
		rc = take_row(csv, later.rows[i], true, &later, fault);
	free(later.rows);
	return rc;
}

static enum rc take_table(struct csv_in *csv, struct fault *fault)
{
	unsigned bad = csv->in->bad;
	enum rc rc;

	csv_recall(csv);
	rc = sheet_heads(&csv->sheet, csv->kind, csv_told, csv, &csv->head, fault);
	if (rc != RC_OK)
		return rc;
	say_columns(csv);
	show_columns(csv);
	csv->known = known_new(csv, fault);
	if (!csv->known && fault->rc != RC_OK)
		return fault->rc;
	rc = take_rows(csv, fault);
	if (rc == RC_OK)
		csv_vanished(csv);
	if (rc == RC_OK)
		rc = csv_remember(csv, fault);
	if (rc == RC_OK && csv->records && csv->in->bad - bad == csv->records)
		csv->in->bad_files++;
	else if (rc == RC_OK)
		csv->in->good_files++;
	return rc;
}

enum rc csv_import(struct intake *in, const struct kind *kind, const struct csv_map *map,
	struct bytes text, struct fault *fault)
{
	struct csv_in *csv;
	struct buf room = {0};
	struct charset_lost lost;
	enum rc rc = charset_table(text, &room, &text, &lost, fault);

	if (rc == RC_OK && lost.count)
		intake_tell(in, (struct intake_place){DONE_NOTED, lost.line, NULL},
			_("有 %u 处不成字，以 \"\xEF\xBF\xBD\" 代替，请核对"), lost.count);

	if (rc == RC_OK) {
		csv = memory_get(1, sizeof(*csv));
		csv->in = in;
		csv->kind = kind;
		csv->map = map;
		sheet_read(&csv->sheet, text);
		rc = take_table(csv, fault);
		known_free(csv->known);
		csv_map_free(csv->before);
		office_cell_release(&csv->cell);
		sheet_release(&csv->sheet);
		free(csv);
	}
	buf_release(&room);
	return rc;
}
