/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines over home: what is on here and now, and who is on watch.
 */
#ifndef SCREENS_SITUATION_H
#define SCREENS_SITUATION_H

#include "work/rules.h"

/* "[三级响应] 洪水 02:49起  汛期": the gravest response that is on, and the seasons; "" = nothing is. */
void situation_line(struct world *world, struct buf *out);
/* "在班 崔丽娟 值班长张永强15439187571 带班闫占奎…": today's roster of this place; "" = there is none. */
void situation_watch(struct world *world, struct buf *out);

#endif
