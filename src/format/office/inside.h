/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the readers of cells share: characters, and one reader a type of field.
 */
#ifndef OFFICE_INSIDE_H
#define OFFICE_INSIDE_H

#include "format/office_cell.h"

bool blank_cp(
	uint32_t cp); /* nothing to see: blanks of any width, line ends, marks without width */
bool hanzi_cp(uint32_t cp); /* a Chinese character */
uint32_t plain_cp(
	uint32_t cp); /* the ASCII of a full-width form, small; brackets of all sorts as ( and ) */

/* TEXT is a cell without blanks around it, in which something stands. */
void cell_number(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);
void cell_day(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);
void cell_moment(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);
void cell_phone(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);
void cell_codes(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);

/* What cell_codes has read before is no longer known. */
void cell_codes_forget(struct office_cell *cell);

/* TEXT with its words for a year or month from today, or the end of one, as a day that can be
 * parsed. */
void day_words(char *text, size_t room, int64_t now);

/* The cell cannot be used: WHY is the rule, translated. */
void cell_bad(struct office_cell *out, const char *why);

#endif
