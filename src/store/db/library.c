/* SPDX-License-Identifier: GPL-3.0-or-later
 * Older systems bring an older SQLite. What it cannot do is said, and never a wrong answer.
 */
#include "store/db/library.h"

#include <sqlite3.h>
#include <string.h>

enum { OLDEST = 3026000 };

enum rc library_check(struct fault *fault)
{
	if (sqlite3_libversion_number() >= OLDEST)
		return RC_OK;
	return fault_set(fault, RC_IO, _("%s %s 太旧，要 %s 或更新的：请升级系统的这个库"),
		"SQLite", sqlite3_libversion(), "3.26");
}

void library_understood(int error, const char *why)
{
	if (error == SQLITE_ERROR &&
		(strstr(why, "no such function") || strstr(why, "syntax error")))
		die(_("SQLite %s 做不了这一步（%s）：请升级系统的这个库"), sqlite3_libversion(),
			why);
}
