/* SPDX-License-Identifier: GPL-3.0-or-later
 * Figures of the county's rules on a board.
 */
#ifndef SCREENS_FIGURES_LINE_H
#define SCREENS_FIGURES_LINE_H

#include "work/figures.h"

/* Those whose row says `on BOARD`, a capital, one behind the other: "传达到户% 66 目标90  签收中位分 2 目标5"; "" = there is
 * none. Whole numbers, as boards count. A text of ARENA. */
const char *figures_line(struct world *world, char board, const struct counting_of *of, struct arena *arena);
/* The names of those rows, separated by commas: as many as fit. */
void figures_names(char board, char *names, size_t room);
/* Up to when the numbers in OUT count, "数到04:51" behind them: where its NEWEST input, in seconds, is older than MINUTES (0 = as limit
 * count.age.minutes says). NEWEST 0: nothing more is waited for. Returns when it will be old, 0 = never, or it is already. */
int64_t figures_age(int64_t newest, int64_t now, int64_t minutes, struct buf *out);

#endif
