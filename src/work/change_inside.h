/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files behind the door share.
 */
#ifndef WORK_CHANGE_INSIDE_H
#define WORK_CHANGE_INSIDE_H

#include "model/op.h"
#include "work/change.h"
#include "work/homes.h"
#include "work/rules.h"

/* change.c: op.body from the values. */
void change_body(struct change *change);
/* change.c: what the program notes with a step (F_QUIET), whether typed or not. */
void change_notes(struct change *change);

/* may.c: the side a step is for, where it can be for one alone; a step that may be for either and
 * does not say for which: RC_BAD. */
void side_default(struct change *change);
enum rc side_told(const struct change *change, struct fault *fault) MUST_CHECK;

/* change.c: CHANGE becomes a fact as it is, without being asked whether it may: what follows from
 * one that was. Inside a transaction, or in one of its own. */
enum rc change_write(struct change *change, struct fault *fault) MUST_CHECK;

/* recoding.c: a change of areas or codes that could have no effect: RC_BAD or RC_DENIED. What the
 * program notes with one is noted. */
enum rc recoding_check(struct change *change, struct fault *fault) MUST_CHECK;

/* check.c: more goods that comes back than went out, and what cannot be taken back: RC_BAD. */
enum rc goods_check(const struct change *change, struct fault *fault) MUST_CHECK;
/* begin.c: what FIELD begins with, typed; false = it begins empty here and now. */
bool begin_text(const struct change *change, const struct field *field, struct buf *out);
/* begin.c: the grid that a new record lies in, where that is known. */
bool grid_init(const struct change *change, struct ref *grid);
/* recoding.c: it is noted where no form asks for it; a grid's own code that is none: RC_BAD. */
void grid_note(struct change *change);
enum rc grid_check(const struct change *change, struct fault *fault) MUST_CHECK;

/* source.c: names that several have. Typed: RC_BAD, and FAULT lists them, unless one alone is
 * still there; from a file: change->doubt does. */
enum rc namesakes(struct change *change, struct fault *fault) MUST_CHECK;

/* check.c: the record as it will be when CHANGE is written; borrows its body. */
struct after {
	struct arena arena;
	struct record record, was; /* was: before this fact, where .edited */
	bool edited;
	struct bytes body;
};
enum rc after_of(struct after *after, const struct change *change, struct fault *fault) MUST_CHECK;
void after_release(struct after *after);
/* check.c: the one before RECORD, as change_before has it. */
bool record_before(const struct record *record, struct store *store, struct record *before);
/* then.c: is there a row that CHANGE starts; and, inside the transaction that wrote it, what
 * follows. */
bool then_any(const struct change *change);
enum rc then_follow(const struct change *change, struct fault *fault) MUST_CHECK;

/* then_text.c: what the texts of a row say of the change that was written. */
struct following {
	const struct change *change; /* that was written */
	struct after after;          /* the record as it is now */
	struct world world;
	struct bytes line; /* of the field that `each` names, without "@who +minutes" at its end */
	struct bytes who;
	int64_t minutes;                    /* 0 = the line says none */
	struct bytes category, grade, note; /* of an item of a checklist, which is the line */
	const struct home *home;            /* that has to leave; NULL: none */
};
struct ref then_self(const struct following *to);
/* A field of its fact, or of its record; NULL: it is blank. KEEP holds the first. */
const struct value *then_value(
	const struct following *to, const struct field *field, struct value *keep);
/* Also an argument of its step; NULL: there is none of that name. */
const struct field *then_field(const struct following *to, const char *name);
/* Field NAME of MADE gets what TEXT says; a blank says nothing, and leaves it as it is. */
enum rc then_set(struct change *made, const struct following *to, const char *name,
	const char *text, struct fault *fault) MUST_CHECK;
/* What {NAME} says as a number, in thousandths: "quantity", "supply.quantity" of the record that a
 * field points to, or a difference of two of them, "quantity-supply.quantity", in which what is
 * blank behind the sign counts as none. False: nothing. */
enum { THEN_WORD = 64 };
bool then_number(const struct following *to, const char *name, int64_t *number);
/* then_set.c: MADE is written as it is: the row allows what follows, whatever the person's role.
 * What is not allowed of the record in its state does not follow. */
enum rc then_write(struct change *made, struct fault *fault) MUST_CHECK;
/* The record of KIND that the fact means: its own, or the one that a field points to;
 * RULE's values and sums in that record; and what grows where it lies: the
 * record that has all the texts of RULE gets its sums, or there is a new one. */
bool then_target(const struct following *to, const struct kind *kind, struct ref *ref);
enum rc then_change(
	const struct following *to, const struct rule *rule, struct fault *fault) MUST_CHECK;
enum rc then_grow(
	const struct following *to, const struct rule *rule, struct fault *fault) MUST_CHECK;
/* The first that MADE says of the records it belongs to; NULL. */
const struct change_value *then_above(const struct change *made);
/* What field NAME of the record has now; NULL: nothing. */
const struct value *then_named(const struct following *to, const char *name);
/* The Nth item of LIST becomes the line, with what hazard it makes; false: it makes none. */
struct checklist_at;
bool then_item(struct following *to, const struct checklist_at *list, unsigned n);
/* "… @who +minutes" at the end of the line goes where it belongs. */
void then_tail(struct following *to);

/* lineage.c: the warnings that a new one closes, or that a person ties one to, and the step that
 * closes them. */
enum { REFERS_MOST = 16 };
struct lineage {
	const struct change *change;
	const struct step *step; /* NULL: it closes none */
	struct ref self;         /* the warning that is tied or left; seq 0: a new one */
	struct ref closer;       /* a later one that ends SELF; seq 0: SELF ends others */
	char status[16];         /* of it: a drill closes no real one */
	bool settles, ends;      /* a doubt ends; it is a cancel, and closes itself */
	struct ref found[REFERS_MOST];
	unsigned count;
};
/* A warning that says this station's name as its issuer, or none, keeps its id as well: stations
 * are renamed, and several may have one name. */
void lineage_issuer(struct change *change);
enum rc lineage_look(
	struct lineage *lineage, const struct change *change, struct fault *fault) MUST_CHECK;
/* Takes the step on each of them, and on SELF when that is a cancel; inside a transaction. */
enum rc lineage_close(struct lineage *lineage, struct ref self, struct fault *fault) MUST_CHECK;

/* decide.c: EDIT becomes the edit that the new decision CHANGE stands for. *ENDS false: it stands
 * for none, and EDIT is nothing. */
enum rc decide(const struct change *change, struct change *edit, bool *ends,
	struct fault *fault) MUST_CHECK;

#endif
