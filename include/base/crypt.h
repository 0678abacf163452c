/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys, hashes, signatures, PINs. The only room that knows libsodium.
 */
#ifndef BASE_CRYPT_H
#define BASE_CRYPT_H

#include "base/buf.h"

enum {
	SIGN_PUBLIC = 32,
	SIGN_SECRET = 64,
	SIGN_SIZE = 64, /* Ed25519 */
	AGREE_PUBLIC = 32,
	AGREE_SECRET = 32, /* X25519 */
	HASH_SIZE = 32,
	PIN_TEXT = 128,
};

struct keys {
	uint8_t sign_public[SIGN_PUBLIC], sign_secret[SIGN_SECRET];
	uint8_t agree_public[AGREE_PUBLIC], agree_secret[AGREE_SECRET];
};

void crypt_start(void); /* once, before the rest; dies when there is no randomness */
void crypt_random(void *at, size_t len);
void keys_make(struct keys *keys);
/* Deterministic keys for demos and tests. */
void keys_from_seed(struct keys *keys, const char *seed);
/* FOLDER is the station's keys/ itself: 0700, with files sign.key and agree.key of 0600. RC_NONE when
 * there is no sign.key; without a good agree.key that pair is all zeros. RC_DENIED when others on the
 * machine can read them, RC_BAD when they are damaged. */
enum rc keys_load(struct keys *keys, const char *folder, struct fault *fault) MUST_CHECK;
enum rc keys_save(const struct keys *keys, const char *folder, struct fault *fault) MUST_CHECK;
/* The same with the signing key in the file NAME. */
enum rc keys_load_as(struct keys *keys, const char *folder, const char *name, struct fault *fault) MUST_CHECK;
enum rc keys_save_as(const struct keys *keys, const char *folder, const char *name, struct fault *fault) MUST_CHECK;
/* All zeros: there is no key. */
bool crypt_blank(const uint8_t sign_public[SIGN_PUBLIC]);
/* One agreement key by itself; they are changed for new ones while the signing key stays. */
struct agree {
	uint8_t pub[AGREE_PUBLIC], secret[AGREE_SECRET];
};
void agree_make(struct agree *agree);
/* NAME is a file of FOLDER (keys/); the rules of keys_load. */
enum rc agree_load(struct agree *agree, const char *folder, const char *name, struct fault *fault) MUST_CHECK;
enum rc agree_save(const struct agree *agree, const char *folder, const char *name, struct fault *fault) MUST_CHECK;
/* A site's number: the first 56 bits of BLAKE2b-256 of its signing key. Never 0. */
uint64_t site_of(const uint8_t sign_public[SIGN_PUBLIC]);

void crypt_hash(struct bytes in, uint8_t out[HASH_SIZE]); /* BLAKE2b-256 */
/* A key that only the holder of KEYS can make, for one USE: it follows from the signing secret and is never sent. The caller
 * wipes it. */
void crypt_own_key(const struct keys *keys, const char *use, uint8_t key[HASH_SIZE]);
bool crypt_equal(const void *a, const void *b, size_t len); /* in the same time, wherever they differ */
void crypt_sign(const struct keys *keys, struct bytes in, uint8_t out[SIGN_SIZE]);
bool crypt_signed(const uint8_t sign_public[SIGN_PUBLIC], struct bytes in, const uint8_t sig[SIGN_SIZE]);

/* Decodes TEXT, base64 with its padding; false when it is none or does not fit. */
bool crypt_base64(const char *text, size_t len, uint8_t *out, size_t room, size_t *size);

/* Argon2id; 19 MiB and 2 rounds (13 ms measured on 2 cores): old terminals must bear it. */
void pin_hash(const char *pin, char out[PIN_TEXT]);
bool pin_check(const char *pin, const char *hash);

/* X25519 of two keys; false for a point that gives no secret. */
bool crypt_agree(uint8_t out[HASH_SIZE], const uint8_t own_secret[AGREE_SECRET], const uint8_t other_public[AGREE_PUBLIC]);
/* The same of two signing keys, converted: what a station shares with another whose signing key alone it knows; both get
 * the same. False for a key that is none, or gives no secret. */
bool crypt_sign_agree(uint8_t out[HASH_SIZE], const struct keys *own, const uint8_t other_public[SIGN_PUBLIC]);
void crypt_mac(const uint8_t key[HASH_SIZE], struct bytes in, uint8_t out[HASH_SIZE]); /* BLAKE2b-256 with a key */
/* XChaCha20-Poly1305 with a nonce of 24 bytes; OUT grows by IN and SEAL_TAG bytes. HEAD is bound in. */
enum { NONCE_SIZE = 24, SEAL_TAG = 16 };
void crypt_seal(
	struct buf *out, const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE], struct bytes head, struct bytes in);
/* XChaCha20 by itself over what lies at AT, there and back: for what is proven in another way. */
void crypt_stream(const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE], uint8_t *at, size_t len);
/* Appends what was sealed; false, and OUT as before, when a bit is wrong. */
bool crypt_open(
	struct buf *out, const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE], struct bytes head, struct bytes in);

#endif
