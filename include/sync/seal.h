/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames sealed and opened, so that the carrier need not be trusted and no handshake is paid.
 *
 *   01 | key id (1) | sender's site (7, little end first) | nonce (12) | sealed (… + 16)
 *
 * The first 9 bytes are bound into the seal. Keys differ by direction.
 */
#ifndef SYNC_SEAL_H
#define SYNC_SEAL_H

#include "base/buf.h"
#include "base/crypt.h"

enum { SEAL_BOUND = 9, SEAL_NONCE = 12, SEAL_HEAD = SEAL_BOUND + SEAL_NONCE, SEAL_VERSION = 1 };

struct seal_key {
	uint8_t key[32];
	uint8_t id;
};

/* key = BLAKE2b-256(X25519(own secret, other public) | sender's public | receiver's public). */
bool seal_key(struct seal_key *out, const uint8_t own_secret[AGREE_SECRET], const uint8_t own_public[AGREE_PUBLIC],
	const uint8_t other_public[AGREE_PUBLIC], bool sending, uint8_t id);
/* NONCE: another one for every content under the same key. SEAL_PUT takes one by chance. */
void seal_put_with(struct buf *out, const struct seal_key *key, uint64_t sender, const uint8_t nonce[SEAL_NONCE],
	struct bytes plain);
void seal_put(struct buf *out, const struct seal_key *key, uint64_t sender, struct bytes plain);
/* Who says to have sent it; false when it is no frame of this version. */
bool seal_head(struct bytes frame, uint64_t *sender, uint8_t *key_id);
bool seal_take(struct buf *out, const struct seal_key *key, struct bytes frame);

#endif
