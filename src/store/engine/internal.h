/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies beneath the log: facts by the batch. The log judges them one by one, in C, over what
 * was loaded of a whole batch at once; here they are loaded and written. SQLite's statements lie in
 * files named sqlite_….
 */
#ifndef STORE_ENGINE_INTERNAL_H
#define STORE_ENGINE_INTERNAL_H

#include "store/db/internal.h"
#include "store/log.h"

/* Written letter for letter like this in queries, or SQLite does not take the index. */
#define IS_STEP "(rec_site<>site OR rec_seq<>seq)"

/* A fact by its number, ?1 and ?2: the one that came, else as it was read out (store/peer/voice.c).
 */
#define FACT_OR_VOICE(columns)                                                                     \
	"SELECT " columns " FROM fact WHERE site=?1 AND seq=?2 UNION ALL SELECT " columns          \
	" FROM voice WHERE site=?1 AND seq=?2"
/* What was read out of the record ?1, ?2 and counts: no fact has come under its number that
 * anybody would believe. */
#define VOICE_OF_REC                                                                               \
	"voice v WHERE rec_site=?1 AND rec_seq=?2 AND NOT EXISTS (SELECT 1 FROM fact f WHERE "     \
	"f.site=v.site AND f.seq=v.seq AND f.state<>3)"

/* What stands under the number REF. */
struct known_fact {
	struct ref ref;
	bool here;        /* a fact came */
	bool voice;       /* one was read out: when none came, kind, reach and step are of that */
	bool awaited;     /* steps of it may wait for it (FACT_WAITS); false: none does */
	bool step;        /* it is not the first of its record */
	bool out_of_date; /* somebody has changed it since: ask again */
	unsigned kind;
	enum fact_state state;
	uint64_t reach;   /* 0: NULL in the table */
	struct bytes raw; /* of one that is gone, what is left of it; lives in the arena */
};

/* A fact as it goes into the table. */
struct fact_row {
	struct op op; /* its body is not looked at */
	struct bytes raw;
	unsigned via;
	enum fact_state state;
	uint64_t reach; /* 0: NULL */
};

/* ---- the engine: a trip for each call, however many are asked for */

/* Each gets the next place in the order of arrival, one after the other; those under whose number
 * there is one already are left out. */
enum rc engine_put(
	struct db *db, const struct fact_row rows[], size_t count, struct fault *fault) MUST_CHECK;

/* OUT: of each of REFS, in their order. */
enum rc engine_load(struct db *db, const struct ref refs[], size_t count, struct known_fact out[],
	struct arena *arena, struct fault *fault) MUST_CHECK;
/* How many facts follow each of RECS, up to MOST: its steps and changes, and up to MOST receipts
 * that wait for it. */
enum rc engine_following(struct db *db, const struct ref recs[], size_t count, unsigned most,
	unsigned out[], struct fault *fault) MUST_CHECK;
/* The good facts of each of RECS, and behind them what was read out of it; PLACE: in RECS. RAW and
 * SIG are borrowed until the next call. What has a lower place does not always come first; of one
 * record the fact that began it does, and what was read out last. */
typedef void record_fact_fn(void *to, size_t place, struct bytes raw, struct bytes sig);
enum rc engine_records(struct db *db, const struct ref recs[], size_t count, record_fact_fn *fn,
	void *to, struct fault *fault) MUST_CHECK;

/* Facts that are judged again, in the order of arrival. */
struct stored_fact {
	struct stored_fact *next;
	int64_t arr;
	uint64_t reach;
	struct bytes raw, sig;
	unsigned via;
	enum fact_state state;
};
/* Steps of REC, all or those that wait for it. */
enum rc engine_steps(struct db *db, struct ref rec, bool waiting, struct arena *arena,
	struct stored_fact **first, struct fault *fault) MUST_CHECK;
/* What SITE wrote, all or what is refused, and what lies from one reach to the other; what began a
 * record first. */
enum rc engine_of_site(struct db *db, uint64_t site, bool refused, struct arena *arena,
	struct stored_fact **first, struct fault *fault) MUST_CHECK;
enum rc engine_in_area(struct db *db, uint64_t first_reach, uint64_t last_reach,
	struct arena *arena, struct stored_fact **first, struct fault *fault) MUST_CHECK;
/* Receipts that wait for WARNING; BY waits for it; none does any more. */
enum rc engine_awaiting(struct db *db, struct ref warning, struct arena *arena,
	struct stored_fact **first, struct fault *fault) MUST_CHECK;
enum rc engine_await(
	struct db *db, struct ref warning, struct ref by, struct fault *fault) MUST_CHECK;
enum rc engine_await_no_more(struct db *db, struct ref warning, struct fault *fault) MUST_CHECK;
/* The fact at ARR is judged so, and gets the next place. */
enum rc engine_move(struct db *db, int64_t arr, enum fact_state state, uint64_t reach,
	struct fault *fault) MUST_CHECK;

struct fact_list {
	struct fact *facts;
	unsigned count;
};
/* Areas by their codes, both ends included. */
struct area_span {
	uint64_t first, last;
};
/* QUERY's limit at most, whoever brought them, in the order of arrival: what concerns its area as
 * it is now; what authors in SPANS wrote. */
enum rc engine_down(struct db *db, const struct facts_query *query, struct arena *arena,
	struct fact_list *list, struct fault *fault) MUST_CHECK;
enum rc engine_up(struct db *db, const struct facts_query *query, const struct area_span spans[2],
	struct arena *arena, struct fact_list *list, struct fault *fault) MUST_CHECK;
/* Questions of the level of AREA are quick from here on; inside a transaction. */
enum rc engine_index(struct db *db, uint64_t area, struct fault *fault) MUST_CHECK;
/* Good facts of all lanes after CURSOR, MOST at most. */
enum rc engine_arrivals(struct db *db, uint64_t cursor, unsigned most, struct arena *arena,
	struct fact_list *list, struct fault *fault) MUST_CHECK;
enum rc engine_fact(struct db *db, struct ref ref, struct arena *arena, struct fact *fact,
	bool *found, struct fault *fault) MUST_CHECK;
/* The newest of REC by arrival. */
enum rc engine_latest(struct db *db, struct ref rec, struct log_latest *newest, bool *found,
	struct fault *fault) MUST_CHECK;
/* To FACTS: those of REC that arrived after CURSOR, in that order. */
enum rc engine_of_record(struct db *db, struct ref rec, uint64_t cursor, struct changed *facts,
	struct fault *fault) MUST_CHECK;
uint64_t engine_print(struct db *db, uint64_t arr); /* log_print() */
uint64_t engine_last(struct db *db);                /* the newest place; 0 = none is taken */

uint64_t engine_before(
	struct db *db, struct ref rec, uint64_t site, uint32_t seq); /* log_before() */
/* The newest facts of HELD, the newest first, until those that KEEP keeps have MOST bytes. It asks
 * the database for nothing but what was dropped. */
enum rc engine_recent(struct db *db, const struct author_held *held, size_t most, fact_fn *keep,
	void *to, struct fault *fault) MUST_CHECK;
/* The newest stamp of REC's good facts, and of those by others than OWN; unchanged when there are
 * none. */
enum rc engine_newest(struct db *db, struct ref rec, uint64_t own, uint64_t *stamp,
	uint64_t *others, struct fault *fault) MUST_CHECK;
/* Up to which number HOLDER has proven to hold; and what authors in SPANS wrote behind that:
 * log_weigh(). */
uint32_t engine_held(struct db *db, uint64_t holder, uint64_t site, unsigned lane);
struct weighed {
	unsigned count;
	uint64_t bytes;
};
enum rc engine_weigh(struct db *db, const struct facts_query *query,
	const struct area_span spans[2], uint64_t holder, struct weighed *out,
	struct fault *fault) MUST_CHECK;

/* ---- two facts under one number: include/store/log.h says what is meant */

enum rc engine_requeue(struct db *db, struct ref ref, struct fault *fault) MUST_CHECK;
/* Numbers of RANGE whose facts are here at SENT or before, in the order of arrival, to REFS. */
enum rc engine_numbers(struct db *db, const struct dropped *range, uint64_t sent,
	struct changed *refs, struct fault *fault) MUST_CHECK;
/* It does not count any more; it goes, and nobody gets the place TOP again, which was the newest.
 */
enum rc engine_put_out(struct db *db, struct ref ref, struct fault *fault) MUST_CHECK;
enum rc engine_remove(struct db *db, struct ref ref, uint64_t top, struct fault *fault) MUST_CHECK;
enum rc engine_doubt(
	struct db *db, uint64_t site, const uint32_t upto[LANES], struct fault *fault) MUST_CHECK;
enum rc engine_doubt_from(struct db *db, unsigned via, struct fault *fault) MUST_CHECK;
bool engine_doubts(struct db *db);
bool engine_doubtful(struct db *db, struct ref ref);
enum rc engine_undoubt(struct db *db, struct ref ref, struct fault *fault) MUST_CHECK;
enum rc engine_undoubt_all(struct db *db, struct fault *fault) MUST_CHECK;
/* The first n up to UPTO that is in doubt; 0 = none is. When it cannot be told, 1. */
uint32_t engine_first_doubt(struct db *db, uint64_t site, unsigned lane, uint32_t upto);
/* All that are, in the order of arrival, to REFS. */
enum rc engine_each_doubt(struct db *db, struct changed *refs, struct fault *fault) MUST_CHECK;
enum rc engine_orphan(struct db *db, struct bytes raw, struct bytes sig, bool *fresh,
	struct fault *fault) MUST_CHECK;
typedef bool orphan_fn(int64_t id, struct bytes raw, struct bytes sig, void *to);
enum rc engine_orphans(struct db *db, orphan_fn *fn, void *to, struct fault *fault) MUST_CHECK;
unsigned engine_orphan_count(struct db *db, unsigned otherwise); /* OTHERWISE: when that fails */
enum rc engine_orphans_drop(struct db *db, int64_t upto, struct fault *fault) MUST_CHECK;
/* PRINT: the low half of a fact's hash. */
bool engine_reissued(struct db *db, int64_t print);
enum rc engine_reissue_note(struct db *db, int64_t print, struct fault *fault) MUST_CHECK;

/* ---- what is kept apart: include/store/log.h says what is meant */

bool engine_dropped_any(struct db *db);
/* All in STATE, by site, lane and number, in ARENA. */
enum rc engine_dropped(struct db *db, enum dropped_state state, struct arena *arena,
	struct dropped **all, size_t *count, struct fault *fault) MUST_CHECK;
enum rc engine_dropped_set(struct db *db, const struct dropped *dropped, enum dropped_state state,
	struct fault *fault) MUST_CHECK;
/* The range of SITE in LANE that has N, if any. */
bool engine_dropped_at(
	struct db *db, uint64_t site, unsigned lane, uint32_t n, uint32_t *upto, int *state);
uint64_t engine_dropped_count(struct db *db, uint64_t site);  /* numbers; 0 also when that fails */
unsigned engine_dropped_ranges(struct db *db, uint64_t site); /* the same of ranges */
/* The new range that ends before ONE gets it, if there is such a one for the same reason; or,
 * OVER_GAPS, the last one. */
enum rc engine_dropped_grow(struct db *db, const struct dropped *one, bool over_gaps, bool *grown,
	struct fault *fault) MUST_CHECK;
enum rc engine_dropped_want(
	struct db *db, uint64_t site, const char *why, struct fault *fault) MUST_CHECK;
/* How many of KEY there were TODAY (days), and one more. */
enum flood_what { FLOOD_KEPT, FLOOD_TOLD, FLOOD_DROPPED };
enum rc engine_flood_count(struct db *db, int64_t key, enum flood_what what, int64_t today,
	int64_t *before, struct fault *fault) MUST_CHECK;
bool engine_flood_within(struct db *db, int64_t key, int64_t most); /* dropped so far */
enum rc engine_floods(struct db *db, struct flood floods[FLOODS_MOST], unsigned *count,
	struct fault *fault) MUST_CHECK;
uint64_t engine_flood_total(struct db *db);
enum rc engine_refusals(struct db *db, struct refusals all[FLOODS_MOST], unsigned *count,
	struct fault *fault) MUST_CHECK;
uint64_t engine_refusal_count(struct db *db);

/* How far each is here: fills in .upto, which is 0 before. */
struct author {
	uint64_t site;
	uint32_t lane, upto;
	bool moved; /* since it was read */
};
enum rc engine_authors(
	struct db *db, struct author authors[], size_t count, struct fault *fault) MUST_CHECK;
enum rc engine_author_put(
	struct db *db, const struct author *author, struct fault *fault) MUST_CHECK;

/* A site, as its grant says who it is. */
struct known_site {
	struct site site; /* .site alone, when it is not here */
	bool here, has_key;
	bool has_code; /* numbers with its code name its own records, not another site's */
};
/* OUT: of each of SITES, whose seq does not count. OWN: the site of this store, which has its code
 * before others. */
enum rc engine_sites(struct db *db, const struct ref sites[], size_t count, uint64_t own,
	struct known_site out[], struct fault *fault) MUST_CHECK;
enum rc engine_site_of_code(struct db *db, const char *code, uint64_t own, struct site *out,
	bool *found, struct fault *fault) MUST_CHECK;
enum rc engine_site_put(struct db *db, const struct site *site, struct fault *fault) MUST_CHECK;
/* All of them, by area; those with numbers from FIRST to LAST. */
enum rc engine_each_site(struct db *db, site_fn *fn, void *to, struct fault *fault) MUST_CHECK;
enum rc engine_sites_between(struct db *db, uint64_t first, uint64_t last, site_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;

/* To SITES, seq 0: those whose area is from FIRST to LAST; who has written what is refused. To
 * RECS: records in which SITE wrote. To AREAS, as .site: those of sites that may be the carrier
 * VIA, 31 bits of its number; .seq 1: a twin of OWN, or of one that ended. */
enum rc engine_sites_in(struct db *db, uint64_t first, uint64_t last, struct changed *sites,
	struct fault *fault) MUST_CHECK;
enum rc engine_refused_sites(struct db *db, struct changed *sites, struct fault *fault) MUST_CHECK;
enum rc engine_records_of(
	struct db *db, uint64_t site, struct changed *recs, struct fault *fault) MUST_CHECK;
enum rc engine_areas_of(struct db *db, unsigned via, uint64_t own, struct changed *areas,
	struct fault *fault) MUST_CHECK;

/* Facts that began a record and wait. */
enum rc engine_waiting(struct db *db, struct arena *arena, struct stored_fact **first,
	struct fault *fault) MUST_CHECK;
/* Has a fact of REC that STAMP? Not, when that cannot be told. */
bool engine_stamped(struct db *db, struct ref rec, uint64_t stamp);
/* REF was so many seconds ahead; so was what SITE stamped behind LIMIT, of NOW; by how much, 0 =
 * not noted. */
enum rc engine_ahead(
	struct db *db, struct ref ref, int64_t seconds, struct fault *fault) MUST_CHECK;
enum rc engine_ahead_of(
	struct db *db, uint64_t site, int64_t now, uint64_t limit, struct fault *fault) MUST_CHECK;
int64_t engine_ahead_by(struct db *db, struct ref ref);

/* ---- what is known of a batch (known.c): inside one transaction alone */

struct batch {
	struct arena arena;
	struct changed refs;    /* the numbers that were loaded; */
	struct known_fact **at; /* and what stands under each */
	size_t room;
};

/* Those of REFS that are not known yet. */
enum rc batch_load(struct batch *batch, struct db *db, const struct ref refs[], size_t count,
	struct fault *fault) MUST_CHECK;
/* NULL: it was not loaded, or is out of date. Borrowed until the next batch_load. */
struct known_fact *batch_find(const struct batch *batch, struct ref ref);
/* The same of any REF: it is loaded when it was not. OUT's bytes live in ARENA or in the batch. */
enum rc batch_ask(struct batch *batch, struct db *db, struct ref ref, struct arena *arena,
	struct known_fact *out, struct fault *fault) MUST_CHECK;
/* A fact that is written now, before the next is asked for. */
void batch_put(struct batch *batch, const struct known_fact *fact, struct ref rec);
/* The same of one that is judged otherwise. */
void batch_judged(
	struct batch *batch, struct ref ref, struct ref rec, enum fact_state state, uint64_t reach);
void batch_stale(struct batch *batch, struct ref ref); /* it is changed in another way */
void batch_clear(struct batch *batch);
void batch_release(struct batch *batch);

/* ---- facts that are written together (pending.c): before anything else is asked of the database
 */

enum { PENDING = 64 };
struct pending {
	struct arena arena;
	struct fact_row rows[PENDING];
	size_t count;
	struct fault fault; /* why some were not written: nothing may be committed then */
};

/* ROW, which is known not to be there. RC_OK: it is written with the next ones. */
enum rc pending_add(struct pending *pending, struct db *db, const struct fact_row *row,
	struct fault *fault) MUST_CHECK;
/* All are written; what kept any from being written since pending_clear, if anything did. */
enum rc pending_put(struct pending *pending, struct db *db, struct fault *fault) MUST_CHECK;
void pending_clear(struct pending *pending, struct db *db); /* they are not to be written */

/* ---- watermarks of authors (authors.c): read once in a transaction, written at its end */

struct authors {
	struct changed lanes; /* (site, lane) */
	struct author *at;
	size_t room;
};

/* Those of SITE and LANE as {site, lane}, all at once. */
enum rc authors_load(struct authors *authors, struct db *db, const struct ref lanes[], size_t count,
	struct fault *fault) MUST_CHECK;
/* Borrowed until the next call of these. */
enum rc authors_get(struct authors *authors, struct db *db, uint64_t site, unsigned lane,
	struct author **out, struct fault *fault) MUST_CHECK;
/* Those that moved go to the table. */
enum rc authors_save(struct authors *authors, struct db *db, struct fault *fault) MUST_CHECK;
void authors_clear(struct authors *authors);
void authors_release(struct authors *authors);

/* ---- sites (sites.c): each is read once in a transaction */

struct sites {
	struct arena arena;
	struct changed numbers;
	struct known_site **at;
	size_t room;
};

/* Those of NUMBERS that are not known yet. */
enum rc sites_load(struct sites *sites, struct db *db, const struct ref numbers[], size_t count,
	uint64_t own, struct fault *fault) MUST_CHECK;
/* Borrowed until sites_clear. What cannot be read is nobody. */
const struct known_site *sites_get(struct sites *sites, struct db *db, uint64_t site, uint64_t own);
void sites_stale(struct sites *sites); /* one of them has changed */
void sites_clear(struct sites *sites);
void sites_release(struct sites *sites);

#endif
