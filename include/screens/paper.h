/* SPDX-License-Identifier: GPL-3.0-or-later
 * One form being filled for one purpose: a new record, an edit, or a step. Opening it finds the
 * draft, saving it looks whether somebody was faster. Shared by the write screen and the line mode.
 */
#ifndef SCREENS_PAPER_H
#define SCREENS_PAPER_H

#include "work/drafts.h"
#include "store/station.h"
#include "ui/form.h"

struct paper {
	struct form form;
	struct draft draft; /* what it is for */
	struct store *store;
	struct user user;
	struct user second; /* in whose name it is written instead; who 0 = the user's */
	uint64_t stamp;     /* of the record as the writer knows it */
	const struct step *taken; /* of the parent: makes this record; NULL: none does */
	unsigned parent_kind;     /* with TAKEN: what the parent is, */
	int parent_state;         /* and its state */
	bool restored;      /* the form began with a draft */
	bool saved;         /* written, or given up: no draft is kept any more */
	int64_t again;      /* saved: nothing was written, as this person signed so then
			       (action_say_signed) */
	bool draft_lost;    /* keeping the draft failed last time: .fault says why */
	struct fault fault;
};

/* FOR says what; its parent or area may be empty. The paper must not move in memory. */
enum rc paper_open(struct paper *paper, struct store *store, const struct user *user,
	const struct draft *purpose, struct fault *fault) MUST_CHECK;
void paper_release(struct paper *paper);
/* Keep what is typed now, the field being typed included. */
void paper_keep(struct paper *paper);
/* Forget the draft and begin again. */
enum rc paper_again(struct paper *paper, struct fault *fault) MUST_CHECK;
/* "隐患 新登记", "交办 ZZ-17 后山" */
void paper_title(struct paper *paper, struct buf *out);
/* What somebody wrote into the record since the writer saw it. Fields that were not touched here
 * take the new value; of those that were, both values are told in CLASH. True: there is a clash. */
bool paper_moved(struct paper *paper, struct buf *clash);
/* Must somebody else than the user do it? */
bool paper_other(const struct paper *paper);
/* SECOND is to write it, who has shown a PIN: fields that name the user name them. False: WHY
 * stands against it. */
bool paper_second(struct paper *paper, const struct user *second, const char **why);
/* It is the user's own again. */
void paper_own(struct paper *paper);
/* Does it ask for the PIN of whoever has one? WHAT: for the question. */
bool paper_asks(const struct paper *paper, const char **what);
/* RC_BAD with empty text: a field is wrong, the form shows it. *REF: the record written. */
enum rc paper_save(struct paper *paper, struct ref *ref, struct fault *fault) MUST_CHECK;

#endif
