/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a power cut took, said after it: the machine went down while somebody was at the keys. What is saved stands; what was
 * being typed is a draft, or it is said that there is none.
 */
#ifndef SCREENS_OUTAGE_H
#define SCREENS_OUTAGE_H

#include "store/station.h"

/* USER sits down. True: nobody left in order before this machine was started, and OUT says so. */
bool outage_begin(struct store *store, const struct user *user, struct buf *out);
/* Left in order. */
void outage_end(struct store *store);

#endif
