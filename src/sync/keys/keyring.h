/* SPDX-License-Identifier: GPL-3.0-or-later
 * The numbers of the own agreement keys, as the database keeps them, and what lies in keys/ when
 * both do not agree: a database of an earlier day, a folder of another one, files that are gone.
 */
#ifndef SYNC_KEYRING_H
#define SYNC_KEYRING_H

#include "store/rows.h"
#include "sync/keys.h"

/* By number % KEYRING_KEYS; a frame says no more of a number. */
struct keyring {
	uint32_t current;
	int64_t since; /* when it was made; 0 = with the station: then it lies in agree.key alone */
	int64_t renewed; /* when a key was made because another station did not accept ours */
	struct kept_key {
		int64_t retired; /* 0 = there is none */
		uint32_t number;
	} old[KEYRING_KEYS];
};

void keyring_load(struct store *store, struct keyring *ring);
enum rc keyring_save(
	struct store *store, const struct keyring *ring, struct fault *fault) MUST_CHECK;
/* RC_NONE, RC_BAD: its file is gone or damaged. */
enum rc keyring_key(struct store *store, const struct keyring *ring, uint32_t n,
	struct agree *agree, struct fault *fault) MUST_CHECK;
/* Writes it as keys/agree-N.key. */
enum rc keyring_key_save(
	struct store *store, uint32_t n, const struct agree *agree, struct fault *fault) MUST_CHECK;
/* And as agree.key, by which the store is opened: the current one. */
enum rc keyring_key_name(
	struct store *store, const struct agree *agree, struct fault *fault) MUST_CHECK;
/* Removes the file of a key. */
void keyring_destroy(struct store *store, uint32_t n);

/* What the folder holds is the truth: keys there that the database does not know count, the newest
 * is current; what is not there is forgotten. When there is no current key a new one is made, with
 * a number above all that anybody can know. Nothing is written when both agree. */
enum rc keyring_mend(struct store *store, struct fault *fault) MUST_CHECK;
/* The other end did not take our key: it knows a higher number, of a day that this store has lost.
 * Once an hour a new key is made, with a number above all. */
enum rc keyring_renew(struct store *store, struct fault *fault) MUST_CHECK;

#endif
