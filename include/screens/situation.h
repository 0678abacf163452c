/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is on here and now, over home and every other screen, and who is on watch.
 */
#ifndef SCREENS_SITUATION_H
#define SCREENS_SITUATION_H

#include "ui/screen.h"
#include "work/rules.h"

/* "[三级响应] 洪水 02:49起  汛期": the gravest response that is on, and the seasons; "" = nothing is. */
void situation_line(struct world *world, struct buf *out);
/* The response alone. */
void situation_response(struct world *world, struct buf *out);
/* The response and the season go to STACK, which shows them over every screen. */
void situation_over(struct stack *stack, struct store *store);
/* The time goes there, too; to be called now and then. */
void situation_clock(struct stack *stack, struct store *store);
/* "在班 崔丽娟 值班长张永强15439187571 带班闫占奎…": today's roster of this place; "" = there is none. */
void situation_watch(struct world *world, struct buf *out);
/* "柏香镇值班 崔丽娟 03915550110": who is on watch at the station above today, with the number of that watch; without its
 * roster the number that the list of contacts has; "" = neither is known, or nobody is above. */
void situation_above(struct world *world, struct buf *out);
/* "下级断网2处 最久41分": stations right below that have not asked for a quarter of an hour, and the longest silence of those
 * that ever did; BRIEF: "断网2处"; "" = all are heard, or there are none. */
void situation_below(struct world *world, bool brief, struct buf *out);

/* In a village, of the gravest warning in force, if it is red or orange: how many households nobody has told yet, until
 * as many are as the rules want, and how many are to be visited once more by now. Who has signed it has not done with it. Returns
 * when the next second visit falls due, 0 = none does. */
int64_t situation_untold(struct world *world, struct buf *out);

#endif
