/* SPDX-License-Identifier: GPL-3.0-or-later
 * What needs somebody, all of it in the order of home; and what rings.
 */
#include "work/agenda.h"

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/station.h"

#include <stdlib.h>
#include <string.h>

struct looking {
	struct store *store;
	struct signing signing;
	bool found;
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* This station, also under the number that it had before it was put back from a backup, and the
 * other stations of its place. */
static bool own_site(struct store *store, uint64_t number)
{
	const struct station *own = store_station(store);
	struct site site;
	return number == own->site ||
	       (log_site(store_log(store), number, &site) && site.area == own->area);
}

static int64_t version_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	return value && value->wire == WIRE_NUM ? value->num : 1;
}

struct signing signing_of(struct store *store, struct ref warning)
{
	struct signing signing = {warning_shown(store, warning), 1};
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	if (!store_row(store, signing.shown, &arena, &row, &fault))
		signing.version = version_of(&row, warning_version);
	arena_release(&arena);
	return signing;
}

bool receipt_counts(struct store *store, const struct row *receipt, const struct signing *signing)
{
	const struct value *value = row_value(receipt, receipt_warning);
	struct ref ref;
	uint64_t own = store_area(store);
	bool below = receipt->area != own && area_within(receipt->area, own); /* written for it */
	return value && !below && !row_void(receipt) && own_site(store, receipt->by_site) &&
	       warning_meant(store, value, &ref) &&
	       same(warning_shown(store, ref), signing->shown) &&
	       version_of(receipt, receipt_version) >= signing->version;
}

static bool each_receipt(const struct row *row, void *to)
{
	struct looking *looking = to;
	looking->found = receipt_counts(looking->store, row, &looking->signing);
	return !looking->found;
}

bool warning_signed(struct store *store, struct ref warning)
{
	struct looking looking = {store, signing_of(store, warning), false};
	struct query query = query_all(KIND_receipt);
	struct fault fault;
	query.parent = warning;
	return !store_each(store, &query, each_receipt, &looking, &fault) && looking.found;
}

enum need need_of(
	struct store *store, const struct row *row, int64_t now, int64_t *until, const char **text)
{
	struct world world;

	world_open(&world, store, NULL, now);
	struct standing standing = standing_of(&world, row);

	*until = standing.needed.until;
	*text = needed_text(&standing.needed);
	return standing.owing ? NEED_NONE : standing.needed.need;
}

/* ---- all of it, in order */

unsigned row_colour(const struct row *row)
{
	static const char *const codes[] = {"red", "orange", "yellow", "blue", "1", "2", "3", "4"};
	const struct field *field = field_flagged(row->kind, F_COLOUR);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	for (unsigned n = 0; value && value->wire == WIRE_TEXT && n < countof(codes); n++)
		if (bytes_equal(value->text, bytes_text(codes[n])))
			return n % COLOURS;
	return COLOURS;
}

static uint64_t hash_text(struct bytes text)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bit */
	for (size_t n = 0; n < text.len; n++)
		hash = (hash ^ text.at[n]) * 1099511628211u;
	return hash;
}

/* What makes two records one row of GROUP. */
static uint64_t group_of(const char *group, const struct row *row, unsigned colour)
{
	const struct field *field;
	const struct value *value;

	if (!strcmp(group, "kind"))
		return row->kind->id;
	if (!strcmp(group, "village"))
		return row->area;
	if (!strcmp(group, "colour"))
		return colour;
	if (!(field = field_named(row->kind, group)))
		return 0; /* all */
	value = row_value(row, field->tag);
	return value ? hash_text(value->text) : 0;
}

struct collecting {
	struct needs *needs;
	struct world *world;
};

/* ITEM: what is known of it apart from where it stands. */
static void add_item(struct collecting *at, const struct standing *standing, struct need_item item)
{
	struct needs *needs = at->needs;

	item.need = standing->needed.need;
	item.band = standing->rank->band;
	item.order = standing->rank->order;
	item.ring = standing->rank->ring;
	item.count = 1;
	item.owing = standing->owing;
	item.mine = standing->needed.mine;
	item.text = needed_text(&standing->needed);
	if (!item.in_force) {
		item.until = standing->needed.until;
		needs->counts[item.need]++;
	}
	needs->bands[item.band]++;
	if (item.until > at->world->around.now && (!needs->next || item.until < needs->next))
		needs->next = item.until;
	needs->items = array_more(needs->items, needs->count, &needs->room, sizeof *needs->items);
	needs->items[needs->count++] = item;
}

static bool collect(const struct row *row, void *to)
{
	struct collecting *at = to;
	struct standing standing = standing_of(at->world, row);
	const struct rule *rank = standing.rank;

	if (!rank)
		return true;
	struct need_item item = {.colour = row_colour(row),
		.in_force = standing.force,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state,
		.area = row->area,
		.stamp = row->stamp};
	item.group = rank->group ? group_of(rank->group, row, item.colour) : 0;
	if (item.in_force)
		item.until = row_value(row, warning_expires)->num;
	add_item(at, &standing, item);
	return true;
}

/* What is owed every day stands there without a record. */
static void collect_daily(struct collecting *at)
{
	unsigned count;
	const struct rule *ask = rules_rows(RULE_ASK, &count);

	for (unsigned n = 0; n < count; n++) {
		unsigned answered = 0;
		struct standing standing = {.rank = NULL};

		if (ask_every(at->world, &ask[n]))
			standing = standing_of_day(at->world, &ask[n], &answered);
		if (!standing.rank)
			continue;
		add_item(at, &standing,
			(struct need_item){.ask = &ask[n],
				.answered = answered,
				.colour = COLOURS,
				.kind = kind_of(ask[n].answer),
				.state = -1,
				.area = store_area(at->world->store)});
	}
}

/* The order of rank rows; inside one the colour, what is left, the newest. */
static int by_order(const void *a, const void *b)
{
	const struct need_item *x = a, *y = b;

	if (x->band != y->band)
		return x->band < y->band ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->colour != y->colour)
		return x->colour < y->colour ? -1 : 1;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return (x->stamp < y->stamp) - (x->stamp > y->stamp);
}

/* States of KIND that are over, and in which an answer is asked for all the same. */
static uint32_t asked_closed(const struct kind *kind)
{
	unsigned count;
	const struct rule *ask = rules_rows(RULE_ASK, &count);
	uint32_t asked = 0, closed = 0;

	for (unsigned n = 0; n < count; n++)
		if (ask[n].kind == kind->id)
			asked |= ask[n].states;
	for (int state = 0; kind->states[state].code; state++)
		if (!(kind->states[state].flags & STATE_OPEN))
			closed |= 1u << state;
	return asked & closed;
}

/* The newest are enough: nobody is asked for long. */
static enum rc each_closed(struct store *store, row_fn *fn, void *to, struct fault *fault)
{
	enum { NEWEST = 200 };
	enum rc rc = RC_OK;

	for (unsigned k = 0; k < kinds_count; k++) {
		uint32_t states = asked_closed(&kinds[k]);
		struct query query = query_all(kinds[k].id);

		query.limit = NEWEST;
		for (query.state = 0; states && !rc; query.state++, states >>= 1)
			if (states & 1)
				rc = store_each(store, &query, fn, to, fault);
	}
	return rc;
}

enum rc needs_load(struct needs *needs, const struct actor *actor, struct fault *fault)
{
	struct world world;
	struct collecting at = {needs, &world};

	needs_release(needs);
	enum rc rc = rules_follow(actor->store, fault);
	if (rc)
		return rc;
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	rc = store_each_open(actor->store, collect, &at, fault);
	if (!rc)
		rc = each_closed(actor->store, collect, &at, fault);
	if (!rc)
		collect_daily(&at);
	if (!rc && needs->count)
		qsort(needs->items, needs->count, sizeof(*needs->items), by_order);
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

void needs_group(struct needs *needs)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < needs->count; n++) {
		const struct need_item *item = &needs->items[n];
		const struct rule *rank = rank_of(item);
		unsigned at = kept;

		/* Those of one rank row lie together. */
		while (rank && rank->group && at > 0 && needs->items[at - 1].order == item->order &&
			needs->items[at - 1].group != item->group)
			at--;
		bool joins =
			rank && rank->group && at > 0 && needs->items[at - 1].order == item->order;
		if (joins)
			needs->items[at - 1].count++;
		else
			needs->items[kept++] = *item;
	}
	needs->count = kept;
}

/* Of what is owed every day: here, or by places below. */
static void put_daily(const struct need_item *item, struct buf *out)
{
	if (item->owing)
		buf_fmt(out, _("%u处 已报%u 没报%u"), item->owing + item->answered, item->answered,
			item->owing);
	else
		buf_text(out, item->text);
}

void needs_titles(struct needs *needs, struct store *store, title_fn *title, unsigned most,
	struct arena *arena)
{
	for (unsigned n = 0; n < needs->count && n < most; n++) {
		struct need_item *item = &needs->items[n];
		struct arena row_arena = {0};
		struct buf text = {0};
		struct fault fault;
		struct row row;

		if (item->ask)
			put_daily(item, &text);
		else if (store_row(store, item->ref, &row_arena, &row, &fault) == RC_OK)
			title(store, &row, &text);
		item->title = arena_text(arena, buf_cstr(&text));
		buf_release(&text);
		arena_release(&row_arena);
	}
}

void needs_release(struct needs *needs)
{
	free(needs->items);
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
