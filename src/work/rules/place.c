/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one record needs, and its place among others on home.
 */
#include "work/rules/internal.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/kinds.h"

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

/* ITEM has what is known of it apart from where it stands. */
static void stand(struct need_item *item, const struct standing *standing)
{
	const struct rule *rank = standing->rank;

	item->need = standing->needed.need;
	item->band = rank->band;
	item->order = rank->order;
	item->ring = rank->ring;
	item->count = 1;
	item->owing = standing->owing;
	item->undone = rank->undone;
	item->mine = standing->needed.mine;
	item->until = standing->needed.until;
	item->rule = standing->needed.rule;
	item->text = needed_text(&standing->needed);
}

bool agenda_item(struct world *world, const struct row *row, struct need_item *item)
{
	world->turns = INT64_MAX;
	struct standing standing = standing_of(world, row);

	if (!standing.rank)
		return false;
	*item = (struct need_item){.colour = row_colour(row),
		.in_force = standing.force,
		.ref = row->ref,
		.kind = row->kind,
		.state = row->state,
		.area = row->area,
		.stamp = row->stamp,
		.turns = world->turns};
	stand(item, &standing);
	if (item->in_force)
		item->until = row_end(row);
	if (standing.rank->group)
		item->group = group_of(standing.rank->group, row, item->colour);
	return true;
}

/* What ASK asks for every day, without a record. */
static bool agenda_daily(struct world *world, const struct rule *ask, struct need_item *item)
{
	unsigned answered = 0;
	struct standing standing = {.rank = NULL};

	world->turns = INT64_MAX;
	if (ask_every(world, ask))
		standing = standing_of_day(world, ask, &answered);
	if (!standing.rank)
		return false;
	*item = (struct need_item){.ask = ask,
		.answered = answered,
		.colour = COLOURS,
		.kind = kind_of(ask->answer),
		.state = -1,
		.area = store_area(world->store),
		.turns = world->turns};
	stand(item, &standing);
	item->event = standing.event;
	return true;
}

void agenda_add(struct agenda *agenda, const struct need_item *item)
{
	agenda->on = array_more(agenda->on, agenda->count, &agenda->room, sizeof *agenda->on);
	agenda->on[agenda->count++] = *item;
}

/* All of it is judged again, or nothing. */
void agenda_judge_daily(struct agenda *agenda, struct world *world)
{
	unsigned count;
	const struct rule *ask = rules_rows(RULE_ASK, &count);
	struct need_item item;

	agenda->daily_turns = INT64_MAX;
	for (unsigned n = 0; n < count; n++) {
		if (agenda_daily(world, &ask[n], &item))
			agenda_add(agenda, &item);
		if (world->turns < agenda->daily_turns)
			agenda->daily_turns = world->turns;
	}
}

/* The order of rank rows; inside one the colour, what is left, the newest. */
int agenda_order(const void *a, const void *b)
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
	if (x->stamp != y->stamp)
		return x->stamp > y->stamp ? -1 : 1;
	if (x->ref.site != y->ref.site)
		return x->ref.site < y->ref.site ? -1 : 1;
	return (x->ref.seq > y->ref.seq) - (x->ref.seq < y->ref.seq);
}
