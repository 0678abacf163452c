/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commands' functions, for the table in src/app/commands.c. argv[0] is the command; the answer
 * is an exit code of command.h.
 */
#ifndef APP_CMD_H
#define APP_CMD_H

#include "app/command.h"

int cmd_init(struct app *app, int argc, char **argv);
int cmd_add(struct app *app, int argc, char **argv);
int cmd_edit(struct app *app, int argc, char **argv);
int cmd_step(struct app *app, int argc, char **argv);
int cmd_list(struct app *app, int argc, char **argv);
int cmd_show(struct app *app, int argc, char **argv);
/* Asks the stations below for one record. */
int cmd_fetch(struct app *app, int argc, char **argv);
int cmd_find(struct app *app, int argc, char **argv);
int cmd_kinds(struct app *app, int argc, char **argv);
int cmd_count(struct app *app, int argc, char **argv);
int cmd_answers(struct app *app, int argc, char **argv);
int cmd_profile(struct app *app, int argc, char **argv);
int cmd_text(struct app *app, int argc, char **argv);
int cmd_report(struct app *app, int argc, char **argv);
int cmd_today(struct app *app, int argc, char **argv);
int cmd_watches(struct app *app, int argc, char **argv);
int cmd_late(struct app *app, int argc, char **argv);
int cmd_page(struct app *app, int argc, char **argv);
int cmd_rules(struct app *app, int argc, char **argv);
int cmd_config(struct app *app, int argc, char **argv);
int cmd_packs(struct app *app, int argc, char **argv);
int cmd_user(struct app *app, int argc, char **argv);
int cmd_whoami(struct app *app, int argc, char **argv);
int cmd_check(struct app *app, int argc, char **argv);
int cmd_doctor(struct app *app, int argc, char **argv);
int cmd_prune(struct app *app, int argc, char **argv);
int cmd_rebuild(struct app *app, int argc, char **argv);
int cmd_backup(struct app *app, int argc, char **argv);
int cmd_restore(struct app *app, int argc, char **argv);
int cmd_follow(struct app *app, int argc, char **argv);
int cmd_attach(struct app *app, int argc, char **argv);
int cmd_attachment(struct app *app, int argc, char **argv);
int cmd_import(struct app *app, int argc, char **argv);
int cmd_line(struct app *app, int argc, char **argv);
int cmd_login(struct app *app, int argc, char **argv);
int cmd_book(struct app *app, int argc, char **argv);
int cmd_later(struct app *app, int argc, char **argv); /* sync, hub and what else the other two programs do */

/* `user key NAME [FILE]` with the store open; FILE, or stdin, holds the public key. Prints the
 * line; an exit code. */
int user_key(struct app *app, int argc, char **argv);

#endif
