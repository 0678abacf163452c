/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames sealed with tag and nonce in one, after the SIV construction (RFC 5297), of libsodium's
 * parts: a keyed BLAKE2b over everything is the tag, XChaCha20 under it as nonce hides the content.
 * So two contents never share a nonce, whatever else goes wrong.
 */
#include "sync/wire.h"

#include "base/endian.h"

#include <string.h>

enum {
	HEAD = 2,
	MIX = LEAN_EVIDENCE + LEAN_TAG,
	SITE_SIZE = 7,
	SITE_SHIFT = 8 * (SITE_SIZE - LEAN_SITE)
};

unsigned lean_version(struct bytes frame)
{
	if (frame.len > LEAN_ASK_HEAD && frame.at[0] == LEAN_ASK)
		return LEAN_ASK;
	return frame.len > LEAN_ANSWER_HEAD && frame.at[0] == LEAN_ANSWER ? LEAN_ANSWER : 0;
}

unsigned lean_site(struct bytes frame)
{
	return (unsigned)low_get(frame.at + HEAD, LEAN_SITE);
}

/* Evidence and tag lie at the end of the head. */
static size_t mix_at(unsigned version)
{
	return version == LEAN_ASK ? HEAD + LEAN_SITE : HEAD;
}

/* Two keys from the pair's, which seals frames of the other kind itself. */
static void key_for(const struct seal_key *key, const char *use, uint8_t out[HASH_SIZE])
{
	crypt_mac(key->key, bytes_text(use), out);
}

static void stream(const struct seal_key *key, const uint8_t mix[MIX], uint8_t *at, size_t len)
{
	uint8_t nonce[NONCE_SIZE] = {0}, use[HASH_SIZE];

	key_for(key, "outpost lean stream", use);
	memcpy(nonce, mix, MIX);
	crypt_stream(use, nonce, at, len);
	explicit_bzero(use, sizeof use);
}

/* Every part has its length, so that nothing can be taken for something else. */
static void tag_of(const struct seal_key *key, const uint8_t head[HEAD], const struct lean *lean,
	const uint8_t *evidence, const uint8_t hash[HASH_SIZE], uint8_t tag[LEAN_TAG])
{
	uint8_t use[HASH_SIZE], mac[HASH_SIZE];
	struct buf all = {0};

	buf_put(&all, head, HEAD);
	buf_low(&all, lean->sender, SITE_SIZE);
	buf_low(&all, lean->number, LOW_WORD);
	buf_put(&all, &lean->memory, sizeof lean->memory); /* compared, no byte order */
	buf_low(&all, (uint64_t)lean->time, LOW_WORD);
	buf_put(&all, lean->question, HASH_SIZE);
	buf_put(&all, evidence, LEAN_EVIDENCE);
	buf_put(&all, hash, HASH_SIZE);
	if (lean->goes_on) /* and it is longer: no other */
		buf_put(&all, lean->state, HASH_SIZE);
	key_for(key, "outpost lean tag", use);
	crypt_mac(use, buf_bytes(&all), mac);
	memcpy(tag, mac, LEAN_TAG);
	explicit_bzero(use, sizeof use);
	buf_release(&all);
}

void lean_put(struct buf *out, const struct seal_key *key, unsigned version,
	const struct lean *lean, const uint8_t *evidence, struct bytes plain)
{
	const uint8_t head[HEAD] = {(uint8_t)version, key->id};
	uint8_t mix[MIX], hash[HASH_SIZE];

	memcpy(mix, evidence, LEAN_EVIDENCE);
	crypt_hash(plain, hash);
	tag_of(key, head, lean, evidence, hash, mix + LEAN_EVIDENCE);
	buf_put(out, head, HEAD);
	if (version == LEAN_ASK)
		buf_low(out, lean->sender >> SITE_SHIFT, LEAN_SITE);
	buf_put(out, mix, MIX);
	buf_put(out, plain.at, plain.len);
	stream(key, mix, out->at + out->len - plain.len, plain.len);
}

bool lean_open(
	struct buf *out, const struct seal_key *key, struct bytes frame, uint8_t hash[HASH_SIZE])
{
	unsigned version = lean_version(frame);
	size_t mix = mix_at(version), start = out->len, len;

	if (!version || frame.at[1] != key->id)
		return false;
	len = frame.len - mix - MIX;
	buf_put(out, frame.at + mix + MIX, len);
	stream(key, frame.at + mix, out->at + start, len);
	crypt_hash(bytes_of(out->at + start, len), hash);
	return true;
}

bool lean_proven(const struct seal_key *key, const struct lean *lean, struct bytes frame,
	const uint8_t hash[HASH_SIZE])
{
	const uint8_t *mix = frame.at + mix_at(lean_version(frame));
	uint8_t tag[LEAN_TAG];

	tag_of(key, frame.at, lean, mix, hash, tag);
	return crypt_equal(tag, mix + LEAN_EVIDENCE, LEAN_TAG);
}

void seal_evidence(struct bytes frame, uint8_t evidence[SEAL_NONCE])
{
	unsigned version = lean_version(frame);

	memset(evidence, 0, SEAL_NONCE);
	if (version)
		memcpy(evidence, frame.at + mix_at(version), LEAN_EVIDENCE);
	else
		memcpy(evidence, frame.at + SEAL_BOUND, SEAL_NONCE);
}
