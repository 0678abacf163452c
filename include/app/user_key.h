/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorized_keys line of a person.
 */
#ifndef APP_USER_KEY_H
#define APP_USER_KEY_H

#include "app/command.h"

/* `user key NAME [FILE]` with the store open; FILE, or stdin, holds the public key. Prints the line; an exit code. */
int user_key(struct app *app, int argc, char **argv);

#endif
