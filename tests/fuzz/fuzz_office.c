/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of offices: whatever stands in them, a heading is found or refused, each row is something,
 * and what a cell gives is text. needs: src/format/office/sheet.c src/format/charset.c
 */
#include <string.h>

#include "base/text.h"
#include "format/charset.h"
#include "format/office_cell.h"
#include "format/office_sheet.h"
#include "model/kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 2026-08-02 09:00 in China */
static const struct office_about about = {1785632400, "", false};

static void read_cells(const struct sheet_head *head, const struct kind *kind,
	const struct sheet_row *row, struct office_cell *cell)
{
	for (unsigned i = 0; i < head->count; i++) {
		const char *name = head->column[i].name;
		const struct field *field = name ? field_named(kind, name) : NULL;

		if (!field)
			continue;
		office_cell(field, &about, sheet_cell(row, i), cell);
		assert(text_valid(buf_cstr(&cell->text), cell->text.len));
		assert(text_valid(buf_cstr(&cell->remark), cell->remark.len));
		assert(cell->is != CELL_GOOD || cell->text.len);
		assert(cell->is != CELL_BAD || (cell->why && !cell->text.len));
	}
}

static void read_table(struct bytes text, const struct kind *kind)
{
	struct sheet sheet;
	struct sheet_head head;
	struct office_cell cell = {.is = CELL_GOOD};
	struct fault fault = {0};

	sheet_read(&sheet, text);
	if (sheet_heads(&sheet, kind, NULL, NULL, &head, &fault) == RC_OK)
		for (size_t i = head.first; i < sheet.count; i++)
			if (!sheet.rows[i].why &&
				sheet_row_is(&head, kind, &sheet.rows[i]) == OFFICE_RECORD)
				read_cells(&head, kind, &sheet.rows[i], &cell);
	office_cell_release(&cell);
	sheet_release(&sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned tried[] = {KIND_household, KIND_supply, KIND_enterprise, KIND_hazard};
	struct buf room = {0};
	struct bytes text;
	struct charset_lost lost;
	struct fault fault = {0};

	if (size &&
		charset_table(bytes_of(data + 1, size - 1), &room, &text, &lost, &fault) == RC_OK)
		read_table(text, kind_of(tried[data[0] % countof(tried)]));
	buf_release(&room);
	return 0;
}
