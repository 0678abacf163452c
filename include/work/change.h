/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one door: whoever makes or alters a record says here for whom, on what, and with which values, and
 * the fact is checked and written. Commands, imports, forms, line mode and demos all come this way, so that the
 * same input is the same fact whichever way it came (docs/DESIGN.md, "The one door").
 *
 *   struct change change;
 *   change_new(&change, &actor, kind, parent);           or change_edit, change_step
 *   change_set(&change, "place", "后山", &why);
 *   change_defaults(&change);
 *   rc = change_commit(&change, &ref, &fault);
 *   change_release(&change);
 *
 * What is read from a file (actor.source) differs in this, and in nothing else: values may be codes that are not
 * known here, and names that the source gives records; what is blank is left out; change_defaults adds nothing,
 * for a file says what was and not what is usual; nothing follows from it (a cancel closes no other warning, a
 * second receipt is kept), for what followed stands in the file, too; a step that was out of order is stored and
 * marked instead of refused.
 */
#ifndef WORK_CHANGE_H
#define WORK_CHANGE_H

#include "base/arena.h"
#include "work/actor.h"

enum { CHANGE_VALUES = LIMIT_FIELDS + STEP_ARGS };

struct change_value {
	unsigned tag;
	enum { CHANGE_GIVEN, CHANGE_BLANK, CHANGE_DEFAULT } how; /* blank: named, with nothing in it */
	struct value value;
};

/* What a value goes on with (model/long_text.h). */
struct change_page {
	const char *key;
	unsigned number;
	struct bytes text;
	struct change_page *next;
};

/* One fact being made. Changed by the functions below alone, but for op.area, op.at and op.by. */
struct change {
	struct actor actor;
	const struct kind *kind;  /* of the record that is written */
	const struct step *step;  /* that is written; NULL: fields are */
	const struct step *taken; /* that makes this record (sign -> receipt); NULL: none */
	unsigned about;           /* kind of the record that TAKEN is taken on */
	int state;                /* and its state */
	struct op op;             /* after the commit it has its number; body and by lie in the change */
	struct value_ways ways;
	struct arena arena;
	struct buf body;
	unsigned count;
	struct change_value values[CHANGE_VALUES];
	bool own[3];               /* area, at, by are given */
	const struct user *second; /* who has shown a PIN beside the actor; NULL: nobody. The caller's */
	struct change_page *pages; /* of its long texts, written with it */
	bool plain;                /* the caller's: written by a key, where nobody sees fields: what is refused names none */
	const char *doubt;         /* after the commit: a name that several have, and who they are; NULL. Lies in the change */
	const char *told;          /* after the commit: what check rows tell, a line each; NULL. Lies in the change */
	int64_t again;             /* after the commit: it was signed so then, and nothing was written; 0 = it was */
};

/* A new record of KIND; PARENT is the one it belongs to (seq 0 = none, or told by change_set). It lies in the
 * station's area unless op.area or a value "area" says where. */
void change_new(struct change *change, const struct actor *actor, const struct kind *kind, struct ref parent);
/* Other values for fields of the record REF. */
void change_edit(struct change *change, const struct actor *actor, const struct kind *kind, struct ref ref);
/* STEP of RECORD, or the new record that it makes. */
void change_step(struct change *change, const struct actor *actor, const struct record *record, const struct step *step);
void change_release(struct change *change);

/* The Nth field that can be given, *MUST be given; NULL after the last. MUST may be NULL. */
const struct field *change_field(const struct change *change, unsigned n, bool *must);
/* By its name, or its label in either language; NULL: there is none. */
const struct field *change_named(const struct change *change, const char *name);
/* What of a field is there: typed, or a default. NULL: nothing. */
/* A value that was given is as if it had not been. */
void change_unset(struct change *change, unsigned tag);
const struct change_value *change_value(const struct change *change, unsigned tag);

/* TEXT to a value of FIELD, as change_set would read it; the value's text lies in KEEP. False: WHY is the rule. */
bool change_read(const struct change *change, const struct field *field, const char *text, struct buf *keep, struct value *value,
	const char **why);
/* One field by change_named, or the record's own: area, at, by. A blank TEXT leaves it empty: in an edit it clears
 * the field. False: WHY is the rule that was broken, translated. */
bool change_set(struct change *change, const char *name, const char *text, const char **why);
/* The same with a value as it is. */
bool change_put(struct change *change, const struct field *field, struct value value, const char **why);
/* FROM's pages go with values that CHANGE has of it; FROM is released later. */
void change_carry(struct change *change, const struct change *from);
/* What a person would find filled in: the table's `init` of each field that is not given. */
void change_defaults(struct change *change);
/* The first field that must be there and is not; NULL. */
const struct field *change_missing(const struct change *change);

/* Checks and writes it, with what follows from it, in one commit: role, level, grant, area, state, person, what
 * must be there; then the fact, signed where its kind asks for it; the edit that a decision stands for; the steps
 * that an update or a cancel takes on the warnings it names. *REF: the record. RC_BAD and RC_DENIED: nothing was
 * written. */
enum rc change_commit(struct change *change, struct ref *ref, struct fault *fault) MUST_CHECK;

#endif
