/* SPDX-License-Identifier: GPL-3.0-or-later
 * The situation of a village as a text: what its map on the wall shows, in words. For the screen and for line mode.
 */
#ifndef SCREENS_VILLAGE_PAGE_H
#define SCREENS_VILLAGE_PAGE_H

#include "ui/page.h"
#include "work/actor.h"

struct village_page {
	struct page page;
	char title[80];
};

/* AREA 0: the station's own. */
enum rc village_page_load(struct village_page *shown, const struct actor *actor, uint64_t area, struct fault *fault) MUST_CHECK;

#endif
