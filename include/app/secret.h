/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN typed on the terminal without showing it, or read from a file descriptor. Whoever gets one
 * wipes it.
 */
#ifndef APP_SECRET_H
#define APP_SECRET_H

#include "base/base.h"

enum { PIN_LEAST = 4, PIN_MOST = 32 };

/* Asks on the controlling terminal; the answer without its line end, at most PIN_MOST bytes. False
 * when there is no terminal or the answer is empty or too long. */
bool secret_ask(const char *question, char answer[PIN_MOST + 1]);
/* The next line of FD, and not a byte behind it; same rules. */
bool secret_from(int fd, char answer[PIN_MOST + 1]);
/* Nothing of it is left in memory. */
void secret_wipe(char answer[PIN_MOST + 1]);

#endif
