/* SPDX-License-Identifier: GPL-3.0-or-later
 * A table whole: its rows, which of them is the heading, and what the others are.
 */
#ifndef FORMAT_OFFICE_SHEET_H
#define FORMAT_OFFICE_SHEET_H

#include "format/csv.h"
#include "format/office.h"

struct sheet_row {
	unsigned line, count;
	const char *const *cell;
	const char *why; /* it could not be read: the rule, translated; NULL */
};

struct sheet {
	struct arena arena;
	struct sheet_row *rows;
	size_t count, room;
};

/* IN is UTF-8 (charset_table). */
void sheet_read(struct sheet *sheet, struct bytes in);
void sheet_release(struct sheet *sheet);
/* The cell of a row, "" where the row ends before it. */
const char *sheet_cell(const struct sheet_row *row, unsigned column);
bool sheet_blank(const char *cell); /* nothing to see in it */

struct sheet_column {
	const char *heading;     /* as it stands there, on one line; "" when there is none */
	const char *name;        /* field, area, at, by, ref, number; NULL: left out */
	const char *unit;        /* what stands in brackets in the heading, plain */
	const char *asks, *code; /* name is OFFICE_ANSWER: of this field of codes, whether it has this one */
	unsigned rank;           /* 5 told, 4 remembered; office_field */
	enum { COLUMN_USED, COLUMN_LEFT, COLUMN_UNKNOWN, COLUMN_TWICE, COLUMN_UNIT } is;
};

struct sheet_head {
	unsigned line;         /* of the heading; 0: there is none */
	size_t first;          /* the row behind it */
	unsigned count, known; /* columns; those that are fields */
	int title;             /* the column that names a record; -1 */
	bool merged;           /* cells may be merged: no column says which record a row is */
	struct sheet_column column[CSV_COLUMNS];
};

/* What somebody has said that a heading means, with its rank; NULL: nothing. */
typedef const char *sheet_told_fn(void *to, const char *heading, unsigned *rank);

/* The row among the first whose cells are most columns of KIND. RC_BAD: there is none, two columns are the same field by
 * name, or what was told is no field. HEAD lies in the sheet's arena. */
enum rc sheet_heads(struct sheet *sheet, const struct kind *kind, sheet_told_fn *told, void *to, struct sheet_head *head,
	struct fault *fault) MUST_CHECK;
/* What ROW is, below HEAD. */
enum office_row sheet_row_is(const struct sheet_head *head, const struct kind *kind, const struct sheet_row *row);

#endif
