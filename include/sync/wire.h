/* SPDX-License-Identifier: GPL-3.0-or-later
 * Facts as bytes: bodies, messages, frames, seals.
 */
#ifndef SYNC_WIRE_H
#define SYNC_WIRE_H

#include "store/peer.h"

/* ---- Facts on the wire: deltas against the fact before, a table of sites, times relative to the fact, text in
 * GB18030 where that is shorter and comes back the same; rows for few facts, columns for many.
 * What comes out is, byte for byte, the canonical facts that went in. docs/WIRE.md describes every byte.
 */

enum { BODY_CHAIN = 4 };

/* What both ends know without saying. */
struct body_ways {
	uint64_t sender;      /* stands for site 0 of the table */
	uint64_t sender_area; /* as the grant says; 0 = not known to both */
	bool utf8;            /* put: leave texts in UTF-8 (the other end's GB18030 is not this one's) */
	/* The newest stamp among the facts of REC that SITE wrote before SEQ, and REC's first fact; 0 when not here.
	 * Most facts have seen exactly that. NULL: nothing is guessed. Both ends must have the same, or the
	 * frame's check tells. */
	uint64_t (*before)(void *to, struct ref rec, uint64_t site, uint32_t seq);
	/* The area of REC, 0 when it is not here: the names of imported authors often begin with it. NULL as above. */
	uint64_t (*area)(void *to, struct ref rec);
	/* The chain of hubs from the upper end of the link on, as its grants say; 0 = none. They are written in a bit each. */
	uint64_t chain[BODY_CHAIN];
	void *to;
};

/* FACTS in the order to send; only .raw and .sig are read. */
void body_put(struct buf *out, const struct fact *facts, size_t n, bool columns, const struct body_ways *ways);
/* One call a fact, in order; RAW and SIG are borrowed until the next call. False from FN stops with RC_BAD.
 * Anything that is not what body_put writes is RC_BAD. Takes all of IN. */
typedef bool body_fn(struct bytes raw, struct bytes sig, void *to);
enum rc body_take(struct bytes in, const struct body_ways *ways, body_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* ---- Frames sealed and opened, so that the carrier need not be trusted and no handshake is paid.
 *
 *   01 | key id (1) | sender's site (7, little-endian) | nonce (12) | sealed (… + 16)
 *
 * The first 9 bytes are bound into the seal. Keys differ by direction.
 */

enum { SEAL_BOUND = 9, SEAL_NONCE = 12, SEAL_HEAD = SEAL_BOUND + SEAL_NONCE, SEAL_VERSION = 1 };

struct seal_key {
	uint8_t key[32];
	uint8_t id;
};

/* key = BLAKE2b-256(X25519(own secret, other public) | sender's public | receiver's public). */
bool seal_key(struct seal_key *out, const uint8_t own_secret[AGREE_SECRET], const uint8_t own_public[AGREE_PUBLIC],
	const uint8_t other_public[AGREE_PUBLIC], bool sending, uint8_t id);
/* NONCE: another one for every content under the same key. SEAL_PUT takes one by chance. */
void seal_put_with(
	struct buf *out, const struct seal_key *key, uint64_t sender, const uint8_t nonce[SEAL_NONCE], struct bytes plain);
void seal_put(struct buf *out, const struct seal_key *key, uint64_t sender, struct bytes plain);
/* Who says to have sent it; false when it is no frame of this version. */
bool seal_head(struct bytes frame, uint64_t *sender, uint8_t *key_id);
bool seal_take(struct buf *out, const struct seal_key *key, struct bytes frame);

/* ---- The same without what both ends know, for whoever has said to read that. Evidence and tag are tag and nonce in one:
 * the tag is a keyed hash of everything, what is left out with it, and both together are the nonce.
 *
 *   05 | key id (1) | high bytes of the asker's site (2) | evidence (6) | tag (10) | XChaCha20 of the content
 *   06 | key id (1) | evidence (6) | tag (10) | XChaCha20 of the content: the answer to one of 05
 *
 * docs/WIRE.md, "Lean frames", says what this costs in certainty.
 */

enum {
	LEAN_ASK = 5,
	LEAN_ANSWER = 6,
	LEAN_SITE = 2,
	LEAN_EVIDENCE = 6, /* as much of the evidence as goes with it */
	LEAN_TAG = 10,
	LEAN_ASK_HEAD = 2 + LEAN_SITE + LEAN_EVIDENCE + LEAN_TAG,
	LEAN_ANSWER_HEAD = 2 + LEAN_EVIDENCE + LEAN_TAG,
};

/* What such a message leaves out, as both ends know it. */
struct lean {
	uint64_t sender, number;
	uint32_t memory;                  /* questions */
	uint64_t got[LANES], sent[LANES]; /* what its cursors are said against */
	bool again;                       /* it has come before: these are where they went */
	int64_t time;                     /* answers */
	uint8_t question[HASH_SIZE];      /* answers: hash of the frame of the question */
	bool goes_on;                     /* questions: the model goes on from the state of this name */
	uint8_t state[HASH_SIZE];
};

/* The first byte of such a frame, when it is long enough for one; else 0. */
unsigned lean_version(struct bytes frame);
unsigned lean_site(struct bytes frame); /* of LEAN_ASK */
/* EVIDENCE: LEAN_EVIDENCE bytes, others for every content under the same key. */
void lean_put(struct buf *out, const struct seal_key *key, unsigned version, const struct lean *lean, const uint8_t *evidence,
	struct bytes plain);
/* Appends what FRAME holds, which is not proven yet; its hash goes to HASH. False: it is none, or for another key. */
bool lean_open(struct buf *out, const struct seal_key *key, struct bytes frame, uint8_t hash[HASH_SIZE]);
/* Is it of LEAN's sender, who left out what LEAN says? */
bool lean_proven(const struct seal_key *key, const struct lean *lean, struct bytes frame, const uint8_t hash[HASH_SIZE]);
/* The evidence of a frame of either kind; the rest of a short one is zero. */
void seal_evidence(struct bytes frame, uint8_t evidence[SEAL_NONCE]);

/* ---- Plain bytes to packed ones and back: zstd with the shipped dictionary, and with the confirmed
 * history behind it; or the model (below).
 *
 *   flags (1) | history hash (2), if bit 1 | content
 *
 * Bits 4 to 7: the number of the packing. 1: zstd. Bit 0: the content is a zstd frame without its
 * magic; bit 1: the history was the dictionary's end; bit 2: only the one block of that frame,
 * without its five bytes of heads. 2: the model; bit 1: it has read the history
 * before.
 */

enum {
	FRAME_WINDOW = 20, /* log2: 1 MiB */
	FRAME_RATIO = 200, /* the largest a packed byte may become, beyond the first FRAME_FREE */
	FRAME_FREE = 64 * 1024,
	HISTORY_MOST = 64 * 1024,
	DICTIONARY_NUMBER = 1,
	FRAME_WITH_HISTORY = 2, /* flags in the first byte */
	FRAME_GOES_ON = 8,      /* of a question: from the state whose name follows; of an answer: the state is kept here */
};

/* HISTORY: rows of what both ends have confirmed to each other, newest last; empty = none. The
 * shorter of all ways is taken. */
void frame_pack(struct buf *out, struct bytes plain, struct bytes history);
/* FRAME, packed by FRAME_PACK, becomes what the model makes of PLAIN when that is shorter: for a reader that has said that it can
 * read that. */
struct model_way;
void frame_pack_again(struct buf *frame, struct bytes plain, const struct model_way *way);
bool frame_by_model(struct bytes packed);
/* How much history the packing of PACKED wants for frame_unpack: bytes of canonical facts. */
size_t frame_history(struct bytes packed);
/* The first byte of what is not packed; the content follows. */
enum { FRAME_PLAIN = 1 << 4 };
/* RC_BAD: no frame, or beyond the caps. RC_NONE: it needs a history or dictionary that is not this
 * one: ask for it again without. */
enum rc frame_unpack(struct buf *out, struct bytes packed, struct bytes history, struct fault *fault) MUST_CHECK;

/* The same of one that may be in another form. */
enum rc frame_unpack_way(struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault) MUST_CHECK;

struct bytes frame_dictionary(void); /* the shipped one */

/* ---- Messages packed by a model of what stations say: it knows which field of which kind the next byte belongs to, and has
 * read a training text. A third shorter than zstd with its dictionary, at some milliseconds a kilobyte both ways: for links on
 * which bytes are dear. docs/WIRE.md, "Packing 2", has what another implementation needs.
 */

enum {
	MODEL_NUMBER = 2,          /* of the packing: whatever changes one packed byte changes it */
	MODEL_PLAIN = 1 << 20,     /* the most that is packed, and that comes out, */
	MODEL_FREE = 64 * 1024,    /* and of so many packed bytes: this, */
	MODEL_RATIO = 20,          /* and so many times the packed bytes */
	MODEL_HISTORY = 16 * 1024, /* of canonical facts: to read them takes both ends 15 ms or more */
	MODEL_MEMORY =
		12000000, /* bytes of what has been learnt; and as many to work with, for what is learnt from a message is put back */
	MODEL_WORKING = 12000000,
};

/* Where what was learnt from the training text is kept, so that not every process reads it again (a second or more): a file
 * in FOLDER, made by the first that needs it, and again when it is not as it should be. Without a folder nothing is kept. */
void model_home(const char *folder);
/* Reads the training text now, or finds it kept: whoever answers others does so before it begins. */
void model_prepare(void);

/* What two ends have said to each other in a session, the oldest first: a model that has learnt it goes on from there, and
 * either end can make that state again. When it is more than SO_FAR_MOST bytes, the oldest go until it is SO_FAR_KEPT. */
enum { SO_FAR_MOST = 32 * 1024, SO_FAR_KEPT = 16 * 1024, SO_FAR_NAME = 2 };
enum so_far_form { SO_FAR_ROWS, SO_FAR_LEAN }; /* rows of a body; a message without what both ends know */
struct so_far;
struct so_far *so_far_new(void);
void so_far_free(struct so_far *so_far);
void so_far_add(struct so_far *so_far, enum so_far_form form, struct bytes text);
size_t so_far_count(const struct so_far *so_far);
size_t so_far_bytes(const struct so_far *so_far); /* to read for that state; of NULL: 0 */
/* Only the first COUNT. */
void so_far_cut(struct so_far *so_far, size_t count);
/* Only as far as what was last said gave that state; false: it never was, nothing changes. */
bool so_far_back(struct so_far *so_far, const uint8_t name[SO_FAR_NAME]);
/* The whole name of that state; NULL: it never was. */
const uint8_t *so_far_find(const struct so_far *so_far, const uint8_t name[SO_FAR_NAME]);
/* HASH_SIZE bytes that name the state: its beginning goes on the wire. */
const uint8_t *so_far_name(const struct so_far *so_far);

/* What a model has read before a message, and in which form that is. */
struct model_way {
	struct bytes history;        /* rows of a body; empty: none */
	bool lean;                   /* without what both ends know */
	const struct so_far *so_far; /* it goes on from there, instead of HISTORY; NULL: from the training text */
	bool unnamed;                /* an answer, which goes on from its question: the state is not named */
};

/* PLAIN behind what is in OUT, by a model that has read before what WAY says. False, and nothing is appended: it takes more than MOST bytes, or a reader would not take it. */
bool model_pack(struct buf *out, struct bytes plain, const struct model_way *way, size_t most);
/* RC_BAD: it is nothing that model_pack wrote, or more than a reader takes; nothing is appended. */
enum rc model_unpack(struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault) MUST_CHECK;

/* What a reader takes of so many packed bytes. */
size_t model_most(size_t packed);

/* Microseconds that 1,000 bytes took, the last time; 0: not known. */
uint32_t model_cost(void);

/* What a part of messages weighs: which (weight_name), of values kind and tag, how many there are, their bytes and what they
 * cost the model, in 256ths of a bit. */
struct weight {
	unsigned step;
	uint32_t kind, tag;
	uint32_t count, bytes;
	uint64_t bits;
};
/* The parts of PLAIN into ROWS, at most MOST; how many. */
size_t model_weigh(struct bytes plain, const struct model_way *way, struct weight rows[], size_t most);
const char *weight_name(unsigned step);

/* The training text as it is shipped (tests/tables/training.c): MESSAGES, each behind its length (4), packed by a model that knows
 * nothing yet. */
void model_train(struct buf *out, struct bytes messages);

/* ---- A claim about a station's past counts only with evidence that this station itself has made. The
 * nonce of a frame is that evidence: a MAC under a key that follows from the sender's signing key
 * and is never sent, over what the frame is and the digest of its content. It costs no byte, is as
 * unique as a random one (the same nonce only for the same content), and whoever got the frame can
 * show it, with the digest, to its sender, who may have forgotten it: then its store was put back.
 *
 *   key   = BLAKE2b-256 with the seed of the signing key as key, over "outpost frame evidence"
 *   nonce = first 12 bytes of BLAKE2b-256 with that key, over
 *           kind (1) | sender's site (8) | other site (8) | store (8) | number (8) | digest (16)
 */

enum { EVIDENCE_DIGEST = 16, EVIDENCE_TRACE = EVIDENCE_DIGEST + SEAL_NONCE };

/* What stays of a frame. */
struct trace {
	uint8_t digest[EVIDENCE_DIGEST], nonce[SEAL_NONCE];
};

/* ---- Questions and answers: what one swap says. docs/WIRE.md describes every byte. */

enum message_type {
	MESSAGE_ASK,
	MESSAGE_ANSWER,
	MESSAGE_JOIN,
	MESSAGE_GRANT,
	MESSAGE_CARRY, /* sync/carry.h; its number is the store that GOT counts in, nobody answers it */
	MESSAGE_TYPES
};

enum answer_status {
	ANSWER_DONE,    /* stored durably, this is what is new */
	ANSWER_FULL,    /* our memories differ: ask again with every number (full) */
	ANSWER_PLAIN,   /* the facts or the history did not come out as they went in: again without guesses */
	ANSWER_REVOKED, /* this station is no longer trusted here */
	ANSWER_BUSY,    /* later */
	ANSWER_OTHER,   /* other facts stand under numbers of yours: nothing was taken */
	ANSWER_STATUSES
};

/* One message, decoded. What is borrowed lives in the arena it was taken into. */
struct message {
	enum message_type type;
	uint64_t number;              /* of the question; the answer echoes it and is applied once */
	enum answer_status status;    /* answers */
	bool full;                    /* every number is given, not only what moved, and the store's number */
	bool lean;                    /* of what was taken: it left out what both ends know */
	uint64_t store;               /* full: the hub's store, as the asker knows it or as it is */
	uint32_t memory;              /* questions: hash of store, heard, got and sent: "as before" in 4 bytes */
	unsigned got_mask, sent_mask; /* lanes whose numbers are given */
	uint64_t got[LANES];          /* cursor in the hub's arrivals: what the asker has, or where it is now */
	uint64_t sent[LANES];         /* questions: the asker's own arrivals that this frame reaches */
	uint64_t before[LANES];       /* full questions: the same without the facts of this frame */
	uint64_t told[LANES];         /* got as the other end knows it, when nothing more is said of it */
	uint64_t heard;               /* full: the newest question of the asker whose answer it has; which the hub has answered */
	unsigned more_mask;           /* lanes with more behind this frame */
	int64_t time;                 /* the writer's clock, milliseconds since 1970 */
	uint64_t room;                /* questions: bytes that the answer should not exceed; 0 = as many as fit */
	struct mark *marks;           /* numbers held, by whom (the ladder) */
	size_t mark_count;
	struct fact *facts;
	struct op *ops; /* of what was taken: the same facts, parsed; whoever writes a message needs none */
	size_t fact_count;
	struct bytes extra;          /* join, grant, keys: tagged fields */
	size_t content;              /* bytes that it was taken from */
	uint64_t counts;             /* carried upwards: as the question with this number; 0 = as none */
	struct trace trace;          /* of what was opened: what its sender can be shown */
	uint32_t key_number;         /* of what was opened: of our key that it was sealed to */
	bool heavy;                  /* it would make its taker do too much at a time (burden_weigh) */
	struct bytes plain, history; /* of what was opened: as it came, unpacked; what it was packed behind */
	size_t modelled;             /* and how much the model had to read for that; 0: it was not the model */
	struct ref *crowded;         /* records that have as many facts as one may have, sorted */
	size_t crowded_count;
};

/* What both ends know of each other. */
struct message_ways {
	uint64_t sender, receiver;
	struct body_ways body;   /* .sender is set from here */
	bool plain;              /* no guesses: UTF-8, and what was seen in full */
	const struct lean *lean; /* what it leaves out; NULL: nothing */
};

/* To plain bytes, neither packed nor sealed; COLUMNS for many facts. */
void message_put(struct buf *out, const struct message *message, bool columns, const struct message_ways *ways);
/* What message_put wrote. RC_BAD on anything else; the number is filled in as far as it could be read. */
enum rc message_take(struct bytes in, const struct message_ways *ways, struct arena *arena, struct message *message,
	struct fault *fault) MUST_CHECK;

/* "As before" in four bytes: of the store's number, the last question that both count as answered, all cursors. */
uint32_t memory_of(uint64_t store, uint64_t heard, const uint64_t got[LANES], const uint64_t sent[LANES]);

/* ---- Facts of one record as digits that a person reads out over a voice radio and another types in: 4 digits and a
 * check digit a group. docs/WIRE.md, "Spoken".
 */

enum { SPOKEN_GROUP = 5, SPOKEN_FACTS = 15, SPOKEN_SITES = 16 };

/* A station whose number the digits may mean: they carry 16 of its 56 bits. */
struct spoken_site {
	uint64_t site, area; /* area: as its grant says */
};
/* FACTS of one record, in order; only .raw is read. SENDER wrote most of them. False: more facts or sites than fit. */
bool spoken_put(struct buf *out, const struct fact *facts, size_t n, const struct spoken_site *sender);
/* KNOWN: who may have written. RC_BAD on anything that spoken_put did not write; RC_DENIED when it names a station that is
 * not known. FN as of body_take. */
enum rc spoken_take(
	struct bytes in, const struct spoken_site known[], size_t count, body_fn *fn, void *to, struct fault *fault) MUST_CHECK;

/* BYTES, of which the first is not 0, as groups with a blank between; returns how many. */
unsigned digits_put(struct buf *out, struct bytes bytes);
/* Does a group of SPOKEN_GROUP digits check as number AT (0 ...)? DIGITS_LAST: and none comes behind it. DIGITS_NEXT: no, but
 * as the one behind it. */
enum digits_fit { DIGITS_WRONG, DIGITS_GOOD, DIGITS_LAST, DIGITS_NEXT };
enum digits_fit digits_group(const char *group, size_t at);
/* The digits in what somebody typed, as 0 to 9; False: there is something else among them, or there are ROOM or more. */
bool digits_typed(const char *typed, char *out, size_t room, size_t *count);
/* What somebody typed of that, in digits of any width or as they are said (幺两拐勾洞), with blanks, dashes and stops
 * anywhere between groups. RC_BAD names the groups that do not check. */
enum rc digits_take(const char *typed, struct buf *out, struct fault *fault) MUST_CHECK;

/* ---- The same bytes as short messages of a satellite terminal. docs/WIRE.md, "Telegrams". */

enum { TELEGRAM = 70, TELEGRAMS = 9 }; /* letters in one, and how many one record may take */
struct telegram {
	unsigned number, count; /* which of how many, 1 first */
	uint8_t bytes[TELEGRAM];
	size_t len;
};
/* A line each; how many. 0: BYTES is more than they hold, or nothing. */
unsigned telegram_put(struct buf *out, struct bytes bytes);
/* Does what somebody types begin one? */
bool telegram_begins(const char *typed);
/* False: it is none, or a letter of it is wrong. */
bool telegram_read(const char *typed, struct telegram *telegram);
/* All of one record in any order, each also more than once. RC_BAD names the one that is wrong or missing. */
enum rc telegram_take(const char *const *typed, size_t count, struct buf *out, struct fault *fault) MUST_CHECK;

#endif
