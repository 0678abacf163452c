/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of a table as a record: each cell as its field takes it. What cannot be used costs its cell
 * and is named; only what must be there costs the row.
 */
#include "app/intake/csv_inside.h"

#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

static struct intake_place place(
	const struct csv_in *csv, const struct sheet_row *row, unsigned i, enum intake_done done)
{
	return (struct intake_place){done, row->line, csv->head.column[i].heading};
}

/* ---- whose place */

/* zh: what names of places end in, and may be written without */
static struct bytes without_end(struct bytes name)
{
	static const char *const ends[] = {
		"村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "镇", "乡"};

	for (size_t i = 0; i < countof(ends); i++) {
		size_t end = strlen(ends[i]);

		if (name.len > end && !memcmp(name.at + name.len - end, ends[i], end))
			return bytes_of(name.at, name.len - end);
	}
	return name;
}

static bool name_is(struct bytes name, const char *typed)
{
	return bytes_equal(without_end(name), without_end(bytes_text(typed)));
}

/* A place by its name: the station's own, or one directly below. */
static bool area_of_name(const struct station *station, const char *typed, uint64_t *area)
{
	struct bytes name;
	uint64_t after = 0;

	*area = station->area;
	if (name_is(bytes_text(station->name), typed) ||
		(area_name(station->area, &name) && name_is(name, typed)))
		return true;
	while (area_each(station->area, &after, &name))
		if (name_is(name, typed)) {
			*area = after;
			return true;
		}
	return false;
}

/* 4.10882E+11 is the station's own code where nothing lies below that it may be instead. */
static bool area_rounded(const struct station *station, const char *plain, uint64_t *area)
{
	char own[16], digits[16];
	size_t len = 0;

	for (const char *at = plain; *at && *at != 'e' && len + 1 < sizeof(digits); at++)
		if (*at != '.')
			digits[len++] = *at;
	digits[len] = 0;
	area_show(station->area, own);
	*area = station->area;
	return station->level == LEVEL_VILLAGE && strstr(plain, "e+11") &&
	       !strncmp(own, digits, len);
}

static void set_area(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	const struct station *station = store_station(csv->in->actor.store);
	struct buf plain = {0};
	uint64_t area = 0;
	const char *why;
	char text[16];

	office_plain(cell + (*cell == '\''), &plain);
	while (plain.len && strchr("=\"", plain.at[plain.len - 1]))
		plain.len--;
	const char *typed = buf_cstr(&plain) + strspn(buf_cstr(&plain), "=\"");
	if (plain.len && !office_blank(typed)) {
		bool good = area_parse(typed, &area, &why) || area_of_name(station, typed, &area) ||
			    area_rounded(station, typed, &area);
		area_show(good ? area : station->area, text);
		if (!change_set(&record->change, "area", text, &why) ||
			(!good && typed[strspn(typed, "0123456789.e+")] == '\0')) {
			intake_bad(csv->in, record->row->line, _("字段 \"%s\"：%s：%s"), "area",
				text_brief(&(struct brief){""}, cell), why);
			record->bad = true;
		} else if (!good) {
			intake_tell(csv->in, place(csv, record->row, i, DONE_NOTED),
				_("\"%s\" 不是下级区划，记在本站区域"),
				text_brief(&(struct brief){""}, cell));
		}
	}
	buf_release(&plain);
}

/* ---- cells */

static void emptied(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell,
	const char *why)
{
	const struct field *field = field_named(csv->kind, csv->head.column[i].name);
	struct brief brief = {""};

	if (field && !(field->flags & F_MUST)) {
		intake_tell(csv->in, place(csv, record->row, i, DONE_EMPTIED),
			_("\"%s\"：%s；这一格留空"), text_brief(&brief, cell), why);
		return;
	}
	intake_bad(csv->in, record->row->line, _("字段 \"%s\"：\"%s\"：%s"),
		csv->head.column[i].name, text_brief(&brief, cell), why);
	record->bad = true;
}

/* zh: texts that are kept, as the table is written */
static const char colon[] = "：", semicolon[] = "；";

static void keep_remark(
	const struct csv_in *csv, struct csv_record *record, unsigned i, const char *text)
{
	const struct field *field = field_named(csv->kind, csv->head.column[i].name);

	if (record->remark.len)
		buf_text(&record->remark, semicolon);
	buf_fmt(&record->remark, "%s%s%s", field ? field->label : "", colon, text);
}

/* The second number of a cell, or the unit of an amount, has its own field where there is one. */
static void set_second(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	const char *column = csv->head.column[i].name, *why;
	bool phone = field_named(csv->kind, column)->type == T_PHONE;
	const char *name = phone ? "phone2" : "unit";
	const struct field *field = field_named(csv->kind, name);

	if (!csv->cell.second.len)
		return;
	if (field && strcmp(column, name) != 0 && !change_value(&record->change, field->tag) &&
		change_set(&record->change, name, buf_cstr(&csv->cell.second), &why))
		return;
	if (phone)
		keep_remark(csv, record, i, csv->cell.remark.len ? "" : cell);
}

/* zh: the fields that hold the name of a person */
static bool is_person(const struct kind *kind, const struct field *field)
{
	if (field->type == T_REF)
		return field->target == KIND_person;
	return field->type == T_TEXT &&
	       (!strcmp(field->label, "姓名") || !strcmp(field->label, "户主") ||
		       !strcmp(field->label, "负责人")) &&
	       kind->id != KIND_warning;
}

/* Also those that name a person or anybody else who is called. */
static bool names_one(const struct kind *kind, const struct field *field)
{
	return is_person(kind, field) || field->flags & F_REACHED;
}

/* "3台" in one column and "台" in another say the same. */
static bool is_said(struct csv_in *csv, const struct csv_record *record, const struct field *field)
{
	const struct change_value *there = change_value(&record->change, field->tag);
	struct buf keep = {0};
	struct value value;
	const char *why;
	bool same = there && there->value.wire == WIRE_TEXT &&
		    change_read(&record->change, field, buf_cstr(&csv->cell.text), &keep, &value,
			    &why) &&
		    value.wire == WIRE_TEXT && bytes_equal(there->value.text, value.text);

	buf_release(&keep);
	return same;
}

/* Can CELL not be used for FIELD? */
static bool is_lost(const struct csv_record *record, const struct field *field, const char *cell)
{
	const struct office_about about = {record->change.ways.now, "", false};
	struct office_cell read = {.is = CELL_GOOD};
	struct buf keep = {0};
	struct value value;
	const char *why;

	office_cell(field, &about, cell, &read);
	bool lost = read.is == CELL_BAD ||
		    (read.is == CELL_GOOD && !change_read(&record->change, field,
						     buf_cstr(&read.text), &keep, &value, &why));
	office_cell_release(&read);
	buf_release(&keep);
	return lost;
}

/* A longitude beside a latitude that cannot be used may be the latitude: neither is taken. */
static bool half_lost(
	const struct csv_in *csv, const struct csv_record *record, const struct field *field)
{
	const struct field *other = field->type == T_LON   ? field_named(csv->kind, "lat")
				    : field->type == T_LAT ? field_named(csv->kind, "lon")
							   : NULL;
	bool lost = false;

	for (unsigned i = 0; other && i < csv->head.count; i++) {
		const char *name = csv->head.column[i].name;

		if (name && !strcmp(name, other->name))
			lost |= is_lost(record, other, sheet_cell(record->row, i));
	}
	return lost;
}

/* ---- a name with a number behind it */

static bool has_column(const struct csv_in *csv, const char *name)
{
	for (unsigned i = 0; i < csv->head.count; i++)
		if (csv->head.column[i].name && !strcmp(csv->head.column[i].name, name))
			return true;
	return false;
}

/* 陈大山15430001601, 陈大山(0391-5678901): bytes of the name; 0 = nothing stands behind it that may
 * be a number. */
static size_t name_of(const char *cell)
{
	enum { LEAST = 7 };
	size_t name = strcspn(cell, "0123456789+"), digits = 0;

	for (const char *at = cell + name; *at; at++) {
		digits += *at >= '0' && *at <= '9';
		if ((uint8_t)*at < 0x80 && !strchr("0123456789+- ()/,;", *at))
			return 0;
		/* zh: brackets and commas in full width are all of one lead byte */
		if ((uint8_t)*at >= 0xE0 && (uint8_t)*at != 0xEF)
			return 0;
	}
	while (name && strchr(" (/:", cell[name - 1]))
		name--;
	while (name > 3 &&
		(!memcmp(cell + name - 3, "（", 3) || !memcmp(cell + name - 3, "：", 3) ||
			!memcmp(cell + name - 3, "　", 3)))
		name -= 3;
	return digits >= LEAST ? name : 0;
}

static void set_field(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell);

/* Where no column has the number, the name's cell may: the number has its own field. */
static bool set_both(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	const struct field *phone = field_named(csv->kind, "phone");
	const struct office_about about = {record->change.ways.now, "", false};
	size_t len = phone && !has_column(csv, "phone") ? name_of(cell) : 0;
	struct office_cell read = {.is = CELL_GOOD};
	struct buf name = {0};
	const char *why;

	if (!len || change_value(&record->change, phone->tag))
		return false;
	office_cell(phone, &about, cell + len, &read);
	bool good = read.is == CELL_GOOD &&
		    change_set(&record->change, "phone", buf_cstr(&read.text), &why);
	if (good) {
		buf_put(&name, cell, len);
		set_field(csv, record, i, buf_cstr(&name));
	}
	office_cell_release(&read);
	buf_release(&name);
	return good;
}

static void set_field(struct csv_in *csv, struct csv_record *record, unsigned i, const char *cell)
{
	const struct sheet_column *column = &csv->head.column[i];
	const struct field *field = field_named(csv->kind, column->name);
	const struct office_about about = {
		record->change.ways.now, column->unit, is_person(csv->kind, field)};
	const char *why;

	if (names_one(csv->kind, field) && set_both(csv, record, i, cell))
		return;
	office_cell(field, &about, cell, &csv->cell);
	if (csv->cell.is == CELL_BAD)
		emptied(csv, record, i, cell, csv->cell.why);
	if (csv->cell.is != CELL_GOOD || is_said(csv, record, field))
		return;
	if (half_lost(csv, record, field)) {
		emptied(csv, record, i, cell, _("与它成对的坐标不能用"));
		return;
	}
	if (!change_set(&record->change, field->name, buf_cstr(&csv->cell.text), &why)) {
		emptied(csv, record, i, cell, why);
		return;
	}
	csv_colour(csv, record, field, cell);
	if (csv->cell.why)
		intake_tell(csv->in, place(csv, record->row, i, DONE_NOTED), _("\"%s\"：%s"),
			text_brief(&(struct brief){""}, cell), csv->cell.why);
	if (csv->cell.remark.len)
		keep_remark(csv, record, i, buf_cstr(&csv->cell.remark));
	set_second(csv, record, i, cell);
}

static void set_own(struct csv_in *csv, struct csv_record *record, unsigned i, const char *raw)
{
	const char *name = csv->head.column[i].name, *why;
	struct buf *keep = !strcmp(name, "ref") ? &record->name : &record->number;
	struct buf plain = {0}, text = {0};

	office_unwrap(raw, &text);
	const char *cell = buf_cstr(&text);
	if (!strcmp(name, "ref") || !strcmp(name, "number")) {
		office_plain(cell, &plain);
		if (plain.len && !office_blank(buf_cstr(&plain)))
			text_clean(cell, strlen(cell), false, keep);
		buf_release(&plain);
	} else if (!strcmp(name, "area")) {
		set_area(csv, record, i, cell);
	} else if (!strcmp(name, OFFICE_PLACE)) {
		csv_place(csv, record, i, cell);
	} else if (!strcmp(name, OFFICE_ANSWER)) {
		csv_answer(csv, record, i, cell);
	} else if (!change_set(&record->change, name, cell, &why)) {
		intake_tell(csv->in, place(csv, record->row, i, DONE_EMPTIED),
			_("\"%s\"：%s；这一格留空"), text_brief(&(struct brief){""}, cell), why);
	}
	buf_release(&text);
}

/* May a cell of the column stand for those below it? */
static bool is_carried(const struct csv_in *csv, unsigned i)
{
	return csv->head.merged && (int)i < csv->head.title && csv->head.column[i].name &&
	       office_carried(csv->kind, csv->head.column[i].name);
}

bool csv_row_whole(struct csv_in *csv, const struct sheet_row *row)
{
	for (unsigned i = 0; i < csv->head.count && (int)i < csv->head.title; i++) {
		if (!is_carried(csv, i))
			continue;
		if (sheet_blank(sheet_cell(row, i)))
			return false;
		csv->carried[i] = sheet_cell(row, i);
	}
	return true;
}

/* Behind the name of a record a blank cell may be one that nobody filled in: nothing is carried
 * into it, and somebody is told once. */
static void say_merged(struct csv_in *csv, const struct sheet_row *row, unsigned i)
{
	const char *cell = sheet_cell(row, i), *name = csv->head.column[i].name;

	if (!csv->head.merged || !name || !office_carried(csv->kind, name))
		return;
	if (!sheet_blank(cell))
		csv->carried[i] = cell;
	else if (csv->carried[i] && !csv->carries[i]++)
		intake_tell(csv->in, place(csv, row, i, DONE_NOTED),
			_("空的格没有照上面的 \"%s\" "
			  "记：原来合并的，请在表格里拆开填上再导入，以下同"),
			text_brief(&(struct brief){""}, csv->carried[i]));
}

/* What a merged cell above holds. */
static const char *cell_of(struct csv_in *csv, const struct sheet_row *row, unsigned i)
{
	const char *cell = sheet_cell(row, i);

	if (!is_carried(csv, i)) {
		say_merged(csv, row, i);
		return cell;
	}
	if (!sheet_blank(cell))
		csv->carried[i] = cell;
	else if (csv->carried[i] && !csv->carries[i]++)
		intake_tell(csv->in, place(csv, row, i, DONE_NOTED),
			_("空的格按上面合并的单元格记为 \"%s\"，以下同"),
			text_brief(&(struct brief){""}, csv->carried[i]));
	return sheet_blank(cell) && csv->carried[i] ? csv->carried[i] : cell;
}

/* What stood beside values goes into the text of the record. */
static void set_remark(struct csv_in *csv, struct csv_record *record, const char *typed)
{
	const struct field *text = field_named(csv->kind, "text");
	struct buf whole = {0};
	const char *why;

	if (!text || (text->type != T_TEXT && text->type != T_LONG)) {
		if (record->remark.len)
			intake_tell(csv->in,
				(struct intake_place){DONE_NOTED, record->row->line, NULL},
				_("没有地方记的内容：%s"), buf_cstr(&record->remark));
		return;
	}
	buf_text(&whole, typed);
	if (whole.len && record->remark.len)
		buf_text(&whole, semicolon);
	buf_put(&whole, record->remark.at, record->remark.len);
	record->remarked = record->remark.len && !*typed;
	if (whole.len && !change_set(&record->change, "text", buf_cstr(&whole), &why))
		intake_tell(csv->in, (struct intake_place){DONE_EMPTIED, record->row->line, "text"},
			_("\"%s\"：%s；这一格留空"),
			text_brief(&(struct brief){""}, buf_cstr(&whole)), why);
	buf_release(&whole);
}

/* The column for the unit of an amount: read last, for an amount says its unit itself first. */
static bool is_unit(const struct csv_in *csv, unsigned i)
{
	const char *name = csv->head.column[i].name;
	const struct field *field = name ? field_named(csv->kind, name) : NULL;

	return field && field->type == T_CODE && !strcmp(name, "unit");
}

/* One cell of the row; what is for the record's text goes to TYPED. */
static void set_cell(struct csv_in *csv, struct csv_record *record, unsigned i, struct buf *typed)
{
	const struct field *text = field_named(csv->kind, "text");
	bool gathers = text && (text->type == T_TEXT || text->type == T_LONG);
	const char *name = csv->head.column[i].name;
	const char *cell = name ? cell_of(csv, record->row, i) : "";

	if (sheet_blank(cell))
		return;
	if (gathers && !strcmp(name, "text")) {
		struct office_about about = {record->change.ways.now, "", false};

		office_cell(text, &about, cell, &csv->cell);
		if (csv->cell.is == CELL_BAD)
			emptied(csv, record, i, cell, csv->cell.why);
		else
			buf_put(typed, csv->cell.text.at, csv->cell.text.len);
	} else if (field_named(csv->kind, name)) {
		set_field(csv, record, i, cell);
	} else {
		set_own(csv, record, i, cell);
	}
}

void csv_record_read(struct csv_in *csv, const struct sheet_row *row, struct csv_record *record)
{
	struct buf typed = {0};

	*record = (struct csv_record){.row = row};
	change_new(&record->change, &csv->in->actor, csv->kind, (struct ref){0, 0});
	for (unsigned i = csv->head.count; i < row->count && !record->bad; i++)
		if (!sheet_blank(row->cell[i])) {
			intake_bad(csv->in, row->line, _("有 %u 格，表头只有 %u 列"), row->count,
				csv->head.count);
			record->bad = true;
		}
	for (unsigned i = 0; i < csv->head.count && !record->bad; i++)
		if (!is_unit(csv, i))
			set_cell(csv, record, i, &typed);
	for (unsigned i = 0; i < csv->head.count && !record->bad; i++)
		if (is_unit(csv, i))
			set_cell(csv, record, i, &typed);
	if (!record->bad) {
		csv_complete(csv, record);
		set_remark(csv, record, buf_cstr(&typed));
	}
	buf_release(&typed);
}

void csv_record_release(struct csv_record *record)
{
	change_release(&record->change);
	buf_release(&record->name);
	buf_release(&record->number);
	buf_release(&record->remark);
	buf_release(&record->yes);
	buf_release(&record->no);
}
