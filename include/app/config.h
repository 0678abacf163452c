/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's data: found, read and laid over what is shipped. A file that is bad never stops a
 * station: its last good copy is taken (HOME/config-good/), else what is shipped.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include "app/command.h"

/* The path of the program that runs; false: nobody knows it. */
bool program_path(char *path, size_t room);
/* The folder NAME beside that program, of a build or of an installation; false: there is none. */
bool program_folder(const char *name, char *path, size_t room);

enum { CONFIG_PATH = 1100 }; /* bytes of the path of such a file */
/* Where the file NAME ("cards/fire.txt") is taken from. Each is looked for by itself, the first folder that has it counts:
 * what --config or OUTPOST_CONFIG names, the county's own (SYSCONFDIR/outpost, /etc/outpost), what was installed or lies
 * beside a build (../config and ../share/outpost/config beside the running program, else PREFIX/share/outpost/config).
 * False: none has it, what is baked in counts. */
bool config_path(const struct app *app, const char *name, char *path, size_t room);

/* Loads codes.tsv, rules.conf, roles.conf, office.tsv and the lists of areas (areas.tsv and the .tsv files in HOME/areas,
 * mapped). COMPLAINTS gets a line for each bad file: file, line, rule, and what is used instead. RC_OK, or RC_BAD when
 * there was a complaint; the station can go on either way. */
enum rc config_load(const struct app *app, struct buf *complaints) MUST_CHECK;

/* A file of the county's data by its path below the folder ("cards/fire.txt"): the county's, else the shipped one.
 * RC_NONE when there is neither. Appends to OUT. */
enum rc config_file(const struct app *app, const char *name, struct buf *out, struct fault *fault) MUST_CHECK;

#endif
