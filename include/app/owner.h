/* SPDX-License-Identifier: GPL-3.0-or-later
 * As whom the program works: the owner of the station's folder decides.
 */
#ifndef APP_OWNER_H
#define APP_OWNER_H

#include "app/command.h"

/* Right after the folders are known, before anything is read or made there. Root becomes the owner of app->home; what the
 * process makes is the owner's alone, or also his group's where he made the folder 2770; a folder that others can read
 * is closed, and that is said. Not 0: it cannot be, said with the command that mends it, and to be returned. */
int owner_take(struct app *app);
/* When a command that root began ended with CODE: files that root reads the owner may not. */
void owner_say(const struct app *app, int code);

#endif
