/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person at a station, for tests of screens: a throw-away station, a stack of screens on cells,
 * keys by name. Asserts on every failure that is not the test's subject.
 */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "screens/screens.h"
#include "store/station.h"
#include "store/rows/internal.h"

#define DESK_AREA 410882103205 /* 王庄村 */
#define DESK_NOW "2026-07-14T06:33:00+08:00"

struct desk {
	char home[128];
	struct store *store;
	struct user user;
	struct stack *stack;
	struct grid grid;
	char shown[64 * 1024];
};

/* A village station with one user, 张三; nobody is logged in yet. */
void desk_open(struct desk *desk);
void desk_close(struct desk *desk);
/* Another person of the station. */
struct user desk_person(struct desk *desk, const char *name);
/* A record or a step by names and typed values: {"category=H0101", …, NULL}. */
struct ref desk_add(struct desk *desk, const char *kind, const char *const *fields);
void desk_step(struct desk *desk, const struct user *user, struct ref ref, const char *step,
	const char *const *fields);
void desk_edit(
	struct desk *desk, const struct user *user, struct ref ref, const char *const *fields);
/* Home on a terminal of that size; a stack that was there before is hung up. */
void desk_login(struct desk *desk, unsigned rows, unsigned columns);
void desk_hang_up(struct desk *desk);
/* Keys by name, parted by blanks: "1 enter ^O". False: the program was left. */
bool desk_keys(struct desk *desk, const char *names);
void desk_type(struct desk *desk, const char *text);
/* As the loop does when somebody else committed. */
void desk_reload(struct desk *desk);
/* The screen as text, borrowed; and whether TEXT stands on it (a failure prints the screen). */
const char *desk_screen(struct desk *desk);
bool desk_sees(struct desk *desk, const char *text);

#endif
