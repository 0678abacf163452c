/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station may set for itself: one row an option in src/app/common/options.c, read from
 * HOME/outpost.conf. config/outpost.conf is printed from the same rows.
 */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "base/buf.h"

enum option_id {
	OPTION_LANGUAGE,
	OPTION_LIST_LIMIT,
	OPTION_FIND_LIMIT,
	OPTION_DAILY_BACKUP,
	OPTION_MASK,
	OPTION_SYNC_CHILD,
	OPTION_SYNC_EVERY,
	OPTION_SYNC_HOLD,
	OPTION_SYNC_BUDGET,
	OPTION_SYNC_WINDOW,
	OPTION_SYNC_SLOW,
	OPTION_SYNC_BEFORE,
	OPTION_SYNC_AFTER,
	OPTION_SYNC_HOOK,
	OPTION_HOOKS,
	OPTION_HOOK_SECONDS,
	OPTION_PRINT,
	OPTION_PRINT_CHARSET,
	OPTION_PRINT_COLUMNS,
	OPTION_PRINT_LINES,
	OPTION_PIPE,
	OPTION_QR,
	OPTION_WIRE_PACKING,
	OPTION_KEYS_DAYS,
	OPTION_GRANT_DAYS,
	OPTIONS
};

enum option_type {
	OPTION_NUMBER,
	OPTION_SWITCH,
	OPTION_CHOICE,
	OPTION_HOURS, /* "06:00-08:30", over midnight too; "always" */
	OPTION_PATH,  /* of a file, from the root on; "none" */
};

struct option {
	const char *name, *text; /* text: N_(), one sentence */
	const char *init, *unit; /* unit: N_(); NULL = none */
	enum option_type type;
	int64_t min, max;           /* of a number */
	const char *const *choices; /* of a choice, ends with NULL */
};
extern const struct option options[OPTIONS];

/* Reads HOME/outpost.conf; without one the defaults hold. A bad line is said on stderr (if SAY)
 * with file, line and rule, and its option stays as it is. */
void options_load(const char *home, bool say);
/* One setting. False: WHY is the rule (translated), nothing changed. */
bool option_set(const char *name, const char *value, const char **why);
void options_reset(void);

int64_t option_number(enum option_id id);
bool option_is(enum option_id id); /* a switch */
const char *option_text(enum option_id id);
/* "06:00-08:30" as minutes of the day; false when it is no such text. */
bool option_hours(const char *value, int *from, int *until);
/* The commented file with all options and their defaults. */
void options_print(struct buf *out);

#endif
