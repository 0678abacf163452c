/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board W: who has the watch, what is not done, and the log. For the screen and for line mode.
 */
#ifndef SCREENS_WATCH_PAGE_H
#define SCREENS_WATCH_PAGE_H

#include "screens/tally.h"
#include "work/agenda.h"
#include "work/watch.h"

enum { WATCH_OPEN = 16, WATCH_TYPES = 10, WATCH_UNDO_SECONDS = 3600 };

struct watch_page {
	struct tally tally;
	struct roster roster, next; /* of today and tomorrow, in the arena given at loading */
	const char *figures;        /* of the rules; "" = none */
	const char *unmanned;       /* desks that have to be manned, and are not; "" = none */
	struct watch_log log;
	struct watch_open {
		const struct kind *kind;
		unsigned count, late;
	} open[WATCH_OPEN]; /* what this place has to do now or today, by kind */
	unsigned open_count, undone;
	int64_t now;
	struct arena lines; /* of the layout */
	struct ref done;    /* the entry written here last, */
	int64_t done_at;    /* and when; 0 = none */
	char said[160];
};

enum rc watch_page_load(struct watch_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
void watch_page_lay(struct watch_page *page, unsigned columns);
void watch_page_release(struct watch_page *page);
/* The record at '>', or what is open of a kind; false: neither. */
bool watch_page_at(struct watch_page *page, const struct kind **kind, struct ref *ref);
/* "1来电 2去电 … 0紧急情况", and which one a digit is; 0 = none. */
void watch_page_types(struct buf *out);
unsigned watch_page_type(int digit);
/* An entry of type N (1 first); says so in .said. */
enum rc watch_page_write(
	struct watch_page *page, const struct actor *actor, unsigned n, const char *text, struct fault *fault) MUST_CHECK;
/* What that would take back, in words: "05:42 来电 …"; "" = nothing. */
void watch_page_last(const struct watch_page *page, const struct actor *actor, struct buf *out);
enum rc watch_page_undo(struct watch_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
#endif
