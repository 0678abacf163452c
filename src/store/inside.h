/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the store share among themselves; nobody else includes it.
 */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/db/db.h"
#include "store/db/kv.h"
#include "store/db/tables.h"
#include "store/find.h"
#include "store/keep.h"
#include "store/log.h"
#include "store/store.h"
#include "store/trouble.h"

enum {
	AUTHORS_KEPT = 64, /* (site, lane) watermarks kept during one transaction */
	SITES_KEPT = 16,
	DAY_SECONDS = 86400,
};

/* ---- the log */

struct author {
	uint64_t site;
	uint32_t lane, upto;
	bool used, moved;
};

/* What judging a fact needs of its author. */
struct site_brief {
	uint64_t site, area; /* area 0: unknown here */
	int level;           /* -1: unknown here */
	bool used, has_key, revoked;
	unsigned rights;
	int64_t until; /* of its grant, or when it was revoked; 0 = without end */
	char code[12]; /* "" when numbers with it would name another site's records */
	uint8_t sign_public[SIGN_PUBLIC];
};

/* Written letter for letter like this in queries, or SQLite does not take the index. */
#define IS_STEP "(rec_site<>site OR rec_seq<>seq)"

/* How a fact was judged; reach 0 is NULL in the table. */
struct judged {
	enum fact_state state;
	uint64_t reach;
};

/* Records whose rows no longer show their facts: folded again before anybody looks, at the latest
 * before the commit. A set of references in the order of adding. */
struct dirty {
	struct ref *at;
	uint32_t *table; /* open addressing: place in AT + 1 */
	size_t count, room, slots;
};

/* How the log tells the rows, which it does not know. */
struct log_hooks {
	void (*changed)(void *to, struct ref rec);        /* good facts of that record changed */
	enum rc (*settle)(void *to, struct fault *fault); /* before the outermost commit */
	void (*undone)(void *to);
	void *to;
};

/* What the clock above said, and what the clocks here showed then; seconds. */
struct clock_word {
	int64_t offset; /* the right time less the system's clock, as last known */
	int64_t heard;  /* the right time at the last word from above; 0 = there was none */
	uint64_t boot;  /* the boot in which it was heard, and how long that was up */
	int64_t up;
	int64_t last; /* when something was written since, in a boot in which the time was known */
	/* A boot whose clock is of no use: it goes on from the last time known, counting itself. */
	uint64_t lost_boot;
	int64_t lost_at, lost_up;
};

/* The newest stamp of a record's facts, and of those by others than this station; 0 when there is
 * none. TOLD: up to which of these this station's own facts say to have seen, as far as it was
 * looked up. */
struct newest {
	struct ref rec;
	uint64_t stamp, others, told;
};

struct log {
	struct db *db;
	uint64_t site, area; /* own; 0 before the station is known */
	bool readonly;
	struct log_hooks hooks;
	unsigned depth;
	uint64_t clock; /* the newest stamp the hybrid clock has to be past */
	bool clock_moved;
	bool ending; /* a fact of ours that we did not have came back: the own site must end */
	struct clock_word word;
	unsigned indexed; /* bits by digits of asking areas whose index is known to be there */
	bool expired;    /* the judging under way found a grant to be over */
	const char *why; /* it refused the fact; NULL */
	struct fact_taken taken;
	enum { DROPS_UNKNOWN, DROPS_NONE, DROPS_THERE } drops; /* was anything dropped */
	unsigned below_via; /* carrier for which log_from_below was asked last, and what it said */
	bool below;
	struct newest newest; /* seq 0: of none */
	/* How many facts were given back: to stations above, and by RETURNED_FROM; reckoned on from
	 * the first question of a transaction. */
	unsigned strays, returned;
	uint64_t returned_from;
	/* The same of ranges of dropped facts. */
	unsigned ranges;
	uint64_t ranges_of;
	bool strays_known;
	struct dirty turned; /* facts judged otherwise than before, since the last log_turned */
	bool holds;          /* what new grants mean for facts waits: log_hold */
	struct dirty held;   /* sites that wait */
	struct dirty again;  /* sites whose own grants are to be read again: log_hold_again */
	struct site *olds;   /* as they were before, area 0: not known */
	size_t olds_room;
	struct author authors[AUTHORS_KEPT];
	struct site_brief sites[SITES_KEPT];
};

void log_start(struct log *log, struct db *db, const struct log_hooks *hooks);
/* The fact is put with its parsed form; OWN facts are not checked against grants and keys. */
enum rc log_put(struct log *log, const struct op *op, struct bytes raw, unsigned via, bool *fresh,
	struct fault *fault) MUST_CHECK;
/* Leaves a transaction that changed nothing. */
void log_leave(struct log *log);
/* proof.c: which facts need their author's signature. A receipt needs it by the colour that its
 * warning was issued with; PROOF_UNKNOWN: that warning is not here. */
enum proof { PROOF_NONE, PROOF_MUST, PROOF_UNKNOWN };
enum proof proof_of(struct log *log, const struct op *op);
/* The warning that decides it for OP; false when none does. */
bool proof_about(struct log *log, const struct op *op, struct ref *warning);
bool proof_counts(const struct op *op); /* begins a warning, on which others wait */

/* dropped.c: OP, which is refused or unproven, came by VIA: is there room to keep it? Counts, and
 * notes what is dropped. Inside a transaction. */
enum rc dropped_weigh(struct log *log, const struct op *op, unsigned via, enum fact_state state,
	const char *why, bool *drop, struct fault *fault) MUST_CHECK;
/* The end of the dropped numbers among which N is, of which SITE was told; 0 = it is not. */
uint32_t dropped_past(struct log *log, uint64_t site, unsigned lane, uint32_t n);
/* What was dropped of SITE for that reason may be good now. */
enum rc dropped_lift(
	struct log *log, uint64_t site, const char *why, struct fault *fault) MUST_CHECK;

/* awaits.c: OP, a receipt, waits to see its warning's colour; how many wait for WARNING, up to
 * MOST; those who do, as judge.c reads them; they do not wait any more.
 */
enum rc awaits_add(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* All that wait, in a store whose program had no such table. */
enum rc awaits_fill(struct log *log, struct fault *fault) MUST_CHECK;
unsigned awaits_count(struct log *log, struct ref warning, unsigned most);
struct sql awaits_open(struct log *log, struct ref warning);
enum rc awaits_drop(struct log *log, struct ref warning, struct fault *fault) MUST_CHECK;

/* judge.c */
enum rc log_judge(struct log *log, const struct op *op, struct bytes raw, unsigned via,
	struct judged *out, struct fault *fault) MUST_CHECK;
/* The steps of REC: those that WAITING for it, or all that followed its old judgement. */
enum rc log_judge_steps(
	struct log *log, struct ref rec, bool waiting, struct fault *fault) MUST_CHECK;
/* hold.c: nothing waits any more, and nothing is judged; SITE, which was OLD, waits */
void log_hold_end(struct log *log);
void log_hold_site(struct log *log, const struct site *old, uint64_t site);
/* What waited for OP, now that it is here. */
enum rc log_judge_waiting(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* Judges the facts of SITE again, since it became known, or has another grant: then only the
 * REFUSED ones. Good ones get a new place in the order of arrival. */
enum rc log_judge_site(
	struct log *log, uint64_t site, bool refused, struct fault *fault) MUST_CHECK;
const struct site_brief *log_brief(struct log *log, uint64_t site);
void log_forget(struct log *log); /* what is kept of authors and sites */
/* Watermarks that are not in the table yet go there: before it is read inside a transaction. */
enum rc log_authors_save(struct log *log, struct fault *fault) MUST_CHECK;
/* The number that SITE's next fact in LANE has; only inside a transaction. A failure must not look
 * like a beginning. */
enum rc log_next(
	struct log *log, uint64_t site, unsigned lane, uint32_t *n, struct fault *fault) MUST_CHECK;
/* Inside a transaction it is remembered for the record that is written on. */
enum rc log_newest(
	struct log *log, struct ref rec, struct newest *newest, struct fault *fault) MUST_CHECK;
/* All others of NEWEST are told by the fact that is written now. */
void log_newest_told(struct log *log, const struct newest *newest);

/* clock.c: what is known of the clock, read again; the time by it; before a fact is written, what
 * has become of the system's clock is noted, inside a transaction */
void clock_read(struct log *log);
int64_t clock_now(struct log *log);
enum rc clock_settle(struct log *log, struct fault *fault) MUST_CHECK;
/* The right time is OFFSET seconds ahead of the system's clock now: from here on it counts so. */
enum rc clock_heard(struct log *log, int64_t offset, struct fault *fault) MUST_CHECK;

/* ahead.c: OP's stamp against the clock; inside a transaction */
enum rc ahead_note(struct log *log, const struct op *op, struct fault *fault) MUST_CHECK;
/* The clock above says NOW (seconds): what was written by a clock a day and more ahead of it is
 * marked, and the hybrid clock comes back. */
enum rc ahead_clock(struct log *log, int64_t now, struct fault *fault) MUST_CHECK;

/* ladder.c: columns holder, site, lane, store, upto, mac; ends SQL */
enum rc marks_give(struct sql *sql, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* ladder.c: MARK as TELLER told it goes beside; inside a transaction */
enum rc said_put(
	struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault) MUST_CHECK;

/* pin.c: wrong PINs are not counted any more, as people get other numbers; inside a transaction */
enum rc pin_tries_forget(struct store *store, struct fault *fault) MUST_CHECK;

/* late.c: before MARK is written: what it proves for the first time, and too late, is noted; inside
 * a transaction */
enum rc late_proven(struct log *log, const struct mark *mark, struct fault *fault) MUST_CHECK;
/* trouble.c: what kept LANE most of the time; TRIES that went so */
enum trouble trouble_between(
	struct log *log, unsigned lane, int64_t from, int64_t until, unsigned *tries);

/* ---- the station */

struct syllables;

struct store {
	struct step_count steps;
	struct db *db, *index;       /* index: open since the first question to it */
	struct syllables *syllables; /* made with it */
	struct log log;
	char *home;
	unsigned flags;
	bool readonly;
	bool cramped;    /* opened for reading alone because the disk is full */
	bool tight;      /* there was no reserve, or no room to make one */
	bool wrote;      /* facts of its own since the last commit */
	bool keys_wrong; /* read-only, as keys/ does not hold the keys of this site */
	bool keys_wait;  /* the signing key lies in keys/sign.next until the commit */
	struct station station;
	struct keys keys;
	struct dirty dirty;
	int64_t version; /* db_version at the last store_moved */
	int64_t print;   /* rows_fingerprint */
	char **puts;     /* statements that write rows, by place in kinds, made when needed */
	uint8_t sig[SIGN_SIZE]; /* of the fact written last */
	/* store_site_end, handed down by open.c: writing stands below it. */
	enum rc (*end_site)(struct store *store, const struct keys *keys, struct fault *fault);
	/* Another process may have ended the site: this one goes on under the new one as well.
	 * Handed down the same way. */
	enum rc (*follow)(struct store *store, struct fault *fault);
};

/* station.c */
enum rc store_file(
	const char *home, const char *name, char path[512], struct fault *fault) MUST_CHECK;
enum rc station_load(struct store *store, struct fault *fault) MUST_CHECK;

/* witness.c: after the commit the key that waited takes its place, or at the next opening */
void own_keys_settle(struct store *store);
/* witness.c: after a commit, what the own site has written is noted beside its keys; */
void witness_note(struct store *store);
/* the note says more than the database knows: it was put back without a word */
bool witness_ahead(struct store *store);
/* it says that the keys of SITE have written */
bool witness_of(struct store *store, uint64_t site);

/* own_keys.c: with keys that are this site's, or go on for it: RC_OK, and it has ended when it
 * must. Else RC_NEWER: read-only, and FAULT says how that is mended. */
#define KEYS_NEXT "sign.next"
enum rc own_keys_check(struct store *store, struct fault *fault) MUST_CHECK;
/* keys/ is called keys.old-1, or with the next number */
enum rc own_keys_aside(const char *home, struct fault *fault) MUST_CHECK;

/* heirs.c: SITE was this station's own once */
enum rc former_add(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
bool former_is(struct store *store, uint64_t site);

/* reserve.c: 64 KiB for store_spare are made */
void reserve_make(struct store *store); /* when there is room, and none */
/* a store that is cramped has room again and is opened anew */
bool reserve_regained(struct store *store);

/* keep.c: sound, and ours */
enum rc backup_look(const char *path, struct fault *fault) MUST_CHECK;
/* made beside, read again, then called PATH */
enum rc backup_copy(struct store *store, const char *path, struct fault *fault) MUST_CHECK;

/* store.c: one fact of this station into the log, inside a transaction; refusals write nothing */
enum rc store_write_one(struct store *store, struct op *op, struct fault *fault) MUST_CHECK;
/* store.c: rows show every fact from here on; before each reading of rows */
enum rc store_look(struct store *store, struct fault *fault) MUST_CHECK;

/* dirty.c */
void dirty_add(struct dirty *dirty, struct ref ref);
void dirty_clear(struct dirty *dirty);
/* All of them, in ARENA; the set is empty then. */
void dirty_take(struct dirty *dirty, struct arena *arena, struct ref **refs, size_t *count);
void dirty_release(struct dirty *dirty);

/* ---- rows: one table a kind, row_NAME, with the columns below and then one a field, f_NAME */

enum row_column {
	ROW_SITE,
	ROW_SEQ,
	ROW_AREA,
	ROW_AT,
	ROW_STAMP,
	ROW_STATE,
	ROW_STATE_AT,
	ROW_FACTS,
	ROW_REFUSED,
	ROW_CONFLICTS,
	ROW_WHO,
	ROW_HIDDEN, /* a better copy of the same warning is shown instead */
	ROW_BY,
	ROW_FIELDS
};

/* The facts of a record, in one growing buffer that is used again and again. */
struct facts {
	struct buf bytes;
	struct op *ops;
	size_t *ends; /* of body and signature of each fact, two entries */
	size_t count, room;
};
void facts_clear(struct facts *facts);
void facts_add(struct facts *facts, struct bytes raw, struct bytes sig);
void facts_parse(struct facts *facts); /* after the last one; drops what does not parse */
void facts_release(struct facts *facts);
enum rc facts_read(
	struct store *store, struct ref ref, struct facts *facts, struct fault *fault) MUST_CHECK;

/* rows.c */
struct fold_ways rows_ways(struct store *store);
struct sql row_open(
	struct store *store, const struct kind *kind); /* INSERT OR REPLACE of a whole row */
void row_bind(struct sql *sql, const struct record *record);
enum rc rows_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* copies.c: PUT writes the row of the warning RECORD; then one copy of its identifier is shown */
enum rc warning_put(struct store *store, struct sql *put, const struct record *record,
	struct fault *fault) MUST_CHECK;
/* Shows one copy of every warning and hides the others. */
enum rc warnings_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* meant.c */
enum { COPIES = 64, WARNING_NAMES = 3 * COPIES + 1 };
/* What a field may hold that means the warning REF: each copy's reference, its numbers, as they
 * stand where it was not known yet, and the identifier. 0: no such warning here. */
unsigned warning_names(struct store *store, struct ref ref, struct arena *arena,
	struct value names[WARNING_NAMES]);

/* row.c: a row as it is kept while a list is read */
struct slot {
	unsigned place; /* in kind->fields */
	struct value value;
};
struct kept {
	struct kept *next;
	const struct kind *kind;
	int64_t numbers[ROW_BY]; /* by enum row_column */
	struct bytes by;
	unsigned order; /* of a found row: higher is shown first */
	unsigned count;
	struct slot slots[];
};
struct kept_list {
	struct arena arena;
	struct kept *first, **last;
};
/* From a statement that selects * of a row table; ARENA keeps it. */
struct kept *kept_read(const struct sql *sql, const struct kind *kind, struct arena *arena);
void kept_row(const struct kept *kept, struct row *row);
/* *out NULL when there is no such row. */
enum rc kept_get(struct store *store, const struct kind *kind, struct ref ref, struct arena *arena,
	struct kept **out, struct fault *fault) MUST_CHECK;
/* find.c: appends all rows of SQL to LIST and ends it; gives them until FN has enough */
enum rc kept_list(struct sql *sql, const struct kind *kind, struct kept_list *list,
	struct fault *fault) MUST_CHECK;
bool kept_give(struct kept_list *list, row_fn *fn, void *to);

/* ---- finding */

/* grams.c: pure text. Lower case, full-width letters and digits as ASCII ones. */
void grams_normal(const char *text, size_t len, struct buf *out);
/* The tokens of one normal line, separated by blanks; with PINYIN also by sound. */
void grams_put(struct bytes line, bool pinyin, struct buf *out);
/* Does one of LINES (normal, separated by '\n') have WORD (normal), written or by sound? */
bool grams_match(struct bytes lines, const char *word);
size_t pinyin_part(struct bytes line); /* bytes of a line that are also found by sound */

/* sound.c: how letters may be read */
struct syllables {
	unsigned count;
	char at[600][8]; /* sorted; v written as u */
};
void syllables_start(struct syllables *syllables);
/* Tokens of a sound: at least one way to read LETTERS must be in the line. */
void sound_query(const struct syllables *syllables, const char *letters, struct buf *out);
/* The index's question for WORD (normal); false when no token can be made of it. */
bool grams_query(const struct syllables *syllables, const char *word, struct buf *out);

/* docs.c */
struct doc {
	struct ref ref;
	unsigned kind;
	unsigned rank; /* own area 3, above 2, neighbours 1, others 0 */
	uint64_t stamp;
};
struct docs {
	struct doc *at;
	size_t count, room;
};
/* index.c: the index is open and shows every fact; RC_BAD and the like when it cannot be had. */
enum rc index_ready(struct store *store, struct fault *fault) MUST_CHECK;
bool kind_found(const struct kind *kind); /* has something to be found by */
enum rc docs_all(struct store *store, struct docs *docs,
	struct fault *fault) MUST_CHECK; /* sorted: the last is shown first */
void docs_add(struct docs *docs, const struct doc *doc);
void docs_sort(struct docs *docs);
void docs_release(struct docs *docs);
unsigned doc_rank(const struct store *store, uint64_t area);
/* What a row is found by, as normal lines. */
void doc_text(struct store *store, const struct kept *kept, struct buf *out);
/* Of that, what the row is called. */
void doc_title(struct store *store, const struct kept *kept, struct buf *out);

/* rebuild.c: all records in the order of their numbers, folded */
typedef enum rc record_fn(const struct record *record, void *to, struct fault *fault);
enum rc rows_rebuild(struct store *store, struct fault *fault) MUST_CHECK;
/* Rows for reading, where those of the file are of another day and it cannot be written. */
enum rc rows_beside(struct store *store, struct fault *fault) MUST_CHECK;
enum rc each_record(struct store *store, record_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
