/* SPDX-License-Identifier: GPL-3.0-or-later
 * A grant's end and rights, as people read them.
 */
#ifndef APP_GRANT_H
#define APP_GRANT_H

#include "store/log.h"
#include "store/rows.h"

enum { GRANT_SOON = 30 }; /* days before its end on which one is told every day */

/* "授权到 2028-07-14；只许 warn"; nothing for a grant without end and with every right. */
void grant_words(const struct site *site, struct buf *out);
/* What the people of this station must know of its own grant today: a line with its end, or
 * nothing. */
void grant_notice(struct store *store, struct buf *out);

#endif
