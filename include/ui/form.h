/* SPDX-License-Identifier: GPL-3.0-or-later
 * A form: fields from the schema or the arguments of a step, one a row, long texts over some rows.
 * Checked field by field on leaving; the cursor stays on the bad one and the rule is said in words.
 * After each finished field a callback can keep a draft, so that a hang-up costs at most the field
 * being typed.
 *
 * Keys: enter, Tab, down or Ctrl-N next field; up, BackTab or Ctrl-P the one before. In a choice,
 * blank or the first letter opens the picker, and so does enter while it is empty and must be
 * filled. EDIT_BREAK begins a new line of a long text. What stands in a time, date, number or telephone from the beginning goes when one types. Ctrl-O, or enter on the last line, saves; Ctrl-X leaves. Signs before the label: '*' must
 * be filled, '+' changed, '!' wrong.
 */
#ifndef UI_FORM_H
#define UI_FORM_H

#include "model/value.h"
#include "ui/pick.h"
#include "work/change.h"

struct form;

/* What a form asks of the outside; all but values may be NULL. */
struct form_ways {
	struct value_ways values;
	/* things for a T_REF field: TO is a struct form_asked */
	pick_fn *records;
	/* a rule over several fields, after the field's own; false: WHY (translated) */
	bool (*check)(void *to, struct form *form, unsigned place, const char **why);
	/* a field was finished: keep form_draft() somewhere */
	void (*kept)(void *to, struct form *form);
	void *to;
	uint64_t area; /* where the area picker begins */
};

/* What a records source is asked with. */
struct form_asked {
	struct form *form;
	const struct field *field;
	void *to; /* of the form_ways */
};

struct form_field {
	const struct field *field;
	struct edit edit;      /* the text as typed or chosen: what value_parse takes */
	char *was;             /* the text it began with; owned */
	bool must, bad, fixed; /* fixed: shown, never entered */
	bool touched;          /* typed into since it was entered */
	bool marked;           /* '+' stands before it */
	unsigned rows;         /* laid out */
	char *shown;           /* laid out: what was chosen or fixed, in words; owned */
	char *given;           /* what the program typed, which is no change; owned; NULL */
	char *last, *note;     /* stand beside: last time's, which '=' types, "." = not known then; owned; NULL */
};

enum form_act {
	FORM_MOVED, /* draw again */
	FORM_NOT,   /* not a key of the form */
	FORM_SAVE,  /* everything is checked: form_hand */
	FORM_LEAVE  /* the person wants out; the draft is kept by the caller, or not */
};

struct form {
	struct form_field *fields;
	unsigned count;
	unsigned at;   /* the field with the cursor; count = the save line */
	unsigned top;  /* laid out: the first field drawn */
	unsigned left; /* laid out: the column of the values */
	unsigned end;  /* laid out: so many fields are shown at most */
	bool begun;    /* by form_begin, not laid out since */
	bool headed;   /* a line above it says what the fields before the one say where it begins */
	bool lean;     /* what need not be filled is shown when the cursor comes there: each row costs a slow line */
	bool fresh;    /* nothing of it is there yet: no '+' stands before what is filled in */
	char why[200]; /* the rule that was broken; "" = none */
	struct pick pick;
	bool picking;
	struct form_asked asked;
	struct form_ways ways;
	const char *save; /* translated word on the save line; form_start sets 保存 */
};

/* Empty form of KIND's fields (not F_FOLD, F_STEP, F_QUIET), or of a step's arguments. */
void form_start(struct form *form, const struct kind *kind, const struct step *step, const struct form_ways *ways);
void form_release(struct form *form);
/* Any list of fields, ended by tag 0 (setup and the like); MUST flags count. */
void form_start_fields(struct form *form, const struct field *fields, const struct form_ways *ways);

/* A field before all others that is the caller's own, filled with TEXT: form_hand leaves it out. Its tag
 * is FORM_OWN or more. The cursor begins behind it. */
void form_lead(struct form *form, const struct field *field, const char *text);
enum { FORM_OWN = 0x1000 };

const char *form_text(struct form *form, unsigned tag);           /* "" when there is none */
void form_set(struct form *form, unsigned tag, const char *text); /* as if typed: counts as changed */
/* What is there already (an edit): not changed, and form->fresh is off. */
void form_fill(struct form *form, unsigned tag, const struct value *value);
/* What a new record would begin with: filled in, but not typed. */
void form_offer(struct form *form, unsigned tag, const struct value *value);
void form_fix(struct form *form, unsigned tag); /* shown, but not to be changed */
/* As if typed, but no change: what the program knows, and a person may overwrite. */
void form_give(struct form *form, unsigned tag, const char *text);
/* Beside the field: LAST time's, which '=' types where it is empty ("." = not known then), and a NOTE; "" = none. */
void form_last(struct form *form, unsigned tag, const char *last, const char *note);
/* What '=' types there; NULL: nothing. */
const char *form_same(const struct form_field *field);
/* The line of TAG stands behind that of BEHIND. */
void form_move(struct form *form, unsigned tag, unsigned behind);
/* The cursor begins there. What is above is seen too where there is room for it and the line is not slow, else when one goes
 * up. */
void form_begin(struct form *form, unsigned tag);
bool form_changed(const struct form *form);
/* Is there a text of several lines to be filled, in which EDIT_BREAK means something? */
bool form_breaks(const struct form *form);
/* Check one field (false: .why, .bad), or all; the cursor goes to the first bad one. */
bool form_check_field(struct form *form, unsigned place);
bool form_check(struct form *form);
/* Everything typed goes to CHANGE, a cleared field as a blank; what was only offered or filled in is for CHANGE to
 * have. False when a field is wrong (then the cursor is on it). */
bool form_hand(struct form *form, struct change *change);

/* The widget at work: what a key does to it, its layout before each draw, and its drawing. */
enum form_act form_key(struct form *form, int key);
/* What was pasted goes into the field at the cursor and nowhere else; a choice is narrowed by it. */
enum form_act form_paste(struct form *form, const char *text);
void form_layout(struct form *form, struct pane room);
void form_draw(const struct form *form, struct pane pane);

/* Everything typed, changed fields only, as bytes for store_set; and back: how many fields came
 * from it. */
void form_draft(struct form *form, struct buf *out);
unsigned form_restore(struct form *form, struct bytes draft);

/* For line mode: fill PICK with the choices of a field; false when the field has none. The form
 * owns it until the next call or form_release. */
bool form_choices(struct form *form, unsigned place, struct pick **pick);
/* The value as a person reads it (codes as labels); "" when empty. */
void form_show(struct form *form, unsigned place, struct buf *out);

#endif
