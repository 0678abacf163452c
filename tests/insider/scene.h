/* SPDX-License-Identifier: GPL-3.0-or-later
 * A county of real stores in one process for the tests of what an enrolled station can do to
 * others: a county, two townships, three villages, with facts of every sort, all synced.
 */
#ifndef INSIDER_SCENE_H
#define INSIDER_SCENE_H

#include "world.h"
#include "store/rows/internal.h"

enum spot { COUNTY, TOWN_A, A1, A2, TOWN_B, B1, PLACES };
enum { SCENE_NOW = 1784000000 };

struct place_is {
	const char *name;
	uint64_t area;
	int up; /* the place above; -1 */
};
extern const struct place_is places[PLACES];

struct scene {
	struct store *at[PLACES];
	char home[PLACES][96];
	struct ref hazard[PLACES]; /* each wrote one in its own area */
	struct ref warning;        /* the county's, red */
	char said[4000];           /* why not, when something was false */
};

/* Made and joined once, and copied for every scene. */
void scene_mould_make(void);
void scene_mould_drop(void);
void scene_begin(struct scene *scene);
void scene_end(struct scene *scene);

/* X syncs with the one above until nothing is left; false, and SAID, when that does not happen. */
bool scene_sync(struct scene *scene, enum spot x);
/* All but those in the mask OUT write, sync, and see by the ladder that what they wrote is held up
 * to the county, as far as nobody of OUT stands between. False, and SAID, when not. */
bool scene_settles(struct scene *scene, unsigned out);
/* The site of X, and X as Y knows it. */
uint64_t scene_site(const struct scene *scene, enum spot x);
struct site scene_known(struct scene *scene, enum spot x, enum spot by);

#endif
