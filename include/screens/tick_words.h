/* SPDX-License-Identifier: GPL-3.0-or-later
 * One household of the board D in words.
 */
#ifndef SCREENS_TICK_WORDS_H
#define SCREENS_TICK_WORDS_H

#include "screens/tick_page.h"

/* How far it is, since when; where there is no column behind it (WIDE false), also that it was told of another warning. */
void tick_words_status(const struct tick_page *page, const struct home *home, bool wide, struct buf *out);
/* What is behind that: the next visit, where they go, what was said, who did it. */
void tick_words_rest(const struct tick_page *page, struct store *store, const struct home *home, struct buf *out);

#endif
