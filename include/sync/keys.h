/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys between two sites, tokens, introductions.
 */
#ifndef SYNC_KEYS_H
#define SYNC_KEYS_H

#include "store/log.h"

struct store;

/* ---- Agreement keys change, so that what was recorded stays closed when a key is stolen later. A station's keys
 * are numbered from 0; a frame names both ends' by the low 4 bits of their numbers. The next key is announced
 * inside sealed frames until the other end seals to it; keys that were replaced are kept 90 days for carry
 * files and then destroyed.
 *
 *   introduction: 03 | number (4) | site (7) | public (32) | question (16) | signature (64)
 *
 * Where a key is not known, its owner introduces it, signed by the key that was pinned: in an answer bound to the
 * question (first 16 bytes of its hash), before a question with zeros there, and the frame behind it.
 */

enum {
	KEYRING_KEYS = 16,
	KEYRING_DAYS = 90, /* that a replaced key is kept */
	INTRO_QUESTION = 16,
	INTRO_SIGNED = 1 + 4 + 7 + AGREE_PUBLIC + INTRO_QUESTION,
	INTRO_SIZE = INTRO_SIGNED + SIGN_SIZE
};

/* The key in use; its number in *n. */
enum rc keyring_own(struct store *store, uint32_t *n, struct agree *agree, struct fault *fault) MUST_CHECK;
/* The one that a frame means by ID; false: not made yet, or destroyed. */
bool keyring_own_id(struct store *store, unsigned id, uint32_t *n, struct agree *agree);
/* A new key from now on. RC_BUSY: sixteen in 90 days are too many. */
enum rc keyring_rotate(struct store *store, struct fault *fault) MUST_CHECK;
/* Rotates when the key is older than DAYS (0 = never by itself), destroys what is older than KEYRING_DAYS. */
enum rc keyring_tend(struct store *store, int64_t days, struct fault *fault) MUST_CHECK;

/* What this store and SITE know of each other's keys. */
struct peer_keys {
	uint32_t mine;  /* number of ours that it has sealed to */
	bool numbered;  /* the number of its key is known; else there is just one */
	bool introduce; /* it did not know our key: say who we are before the next question */
	struct {
		bool is;
		uint32_t n;
		uint8_t pub[AGREE_PUBLIC];
	} theirs[KEYRING_KEYS]; /* by number % 16; the newest also stands in struct site */
};
void peer_keys_load(struct store *store, uint64_t site, struct peer_keys *peer_keys);
enum rc peer_keys_save(struct store *store, uint64_t site, const struct peer_keys *peer_keys, struct fault *fault) MUST_CHECK;
/* SITE's key N is PUB from now on. Older than what is known: nothing changes, unless FORCE. */
enum rc peer_keys_take(struct store *store, uint64_t site, uint32_t n, const uint8_t pub[AGREE_PUBLIC], bool force,
	struct fault *fault) MUST_CHECK;

/* At a station that joins: SITE will know our key of today, and of its own only what the invitation says. */
enum rc peer_keys_begin(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
/* At the hub: SITE has joined with its key, and sealed to our key OURS. */
enum rc peer_keys_joined(struct store *store, const struct site *site, uint32_t ours, struct fault *fault) MUST_CHECK;

/* QUESTION: the hash of the frame that is answered; NULL in front of a question. */
enum rc intro_put(struct store *store, const uint8_t *question, struct buf *out, struct fault *fault) MUST_CHECK;
bool intro_is(struct bytes in);
struct bytes intro_skip(struct bytes in); /* the frame behind it, or all of IN when there is none */
/* Checks it against the signing key of its site and takes the key. RC_DENIED: not by that site, or no answer to
 * QUESTION. */
enum rc intro_take(struct store *store, struct bytes in, const uint8_t *question, uint64_t *site, struct fault *fault) MUST_CHECK;

/* ---- Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */

enum { TOKEN_TEXT = 1200, SECRET_SIZE = 16 };

struct token {
	uint8_t sign_public[SIGN_PUBLIC], agree_public[AGREE_PUBLIC]; /* of the station above */
	uint8_t secret[SECRET_SIZE];                                  /* good once */
	uint64_t hub_area, area;
	enum level level;
	char hub_name[LIMIT_NAME + 1], name[LIMIT_NAME + 1];
	char ways[400]; /* URLs, one a line */
};
void token_write(const struct token *token, char out[TOKEN_TEXT]);
/* Case, blanks and hyphens do not matter. RC_BAD: a typing mistake (the check tells). */
enum rc token_read(const char *text, struct token *token, struct fault *fault) MUST_CHECK;

/* The SSH key that the holder of an invitation logs in with, good for nothing but joining: made
 * from the secret, so it travels in the token. */
void token_ssh(const uint8_t secret[SECRET_SIZE], struct keys *keys);

#endif
