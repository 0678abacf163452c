/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of a kind in a list: the columns are chosen by the width there is, so that number, state and
 * title are seen on forty columns too. Filled at load, laid out before it is drawn.
 */
#ifndef SCREENS_ROWS_H
#define SCREENS_ROWS_H

#include "model/rules.h"
#include "ui/list.h"
#include "work/actor.h"

enum { ROWS_PAGE = 100, ROWS_NARROW = 60 };

struct rows_line {
	struct ref ref;
	enum look look;
	bool fresh; /* came since the person looked last */
	const char *number, *state, *title, *mark, *place;
	const char *texts[LIST_COLUMNS]; /* of the columns that the rules show, else of the kind's F_LIST fields */
};

struct rows {
	struct list list;
	const struct kind *kind;
	struct rows_line *lines; /* owned; their texts lie in the arena given at loading */
	unsigned count;
	size_t room;
	unsigned columns;        /* laid out for; 0 = not yet */
	const struct rule *show; /* the row of the rules for this list, as at the last loading; NULL: there is none */
	uint32_t who;            /* for whom what is new is marked; 0 = for nobody */
	uint64_t looked, newest; /* in the order of arrival: seen up to there before; the newest of those that were read */
	const struct ref *only;  /* only these, sorted, all at once; NULL: all */
	unsigned onlys;
	bool late;    /* only what is overdue, all of it at once */
	bool village; /* all lies in one place: no column says where */
	bool ladder;  /* there are stations above: a column says who has it by proof */
};

void rows_start(struct rows *rows, const struct kind *kind, const char *empty);
void rows_release(struct rows *rows);
void rows_clear(struct rows *rows);
/* Reads on from what is there, ROWS_PAGE more; rows_lay is due. */
enum rc rows_load(
	struct rows *rows, struct store *store, const struct query *query, struct arena *arena, struct fault *fault) MUST_CHECK;
/* From the next load on only those; REFS are sorted, and have to last. */
void rows_only(struct rows *rows, struct ref *refs, unsigned count);
/* The order that the rules want for QUERY's kind, if they want one. */
void rows_order(struct query *query);
/* What has come since ACTOR looked last is marked, and counts as seen from the next load on. */
void rows_look(struct rows *rows, const struct actor *actor);
/* Lay out for that width, if it is not yet. */
void rows_lay(struct rows *rows, unsigned columns);

#endif
