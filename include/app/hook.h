/* SPDX-License-Identifier: GPL-3.0-or-later
 * Programs of the county's own that run when something has come: a horn, a text message, a mail.
 */
#ifndef APP_HOOK_H
#define APP_HOOK_H

#include "app/command.h"

/* What a program gets besides JSON on its stdin, as OUTPOST_NUMBER, OUTPOST_STEP, OUTPOST_TITLE; "" = there is none. */
struct hook_words {
	const char *number, *step, *title;
	bool again; /* it may have run for this before, and was killed: OUTPOST_AGAIN */
};

/* Is there something to run for NAME in FOLDER? */
bool hook_there(const char *folder, const char *name);
/* Runs FOLDER/NAME, or all programs in that folder in the order of their names, each for at most hook_seconds of
 * outpost.conf. What they print, and which of them failed, stands in HOME/hooks.log. What others on the machine could
 * change is not run. */
void hook_run(const struct app *app, const char *folder, const char *name, const struct hook_words *about, struct bytes json);

#endif
