/* SPDX-License-Identifier: GPL-3.0-or-later
 * A second receipt that says nothing new.
 */
#ifndef WORK_RECEIPT_H
#define WORK_RECEIPT_H

#include "work/change.h"

/* Is CHANGE a new receipt that says the same as one of this station: any copy of the same warning,
 * the same person, method, result and text? *RECEIPT and when it was written (seconds). */
bool receipt_again(const struct change *change, struct ref *receipt, int64_t *at);

#endif
