/* SPDX-License-Identifier: GPL-3.0-or-later
 * A judge who never finds anything proves nothing: stores that were right are falsified one by one.
 */
#ifndef TESTS_LIES_H
#define TESTS_LIES_H

#include "ground.h"

/* The stores are open and right. Each lie is told in a copy of one of them; false, and WRONG says
 * which, when the judge does not find one. */
bool lies_found(struct ground *ground, char wrong[300]);

#endif
