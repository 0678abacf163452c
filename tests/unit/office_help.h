/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cell of an office's table as one line: its text, or ".", or what is wrong with it.
 */
#ifndef TESTS_OFFICE_HELP_H
#define TESTS_OFFICE_HELP_H

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "format/office_cell.h"

/* "TEXT", "TEXT|SECOND", "TEXT (REMARK)", each with "!" behind when something is to be seen; "."
 * empty; "?" bad. */
static inline void cell_of(
	const struct field *field, const char *unit, bool person, const char *raw, char out[256])
{
	struct office_cell cell = {.is = CELL_GOOD};
	struct office_about about = {when_now(), unit, person};
	struct buf text = {0};

	office_cell(field, &about, raw, &cell);
	if (cell.is == CELL_EMPTY)
		buf_byte(&text, '.');
	else if (cell.is == CELL_BAD)
		buf_byte(&text, '?');
	buf_put(&text, cell.text.at, cell.text.len);
	if (cell.second.len)
		buf_fmt(&text, "|%s", buf_cstr(&cell.second));
	if (cell.remark.len)
		buf_fmt(&text, " (%s)", buf_cstr(&cell.remark));
	if (cell.is == CELL_GOOD && cell.why)
		buf_byte(&text, '!');
	if (cell.is == CELL_BAD)
		assert_true(cell.why && *cell.why);
	snprintf(out, 256, "%s", buf_cstr(&text));
	buf_release(&text);
	office_cell_release(&cell);
}

struct cell_case {
	const char *raw, *wanted;
};

static inline void cells_are(const struct field *field, const struct cell_case *cases, size_t count)
{
	char got[256];

	assert_true(when_start("2026-08-02T09:00:00+08:00"));
	for (size_t i = 0; i < count; i++) {
		cell_of(field, "", false, cases[i].raw, got);
		if (strcmp(got, cases[i].wanted) != 0)
			fail_msg("%s: \"%s\" gave \"%s\", not \"%s\"", field->name, cases[i].raw,
				got, cases[i].wanted);
	}
}

#endif
