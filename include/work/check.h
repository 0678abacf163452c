/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the county's check rows say of something that is about to be written: not taken, a reason is wanted, a number is
 * to be typed once more, or somebody is told.
 */
#ifndef WORK_CHECK_H
#define WORK_CHECK_H

#include "model/rules.h"
#include "work/change.h"

enum { CHECKS_MOST = 12 };

struct check_found {
	const struct rule *rule;
	const struct field *field; /* that the cursor goes to; NULL: none in particular */
	struct ref like;           /* the record that looks alike; seq 0: none is meant */
	bool cause;                /* .like is no double, but what asks for it */
};

/* Which record looks alike: "WZ-12 村西涵洞 堵". False: none does. */
bool check_like(const struct change *change, const struct check_found *found, struct buf *out);

/* Fills FOUND with the check rows that hold for CHANGE; returns how many. A row that wants a reason does not hold when
 * there is one. What is read from a file is not checked: a file says what was. */
unsigned change_checks(struct change *change, struct check_found found[CHECKS_MOST]);

/* The check row that takes STEP of RECORD from nobody now, whatever would be given with it; NULL. Who it is does not count:
 * another person may take it at the same terminal. */
const struct rule *check_never(const struct actor *actor, const struct record *record, const struct step *step);

/* Does RULE speak of the record's own fields alone? */
bool check_of_record(const struct rule *rule, const struct kind *kind);

/* The check row by which a second person has to show a PIN, and has not (change->second); NULL. */
const struct rule *change_wants_second(struct change *change);
/* The field that names the second person; NULL: the kind or the step has none. */
const struct field *change_second(const struct change *change);
/* RC_BAD, or RC_DENIED of a person: a check row does not take it, or wants a reason. What is only told is in
 * change->told. change_commit asks the same. */
enum rc change_checked(struct change *change, struct fault *fault) MUST_CHECK;
/* The newest record of the same kind, place and event that has numbers, as check rows call it prev: its numbers alone.
 * False: there is none. */
bool change_before(struct change *change, struct record *before);

#endif
