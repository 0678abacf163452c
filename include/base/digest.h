/* SPDX-License-Identifier: GPL-3.0-or-later
 * A number by which bytes are told apart, fast: against chance, not against somebody who wants to deceive. It is the same on
 * every machine.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/buf.h"

/* Of BYTES behind what BEFORE is the number of; 0 = nothing. */
uint64_t digest(uint64_t before, struct bytes bytes);
uint64_t digest_num(uint64_t before, uint64_t number);

#endif
