/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a table, and what a row below the heading is: a record, a total, a signature, a
 * remark, or the heading of the next printed page.
 */
#include "format/office_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "format/office/inside.h"

enum { CELLS_LOOKED_AT = 3, REMARK_LONG = 60 };

static void add(struct sheet *sheet, const struct csv_row *row, const char *why)
{
	const char **cells = arena_get(&sheet->arena, (row->count + 1) * sizeof(*cells));

	for (unsigned i = 0; !why && i < row->count; i++)
		cells[i] = *row->cell[i] ? arena_text(&sheet->arena, row->cell[i]) : "";
	sheet->rows = array_more(sheet->rows, sheet->count, &sheet->room, sizeof(*sheet->rows));
	sheet->rows[sheet->count++] =
		(struct sheet_row){row->line, why ? 0 : row->count, cells, why};
}

void sheet_read(struct sheet *sheet, struct bytes in)
{
	struct csv csv;
	struct csv_row row;
	const char *why;
	enum csv_read got;

	*sheet = (struct sheet){.count = 0};
	csv_start(&csv, in);
	while ((got = csv_next(&csv, &row, &why)) != CSV_END)
		add(sheet, &row, got == CSV_BAD ? why : NULL);
	csv_release(&csv);
}

void sheet_release(struct sheet *sheet)
{
	free(sheet->rows);
	arena_release(&sheet->arena);
}

const char *sheet_cell(const struct sheet_row *row, unsigned column)
{
	return column < row->count ? row->cell[column] : "";
}

bool sheet_blank(const char *cell)
{
	size_t len = strlen(cell), step;
	uint32_t cp;

	for (; (step = text_next(cell, len, &cp)) != 0; cell += step, len -= step)
		if (!blank_cp(cp))
			return false;
	return true;
}

/* The heading again, at the top of the next page. */
static bool same_heading(const struct sheet_head *head, const struct sheet_row *row)
{
	struct buf here = {0}, there = {0};
	unsigned same = 0, other = 0;

	for (unsigned i = 0; i < head->count && !other; i++) {
		if (sheet_blank(sheet_cell(row, i)))
			continue;
		buf_clear(&here);
		buf_clear(&there);
		office_plain(sheet_cell(row, i), &here);
		office_plain(head->column[i].heading, &there);
		if (bytes_equal(buf_bytes(&here), buf_bytes(&there)))
			same++;
		else
			other++;
	}
	buf_release(&here);
	buf_release(&there);
	return same > 1 && !other;
}

/* Must something be there, and is nothing? */
static bool lacks(
	const struct sheet_head *head, const struct kind *kind, const struct sheet_row *row)
{
	for (const struct field *f = kind->fields; f->tag; f++) {
		bool filled = false;

		if (!(f->flags & F_MUST))
			continue;
		for (unsigned i = 0; i < head->count && !filled; i++)
			filled = head->column[i].name && !strcmp(head->column[i].name, f->name) &&
				 !sheet_blank(sheet_cell(row, i));
		if (!filled)
			return true;
	}
	return false;
}

/* One cell over the width of the table: a heading of a part, or a sentence. */
static bool remark_like(const char *cell)
{
	/* zh: what sentences hold, and how parts are numbered */
	static const char *const marks[] = {"：", ":", "。", "，", "一、", "二、", "三、", "四、",
		"五、", "（一）", "（二）", "（三）", "第一", "第二"};

	for (size_t i = 0; i < countof(marks); i++)
		if (strstr(cell, marks[i]))
			return true;
	return strlen(cell) > REMARK_LONG;
}

static enum office_row by_words(const struct sheet_row *row, bool lacking)
{
	unsigned seen = 0;

	for (unsigned i = 0; i < row->count && seen < CELLS_LOOKED_AT; i++) {
		const char *cell = row->cell[i];
		bool alone;

		if (sheet_blank(cell))
			continue;
		enum office_row is = office_begins(cell, &alone);
		if (is == OFFICE_TOTAL && (alone || !seen))
			return is;
		if (is != OFFICE_RECORD && is != OFFICE_TOTAL && !seen && (!alone || lacking))
			return is;
		seen++;
	}
	return OFFICE_RECORD;
}

enum office_row sheet_row_is(
	const struct sheet_head *head, const struct kind *kind, const struct sheet_row *row)
{
	unsigned filled = 0, first = 0;
	bool lacking = lacks(head, kind, row);

	for (unsigned i = row->count; i-- > 0;)
		if (!sheet_blank(row->cell[i])) {
			filled++;
			first = i;
		}
	enum office_row is = by_words(row, lacking);
	if (is != OFFICE_RECORD)
		return is;
	if (same_heading(head, row))
		return OFFICE_HEAD;
	if (filled == 1 && head->count > 1 &&
		((lacking && row->cell[first][strspn(row->cell[first], "0123456789. ")]) ||
			(first == 0 && head->count > 2 && remark_like(row->cell[first]))))
		return OFFICE_NOTE;
	return OFFICE_RECORD;
}
