/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing one of the station's people: who is at the keys, who takes over, who signs besides.
 */
#ifndef SCREENS_PEOPLE_H
#define SCREENS_PEOPLE_H

#include "store/station.h"
#include "ui/pick.h"

/* Who is offered: who may log in, and more narrowly. */
struct people {
	struct store *store;
	uint32_t but;  /* not this one; 0 = anybody */
	bool with_pin; /* only who has one */
};

/* A source for pick_start; TO is a struct people. Values: seq of their record. */
void people_offer(struct pick *pick, const char *above, const char *typed, void *to);
/* The one that was chosen; false: is gone meanwhile. */
bool people_chosen(const struct people *people, struct pick *pick, struct user *user);

#endif
