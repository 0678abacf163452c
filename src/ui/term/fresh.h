/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a new screen is cheaper painted on an empty terminal.
 */
#ifndef UI_TERM_FRESH_H
#define UI_TERM_FRESH_H

#include "ui/grid.h"

/* The terminal shows WAS: is another screen, NOW, cheaper after clearing it? */
bool fresh_is_cheaper(const struct grid *was, const struct grid *now);
/* WAS, which is started, becomes a copy of NOW. */
void fresh_keep(struct grid *was, const struct grid *now);

#endif
