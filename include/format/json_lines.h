/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file of JSON values cut into them: a value a line, or one array with an element each.
 */
#ifndef APP_JSON_LINES_H
#define APP_JSON_LINES_H

#include "base/arena.h"

struct json_line {
	struct bytes text; /* without blanks around it; json_check has not judged it yet */
	unsigned line;
	struct json_line *next;
};

/* False: WHY is the rule (translated). Empty lines are left out. */
bool json_lines(struct arena *arena, struct bytes text, struct json_line **first, unsigned *count, const char **why);

#endif
