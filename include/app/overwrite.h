/* SPDX-License-Identifier: GPL-3.0-or-later
 * May a command write what it makes over the file of that name?
 */
#ifndef APP_OVERWRITE_H
#define APP_OVERWRITE_H

#include "base/base.h"

/* RC_IO, and nothing has been touched: PATH is no plain file; a database, a key or a carry file; or lies in a station's
 * folder and exists there or has a name that the station uses; or exists at all without FORCE. "-" may always. */
enum rc overwrite_may(const char *path, bool force, struct fault *fault) MUST_CHECK;

#endif
