/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: where this station is, what it is called, and who is at the keys. One form, shown
 * full screen or asked line by line; then the station is made.
 */
#ifndef SCREENS_SETUP_H
#define SCREENS_SETUP_H

#include "store/station.h"
#include "ui/form.h"

struct setup {
	struct form form;
};

/* LOGIN: the account's name, kept as the first user's login. The setup must not move in memory. */
void setup_start(struct setup *setup);
void setup_release(struct setup *setup);
/* Makes the station and its first user. On a fault nothing is left to be used. */
enum rc setup_make(struct setup *setup, const char *home, const char *login, struct store **out, struct user *user,
	struct fault *fault) MUST_CHECK;
/* Letters before numbers, from the place's name: 王庄村 -> WZC. */
void setup_code(const char *name, char code[12]);

#endif
