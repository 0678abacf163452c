/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN typed on the terminal without showing it.
 */
#ifndef APP_SECRET_H
#define APP_SECRET_H

#include "base/base.h"

enum { PIN_LEAST = 4, PIN_MOST = 32 };

/* Asks on the controlling terminal; the answer without its line end, at most PIN_MOST bytes. False
 * when there is no terminal or the answer is empty or too long. */
bool secret_ask(const char *question, char answer[PIN_MOST + 1]);
/* The first line of stdin, for scripts; same rules. */
bool secret_read(char answer[PIN_MOST + 1]);

#endif
