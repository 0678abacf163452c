/* SPDX-License-Identifier: GPL-3.0-or-later
 * What befalls the disks of the simulated county: copies made, put back by the rules or unseen, and
 * what is lost by that for good.
 */
#include "sim.h"

#include "model/area.h"
#include "store/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void sim_copy(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;
	size_t len;

	if (!in || !out)
		die("copy %s", from);
	while ((len = fread(bytes, 1, sizeof bytes, in)) > 0)
		if (fwrite(bytes, 1, len, out) != len)
			die("copy %s", to);
	fclose(in);
	fclose(out);
	if (chmod(to, 0600))
		die("chmod %s", to);
}

void sim_reopen(struct node *node)
{
	struct fault fault;

	if (store_open(&node->store, node->home, STORE_FAST, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
}

static void disk_copy(struct node *node)
{
	char path[120];
	struct fault fault;

	snprintf(path, sizeof path, "%s/kept.db", node->home);
	remove(path);
	if (store_backup(node->store, path, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	node->kept = true;
}

/* Which facts were only here, or only where they cannot come back from? */
static void count_losses(struct sim *sim, int x, const bool had[])
{
	const struct node *node = &sim->county.nodes[x];

	for (size_t i = 0; i < sim->county.fact_count; i++) {
		struct kept_fact *fact = &sim->county.facts[i];
		bool back = false;
		if (!had[i] || fact->gone || node_has(node, fact->ref))
			continue;
		for (int k = 0; k < sim->county.count && !back; k++) {
			const struct node *other = &sim->county.nodes[k];
			bool below = other != node && area_within(other->area, node->area) &&
				     area_within(fact->author, other->area);
			bool above =
				other != node && area_within(node->area, other->area) &&
				(area_within(fact->reach / 2, node->area) || !(fact->reach & 1));
			back = (below || above) && node_has(other, fact->ref);
		}
		fact->gone = !back;
	}
	for (size_t i = 0; i < sim->county.fact_count; i++)
		for (size_t k = 0; k < sim->county.fact_count && !sim->county.facts[i].gone; k++)
			sim->county.facts[i].gone =
				sim->county.facts[k].gone &&
				sim->county.facts[k].ref.site == sim->county.facts[i].rec.site &&
				sim->county.facts[k].ref.seq == sim->county.facts[i].rec.seq;
}

/* The grant is a fact of the one above like any other. */
static void join(struct sim *sim, struct node *node, struct node *above)
{
	struct op grant = {.site = store_station(above->store)->site};

	world_join(node->store, above->store, node->name, node->area);
	grant.seq = log_author(store_log(above->store), grant.site, LANE_ALARM) * 8 + LANE_ALARM;
	grant.rec_site = grant.site;
	grant.rec_seq = grant.seq;
	county_note(&sim->county, above, (struct ref){grant.site, grant.seq});
}

/* Its memory is of a time when another site stood above. */
static void join_if_lost(struct sim *sim, struct node *node)
{
	struct node *above = node->up < 0 ? NULL : &sim->county.nodes[node->up];
	struct peer peer;
	struct fault fault;

	if (above && (peer_load(node->store, &peer, &fault) != RC_OK ||
			     peer.site.site != store_station(above->store)->site))
		join(sim, node, above);
}

/* A site that ended joins anew, and those below it join it. */
static void join_again(struct sim *sim, int x)
{
	struct node *node = &sim->county.nodes[x];

	if (node->site_count == COUNTY_SITES)
		die("too many sites");
	node->sites[node->site_count++] = store_station(node->store)->site;
	if (node->up >= 0)
		join(sim, node, &sim->county.nodes[node->up]);
	for (int i = 0; i < sim->county.count; i++)
		if (sim->county.nodes[i].up == x)
			join(sim, &sim->county.nodes[i], node);
}

static void disk_back(struct sim *sim, int x, bool silent)
{
	struct node *node = &sim->county.nodes[x];
	bool *had = calloc(sim->county.fact_count + 1, sizeof *had);
	uint64_t number = log_number(store_log(node->store));
	char path[120], kept[120];
	struct fault fault;

	for (size_t i = 0; i < sim->county.fact_count; i++)
		had[i] = node_has(node, sim->county.facts[i].ref);
	snprintf(path, sizeof path, "%s/station.db", node->home);
	snprintf(kept, sizeof kept, "%s/kept.db", node->home);
	store_close(node->store);
	if (silent) {
		sim_copy(kept, path);
		node->unaware = number;
	} else if (store_restore(node->home, kept, &fault) != RC_OK) {
		die("%s: %s", node->name, fault.text);
	}
	sim_reopen(node);
	if (!silent)
		node->unaware = 0;
	count_losses(sim, x, had);
	free(had);
	if (store_station(node->store)->site != node->sites[node->site_count - 1]) {
		join_again(sim, x);
		node->kept = false;
	}
	join_if_lost(sim, node);
}

void sim_disk(struct sim *sim, int x)
{
	struct node *node = &sim->county.nodes[x];

	if (!node->kept || sim_dice(sim, 3) == 0)
		disk_copy(node);
	else if (!sim->silent || sim_dice(sim, 2))
		disk_back(sim, x, false);
	else
		disk_back(sim, x, true);
}
