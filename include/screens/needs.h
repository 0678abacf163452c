/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody now, in the order in which it burns: unsigned warnings by colour, what is
 * overdue, who is silent, what falls due, what expires, what wants confirming.
 */
#ifndef SCREENS_NEEDS_H
#define SCREENS_NEEDS_H

#include "model/rules.h"
#include "store/rows.h"
#include "ui/list.h"

enum { NEEDS_SHOWN = 200 };

struct need_item {
	enum need need;
	unsigned rank; /* 0 first */
	struct ref ref;
	const struct kind *kind;
	int64_t until;
	uint64_t stamp;
	enum look look;
	bool in_force;                     /* a warning, signed and not over: .need may be none */
	const char *colour, *title, *text; /* colour: its letters, or "" */
};

struct needs {
	struct need_item *items; /* owned; texts lie in the arena */
	unsigned count, room;
	unsigned counts[NEEDS];
	int64_t next; /* when the next limit runs out; 0 = none known */
};

enum rc needs_load(struct needs *needs, struct store *store, int64_t now, struct arena *arena,
	struct fault *fault) MUST_CHECK;
void needs_release(struct needs *needs);
/* A row of LIST (three columns, WIDE four) for each, NEEDS_SHOWN at most; id = its place. */
void needs_list(const struct needs *needs, struct list *list, int64_t now, bool wide);
/* "待签收1 超期3", or "" when there is nothing. */
void needs_sum(const struct needs *needs, struct buf *out);
/* The reddest, then newest, of the red and orange warnings in force that nobody here signed: TEXT
 * says it ("" = none). *FRESH: one of them came after *HEARD (its place in the order of arrival), which
 * moves: ring. */
enum rc needs_alarm(struct store *store, uint64_t *heard, struct buf *text, bool *fresh,
	struct fault *fault) MUST_CHECK;

#endif
