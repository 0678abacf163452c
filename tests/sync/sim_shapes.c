/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shapes of simulated counties, made and joined once, and copied for every seed.
 */
#include "sim.h"
#include "store/identity.h"
#include "store/station.h"

#include <stdio.h>
#include <stdlib.h>

static const uint64_t county = 410882000000, city = 410800000000;
static const struct shape {
	int towns, villages;
	bool city;
} shapes[SIM_SHAPES] = {{2, 2, false}, {2, 2, true}, {3, 2, false}, {2, 4, false}};
static struct sim made[SIM_SHAPES];

static void add(struct sim *sim, const char *name, uint64_t area, int up)
{
	struct node *node = &sim->county.nodes[sim->county.count++];

	snprintf(node->name, sizeof node->name, "%s", name);
	node->area = area;
	node->up = up;
	node->store = world_station(name, area);
	snprintf(node->home, sizeof node->home, "%s", store_home(node->store));
	node->sites[node->site_count++] = store_station(node->store)->site;
	if (up >= 0)
		world_join(node->store, sim->county.nodes[up].store, name, area);
}

static void make_shape(const struct shape *shape, struct sim *sim)
{
	char name[16];
	int top, town;

	if (shape->city)
		add(sim, "city", city, -1);
	top = sim->county.count;
	add(sim, "county", county, top - 1);
	for (int t = 0; t < shape->towns; t++) {
		uint64_t area = county + (uint64_t)(101 + t) * 1000;
		snprintf(name, sizeof name, "town%u", (unsigned)t % 10);
		town = sim->county.count;
		add(sim, name, area, top);
		for (int v = 0; v < shape->villages && sim->county.count < COUNTY_NODES; v++) {
			snprintf(name, sizeof name, "v%u%u", (unsigned)t % 10, (unsigned)v % 10);
			add(sim, name, area + 200 + (uint64_t)v, town);
		}
	}
	for (int i = 0; i < sim->county.count; i++) {
		store_close(sim->county.nodes[i].store);
		sim->county.nodes[i].store = NULL;
	}
}

void sim_shapes_make(void)
{
	for (unsigned i = 0; i < SIM_SHAPES; i++)
		make_shape(&shapes[i], &made[i]);
}

void sim_shapes_drop(void)
{
	for (unsigned i = 0; i < SIM_SHAPES; i++)
		for (int k = 0; k < made[i].county.count; k++)
			world_drop(made[i].county.nodes[k].home);
}

static void copy_home(struct node *node)
{
	static const char *const files[] = {"station.db", "keys/sign.key", "keys/agree.key"};
	char from[96], path[140], to[140];

	snprintf(from, sizeof from, "%s", node->home);
	world_folder(node->home, sizeof node->home);
	for (unsigned i = 0; i < countof(files); i++) {
		snprintf(path, sizeof path, "%s/%s", from, files[i]);
		snprintf(to, sizeof to, "%s/%s", node->home, files[i]);
		sim_copy(path, to);
	}
	sim_reopen(node);
}

void sim_begin(struct sim *sim, uint64_t seed)
{
	*sim = made[seed % SIM_SHAPES];
	sim->seed = seed * UINT64_C(0x9e3779b97f4a7c15);
	sim->hurt = (unsigned)sim_dice(sim, 4) * 60;
	sim->silent = sim_dice(sim, 2) == 0;
	for (int i = 0; i < sim->county.count; i++)
		copy_home(&sim->county.nodes[i]);
}

void sim_end(struct sim *sim)
{
	for (int i = 0; i < sim->county.count; i++)
		world_end(sim->county.nodes[i].store);
	for (unsigned i = 0; i < SIM_LETTERS; i++)
		buf_release(&sim->letters[i].bytes);
	buf_release(&sim->old_answer);
	free(sim->county.facts);
}
