/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as a page: state, what can be done, fields, what disagreed, what belongs to it, and its
 * history. The record screen shows it, the line mode says it. A line's ref is the record that enter
 * opens; with a kind, enter lists those that belong to the record.
 */
#ifndef SCREENS_RECORD_PAGE_H
#define SCREENS_RECORD_PAGE_H

#include "store/files.h"
#include "store/station.h"
#include "work/actions.h"
#include "ui/page.h"

enum { RECORD_CHILDREN = 5 };

struct record_page {
	struct page page;
	unsigned children, history; /* lines where those parts begin */
	unsigned keys, keys_end;    /* from there to before there: steps by the keys of the screen */
	struct action actions[ACTIONS];
	unsigned action_count;
	const struct kind *kind;
	struct ref ref;
	uint64_t stamp;                      /* newest fact */
	const char *number, *title, *newest; /* newest: who wrote the newest fact, and when */
	unsigned conflicts;
	bool may_edit, may_add, newest_own; /* may_add: something is offered; newest_own: by this very person */
	struct actor actor;                 /* who looks; his struct user is the caller's */
	struct attached lacks;              /* the file that it names, where its bytes lie above and not here; .size 0: none */
};

/* RC_NONE when there is no such record. */
enum rc record_page_load(struct record_page *shown, struct store *store, const struct user *user, struct ref ref,
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* Is it offered to write such a record under this one? Not what a step writes or who looks may not, and a decision only
 * where there is something to decide. */
bool record_page_offers(const struct record_page *shown, const struct kind *child);
/* "村口.jpg 48.2K，约40秒": what would be fetched, and how long that takes at the rate that was measured. */
void record_page_lacks(const struct record_page *shown, struct buf *out);
/* Has it a page of calls to make and a report to write? */
bool record_page_calls(const struct record_page *shown);
void record_page_release(struct record_page *shown);

#endif
