/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checking files of the county's data, sending rule files down, and taking them back.
 */
#ifndef APP_CMD_RULES_H
#define APP_CMD_RULES_H

#include "app/command.h"

/* The name by which stations know a rule file: that of PATH without its folder. */
const char *rules_name(const char *path);
/* What is wrong with FILE: rules, roles.conf, or a pack, checklist or card by the folder it lies
 * in. An exit code. */
int rules_check_file(const char *file);
/* Checks FILE, and sends it to all stations below as signed facts in the place of an earlier one of
 * its name. An exit code. */
int rules_publish(struct app *app, const char *file);
int rules_withdraw(struct app *app, const char *name);

#endif
