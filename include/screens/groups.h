/* SPDX-License-Identifier: GPL-3.0-or-later
 * The registers by group: nine groups, so that a digit chooses each; the source of the menu's
 * picker, on the screen and in line mode.
 */
#ifndef SCREENS_GROUPS_H
#define SCREENS_GROUPS_H

#include "ui/pick.h"
#include "work/actor.h"

/* TO: for a new record the struct actor who writes it, else NULL. Then what is written most often stands first, by itself, and
 * nothing that he may not write. Values: a group's number, or a kind's name. */
void groups_offer(struct pick *pick, const char *above, const char *typed, void *to);

#endif
