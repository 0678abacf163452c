/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames sealed and opened. 12 bytes of nonce are ample for one pair of keys; the other 12 are
 * zero.
 */
#include "sync/wire.h"

#include "base/endian.h"

#include <string.h>

enum { SITE_SIZE = 7 };

bool seal_key(struct seal_key *out, const uint8_t own_secret[AGREE_SECRET],
	const uint8_t own_public[AGREE_PUBLIC], const uint8_t other_public[AGREE_PUBLIC],
	bool sending, uint8_t id)
{
	uint8_t mixed[HASH_SIZE + 2 * AGREE_PUBLIC];

	if (!crypt_agree(mixed, own_secret, other_public))
		return false;
	/* The sender's public key stands first, so the two directions have different keys. */
	memcpy(mixed + HASH_SIZE, sending ? own_public : other_public, AGREE_PUBLIC);
	memcpy(mixed + HASH_SIZE + AGREE_PUBLIC, sending ? other_public : own_public, AGREE_PUBLIC);
	crypt_hash(bytes_of(mixed, sizeof mixed), out->key);
	memset(mixed, 0, sizeof mixed);
	out->id = id;
	return true;
}

void seal_put_with(struct buf *out, const struct seal_key *key, uint64_t sender,
	const uint8_t nonce[SEAL_NONCE], struct bytes plain)
{
	uint8_t head[SEAL_BOUND] = {SEAL_VERSION, key->id}, whole[NONCE_SIZE] = {0};

	low_put(head + 2, sender, SITE_SIZE);
	memcpy(whole, nonce, SEAL_NONCE);
	buf_put(out, head, sizeof head);
	buf_put(out, nonce, SEAL_NONCE);
	crypt_seal(out, key->key, whole, bytes_of(head, sizeof head), plain);
}

void seal_put(struct buf *out, const struct seal_key *key, uint64_t sender, struct bytes plain)
{
	uint8_t nonce[SEAL_NONCE];

	crypt_random(nonce, sizeof nonce);
	seal_put_with(out, key, sender, nonce, plain);
}

bool seal_head(struct bytes frame, uint64_t *sender, uint8_t *key_id)
{
	uint64_t site = 0;

	if (frame.len < SEAL_HEAD + SEAL_TAG || frame.at[0] != SEAL_VERSION)
		return false;
	site = low_get(frame.at + 2, SITE_SIZE);
	*key_id = frame.at[1];
	*sender = site;
	return site != 0;
}

bool seal_take(struct buf *out, const struct seal_key *key, struct bytes frame)
{
	uint8_t nonce[NONCE_SIZE] = {0};
	uint64_t sender;
	uint8_t id;

	if (!seal_head(frame, &sender, &id) || id != key->id)
		return false;
	memcpy(nonce, frame.at + SEAL_BOUND, SEAL_NONCE);
	return crypt_open(out, key->key, nonce, bytes_of(frame.at, SEAL_BOUND),
		bytes_of(frame.at + SEAL_HEAD, frame.len - SEAL_HEAD));
}
