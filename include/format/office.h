/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables as offices make them, for the eye: what their headings, rows, cells and words mean here. Pure: no disk, no
 * store. The words are data (config/office.tsv, which says what its lines are).
 *
 *   sheet_read      bytes -> rows of cells
 *   sheet_heads     which row is the heading
 *   office_field    a heading -> the field that it means
 *   sheet_row       is a row a record, or a total, a signature, a remark
 *   office_cell     a cell -> what value_parse takes
 */
#ifndef FORMAT_OFFICE_H
#define FORMAT_OFFICE_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/schema.h"

/* ---- words */

/* Lays a file over what is there; on RC_BAD nothing has changed. The shipped words are there from the first call on. */
enum rc office_load(const char *file, struct bytes text, struct fault *fault) MUST_CHECK;

/* Without what protects digits from a spreadsheet, ="…" or an apostrophe, and blanks at both ends. Behind OUT. */
void office_unwrap(const char *text, struct buf *out);
/* What comparing words leaves out is left out: blanks, stars, line ends; full-width forms and capitals are plain and
 * small. Behind OUT. */
void office_plain(const char *text, struct buf *out);
/* The same without what stands in brackets; the last of that is behind REMARK (may be NULL). */
void office_bare(const char *text, struct buf *out, struct buf *remark);

/* The field of KIND that a heading means, one of the record's own (area, at, by, ref, number), or "-"; NULL: nobody knows it.
 * *RANK: 3 a name or label, 2 the same but for what stands in brackets, 1 a word of the table. */
const char *office_field(const struct kind *kind, const char *heading, unsigned *rank);
bool office_own(const char *name); /* is it one of those, or "-" */
/* Columns that are no field: both coordinates in one cell; whether a list of codes has one of them (是否五保). */
#define OFFICE_PLACE "lonlat"
#define OFFICE_ANSWER "answer"
/* The field of codes of KIND that a heading asks about, and the *CODE; NULL: it asks nothing. */
const char *office_asks(const struct kind *kind, const char *heading, const char **code);
/* The unit in the brackets of a field's label; "" when there is none. Behind OUT. */
void office_unit(const struct field *field, struct buf *out);
/* How much of BASE ("" = things counted) one WORD is; false: not known. */
bool office_factor(const char *base, const char *word, double *factor);
/* The code that a plain WORD stands for; NULL: not known. */
const char *office_code(const char *table, const char *word);
bool office_blank(const char *plain); /* it says that there is nothing */
bool office_carried(const struct kind *kind, const char *field);
/* The Nth way to know a record of KIND again: names of fields separated by blanks, the title first; NULL after the last. */
const char *office_key(const struct kind *kind, unsigned n);

enum office_row { OFFICE_RECORD, OFFICE_TOTAL, OFFICE_SIGN, OFFICE_NOTE, OFFICE_HEAD };
/* What a row is that begins with CELL; *ALONE: CELL is that word and nothing else. */
enum office_row office_begins(const char *cell, bool *alone);

#endif
