/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station in a folder of its own, for the tests of the app's parts.
 */
#ifndef TESTS_APP_HELP_H
#define TESTS_APP_HELP_H

#include "app/command.h"

struct desk {
	char home[64];
	struct app app;
};

/* A village with one user, 张三 at his post 网格员, who acts. The clock stands at 2026-07-14 18:00.
 */
void desk_open(struct desk *desk);
void desk_close(struct desk *desk);
/* A new record of KIND from "a=b" words ended by NULL. */
struct ref desk_add(struct desk *desk, const char *kind, ...);

#endif
