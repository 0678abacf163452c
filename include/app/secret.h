/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PIN asked on the terminal that the command runs on.
 */
#ifndef APP_SECRET_H
#define APP_SECRET_H

#include "base/secret.h"

/* Asks QUESTION on the controlling terminal; secret_hidden of stdin. */
bool secret_ask(const char *question, char answer[LIMIT_PIN + 1]);

#endif
