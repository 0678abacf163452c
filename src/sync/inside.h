/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the sync floor share among themselves; nobody else includes it.
 */
#ifndef SYNC_INSIDE_H
#define SYNC_INSIDE_H

#include "store/claims.h"
#include "store/fork.h"
#include "sync/enrol.h"
#include "sync/frame.h"
#include "sync/seal.h"
#include "sync/sync.h"

/* ---- opening and sealing between this store and SITE (its agree key known) */

/* The message that FRAME from SITE holds. RC_DENIED: not sealed by that site for us. RC_NONE: it
 * leaned on a history that is not ours; RC_BAD: it does not decode; in both cases message->number
 * is as far as it could be read. */
enum rc frame_open(struct store *store, const struct site *site, struct bytes frame,
	struct arena *arena, struct message *message, struct fault *fault) MUST_CHECK;
/* The same in parts: reading writes nothing, so it needs no transaction, and what was read is noted
 * inside one. What is not newer than all before is read and not noted: whoever has recorded it can
 * send it again. */
enum rc frame_read(struct store *store, const struct site *site, struct bytes frame,
	struct arena *arena, struct message *message, struct fault *fault) MUST_CHECK;
enum rc frame_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault) MUST_CHECK;
/* Of that the one half, which key of ours it knows, and the other, which of its own it announces.
 */
enum rc frame_sealed(struct store *store, const struct site *site, uint32_t key_number, bool asks,
	struct fault *fault) MUST_CHECK;
bool frame_announced(const struct message *message, uint64_t *n); /* the sender's newest key */
enum rc frame_key_heard(struct store *store, const struct site *site, const struct message *message,
	struct fault *fault) MUST_CHECK;
enum closing_how {
	CLOSE_PLAIN = 1,    /* without guesses */
	CLOSE_REMEMBER = 2, /* with the history of what both hold, if there is any */
};
/* HOW: of closing_how. */
enum rc frame_close(struct store *store, const struct site *site, const struct message *message,
	unsigned how, struct buf *out, struct fault *fault) MUST_CHECK;

/* The same in parts: with which key, and which one of ours is said, of this moment; packing takes
 * long and needs no transaction. CLOSING lives in ARENA; its key is to be wiped. */
struct closing {
	struct seal_key key;
	struct bytes announced;
};
enum rc frame_prepare(struct store *store, const struct site *site, bool is_grant,
	struct arena *arena, struct closing *closing, struct fault *fault) MUST_CHECK;
void frame_finish(struct store *store, const struct site *site, const struct message *message,
	const struct closing *closing, unsigned how, struct buf *out);

/* What both ends of a frame know without saying, as far as this store knows it. */
struct body_ways guesses(
	struct store *store, const struct site *sender, const struct site *receiver);

/* The newest question that counts as answered between this store and PEER: at the hub the last one
 * it answered, at the station the last one whose answer it has. It moves with the cursors, in the
 * same commit; so a store that was put back to an earlier day is known by it. At the hub also its
 * memory, so that the same question is known again when some box on the way repeats it. */
struct heard {
	uint64_t number;
	uint32_t memory;
};
enum rc heard_get(
	struct store *store, uint64_t peer, struct heard *heard, struct fault *fault) MUST_CHECK;
enum rc heard_set(
	struct store *store, uint64_t peer, struct heard heard, struct fault *fault) MUST_CHECK;

/* ---- what this station has asked (asked.c) */

enum { ASKED_KEPT = 64 };
/* The number for the next question, or file that is carried upwards: higher than QUESTION and than
 * any before. */
uint64_t asked_next(struct store *store, uint64_t question);
/* FRAME is the question NUMBER. RC_BUSY: another process has taken that number. Before it leaves.
 */
enum rc asked_note(
	struct store *store, uint64_t number, struct bytes frame, struct fault *fault) MUST_CHECK;
/* Does this store not know to have asked NUMBER with that nonce? False also when it is too long
 * ago. */
bool asked_forgotten(struct store *store, uint64_t number, const uint8_t nonce[SEAL_NONCE]);

/* ---- was this store put back? (proven.c) */

/* One more field behind EXTRA, in ARENA. */
void extra_add(struct message *message, unsigned tag, struct bytes value, struct arena *arena);
/* Questions of the receiver that are newer than KNOWN, behind MESSAGE's extra. */
void evidence_show(const struct evidence kept[EVIDENCES], uint64_t known, struct message *message,
	struct arena *arena);
/* The number of the question as which a file that was carried upwards counts; 0 = as none. */
uint64_t counted_as(const struct message *message);
/* ANSWER, or a file from above, shows a question of ours that this store does not know. */
bool question_forgotten(struct store *store, const struct peer *peer, const struct message *answer);
/* ASK says to have an answer that this store, which has answered ASKER up to HEARD, does not know;
 * and shows it. */
enum answer_claim { ANSWER_KNOWN, ANSWER_UNKNOWN, ANSWER_FORGOTTEN };
enum answer_claim answer_claimed(struct store *store, const struct site *asker,
	const struct message *ask, struct heard heard);
/* What a new frame of a file from FROM, BELOW or above, shows; and what is kept of it. */
enum rc carried_evidence(struct store *store, const struct site *from,
	const struct message *message, bool below, struct fault *fault) MUST_CHECK;
/* This site ends on evidence: with the next write, or store_site_end. BEYOND: a number of this
 * store that others have heard. *EARLY: it has done so within the hour; nothing is changed. */
enum rc end_proven(
	struct store *store, uint64_t beyond, bool *early, struct fault *fault) MUST_CHECK;

/* The key that ID of a frame means, of those SENT to SITE or got from there; *n: number of ours.
 * False: one of both is not known here, and an introduction helps. */
bool frame_key(struct store *store, const struct site *site, uint8_t id, bool sent,
	struct seal_key *key, uint32_t *n);

/* ---- invitations (invite.c) */

struct invitation {
	uint64_t area, used_by; /* used_by 0: nobody yet */
	enum level level;
	char name[LIMIT_NAME + 1];
	struct terms terms;
};
enum rc invite_save(struct store *store, const uint8_t secret[SECRET_SIZE],
	const struct invitation *invitation, struct fault *fault) MUST_CHECK;
bool invite_load(struct store *store, const uint8_t secret[SECRET_SIZE],
	struct invitation *invitation); /* false: never made here */

/* ---- asking */

/* This side's numbers with the station above. On a station: sent = own arrivals that it confirmed,
 * got = its arrivals that are here, confirmed = the got that it was last told. */
enum rc peer_lanes(struct store *store, const struct peer *peer, struct peer_lane lanes[LANES],
	struct fault *fault) MUST_CHECK;
enum rc peer_lanes_set(struct store *store, const struct peer *peer,
	const struct peer_lane lanes[LANES], struct fault *fault) MUST_CHECK;
/* It is proven that this store was put back unseen: it goes on as another site; *ended says so.
 * What was learned of the line stays. */
enum rc end_if_due(
	struct store *store, struct peer *peer, bool *ended, struct fault *fault) MUST_CHECK;

/* Another store stands behind the same station: everything is asked and offered again, and what the
 * old one held is no longer known to be held; marks say what this one has. */
enum rc peer_store_changed(struct store *store, struct peer *peer, uint64_t number,
	struct peer_lane lanes[LANES], struct fault *fault) MUST_CHECK;

/* ---- the hub's questions (batch.c opens them, hub.c answers) */

/* A question as it was opened, before the store was locked for it. */
struct opened {
	struct bytes ask;    /* the frame, behind statements and introductions */
	struct site asker;   /* area 0: not known here */
	bool has_key;        /* else an introduction helps */
	bool introduced;     /* the asker has just signed which key it has */
	enum rc rc;          /* of frame_read */
	struct arena arena;  /* of the message and the turn */
	struct message message;
	struct turn *turn; /* it was answered, and that is to be sealed */
};
/* Stores what OPENED brings, whose asker is known, inside a transaction; and seals what is said to
 * it, after the commit. */
enum rc answer_opened(struct store *store, struct opened *opened, struct fault *fault) MUST_CHECK;
enum rc answer_close(struct opened *opened, struct buf *out, struct fault *fault) MUST_CHECK;
void answer_release(struct opened *opened); /* also without either */

/* ---- taking what came */

/* Facts from SITE (above or below) into the log, with what grants and revocations among them mean.
 * *fresh counts. Facts that SITE may not carry are left out and counted in *left. Inside a
 * transaction. */
enum rc facts_take(struct store *store, const struct site *site, const struct message *message,
	bool from_below, uint64_t *fresh, uint64_t *left, struct fault *fault) MUST_CHECK;
/* Do other facts stand here under numbers of SITE itself? Then nothing of its question is taken. */
bool facts_fork(struct store *store, const struct site *site, const struct message *message);
/* How far TELLER holds what is written, and others as it says: those count with their proof alone.
 * Nobody holds more of ours than we wrote: that is noted and not believed. */
enum rc marks_take(struct store *store, uint64_t teller, const struct message *message,
	struct fault *fault) MUST_CHECK;
/* A record for all in AREA: OP is not believed here. */
enum rc refusal_write(struct store *store, uint64_t area, const struct op *op, const char *reason,
	struct fault *fault) MUST_CHECK;
/* A fact that SENDER brought and was just taken: when it is refused, or its clock cannot be right,
 * it is kept and passed on all the same, and its author hears of it, so often a day. */
enum rc refusal_object(struct store *store, const struct site *sender, const struct op *op,
	struct fault *fault) MUST_CHECK;
/* Authors hear what was dropped since; SENDER, what was by authors that are not known here. */
enum rc refusals_tell(
	struct store *store, const struct site *sender, struct fault *fault) MUST_CHECK;
/* OP, when a station above says by it that many facts were dropped there, or asks for them again.
 */
enum rc refusal_take(
	struct store *store, const struct op *op, bool from_below, struct fault *fault) MUST_CHECK;
/* What was judged otherwise since the last time: grants among it count now, and authors below are
 * told. */
enum rc facts_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* ---- a station's own word for its place (joined.c) */

struct joined {
	uint64_t number; /* of its joins, the newest is the highest; 0: it has given no word */
	uint64_t hub;    /* whose invitation it took */
	uint8_t digest[HASH_SIZE],
		sig[SIGN_SIZE]; /* digest: of its question, the secret included */
};
enum { JOINED_SIZE = 8 + 7 + HASH_SIZE + SIGN_SIZE };
/* For the key, area and level of SITE. */
void joined_sign(struct joined *joined, const struct keys *keys, const struct site *site);
bool joined_good(const struct joined *joined, const struct site *site);
void joined_put(const struct joined *joined, struct buf *out); /* JOINED_SIZE bytes, or none */
bool joined_take(struct bytes in, struct joined *joined);
/* What is kept of SITE's last word; number 0: nothing. */
void joined_get(struct store *store, uint64_t site, struct joined *joined);
enum rc joined_set(struct store *store, uint64_t site, const struct joined *joined,
	struct fault *fault) MUST_CHECK;

/* ---- the question to join (join.c), and its answer (enrol.c) */

enum {
	JOIN_VERSION = 2,
	JOIN_BOUND = 1 + AGREE_PUBLIC + SIGN_PUBLIC,
	JOIN_HEAD = JOIN_BOUND + SEAL_NONCE,
	JOIN_NEWER = 0xF0 /* the only byte of an answer that says: with a newer program */
};
enum { JOIN_SECRET = 1, JOIN_NAME, JOIN_CODE, JOIN_AGREE, JOIN_NUMBER, JOIN_HUB, JOIN_SIGNED };
/* Of the clear head and the fields before the signature. */
void join_digest(struct bytes head, struct bytes fields, uint8_t digest[HASH_SIZE]);
uint64_t join_number(struct bytes frame); /* that the answer to the question FRAME repeats */

/* Who SITE is and its own word for its place, with the length; and back: false on anything else. */
void entry_put(struct store *store, const struct site *site, struct buf *out);
bool entry_take(struct bytes *in, struct site *site, struct joined *word);

/* ---- who may change whom (authority.c) */

/* Is AUTHOR the site HUB, its successor, or a station above it? */
bool stands_over(struct store *store, uint64_t author, uint64_t hub);
/* May AUTHOR change the grant of a site that is KNOWN here? */
bool may_change(struct store *store, uint64_t author, const struct site *known);
bool signed_by(const struct op *op, const struct site *site);
/* Does SITE stand above this station, or did it before another came in its place? */
bool stands_above(struct store *store, uint64_t site);
/* Is SITE revoked, or who let it in, and nobody came in that one's place? */
bool cut_off(struct store *store, const struct site *site);
uint64_t chain_top(struct store *store); /* the highest site above this one, or this one */
/* The successor NEXT goes on for OLD, as heir_of will say from now on (heir.c). */
enum rc heir_note(struct store *store, uint64_t next, uint64_t old, struct fault *fault) MUST_CHECK;
/* Who goes on for OLD by STATEMENT, as OLD is known; false: OLD did not sign it. */
bool heir_read_next(const uint8_t *statement, const struct site *old, struct site *next);

/* ---- from which side of this station the facts of a site come (side.c) */

/* May SENDER, below, bring OP? */
bool side_below(struct store *store, const struct site *sender, const struct op *op);
/* May a station above say OP, whose bytes are RAW? Not when its author is below this station, and
 * has not signed it. */
bool side_above(struct store *store, const struct op *op, struct bytes raw);
/* Has somebody above said what is held under the number of OP, which comes from below, for an
 * author below who did not sign that? Then it counts for nothing beside OP. */
bool side_gives_way(struct store *store, const struct op *op);
/* May FROM, above, put OP in the place of what is held under its number? It is its own, or its
 * author's site has ended, or the author has signed it: facts of who is there do not change. */
bool side_changes(
	struct store *store, const struct site *from, const struct op *op, struct bytes raw);
/* FROM, below, has another fact than OP's number has here: what is here is said to it again, when
 * its author has ended; who is there takes no other's word for his own. So often a day. */
enum rc side_lift(struct store *store, const struct site *from, const struct op *op,
	struct fault *fault) MUST_CHECK;
/* COUNT facts of stations below were told by the one above, while this store got back what it had
 * lost. When somebody below is gone for good, they are asked for again. */
enum rc side_missed(struct store *store, uint64_t count, struct fault *fault) MUST_CHECK;
enum rc side_ask_again(struct store *store, struct fault *fault) MUST_CHECK;

/* ---- what a frame would make its taker do (burden.c) */

/* Fills in message->heavy and crowded; they live in ARENA. */
void burden_weigh(struct store *store, struct message *message, struct arena *arena);
/* Is OP a step of a record that has too many? */
bool burden_crowded(const struct message *message, const struct op *op);

/* ---- how much a station may bring in a day (allowance.c) */

/* Is a question of SITE with so many facts to be put off until tomorrow? */
bool allowance_over(struct store *store, const struct site *site, size_t facts);
enum rc allowance_use(struct store *store, const struct site *site, uint64_t facts, uint64_t bytes,
	struct fault *fault) MUST_CHECK;
/* NEXT goes on for OLD, with what that has brought today. */
enum rc allowance_keep(
	struct store *store, uint64_t old, uint64_t next, struct fault *fault) MUST_CHECK;

/* ---- who is who (trust.c) */

/* A grant or revocation among the facts: who is who from now on. */
enum rc trust_take(struct store *store, const struct op *op, struct fault *fault) MUST_CHECK;
bool trust_is(const struct op *op); /* it is one */
/* What waited since log_hold, now that all grants of a frame are read. */
enum rc trust_held(struct store *store, struct fault *fault) MUST_CHECK;
/* What a grant says. */
struct grant {
	struct site site;
	struct {
		bool is, vouched; /* vouched: SIG is there */
		uint8_t old[SIGN_PUBLIC], sig[SIGN_SIZE];
	} heir;               /* the site says itself whom it follows */
	struct joined joined; /* its own word for where it joined */
	bool follows;         /* its hub says whom it follows, with that one's statement */
	uint8_t statement[HEIR_SIZE];
};
/* What the fields of a grant say (grant.c); false: no grant. */
bool grant_read(struct bytes body, struct grant *grant);
/* The author of OP grants itself: *is: it goes on for another from now on (successor.c). */
enum rc successor_says(struct store *store, const struct op *op, struct grant *grant, bool *is,
	struct fault *fault) MUST_CHECK;
/* The author of OP grants a site that goes on for another below it, and shows that one's statement;
 * OLD: which one. */
bool successor_proven(
	struct store *store, const struct op *op, const struct grant *grant, struct site *old);
enum rc successor_named(struct store *store, const struct op *op, const struct grant *grant,
	struct fault *fault) MUST_CHECK;
/* This station's people have joined the hub NOW, which stands where OLD stood. */
enum rc hub_replaced(
	struct store *store, uint64_t old, uint64_t now, struct fault *fault) MUST_CHECK;
/* Short codes are letters and digits, as people type them; nothing else is taken over. */
enum { SITE_CODE = sizeof((struct site *)0)->code };
void code_read(struct bytes text, char code[SITE_CODE]);
bool revocation_read(struct bytes body, uint64_t *site);
/* When OP, a revocation, was written. */
int64_t revoked_since(const struct op *op);
/* Who was revoked writes nothing more from then on; what came before stays. */
void site_revoke(struct site *site, int64_t since);
/* Puts a signed grant for SITE into the log (made here), with the site's own word for its place. */
enum rc grant_write(struct store *store, const struct site *site, struct fault *fault) MUST_CHECK;
/* The same as a fact of AREA, for all within it to hear; STATEMENT: of the site that it follows, or
 * NULL. */
enum rc grant_write_at(struct store *store, const struct site *site, uint64_t area,
	const uint8_t *statement, struct fault *fault) MUST_CHECK;
enum rc revocation_write(struct store *store, const struct site *site, const char *reason,
	struct fault *fault) MUST_CHECK;
/* Its grant begins anew every DAYS as long as it is heard here (0 = it does not). */
enum rc term_set(struct store *store, uint64_t site, int64_t days, struct fault *fault) MUST_CHECK;
/* NEXT goes on for OLD, with its term. */
enum rc term_keep(struct store *store, uint64_t old, uint64_t next, struct fault *fault) MUST_CHECK;
/* SITE is heard: when half of its time is over, it gets a new grant. */
enum rc grant_renew(struct store *store, struct site *site, struct fault *fault) MUST_CHECK;
/* SITE may read other facts than before: what goes there, by whatever road, begins from the
 * beginning. */
enum rc moved_below(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
/* This station may read other facts than before: of SITE above, everything is asked again. */
enum rc moved_here(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;

/* ---- how far carrying has come with one site (carried.c) */

struct carried {
	uint64_t store;         /* number of its store that GOT counts in */
	uint64_t got[LANES];    /* of its arrivals: carried to here without a gap */
	uint64_t proven[LANES]; /* of ours: carried there, by its receipt */
	uint64_t newest;        /* number of its newest frame in that store; 0: it gives none */
};
void carried_load(struct store *store, uint64_t site, struct carried *carried);
enum rc carried_save(struct store *store, uint64_t site, const struct carried *carried,
	struct fault *fault) MUST_CHECK;
/* BELOW: what was proven to be there; else what was got from there. */
enum rc carried_forget(
	struct store *store, uint64_t site, bool below, struct fault *fault) MUST_CHECK;

/* ---- choosing what to say */

/* Facts of all lanes for one frame. */
struct choice {
	struct arena arena;
	struct fact *facts;
	size_t count, room_for;
	size_t fields, names; /* of all of them, at most: a reader takes so many */
	uint64_t seen[LANES]; /* where the cursors may move to */
	unsigned moved_mask, more_mask;
};
enum { EVERY_LANE = (1 << LANES) - 1 };
/* What is looked for. */
struct wanted {
	const struct site *site; /* who gets it */
	bool up;                 /* to the holder above; else down to SITE's area */
	unsigned mask;           /* lanes to look at */
	const uint64_t *cursor;  /* LANES numbers: where each lane is */
	size_t room;             /* plain bytes */
};
enum rc choose(struct store *store, const struct wanted *wanted, struct choice *choice,
	struct fault *fault) MUST_CHECK;
/* Canonical bytes that make a frame of about so many: rows of few facts shrink to a half, columns
 * to a quarter. */
size_t room_of(size_t frame);
/* What is left of ROOM after it made a frame of FRAME bytes, which was too long. */
size_t room_less(size_t room, size_t frame);
void choice_release(struct choice *choice);

/* ---- the first load */

/* Tagged fields of a message's extra. */
enum {
	EXTRA_LEFT = 1,
	EXTRA_KEY,
	EXTRA_CHECK_OF_OLD, /* release 0.1: nobody believes or sends it */
	EXTRA_STRAYS,
	EXTRA_EVIDENCE,
	EXTRA_MACS
};
/* At the hub: what is left for ASKER behind ANSWER, lane by lane, when ASK says every number and
 * now and then. Its bytes live in ARENA. */
enum rc load_tell(struct store *store, const struct site *asker, const struct message *ask,
	struct message *answer, struct arena *arena, struct fault *fault) MUST_CHECK;
/* At the station, before ANSWER is applied. */
void load_take(struct peer *peer, const struct message *answer);
/* FACTS have come; the lanes of WHOLE_MASK had no more. */
void load_note(
	struct first_load *load, const struct fact *facts, size_t count, unsigned whole_mask);

/* ---- sites that have ended (store/fork.h); statements stand in front of a frame */

/* The statements in front of IN are followed, as far as they are good, and skipped. The hub gives
 * the heir its grant; the station's peer is the heir from now on. */
enum rc heirs_from_below(struct store *store, struct bytes *in, struct fault *fault) MUST_CHECK;
enum rc heirs_from_above(
	struct store *store, struct peer *peer, struct bytes *in, struct fault *fault) MUST_CHECK;
/* Whom SITE goes on for; 0 = nobody that is known. */
uint64_t heir_before(struct store *store, uint64_t site);
enum { HEIRS_LOOKED = 1000 }; /* sites before a site that are looked at */
/* A statement that was followed; and back, for whoever is still at OLD: false when there is none.
 */
enum rc statement_keep(
	struct store *store, const uint8_t statement[HEIR_SIZE], struct fault *fault) MUST_CHECK;
bool statement_of(struct store *store, uint64_t old, struct buf *out);
/* Has the present site itself said that it ends? */
bool statement_own(struct store *store, const uint8_t statement[HEIR_SIZE]);
/* The station above answers as SITE, for which it has gone on since: ABOVE_SHOWN puts its word of
 * that in front of a question; until it answers as itself. */
enum rc above_behind(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
void above_shown(struct store *store, struct buf *out);
enum rc above_abreast(struct store *store, struct fault *fault) MUST_CHECK;
/* Are our own to be said to the station above? It has answered: not any more. */
bool heirs_due(struct store *store);
enum rc heirs_known(struct store *store, struct fault *fault) MUST_CHECK;
enum rc heirs_again(struct store *store, struct fault *fault) MUST_CHECK; /* it may be put back */

/* Facts of stations above that these have lost, in the extra of a question: see log_strays for what
 * is returned. */
int64_t strays_put(struct store *store, struct message *ask, size_t room, struct arena *arena,
	struct fault *fault);
enum rc strays_take(struct store *store, const struct site *from, const struct message *ask,
	struct fault *fault) MUST_CHECK;
/* WISH, or with a number behind it, whatever is free among the sites that are known here. */
void code_unique(struct log *log, const char *wish, struct site *site);

/* ---- what proves a mark to its author beyond the station in between (mark_mac.c) */

struct mark_maker {
	struct store *store;
	uint64_t author; /* the last one, whose KEY is kept: making one costs 0.1 ms */
	bool good;
	uint8_t key[HASH_SIZE];
};
/* For a mark of this station's own holding; 0: no key of its author is known. Wipe the maker. */
uint64_t mark_mac(struct mark_maker *maker, const struct mark *mark);
/* MARK is of this station's facts, and its holder has made it. */
bool mark_proven(struct store *store, const struct mark *mark);

/* ---- the ladder's news for SITE: what changed since the last time it was told */

struct news {
	struct mark *marks;
	size_t count, room;
	bool all; /* tell everything again */
};
enum rc news_for(struct store *store, const struct site *site, bool all, struct arena *arena,
	struct news *news, struct fault *fault) MUST_CHECK;
enum rc news_told(struct store *store, const struct site *site, const struct news *news,
	struct fault *fault) MUST_CHECK;

#endif
