/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warnings boards are about.
 */
#ifndef WORK_IN_FORCE_H
#define WORK_IN_FORCE_H

#include "work/rules.h"

enum { IN_FORCE_MOST = 9 };

/* Those in force that concern this place, one copy of each: real ones before exercises, the gravest first, then the newest. */
struct in_force {
	struct ref at[IN_FORCE_MOST];
	unsigned count;
};
enum rc in_force_load(struct in_force *in_force, struct world *world, struct fault *fault) MUST_CHECK;

#endif
