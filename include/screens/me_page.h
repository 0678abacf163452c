/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is at the keys, and where: for the screen P and for line mode.
 */
#ifndef SCREENS_ME_PAGE_H
#define SCREENS_ME_PAGE_H

#include "base/buf.h"
#include "ui/screen.h"
#include "store/station.h"

enum { ME_TRY_SECONDS = 10 };
/* Name, telephone, role, PIN: a line each. */
void me_user(const struct user *user, struct buf *text);
/* The station, the one above, the way there, the files of rules that count, the newest backup. */
void me_station(struct store *store, struct buf *text);
/* How terminals show things to the user, with the digits that change it. */
void me_shown(const struct shown *shown, struct buf *text);

/* What the user at STACK chose for terminals like this one goes to it: coding, ground, bell. At the start, and when
 * somebody else takes over. */
void me_apply(struct stack *stack, struct store *store, const struct user *user);
/* Kept for the user and terminals like this one. */
enum rc me_keep_face(struct store *store, const struct user *user, const struct face *face, struct fault *fault) MUST_CHECK;
/* What is tried out: some hanzi, and the codings with the one that is on marked. */
void me_face(const struct face *face, struct buf *text);

#endif
