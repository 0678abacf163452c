/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether the SQLite that was loaded can do what is asked of it.
 */
#ifndef STORE_DB_LIBRARY_H
#define STORE_DB_LIBRARY_H

#include "base/base.h"

/* RC_IO names the version that is there and the oldest that will do; config/deploy/setup.sh asks
 * the same at the build. */
enum rc library_check(struct fault *fault) MUST_CHECK;
/* Ends the process when a statement was refused with ERROR because the library does not know what
 * stands in it (WHY): it would otherwise be nothing but an empty answer to whoever asks a yes or
 * no. */
void library_understood(int error, const char *why);

#endif
