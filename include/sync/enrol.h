/* SPDX-License-Identifier: GPL-3.0-or-later
 * Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */
#ifndef SYNC_ENROL_H
#define SYNC_ENROL_H

#include "sync/sync.h"

enum { TOKEN_TEXT = 1200, SECRET_SIZE = 16 };

struct token {
	uint8_t sign_public[SIGN_PUBLIC], agree_public[AGREE_PUBLIC]; /* of the station above */
	uint8_t secret[SECRET_SIZE];                                  /* good once */
	uint64_t hub_area, area;
	enum level level;
	char hub_name[LIMIT_NAME + 1], name[LIMIT_NAME + 1];
	char ways[400]; /* URLs, one a line */
};

/* Writes an invitation into the store; OUT is the token as one line of letters and digits with
 * check characters. RC_DENIED: AREA is not below this station. */
enum rc enrol_invite(struct store *store, uint64_t area, enum level level, const char *name,
	const char *ways, char out[TOKEN_TEXT], struct fault *fault) MUST_CHECK;
void token_write(const struct token *token, char out[TOKEN_TEXT]);
/* Case, blanks and hyphens do not matter. RC_BAD: a typing mistake (the check tells). */
enum rc token_read(const char *text, struct token *token, struct fault *fault) MUST_CHECK;

/* At the new station: pins the one above, and the sealed question that asks for the grant. */
enum rc enrol_pin(struct store *store, const struct token *token, struct fault *fault) MUST_CHECK;
enum rc enrol_ask(struct store *store, const struct token *token, struct buf *frame,
	struct fault *fault) MUST_CHECK;
/* The grant: this station is joined from here on. */
enum rc enrol_apply(struct store *store, struct bytes answer, struct fault *fault) MUST_CHECK;

/* At the hub. */
bool enrol_is_join(struct bytes frame);
uint64_t enrol_joiner(
	struct bytes frame); /* the site that asks to join, by the key in its clear head */
enum rc enrol_answer(
	struct store *store, struct bytes frame, struct buf *out, struct fault *fault) MUST_CHECK;
enum rc enrol_revoke(
	struct store *store, uint64_t site, const char *reason, struct fault *fault) MUST_CHECK;

#endif
