/* SPDX-License-Identifier: GPL-3.0-or-later
 * Why a record stands where it stands: the rows of the rules that it is under.
 */
#ifndef WORK_WHY_H
#define WORK_WHY_H

#include "work/rules.h"

/* A first line with number, kind, place and title of ROW, then a line for each row of the rules, with
 * file and line number; columns are parted by tabs. Appended to OUT. */
void why_tell(struct world *world, const struct row *row, struct buf *out);

#endif
