/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keeping a station: backup, restore, check, repair, the daily copies.
 */
#ifndef STORE_KEEP_H
#define STORE_KEEP_H

#include "store/store.h"

enum rc store_backup(struct store *store, const char *file, struct fault *fault) MUST_CHECK;
/* Puts FILE in the place of HOME's database (kept beside it), ends the old site when its keys could
 * write a number twice, and takes a new store number. */
enum rc store_restore(const char *home, const char *file, struct fault *fault) MUST_CHECK;

/* Ends the own site and goes on under KEYS (NULL: new random ones) with a new provisional code (ZZ
 * -> ZZ2), a new store number and cursors at 0. For a station whose keys have written more than its
 * store knows: a hub has told a higher number of ours. Its people with a login are written anew in
 * the new site and keep their PINs. store_open does this by itself when keys and store disagree
 * (also when a note beside the keys says that they wrote more), store_take (with the next write)
 * when a fact of ours comes back that was not here. */
enum rc store_site_end(
	struct store *store, const struct keys *keys, struct fault *fault) MUST_CHECK;

struct check {
	uint64_t facts, records, bad_facts, wrong_rows, refused, waiting;
	bool sound; /* SQLite's own integrity check */
	char note[200];
};
/* Reads everything: file, facts, rows against a fresh fold. REPAIR rebuilds rows and index. */
enum rc store_check(
	struct store *store, bool repair, struct check *check, struct fault *fault) MUST_CHECK;
/* One backup a day (of store_now) in HOME/backup. BACKUPS_KEPT stay, not counting those of a later
 * day; none goes when the dates jump. Cheap when today's is there. MADE may be NULL: where it lies.
 */
enum rc store_daily(struct store *store, char made[512], struct fault *fault) MUST_CHECK;
/* Facts have come since the last one, and today's is not there. */
bool store_daily_due(struct store *store);
/* The good backup in HOME/backup with the newest data; false when there is none. */
bool backup_newest(const char *home, char path[512]);

#endif
