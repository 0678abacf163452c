/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person's login by an SSH key: what sshd starts for the key.
 */
#ifndef APP_LOGIN_H
#define APP_LOGIN_H

#include "app/command.h"

/* Is `login` the command? Asked before anything else. */
bool login_asked(int argc, char **argv);
/* First of all, then: takes every variable away but LANG and TERM. False: the client asked for a command
 * (SSH_ORIGINAL_COMMAND), which is refused as soon as words can be said. */
bool login_begin(void);

#endif
