/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers that are remembered under a name, by tag: of a peer, of a way, of what was told. Tags are
 * for ever: an older program leaves out those it does not know, a newer one reads what is missing
 * as 0.
 */
#ifndef STORE_NOTE_H
#define STORE_NOTE_H

#include "store/store.h"

enum { NOTE_NAME = 40 };

/* "WHAT.number of the site". */
void note_of_site(char name[NOTE_NAME], const char *what, uint64_t site);
/* NUMBERS[1] to NUMBERS[COUNT - 1], 0 where nothing is kept; false when nothing is kept at all. */
bool note_get(struct store *store, const char *name, int64_t numbers[], unsigned count);
enum rc note_set(struct store *store, const char *name, const int64_t numbers[], unsigned count,
	struct fault *fault) MUST_CHECK;

#endif
