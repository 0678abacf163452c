/* SPDX-License-Identifier: GPL-3.0-or-later
 * All that needs somebody, in the order of home; and what rings.
 */
#include "work/rules/internal.h"

#include "base/memory.h"
#include "model/codes.h"
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
	*needs = (struct needs){.kept = needs->kept, .alone = needs->alone};
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
		rc = agenda_look(needs->kept, &world, fault);
	}
	if (rc || !is_loaded(needs, world.around.now))
		empty(needs);
	if (!rc && !needs->version)
		fill(needs, world.around.now);
	return rc;
}

static const struct rule *rank_of(const struct need_item *item)
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
			rank = rank_of(&needs->items[n]);
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

	if (needs->rows || !any_group(needs))
		return;
	needs->rows = memory_size(NULL, needs->count, sizeof *needs->rows);
	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];

		if (!rank || rank->order != item->order)
			rank = rank_of(item);
		kept = put_row(needs->rows, kept, item, rank && rank->group);
	}
	needs->items = needs->rows;
	needs->count = kept;
}

/* The sort of disaster that places below have reported. */
static void put_event(struct store *store, struct ref report, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	char code[24];

	if (store_row(store, report, &arena, &row, &fault) == RC_OK &&
		row_value(&row, report_event)) {
		bytes_into(code, sizeof code, row_value(&row, report_event)->text);
		buf_fmt(out, "%s ", code_text("disaster", code));
	}
	arena_release(&arena);
}

/* What no record asks for: owed here, or by places below. */
static void put_owed(struct store *store, const struct need_item *item, struct buf *out)
{
	if (item->event.seq)
		put_event(store, item->event, out);
	if (item->owing)
		buf_fmt(out, _("%u处 已报%u 没报%u"), item->owing + item->answered, item->answered,
			item->owing);
	else
		buf_text(out, item->text);
}

/* What those of one row have in common, where a field of theirs says so. */
static void put_among(
	struct store *store, const struct need_item *item, const struct row *row, struct buf *out)
{
	const struct rule *rank = item->count > 1 ? rank_of(item) : NULL;
	const struct field *field =
		rank && rank->group ? field_named(row->kind, rank->group) : NULL;

	if (field && row_value(row, field->tag))
		row_field(store, row, field->tag, true, out);
}

void needs_titles(struct needs *needs, struct store *store, title_fn *title, unsigned most,
	struct arena *arena)
{
	needs->titled = needs->count < most ? needs->count : most;
	for (unsigned n = 0; n < needs->titled; n++) {
		struct need_item *item = &needs->items[n];
		struct arena row_arena = {0};
		struct buf text = {0}, among = {0};
		struct fault fault;
		struct row row;

		if (item->ask) {
			put_owed(store, item, &text);
		} else if (store_row(store, item->ref, &row_arena, &row, &fault) == RC_OK) {
			title(store, &row, &text);
			put_among(store, item, &row, &among);
		}
		item->title = arena_text(arena, buf_cstr(&text));
		item->among = among.len ? arena_text(arena, buf_cstr(&among)) : NULL;
		buf_release(&among);
		buf_release(&text);
		arena_release(&row_arena);
	}
}

void needs_release(struct needs *needs)
{
	agenda_free(needs->kept);
	free(needs->rows);
	*needs = (struct needs){0};
}

struct hearing {
	struct world *world;
	struct needs_loud *loud;
};

static bool hear(const struct row *row, void *to)
{
	struct hearing *at = to;
	struct needs_loud *loud = at->loud;
	struct standing standing = standing_of(at->world, row);
	const struct rule *rank = standing.rank;

	if (!rank || !rank->ring)
		return true;
	unsigned colour = row_colour(row);
	uint64_t arrived = log_arrived(store_log(at->world->store), row->ref);
	bool first = !loud->ref.seq || rank->order < loud->order ||
		     (rank->order == loud->order &&
			     (colour < loud->colour ||
				     (colour == loud->colour && row->stamp > loud->stamp)));
	if (arrived > loud->newest)
		loud->newest = arrived;
	if (first)
		*loud = (struct needs_loud){colour, row->ref, rank->ring, standing.needed.until,
			rank->order, row->stamp, loud->newest};
	return true;
}

/* The kinds that a row of home rings for. */
static bool kind_rings(unsigned kind)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_RANK, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].ring && (!rules[n].kind || rules[n].kind == kind))
			return true;
	return false;
}

enum rc needs_loudest(struct store *store, struct needs_loud *loud, struct fault *fault)
{
	struct world world;
	struct hearing at = {&world, loud};
	enum rc rc = RC_OK;

	world_open(&world, store, NULL, store_now(store));
	*loud = (struct needs_loud){.colour = COLOURS};
	for (unsigned k = 0; k < kinds_count && !rc; k++) {
		struct query query = query_all(kinds[k].id);

		query.state_flags = kinds[k].states[0].code ? STATE_OPEN : 0;
		if (kind_rings(kinds[k].id))
			rc = store_each(store, &query, hear, &at, fault);
	}
	return rc;
}
