/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far it is from one place to another, by the register of ways (kind reach).
 */
#ifndef WORK_REACH_H
#define WORK_REACH_H

#include "store/rows.h"

/* Minutes between two places, either way: as it is written, else over the place above both; 0: the same place. False:
 * nobody has written it. */
bool reach_minutes_of(struct store *store, uint64_t from, uint64_t to, int64_t *minutes);
/* "约12分" from the station's own area to where ROW lies; nothing where that is not known, or here. */
void reach_put(struct store *store, const struct row *row, struct buf *out);

#endif
