/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs from somebody of this station.
 */
#ifndef WORK_NEED_H
#define WORK_NEED_H

#include "model/rules.h"
#include "store/rows.h"

/* As rules_need, for this station: an active warning that it has not signed wants that first, but not of a township
 * and up that issued it, unless a rule says so; a copy that is not shown needs nothing; to update or cancel a warning
 * is for who issued it; what lies outside the station's area is for those there, but for kinds that are sent down to
 * everybody (K_TO_ALL). */
enum need store_need(struct store *store, const struct row *row, int64_t now, int64_t *until, const char **text);
/* Has this station a receipt for WARNING, or for another copy of it? One that it gave under an earlier number counts,
 * and one of another station of its place. */
bool warning_signed(struct store *store, struct ref warning);
/* Is RECEIPT such a one, for the warning of which SHOWN is the copy to show? */
bool receipt_counts(struct store *store, const struct row *receipt, struct ref shown);

#endif
