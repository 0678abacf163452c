/* SPDX-License-Identifier: GPL-3.0-or-later
 * A terminal line with both its ends in one process. Output goes to a memory file, so that no
 * reader has to keep up.
 */
#include "line_end.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <setjmp.h>
#include <cmocka.h>

void line_end_open(
	struct line_end *end, const char *type, const char *coding, unsigned rows, unsigned columns)
{
	char number[16];
	int ends[2];
	struct fault fault = {0};

	snprintf(number, sizeof(number), "%u", rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof(number), "%u", columns);
	setenv("COLUMNS", number, 1);
	assert_int_equal(pipe(ends), 0);
	*end = (struct line_end){.keys = ends[1], .in = ends[0], .answers = true};
	end->out = memfd_create("line", 0);
	end->eye = eye_new(rows, columns, coding);
	enum rc rc = term_open(&end->term, end->in, end->out, type, &fault);
	if (rc != RC_OK)
		print_error("%s\n", fault.text);
	assert_int_equal(rc, RC_OK);
	term_size(end->term, &rows, &columns);
	grid_start(&end->grid, rows, columns);
}

void line_end_close(struct line_end *end)
{
	term_close(end->term);
	eye_free(end->eye);
	grid_release(&end->grid);
	close(end->in);
	close(end->out);
	if (end->keys >= 0)
		close(end->keys);
}

unsigned line_end_show(struct line_end *end)
{
	static const char question[] = "\033[5n";
	char bytes[65536];
	unsigned cost = 0;
	struct buf answers = {0};

	term_show(end->term, &end->grid);
	ssize_t got = pread(end->out, bytes, sizeof(bytes), end->seen);
	assert_true(got >= 0 && (size_t)got < sizeof(bytes));
	end->seen += got;
	cost = (unsigned)got;
	if (got >= 4 && memcmp(bytes + got - 4, question, 4) == 0)
		cost -= 4;
	eye_see(end->eye, bytes, (size_t)got);
	eye_answers(end->eye, &answers);
	if (end->answers && answers.len > 0)
		assert_int_equal(write(end->keys, answers.at, answers.len), answers.len);
	buf_release(&answers);
	return cost;
}

void line_end_type(struct line_end *end, const char *bytes)
{
	assert_int_equal(write(end->keys, bytes, strlen(bytes)), strlen(bytes));
}

int line_end_key(struct line_end *end)
{
	int key = 0;

	for (int tries = 0; tries < 4; tries++) {
		enum wait what = term_wait(end->term, &key, -1, 1000);

		if (what == WAIT_KEY || what == WAIT_GONE)
			return key;
	}
	return 0;
}

void line_end_same(struct line_end *end)
{
	struct buf grid = {0}, seen = {0};
	int row, column;

	grid_show(&end->grid, &grid);
	eye_show(end->eye, &seen);
	assert_string_equal(buf_cstr(&seen), buf_cstr(&grid));
	eye_cursor(end->eye, &row, &column);
	if (end->grid.cursor_row >= 0) {
		assert_int_equal(row, end->grid.cursor_row);
		assert_int_equal(column, end->grid.cursor_column);
	}
	buf_release(&grid);
	buf_release(&seen);
}
