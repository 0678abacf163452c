/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station in a folder of its own, for the tests of the app's parts.
 */
#ifndef TESTS_APP_HELP_H
#define TESTS_APP_HELP_H

#include "app/command.h"

struct village {
	char home[64];
	struct app app;
};

/* A village with one user, 张三 at his post 网格员, who acts. The clock stands at 2026-07-14 18:00.
 */
void village_open(struct village *village);
void village_close(struct village *village);
/* A new record of KIND from "a=b" words ended by NULL. */
struct ref village_add(struct village *village, const char *kind, ...);

#endif
