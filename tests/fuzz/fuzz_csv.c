/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables from spreadsheets: read to the end or refused line by line; a row that was read and
 * written again reads the same. needs: src/format/csv.c src/format/charset.c
 */
#include "format/charset.h"
#include "format/csv.h"

#include <string.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is written of a cell: no control characters. */
static const char *shown(const char *cell, struct buf *room)
{
	buf_clear(room);
	text_show(cell, strlen(cell), true, room);
	return buf_cstr(room);
}

static void check_row(const struct csv_row *row)
{
	struct buf out = {0}, room = {0};
	struct csv again;
	struct csv_row back;
	const char *why = NULL;
	bool blank = true;
	for (unsigned i = 0; i < row->count && blank; i++) {
		const char *text = shown(row->cell[i], &room);
		blank = text[strspn(text, " \t")] == '\0';
	}
	if (blank) {
		buf_release(&room);
		return; /* a blank line says nothing */
	}
	/* The head makes the comma what parts the cells. */
	buf_text(&out, "a,b\r\n");
	for (unsigned i = 0; i < row->count; i++)
		csv_text(&out, row->cell[i], i == 0);
	csv_end(&out);
	csv_start(&again, buf_bytes(&out));
	assert(csv_next(&again, &back, &why) == CSV_ROW && back.count == 2);
	assert(csv_next(&again, &back, &why) == CSV_ROW && back.count == row->count);
	for (unsigned i = 0; i < row->count; i++)
		assert(strcmp(shown(row->cell[i], &room), back.cell[i]) == 0);
	assert(csv_next(&again, &back, &why) == CSV_END);
	csv_release(&again);
	buf_release(&out);
	buf_release(&room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf room = {0};
	struct bytes text;
	struct charset_lost lost;
	struct fault fault = {0};
	if (charset_table(bytes_of(data, size), &room, &text, &lost, &fault) == RC_OK) {
		struct csv csv;
		struct csv_row row;
		const char *why = NULL;
		enum csv_read got;
		unsigned line = 0;
		csv_start(&csv, text);
		while ((got = csv_next(&csv, &row, &why)) != CSV_END) {
			assert(row.line > line || got == CSV_BAD);
			line = row.line;
			if (got == CSV_ROW)
				check_row(&row);
			else
				assert(why && *why);
		}
		csv_release(&csv);
	}
	buf_release(&room);
	return 0;
}
