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
/* May this station go on for its hub? HUB: which one that is; *HEARD: when it answered last, seconds. RC_DENIED: it is no
 * twin, or its grant is over; RC_NONE: the hub has not given its word yet. Changes nothing. */
enum rc twin_look(struct store *store, struct site *hub, int64_t *heard, struct fault *fault) MUST_CHECK;
/* It does so, for good: the hub's site ends, and this station asks the one above that hub, by ways that are still to be
 * named. One commit. Fails as twin_look does. */
enum rc twin_take_over(struct store *store, struct fault *fault) MUST_CHECK;

#endif
