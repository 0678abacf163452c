/* SPDX-License-Identifier: GPL-3.0-or-later
 * Many stores in one process and one clock: stations, hubs, and links that lose what they carry.
 */
#ifndef SYNC_WORLD_H
#define SYNC_WORLD_H

#include "sync/enrol.h"
#include "store/rows/internal.h"
#include "sync/swap.h"

/* A link to a store in this process; hurt by the odds below (in thousandths), from a seed of its
 * own. */
struct road {
	struct store *hub;
	unsigned lose_ask, lose_answer, twice, flip;
	size_t longest; /* a longer question is cut; 0 = none is */
	uint64_t seed;
	int64_t ahead; /* seconds that the clock there shows more than here */
	uint64_t bytes_up, bytes_down, swaps;
};

extern const struct link_ops link_road;
struct link *road_link(struct road *road); /* the road itself as an open link */

/* A village and its township, joined; or with a county above, whose township has joined, and whose
 * village when JOINED. By calloc; the ends close and free. */
struct pair {
	struct store *town, *village;
	struct road road; /* to the township */
};
struct three {
	struct store *county, *town, *village;
	struct road to_town, to_county;
	struct sync_result result;
};
extern const uint64_t county_area, town_area, village_area,
	other_area; /* other: a neighbour village */
struct pair *world_pair(void);
void world_pair_end(struct pair *pair);
struct three *world_three(bool joined);
void world_three_end(struct three *three);

/* A station in a new folder below /tmp, area and name as told, keys from its name. */
struct store *world_station(const char *name, uint64_t area);
void world_join(struct store *lower, struct store *upper, const char *name, uint64_t area);
/* Sync until nothing more or MOST rounds; true when complete. */
bool world_sync(struct store *lower, struct road *road, unsigned most, struct sync_result *result);
/* A hazard with a place; its reference. */
struct ref world_hazard(struct store *store, uint64_t area, const char *place);
void world_step(struct store *store, struct ref ref, unsigned step, const char *text);
/* How that fact is judged there; -1: it is not there. */
int world_state(struct store *store, struct ref ref);
/* STORE grants SITE in AREA (0: its own), as a program that does not ask whether it may. */
void world_claims(struct store *store, const struct site *site, uint64_t area);
void world_end(struct store *store); /* closes and removes */
void world_drop(const char *home);   /* removes the folder of a closed one */
/* A new station's folder, in memory where there is such a place. */
void world_folder(char *home, size_t room);
unsigned world_count(struct store *store, unsigned kind);
/* A hash of every record as STORE folds it, of those within AREA: equal stores say the same. */
uint64_t world_digest(struct store *store, uint64_t area);

#endif
