/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a place has to have, and its colour of risk.
 */
#include "work/haves.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"

enum { MILLI = 1000 };

struct seeking {
	struct world *world;
	const struct rule *rule;
	uint64_t area;
	bool below; /* also what lies in places below */
	int64_t found;
};

static bool see(const struct row *row, void *to)
{
	struct seeking *seeking = to;
	struct record record;
	struct matter matter = {.record = &record, .around = &seeking->world->around, .mine = true};

	if (row_void(row) || (!seeking->below && row->area != seeking->area) ||
		!rule_fits(seeking->rule, row->kind->id, row->state))
		return true;
	row_record(row, &record);
	seeking->found += rule_holds(seeking->rule, &matter);
	return true;
}

static enum rc find(struct seeking *seeking, struct fault *fault)
{
	struct query query = query_all(seeking->rule->kind);

	query.area = seeking->area;
	return store_each(seeking->world->store, &query, see, seeking, fault);
}

/* ---- one place */

/* One for each .share_of of the count, and for what is left over. */
static enum rc want(struct have *have, struct world *world, uint64_t area, struct arena *arena,
	struct fault *fault)
{
	struct counted counted = {0};
	const struct rule *rule = have->rule;
	const struct rule *share = rule->share ? rules_named(RULE_COUNT, rule->share) : NULL;

	have->wanted = rule->least;
	if (!share)
		return RC_OK;
	enum rc rc = count_load(&counted, world, share,
		&(struct counting_of){.area = area, .at = world->around.now}, arena, fault);
	int64_t all = counted.number / MILLI * rule->least;
	if (all) /* where nobody has counted, one is wanted all the same */
		have->wanted = (all + rule->share_of - 1) / rule->share_of;
	return rc;
}

static enum rc load_one(struct haves *haves, struct world *world, const struct rule *rule,
	struct arena *arena, struct fault *fault)
{
	struct have *have = &haves->rows[haves->count++];
	struct seeking seeking = {.world = world, .rule = rule, .area = haves->area};

	*have = (struct have){.rule = rule};
	enum rc rc = want(have, world, haves->area, arena, fault);
	if (!rc)
		rc = find(&seeking, fault);
	have->found = seeking.found;
	have->met = have->found >= have->wanted;
	haves->met += have->met;
	return rc;
}

static enum rc load_colour(struct haves *haves, struct world *world, struct fault *fault)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_COLOUR, &count);
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < count && !rc && !haves->colour; n++) {
		struct seeking seeking = {
			.world = world, .rule = &rules[n], .area = haves->area, .below = true};

		rc = find(&seeking, fault);
		if (!seeking.found)
			continue;
		haves->colour = &rules[n];
		haves->coloured = (unsigned)seeking.found;
		haves->kind = kind_of(rules[n].kind);
	}
	return rc;
}

enum rc haves_load(struct haves *haves, struct world *world, uint64_t area, struct arena *arena,
	struct fault *fault)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_HAVE, &count);
	enum rc rc = RC_OK;

	*haves = (struct haves){.area = area};
	haves->rows = arena_get(arena, (count + 1) * sizeof *haves->rows);
	for (unsigned n = 0; n < count && !rc; n++)
		if (rules[n].of_level == area_level(area))
			rc = load_one(haves, world, &rules[n], arena, fault);
	return rc ? rc : load_colour(haves, world, fault);
}

/* ---- places below */

static int by_lack(const void *a, const void *b)
{
	const struct haves *x = a, *y = b;
	unsigned lacks = x->count - x->met, others = y->count - y->met;

	if (lacks != others)
		return lacks > others ? -1 : 1;
	return (x->area > y->area) - (x->area < y->area);
}

enum rc haves_load_below(struct haves_below *below, struct world *world, uint64_t area,
	struct arena *arena, struct fault *fault)
{
	uint64_t after = 0;
	struct bytes name;
	size_t room = 0;
	enum rc rc = RC_OK;

	*below = (struct haves_below){0};
	while (!rc && area_each(area, &after, &name)) {
		below->places = array_more_in(
			arena, below->places, below->count, &room, sizeof *below->places);
		rc = haves_load(&below->places[below->count++], world, after, arena, fault);
	}
	if (below->count)
		qsort(below->places, below->count, sizeof *below->places, by_lack);
	return rc;
}
