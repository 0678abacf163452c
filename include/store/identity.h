/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening, restoring, and when a site ends.
 */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include "store/rows.h"

struct log;
struct store;

/* ---- A station's facts and the rows folded from them, in one SQLite file (WAL, synchronous=FULL).
 *
 * Facts are appended and never changed; rows, totals and the search index can be thrown away and
 * rebuilt. Several processes use one file at once; nothing here holds a statement open between
 * calls.
 */

/* HOME is the station's folder. RC_NEWER opens read-only and says so in FAULT: a newer program's
 * file, a disk that is read-only, keys that are not this station's. RC_BAD is a damaged file, and
 * FAULT names the newest good backup. RC_NONE: there is no station, or making it was interrupted.
 */
enum rc store_open(struct store **out, const char *home, unsigned flags, struct fault *fault) MUST_CHECK;
/* Makes folder, keys and database. KEYS NULL: new random ones. */
enum rc store_init(struct store **out, const char *home, const struct station *station, const struct keys *keys, unsigned flags,
	struct fault *fault) MUST_CHECK;
/* Opens with new keys where the old ones are gone, as another site with the same facts and people;
 * *FINE: nothing had to be done. */
enum rc store_new_keys(struct store **out, const char *home, bool *fine, struct fault *fault) MUST_CHECK;
void store_close(struct store *store);
/* Are the keys beside STORE its own? Looks, and changes nothing. RC_IO: they may not be read, RC_NEWER:
 * they are gone, damaged or another station's; FAULT says what, and what to do. */
enum rc store_keys_look(struct store *store, struct fault *fault) MUST_CHECK;
/* Written here: fills site, seq, stamp, rec (when OP->rec_seq is 0: a new record), area (the
 * station's, when 0), seen (the newest stamp, unless OP->seen says what the author has seen), and
 * signs when the kind asks for it; OP->sig is good until the next write. Refuses (RC_DENIED) what
 * lies outside the station's area. One commit, durable on return. A site that has to
 * end does so before. */
enum rc store_write(struct store *store, struct op *op, struct fault *fault) MUST_CHECK;
/* All rows, totals and the index again from the facts; also the migration. */
enum rc store_rebuild(struct store *store, struct fault *fault) MUST_CHECK;

/* ---- The narrow log that hubs and syncing need: append with dedup, what is new for an area after a
 * cursor, watermarks, sites and grants, the store's number. Over SQLite here; made so that another
 * database can stand behind the same calls. Layout and rules: docs/DESIGN.md, "The log".
 */

/* Somebody holds a number of the own site that this store never wrote: it was put back unseen. The
 * site ends with the next write. */
enum rc log_site_ends(struct log *log, struct fault *fault) MUST_CHECK;
bool log_ending(struct log *log); /* that is due */

/* ---- Two facts under one number: how that is found, what is in doubt until both have been
 * compared, and how the fact that has to give way is issued again. docs/DESIGN.md, "Sites that
 * end".
 */

/* Issues fact REF of an ended own site again, if it was written here, with what of our own hangs on
 * it: same content, same time, new numbers. REF itself stays for log_replace; what hung on it says
 * nothing any more. RAW: the fact is not here, write this one. */
enum rc store_reissue(struct store *store, struct ref ref, struct fault *fault) MUST_CHECK;
enum rc store_reissue_raw(struct store *store, struct bytes raw, struct fault *fault) MUST_CHECK;

/* Statements of ended sites, the oldest first, in the form of the wire (sync/successor.c): each site
 * signed who goes on. */
enum {
	SUCCESSOR_VERSION = 4,
	SUCCESSOR_CODE = 11,
	SUCCESSOR_SIGNED = 1 + 7 + SIGN_PUBLIC + SUCCESSOR_CODE,
	SUCCESSOR_SIZE = SUCCESSOR_SIGNED + SIGN_SIZE,
	SUCCESSORS_MOST = 16 /* in front of one frame */
};
void successor_make(const struct keys *old, const struct keys *next, const char *code, uint8_t statement[SUCCESSOR_SIZE]);
/* Kept in the folder of keys as well, before the database has it. */
enum rc successor_save(const char *folder, const uint8_t statement[SUCCESSOR_SIZE], struct fault *fault) MUST_CHECK;
/* Appends the statements there that lead from SITE to the site of KEYS, in their order; false:
 * they do not. */
bool successors_file(const char *folder, uint64_t site, const struct keys *keys, struct buf *chain);
enum rc successors_add(struct store *store, const uint8_t statement[SUCCESSOR_SIZE], struct fault *fault) MUST_CHECK;
void successors_get(struct store *store, struct buf *out);
/* Of more than SUCCESSORS_MOST a part: which one, TURN says, so that whoever asks often enough gets all.
 */
void successors_part(struct store *store, uint64_t turn, struct buf *out);
/* Questions with consecutive turns until everybody has got all that he can follow; at least 1. */
unsigned successors_parts(struct store *store);
/* Was SITE this station's own once? */
bool successors_have(struct store *store, uint64_t site);
uint64_t successor_old(const uint8_t *statement); /* the site that ended */
/* Has this station been shown its own statement by which its twin goes on for it? Who and what to do: twin_gone_on. */
bool store_replaced(struct store *store);

/* The last time that the own site had to end. */
struct past {
	int64_t at;    /* seconds; 0 = never */
	char code[12]; /* the code it had */
	unsigned anew; /* facts issued again since */
};
void store_past(struct store *store, struct past *past);
/* PAST is what nobody has been told yet; false: there is nothing. TOLD: it has been now. */
bool store_past_new(struct store *store, struct past *past);
enum rc store_past_told(struct store *store, struct fault *fault) MUST_CHECK;
enum rc store_past_set(struct store *store, const struct past *past, struct fault *fault) MUST_CHECK;

/* ---- Keeping a station: backup, restore, check, repair, the daily copies. */

/* Puts FILE in the place of HOME's database (kept beside it), ends the old site when its keys could
 * write a number twice, and takes a new store number. */
enum rc store_restore(const char *home, const char *file, struct fault *fault) MUST_CHECK;

/* Ends the own site and goes on under KEYS (NULL: new random ones) with a new provisional code (ZZ
 * -> ZZ2), a new store number and cursors at 0. For a station whose keys have written more than its
 * store knows: a hub has told a higher number of ours. Its people with a login are written once
 * more in the new site and keep their PINs. store_open does this by itself when keys and store
 * disagree (also when a note beside the keys says that they wrote more), store_take (with the next
 * write) when a fact of ours comes back that was not here. */
enum rc store_site_end(struct store *store, const struct keys *keys, struct fault *fault) MUST_CHECK;

struct check {
	uint64_t facts, records, bad_facts, wrong_rows, refused, waiting, gone;
	bool sound; /* SQLite's own integrity check */
	char note[200];
};
/* Reads everything: file, facts, rows against a fresh fold. REPAIR rebuilds rows and index. */
enum rc store_check(struct store *store, bool repair, struct check *check, struct fault *fault) MUST_CHECK;

/* ---- A hub above which nobody stands has nobody who could grant its new site. So the new site
 * says itself which site it succeeds, and the old key, where it is still there, signs that.
 */

/* What an old key signs: its own public half, the new one, and the area of both. */
void successor_say(const uint8_t old_public[SIGN_PUBLIC], const uint8_t new_public[SIGN_PUBLIC], uint64_t area, struct buf *out);
/* The present site of STORE follows OLD: written when OLD had nobody above and somebody below.
 * KEYS: those of OLD, or others when they are lost. Inside a transaction. */
enum rc successor_write(struct store *store, const struct station *old, const struct keys *keys, struct fault *fault) MUST_CHECK;
/* The present site follows the one with the key OLD_PUBLIC, which has signed SIG over successor_say. Inside a
 * transaction. */
enum rc successor_write_deed(
	struct store *store, const uint8_t old_public[SIGN_PUBLIC], const uint8_t sig[SIGN_SIZE], struct fault *fault) MUST_CHECK;

/* ---- Facts of an ended own site that stations below give back without its signature. Anybody below
 * could have made them up: they are kept apart until a person here takes or leaves them.
 */

enum { RETURNED_MOST = 5000 }; /* of one sender: a township's backlog of nine days */

struct returned {
	int64_t id, at; /* at: when it came, seconds */
	uint64_t from;
	struct bytes raw;
};

/* Kept, or *full: FROM has given back too many. What is kept or was decided already is left. */
enum rc returned_keep(struct store *store, uint64_t from, struct bytes raw, bool *full, struct fault *fault) MUST_CHECK;
unsigned returned_count(struct store *store);
typedef bool returned_fn(const struct returned *returned, void *to);
/* The oldest first; LIMIT 0 = all. */
enum rc returned_each(struct store *store, unsigned limit, returned_fn *fn, void *to, struct fault *fault) MUST_CHECK;
/* A person has decided. TAKE: under its number, or under a new one when another fact stands there:
 * that stays. Else it is left, and not asked again. ID 0: all. RC_NONE: there is no such one.
 * *COUNT: how many were decided. */
enum rc returned_decide(struct store *store, int64_t id, bool take, unsigned *count, struct fault *fault) MUST_CHECK;

#endif
