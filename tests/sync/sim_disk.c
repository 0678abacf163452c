/* SPDX-License-Identifier: GPL-3.0-or-later
 * What befalls the disks of the simulated county: copies made, put back by the rules or unseen, and
 * what is lost by that for good.
 */
#include "sim.h"

#include "model/area.h"
#include "store/identity.h"
#include "store/peer.h"
#include "store/station.h"

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

/* The database, or the whole folder with the keys that it had. */
static const char *const folder[] = {
	"station.db", "keys/sign.key", "keys/agree.key", "keys/written", "keys/heir"};
enum { FOLDER = sizeof folder / sizeof *folder };

static void copy_or_remove(const char *from, const char *to)
{
	FILE *there = fopen(from, "rb");

	if (!there) {
		remove(to);
		return;
	}
	fclose(there);
	sim_copy(from, to);
}

static void disk_copy(struct node *node)
{
	char path[120], kept[140];
	struct fault fault;

	snprintf(path, sizeof path, "%s/kept.db", node->home);
	remove(path);
	if (store_backup(node->store, path, &fault) != RC_OK)
		die("%s: %s", node->name, fault.text);
	for (unsigned i = 1; i < FOLDER; i++) {
		snprintf(path, sizeof path, "%s/%s", node->home, folder[i]);
		snprintf(kept, sizeof kept, "%s/kept%u", node->home, i);
		copy_or_remove(path, kept);
	}
	node->kept = true;
}

/* Could what SIM's node X has lost come back: from a station below it that wrote it or knows who
 * did, or from one above? What a station above this one wrote does not come from below. */
static bool comes_back(const struct node *node, const struct node *other,
	const struct contents *contents, const struct kept_fact *fact)
{
	bool below = area_within(other->area, node->area) &&
		     (area_within(fact->author, other->area) || fact->author == node->area);
	bool above = area_within(node->area, other->area) &&
		     (area_within(fact->reach / 2, node->area) || !(fact->reach & 1));

	return other != node && (below || above) && contents_find(contents, fact->what, NULL);
}

/* Which facts were only here, or only where they cannot come back from? */
static void count_losses(struct sim *sim, int x, const struct contents *had)
{
	struct county *county = &sim->county;
	struct contents all[COUNTY_NODES];

	for (int k = 0; k < county->count; k++)
		contents_read(&county->nodes[k], &all[k]);
	for (size_t i = 0; i < county->fact_count; i++) {
		struct kept_fact *fact = &county->facts[i];
		bool back = false;
		if (fact->gone || !contents_find(had, fact->what, NULL) ||
			contents_find(&all[x], fact->what, NULL))
			continue;
		for (int k = 0; k < county->count && !back; k++)
			back = comes_back(&county->nodes[x], &county->nodes[k], &all[k], fact);
		fact->gone = !back;
	}
	for (int k = 0; k < county->count; k++)
		contents_release(&all[k]);
	for (size_t i = 0; i < county->fact_count; i++)
		for (size_t k = 0; k < county->fact_count && !county->facts[i].gone; k++)
			county->facts[i].gone =
				county->facts[k].gone &&
				county->facts[k].ref.site == county->facts[i].rec.site &&
				county->facts[k].ref.seq == county->facts[i].rec.seq;
}

void sim_sites(struct sim *sim)
{
	for (int i = 0; i < sim->county.count; i++) {
		struct node *node = &sim->county.nodes[i];
		uint64_t site = store_station(node->store)->site;
		bool known = false;
		for (unsigned k = 0; k < node->site_count; k++)
			known |= node->sites[k] == site;
		if (known)
			continue;
		if (node->site_count == COUNTY_SITES)
			die("too many sites");
		node->sites[node->site_count++] = site;
	}
}

enum back { BY_RULE, DATABASE, WHOLE };

static void disk_back(struct sim *sim, int x, enum back how)
{
	struct node *node = &sim->county.nodes[x];
	struct contents had;
	uint64_t number = log_number(store_log(node->store));
	char path[140], kept[120];
	struct fault fault;

	contents_read(node, &had);
	snprintf(path, sizeof path, "%s/station.db", node->home);
	snprintf(kept, sizeof kept, "%s/kept.db", node->home);
	store_close(node->store);
	if (how == BY_RULE) {
		if (store_restore(node->home, kept, &fault) != RC_OK)
			die("%s: %s", node->name, fault.text);
	} else {
		sim_copy(kept, path);
		node->unaware = number;
	}
	for (unsigned i = 1; how == WHOLE && i < FOLDER; i++) {
		snprintf(path, sizeof path, "%s/%s", node->home, folder[i]);
		snprintf(kept, sizeof kept, "%s/kept%u", node->home, i);
		copy_or_remove(kept, path);
	}
	sim_reopen(node);
	if (how == BY_RULE)
		node->unaware = 0;
	sim_sites(sim);
	count_losses(sim, x, &had);
	contents_release(&had);
}

void sim_disk(struct sim *sim, int x)
{
	struct node *node = &sim->county.nodes[x];

	if (!node->kept || sim_dice(sim, 3) == 0)
		disk_copy(node);
	else if (!sim->silent || sim_dice(sim, 2))
		disk_back(sim, x, BY_RULE);
	else
		disk_back(sim, x, sim_dice(sim, 3) ? WHOLE : DATABASE);
}
