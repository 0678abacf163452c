/* SPDX-License-Identifier: GPL-3.0-or-later
 * A terminal to look at. libvterm reads UTF-8 alone, so other codings go through iconv first; a
 * character that is cut between two writes waits for its rest.
 */
#include "eye.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include <vterm.h>

#include "base/text.h"

struct eye {
	VTerm *term;
	VTermScreen *screen;
	iconv_t from;
	bool converts;
	char rest[8];
	size_t rest_len;
};

struct eye *eye_new(unsigned rows, unsigned columns, const char *coding)
{
	struct eye *eye = calloc(1, sizeof(*eye));

	assert(eye);
	eye->term = vterm_new((int)rows, (int)columns);
	vterm_set_utf8(eye->term, 1);
	eye->screen = vterm_obtain_screen(eye->term);
	vterm_screen_enable_altscreen(eye->screen, 1);
	vterm_screen_reset(eye->screen, 1);
	eye->converts = coding != NULL;
	if (coding)
		eye->from = iconv_open("UTF-8", coding);
	return eye;
}

void eye_free(struct eye *eye)
{
	vterm_free(eye->term);
	if (eye->converts)
		iconv_close(eye->from);
	free(eye);
}

void eye_size(struct eye *eye, unsigned rows, unsigned columns)
{
	vterm_set_size(eye->term, (int)rows, (int)columns);
}

void eye_see(struct eye *eye, const char *at, size_t len)
{
	if (!eye->converts) {
		vterm_input_write(eye->term, at, len);
		return;
	}
	size_t in_left = eye->rest_len + len, out_left = in_left * 3 + 8;
	char *in = malloc(in_left + 1), *out = malloc(out_left);
	char *from = in, *to = out;

	assert(in && out);
	memcpy(in, eye->rest, eye->rest_len);
	memcpy(in + eye->rest_len, at, len);
	/* What is no character of the coding shows as '?': a terminal would show rubbish. */
	while (iconv(eye->from, &from, &in_left, &to, &out_left) == (size_t)-1 && errno == EILSEQ) {
		*to++ = '?';
		out_left--;
		from++;
		in_left--;
	}
	vterm_input_write(eye->term, out, (size_t)(to - out));
	assert(in_left < sizeof(eye->rest));
	memcpy(eye->rest, from, in_left);
	eye->rest_len = in_left;
	free(in);
	free(out);
}

uint32_t eye_cell(struct eye *eye, unsigned row, unsigned column, bool *bold)
{
	VTermScreenCell cell = {0};

	vterm_screen_get_cell(eye->screen, (VTermPos){(int)row, (int)column}, &cell);
	if (bold)
		*bold = cell.attrs.bold;
	if (cell.chars[0] == (uint32_t)-1)
		return 0;
	return cell.chars[0] ? cell.chars[0] : ' ';
}

void eye_show(struct eye *eye, struct buf *out)
{
	int rows, columns;

	vterm_get_size(eye->term, &rows, &columns);
	for (int row = 0; row < rows; row++) {
		int end = columns;

		while (end > 0 && eye_cell(eye, (unsigned)row, (unsigned)end - 1, NULL) == ' ')
			end--;
		for (int column = 0; column < end; column++) {
			uint32_t cp = eye_cell(eye, (unsigned)row, (unsigned)column, NULL);
			char bytes[4];

			if (cp)
				buf_put(out, bytes, text_put(cp, bytes));
		}
		buf_byte(out, '\n');
	}
}

void eye_cursor(struct eye *eye, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(eye->term), &at);
	*row = at.row;
	*column = at.col;
}

void eye_answers(struct eye *eye, struct buf *out)
{
	char bytes[256];
	size_t got;

	while ((got = vterm_output_read(eye->term, bytes, sizeof(bytes))) > 0)
		buf_put(out, bytes, got);
}
