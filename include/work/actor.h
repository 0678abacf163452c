/* SPDX-License-Identifier: GPL-3.0-or-later
 * In whose name something is done, and on which station.
 */
#ifndef WORK_ACTOR_H
#define WORK_ACTOR_H

#include "store/station.h"

struct actor {
	struct store *store;
	const struct user *user; /* NULL or who 0: the station itself */
	const char *source;      /* whose own names records have in what is read; NULL: nobody's */
};

#endif
