/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of kinds: what there is. It lies in src/model/kinds/, one file a group, and storage,
 * forms, lists, search, export, sync, help and the manual all read it from here.
 * Tags, types and kind numbers are a promise to the field (tests/house/schema.lock).
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/base.h"
#include "base/limits.h"

/* What goes first on a poor link; the number lies in the low three bits of every fact's seq. */
enum lane { LANE_ALARM, LANE_REPORT, LANE_LOOP, LANE_BOOK, LANE_BULK, LANES };
extern const char *const lane_names[LANES];  /* alarm report loop book bulk */
extern const char *const lane_labels[LANES]; /* N_() */

enum ftype {
	T_TEXT,  /* one line */
	T_LONG,  /* several lines */
	T_NUM,   /* whole number */
	T_DEC,   /* decimal with three places, kept as thousandths */
	T_LON,   /* degrees east, kept as millionths (enum DEGREE); places behind the sixth are cut */
	T_LAT,   /* degrees north, likewise */
	T_BOOL,  /* 0 or 1 */
	T_CODE,  /* a code of table .codes; what is not in it: code_kept() in src/model/value.c */
	T_CODES, /* several, separated by ',' in the value */
	T_DATE,  /* yyyymmdd, day 0 = month only */
	T_TIME,  /* seconds since 1970 */
	T_PHONE, /* digits, '+', '-' */
	T_REF,   /* a record of kind .target, or a text as long as it is not tied */
	T_AREA,  /* area code of 2, 4, 6, 9 or 12 digits, kept with 12 */
	T_AREAS, /* several codes of any list, separated by ',' */
	T_TYPES
};

enum {
	F_MUST = 1 << 0,     /* must be filled */
	F_LIST = 1 << 1,     /* a column of the list */
	F_FIND = 1 << 2,     /* searched */
	F_TITLE = 1 << 3,    /* names the record in one line */
	F_FOLD = 1 << 4,     /* written by the fold alone: state of a track and the like */
	F_DUE = 1 << 5,      /* a deadline while the record is open */
	F_EXPIRES = 1 << 6,  /* a day from which the thing is no good */
	F_PRIVATE = 1 << 7,  /* shown masked on lists and shared screens */
	F_SUM = 1 << 8,      /* adds up over areas */
	F_ZERO = 1 << 9,     /* blank means unknown and 0 means none */
	F_STEP = 1 << 10,    /* an argument of steps only, never a column */
	F_PARENT = 1 << 11,  /* the record this one belongs to: shown under it */
	F_NEG = 1 << 12,     /* may be negative */
	F_HERE = 1 << 13,    /* for this station to decide: no file brings it */
	F_SAME = 1 << 14,    /* records of the kind with the same text in it are copies of one, whatever way they came */
	F_COLOUR = 1 << 15,  /* how bad it is, red to blue: shown as a colour, red and orange are grave */
	F_REACHED = 1 << 18, /* names the person whom the field `phone` reaches */
	F_REAL = 1 << 16,    /* "actual", or it is a drill or a test: said wherever the record is named */
	F_KEY = 1 << 17,     /* by these fields of the kind, together, records are looked up: an index */
	F_QUIET = 1 << 19,   /* the program notes it: no line of a form */
	F_PLACES = 1 << 24,  /* a text that names places: they are marked in a list, or written in words */
	/* Which row of the rules made it, and of what: records of the kind that lie in one place and have the same number in it
	 * are one, whichever stations wrote them. */
	F_MADE = 1 << 26,
	F_SECRET = 1 << 25, /* all its codes but `named` keep the private fields of the record from all but who handles it */
	F_SECOND = 1 << 27, /* names the second person, who has shown a PIN: the program writes it, no line of a form */
	F_THERE = 1 << 20,  /* a new record lies where the record lies that this names, unless something else is said */
	/* Records of the kind say that something is called otherwise since: what was, and what is now. Codes of the table that
	 * F_TABLE names; without such a field the areas. */
	F_WAS = 1 << 21,
	F_NOW = 1 << 22,
	F_TABLE = 1 << 23,
	F_ENDS = 1 << 28,  /* its code `cancel`: the record only says that another one is over, and so does its name */
	F_SITE = 1 << 30,  /* the id of a station in hex; people read its name, and nothing where it is 0 */
	F_ALONE = 1 << 29, /* 1: one of both is the area of the station that says so, and nobody stood over it then */
};

enum { DEGREE = 1000000 }; /* of T_LON and T_LAT */

struct field {
	unsigned tag;
	const char *name, *label; /* English name of the contract; Chinese label, N_() */
	enum ftype type;
	unsigned flags, width; /* width: columns in a list, 0 = what is left */
	const char *codes;     /* code table of T_CODE(S); else NULL */
	unsigned target;       /* kind of T_REF; 0 = any */
	const char *init; /* "now" "today" "user" "post" "station" "area" "words" "season" "grid", or a value; NULL = empty */
};

enum { STATE_OPEN = 1, STATE_DONE = 2, STATE_VOID = 4 /* withdrawn, not true, void */ };

struct state {
	const char *code, *label;
	unsigned flags;
};

/* One of those who answer for a record side by side: the code that the argument `track` takes, and the tags
 * of the fields that keep the track's state and deadline, and how often it was urged. */
struct track {
	const char *code;
	unsigned state, due, urged;
};

/* A fact that gives field TAG the value CODE goes in LANE: a first disaster report is an alarm. */
struct lane_move {
	unsigned tag;
	const char *code;
	enum lane lane;
};

/* The levels of stations, as bits for steps and kinds. */
enum level { LEVEL_VILLAGE, LEVEL_TOWNSHIP, LEVEL_COUNTY, LEVEL_CITY, LEVEL_PROVINCE, LEVELS };
extern const char *const level_names[LEVELS]; /* village township county city province */
extern const char *const level_labels[LEVELS];
enum { BY_ANY = 31, BY_TOWN_UP = 30, BY_COUNTY_UP = 28 };

enum {
	/* Acts on the track named by its argument `track` (the kind's first when left out): sets the track's
	 * state to "assigned", or with STEP_ALL_TRACKS to "accepted". */
	STEP_TRACK = 1 << 0,
	/* Moves the state only when every assigned track has accepted. */
	STEP_ALL_TRACKS = 1 << 1,
	STEP_OTHER = 1 << 2,  /* by another person than the one of step .other; 0 = than who began the record */
	STEP_MAKES = 1 << 3,  /* writes a record of kind .makes instead of a step (sign -> receipt) */
	STEP_SIGNED = 1 << 4, /* carries the author's signature */
	STEP_COUNTS =
		1
		<< 5, /* adds one to the field .other, where it can fail when it fails; and to the urgings of the track that it names */
	/* The track named by its argument works on it; with STEP_ALL_TRACKS it has finished, and the state moves
	 * when every assigned track has. Without a name it speaks for all. */
	STEP_SIDE = 1 << 6,
	STEP_CLEARS = 1 << 7,   /* leaves the field .other empty */
	STEP_PAST = 1 << 8,     /* older facts took it; it is offered no more */
	STEP_OWN = 1 << 10,     /* a station says it by itself: nobody is offered it */
	STEP_REPORT = 1 << 9,   /* goes up with disaster reports, whatever the lane of its kind: heads of a shelter */
	STEP_ARG_MUST = 0x8000, /* in args: must be given */
};
enum { STEP_ARGS = 8, STEP_STAYS = -1 };

struct step {
	unsigned tag;
	const char *verb, *label;
	uint32_t from; /* mask of states it is allowed in */
	int to;        /* state after it; STEP_STAYS */
	int failed;    /* state after it when its `result` is "failed"; STEP_STAYS */
	unsigned by;   /* BY_… : which stations may */
	unsigned flags;
	unsigned
		other; /* STEP_OTHER: tag of the other step. STEP_MAKES: kind that it makes. STEP_COUNTS, STEP_CLEARS: tag of a field */
	uint16_t args[STEP_ARGS]; /* tags of fields or step arguments, | STEP_ARG_MUST; 0 ends */
};

/* Arguments that many steps share. Tags from 200 up never are fields of a kind. ARG_ADDED goes with an edit of one number: by
 * so much, in thousandths, it changes what stands there, whatever that is by then. */
enum { ARG_TEXT = 200, ARG_TRACK, ARG_RESULT, ARG_UNTIL, ARG_LEVEL, ARG_NUMBER, ARG_TO, ARG_METHOD, ARG_ADDED };

enum {
	K_UP_ONLY = 1 << 0,      /* goes only to stations above: tip givers, vulnerable households, the dead */
	K_SIGNED = 1 << 1,       /* each fact carries its author's signature */
	K_HIDDEN = 1 << 2,       /* not offered in menus: users, sites, drafts */
	K_PILE = 1 << 3,         /* piles up: lists show the newest first */
	K_POINT = 1 << 4,        /* has a place: GeoJSON when coordinates are known */
	K_TO_ALL = 1 << 6,       /* sent down to everybody: it concerns stations below where it lies */
	K_FINAL = 1 << 7,        /* never edited but written anew: a grant, a revocation */
	K_SIGNED_GRAVE = 1 << 5, /* as K_SIGNED when the colour of its parent is not known to be yellow or blue */
};

struct kind {
	unsigned id;
	const char *name, *label, *plural; /* plural: heading of its list; N_() */
	const char *group;                 /* one letter, domain group A to L */
	enum lane lane;
	unsigned flags;
	const struct field *fields; /* ends with tag 0 */
	const struct track *tracks; /* ends with code NULL, as the next two */
	const struct lane_move *moves;
	const struct state *states; /* the first is where records begin */
	const struct step *steps;   /* ends with tag 0 */
};

extern const struct kind kinds[];
extern const unsigned kinds_count;
extern const struct field step_args[]; /* ARG_…, ends with tag 0 */

const struct kind *kind_of(unsigned id); /* NULL when unknown */
const struct kind *kind_named(const char *name);
const struct field *field_of(const struct kind *kind, unsigned tag); /* also step_args */
const struct field *field_named(const struct kind *kind, const char *name);
unsigned field_count(const struct kind *kind);
int field_place(const struct kind *kind, unsigned tag);                    /* 0… in the table; -1 */
const struct field *field_flagged(const struct kind *kind, unsigned flag); /* the first with it; NULL */
/* Where a record of KIND says to which record of kind OF it belongs: the field for that kind, else one for any; NULL. */
const struct field *field_parent(const struct kind *kind, unsigned of);
/* Does it name a person or another record, which may be told apart only by number? */
bool field_names_one(const struct field *field);
/* The kind of the record that it names. */
unsigned field_target(const struct field *field);
/* Columns of a list in the program's language: the table counts hanzi, English needs more. 0 = what is left. */
unsigned field_columns(const struct field *field);
const struct step *step_of(const struct kind *kind, unsigned tag);
/* Does a record of KIND say that areas or codes are called otherwise since (F_WAS)? */
bool is_recoding(unsigned kind);
/* May several records of KIND be copies of one (F_SAME)? */
bool has_copies(const struct kind *kind);
/* Do records of KIND replace or end one another (F_ENDS)? */
bool kind_ends(const struct kind *kind);
/* May several records of KIND have been made of one cause, and be one (F_MADE)? */
bool has_twins(const struct kind *kind);
/* The step of KIND's records that makes one of kind MADE (STEP_MAKES); NULL. */
const struct step *step_making(const struct kind *kind, unsigned made);
const struct step *step_named(const struct kind *kind, const char *verb);
const struct field *step_arg(const struct kind *kind, const struct step *step, unsigned n, bool *must); /* NULL after the last */
int state_named(const struct kind *kind, const char *code);                                             /* -1 */
unsigned state_count(const struct kind *kind);
/* The lane of a fact: the kind's, unless the step or a field's value overrides it (a first report is alarm). */
enum lane lane_of(const struct kind *kind, unsigned step, struct bytes body);
/* Checks the whole table; false with WHY naming the row. Run at start and by tests. */
bool schema_check(char why[200]);

#endif
