/* SPDX-License-Identifier: GPL-3.0-or-later
 * Invitations and joining.
 */
#ifndef SYNC_ENROL_H
#define SYNC_ENROL_H

#include "sync/keys.h"

struct store;

/* ---- Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */

/* What the grant will say beside place and name. All zero: everything its level may, without end. */
struct terms {
	unsigned rights; /* rights_read */
	int64_t until;   /* seconds: it ends then; 0 = see DAYS */
	int64_t days;    /* it ends after so many, and is renewed as long as the station is heard; 0 =
			 never ends */
};
/* Whom an invitation is for. TWIN: a station beside this one; area and level are this one's own then, whatever is
 * said. */
struct guest {
	bool twin;
	uint64_t area;
	enum level level;
	const char *name, *ways; /* ways: how this station is reached, URLs, one a line */
	struct terms terms;
};
/* Writes an invitation into the store; OUT is the token as one line of letters and digits with
 * check characters. RC_DENIED: the area is not below this station, or it may have no twin. RC_BAD: terms that are over. */
enum rc enrol_invite(struct store *store, const struct guest *guest, char out[TOKEN_TEXT], struct fault *fault) MUST_CHECK;

/* At the new station: the sealed and signed question that asks for the grant. The invitation is
 * remembered; who stands above changes with the answer. */
enum rc enrol_ask(struct store *store, const struct token *token, struct buf *frame, struct fault *fault) MUST_CHECK;
/* The grant: this station is joined from here on. A refusal changes nothing. RC_NEWER: a newer
 * program is needed here. */
enum rc enrol_apply(struct store *store, struct bytes answer, struct fault *fault) MUST_CHECK;

/* At the hub. */
bool enrol_is_join(struct bytes frame);
uint64_t enrol_joiner(struct bytes frame); /* the site that asks to join, by the key in its clear head */
enum rc enrol_answer(struct store *store, struct bytes frame, struct buf *out, struct fault *fault) MUST_CHECK;
/* The public halves of token_ssh of invitations that nobody has used yet. FN false stops. */
typedef bool invited_fn(const uint8_t sign_public[SIGN_PUBLIC], void *to);
void enrol_invited(struct store *store, invited_fn *fn, void *to);
enum rc enrol_revoke(struct store *store, uint64_t site, const char *reason, struct fault *fault) MUST_CHECK;

#endif
