/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station's facts and the rows folded from them, in one SQLite file (WAL, synchronous=FULL).
 *
 * Facts are appended and never changed; rows, totals and the search index can be thrown away and
 * rebuilt. Several processes use one file at once; nothing here holds a statement open between
 * calls.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/crypt.h"
#include "model/fold.h"
#include "model/value.h"

struct store;

enum {
	STORE_READ = 1,    /* do not write: a damaged or newer file, a full disk */
	STORE_NEW = 2,     /* make it; RC_BAD when it is there */
	STORE_FAST = 4,    /* benches and demos only: no fsync */
	STORE_RESERVE = 8, /* somebody may be about to write a draft: at a full disk the reserve is
			      given up */
	STORE_NEW_KEYS = 16, /* keys/ is not this station's: it goes aside, and the station goes on
				as another site */
};

/* Who this station is. */
struct station {
	uint64_t site;
	uint64_t area;
	enum level level;
	char name[LIMIT_NAME + 1];
	char code[12]; /* short code before numbers: ZZ */
	bool joined;   /* code and area are granted from above */
};

/* HOME is the station's folder. RC_NEWER opens read-only and says so in FAULT: a newer program's
 * file, a disk that is read-only, keys that are not this station's. RC_BAD is a damaged file, and
 * FAULT names the newest good backup. RC_NONE: there is no station, or making it was interrupted.
 */
enum rc store_open(
	struct store **out, const char *home, unsigned flags, struct fault *fault) MUST_CHECK;
/* Makes folder, keys and database. KEYS NULL: new random ones. */
enum rc store_init(struct store **out, const char *home, const struct station *station,
	const struct keys *keys, unsigned flags, struct fault *fault) MUST_CHECK;
/* Opens with new keys where the old ones are gone, as another site with the same facts and people;
 * *FINE: nothing had to be done. */
enum rc store_new_keys(
	struct store **out, const char *home, bool *fine, struct fault *fault) MUST_CHECK;
void store_close(struct store *store);

const struct station *store_station(const struct store *store);
enum rc store_station_set(
	struct store *store, const struct station *station, struct fault *fault) MUST_CHECK;
const struct keys *store_keys(const struct store *store);
const char *store_home(const struct store *store);
bool store_readonly(const struct store *store);
bool store_cramped(const struct store
		*store); /* read only because the disk is full; ends by itself (store_moved) */
bool store_moved(
	struct store *store); /* somebody committed since the last call: PRAGMA data_version */
/* Its file was taken away or replaced, as a restore does: it must be opened again, and takes no
 * writes. */
bool store_gone(struct store *store);

/* Many writes, one commit. Nesting counts; only the outermost commits. */
enum rc store_begin(struct store *store, struct fault *fault) MUST_CHECK;
enum rc store_commit(struct store *store, struct fault *fault) MUST_CHECK;
/* RC_FULL came, and what was to be written must not be lost (a draft): true, once, when trying
 * again may help. */
bool store_spare(struct store *store);
void store_undo(struct store *store); /* roll back everything since the outermost begin */

/* Written here: fills site, seq, stamp, rec (when OP->rec_seq is 0: a new record), area (the
 * station's, when 0), seen (the newest stamp, unless OP->seen says what the author has seen), and
 * signs when the kind asks for it; OP->sig is good until the next write. Refuses (RC_DENIED) what
 * lies outside the station's area. One commit, durable on return. */
enum rc store_write(struct store *store, struct op *op, struct fault *fault) MUST_CHECK;
/* From elsewhere: in any order, any number of times. *fresh = it was not here yet. RAW is its
 * canonical bytes. */
enum rc store_take(struct store *store, struct bytes raw, struct bytes sig, unsigned via,
	bool *fresh, struct fault *fault) MUST_CHECK;
/* All rows, totals and the index again from the facts; also the migration. */
enum rc store_rebuild(struct store *store, struct fault *fault) MUST_CHECK;

/* A record folded, with its facts. Borrowed from ARENA. RC_NONE. */
struct history {
	struct op *ops;
	enum verdict *verdicts;
	size_t count;
};
enum rc store_record(struct store *store, struct ref ref, struct arena *arena,
	struct record *record, struct history *history, struct fault *fault) MUST_CHECK;
/* What store_write refuses, asked before (work/may.h): AREA lies outside the station's; its grant
 * does not name KIND, or has run out. RC_DENIED. */
enum rc store_covers(struct store *store, uint64_t area, struct fault *fault) MUST_CHECK;
enum rc store_granted(struct store *store, const struct kind *kind, unsigned step,
	struct fault *fault) MUST_CHECK;
/* Would this fact be allowed now (state, person, level, area, args)? V_GOOD, or why not. */
enum verdict store_may(struct store *store, const struct op *op, struct fault *fault);

/* ZZ-17, and the full id: 14 hex digits of the site, '-', seq. */
void store_number(struct store *store, struct ref ref, char out[32]);
void store_id(struct ref ref, char out[32]);
/* A number as printed or a full id; case does not matter, an own number may do without its code.
 * RC_NONE. */
enum rc store_resolve(
	struct store *store, const char *typed, struct ref *ref, struct fault *fault) MUST_CHECK;
/* The source's own name of a record: false when unknown. */
bool store_ref(struct store *store, const char *source, const char *name, struct ref *ref);
enum rc store_ref_set(struct store *store, const char *source, const char *name, struct ref ref,
	struct fault *fault) MUST_CHECK;

/* For types that need records (value.h). */
struct value_ways store_ways(struct store *store, bool labels);

/* A user of this station: a `person` record with a login. */
struct user {
	uint32_t who; /* seq of the person's record */
	char name[LIMIT_NAME + 1], post[LIMIT_NAME + 1], role[8], phone[24], login[40];
	bool off, has_pin;
};
bool store_user(struct store *store, const char *name_or_login, struct user *user);
bool store_user_who(
	struct store *store, uint64_t site, uint32_t who, struct user *user); /* any site's */
bool store_has_users(struct store *store); /* of this site, who have not left */
/* A new PIN, or none (""); opens a lock. RC_BAD: it may be none (base/secret.h). */
enum rc store_pin_set(
	struct store *store, uint32_t who, const char *pin, struct fault *fault) MUST_CHECK;
/* Is it theirs? RC_DENIED: wrong, none is set, or locked after five wrong ones; FAULT says how many
 * are left, or until when. The try is counted, durably, before it is looked at: where that cannot
 * be (RC_FULL, RC_IO, RC_BUSY within a batch) nothing is looked at. Each try is a line in
 * HOME/pin.log. */
enum rc store_pin_try(
	struct store *store, uint32_t who, const char *pin, struct fault *fault) MUST_CHECK;
/* The author of a fact as people read it: the source's name, the person's name, or the station's.
 */
void store_author(struct store *store, const struct op *op, struct buf *out);
void store_author_of(
	struct store *store, uint64_t site, uint32_t who, struct bytes by, struct buf *out);

/* What time it is, by the clock of the station above as far as that was heard, by the system's
 * clock before; seconds and milliseconds. What people wrote, write and have to do is reckoned with
 * this one (docs/DESIGN.md, Clocks). */
int64_t store_now(struct store *store);
int64_t store_now_ms(struct store *store);
/* The station above said ABOVE_MS in answer to what was asked at ASKED_MS (store_now_ms; 0 = when
 * this one joined). *OFFSET_MS: how far its clock is ahead of the system's. A clock that was never
 * set teaches nothing. */
enum rc store_clock_heard(struct store *store, int64_t above_ms, int64_t asked_ms,
	int64_t *offset_ms, struct fault *fault) MUST_CHECK;
/* The same, known already: from now on the right time is SECONDS ahead of the system's clock. */
enum rc store_offset_set(struct store *store, int64_t seconds, struct fault *fault) MUST_CHECK;


#endif
