/* SPDX-License-Identifier: GPL-3.0-or-later
 * The order in which people are called, as a line that is the same for all places of the board: going on to the next
 * place does not change it. Who comes next at one place stands behind who is called there.
 */
#ifndef SCREENS_CALL_ORDER_H
#define SCREENS_CALL_ORDER_H

#include "work/owing.h"

/* The posts that some place has, in the order of the rules; what a line does not hold is cut, with the mark. "" = nobody is
 * known anywhere. */
void call_order_line(const struct owing *owing, struct buf *out);
/* What he is there; of the next village only that. */
const char *call_order_title(const struct callee *callee);
/* Whom PLACE calls after the one it calls now: his post, else his name, and by which means. Nothing: nobody is left. */
void call_order_next(const struct owing_place *place, struct buf *out);

/* Title and name for two narrow columns: the duty room above in two words. */
void call_order_cells(const struct callee *callee, struct buf *title, struct buf *name);

#endif
