/* SPDX-License-Identifier: GPL-3.0-or-later
 * All that needs somebody, in the order of home; and what rings.
 */
#include "work/rules/internal.h"

#include "base/memory.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"

#include <stdlib.h>
#include <string.h>

/* Home is looked at again at WHEN. */
static void comes(struct needs *needs, int64_t when, int64_t now)
{
	if (when > now && when < INT64_MAX && (!needs->next || when < needs->next))
		needs->next = when;
}

/* What stands on home as it was judged, counted. */
static void fill(struct needs *needs, int64_t now)
{
	needs->items = agenda_items(needs->kept, &needs->count);
	needs->version = agenda_version(needs->kept);
	needs->turns = agenda_turns(needs->kept);
	needs->counting = needs->kept->slices.on;
	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];

		needs->counts[item->need] += !item->in_force;
		needs->bands[item->band]++;
		comes(needs, item->until, now);
		if (item->ask)
			comes(needs, item->turns, now);
	}
}

/* Is what was loaded the last time still all there is? */
static bool is_loaded(const struct needs *needs, int64_t now)
{
	return needs->version && needs->version == agenda_version(needs->kept) &&
	       (!needs->next || needs->next > now);
}

/* They lie in the caller's arena. */
static void forget_titles(struct needs *needs)
{
	for (unsigned n = 0; n < needs->titled; n++)
		needs->items[n].title = needs->items[n].among = NULL;
	needs->titled = 0;
}

static void empty(struct needs *needs)
{
	free(needs->rows);
	*needs = (struct needs){.kept = needs->kept, .alone = needs->alone, .slice = needs->slice};
}

enum rc needs_load(struct needs *needs, const struct actor *actor, struct fault *fault)
{
	struct world world;
	enum rc rc = rules_follow(actor->store, fault);

	forget_titles(needs);
	if (!needs->kept)
		needs->kept = agenda_new(needs->alone);
	if (!rc) {
		world_open(&world, actor->store, actor->user, store_now(actor->store));
		rc = agenda_look(needs->kept, &world, needs->slice, fault);
	}
	if (rc || !is_loaded(needs, world.around.now))
		empty(needs);
	if (!rc && !needs->version)
		fill(needs, world.around.now);
	return rc;
}

bool needs_go_on(struct needs *needs, const struct actor *actor)
{
	struct world world;
	struct fault fault;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	return needs->kept && agenda_look(needs->kept, &world, needs->slice, &fault) == RC_OK &&
	       needs->kept->slices.on;
}

const struct rule *need_rank(const struct need_item *item)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_RANK, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].order == item->order)
			return &rules[n];
	return NULL;
}

/* The places that owe of several are the most of one: the same ones owe the others, too. */
static void join(struct need_item *group, const struct need_item *item)
{
	group->count++;
	if (item->owing > group->owing)
		group->owing = item->owing;
}

/* Does any stand with another for one row? Those of one rank row lie together. */
static bool any_group(const struct needs *needs)
{
	const struct rule *rank = NULL;

	for (unsigned n = 1; n < needs->count; n++) {
		if (needs->items[n].order != needs->items[n - 1].order)
			continue;
		if (!rank || rank->order != needs->items[n].order)
			rank = need_rank(&needs->items[n]);
		if (rank && rank->group)
			return true;
	}
	return false;
}

/* ITEM goes behind the KEPT rows, or into the one that it belongs to. Returns how many there are.
 */
static unsigned put_row(
	struct need_item *rows, unsigned kept, const struct need_item *item, bool groups)
{
	unsigned at = kept;

	while (groups && at > 0 && rows[at - 1].order == item->order &&
		rows[at - 1].group != item->group)
		at--;
	if (groups && at > 0 && rows[at - 1].order == item->order) {
		join(&rows[at - 1], item);
		return kept;
	}
	rows[kept] = *item;
	return kept + 1;
}

void needs_group(struct needs *needs)
{
	const struct rule *rank = NULL;
	unsigned kept = 0;

	/* What is still counted stays as it is shown. */
	if (needs->rows || !needs->count || (!needs->counting && !any_group(needs)))
		return;
	needs->rows = memory_size(NULL, needs->count, sizeof *needs->rows);
	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];

		if (!rank || rank->order != item->order)
			rank = need_rank(item);
		kept = put_row(needs->rows, kept, item, rank && rank->group);
	}
	needs->items = needs->rows;
	needs->count = kept;
}

unsigned needs_members(const struct needs *needs, unsigned n, struct ref *refs, unsigned most)
{
	const struct need_item *row = &needs->items[n];
	unsigned all, count = 0;
	const struct need_item *items = agenda_items(needs->kept, &all);

	if (row->ask || !most)
		return 0;
	if (row->count == 1) {
		refs[0] = row->ref;
		return 1;
	}
	for (unsigned at = 0; at < all && count < most; at++)
		if (items[at].order == row->order && items[at].group == row->group &&
			!items[at].ask)
			refs[count++] = items[at].ref;
	return count;
}

void needs_release(struct needs *needs)
{
	agenda_free(needs->kept);
	free(needs->rows);
	*needs = (struct needs){0};
}

/* ---- what rings */

/* What is anybody's, kept for the next time: the bell is looked after at each minute. */
static struct {
	uint64_t opening; /* of the store */
	struct needs needs;
} anybodys;

/* The first of home is the loudest. */
static void hear(struct store *store, const struct need_item *item, struct needs_loud *loud)
{
	uint64_t arrived = log_arrived(store_log(store), item->ref);

	if (arrived > loud->newest)
		loud->newest = arrived;
	if (!loud->ref.seq)
		*loud = (struct needs_loud){item->colour, item->ref, item->kind->id == KIND_warning,
			item->owing, item->ring, item->until, item->order, loud->newest};
}

static enum rc loudest(
	struct store *store, unsigned slice, struct needs_loud *loud, struct fault *fault)
{
	const struct actor anybody = {store, NULL, NULL};
	struct needs *needs = &anybodys.needs;

	*loud = (struct needs_loud){.colour = COLOURS};
	if (anybodys.opening != store_opening(store))
		needs_release(needs);
	anybodys.opening = store_opening(store);
	needs->slice = slice;
	enum rc rc = needs_load(needs, &anybody, fault);
	for (unsigned n = 0; n < needs->count && !rc; n++)
		if (needs->items[n].ring && !needs->items[n].ask)
			hear(store, &needs->items[n], loud);
	return rc;
}

enum rc needs_loudest(struct store *store, struct needs_loud *loud, struct fault *fault)
{
	return loudest(store, 0, loud, fault);
}

enum rc needs_loudest_yet(struct store *store, struct needs_loud *loud, struct fault *fault)
{
	return loudest(store, NEEDS_SLICE, loud, fault);
}

bool needs_loudest_counts(void)
{
	return anybodys.needs.kept && anybodys.needs.kept->slices.on;
}
