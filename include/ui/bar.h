/* SPDX-License-Identifier: GPL-3.0-or-later
 * The key bar: the last row of each screen, where every key with a word stands.
 */
#ifndef UI_BAR_H
#define UI_BAR_H

#include "ui/screen.h"

/* What is left out: HIDDEN has a bit for each row of the keys; .typing: letters are text, so only the others stand there;
 * .lowest: nothing lies behind the screen, so no key goes back; .lean: on a
 * slow line in about as few words as on a narrow screen, of a form only what saves and leaves. */
struct bar_wish {
	uint32_t hidden;
	bool typing, lowest, lean;
};
/* The keys of SCREEN in the first row of PANE. Where the words do not fit they are shortened, as far as all keys stand
 * there. */
void bar_draw(const struct screen *screen, const struct bar_wish *wish, struct pane pane);

#endif
