/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/enrol shows to the other rooms of its floor.
 */
#ifndef SYNC_ENROL_INTERNAL_H
#define SYNC_ENROL_INTERNAL_H

#include "sync/wire.h"
#include "sync/enrol.h"

struct store;

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

#endif
