/* SPDX-License-Identifier: GPL-3.0-or-later
 * How each of the programs begins. What is wrong is said; the ints are exit codes, 0 = go on.
 */
#ifndef APP_START_H
#define APP_START_H

#include "app/command.h"

/* First of all: takes --home and --config, finds the folders, binds the language, which may be set
 * for a station. False when the folders make no sense; that is for the caller to say, as only now
 * it can. */
bool start_words(struct app *app, int *argc, char **argv);
/* Arguments are in the locale's coding; what is not valid UTF-8 there is left to the field's own
 * check. What is converted lives in ARENA. */
int start_coding(int argc, char **argv, struct arena *arena);
/* A forced command's OUTPOST_USER is who came in by that key: nobody else can be chosen under sshd.
 * GIVEN: --user, may be NULL. */
int start_user(struct app *app, const char *given);
/* The clock and the county's data. A bad data file is said, and the last good one serves. */
int start_data(struct app *app);

/* Is --version among them? Then it is told of PROGRAM. */
bool start_version(const char *program, int *argc, char **argv);

/* ---- As whom the program works: the owner of the station's folder decides. */

/* Right after the folders are known, before anything is read or made there. Root becomes the owner of app->home; what the
 * process makes is the owner's alone, or also his group's where he made the folder 2770; a folder that others can read
 * is closed, and that is said. Not 0: it cannot be, said with the command that mends it, and to be returned. */
int owner_take(struct app *app);
/* When a command that root began ended with CODE: files that root reads the owner may not. */
void owner_say(const struct app *app, int code);

#endif
