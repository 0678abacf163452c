/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants: who may say what of whom.
 */
#ifndef SYNC_TRUST_H
#define SYNC_TRUST_H

#include "store/log.h"

struct store;

/* ---- Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */

/* Is SITE the site OLD, or its successor as far as is known here? */
bool successor_of(struct store *store, uint64_t site, uint64_t old);

/* ---- A twin stands beside its hub with the same area and has what the hub has. When the hub is lost, it goes on for
 * it with the word that the hub has given it beforehand; the stations below follow that without being asked.
 */

/* Was SITE let in by a hub of the same area, for which it has not gone on? It grants nobody. */
bool twin_is(struct store *store, const struct site *site);
enum { TWIN_DAYS = 7 };
/* What is known of a hub that its twin is to go on for. */
struct twin_view {
	struct site hub;
	int64_t heard;    /* when it answered last, seconds */
	unsigned left;    /* facts that it had then and this station has not loaded yet, by the hub's count */
	unsigned written; /* facts that it wrote itself in the TWIN_DAYS days before that */
};
/* May this station go on for its hub? RC_DENIED: it is no twin, or its grant is over; RC_NONE: the hub has not given its
 * word yet. Changes nothing. */
enum rc twin_look(struct store *store, struct twin_view *view, struct fault *fault) MUST_CHECK;
/* Does this station's twin go on for it, as others have shown with the word that this station gave it? RC_DENIED, with
 * what people are to do; else RC_OK. */
enum rc twin_gone_on(struct store *store, struct fault *fault) MUST_CHECK;
/* It does so, for good: the hub's site ends, and this station asks the one above that hub, by ways that are still to be
 * named. One commit. Fails as twin_look does. */
enum rc twin_take_over(struct store *store, struct fault *fault) MUST_CHECK;

#endif
