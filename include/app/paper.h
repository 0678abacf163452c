/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where sheets of this process go, as outpost.conf says: its program for printing, files, and on one's own computer a command.
 */
#ifndef APP_PAPER_H
#define APP_PAPER_H

#include "app/command.h"
#include "screens/printer.h"
#include "ui/screen.h"

/* Screens, line mode and commands print from now on. */
void paper_ready(struct app *app);
/* What SCREEN with AIM shows ("record": of a record what it says officially), as sheets. */
enum rc paper_screen(
	const struct actor *actor, const char *screen, const struct aim *aim, struct buf *sheet, struct fault *fault) MUST_CHECK;
int cmd_print(struct app *app, int argc, char **argv);

#endif
