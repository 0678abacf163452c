/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who this station is: its folder, people, settings, backups of a day.
 */
#ifndef STORE_STATION_H
#define STORE_STATION_H

#include "store/rows.h"

struct store;

/* ---- A station's facts and the rows folded from them, in one SQLite file (WAL, synchronous=FULL).
 *
 * Facts are appended and never changed; rows, totals and the search index can be thrown away and
 * rebuilt. Several processes use one file at once; nothing here holds a statement open between
 * calls.
 */

const struct station *store_station(const struct store *store);
enum rc store_station_set(struct store *store, const struct station *station, struct fault *fault) MUST_CHECK;
const struct keys *store_keys(const struct store *store);
const char *store_home(const struct store *store);
bool store_readonly(const struct store *store);
/* Which of the stores that this process has opened, from 1: what is kept of one is no other's, though it lies where that lay. */
uint64_t store_opening(const struct store *store);
bool store_cramped(const struct store *store); /* read only because the disk is full; ends by itself (store_moved) */
bool store_moved(struct store *store);         /* somebody committed since the last call: PRAGMA data_version */
/* Its file was taken away or replaced, as a restore does: it must be opened again, and takes no
 * writes. */
bool store_gone(struct store *store);
/* RC_FULL came, and what was to be written must not be lost (a draft): true, once, when trying
 * again may help. */
bool store_spare(struct store *store);

/* A user of this station: a `person` record with a login. */
struct user {
	uint32_t who; /* seq of the person's record */
	char name[LIMIT_NAME + 1], post[LIMIT_NAME + 1], role[8], phone[24], login[40];
	bool off, has_pin;
};
bool store_user(struct store *store, const char *name_or_login, struct user *user);
bool store_user_who(struct store *store, uint64_t site, uint32_t who, struct user *user); /* any site's */
bool store_has_users(struct store *store);                                                /* of this site, who have not left */
/* How terminals here show things to a person; what was never chosen is 0. */
enum { SHOWN_LEAN_AUTO, SHOWN_LEAN, SHOWN_FULL, SHOWN_LEANS };
struct shown {
	unsigned lean; /* home shows what is to be done now alone: on slow lines, always, never */
	bool quiet;    /* no bell */
};
void store_shown(struct store *store, uint32_t who, struct shown *shown);
enum rc store_shown_set(struct store *store, uint32_t who, const struct shown *shown, struct fault *fault) MUST_CHECK;
/* How terminals of that sort (TERMINAL) show characters to a person: numbers of ui/face.h; 0 = never chosen. */
struct shown_face {
	unsigned coding, ground;
};
void store_face(struct store *store, uint32_t who, const char *terminal, struct shown_face *face);
enum rc store_face_set(
	struct store *store, uint32_t who, const char *terminal, const struct shown_face *face, struct fault *fault) MUST_CHECK;
/* A new PIN, or none (""); opens a lock. RC_BAD: it may be none (base/secret.h). */
enum rc store_pin_set(struct store *store, uint32_t who, const char *pin, struct fault *fault) MUST_CHECK;
/* Is it theirs? RC_DENIED: wrong, none is set, or locked after five wrong ones; FAULT says how many
 * are left, or until when. The try is counted, durably, before it is looked at: where that cannot
 * be (RC_FULL, RC_IO, RC_BUSY within a batch) nothing is looked at. Each try is a line in
 * HOME/pin.log. */
enum rc store_pin_try(struct store *store, uint32_t who, const char *pin, struct fault *fault) MUST_CHECK;
/* From now on USER reads: what only its handlers may see (F_SECRET) is left out of rows and records for others. NULL:
 * nobody in particular, who is shown all of it. */
void store_read_as(struct store *store, const struct user *user);
/* Who that is; 0: nobody in particular. *ROLE: his, "" = none. */
uint32_t store_reader(const struct store *store, const char **role);
/* The author of a fact as people read it: the source's name, the person's name, or the station's.
 */
void store_author(struct store *store, const struct op *op, struct buf *out);
void store_author_of(struct store *store, uint64_t site, uint32_t who, struct bytes by, struct buf *out);

/* What time it is, by the clock of the station above as far as that was heard, by the system's
 * clock before; seconds and milliseconds. What people wrote, write and have to do is reckoned with
 * this one (docs/DESIGN.md, Clocks). */
int64_t store_now(struct store *store);
int64_t store_now_ms(struct store *store);
/* The station above said ABOVE_MS in answer to what was asked at ASKED_MS (store_now_ms; 0 = when
 * this one joined). *OFFSET_MS: how far its clock is ahead of the system's. A clock that was never
 * set teaches nothing. */
enum rc store_clock_heard(
	struct store *store, int64_t above_ms, int64_t asked_ms, int64_t *offset_ms, struct fault *fault) MUST_CHECK;
/* The same, known already: from now on the right time is SECONDS ahead of the system's clock. */
enum rc store_offset_set(struct store *store, int64_t seconds, struct fault *fault) MUST_CHECK;

/* ---- Who else on the machine may read a station's folder. */

/* HOME and all in it is the owner's alone (0700, 0600), or also a group's when the owner made the folder 2770. What is
 * wider is closed, *MENDED (may be NULL) tells that a station was. RC_DENIED, with the command that mends it: it
 * cannot be closed, or what is open is no station's folder. A folder that is not there is private. */
enum rc home_private(const char *home, bool *mended, struct fault *fault) MUST_CHECK;

/* ---- What lies in a station's folder, before anything there is opened or made. */

enum place {
	PLACE_FREE,    /* no station, or no folder: one may be made */
	PLACE_BEGUN,   /* making one was interrupted; nothing was written: it may be made again */
	PLACE_STATION, /* a database, whatever it is worth */
	PLACE_LOST,    /* a station was here, and its database is gone or empty */
	PLACE_STRANGE  /* what lies there cannot be a database, or cannot be read */
};

/* FAULT says what is wrong and which command mends it, except with PLACE_FREE and PLACE_STATION.
 * A backup that it names has been read. */
enum place place_look(const char *home, struct fault *fault);
/* The same when the database was opened and has no tables. */
enum place place_empty(const char *home, struct fault *fault);

/* ---- Keeping a station: backup, restore, check, repair, the daily copies. */

enum rc store_backup(struct store *store, const char *file, struct fault *fault) MUST_CHECK;
/* One backup a day (of store_now) in HOME/backup. BACKUPS_KEPT stay, not counting those of a later
 * day; none goes when the dates jump. Cheap when today's is there. MADE may be NULL: where it lies.
 */
enum rc store_daily(struct store *store, char made[512], struct fault *fault) MUST_CHECK;
/* Facts have come since the last one, and today's is not there. */
bool store_daily_due(struct store *store);
/* The good backup in HOME/backup with the newest data; false when there is none. */
bool backup_newest(const char *home, char path[512]);
/* The copy in HOME/backup with the latest date, unread; false when there is none. */
bool backup_latest(const char *home, char path[512]);
/* What can be made again from the rest, whole or not there: HOME/recall/NAME. Nothing is synced and nobody waits; whoever
 * deletes it loses time. False: it is not there, or not as it was written. */
bool store_recall(struct store *store, const char *name, struct buf *out);
/* Nothing happens where nothing can be written or little room is left. BYTES grow by the number that tells them whole. */
void store_remember(struct store *store, const char *name, struct buf *bytes);
/* Bytes that this user may still write where HOME lies; 0 also when that cannot be told. */
uint64_t disk_free(const char *home);

/* ---- Somebody at the keys: noted by the terminal, at most twice a second, and asked by who shares a narrow line. */
void store_typed(struct store *store);
int64_t store_quiet_ms(const struct store *store); /* since the last key of anybody here; INT64_MAX = none was noted */

#endif
