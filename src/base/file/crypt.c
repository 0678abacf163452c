/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys, hashes, signatures and PINs by libsodium, which no other file knows.
 * A keys folder holds two files of hex digits: sign.key (Ed25519) and agree.key (X25519).
 */
#include "base/crypt.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

enum {
	SEED = 32,
	SITE_BITS = 56,
	PIN_ROUNDS = 2,
	PIN_MEMORY = 19 * 1024 * 1024,
	KEY_FILE_MOST = 1024,
	FOLDER_MODE = 0700,
	FILE_MODE = 0600,
};

_Static_assert(SIGN_PUBLIC == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(SIGN_SECRET == crypto_sign_SECRETKEYBYTES, "Ed25519");
_Static_assert(SIGN_SIZE == crypto_sign_BYTES, "Ed25519");
_Static_assert(AGREE_PUBLIC == crypto_box_PUBLICKEYBYTES, "X25519");
_Static_assert(AGREE_SECRET == crypto_box_SECRETKEYBYTES, "X25519");
_Static_assert(SEED == crypto_sign_SEEDBYTES && SEED == crypto_box_SEEDBYTES, "seeds");
_Static_assert(PIN_TEXT >= crypto_pwhash_STRBYTES, "Argon2id");

static void keys_of(struct keys *keys, const uint8_t sign[SEED], const uint8_t agree[AGREE_SECRET])
{
	crypto_sign_seed_keypair(keys->sign_public, keys->sign_secret, sign);
	memcpy(keys->agree_secret, agree, AGREE_SECRET);
	crypto_scalarmult_base(keys->agree_public, keys->agree_secret);
}

void crypt_start(void)
{
	if (sodium_init() < 0)
		die(_("系统没有可用的随机数，密钥无法保证安全"));
}

void crypt_random(void *at, size_t len)
{
	randombytes_buf(at, len);
}

void keys_make(struct keys *keys)
{
	uint8_t sign[SEED], agree[AGREE_SECRET];
	do { /* a site's number must not be 0: once in 2^56 */
		crypt_random(sign, sizeof sign);
		crypt_random(agree, sizeof agree);
		keys_of(keys, sign, agree);
	} while (site_of(keys->sign_public) == 0);
	sodium_memzero(sign, sizeof sign);
	sodium_memzero(agree, sizeof agree);
}

void keys_from_seed(struct keys *keys, const char *seed)
{
	uint8_t sign[SEED], agree[AGREE_SECRET];
	static const char sign_use[] = "sign", agree_use[] = "agree";
	crypto_generichash(sign, sizeof sign, (const uint8_t *)seed, strlen(seed),
		(const uint8_t *)sign_use, sizeof sign_use - 1);
	crypto_generichash(agree, sizeof agree, (const uint8_t *)seed, strlen(seed),
		(const uint8_t *)agree_use, sizeof agree_use - 1);
	keys_of(keys, sign, agree);
}

static void path_of(struct buf *path, const char *folder, const char *name)
{
	buf_fmt(path, "%s/%s", folder, name);
}

/* A key that others on the machine can read is no key any more; a group's station has the group's
 * keys. */
static enum rc check_mode(const char *path, struct fault *fault)
{
	struct stat st;
	if (stat(path, &st))
		return fault_errno(fault, errno, _("读不了密钥"), path);
	if (!S_ISREG(st.st_mode)) /* a pipe would be waited for */
		return fault_set(fault, RC_BAD, _("\"%s\" 不是密钥文件"), path);
	if (st.st_mode & (S_IRWXG | S_IRWXO) & ~file_mode(FILE_MODE))
		return fault_set(fault, RC_DENIED,
			_("密钥能被别人读到 \"%s\"：请先执行 chmod 600，并考虑重新登记本站"), path);
	return RC_OK;
}

static enum rc read_key(
	const char *folder, const char *name, uint8_t key[SEED], struct fault *fault)
{
	struct buf path = {0}, text = {0};
	path_of(&path, folder, name);
	enum rc rc = check_mode(buf_cstr(&path), fault);
	if (rc == RC_OK)
		rc = file_read(buf_cstr(&path), KEY_FILE_MOST, &text, fault);
	if (rc == RC_OK) {
		size_t len = 0;
		const char *end = NULL;
		const char *hex = buf_cstr(&text);
		if (sodium_hex2bin(key, SEED, hex, text.len, NULL, &len, &end) || len != SEED ||
			strspn(end, "\r\n") != strlen(end))
			rc = fault_set(fault, RC_BAD, _("密钥文件 \"%s\" 已损坏"), buf_cstr(&path));
	}
	if (text.at)
		sodium_memzero(text.at, text.room);
	buf_release(&text);
	buf_release(&path);
	return rc;
}

static enum rc write_key(
	const char *folder, const char *name, const uint8_t key[SEED], struct fault *fault)
{
	struct buf path = {0};
	char hex[SEED * 2 + 2];
	path_of(&path, folder, name);
	sodium_bin2hex(hex, sizeof hex, key, SEED);
	memcpy(hex + SEED * 2, "\n", 2);
	enum rc rc = file_write(buf_cstr(&path), bytes_text(hex), FILE_MODE, fault);
	sodium_memzero(hex, sizeof hex);
	buf_release(&path);
	return rc;
}

enum rc keys_load_as(struct keys *keys, const char *folder, const char *name, struct fault *fault)
{
	uint8_t sign[SEED];
	struct agree agree = {0};
	enum rc rc = read_key(folder, name, sign, fault);
	if (rc == RC_OK) {
		/* The signing key is the station; without this one it goes on with a new one. */
		enum rc lost = agree_load(&agree, folder, "agree.key", fault);
		if (lost && lost != RC_NONE && lost != RC_BAD)
			rc = lost;
	}
	if (rc == RC_OK) {
		crypto_sign_seed_keypair(keys->sign_public, keys->sign_secret, sign);
		memcpy(keys->agree_public, agree.pub, AGREE_PUBLIC);
		memcpy(keys->agree_secret, agree.secret, AGREE_SECRET);
	}
	sodium_memzero(sign, sizeof sign);
	sodium_memzero(&agree, sizeof agree);
	return rc;
}

enum rc keys_load(struct keys *keys, const char *folder, struct fault *fault)
{
	return keys_load_as(keys, folder, "sign.key", fault);
}

enum rc keys_save_as(
	const struct keys *keys, const char *folder, const char *name, struct fault *fault)
{
	uint8_t sign[SEED];
	crypto_sign_ed25519_sk_to_seed(sign, keys->sign_secret);
	enum rc rc = file_folder(folder, FOLDER_MODE, fault);
	if (rc == RC_OK)
		rc = write_key(folder, "agree.key", keys->agree_secret, fault);
	if (rc == RC_OK)
		rc = write_key(folder, name, sign, fault);
	sodium_memzero(sign, sizeof sign);
	return rc;
}

enum rc keys_save(const struct keys *keys, const char *folder, struct fault *fault)
{
	return keys_save_as(keys, folder, "sign.key", fault);
}

bool crypt_blank(const uint8_t sign_public[SIGN_PUBLIC])
{
	return sodium_is_zero(sign_public, SIGN_PUBLIC);
}

void agree_make(struct agree *agree)
{
	crypt_random(agree->secret, AGREE_SECRET);
	crypto_scalarmult_base(agree->pub, agree->secret);
}

enum rc agree_load(struct agree *agree, const char *folder, const char *name, struct fault *fault)
{
	enum rc rc = read_key(folder, name, agree->secret, fault);
	if (rc == RC_OK)
		crypto_scalarmult_base(agree->pub, agree->secret);
	return rc;
}

enum rc agree_save(
	const struct agree *agree, const char *folder, const char *name, struct fault *fault)
{
	return write_key(folder, name, agree->secret, fault);
}

uint64_t site_of(const uint8_t sign_public[SIGN_PUBLIC])
{
	uint8_t hash[HASH_SIZE];
	crypt_hash(bytes_of(sign_public, SIGN_PUBLIC), hash);
	uint64_t site = 0;
	for (int i = 0; i < SITE_BITS / 8; i++)
		site = site << 8 | hash[i];
	return site;
}

void crypt_hash(struct bytes in, uint8_t out[HASH_SIZE])
{
	crypto_generichash(out, HASH_SIZE, in.at, in.len, NULL, 0);
}

void crypt_own_key(const struct keys *keys, const char *use, uint8_t key[HASH_SIZE])
{
	uint8_t sign[SEED];
	crypto_sign_ed25519_sk_to_seed(sign, keys->sign_secret);
	crypto_generichash(key, HASH_SIZE, (const uint8_t *)use, strlen(use), sign, sizeof sign);
	sodium_memzero(sign, sizeof sign);
}

bool crypt_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

void crypt_sign(const struct keys *keys, struct bytes in, uint8_t out[SIGN_SIZE])
{
	crypto_sign_detached(out, NULL, in.at, in.len, keys->sign_secret);
}

bool crypt_signed(
	const uint8_t sign_public[SIGN_PUBLIC], struct bytes in, const uint8_t sig[SIGN_SIZE])
{
	return crypto_sign_verify_detached(sig, in.at, in.len, sign_public) == 0;
}

bool crypt_base64(const char *text, size_t len, uint8_t *out, size_t room, size_t *size)
{
	return sodium_base642bin(
		       out, room, text, len, NULL, size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

void pin_hash(const char *pin, char out[PIN_TEXT])
{
	memset(out, 0, PIN_TEXT);
	if (crypto_pwhash_str_alg(
		    out, pin, strlen(pin), PIN_ROUNDS, PIN_MEMORY, crypto_pwhash_ALG_ARGON2ID13))
		die(_("内存不足：口令要 %d 兆字节"), PIN_MEMORY / 1024 / 1024);
}

bool pin_check(const char *pin, const char *hash)
{
	return strlen(hash) < crypto_pwhash_STRBYTES &&
	       crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}

bool crypt_agree(uint8_t out[HASH_SIZE], const uint8_t own_secret[AGREE_SECRET],
	const uint8_t other_public[AGREE_PUBLIC])
{
	return crypto_scalarmult(out, own_secret, other_public) == 0;
}

bool crypt_sign_agree(
	uint8_t out[HASH_SIZE], const struct keys *own, const uint8_t other_public[SIGN_PUBLIC])
{
	uint8_t secret[AGREE_SECRET], pub[AGREE_PUBLIC];
	bool good = crypto_sign_ed25519_pk_to_curve25519(pub, other_public) == 0 &&
		    crypto_sign_ed25519_sk_to_curve25519(secret, own->sign_secret) == 0 &&
		    crypto_scalarmult(out, secret, pub) == 0;
	sodium_memzero(secret, sizeof secret);
	return good;
}

void crypt_mac(const uint8_t key[HASH_SIZE], struct bytes in, uint8_t out[HASH_SIZE])
{
	crypto_generichash(out, HASH_SIZE, in.at, in.len, key, HASH_SIZE);
}

void crypt_seal(struct buf *out, const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE],
	struct bytes head, struct bytes in)
{
	uint8_t *to = buf_grow(out, in.len + SEAL_TAG);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		to, NULL, in.at, in.len, head.at, head.len, NULL, nonce, key);
}

void crypt_stream(
	const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE], uint8_t *at, size_t len)
{
	crypto_stream_xchacha20_xor(at, at, len, nonce, key);
}

bool crypt_open(struct buf *out, const uint8_t key[HASH_SIZE], const uint8_t nonce[NONCE_SIZE],
	struct bytes head, struct bytes in)
{
	if (in.len < SEAL_TAG)
		return false;
	uint8_t *to = buf_grow(out, in.len - SEAL_TAG);
	if (!crypto_aead_xchacha20poly1305_ietf_decrypt(
		    to, NULL, NULL, in.at, in.len, head.at, head.len, nonce, key))
		return true;
	out->len -= in.len - SEAL_TAG;
	return false;
}
