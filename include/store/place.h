/* SPDX-License-Identifier: GPL-3.0-or-later
 * What lies in a station's folder, before anything there is opened or made.
 */
#ifndef STORE_PLACE_H
#define STORE_PLACE_H

#include "base/base.h"

enum place {
	PLACE_FREE,    /* no station, or no folder: one may be made */
	PLACE_BEGUN,   /* making one was interrupted; nothing was written: it may be made again */
	PLACE_STATION, /* a database, whatever it is worth */
	PLACE_LOST,    /* a station was here, and its database is gone or empty */
	PLACE_STRANGE  /* what lies there cannot be a database, or cannot be read */
};

/* FAULT says what is wrong and which command mends it, except with PLACE_FREE and PLACE_STATION.
 * A backup that it names has been read. */
enum place place_look(const char *home, struct fault *fault);
/* The same when the database was opened and has no tables. */
enum place place_empty(const char *home, struct fault *fault);

#endif
