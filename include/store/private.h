/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who else on the machine may read a station's folder.
 */
#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include "base/base.h"

/* HOME and all in it is the owner's alone (0700, 0600), or also a group's when the owner made the folder 2770. What is
 * wider is closed, *MENDED (may be NULL) tells that a station was. RC_DENIED, with the command that mends it: it
 * cannot be closed, or what is open is no station's folder. A folder that is not there is private. */
enum rc home_private(const char *home, bool *mended, struct fault *fault) MUST_CHECK;

#endif
