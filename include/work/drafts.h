/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person began to write and did not save: kept in the station after every finished field,
 * offered again when the same is begun. A few drafts for one purpose (a new hazard, an edit of ZZ-17 …):
 * what is begun anew writes none over.
 */
#ifndef WORK_DRAFTS_H
#define WORK_DRAFTS_H

#include "base/arena.h"
#include "store/station.h"

enum { DRAFTS_MOST = 20, DRAFT_NAME = 80, DRAFT_SLOTS = 4 };

/* What a draft is for. */
struct draft {
	const struct kind *kind; /* that the form fills, or whose step it is */
	struct ref ref;          /* edit or step of it; seq 0 = a new record */
	unsigned step;
	struct ref parent;
	uint64_t area;     /* of a new record */
	unsigned slot;     /* which of those for the same purpose */
	int64_t at;        /* kept last */
	const char *title; /* what was typed first; in the arena */
	/* What the form begins with, a line "field=value" each; NULL: what is usual. Not kept by itself. */
	const char *presets;
	/* The record that was refused, in whose place this new one stands: the form begins with what it says. Not kept. */
	struct ref instead;
};

/* BODY is what form_draft gave; empty forgets the draft. */
enum rc draft_keep(struct store *store, const struct user *user, const struct draft *draft, struct bytes body,
	struct fault *fault) MUST_CHECK;
enum rc draft_drop(struct store *store, const struct user *user, const struct draft *draft, struct fault *fault) MUST_CHECK;
/* Fills BODY, and .at and .area of DRAFT; false when there is none. */
bool draft_get(struct store *store, const struct user *user, struct draft *draft, struct buf *body);
/* Of those for the same purpose as DRAFT: the newest, with .slot, .at and .title (in ARENA); false:
 * there is none. And a slot for another one: a free one, or that of the oldest. */
bool draft_newest(struct store *store, const struct user *user, struct draft *draft, struct arena *arena);
unsigned draft_room(struct store *store, const struct user *user, const struct draft *draft);
/* All of a person, the newest last. */
unsigned drafts_of(struct store *store, const struct user *user, struct arena *arena, struct draft drafts[DRAFTS_MOST]);

#endif
