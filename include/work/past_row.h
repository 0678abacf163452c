/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as it stood at an earlier time: facts are never changed, so that a frozen version of a register is a time.
 */
#ifndef WORK_PAST_ROW_H
#define WORK_PAST_ROW_H

#include "store/rows.h"

/* NOW as it was at the end of the second AT, by what was written until then, whenever it came here. Texts in ARENA. RC_NONE:
 * there was no such record yet. Not for kinds of which some people see less than others (RC_BAD). */
enum rc row_past(struct store *store, const struct row *now, int64_t at, struct arena *arena, struct row *row,
	struct fault *fault) MUST_CHECK;

#endif
