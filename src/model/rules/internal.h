/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sources of this room share: those that read rows and those that judge by them.
 */
#ifndef MODEL_RULES_INTERNAL_H
#define MODEL_RULES_INTERNAL_H

#include "base/conf.h"
#include "model/rules.h"

enum { LIMITS_MOST = 256, MAYS_MOST = 1024, PINS_MOST = 128, RIGHTS_MOST = 128 };

/* What stands on a side of a condition. */
enum term {
	TERM_NUMBER,
	TERM_FIELD,
	TERM_BEFORE, /* prev.field */
	TERM_OTHER,  /* field.field: of the record that the first points to */
	TERM_LIMIT,
	TERM_TODAY, /* today, today-30: the date so many days away */
	TERM_COUNT, /* count(KIND field=value), sum(KIND.field), ledger(KIND.field field=code) */
};
enum subject {
	ABOUT_FIELD,
	ABOUT_ANY, /* any number of the record */
	ABOUT_LATE,
	ABOUT_INTIME,
	ABOUT_SETTLED,
	ABOUT_MINE,
	ABOUT_ANSWERED, /* has this station answered what it was asked */
	ABOUT_ESCALATED,
	ABOUT_TOLD, /* count: of a household */
	ABOUT_LEFT, /* seconds until the limit */
	ABOUT_AGE,
	ABOUT_BEFORE, /* days since the report before a new one was written */
	ABOUT_SEASON,
	ABOUT_HERE, /* the level of this station */
	ABOUT_RESPONSE,
	ABOUT_USER,    /* the person whom a field names */
	ABOUT_HIS,     /* field .tag of the record of the person who writes */
	ABOUT_CHANGED, /* what an edit writes over */
	ABOUT_LIKE,    /* another one that is open has the same there */
	ABOUT_COUNT,   /* left side: count(…) */
	ABOUT_ITEM,    /* how item .tag of the checklist .left.text was answered: one of .codes */
};

struct term_value {
	enum term term;
	int64_t number;      /* thousandths; TERM_BEFORE: added to it */
	unsigned tag, other; /* TERM_OTHER: .tag points, .other is read */
	unsigned kind, by;   /* TERM_COUNT: .tag is summed (0 = counted) where field .by is .text */
	bool ledger;         /* of its place since the event, also what is done; .text: codes */
	const char *text;    /* of a limit, of a count */
	const char *since;   /* TERM_COUNT: those of this period alone, a code of the table period;
				NULL */
};

struct condition {
	enum subject about;
	bool not ;
	char how; /* '=' one of .codes, '?' blank, '<' '>' 'l' (<=) 'g' (>=) */
	unsigned tag;
	const char *codes; /* separated by ',' */
	struct term_value left, right;
};

struct limit {
	const char *name;
	int64_t number;
	unsigned line; /* in the file that said it last */
};

struct may {
	char role[8];
	unsigned kind;  /* 0 = all */
	uint64_t steps; /* bit 0 = add, bit n = step n */
};

/* A grant with BIT lets a station write KIND. */
struct right {
	const char *name;
	unsigned bit, kind;
};

struct rules {
	struct arena texts;
	struct rule *row; /* owned; by word, inside it as they count */
	unsigned rows;
	unsigned from[RULE_WORDS + 1]; /* where those of each word begin, once all are read */
	size_t room;
	unsigned layers;
	struct limit limit[LIMITS_MOST];
	struct may may[MAYS_MOST];
	struct may pin[PINS_MOST]; /* role "": what asks for a PIN */
	struct right right[RIGHTS_MOST];
	unsigned limits, mays, pins, rights;
	uint64_t print; /* of the files that were read, in their order */
};

/* ---- reading */

/* A row while it is read. WHY in it says what is wrong, with what it is wrong of. */
struct row_reader {
	struct rules *rules;
	const struct conf_line *line;
	const char *const *word; /* those of the row, without off */
	unsigned count;
	char why[240];
};

/* What conditions are made of (grammar/cond_value.c): LEN bytes of FROM, if they fit; a field of
 * KIND, or an argument of its steps; its codes, or whether it is blank; what stands on the right;
 * "count(" and its kin, with what is behind; and from there to behind the bracket. */
enum { COND_ROOM = 120 };
bool cond_copy(char *out, size_t room, const char *from, size_t len);
const struct field *cond_field(
	struct row_reader *reader, const struct kind *kind, const char *name);
bool cond_codes(struct row_reader *reader, const struct field *field, const char *typed,
	struct condition *to);
bool cond_value(struct row_reader *reader, const struct kind *kind, const char *typed,
	struct term_value *out);
bool cond_is_count(const char *typed, char *how, const char **inside);
bool cond_bracket(
	struct row_reader *reader, const char *typed, struct term_value *out, const char **rest);

bool row_wrong(struct row_reader *reader, const char *fmt, ...) PRINTF(2, 3);
/* The kind that TYPED names; NULL with WHY said. */
const struct kind *row_kind(struct row_reader *reader, const char *typed);
/* TYPED as "KIND.STEP"; the step `add` is 0. */
bool row_kind_step(
	struct row_reader *reader, const char *typed, const struct kind **kind, unsigned *step);
/* Every open state of KIND; all bits where it has no states. */
uint32_t open_states(const struct kind *kind);
/* States separated by ','; * = every open one, or any of a kind without states. KIND NULL: * alone.
 */
bool row_states(
	struct row_reader *reader, const struct kind *kind, const char *typed, uint32_t *mask);
/* +30m +2h +15d -30d 0, or limit:NAME. */
bool row_span(struct row_reader *reader, const char *typed, struct rule_span *span);
/* The same, or +2wd: working days. */
bool row_term(struct row_reader *reader, const char *typed, struct rule_span *span);
/* 06-01 as month * 100 + day. */
bool row_day(struct row_reader *reader, const char *typed, unsigned *day);
const char *row_text(struct row_reader *reader, const char *text); /* a copy that stays */
/* The conditions from word FIRST on, about records of KIND (NULL: any). */
bool row_conditions(
	struct row_reader *reader, unsigned first, const struct kind *kind, struct rule *rule);
/* A word and, when it is there, what follows: " ring 1m". NULL: word FIRST is another. */
const char *row_option(struct row_reader *reader, unsigned *at, const char *name);

/* Fills RULE from a row of its word. */
typedef bool take_fn(struct row_reader *reader, struct rule *rule);
bool take_need(struct row_reader *reader, struct rule *rule);
bool take_who(struct row_reader *reader, struct rule *rule);
bool take_ask(struct row_reader *reader, struct rule *rule);
bool take_escalate(struct row_reader *reader, struct rule *rule);
bool take_rank(struct row_reader *reader, struct rule *rule);
bool take_check(struct row_reader *reader, struct rule *rule);
bool take_then(struct row_reader *reader, struct rule *rule);
bool take_pick(struct row_reader *reader, struct rule *rule);
bool take_change(struct row_reader *reader, struct rule *rule);
bool take_desk(struct row_reader *reader, struct rule *rule);
bool take_season(struct row_reader *reader, struct rule *rule);
bool take_day(struct row_reader *reader, struct rule *rule);
bool take_text(struct row_reader *reader, struct rule *rule);
bool take_count_row(struct row_reader *reader, struct rule *rule);
bool take_figure(struct row_reader *reader, struct rule *rule);
bool take_show(struct row_reader *reader, struct rule *rule);
bool take_table(struct row_reader *reader, struct rule *rule);
bool take_skip(struct row_reader *reader, struct rule *rule);
bool take_have(struct row_reader *reader, struct rule *rule);
bool take_colour(struct row_reader *reader, struct rule *rule);
bool take_fill(struct row_reader *reader, struct rule *rule);
bool take_tell(struct row_reader *reader, struct rule *rule);
bool take_keep(struct row_reader *reader, struct rule *rule);

/* What is wrong with the whole of RULES; limits from FIRST_LIMIT on are those of the file that is
 * read. RULE NULL: WHAT is a limit. */
typedef void wrong_fn(void *to, const struct rule *rule, const char *what, const char *why);
void rules_whole(const struct rules *rules, unsigned first_limit, wrong_fn *wrong, void *to);

/* "limit NAME NUMBER", in rules.conf and roles.conf. */
bool take_limit(struct rules *rules, const struct conf_line *line, const char **why);
/* "pin KIND.STEP,… …" */
bool take_pins(struct row_reader *reader);

/* Rules that may be in use have changed: rules_version says another number. */
void rules_changed(void);

/* Another set with the same rows, in the same texts. */
struct rules *rules_copy(const struct rules *rules);

/* ---- judging */

/* The place of the first row of WORD, of KIND or later when that sorts them (needs). */
unsigned row_first(const struct rules *rules, enum rule_word word, unsigned kind);
struct limit *limit_named(const struct rules *rules, const char *name);
/* A row of RULES by its name, as rules_named. */
const struct rule *row_named(const struct rules *rules, enum rule_word word, const char *name);
/* NAME with {field} replaced by the code of that field. */
void limit_name(char out[64], const char *name, const struct record *record);

#endif
