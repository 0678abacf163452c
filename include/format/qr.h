/* SPDX-License-Identifier: GPL-3.0-or-later
 * A QR code as squares, and as lines of text.
 */
#ifndef FORMAT_QR_H
#define FORMAT_QR_H

#include "base/buf.h"

struct qr {
	unsigned size;   /* modules a side; 0 = none */
	struct buf dark; /* a byte each, row by row: 1 = dark */
};

/* On the dark ground of a terminal the light modules are drawn, on paper the dark ones: as halves of a character of one column,
 * or as whole ones of two columns. */
enum qr_style { QR_LIGHT, QR_INK, QR_INK_WIDE };
enum { QR_QUIET = 2, QR_MOST = 177 }; /* light modules around it; modules a side of the largest */

void qr_release(struct qr *qr);
/* How wide its lines are, and how many. */
unsigned qr_columns(const struct qr *qr, enum qr_style style);
unsigned qr_rows(const struct qr *qr, enum qr_style style);
/* As lines of text. */
void qr_put(const struct qr *qr, enum qr_style style, struct buf *out);
/* Which halves of a character of QR_LIGHT, or (INK) of QR_INK, are drawn: 2 the upper, 1 the lower one. */
unsigned qr_halves(const struct qr *qr, unsigned row, unsigned column, bool ink);
/* A picture in letters, two for a module, "##" where it is dark, a line each row, no margin. False: it is none. */
bool qr_read(struct qr *qr, struct bytes picture);

#endif
