/* SPDX-License-Identifier: GPL-3.0-or-later
 * The narrow log that hubs and syncing need: append with dedup, what is new for an area after a
 * cursor, watermarks, sites and grants, the store's number. Over SQLite here; made so that another
 * database can stand behind the same calls. Layout and rules: docs/DESIGN.md, "The log".
 */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include "store/store.h"

/* Opens a store without rows, or the log of a station's store. */
struct log;

struct log *store_log(struct store *store); /* borrowed */

enum fact_state { FACT_GOOD, FACT_REFUSED, FACT_WAITS, FACT_UNPROVEN };

struct fact {
	uint64_t arr; /* order of arrival at this store: what cursors count */
	uint64_t site;
	uint32_t seq;
	uint64_t reach; /* 2 * area + 1 if up-only; 0 = unknown or refused */
	unsigned kind, step, via;
	enum fact_state state;
	struct bytes raw, sig; /* canonical bytes */
};

struct mark {
	uint64_t holder, site;
	unsigned lane;
	uint64_t store; /* number of the holder's store */
	uint32_t upto;  /* n up to which all is held */
	uint64_t mac;   /* the holder's proof for the author, to be checked by that one alone; 0 =
			   none */
};

typedef bool fact_fn(const struct fact *fact, void *to);
typedef bool mark_fn(const struct mark *mark, void *to);

enum rc log_begin(struct log *log, struct fault *fault) MUST_CHECK;
enum rc log_commit(struct log *log, struct fault *fault) MUST_CHECK;
void log_undo(struct log *log);
/* What is asked in between sees one state of the store, and costs no lock a question. Nobody who
 * writes waits for it; no transaction is begun inside. Inside a transaction nothing changes. */
void log_view(struct log *log);
void log_view_end(struct log *log);
/* Dedup by (site, seq). RC_OK with *fresh false when it was here. Judges area, end and rights
 * (state FACT_REFUSED) by the author's grant; an author who is not known here is trusted until
 * log_site_set, which judges what he has written, gives the good facts a new arr, and marks facts
 * whose signature is due and does not check (FACT_UNPROVEN: not folded). */
enum rc log_append(struct log *log, struct bytes raw, struct bytes sig, unsigned via, bool *fresh,
	struct fault *fault) MUST_CHECK;
/* What became of the last fact that log_append was given, if it was not here: dropped facts are not
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
enum rc log_down(struct log *log, const struct facts_query *query, fact_fn *fn, void *to,
	uint64_t *seen, struct fault *fault) MUST_CHECK;
enum rc log_up(struct log *log, const struct facts_query *query, fact_fn *fn, void *to,
	uint64_t *seen, struct fault *fault) MUST_CHECK;
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
enum rc log_recent(struct log *log, const struct author_held *held, size_t most, fact_fn *fn,
	void *to, struct fault *fault) MUST_CHECK;
/* Facts that log_up would give for QUERY and that are not proven to be held by HOLDER, and their
 * canonical bytes, without reading what is held: quick when little waits, whatever there is. */
enum rc log_weigh(struct log *log, const struct facts_query *query, uint64_t holder,
	unsigned *count, uint64_t *bytes, struct fault *fault) MUST_CHECK;
uint32_t log_held(struct log *log, uint64_t holder, uint64_t site,
	unsigned lane); /* by its marks; 0 = nothing known */
bool log_fact(struct log *log, uint64_t site, uint32_t seq, struct arena *arena, struct fact *fact);
/* Facts that follow REC, up to MOST: its steps and changes, and receipts that wait for it. */
unsigned log_following(struct log *log, struct ref rec, unsigned most);
uint64_t log_arrived(
	struct log *log, struct ref rec); /* arr of the record's newest fact; 0 = not here */
uint64_t log_last(struct log *log);       /* the newest arr */
uint32_t log_author(struct log *log, uint64_t site, unsigned lane); /* contiguous n held here */
/* The watermark of SITE moves over what is here, and over what was dropped and told; inside a
 * transaction. */
enum rc log_author_past(
	struct log *log, uint64_t site, unsigned lane, struct fault *fault) MUST_CHECK;
enum rc log_authors(
	struct log *log, uint64_t below, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* What HOLDER has proven to this station: rule 3 of the ladder. Only this counts as held. */
enum rc log_mark(struct log *log, const struct mark *mark, struct fault *fault) MUST_CHECK;
uint64_t log_mark_store(
	struct log *log, uint64_t holder); /* the newest of its numbers that was heard; 0 */
enum rc log_marks(
	struct log *log, uint64_t holder, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint64_t log_number(struct log *log);                                    /* the store's number */
enum rc log_number_new(struct log *log, struct fault *fault) MUST_CHECK; /* max(old + 1, seconds) */
/* The same, and higher than BEYOND, which somebody heard of this store; numbers that no clock gives
 * are not followed. */
enum rc log_number_past(struct log *log, uint64_t beyond, struct fault *fault) MUST_CHECK;
/* What HOLDER was known to hold is not known any more. */
enum rc log_marks_drop(struct log *log, uint64_t holder, struct fault *fault) MUST_CHECK;

/* Marks of stations further up as they were told, each with its holder's proof for its author: to
 * be passed on to that one, and shown as what TELLER says. They prove nothing here. Marks of
 * log_mark are among them. A mark of its holder by itself tells a new store: then less is known to
 * be held, whoever says so. */
enum rc log_mark_said(
	struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault) MUST_CHECK;
enum rc log_marks_said(struct log *log, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint32_t log_said(struct log *log, uint64_t teller, uint64_t holder, uint64_t site, unsigned lane);
/* Somebody holds a number of the own site that this store never wrote: it was put back unseen. The
 * site ends with the next write. */
enum rc log_site_ends(struct log *log, struct fault *fault) MUST_CHECK;
bool log_ending(struct log *log); /* that is due */

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
enum rc log_judge_clock(struct log *log, struct fault *fault) MUST_CHECK;
int64_t log_now(
	struct log *log); /* by the clock above, as far as it is known: seconds; 0: nobody knows */
/* Why OP is refused by the grant of its author as it is known now: a code of table "refusal"; NULL:
 * it is not. */
const char *log_objection(struct log *log, const struct op *op);
/* Facts that were judged otherwise than before in this transaction, once. */
void log_turned(struct log *log, struct arena *arena, struct ref **refs, size_t *count);

/* False: unknown here. By its short code: the own site first, then one in use. */
bool log_site(struct log *log, uint64_t site, struct site *out);
bool log_site_code(struct log *log, const char *code, struct site *out);
/* Who SITE is from now on; what it wrote is judged again when its key is new, and what was refused
 * when its grant is. */
enum rc log_site_set(struct log *log, const struct site *site, struct fault *fault) MUST_CHECK;
/* From here on to log_judge_held, inside a transaction: who a site is counts at once, and what that
 * means for facts that are here waits, so that a site's facts are judged once however often its
 * grant changes. */
void log_hold(struct log *log);
enum rc log_judge_held(struct log *log, struct fault *fault) MUST_CHECK;
/* While that waits: SITE is among those that log_held_again gives, once. False: nothing waits. */
bool log_hold_again(struct log *log, uint64_t site);
void log_held_again(struct log *log, struct arena *arena, struct ref **sites, size_t *count);
/* All of them, by area; FN false stops. */
typedef bool site_fn(const struct site *site, void *to);
enum rc log_sites(struct log *log, site_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* One peer's lanes. sent, got: arr cursors; confirmed: what this hub has confirmed to that station.
 */
struct peer_lane {
	uint64_t sent, got, confirmed;
};
enum rc log_peer_lane(struct log *log, uint64_t peer, unsigned lane, struct peer_lane *out,
	struct fault *fault) MUST_CHECK;
enum rc log_peer_lane_set(struct log *log, uint64_t peer, unsigned lane, const struct peer_lane *in,
	struct fault *fault) MUST_CHECK;

#endif
