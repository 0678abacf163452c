/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/store/identity shows to the other rooms of its floor.
 */
#ifndef STORE_IDENTITY_INTERNAL_H
#define STORE_IDENTITY_INTERNAL_H

#include "store/rows/internal.h"

/* own_keys.c: with keys that are this site's, or go on for it: RC_OK, and it has ended when it
 * must. Else RC_NEWER: read-only, and FAULT says how that is mended. */
enum rc own_keys_check(struct store *store, struct fault *fault) MUST_CHECK;
/* keys/ is called keys.old-1, or with the next number */
enum rc own_keys_aside(const char *home, struct fault *fault) MUST_CHECK;

/* successors.c: SITE was this station's own once */
enum rc former_add(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
bool former_is(struct store *store, uint64_t site);

/* rebuild.c: all records in the order of their numbers, folded */
typedef enum rc record_fn(const struct record *record, void *to, struct fault *fault);
enum rc rows_rebuild(struct store *store, struct fault *fault) MUST_CHECK;
/* Rows for reading, where those of the file are of another day and it cannot be written. */
enum rc rows_beside(struct store *store, struct fault *fault) MUST_CHECK;
enum rc each_record(struct store *store, const char *what, record_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;

#endif
