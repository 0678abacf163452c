/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings that could not be tied to what they update, cancel or repeat (field doubt): a person ties each to another
 * warning, or says that there is nothing to tie it to. What then closes: work/change.h, by the steps tie and leave.
 */
#ifndef WORK_LOOSE_H
#define WORK_LOOSE_H

#include "store/rows.h"
#include "work/actor.h"

enum { LOOSE_MOST = 200 };

struct loose {
	struct ref at[LOOSE_MOST];
	unsigned count;
};

/* Is ROW a warning that waits for that? */
bool loose_is(const struct row *row);
/* Those of this station, the newest first. */
enum rc loose_load(struct loose *loose, struct store *store, struct fault *fault) MUST_CHECK;
/* What ONE may be tied to: warnings of this station that are in force, for a cancel those updated too, and as real
 * as it is. The one that it may mean stands first, then those of its own kind of event, the newest first. */
enum rc loose_fits(struct store *store, const struct row *one, struct loose *fits, struct fault *fault) MUST_CHECK;
/* ONE is tied to TO (seq 0: to nothing), with all that follows. */
enum rc loose_settle(const struct actor *actor, struct ref one, struct ref to, struct fault *fault) MUST_CHECK;

#endif
