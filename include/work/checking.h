/* SPDX-License-Identifier: GPL-3.0-or-later
 * A check made item by item: yes, no, does not apply, or a number. It becomes one fact, a patrol of a danger point or an
 * inspection of anything else, and each no becomes what the rules make of it. For the screen and for line mode.
 *
 *   rc = checking_start(&checking, &actor, about, campaign, &fault);
 *   checking_answer(&checking, 'y'); … checking_number(&checking, "0.42", &why); …
 *   rc = checking_commit(&checking, &actor, &ref, &fault);
 *   checking_release(&checking);
 */
#ifndef WORK_CHECKING_H
#define WORK_CHECKING_H

#include "work/change.h"
#include "work/drafts.h"
#include "work/lists.h"

enum { CHECK_TEXT = 200, CHECK_LASTS = 5 };

/* A number of an item: of now, and of the checks before, the newest first. */
struct checked_number {
	char typed[24]; /* "" = none */
	unsigned count; /* of .last */
	struct {
		int64_t number, at; /* thousandths, when */
	} last[CHECK_LASTS];
};

struct checking {
	struct arena arena;
	struct ref about, campaign, warning; /* seq 0: of no campaign, in no warning */
	const struct kind *kind;             /* of the record that it becomes */
	const struct kind *object;           /* of what is checked */
	uint64_t area;
	const char *title;
	unsigned colour; /* row_colour */
	struct lists lists;
	unsigned chosen; /* in .lists; its items lie in .list */
	struct checklist_at list;
	struct answers answers; /* .count is the item that is asked now; .list.items: all are answered */
	char note[ANSWERS_MOST][CHECK_TEXT];
	struct checked_number number[ANSWERS_MOST];
	char people[CHECK_TEXT], expert[CHECK_TEXT], comment[CHECK_TEXT], rating[8];
	int64_t began, last_at; /* last_at 0: it was never checked by any list */
	struct answers last;    /* the answers to this list at the check before; .count 0 = none */
};

/* What a record of that kind is checked as; NULL: it is not checked. */
const struct kind *checked_as(const struct kind *kind);
/* CAMPAIGN seq 0 = none. RC_BAD: such a record is not checked; RC_NONE: there is no list for it. */
enum rc checking_start(struct checking *checking, const struct actor *actor, struct ref about, struct ref campaign,
	struct fault *fault) MUST_CHECK;
void checking_release(struct checking *checking);
/* The next list; what was answered is gone. */
enum rc checking_turn(struct checking *checking, const struct actor *actor, struct fault *fault) MUST_CHECK;
/* The item that is asked now; NULL: all are answered. */
const struct list_item *checking_item(const struct checking *checking);
bool checking_answer(struct checking *checking, char answer); /* false: a number is asked, or nothing */
/* A blank: it could not be read, and does not apply. False: WHY is the rule, translated. */
bool checking_number(struct checking *checking, const struct actor *actor, const char *typed, const char **why);
bool checking_back(struct checking *checking); /* the item before; false: there is none */
/* What is known of the item that was answered last goes with it; false: none was. */
bool checking_note(struct checking *checking, const char *text);
/* How many hazards its noes make. */
unsigned checking_hazards(const struct checking *checking);
/* What rows `check` tell of it, a line each, and what refuses it; "" = nothing. */
void checking_told(struct checking *checking, const struct actor *actor, struct buf *out);
enum rc checking_commit(struct checking *checking, const struct actor *actor, struct ref *ref, struct fault *fault) MUST_CHECK;
/* "无隐患" of ABOUT, without a list. */
enum rc checking_fine(const struct actor *actor, struct ref about, struct ref *ref, struct fault *fault) MUST_CHECK;
/* What was answered and not stored, kept in the station, and fetched again; false: nothing is kept. */
enum rc checking_keep(struct checking *checking, const struct actor *actor, struct fault *fault) MUST_CHECK;
bool checking_kept(const struct checking *checking, const struct actor *actor, unsigned *answered);
bool checking_fetch(struct checking *checking, const struct actor *actor);
/* The same by the list that it was answered by, whichever was begun with. */
bool checking_resume(struct checking *checking, const struct actor *actor);
void checking_forget(const struct checking *checking, const struct actor *actor);
/* Is a check kept in DRAFT? It is gone on with item by item: a form would take its half for the whole. */
bool checking_is_draft(struct store *store, const struct user *user, const struct draft *draft);

#endif
