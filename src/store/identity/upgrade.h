/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bringing a database to the version of db/schema.h.
 */
#ifndef STORE_UPGRADE_H
#define STORE_UPGRADE_H

#include "store/db/internal.h"

/* In one commit; of several at once the first does it, and the others find it done. */
enum rc upgrade(struct db *db, struct fault *fault) MUST_CHECK;
/* Nothing is written: what this program reads is there in memory (schema_make_beside). Also for the
 * database of a newer program, as far as that goes. */
enum rc upgrade_beside(struct db *db, struct fault *fault) MUST_CHECK;

#endif
