/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables as RFC 4180 has them, and as spreadsheets write them: cells separated by commas, tabs,
 * semicolons or upright strokes, lines ending in CRLF or LF, quotes round cells that hold any of these.
 */
#ifndef APP_CSV_H
#define APP_CSV_H

#include "base/buf.h"

enum { CSV_COLUMNS = 96 };

struct csv {
	struct bytes in; /* UTF-8, borrowed: charset_table makes it */
	size_t at;
	unsigned line; /* of what comes next */
	char comma;
	struct buf cells; /* of the row that was read last, each with a NUL behind */
};

struct csv_row {
	unsigned line, count;          /* where it begins; how many cells */
	const char *cell[CSV_COLUMNS]; /* borrowed until the next row */
};

enum csv_read { CSV_ROW, CSV_END, CSV_BAD };

/* What parts the cells, a comma, a tab, a semicolon or an upright stroke, is what as many as possible of the first lines have as often. */
void csv_start(struct csv *csv, struct bytes in);
/* Blank lines are skipped. CSV_BAD: WHY is the rule (translated), row->line the place; reading goes on behind
 * that line, except when a quote was never closed. */
enum csv_read csv_next(struct csv *csv, struct csv_row *row, const char **why);
void csv_release(struct csv *csv);

/* ---- out: commas, CRLF, quotes where they are needed */

/* A cell that a spreadsheet would run as a formula gets an apostrophe before it: what begins with = @ tab or CR, with
 * + or - when it is no number and no phone, or with a full-width = + - @. csv_next takes that apostrophe off again.
 * Control characters and marks that are not seen go (base/text.h, text_show): nothing that may be kept has them. */
void csv_cell(struct buf *out, struct bytes text, bool first);
void csv_text(struct buf *out, const char *text, bool first);
/* The same for a spreadsheet: a text that it would take for a number or a day is written ="…", which it leaves as it is
 * and office_cell takes off again. */
void csv_sheet(struct buf *out, struct bytes text, bool first);
void csv_end(struct buf *out);

#endif
