/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stations above: routes, troubles, marks, how far facts have come.
 */
#ifndef STORE_PEER_H
#define STORE_PEER_H

#include "store/log.h"
#include "store/rows.h"

struct holder;
struct log;
struct store;

/* ---- The narrow log that hubs and syncing need: append with dedup, what is new for an area after a
 * cursor, watermarks, sites and grants, the store's number. Over SQLite here; made so that another
 * database can stand behind the same calls. Layout and rules: docs/DESIGN.md, "The log".
 */

struct mark {
	uint64_t holder, site;
	unsigned lane;
	uint64_t store; /* number of the holder's store */
	uint32_t upto;  /* n up to which all is held */
	uint64_t mac;   /* the holder's proof for the author, to be checked by that one alone; 0 =
			   none */
};
typedef bool mark_fn(const struct mark *mark, void *to);
enum rc log_authors(struct log *log, uint64_t below, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* What HOLDER has proven to this station: rule 3 of the ladder. Only this counts as held. */
enum rc log_mark(struct log *log, const struct mark *mark, struct fault *fault) MUST_CHECK;
uint64_t log_mark_store(struct log *log, uint64_t holder); /* the newest of its numbers that was heard; 0 */
enum rc log_marks(struct log *log, uint64_t holder, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
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
enum rc log_mark_said(struct log *log, const struct mark *mark, uint64_t teller, struct fault *fault) MUST_CHECK;
enum rc log_marks_said(struct log *log, mark_fn *fn, void *to, struct fault *fault) MUST_CHECK;
uint32_t log_said(struct log *log, uint64_t teller, uint64_t holder, uint64_t site, unsigned lane);

/* One peer's lanes. sent, got: arr cursors; confirmed: what this hub has confirmed to that station.
 */
struct peer_lane {
	uint64_t sent, got, confirmed;
};
enum rc log_peer_lane(struct log *log, uint64_t peer, unsigned lane, struct peer_lane *out, struct fault *fault) MUST_CHECK;
enum rc log_peer_lane_set(
	struct log *log, uint64_t peer, unsigned lane, const struct peer_lane *in, struct fault *fault) MUST_CHECK;

/* ---- Why a station did not get through to the one above: kept as a code, so that it is said in the
 * language of whoever reads it, and every one with what to do. And how the tries to get through
 * went lately, for what comes late.
 */

/* Kept in stores: new ones at the end. */
enum trouble {
	TROUBLE_NONE, /* it worked */
	TROUBLE_LINE, /* no connection */
	TROUBLE_HOST, /* no such host */
	TROUBLE_CUT,  /* cut in the middle */
	TROUBLE_MUTE, /* no answer in time */
	TROUBLE_BUSY, /* the station above had no time */
	TROUBLE_HOURS,
	TROUBLE_BUDGET,
	TROUBLE_HOOK,   /* the program before dialling failed */
	TROUBLE_FOLDER, /* the stick is not there */
	TROUBLE_STICK,  /* on the stick, the receipt not back yet */
	TROUBLE_KEY,    /* not the pinned key or certificate */
	TROUBLE_LOGIN,
	TROUBLE_PROGRAM, /* no hub behind the login */
	TROUBLE_STRANGE, /* what answers is no hub, or not ours */
	TROUBLE_REVOKED,
	TROUBLE_UNKNOWN, /* the station above does not know this one */
	TROUBLE_VERSION, /* its program and ours do not understand each other */
	TROUBLE_HERE,    /* this station's own disk or store */
	TROUBLE_OTHER,
	TROUBLE_IDLE,     /* nobody tried */
	TROUBLE_CONFLICT, /* other facts of this station stand above, without evidence */
	TROUBLE_LANES,    /* this way is not for such */
	TROUBLE_CALL,     /* so much and no more in one call */
	TROUBLE_TWIN,     /* this station's twin goes on for it */
	TROUBLES
};
enum { LANES_ALL = (1 << LANES) - 1 };
extern const char *const trouble_names[TROUBLES]; /* for programs */
/* What is wrong, and what to do about it, translated; "" for TROUBLE_NONE. */
const char *trouble_what(enum trouble trouble);
const char *trouble_advice(enum trouble trouble);

/* FAULT (may be NULL) tells of TROUBLE; returns RC: return trouble_is(WHAT, fault, fault_set(…)). */
enum rc trouble_is(enum trouble trouble, struct fault *fault, enum rc rc);
/* By what was said with the fault, else by its rc. */
enum trouble trouble_of(const struct fault *fault);

/* How the last try went for LANE, and when the first went wrong since one went well (seconds; 0: none did); TROUBLE_IDLE:
 * nobody ever tried. */
enum trouble trouble_now(struct store *store, unsigned lane, int64_t *since);
/* A sync is over. TROUBLE kept the lanes LANES_MASK (bits) from going up; TROUBLE_NONE: it worked
 * for them. Tries that went alike one after the other are one stretch, and the latest stretches are
 * kept. */
enum rc trouble_note(struct store *store, enum trouble trouble, unsigned lanes_mask, struct fault *fault) MUST_CHECK;

/* A time in which tries did not go well. */
struct outage {
	int64_t from, until; /* until: when the next try went otherwise; 0 = it goes on */
	enum trouble why;
	unsigned tries;
};
typedef bool outage_fn(const struct outage *outage, void *to);
/* Those of LEAST seconds and more that were not over at SINCE, the first first. */
enum rc outage_each(struct store *store, int64_t since, int64_t least, outage_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* ---- What this station wrote and what was proven to be held above only after the county's limit: the
 * record, when it was written, when it was proven first, and what had kept it. Noted when the mark
 * of a station above moves over the fact, in whichever way the mark came.
 *
 * Not noted: what was written before this station had anybody above it, and what was stamped by a
 * clock that was never set, for then nobody knows when it was.
 */

struct late {
	struct ref rec;
	unsigned lane;
	int64_t written, proven; /* seconds, by the clock above */
	enum trouble why;        /* TROUBLE_NONE: tries worked, yet it was not its turn */
	unsigned tries;          /* that went so */
};

/* From how many seconds on a fact of LANE is late: limit late.LANE.minutes of rules.conf. */
int64_t late_limit(unsigned lane);

/* What had kept it, in words. */
void late_why(const struct late *late, struct buf *out);

typedef bool late_fn(const struct late *late, void *to);
/* Those proven since SINCE (seconds), the latest first, at most LIMIT; kept are the last LATE_KEPT
 * of a lane. */
enum { LATE_KEPT = 50 };
enum rc late_each(struct store *store, int64_t since, unsigned limit, late_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* ---- The station above as this store remembers it, the ways to it, and what waits to go there. The syncer writes it, the
 * terminal shows it.
 */

/* What this link has shown it can carry. */
struct pace {
	uint32_t frame;   /* bytes of the next frame */
	uint32_t rate;    /* bytes a second, measured; 0 = not yet */
	uint32_t trip_ms; /* round trip of small frames, measured; 0 = not yet */
	uint32_t fails;   /* swaps that failed since the last good one */
};

enum {
	PACE_LEAST = 250,       /* bytes: below that heads outweigh facts */
	PACE_FAST = 64 * 1024,  /* where a road that nobody called slow begins */
	PACE_SLOW = 1024,       /* and one that was */
	PACE_MOST = 180 * 1024, /* of a frame, sealed: below LIMIT_FRAME */
	PACE_SECONDS = 2,       /* a frame aims at so long on the line */
	PACE_WAIT = 10000,      /* ms: the least deadline; else six round trips and the frame's time twice */
};

struct lane_waiting {
	unsigned facts;
	uint64_t bytes; /* of canonical facts; on the wire about a third */
};

/* What comes down from the station above before anything is whole here, lane by lane. */
struct first_load {
	unsigned loaded;                 /* lanes of which its present store has said: that was all */
	unsigned opened;                 /* lanes that were whole once: another store above does not close their registers */
	struct lane_waiting came[LANES]; /* since the load began, for lanes that are not loaded */
	struct lane_waiting left[LANES]; /* as last told, less what came since; 0 = nothing told yet */
};
enum { LEFT_MOST = 20000 }; /* facts of a lane that are counted: so many may also be more */

/* The station above, as this store knows it. */
enum { PEER_FILES = 32 };
struct peer {
	struct site site;     /* its keys, area, name */
	uint64_t store;       /* number of its store as last heard; 0 = never */
	uint64_t question;    /* number of our last question */
	bool unsure;          /* the last answer did not come: say every number */
	bool plain;           /* our frames did not come out there: without guesses */
	bool plain_once;      /* until the next answer that counts */
	unsigned fail_streak; /* answers in a row that did not come out here */
	struct pace pace;
	int64_t heard;     /* when its last answer came: seconds */
	int64_t offset_ms; /* its clock less ours */
	struct first_load load;
	/* Not kept: what the next question says beside facts (an attachment's piece), and what its answer said to that; the
	 * sender's alone. */
	struct bytes beside;
	bool fetches; /* it asks for bytes of a file that somebody here wants */
	struct peer_reply {
		bool done, heard; /* facts were taken there; and something was said to the piece */
		uint8_t hash[32];
		uint64_t status, come;
	} reply;
	struct peer_file {
		uint8_t hash[32]; /* that was sent last, */
		uint64_t come;    /* of which so much is there */
		unsigned still;   /* answers in a row that moved nothing */
		uint64_t off[PEER_FILES];
		unsigned off_count; /* first bytes of hashes that this try asks for no more */
		bool mute;          /* the station above knows nothing of files */
	} file;
};

/* Has a station above let this one in? Whoever says so to a person asks this: to be founded as one that stands below
 * another (.joined of the station, which the rules go by) is less. */
bool peer_joined(struct store *store);
/* RC_NONE: this station has not joined anybody. */
enum rc peer_load(struct store *store, struct peer *peer, struct fault *fault) MUST_CHECK;
enum rc peer_save(struct store *store, const struct peer *peer, struct fault *fault) MUST_CHECK;
enum rc peer_forget(struct store *store, struct fault *fault) MUST_CHECK; /* nobody is above any more */
/* Of a station below, as the hub writes it down. */
enum { HEARD_AT = 1, HEARD_QUESTION, HEARD_NUMBERS };
int64_t below_heard(struct store *store, uint64_t site); /* when it asked, or wrote what a stick brought, last; 0 = never */
/* AT a stick brought something new of it. */
enum rc below_heard_set(struct store *store, uint64_t site, int64_t at, struct fault *fault) MUST_CHECK;
/* How far carrying by file has come with a station, beside its lanes: numbers of kv CARRY. PROVEN: of our arrivals, by its
 * receipt. */
enum {
	CARRIED_STORE = 1,
	CARRIED_GOT,
	CARRIED_PROVEN = CARRIED_GOT + LANES,
	CARRIED_NEWEST = CARRIED_PROVEN + LANES,
	CARRIED_NUMBERS
};
/* Has SITE proven that it holds the fact REC: by a mark; or, where it stands right below this one, by asking for what
 * comes behind it, or by the receipt of a carry file? What was only sent there is not proven. */
bool below_holds(struct store *store, const struct site *site, struct ref rec);
/* Since when stamps of this station follow the clock above: when that was heard first; 0 = never. */
int64_t peer_clock_known(struct store *store);
/* The ways to the station above, one URL a line, in order of preference. */
void routes_get(struct store *store, struct buf *urls);
enum rc routes_set(struct store *store, const char *urls, struct fault *fault) MUST_CHECK;

/* What still waits to go up to PEER and is not proven to be held there, by lane. */
enum rc peer_waiting(
	struct store *store, const struct peer *peer, struct lane_waiting waiting[LANES], struct fault *fault) MUST_CHECK;
/* The facts themselves, of one lane, in the order in which they came, until FN returns false. */
enum rc peer_each_waiting(
	struct store *store, const struct peer *peer, unsigned lane, fact_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* A number for a fact's column `via`: 31 bits of the site it came from, never 0. */
unsigned via_of(uint64_t site);

/* ---- What a station remembers of one way up: how fast it was, what it cost today, when it last worked. */

enum { ROUTES_MOST = 16, ROUTE_URL = 512 };

struct route {
	struct pace pace;      /* frame 0 = never used */
	int64_t day;           /* of SPENT, as a date number */
	uint64_t spent;        /* payload bytes of that day, both ways */
	int64_t used_ms;       /* how long tries of that day took */
	int64_t tried, worked; /* seconds; 0 = never */
	unsigned failed;       /* tries in a row that failed */
	enum trouble why;      /* the last one failed; TROUBLE_NONE = it worked */
};

/* A person asks whoever watches over the ways to try at once; how often that was so. */
enum rc routes_hurry(struct store *store, struct fault *fault) MUST_CHECK;
int64_t routes_hurried(struct store *store);
/* All zero when the way was never used. */
void route_load(struct store *store, const char *url, struct route *way);
enum rc route_save(struct store *store, const char *url, const struct route *way, struct fault *fault) MUST_CHECK;
/* A try is over (NOW: store_now), with BYTES carried: counts them to today and notes how it went.
 * FAULT NULL: it worked. */
void route_tried(struct route *way, int64_t now, uint64_t bytes, const struct fault *fault);

/* What a way costs, and when and for what it may be used: a line `way` of outpost.conf, read anew by whoever starts. The
 * first whose PREFIX the address begins with counts. */
struct way_terms {
	char prefix[ROUTE_URL], name[40];
	int from, until;            /* minutes of the day, over midnight too; FROM < 0: always */
	uint64_t bytes;             /* a day; 0 = no limit */
	uint64_t call;              /* bytes after which a call carries what is urgent alone; 0 = no limit */
	unsigned minutes;           /* the same */
	unsigned lanes;             /* bits; 0 = all */
	int64_t fen_mb, fen_minute; /* hundredths of a yuan; 0 = nothing */
};
void way_terms_clear(void);
/* The words behind `way`. False: WHY is the rule, translated. */
bool way_terms_add(const char *const word[], unsigned words_given, const char **why);
const struct way_terms *way_terms_of(const char *url); /* NULL: no line is about it */
/* Has the device that says to stand for the name of the way URL failed its last trial? Then it is tried behind the others. */
bool way_broken(struct store *store, const char *url);
bool way_terms_open(const struct way_terms *terms, int64_t now);
/* Is the day's share of bytes or minutes used up? */
bool way_terms_spent(const struct way_terms *terms, const struct route *way, int64_t now);
/* "卫星 22:00-06:00 每天200KB …" and what today has cost; nothing without such a line. */
void way_terms_say(const char *url, const struct route *way, int64_t now, struct buf *out);

/* The way at place AT in the order of preference; false behind the last one. */
bool route_at(struct store *store, unsigned at, char url[ROUTE_URL]);
bool route_line(const char *urls, unsigned at, char url[ROUTE_URL]); /* of a list as routes_set takes it */

/* ---- How far a record has provably come: the ladder 本机 → 乡镇 → 县 → 市. The one place that says so;
 * show, lists, the record screen and the outbox ask here.
 */

enum { HOLDERS_MOST = 16 };

/* The stations of higher levels that may hold records of this one: neither revoked nor ended. Read
 * once for a page. */
struct holders {
	struct holder {
		uint64_t site, area;
		enum level level;
		bool followed; /* another of its area stands on the way up now: it may have been
				  put back and go on under that number */
	} at[HOLDERS_MOST];
	unsigned count;
	uint64_t above; /* the station above, whose word is shown as such; 0: there is none */
	bool mixed;     /* release 0.1 wrote this store: words and proofs of others stand in one */
};
enum rc holders_load(struct store *store, struct holders *holders, struct fault *fault) MUST_CHECK;

/* LEVELS_HELD[l]: some station of level l, above this one and at or above AREA (the record's), has
 * proven by its marks that it holds every fact of REC that was written at or below it; at least
 * one. A fact by an author whom nobody knows here, a mark that does not come up to it, a refusal of
 * it: the level is not named. Numbers of the ladder: docs/DESIGN.md, "The log". */
enum rc holders_reached(struct store *store, const struct holders *holders, struct ref rec, uint64_t area,
	bool levels_held[LEVELS], struct fault *fault) MUST_CHECK;
/* Levels that are not among those, and would be if what the station above says of others counted: of stations above
 * itself as holders of facts that were not written here, or without their proof. To be shown as its word alone. */
enum rc holders_said(struct store *store, const struct holders *holders, struct ref rec, uint64_t area, bool levels_said[LEVELS],
	struct fault *fault) MUST_CHECK;
/* Both at once, for a single record. */
enum rc store_reached(
	struct store *store, struct ref rec, uint64_t area, bool levels_held[LEVELS], struct fault *fault) MUST_CHECK;
/* The highest level that is named; -1 = this station alone. */
int reached_top(const bool levels_held[LEVELS]);

/* ---- What may leave this disk: records of a kind whose newest fact is older than BEFORE and whose facts two levels
 * above have proven to hold, by their own marks. ACT: they leave; else it is only said what would.
 */
struct prune {
	unsigned kind;
	uint32_t states;
	int64_t before; /* seconds */
	bool act;
};
struct pruned {
	unsigned old, held; /* records: old enough; of these, proven to be held, and none of it among what stays whole */
	uint64_t bytes;     /* of .held */
};
enum rc store_prune(struct store *store, const struct prune *what, struct pruned *out, struct fault *fault) MUST_CHECK;

/* What REFUSAL refused was taken later by the one who refused it, or REFUSAL is the word of that. */
bool store_refusal_over(struct store *store, struct ref refusal);
/* What a refusal is of. */
struct refused {
	struct row row; /* the record of the refused fact, as it is here; in the arena */
	bool anew;      /* the fact began the record, at this station: it can be written anew */
	bool answered;  /* the record was withdrawn, or written anew: nothing is left to do */
};
/* False when the fact, or its record, is not here. */
bool store_refusal_row(struct store *store, const struct row *refusal, struct arena *arena, struct refused *refused);
/* How many facts of this station the levels above refuse, as far as they have told; without those whose record was
 * withdrawn here or written anew. */
unsigned store_refused(struct store *store);

/* ---- Is a register whole yet? After joining, the station above sends over poor links for hours;
 * people would believe a register that opens half full.
 */

struct load_status {
	bool closed;              /* not everything of its lane has come yet */
	bool told;                /* LEFT is known; else nothing has been heard of it yet */
	struct lane_waiting came; /* of its lane */
	struct lane_waiting left; /* of its lane */
	bool more;                /* LEFT is so many, or more */
	uint64_t before;          /* canonical bytes that come before it is whole: its lane and those in front */
	struct pace pace;
};

/* Open for a station that stands alone, before anything was heard from above, and for kinds that never come down. */
enum rc load_status_look(
	struct store *store, const struct kind *kind, struct load_status *load_status, struct fault *fault) MUST_CHECK;
/* Several lanes (bits) as one: closed when one of them is. */
enum rc load_status_lanes(
	struct store *store, unsigned lanes_mask, struct load_status *load_status, struct fault *fault) MUST_CHECK;
/* About how long BYTES of canonical facts still take; -1 when the line was never measured. */
int64_t load_seconds(const struct pace *pace, uint64_t bytes);

/* ---- What other stations say of this one without evidence: it has no effect, and is written down for
 * the people here: who, what, since when, how often.
 */

/* Kept in stores: new ones at the end. */
enum claim_what {
	CLAIM_NONE,
	CLAIM_ANSWER,   /* that this station has given an answer which it does not know of */
	CLAIM_MARKS,    /* that it wrote more than it did */
	CLAIM_FACTS,    /* that it wrote facts which are not here, or are others here */
	CLAIM_CONFLICT, /* that other facts of it stand there under the numbers of those it sends */
	CLAIM_RETURNED, /* that it wrote facts of a kind that it signs, without its signature; or
			   that it has what it never got; or more returned facts than are kept */
	CLAIM_BELOW,    /* that a station below wrote facts which that one has not sent */
	CLAIM_CHANGED,  /* that others wrote other facts than those that are held under their numbers
			*/
	CLAIM_ENDS,     /* that it has ended, more often than is followed in a day */
	CLAIM_KEYS,     /* that it has another key, more often than is taken */
	CLAIM_MUCH,     /* no claim: it has brought more in a day than is taken */
	CLAIMS
};
enum { CLAIMS_KEPT = 256 };

struct claim {
	uint64_t site, count;
	enum claim_what what;
	int64_t first, last; /* seconds, by the station's time */
};

/* SITE has said so COUNT more times. Of more than CLAIMS_KEPT the oldest goes. */
enum rc claim_note(struct store *store, uint64_t site, enum claim_what what, uint64_t count, struct fault *fault) MUST_CHECK;
typedef bool claim_fn(const struct claim *claim, void *to);
/* Those since SINCE, the newest first. */
enum rc claims_each(struct store *store, int64_t since, claim_fn *fn, void *to, struct fault *fault) MUST_CHECK;

uint64_t claims_total(struct store *store); /* claims that are remembered */

extern const char *const claim_names[CLAIMS]; /* for programs */
/* What it means, and what to do about it, translated. */
const char *claim_text(enum claim_what what);
const char *claim_advice(enum claim_what what);

/* ---- Facts as they were read out over a voice radio and typed in here. They lie in a table of their own that no question,
 * answer or mark looks at: their records fold with them, and the author's own fact, when it comes, counts in their place.
 */

enum voice_state {
	VOICE_WAITS,  /* the author's own fact is not here */
	VOICE_PROVEN, /* it has come, and is the same */
	VOICE_OTHER,  /* it has come, and is another */
};

struct voice {
	struct ref fact, rec;
	int64_t typed;   /* when: seconds */
	uint32_t typist; /* seq of this station's person; 0 = the station itself */
	enum voice_state state;
};

/* OP, whose canonical bytes are RAW; TYPIST typed it. *fresh = it was not here yet. Nothing is taken that its author may not
 * say (RC_DENIED), of a record that is not here (RC_NONE), or in the place of what is here (RC_DENIED). Inside a transaction. */
enum rc voice_put(
	struct log *log, const struct op *op, struct bytes raw, uint32_t typist, bool *fresh, struct fault *fault) MUST_CHECK;
/* The last that was typed of REC and still counts; false: nothing does. */
bool voice_of(struct log *log, struct ref rec, struct voice *out);
unsigned voice_waits(struct log *log); /* facts that wait to be proven */
/* All that was typed, the newest first; read before the first call. */
typedef bool voice_fn(const struct voice *voice, void *to);
enum rc voice_each(struct log *log, voice_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
