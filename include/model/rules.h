/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's rules as data: who may do what (config/roles.conf); what is due when, who owes an answer, who is
 * called next, what stands first on home, what is checked and what follows (config/rules.conf, whose head tells
 * the grammar). Pure: what is late is a question of record and time; what other records say is asked of the caller.
 */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include "model/fold.h"

struct rules;

/* Reads FILE as a layer above those that are there: a row that says the same thing as one of a lower layer (same word,
 * names, states and conditions) takes its place, `off` and such a row takes it away. RC_BAD: FAULT names file, line and
 * rule of the first wrong row, and the rules stay as they were. */
enum rc rules_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;
/* As rules_load, but changes nothing and tells each wrong row in SAID, a line each, also what fits nothing else: a limit
 * that nothing reads, a row that an earlier one hides. Returns how many. */
unsigned rules_check(const struct rules *rules, const char *file, struct bytes text, struct buf *said);
enum rc roles_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault) MUST_CHECK;
/* Loads it, and tells in SAID what is wrong with it, a line each, also a policy that nothing reads. Returns how many. */
unsigned roles_check(struct rules *rules, const char *file, struct bytes text, struct buf *said);
struct rules *rules_now(void); /* those this process uses; at first what was shipped */
/* KEEP: the rules as they are now are what later layers are laid over. Else back to those, if any were kept. */
void rules_base(bool keep);

/* ---- roles */

/* May somebody with ROLE ("" = every step of the level) at LEVEL add KIND (STEP 0) or take STEP? */
bool rules_may(const char *role, enum level level, const struct kind *kind, unsigned step);
/* Does adding KIND (STEP 0) or taking STEP ask for the PIN of whoever has one? */
bool rules_pin(const struct kind *kind, unsigned step);

/* What a station's grant lets it write, as a number of bits: 0 = all that its level may; else
 * RIGHTS_NAMED and the bits of the rights that roles.conf names. A kind that no right names is
 * everybody's. */
enum { RIGHTS_ALL = 0, RIGHTS_NAMED = 1 };
bool rights_allow(unsigned rights, unsigned kind);
bool rights_read(const char *typed, unsigned *rights); /* "all", "none", or names separated by ',' */
void rights_show(unsigned rights, struct buf *out);    /* the same way */

/* ---- rows of rules.conf */

enum need { NEED_NONE, NEED_SIGN, NEED_OVERDUE, NEED_DUE, NEED_SILENT, NEED_EXPIRING, NEED_CONFIRM, NEEDS };
extern const char *const need_names[NEEDS]; /* none sign overdue due silent expiring confirm */
extern const char *const need_labels[NEEDS];

enum rule_word {
	RULE_NEED, /* due sign silent expiring confirm: .need says which */
	RULE_WHO,
	RULE_ASK,
	RULE_ESCALATE,
	RULE_RANK,
	RULE_CHECK,
	RULE_THEN,
	RULE_PICK,
	RULE_CHANGE,
	RULE_SEASON,
	RULE_TEXT,
	RULE_SKIP,
	RULE_COUNT,
	RULE_FIGURE,
	RULE_SHOW,
	RULE_TABLE,
	RULE_DESK,
	RULE_DAY, /* holiday, workday */
	RULE_HAVE,
	RULE_COLOUR,
	RULE_FILL,
	RULE_KEEP,
	RULE_TELL,
	RULE_WORDS
};
enum { RULE_NAMES = 12, RULE_SETS = 8, RULE_CONDITIONS = 6, RULE_SORTS = 3 };
enum rule_per { PER_ALL, PER_DAY, PER_WEEK, PER_MONTH, PER_YEAR, PER_KIND }; /* a week begins on Monday */
/* A column of a list. TAG: of a field, or one of these. */
enum { SHOW_NUMBER = 0, SHOW_STATE = 10001, SHOW_AREA, SHOW_AT };
struct show_column {
	unsigned tag, width;        /* width 0: what is left */
	const char *head, *english; /* NULL: the label of the field */
};
/* A column of a table: a count or a figure. */
struct table_column {
	const char *name, *head, *english;
	unsigned width;
};
enum rule_from { FROM_AT = -1, FROM_STATE = -2, FROM_LAST = -3, FROM_KIND = -4, FROM_QUARTER = -5 }; /* or the tag of a field */
enum rule_band { BAND_NOW, BAND_TODAY, BAND_LATER, BAND_WATCH, BANDS };
enum rule_check { CHECK_REFUSE, CHECK_REASON, CHECK_RETYPE, CHECK_TELL, CHECK_SECOND };
enum rule_then { THEN_MAKE, THEN_STEP, THEN_SET, THEN_GROW };
extern const char *const band_names[BANDS];  /* now today later watch */
extern const char *const band_labels[BANDS]; /* N_() */

/* A length of time: seconds, working days, or a limit whose name may hold {field}, in the unit that its last word names. */
struct rule_span {
	int64_t seconds;
	int workdays;      /* 0: .seconds counts */
	const char *limit; /* NULL: .seconds counts */
};

#define EACH_NO "answer.no"
#define EACH_HOME "home.left"

/* One side of a condition, or the whole of it. */
struct condition;

/* A row of a checked file. What a word has no use for is 0. Texts lie in the rules. */
struct rule {
	enum rule_word word;
	const char *file;            /* its last name; NULL: made from the flags of a kind */
	unsigned line, layer, order; /* order: its place among all rows */
	const char *key;             /* what makes it the same as a row of another layer */
	const char *said;
	const char *zh, *en; /* en NULL: zh is in the catalogue */
	unsigned kind;       /* 0 = every kind */
	uint32_t states;
	unsigned step;                        /* check, then: 0 = when such a record begins or is edited */
	unsigned conditions, condition_words; /* read, and how many words they take */
	const struct condition *condition;
	const char *name; /* who, ask, escalate, change, season, text, count, figure, table, tell; show: the list */
	union {
		struct {
			enum need need;
			int from;           /* tag of a field, or FROM_… */
			unsigned from_kind; /* FROM_KIND: the newest of that kind that points to the record */
			struct rule_span plus;
			const char *by; /* whose it is; NULL: everybody's whom the record concerns */
			bool keyed;     /* the board H lists it: one key writes today into the field .from */
		};
		struct {
			unsigned posts;
			const char *post[RULE_NAMES]; /* who: in the order in which they are called */
			const char *way[RULE_NAMES];  /* and by which means, a code of method */
		};
		struct {
			const char *places; /* ask: areas, villages, area, or a field */
			unsigned answer;    /* the kind that answers */
			const char *
				signers; /* a `who`: where a roster is kept, only its posts of the roster answer; NULL: anybody */
			struct rule_span within;
			int due;        /* or a field that says until when: its tag */
			bool every;     /* without a record: .kind is 0 */
			bool event;     /* .every: once reports came from below, not each day */
			unsigned clock; /* every day: until then, minutes of the day */
		};
		struct {
			enum need of_need; /* escalate: NEED_NONE = the ask of that name */
			struct rule_span after, again;
			const char *who;
		};
		struct {
			enum rule_band band;
			unsigned needs;    /* bits of enum need */
			bool force;        /* warnings in force */
			const char *asked; /* the ask whose missing answers are meant; NULL */
			bool undone;       /* of .asked: who has not said that it is done, by what a row due says */
			const char *group; /* a field, or kind, village, colour, all; NULL: each stands alone */
			int64_t ring;      /* seconds; 0 = it does not */
		};
		enum rule_check check;
		struct {
			enum rule_then then;
			unsigned made;    /* kind that is made, or whose records are meant */
			unsigned taken;   /* THEN_STEP: the step */
			const char *each; /* FIELD.line: once for each line of it, or of the text of the record that it names;
			                   * EACH_NO: for each item of its checklist that was answered no; EACH_HOME: for each
			                   * household that has to leave and is on no list yet; NULL: once */
			unsigned sets;
			struct {
				const char *field, *text;
			} set[RULE_SETS];
		};
		struct {
			unsigned tags, tag[RULE_NAMES]; /* pick: fields, and the kinds that their pickers offer */
			unsigned kinds, picks[RULE_NAMES];
		};
		int64_t percent; /* change */
		struct {
			unsigned from_day, to_day; /* season: month * 100 + day */
		};
		struct {
			int64_t first, last; /* holiday, workday: dates */
			bool works;
		};
		struct {
			enum rule_per per;
			unsigned summed;   /* count: the field whose numbers are added; 0 = records are counted */
			unsigned per_kind; /* PER_KIND: for one record of it, those that point there */
		};
		struct {
			const char *top, *bottom; /* figure: names of counts; bottom NULL: the number itself */
			bool median;              /* of the minutes between two times, or to the answers of .timed; top is NULL */
			unsigned part;            /* until so many in a hundred: 50, or 90 (ninety) */
			const char *timed;        /* the ask; NULL: the two times count */
			const char *apart; /* of how many of them .top is at least .target: "below", the places right below, or a
			                           * field of what is counted; NULL: of all together */
			bool own;          /* what is below does not count: it is asked of this place itself */
			const char *on;    /* boards that show it: RULE_BOARDS; "" = none */
			unsigned end_kind, end_tag, begin_kind, begin_tag; /* tag 0: when it was written */
			int64_t target;                                    /* minutes at most, else at least */
			unsigned red_day; /* month * 100 + day from which what is missed is red; 0 = never */
		};
		struct {
			unsigned columns, sorts; /* show */
			const struct show_column *column;
			int sort[RULE_SORTS]; /* tags; < 0: the greatest first */
		};
		struct {
			enum level of_level; /* have: each place of that level */
			int64_t least;       /* has at least so many records, */
			int64_t share_of;    /* for each so many of the count .share; */
			const char *share;   /* NULL: whatever its size */
		};
		struct {
			unsigned filled;    /* fill: the field of .kind that a form begins with, */
			const char *source; /* from that count, */
			bool before;        /* of the year before */
		};
		struct rule_span age; /* keep: so long after its newest fact, a record may leave the disk */
		struct {
			unsigned cells; /* table: its columns */
			const struct table_column *cell;
		};
		struct {
			const char *text; /* a line of an official text (model/texts.h) */
			unsigned coded;   /* it is for records whose field of that tag has the code that its name ends in;
			                    * 0 = for all of the kind */
		};
	};
};

/* The capitals of the boards that can show figures. */
#define RULE_BOARDS "YDWZE"

/* A post of a `who` row, and how its holder is found: a person of role .code in the village, that one's deputy, the
 * same in the village next to it, a field of the record, a field of today's roster here or of the place that is called,
 * the station above. */
enum post_how { POST_ROLE, POST_DEPUTY, POST_NEIGHBOUR, POST_FIELD, POST_ROSTER, POST_THERE, POST_UP };
struct post {
	const char *name;
	enum post_how how;
	const char *code;
};
const struct post *post_named(const char *name); /* NULL: there is no such post */
const struct post *post_at(unsigned n);          /* NULL after the last */

/* The rows of WORD, in the order in which they count; those of needs by kind. Borrowed until rules are read again. */
const struct rule *rules_rows(enum rule_word word, unsigned *count);
/* The row of WORD with that name; NULL. */
const struct rule *rules_named(enum rule_word word, const char *name);
const char *rule_text(const struct rule *rule); /* what it says to people, translated; borrowed */

/* ---- judging a record */

/* What a count is of: records of .kind whose field .by (0 = any) is .value, the sum of .tag (0 = how many), since .since. */
struct counting_for {
	unsigned kind, tag, by;
	struct bytes value;
	int64_t since;
};

/* What is around records: the same for all of them for a while. Asked for what a row wants to know of other records;
 * FIND NULL: nothing is known of those. */
/* What is around all records and changes with a watch or a response, while most records never ask for it. */
enum { ASKED_RESPONSE = 1, ASKED_WATCH = 2 };
struct surroundings {
	enum level level;  /* of this station */
	bool alone;        /* nobody above: what is a higher level's is ours */
	unsigned response; /* level of the gravest response that is on, 1 to 4; 0 = none */
	int64_t now;
	int64_t *turns;  /* NULL, or: from when on what was judged may be judged otherwise by time alone; only lowered */
	unsigned *asked; /* NULL, or: ASKED_… are noted here when they were asked for */
	/* count(KIND …) and sum(KIND.field) as rows know them, in thousandths. */
	int64_t (*count)(void *to, const struct record *record, const struct counting_for *what);
	/* ledger(…): of the record's place since the event that it tells of, also what is done; .value: codes, one of them. */
	int64_t (*ledger)(void *to, const struct record *record, const struct counting_for *what);
	/* A field of the record that field REF points to. False: there is none. */
	bool (*other)(void *to, const struct record *record, unsigned ref, unsigned tag, int64_t *number);
	/* When the newest record of KIND that points to this one was; false: there is none. */
	bool (*newest)(void *to, const struct record *record, unsigned kind, int64_t *at);
	/* Does field TAG name whoever writes? */
	bool (*himself)(void *to, const struct record *record, unsigned tag);
	/* Field TAG of the record of the person who writes, its text good until the next call; false: it is blank, or it is
	 * nobody in particular: then *KNOWN is false. */
	bool (*his)(void *to, unsigned tag, struct value *value, bool *known);
	/* Is there another open one of its kind and place in which fields NAMES say the same? */
	bool (*like)(void *to, const struct record *record, const char *names);
	/* Is it this station's, this person's? BY as a row says; NULL = everybody's whom it concerns. */
	bool (*mine)(void *to, const struct record *record, const char *by);
	void *to;
};

/* What a record needs, and until when (seconds; 0 = no limit known). */
struct needed {
	enum need need;
	int64_t until;
	const struct rule *rule; /* NULL: no row asks for anything */
	bool mine;
};
struct needed rules_need(const struct record *record, const struct surroundings *around);
/* The same; *LATE: has any deadline of it gone by, whoever had to keep it? That is the same at each level, where what is
 * needed is this station's first. */
struct needed rules_need_late(const struct record *record, const struct surroundings *around, bool *late);
/* Has WHEN come? Whoever judges by the clock asks so: what is still to come is noted in AROUND->turns. */
bool rules_past(const struct surroundings *around, int64_t when);
/* May it be judged otherwise what records of KIND need, when a record of kind ON changes that is not the record itself? */
bool rules_hang(const struct kind *kind, const struct kind *on);
/* The files whose rows and limits count now, the lowest layer first; how many. They lie in the rules. */
enum { RULE_FILES = 8 };
unsigned rules_files(const char *files[RULE_FILES]);
unsigned rules_version(void);                 /* another number, other rules */
uint64_t rules_print(void);                   /* the same for what is read elsewhere: by what the files say */
const struct rule *rules_row(unsigned order); /* the row of that .order; NULL. Borrowed as rules_rows */

/* What conditions are asked about. */
struct matter {
	const struct record *record;
	struct bytes body;           /* of the fact that is being written: its arguments; empty: none is */
	const struct record *before; /* the report before it; NULL: there is none */
	const struct record *was;    /* itself before it is edited; NULL: it is new, or nothing is written */
	const struct surroundings *around;
	int64_t until;
	bool late, mine;
	bool answered;  /* by this station, when an ask is for it */
	bool escalated; /* people are called for it by now, as a row escalate says */
	bool told;      /* of a household: the warning that is counted for has reached it */
};
/* Does a condition of RULE ask for what takes a look at other records: .answered, .escalated, .before? */
enum rule_about { RULE_ANSWERED, RULE_ESCALATED, RULE_BEFORE };
bool rule_speaks(const struct rule *rule, enum rule_about about);
/* Do all conditions of RULE hold? */
bool rule_holds(const struct rule *rule, const struct matter *matter);
/* The number of a field in thousandths: also of a code that is a number. False: it is blank. */
bool record_number(const struct record *record, unsigned tag, int64_t *number);
/* The Nth field of KIND that a condition of RULE speaks of first; NULL after the last. */
const struct field *rule_field(const struct rule *rule, const struct kind *kind, unsigned n);
/* The first row `skip` that holds for RECORD, by its fields alone: it goes past a level, in the lane of alarms. NULL. */
const struct rule *rules_skip(const struct record *record);
/* Does RULE ask who it is that writes? Then it is a matter of what somebody may. */
bool rule_of_person(const struct rule *rule);
/* Does RULE speak of records of that kind in that state? */
bool rule_fits(const struct rule *rule, unsigned kind, int state);

/* A named limit of rules.conf as it is written, e.g. rules_limit("late.shown.days", 30). */
int64_t rules_limit(const char *name, int64_t otherwise);
/* FROM and SPAN for RECORD, whose fields {…} in a limit's name are; a limit as `change` rows leave it now. */
int64_t rule_until(int64_t from, const struct rule_span *span, const struct record *record, const struct surroundings *around);
/* The row holiday or workday about DATE (yyyymmdd); NULL: the week says whether people work. Of several the one of the
 * higher layer, in one layer the one that says they do. */
const struct rule *rules_day(int64_t date);
bool rules_workday(int64_t date);
/* The same hour so many working days after FROM (before it, when DAYS < 0): the day of FROM itself is not counted. */
int64_t rules_workdays(int64_t from, int days);
/* Of the period (a code of the table period) that DATE lies in: its last day, and the last day of the one before. */
int64_t rules_period_end(const char *period, int64_t date);
int64_t rules_period_before(const char *period, int64_t date);
/* DATE and one period more; the last day of a month stays one. */
int64_t rules_period_add(const char *period, int64_t date);
/* Is the season of that name on at that time? */
bool rules_season(const char *name, int64_t at);
/* All that are, in words with a blank between. False: none is. */
bool rules_seasons(int64_t at, struct buf *out);

#endif
