/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN as it comes in: from a file descriptor, or from a terminal that does not show it. Whoever
 * gets one wipes it.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/base.h"
#include "base/limits.h"

/* The next line of FD without its end, and not a byte behind it is read. False: it is empty, longer
 * than LIMIT_PIN bytes, or there is none. */
bool secret_from(int fd, char answer[LIMIT_PIN + 1]);
/* The same of a terminal, with its echo off meanwhile. */
bool secret_hidden(int fd, char answer[LIMIT_PIN + 1]);
/* Nothing of it is left in memory. */
void secret_wipe(char answer[LIMIT_PIN + 1]);
/* May it be one? At least LIMIT_PIN_LEAST letters, digits and signs, the same bytes in every
 * coding. */
bool secret_good(const char *pin);
/* Is it among the first that anybody tries: one sign again and again, two in turn, or counting up or down? */
bool secret_easy(const char *pin);

#endif
