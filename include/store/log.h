/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts: judged, numbered, kept, asked for.
 */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include "base/arena.h"
#include "base/crypt.h"
#include "model/op.h"

struct area_map;
struct log;
struct store;

/* ---- The narrow log that hubs and syncing need: append with dedup, what is new for an area after a
 * cursor, watermarks, sites and grants, the store's number. Over SQLite here; made so that another
 * database can stand behind the same calls. Layout and rules: docs/DESIGN.md, "The log".
 */

/* GONE: its bytes have left this disk (log_gone); it is neither folded nor sent. */
enum fact_state { FACT_GOOD, FACT_REFUSED, FACT_WAITS, FACT_UNPROVEN, FACT_GONE };

struct fact {
	uint64_t arr; /* order of arrival at this store: what cursors count */
	uint64_t site;
	uint32_t seq;
	uint64_t reach; /* 2 * area + 1 if up-only; 0 = unknown or refused */
	unsigned kind, step, via;
	enum fact_state state;
	struct bytes raw, sig; /* canonical bytes */
};

typedef bool fact_fn(const struct fact *fact, void *to);

enum rc log_begin(struct log *log, struct fault *fault) MUST_CHECK;
enum rc log_commit(struct log *log, struct fault *fault) MUST_CHECK;
void log_undo(struct log *log);
/* Was a transaction begun that is neither committed nor undone? What fails inside may have undone it. */
bool log_inside(const struct log *log);
/* What is asked in between sees one state of the store, and costs no lock a question. Nobody who
 * writes waits for it; no transaction is begun inside. Inside a transaction nothing changes. */
void log_view(struct log *log);
void log_view_end(struct log *log);
/* Dedup by (site, seq). RC_OK with *fresh false when it was here. Judges area, end and rights
 * (state FACT_REFUSED) by the author's grant; an author who is not known here is trusted until
 * log_site_set, which judges what he has written, gives the good facts a new arr, and marks facts
 * whose signature is due and does not check (FACT_UNPROVEN: not folded). */
enum rc log_append(
	struct log *log, struct bytes raw, struct bytes sig, unsigned via, bool *fresh, struct fault *fault) MUST_CHECK;
/* The same of a fact that is parsed already: OP is what op_take says of RAW, with its signature. */
enum rc log_put(
	struct log *log, const struct op *op, struct bytes raw, unsigned via, bool *fresh, struct fault *fault) MUST_CHECK;
/* What judging OPS will ask of the store, all at once: before log_put of each, inside the transaction.
 * Without it log_put does that for each alone. */
enum rc log_load(struct log *log, const struct op ops[], size_t count, struct fault *fault) MUST_CHECK;
/* What became of the last fact that was given, if it was not here: dropped facts are not
 * here afterwards (store/dropped.h). WHY: of a refusal, a code of table "refusal". */
struct fact_taken {
	enum fact_state state;
	const char *why;
	bool ahead, dropped;
};
const struct fact_taken *log_taken(const struct log *log);
/* Which facts of LANE are asked for. */
struct facts_query {
	unsigned lane;
	uint64_t area;   /* of the station that asks; only log_down looks at it */
	uint64_t cursor; /* those that arrived after it */
	unsigned via;    /* not those that came from there; 0 = from everywhere */
	unsigned limit;  /* so many at most; 0 = no limit */
};
/* DOWN: what concerns a station of QUERY's area. UP: what goes up, everything written at or below
 * this station (authors without a grant here do not go up yet and get a new arr when theirs comes).
 * In order of arr, until the limit or until FN returns false: that fact was not taken and will
 * come again. *seen = the arr that the cursor may move to, also over what was passed over. The
 * first asker of a level makes the index of that level (a commit). */
enum rc log_down(
	struct log *log, const struct facts_query *query, fact_fn *fn, void *to, uint64_t *seen, struct fault *fault) MUST_CHECK;
enum rc log_up(
	struct log *log, const struct facts_query *query, fact_fn *fn, void *to, uint64_t *seen, struct fault *fault) MUST_CHECK;
/* Good facts of all lanes that arrived after CURSOR, MOST at most, in the arena. .seen: what the next cursor may be. A fact
 * that got a new place in the order comes again. */
struct arrivals {
	struct fact *facts;
	unsigned count;
	uint64_t seen;
};
enum rc log_arrivals(struct log *log, uint64_t cursor, unsigned most, struct arena *arena, struct arrivals *out,
	struct fault *fault) MUST_CHECK;
/* The newest stamp among the facts of REC that SITE wrote before SEQ in its lane, and REC's first
 * fact; 0 when it is not here. */
uint64_t log_before(struct log *log, struct ref rec, uint64_t site, uint32_t seq);
/* What is held of the author SITE: in each lane, up to that number. */
struct author_held {
	uint64_t site;
	uint32_t upto[LANES];
};
/* The newest facts of HELD, the oldest first, about MOST bytes of them: what both ends of a link
 * know to hold. */
enum rc log_recent(
	struct log *log, const struct author_held *held, size_t most, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Facts that log_up would give for QUERY and that are not proven to be held by HOLDER, and their
 * canonical bytes, without reading what is held: quick when little waits, whatever there is. */
enum rc log_weigh(struct log *log, const struct facts_query *query, uint64_t holder, unsigned *count, uint64_t *bytes,
	struct fault *fault) MUST_CHECK;
uint32_t log_held(struct log *log, uint64_t holder, uint64_t site, unsigned lane); /* by its marks; 0 = nothing known */
bool log_fact(struct log *log, uint64_t site, uint32_t seq, struct arena *arena, struct fact *fact);
/* Facts of REC that arrived after CURSOR, in that order, until FN returns false; each is borrowed for its call. */
enum rc log_of_record(struct log *log, struct ref rec, uint64_t cursor, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Facts that follow each of RECS: its steps and changes, up to MOST, and receipts that wait for it, up to MOST. 0 where that
 * cannot be told. */
void log_following(struct log *log, const struct ref recs[], size_t count, unsigned most, unsigned following[]);
/* Has REC left this disk (store_prune)? Of each fact its head stays then, and the hash of its bytes: its number is taken, and the
 * same fact, or another under its number, is known when it comes. */
bool log_gone(struct log *log, struct ref rec);
/* The newest fact of a record by arrival: its place there, and who wrote it. False: the record is not here. */
struct log_latest {
	uint64_t arr, site;
	uint32_t who;
};
bool log_latest(struct log *log, struct ref rec, struct log_latest *newest);
uint64_t log_arrived(struct log *log, struct ref rec);              /* .arr of that; 0 = not here */
uint64_t log_last(struct log *log);                                 /* the newest arr */
uint64_t log_print(struct log *log, uint64_t arr);                  /* another number, another fact has that arr; 0 = none has */
uint32_t log_author(struct log *log, uint64_t site, unsigned lane); /* contiguous n held here */
/* The watermark of SITE moves over what is here, and over what was dropped and told; inside a
 * transaction. */
enum rc log_author_past(struct log *log, uint64_t site, unsigned lane, struct fault *fault) MUST_CHECK;

/* Sites: who they are, by grant. */
struct site {
	uint64_t site, area, above; /* above: site of the hub that granted */
	enum level level;
	char name[LIMIT_NAME + 1], code[12];
	uint8_t sign_public[SIGN_PUBLIC], agree_public[AGREE_PUBLIC];
	unsigned agree_id;
	unsigned rights; /* rights_allow */
	int64_t until;   /* 0 = for ever; who is revoked: since when */
	bool revoked, ended;
};
/* Has a grant that ends at UNTIL (0 = never) run out at NOW? A day more is given, for clocks
 * differ; a clock that was never set knows nothing. */
bool grant_over(int64_t until, int64_t now);
/* The clock has been set back by more than a day since it found grants to be over: what was refused
 * is judged again. Inside a transaction. */
enum rc log_validate_clock(struct log *log, struct fault *fault) MUST_CHECK;
int64_t log_now(struct log *log); /* by the clock above, as far as it is known: seconds; 0: nobody knows */
/* Areas that were renumbered (kind areachange), as far as is known here. Borrowed until the next call of the log. */
const struct area_map *log_areas(struct log *log);
/* Does AREA lie within ABOVE, by the codes as they were written, or as they are now? */
bool log_within(struct log *log, uint64_t area, uint64_t above);
/* Why OP is refused by the grant of its author as it is known now: a code of table "refusal"; NULL:
 * it is not. */
const char *log_objection(struct log *log, const struct op *op);
/* Facts that were judged otherwise than before in this transaction, once. */
void log_turned(struct log *log, struct arena *arena, struct ref **refs, size_t *count);

/* False: unknown here. By its short code: the own site first, then one in use. */
bool log_site(struct log *log, uint64_t site, struct site *out);
bool log_site_code(struct log *log, const char *code, struct site *out);
/* The last site of the own chain, which nobody let in; false: the chain is not whole here. */
bool log_top(struct log *log, struct site *out);
/* Who SITE is from now on; what it wrote is judged again when its key is new, and what was refused
 * when its grant is. */
enum rc log_site_set(struct log *log, const struct site *site, struct fault *fault) MUST_CHECK;
/* From here on to log_validate_held, inside a transaction: who a site is counts at once, and what that
 * means for facts that are here waits, so that a site's facts are judged once however often its
 * grant changes. */
void log_hold(struct log *log);
enum rc log_validate_held(struct log *log, struct fault *fault) MUST_CHECK;
/* While that waits: SITE is among those that log_held_again gives, once. False: nothing waits. */
bool log_hold_again(struct log *log, uint64_t site);
void log_held_again(struct log *log, struct arena *arena, struct ref **sites, size_t *count);
/* All of them, by area; FN false stops. */
typedef bool site_fn(const struct site *site, void *to);
enum rc log_sites(struct log *log, site_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Those whose numbers are FIRST to LAST. */
enum rc log_sites_between(struct log *log, uint64_t first, uint64_t last, site_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* ---- Facts whose stamp was more than a day ahead of the clock that counts here: kept like any other, and marked,
 * for somebody's clock was wrong.
 */

/* 2025-01-01. A clock that shows less was never set: it cannot say who is ahead, or when anything was. */
#define CLOCKS_BEGIN INT64_C(1735689600)

/* Seconds that the fact was ahead when it came here, or when the clock above was heard; 0 = not marked. */
int64_t store_ahead(struct store *store, uint64_t site, uint32_t seq);

/* ---- Facts from below that are refused: of each author a few a day are kept and told one by one, and
 * the rest is dropped, so that nobody fills a store with facts that they may not write. What is
 * dropped is known by its numbers: its author is told them, marks pass over them, and when a later
 * grant makes them good they are asked for again. docs/WIRE.md, "What a grant means".
 */

/* Numbers N to UPTO of SITE in LANE. */
struct dropped {
	uint64_t site;
	unsigned lane;
	uint32_t n, upto;
	char why[12]; /* a code of table "refusal" */
};

/* Where such numbers are in their life. */
enum dropped_state {
	DROPPED_NEW,    /* dropped here, nobody was told yet */
	DROPPED_TOLD,   /* dropped here, the author has heard of it */
	DROPPED_WANTED, /* a new grant may make them good: to be asked for again */
	DROPPED_NAMED,  /* another station said that it dropped them */
	DROPPED_AGAIN,  /* asked for again: they go up although marks have passed them */
};

/* All that are in STATE, by site, lane and number; read before the first call. */
typedef bool dropped_fn(const struct dropped *dropped, void *to);
enum rc dropped_each(struct log *log, enum dropped_state state, dropped_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* Inside a transaction. The first notes them, or moves what is noted to STATE. */
enum rc dropped_set(struct log *log, const struct dropped *dropped, enum dropped_state state, struct fault *fault) MUST_CHECK;
bool dropped_has(struct log *log, uint64_t site, uint32_t seq); /* and not asked for again */
bool dropped_again(struct log *log, uint64_t site, uint32_t seq);
bool dropped_there(struct log *log);                    /* was anything ever? Else the others say no */
uint64_t dropped_count(struct log *log, uint64_t site); /* of SITE, as far as is known here */

/* OP, which VIA brought, is not taken for reason WHY, whatever its author may. Inside a transaction. */
enum rc dropped_put(struct log *log, const struct op *op, unsigned via, const char *why, struct fault *fault) MUST_CHECK;

/* May the author of SITE be told something once more today? Counts. */
enum rc dropped_tell(struct log *log, uint64_t site, bool *may, struct fault *fault) MUST_CHECK;

/* "12-40,44": the numbers of several in one text of at most MOST bytes. *used: how many fit. */
void dropped_list_put(const struct dropped dropped[], size_t count, size_t most, struct buf *out, size_t *used);
/* The next of such a list, in TEXT; false at its end and on anything else. */
bool dropped_list_take(struct bytes *text, uint32_t *n, uint32_t *upto);

/* Who writes or brings what is refused. */
struct flood {
	uint64_t site;
	int64_t day;           /* of the last: days since 1970 */
	uint64_t today, total; /* dropped facts of that day, and of all days */
};
enum { FLOODS_MOST = 20 };
/* Authors of dropped facts, those with the most of the latest day first; at most FLOODS_MOST. */
typedef bool flood_fn(const struct flood *flood, void *to);
enum rc flood_each(struct store *store, flood_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint64_t flood_total(struct store *store); /* facts that were ever dropped here */

/* Facts of SITE that are refused and kept, until a later grant makes them good. */
struct refusals {
	uint64_t site, kept;
};
/* Authors of such, those with the most first; at most FLOODS_MOST. */
typedef bool refusals_fn(const struct refusals *refusals, void *to);
enum rc refusals_each(struct store *store, refusals_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint64_t refusals_total(struct store *store);

/* ---- Two facts under one number: how that is found, what is in doubt until both have been
 * compared, and how the fact that has to give way is issued again. docs/DESIGN.md, "Sites that
 * end".
 */

enum held { HELD_NOT, HELD_SAME, HELD_OTHER };
/* What is held under the number of OP, whose canonical bytes are RAW. */
enum held log_compare(struct log *log, const struct op *op, struct bytes raw);
/* May RAW with its signature stand for OP? Not when it, or what is held under its number, is of a
 * kind that is signed, and its signature is not the author's. */
bool log_may_stand(struct log *log, const struct op *op, struct bytes raw);
/* Is OP signed by its author, as that is known here? */
bool log_signed(struct log *log, const struct op *op, struct bytes raw);
/* Did a fact that was carried by VIA come from a station below this one? What such a one says that
 * others wrote waits for their grants. */
bool log_from_below(struct log *log, unsigned via);
/* OP, whose canonical bytes are RAW, takes the place of what is held under its number, with a new
 * place in the order of arrival. */
enum rc log_replace(struct log *log, const struct op *op, struct bytes raw, unsigned via, struct fault *fault) MUST_CHECK;
/* A new place in the order of arrival: it is given to everybody again. */
enum rc log_requeue(struct log *log, struct ref ref, struct fault *fault) MUST_CHECK;
/* Those of RANGE that are here and went up with a cursor that stands at SENT. */
enum rc log_requeue_range(struct log *log, const struct dropped *range, uint64_t sent, struct fault *fault) MUST_CHECK;

/* Facts of SITE behind UPTO (by lane) are in doubt: they do not go up, until the same has come from
 * above. */
enum rc log_doubt(struct log *log, uint64_t site, const uint32_t upto[LANES], struct fault *fault) MUST_CHECK;
/* The same for all that came by VIA: what is not there any more goes back. */
enum rc log_doubt_from(struct log *log, unsigned via, struct fault *fault) MUST_CHECK;
bool log_doubts(struct log *log); /* is anything? Only then the others may be called */
bool log_doubtful(struct log *log, struct ref ref);
enum rc log_undoubt(struct log *log, struct ref ref, struct fault *fault) MUST_CHECK;
uint32_t log_sure(struct log *log, uint64_t site, unsigned lane, uint32_t upto); /* UPTO, as far as nothing is in doubt */
/* What is left in doubt, in order of arrival; then nothing is any more. */
enum rc log_each_doubt(struct log *log, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* Facts of sites above that these lack: kept to be given back. OUT gets about MOST bytes (length,
 * bytes, length of the signature, signature, …); returns a number for log_orphans_drop, 0 = none, -1
 * = FAULT. */
enum rc log_orphan(struct log *log, struct bytes raw, struct bytes sig, struct fault *fault) MUST_CHECK;
int64_t log_orphans(struct log *log, size_t most, struct buf *out, struct fault *fault);
bool log_orphans_left(struct log *log);
bool log_orphans_full(struct log *log); /* so many wait that none more are taken from below */
enum rc log_orphans_drop(struct log *log, int64_t upto, struct fault *fault) MUST_CHECK;

/* Was RAW issued again here? Nobody needs to give it back. */
bool log_reissued(struct log *log, struct bytes raw);
enum rc log_reissue_note(struct log *log, struct bytes raw, struct fault *fault) MUST_CHECK;

#endif
