/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing the watch over: what is open is listed by itself, the taker comes from the roster. For the screen and for
 * line mode.
 */
#ifndef SCREENS_HANDOVER_PAGE_H
#define SCREENS_HANDOVER_PAGE_H

#include "screens/tally.h"
#include "work/agenda.h"
#include "work/watch.h"

enum { TAKERS_MOST = 9, HANDED_MOST = 60 };

struct handover_page {
	struct tally tally;
	struct arena arena; /* of the loading */
	struct needs needs; /* of which those of now and today are handed on */
	struct {
		unsigned item;      /* place in .needs */
		const char *struck; /* why it is not handed on; NULL: it is. In .kept */
	} rows[HANDED_MOST];
	unsigned count, undone, unlisted; /* undone: records, of which several may be one row; unlisted: of them those without */
	struct watch_post takers[TAKERS_MOST]; /* tomorrow's roster first, then today's, then who works here */
	unsigned takers_count, rostered;       /* so many are of the roster that follows */
	unsigned taker;
	const char *desk;       /* that is given; "" = none */
	const char *officer;    /* who has it: not always who gives it */
	const char *word, *why; /* a remark, and why somebody else takes over; "" = none. In .kept */
	struct roster now, next;
	struct watch_silent silent;
	const char *weather; /* "" = nobody logged it */
	struct arena kept, lines;
	int64_t at;
	bool by_line;        /* the caller's: no keys but those of line mode are named */
	struct ref handover; /* that was written; seq 0 = not yet */
	const char *before;  /* that it was, before this page was opened; "" = it was not. In .kept */
};

enum rc handover_page_load(struct handover_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
void handover_page_lay(struct handover_page *page, const struct actor *actor, unsigned columns);
void handover_page_release(struct handover_page *page);
/* Takes over instead: N, 1 first. WHY may be left out for whom the roster names. RC_BAD: there is no such, or no reason. */
enum rc handover_page_taker(struct handover_page *page, unsigned n, const char *why, struct fault *fault) MUST_CHECK;
/* Does N need a reason? */
bool handover_page_asks(const struct handover_page *page, unsigned n);
void handover_page_word(struct handover_page *page, const char *text);
/* Row N (0 first) is not handed on, for a reason; "" = it is, after all. */
enum rc handover_page_strike(struct handover_page *page, unsigned n, const char *why, struct fault *fault) MUST_CHECK;
/* The row at '>'; -1 = none. */
int handover_page_at(struct handover_page *page);
/* "1刘凤英 2史俊杰": the one that is chosen in brackets. */
void handover_page_takers(const struct handover_page *page, struct buf *out);
/* Row N as it is written. */
void handover_page_row(const struct handover_page *page, unsigned n, struct buf *out);
/* Written in ACTOR's name, with all that is open. */
enum rc handover_page_write(struct handover_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* The taker as a person of this station who has a PIN; false: he signs when he is logged in. */
bool handover_page_here(const struct handover_page *page, struct store *store, struct user *user);

#endif
