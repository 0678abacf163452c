/* SPDX-License-Identifier: GPL-3.0-or-later
 * Receipts: which version they are for, and a second one that says nothing new.
 */
#ifndef WORK_RECEIPT_H
#define WORK_RECEIPT_H

#include "work/change.h"

/* A new receipt names the version of its warning that was signed, when that is not the first. */
void receipt_names_version(struct change *change);
/* Is CHANGE a new receipt that says the same as one of this station: any copy of the same warning,
 * the same person, method, result and text? *RECEIPT and when it was written (seconds). */
bool receipt_again(const struct change *change, struct ref *receipt, int64_t *at);

#endif
