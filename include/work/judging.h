/* SPDX-License-Identifier: GPL-3.0-or-later
 * A drill that was held, or a place by itself, marked item by item: A, B, C or D each, with a note. The marks make the grade,
 * and what was not good the problems, of which the rules make work. For the screen and for line mode.
 *
 *   rc = judging_start(&judging, &actor, drill, &fault);     or judging_start_self
 *   judging_mark(&judging, 'A'); judging_note(&judging, "对讲机没电"); …
 *   rc = judging_commit(&judging, &actor, &fault);
 *   judging_release(&judging);
 */
#ifndef WORK_JUDGING_H
#define WORK_JUDGING_H

#include "work/actor.h"
#include "work/lists.h"

enum { JUDGING_NOTE = 160 };

struct judging {
	struct arena arena;
	const struct kind *kind;
	struct ref about; /* the drill; seq 0: a place marks itself */
	const char *title, *type;
	struct lists lists;
	unsigned chosen; /* in .lists; its items lie in .list */
	struct checklist_at list;
	unsigned count; /* the item that is asked now; .list.items: all are marked */
	char mark[ANSWERS_MOST];
	char note[ANSWERS_MOST][JUDGING_NOTE];
};

/* RC_NONE: there is no list for it. */
enum rc judging_start(struct judging *judging, const struct actor *actor, struct ref drill, struct fault *fault) MUST_CHECK;
enum rc judging_start_self(struct judging *judging, const struct actor *actor, const char *type, struct fault *fault) MUST_CHECK;
void judging_release(struct judging *judging);
/* The item that is asked now; NULL: all are marked. */
const struct list_item *judging_item(const struct judging *judging);
bool judging_mark(struct judging *judging, char mark);        /* false: no such mark, or nothing is asked */
bool judging_back(struct judging *judging);                   /* the item before; false: there is none */
bool judging_note(struct judging *judging, const char *text); /* of the item that was marked last; false: none was */
/* The mean of 100, and the grade that it makes (code table mark), by the limits drill.mark and drill.grade. */
unsigned judging_points(const struct judging *judging);
char judging_grade(const struct judging *judging);
/* A line each: what has a note or a mark below B, and is not A. */
void judging_problems(const struct judging *judging, struct buf *out);
enum rc judging_commit(struct judging *judging, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* What was marked and not stored, kept in the station, and fetched again; false: nothing is kept. */
enum rc judging_keep(struct judging *judging, const struct actor *actor, struct fault *fault) MUST_CHECK;
bool judging_kept(const struct judging *judging, const struct actor *actor);
bool judging_fetch(struct judging *judging, const struct actor *actor);

#endif
