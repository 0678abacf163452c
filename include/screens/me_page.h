/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is at the keys, and where: for the screen P and for line mode.
 */
#ifndef SCREENS_ME_PAGE_H
#define SCREENS_ME_PAGE_H

#include "base/buf.h"
#include "store/station.h"

/* Name, telephone, role, PIN: a line each. */
void me_user(const struct user *user, struct buf *text);
/* The station, the one above, the way there, the files of rules that count, the newest backup. */
void me_station(struct store *store, struct buf *text);
/* How terminals show things to the user, with the digits that change it. */
void me_shown(const struct shown *shown, struct buf *text);

#endif
