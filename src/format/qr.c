/* SPDX-License-Identifier: GPL-3.0-or-later
 * QR codes from a picture in letters to lines of blocks.
 */
#include "format/qr.h"

#include <string.h>

/* zh: the halves of a character, and a whole one as wide as a hanzi */
static const char *const halves[] = {" ", "▄", "▀", "█"};
static const char whole[] = "█";

void qr_release(struct qr *qr)
{
	buf_release(&qr->dark);
	qr->size = 0;
}

static unsigned side(const struct qr *qr)
{
	return qr->size ? qr->size + 2 * QR_QUIET : 0;
}

unsigned qr_columns(const struct qr *qr, enum qr_style style)
{
	return style == QR_INK_WIDE ? 2 * side(qr) : side(qr);
}

unsigned qr_rows(const struct qr *qr, enum qr_style style)
{
	return style == QR_INK_WIDE ? side(qr) : (side(qr) + 1) / 2;
}

/* With the light modules around it, and light below them. */
static bool is_dark(const struct qr *qr, unsigned row, unsigned column)
{
	return row >= QR_QUIET && column >= QR_QUIET && row < QR_QUIET + qr->size &&
	       column < QR_QUIET + qr->size &&
	       qr->dark.at[(row - QR_QUIET) * qr->size + column - QR_QUIET];
}

unsigned qr_halves(const struct qr *qr, unsigned row, unsigned column, bool ink)
{
	return (is_dark(qr, 2 * row, column) == ink ? 2u : 0) |
	       (is_dark(qr, 2 * row + 1, column) == ink ? 1u : 0);
}

static void put_wide(const struct qr *qr, unsigned row, struct buf *out)
{
	for (unsigned column = 0; column < side(qr); column++)
		buf_text(out, is_dark(qr, row, column) ? whole : "  ");
}

static void put_halves(const struct qr *qr, unsigned row, bool ink, struct buf *out)
{
	for (unsigned column = 0; column < side(qr); column++)
		buf_text(out, halves[qr_halves(qr, row, column, ink)]);
}

void qr_put(const struct qr *qr, enum qr_style style, struct buf *out)
{
	for (unsigned row = 0; row < qr_rows(qr, style); row++) {
		if (style == QR_INK_WIDE)
			put_wide(qr, row, out);
		else
			put_halves(qr, row, style == QR_INK, out);
		buf_byte(out, '\n');
	}
}

bool qr_read(struct qr *qr, struct bytes text)
{
	const uint8_t *end = text.len ? memchr(text.at, '\n', text.len) : NULL;
	size_t line = end ? (size_t)(end - text.at) : 0, side = line / 2;

	if (!side || side > QR_MOST || line % 2 || text.len != (line + 1) * side)
		return false;
	for (size_t row = 0; row < side; row++)
		for (size_t column = 0; column < side; column++)
			buf_byte(&qr->dark, text.at[row * (line + 1) + 2 * column] == '#');
	qr->size = (unsigned)side;
	return true;
}
