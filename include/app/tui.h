/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two ways in which a person uses a station: the full screen, and line mode.
 */
#ifndef APP_TUI_H
#define APP_TUI_H

#include <stdio.h>

#include "app/command.h"

/* The full screen on stdin and stdout, with the first run where there is no station yet; falls to
 * line mode where the terminal has no cursor. Returns an exit code. */
int tui_run(struct app *app);
/* Line mode from IN to OUT: home, registers, records, forms, find. Returns an exit code. */
int line_run(struct app *app, FILE *in, FILE *out);

/* ---- A person's login by an SSH key: what sshd starts for the key. */

/* Is `login` the command? Asked before anything else. */
bool login_asked(int argc, char **argv);
/* First of all, then: takes every variable away but LANG and TERM. False: the client asked for a command
 * (SSH_ORIGINAL_COMMAND), which is refused as soon as words can be said. */
bool login_begin(void);

#endif
