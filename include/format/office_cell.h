/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cell of an office's table, as value_parse takes it.
 */
#ifndef FORMAT_OFFICE_CELL_H
#define FORMAT_OFFICE_CELL_H

#include "format/office.h"

/* What is around a cell. */
struct office_about {
	int64_t now;      /* what relative days count from */
	const char *unit; /* that its heading gives, plain; "" = none */
	bool person;      /* it is the name of a person: blanks in it are there for the eye */
};

struct office_cell {
	enum { CELL_GOOD, CELL_EMPTY, CELL_BAD } is;
	struct buf text;        /* CELL_GOOD: what value_parse takes */
	struct buf second;      /* a second telephone number; the unit of an amount: 3台 */
	struct buf remark;      /* what stood beside the value and is to be kept somewhere */
	const char *why;        /* CELL_BAD: the rule. CELL_GOOD: what a person should see; NULL. Translated */
	struct cell_kept *kept; /* words repeat down a column of codes: what was read of them; NULL */
};

/* RAW, a cell of a column of FIELD. OUT is all zero or of an earlier cell. */
void office_cell(const struct field *field, const struct office_about *about, const char *raw, struct office_cell *out);
void office_cell_release(struct office_cell *cell);

#endif
