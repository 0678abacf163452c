/* SPDX-License-Identifier: GPL-3.0-or-later
 * Grants: who may say what of whom.
 */
#ifndef SYNC_TRUST_H
#define SYNC_TRUST_H

struct store;

/* ---- Enrolment without public authorities: the station above writes a token of one line, which pins
 * its keys and names area, level and name; the new station sends its public keys with the token's
 * secret, over any link or in a file, and gets its signed grant back. Private keys never leave the
 * machine they were made on.
 */

/* Is SITE the site OLD, or its successor as far as is known here? */
bool successor_of(struct store *store, uint64_t site, uint64_t old);

#endif
