/* SPDX-License-Identifier: GPL-3.0-or-later
 * The board J: whom to call now, one digit a call. For the screen and for line mode.
 */
#ifndef SCREENS_CALL_PAGE_H
#define SCREENS_CALL_PAGE_H

#include "screens/call_order.h"
#include "screens/tally.h"
#include "work/owing.h"

struct call_page {
	struct tally tally;
	struct ref record;  /* that is called about; seq 0: the first that asks */
	struct owed owed;   /* all that ask */
	unsigned list;      /* place of .record among them */
	struct owing owing; /* in the arena given at loading */
	bool all;           /* also who has answered */
	bool lean;          /* the caller's: the line is slow */
	bool by_line;       /* the caller's: in line mode, which has no v */
	const char *title;  /* in the arena; "" = nothing asks */
	const char *spoken; /* what is read out, in the arena */
	const char *ladder; /* in which order people are called, in the arena */
	const char *others; /* who else is at which place */
	int64_t now;
	unsigned method; /* chosen by key: place in the code table, 1 first; 0 = as the row who says */
	uint64_t *order; /* owned: the places that are shown, in the order of the last sorting */
	unsigned ordered;
	struct arena lines;    /* of the row at '>' */
	struct call_done done; /* at 0: nothing was done yet */
	char said[160];        /* what was done last */
	bool tell;             /* and the row does not show it: it stands below the list */
};

enum { CALL_RESULTS = 6 };

enum rc call_page_load(struct call_page *page, const struct actor *actor, struct arena *arena, struct fault *fault) MUST_CHECK;
/* From the next load on the rows are sorted anew. */
void call_page_sort(struct call_page *page);
/* The next record that asks; from the next load on. */
void call_page_turn(struct call_page *page);
void call_page_lay(struct call_page *page, unsigned columns);
void call_page_release(struct call_page *page);
/* The place at '>'; NULL. */
const struct owing_place *call_page_place(struct call_page *page);
/* '>' goes to the next place that can be called now. */
void call_page_next(struct call_page *page);
/* "拨 154 3914 2161 西彰村 书记 王俊杰 第3次 …" of the place at '>'. */
void call_page_row(const struct call_page *page, const struct owing_place *place, struct buf *out);
/* Writes result N (1 first) of a call to the place at '>' and says so in .said. */
enum rc call_page_act(struct call_page *page, const struct actor *actor, unsigned n, struct fault *fault) MUST_CHECK;
enum rc call_page_undo(struct call_page *page, const struct actor *actor, struct fault *fault) MUST_CHECK;
const char *call_page_method(struct call_page *page); /* its label */
void call_page_turn_method(struct call_page *page);

#endif
