/* SPDX-License-Identifier: GPL-3.0-or-later
 * The alerts that an alert refers to.
 */
#ifndef APP_CAP_REFERS_H
#define APP_CAP_REFERS_H

#include "format/cap.h"

/* The identifiers of references TEXT into OUT, in ARENA; returns how many. "sender,identifier,sent" separated by blanks
 * is the rule; seen are also bare identifiers, blanks behind commas, quoted senders, times with a blank inside, full-width
 * commas. Where it is not clear what is a sender and what an identifier both are taken: what refers to nothing ties
 * nothing. Left out: OWN, the alert's own identifier, since none replaces itself, and its SENDER. */
unsigned cap_refers(const char *text, const char *own, const char *sender, struct arena *arena, const char *out[CAP_REFERS]);

#endif
