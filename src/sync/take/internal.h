/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/take shows to the other rooms of its floor.
 */
#ifndef SYNC_TAKE_INTERNAL_H
#define SYNC_TAKE_INTERNAL_H

#include "sync/take.h"

struct log;
struct store;

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
	CLOSE_SLOW = 4,     /* for a link on which the model pays, if both ends read it */
	CLOSE_CRAWLS = 8,   /* and even to read the history before */
};
/* HOW: of closing_how. */
enum rc frame_close(struct store *store, const struct site *site, const struct message *message,
	unsigned how, struct buf *out, struct fault *fault) MUST_CHECK;

/* The same in parts: with which key, and which one of ours is said, of this moment; packing takes
 * long and needs no transaction. CLOSING lives in ARENA; its key is to be wiped. */
struct closing {
	struct seal_key key;
	struct bytes announced;
	const uint8_t *question; /* hash of the lean question that is answered; NULL: it is none */
	bool keeps;              /* there is time to keep what was said for the next question */
	size_t most;             /* packing_most() */
};
enum rc frame_prepare(struct store *store, const struct site *site, bool is_grant,
	struct arena *arena, struct closing *closing, struct fault *fault) MUST_CHECK;
void frame_finish(struct store *store, const struct site *site, const struct message *message,
	const struct closing *closing, unsigned how, struct buf *out);

/* ---- frames that leave out what both ends know (lean.c) */

enum { LEAN_CLOCK = 2, LEAN_SHIFT = 8 * (7 - LEAN_SITE) };

/* One that came: whose it is, and what it left out. */
struct lean_read {
	struct site site;
	bool has_key;        /* else an introduction helps */
	bool proven;         /* it is of SITE, and both know the same */
	bool one;            /* only SITE can have sent it */
	uint32_t key_number; /* of ours that it was sealed to */
	struct lean lean;
	struct buf content;
};
/* A question that came to this hub; and ABOVE's answer to what was asked as ASKED says, whose time
 * is now. */
void lean_read_ask(struct store *store, struct bytes frame, struct lean_read *read);
/* SITE has just asked whole: its next lean question is looked for there first, however many sites
 * begin with the same bytes. */
void lean_hint(uint64_t site);
bool lean_read_answer(struct store *store, const struct site *above, struct bytes frame,
	const struct lean *asked, struct lean_read *read);
void lean_read_release(struct lean_read *read);
/* The message of one that is proven, as frame_read() says; else RC_DENIED. */
enum rc lean_decode(struct store *store, struct bytes frame, const struct lean_read *read,
	struct arena *arena, struct message *message, struct fault *fault) MUST_CHECK;
/* As which MESSAGE goes to SITE: LEAN_ASK, LEAN_ANSWER to the QUESTION with that hash (NULL: it was
 * whole), with LEAN filled in; 0: whole. */
unsigned lean_form(struct store *store, uint64_t site, const struct message *message,
	const uint8_t *question, struct lean *lean);
void lean_clock_put(struct buf *out, const struct lean *lean);
/* That this store reads them, where MESSAGE is to say so; and what one from SITE says. */
void lean_say(const struct message *message, struct buf *extra);
enum rc lean_heard(struct store *store, uint64_t site, const struct message *message,
	struct fault *fault) MUST_CHECK;

/* ---- the model goes on from question to answer to question (session.c) */

struct session_ends {
	uint64_t own, other;
};
/* From where a question goes on that the MODEL packs, NULL: from the beginning; and it was PACKED,
 * from PLAIN, behind ROWS of history if it says so. */
const struct so_far *session_asking(const struct session_ends *ends, bool model);
void session_asked(const struct session_ends *ends, struct bytes packed, struct bytes rows,
	struct bytes plain);
/* From where the answer to the last question goes on, NULL: it was not by the model; and it goes
 * out as PACKED, which is to say that all is kept here. */
/* The state that a question PACKED so says to go on from, for LEAN; zeros: it is not here. */
void session_state(const struct session_ends *ends, struct bytes packed, struct lean *lean);
const struct so_far *session_answering(const struct session_ends *ends);
void session_answered(const struct session_ends *ends, struct buf *packed, struct bytes plain);
/* From where a lean frame that came goes on, as far as that is known here; and it was read. */
struct session_text {
	struct bytes rows, plain;
	bool answer;
};
const struct so_far *session_reading(
	const struct session_ends *ends, struct bytes packed, bool answer);
void session_read(
	const struct session_ends *ends, struct bytes packed, const struct session_text *text);

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
/* This site ends on evidence: with the next write, or store_site_end. BEYOND: a number of this
 * store that others have heard. *EARLY: it has done so within the hour; nothing is changed. */
enum rc end_proven(
	struct store *store, uint64_t beyond, bool *early, struct fault *fault) MUST_CHECK;

/* The key that ID of a frame means, of those SENT to SITE or got from there; *n: number of ours.
 * False: one of both is not known here, and an introduction helps. */
bool frame_key(struct store *store, const struct site *site, uint8_t id, bool sent,
	struct seal_key *key, uint32_t *n);

/* ---- which packing (packing.c) */

/* CLOSE_SLOW and CLOSE_CRAWLS, as the model pays at RATE, bytes a second. */
unsigned packing_pays(uint32_t rate);
/* Is a frame for SITE, closed HOW, to be packed by the model? */
bool packing_model(struct store *store, uint64_t site, unsigned how);
/* How many bytes the model at SITE is to read for a question, those before it included, as it has
 * asked in an answer; SIZE_MAX: as many as there are. */
size_t packing_most(struct store *store, uint64_t site);
/* ANSWER asks for less of that from now on. Its extra lives in ARENA. */
void packing_spare(struct message *answer, struct arena *arena);
/* Is a question too much for the model here, which had to read so much for it? When the hub is
 * CROWDED, little is. */
bool packing_much(struct store *store, uint64_t site, size_t modelled, bool crowded);
/* Does the model still read what SITE, which is below, sends in this minute? And so many bytes it
 * has read. */
bool packing_affords(struct store *store, uint64_t site);
void packing_spend(struct store *store, uint64_t site, size_t bytes);
/* That this store reads it, where MESSAGE for SITE is to say so; and what one from there says. */
void packing_say(
	struct store *store, uint64_t site, const struct message *message, struct buf *extra);
enum rc packing_heard(struct store *store, uint64_t site, const struct message *message,
	struct fault *fault) MUST_CHECK;

/* ---- taking what came */

struct taken {
	uint64_t fresh; /* facts that were not here */
	uint64_t left;  /* that SITE may not carry: left out */
};
/* Facts from SITE (above or below) into the log, with what grants and revocations among them mean.
 * Inside a transaction. */
enum rc facts_take(struct store *store, const struct site *site, const struct message *message,
	bool from_below, struct taken *taken, struct fault *fault) MUST_CHECK;
/* Do other facts stand here under numbers of SITE itself? Then nothing of its question is taken. */
bool facts_equivocate(struct store *store, const struct site *site, const struct message *message);
/* How many facts of MESSAGE are not here. */
uint64_t facts_fresh(struct store *store, const struct message *message);
/* How far TELLER holds what is written, and others as it says: those count with their proof alone.
 * Nobody holds more of ours than we wrote: that is noted and not believed. */
enum rc marks_take(struct store *store, uint64_t teller, const struct message *message,
	struct fault *fault) MUST_CHECK;

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

/* ---- sites that have ended; statements stand in front of a frame */

/* The statements in front of IN are followed, as far as they are good, and skipped. The hub gives
 * the successor its grant; the station's peer is the successor from now on. */
enum rc successors_from_below(
	struct store *store, struct bytes *in, struct fault *fault) MUST_CHECK;
enum rc successors_from_above(
	struct store *store, struct peer *peer, struct bytes *in, struct fault *fault) MUST_CHECK;
/* The station above answers as SITE, for which it has gone on since: ABOVE_SHOWN puts its word of
 * that in front of a question; until it answers as itself. */
enum rc above_behind(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
/* SITE has answered with its key, and is not PEER: when that one goes on for it, it is told the
 * same with the next question. RC_DENIED, or what the disk refuses. */
enum rc above_strays(struct store *store, const struct peer *peer, uint64_t site,
	struct fault *fault) MUST_CHECK;
void above_shown(struct store *store, struct buf *out);
enum rc above_abreast(struct store *store, struct fault *fault) MUST_CHECK;
/* Are our own to be said to the station above? It has answered: not any more. */
bool successors_due(struct store *store);
enum rc successors_known(struct store *store, struct fault *fault) MUST_CHECK;
enum rc successors_again(
	struct store *store, struct fault *fault) MUST_CHECK; /* it may be put back */

/* The deed of a twin (ended.c): into an ANSWER to ASKER, when that is one; kept, when there is a
 * good one in what FROM, above, has answered. */
void deed_give(
	struct store *store, const struct site *asker, struct message *answer, struct arena *arena);
enum rc deed_heard(struct store *store, const struct site *from, const struct message *answer,
	struct fault *fault) MUST_CHECK;

/* Facts of stations above that these have lost, in the extra of a question: see log_orphans for
 * what is returned. */
int64_t orphans_put(struct store *store, struct message *ask, size_t room, struct arena *arena,
	struct fault *fault);
enum rc orphans_take(struct store *store, const struct site *from, const struct message *ask,
	struct fault *fault) MUST_CHECK;
/* WISH, or with a number behind it, whatever is free among the sites that are known here. */
void code_unique(struct log *log, const char *wish, struct site *site);

#endif
