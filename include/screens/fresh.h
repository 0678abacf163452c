/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which rows of home are new to who looks (work/seen.h): marked with '*' before what they are about, until they have been
 * looked at.
 */
#ifndef SCREENS_FRESH_H
#define SCREENS_FRESH_H

#include "screens/needs.h"
#include "work/seen.h"

enum { FRESH_NOW = 64 };

struct fresh {
	struct seen seen;
	bool on[NEEDS_SHOWN];             /* by place in the items: it is new */
	struct seen_row paged[SEEN_MOST]; /* has stood on the page */
	unsigned count;
	struct ref now[FRESH_NOW]; /* what stood in now when that was asked last */
	unsigned nows;
};

/* Which of NEEDS, grouped, are new to ACTOR. What has stood on the page is kept. */
void fresh_load(struct fresh *fresh, const struct actor *actor, const struct needs *needs);
/* The rows of LIST from FROM to before END stand on the page. */
void fresh_paged(struct fresh *fresh, const struct needs *needs, struct list *list, unsigned from, unsigned end);
/* Home is left: what has stood on the page was looked at. */
void fresh_left(struct fresh *fresh, const struct needs *needs);

/* Has something come into now since this was asked last? */
bool fresh_now(struct fresh *fresh, const struct needs *needs);

#endif
