/* SPDX-License-Identifier: GPL-3.0-or-later
 * The key bar: the last row of each screen, where every key with a word stands.
 */
#ifndef UI_BAR_H
#define UI_BAR_H

#include "ui/screen.h"

/* The keys of SCREEN in the first row of PANE. TYPING: letters are text there, so only the others. LOWEST: nothing lies
 * behind it, so no key goes back. Where the words do not fit they are shortened, as far as all keys stand there. */
void bar_draw(const struct screen *screen, bool typing, bool lowest, struct pane pane);

#endif
