/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a row says that is no cell of a field: two coordinates in one cell, yes to "is it one of
 * those", the unit in a heading, an office that is called and no person in it.
 */
#include "app/intake/csv_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/codes.h"
#include "model/kinds.h"

static void emptied(struct csv_in *csv, const struct csv_record *record, unsigned i,
	const char *cell, const char *why)
{
	intake_tell(csv->in,
		(struct intake_place){DONE_EMPTIED, record->row->line, csv->head.column[i].heading},
		_("\"%s\"：%s；这一格留空"), text_brief(&(struct brief){""}, cell), why);
}

/* ---- two coordinates in one cell */

/* zh: what parts them. Behind the first one; 0: nothing does. */
static size_t first_end(const char *cell, size_t *gap)
{
	static const char *const signs[] = {",", "，", ";", "；", "、", "/", "\n", " ", "　"};

	for (size_t i = 0; i < countof(signs); i++) {
		const char *at = strstr(cell, signs[i]);

		if (!at || at == cell)
			continue;
		*gap = strlen(signs[i]);
		return (size_t)(at - cell);
	}
	return 0;
}

/* Which of the two a text is: by its letter, else by its degrees, as they are in China. */
static const struct field *axis_of(const struct kind *kind, const char *text)
{
	const char *number = text + strcspn(text, "0123456789");
	long degrees = strtol(number, NULL, 10);
	/* zh: east and north */
	bool lon = strpbrk(text, "Ee") || strstr(text, "东"),
	     lat = strpbrk(text, "Nn") || strstr(text, "北");

	if (lon == lat) {
		lon = degrees >= 73 && degrees <= 136;
		lat = degrees >= 3 && degrees <= 54;
	}
	return field_named(kind, lon ? "lon" : lat ? "lat" : "");
}

static bool set_axis(struct csv_in *csv, struct csv_record *record, const struct field *field,
	const char *text, const char **why)
{
	const struct office_about about = {record->change.ways.now, "", false};

	office_cell(field, &about, text, &csv->cell);
	*why = csv->cell.why;
	return csv->cell.is == CELL_GOOD &&
	       change_set(&record->change, field->name, buf_cstr(&csv->cell.text), why);
}

void csv_place(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	size_t gap = 0, end = first_end(cell, &gap);
	char first[LIMIT_LINE];
	const char *second = cell + end + gap, *why = _("应是经度和纬度两个数");

	bytes_into(first, sizeof(first), bytes_of(cell, end));
	const struct field *one = axis_of(csv->kind, first), *two = axis_of(csv->kind, second);
	bool both = end && one && two && one != two && !change_value(&record->change, one->tag) &&
		    !change_value(&record->change, two->tag);
	if (!both || !set_axis(csv, record, one, first, &why)) {
		emptied(csv, record, i, cell, why);
	} else if (!set_axis(csv, record, two, second, &why)) {
		change_unset(&record->change, one->tag);
		emptied(csv, record, i, cell, why);
	}
}

/* ---- answers */

static void add_code(struct buf *list, const char *code)
{
	if (list->len)
		buf_byte(list, ',');
	buf_text(list, code);
}

void csv_answer(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	static const struct field yes_or_no = {.name = "", .label = "", .type = T_BOOL};
	const struct sheet_column *column = &csv->head.column[i];
	const struct office_about about = {record->change.ways.now, "", false};
	const struct field *field = field_named(csv->kind, column->asks);

	office_cell(&yes_or_no, &about, cell, &csv->cell);
	const char *said = buf_cstr(&csv->cell.text);
	const char *code = office_code(field->codes, said);
	/* So many of them are some. */
	bool some = *said && said[strspn(said, "0")] && !said[strspn(said, "0123456789")];
	bool yes = some || (code && !strcmp(code, column->code));
	if (csv->cell.is == CELL_EMPTY)
		return;
	record->answers = field;
	if (csv->cell.is == CELL_GOOD && (yes || !strcmp(said, "0")))
		add_code(yes ? &record->yes : &record->no, column->code);
	else
		emptied(csv, record, i, cell, _("应是 是 或 否"));
}

/* Is CODE one of LIST? */
static bool listed(const char *list, const char *code, size_t len)
{
	for (size_t part; *list; list += part + (list[part] == ',')) {
		part = strcspn(list, ",");
		if (part == len && !memcmp(list, code, len))
			return true;
	}
	return false;
}

/* Those of LIST that are not in WITHOUT, behind OUT. */
static void put_others(const char *list, const char *without, struct buf *out)
{
	char code[LIMIT_LINE];

	for (size_t part; *list; list += part + (list[part] == ',')) {
		part = strcspn(list, ",");
		bytes_into(code, sizeof(code), bytes_of(list, part));
		if (*code && !listed(without, code, part) && !listed(buf_cstr(out), code, part))
			add_code(out, code);
	}
}

void csv_answers(struct csv_record *record, const struct value *there)
{
	const struct field *field = record->answers;
	const struct change_value *given = field ? change_value(&record->change, field->tag) : NULL;
	struct buf base = {0}, all = {0};
	const char *why;

	if (!field)
		return;
	if (given || there) {
		struct bytes text = given ? given->value.text : there->text;

		buf_put(&base, text.at, text.len);
	}
	put_others(buf_cstr(&base), buf_cstr(&record->no), &all);
	put_others(buf_cstr(&record->yes), "", &all);
	change_unset(&record->change, field->tag);
	if (all.len || base.len)
		(void)change_put(&record->change, field, value_text(buf_cstr(&all)), &why);
	buf_release(&base);
	buf_release(&all);
}

/* ---- numbers that are compared */

void csv_phone(struct bytes text, struct buf *out)
{
	enum { SHORT = 10 }; /* digits behind the country's */

	for (size_t at = 0; at < text.len; at++) {
		bool digit = text.at[at] >= '0' && text.at[at] <= '9';

		/* Spreadsheets take the zero away that area codes begin with. */
		if (digit && !(text.at[at] == '0' && !out->len))
			buf_byte(out, text.at[at]);
	}
	if (out->len >= SHORT + 2 && !memcmp(out->at, "86", 2)) {
		memmove(out->at, out->at + 2, out->len - 2);
		out->len -= 2;
	}
}

/* ---- what headings and offices say */

/* 红 in a column of grades is the colour of the risk, too, where that has no column of its own. */
void csv_colour(
	struct csv_in *csv, struct csv_record *record, const struct field *field, const char *cell)
{
	/* zh: the four colours */
	static const char *const colours[] = {"红", "橙", "黄", "蓝"};
	const struct field *risk = field_named(csv->kind, "risk");
	bool colour = false;
	const char *why;

	if (!risk || field == risk || field->type != T_CODE || strcmp(field->name, "grade") != 0)
		return;
	for (unsigned i = 0; i < csv->head.count; i++)
		if (csv->head.column[i].name && !strcmp(csv->head.column[i].name, "risk"))
			return;
	for (size_t i = 0; i < countof(colours) && !colour; i++)
		colour = strstr(cell, colours[i]);
	if (!colour)
		return;
	struct office_cell read = {.is = CELL_GOOD};
	office_cell(risk, &(struct office_about){record->change.ways.now, "", false}, cell, &read);
	if (code_find(risk->codes, buf_cstr(&read.text)) &&
		change_set(&record->change, "risk", buf_cstr(&read.text), &why))
		intake_tell(csv->in,
			(struct intake_place){DONE_NOTED, record->row->line, _(field->label)},
			_("\"%s\"：也记为风险色"), text_brief(&(struct brief){""}, cell));
	office_cell_release(&read);
}

/* "数量（台）": the heading says what one is. */
static void set_unit(struct csv_in *csv, struct csv_record *record)
{
	const struct field *unit = field_named(csv->kind, "unit");
	const char *why;

	if (!unit || !unit->codes || change_value(&record->change, unit->tag))
		return;
	for (unsigned i = 0; i < csv->head.count; i++) {
		const struct sheet_column *column = &csv->head.column[i];

		if (column->name && !strcmp(column->name, "quantity") &&
			(code_named(unit->codes, column->unit) ||
				office_code(unit->codes, column->unit)) &&
			!change_set(&record->change, "unit", column->unit, &why))
			return;
	}
}

/* A desk of an office is called by its office, a vehicle by its plate. */
static void set_name(struct csv_in *csv, struct csv_record *record)
{
	static const struct {
		unsigned kind, name, by;
		const char *told;
	} names[] = {{KIND_contact, contact_name, contact_org, N_("没有写姓名，按单位名称记")},
		{KIND_vehicle, vehicle_name, vehicle_plate, N_("没有写名称，按牌号记")}};
	const char *why;

	for (size_t i = 0; i < countof(names); i++) {
		const struct change_value *by = change_value(&record->change, names[i].by);

		if (csv->kind->id == names[i].kind && by &&
			!change_value(&record->change, names[i].name) &&
			change_put(&record->change, field_of(csv->kind, names[i].name), by->value,
				&why))
			intake_tell(csv->in,
				(struct intake_place){DONE_NOTED, record->row->line, NULL}, "%s",
				_(names[i].told));
	}
}

void csv_complete(struct csv_in *csv, struct csv_record *record)
{
	set_unit(csv, record);
	set_name(csv, record);
}
