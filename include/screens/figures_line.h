/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures of the county's rules on a board.
 */
#ifndef SCREENS_FIGURES_LINE_H
#define SCREENS_FIGURES_LINE_H

#include "work/figures.h"

/* Those whose row says `on BOARD`, a capital, one behind the other: "传达到户% 66 目标90  签收中位分 2 目标5"; "" = there is
 * none. Whole numbers, as boards count. A text of ARENA. */
const char *figures_line(struct world *world, char board, const struct counting_of *of, struct arena *arena);

#endif
