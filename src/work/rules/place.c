/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one record needs, and its place among others on home; all records of a kind, or a first look
 * at a hundred thousand of them, some thousands at a time, so that a person sees what is most
 * urgent, and can press a key, before the last of them is judged.
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

/* Where ROW stands on home now, without a title; false: it does not. WORLD->turns, WORLD->asked:
 * until when that holds if no fact comes. */
static bool judge_row(struct world *world, const struct row *row, struct need_item *item)
{
	world->turns = INT64_MAX;
	world->asked = 0;
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
		.turns = world->turns,
		.asked = world->asked};
	stand(item, &standing);
	/* The days after which one without an end is not shown any more are no end of it. */
	if (item->in_force)
		item->until = row_value(row, warning_expires) ? row_end(row) : 0;
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

static void add_item(struct agenda *agenda, const struct need_item *item)
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
			add_item(agenda, &item);
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

/* ---- all of a kind */

void agenda_turns_at(int64_t *first, int64_t turns)
{
	*first = turns < *first ? turns : *first;
}

uint32_t agenda_asked_closed(const struct kind *kind)
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

bool agenda_judge(const struct row *row, void *to)
{
	struct agenda_round *looking = to;
	struct agenda *agenda = looking->agenda;
	struct need_item item;

	if (judge_row(looking->world, row, &item)) {
		add_item(agenda, &item);
	} else {
		agenda->off = array_more(
			agenda->off, agenda->off_count, &agenda->off_room, sizeof *agenda->off);
		agenda->off[agenda->off_count++] = (struct quiet){
			row->ref, looking->world->turns, row->kind, looking->world->asked};
	}
	agenda_turns_at(&agenda->turns, looking->world->turns);
	agenda->fresh++;
	return true;
}

uint32_t agenda_placed(const struct kind *kind)
{
	static const enum rule_word words[] = {RULE_NEED, RULE_ASK, RULE_RANK};
	uint32_t states = 0;

	for (size_t w = 0; w < countof(words); w++) {
		unsigned count;
		const struct rule *rule = rules_rows(words[w], &count);

		for (unsigned n = 0; n < count; n++) {
			bool says = words[w] == RULE_RANK  ? rule[n].force || rule[n].asked
				    : words[w] == RULE_ASK ? !rule[n].every
							   : true;

			if (says && (!rule[n].kind || rule[n].kind == kind->id))
				states |= kind->states[0].code ? rule[n].states : 1;
		}
	}
	return states;
}

static enum rc judge_over(
	struct agenda_round *looking, const struct kind *kind, struct fault *fault)
{
	enum { NEWEST = 200 };
	uint32_t states = agenda_asked_closed(kind);
	struct query query = query_all(kind->id);
	enum rc rc = RC_OK;

	query.limit = NEWEST;
	for (query.state = 0; states && !rc; query.state++, states >>= 1)
		if (states & 1)
			rc = store_each(
				looking->world->store, &query, agenda_judge, looking, fault);
	return rc;
}

enum rc agenda_judge_kind(
	struct agenda_round *looking, const struct kind *kind, struct fault *fault)
{
	enum rc rc = store_each_open(
		looking->world->store, kind, agenda_placed(kind), agenda_judge, looking, fault);

	return rc ? rc : judge_over(looking, kind, fault);
}

/* ---- in slices */

/* The Nth of the kinds by their lanes. */
static const struct kind *nth_kind(unsigned n)
{
	for (unsigned lane = 0; lane < LANES; lane++)
		for (unsigned k = 0; k < kinds_count; k++)
			if (kinds[k].lane == lane && !n--)
				return &kinds[k];
	return NULL;
}

/* The next records of a kind that has many, or all of one that has few. *LEFT: so many may still be
 * judged. */
static enum rc judge_next(
	struct agenda_round *looking, const struct kind *kind, unsigned *left, struct fault *fault)
{
	struct slices *slices = &looking->agenda->slices;
	struct store *store = looking->world->store;
	const struct open_rows open = {kind, agenda_placed(kind), *left};
	unsigned before = looking->agenda->count + looking->agenda->off_count;
	enum rc rc;

	if (!slices->place && !store_many_open(store, kind, open.states, *left)) {
		rc = agenda_judge_kind(looking, kind, fault);
		unsigned judged = looking->agenda->count + looking->agenda->off_count - before;
		*left -= judged < *left ? judged : *left;
		slices->kind++;
		return rc;
	}
	rc = store_some_open(store, &open, &slices->place, agenda_judge, looking, fault);
	*left = 0;
	if (!rc && slices->place == INT64_MAX) {
		rc = judge_over(looking, kind, fault);
		slices->kind++;
		slices->place = 0;
	}
	return rc;
}

enum rc agenda_slice(struct agenda_round *looking, unsigned slice, struct fault *fault)
{
	struct slices *slices = &looking->agenda->slices;
	const struct kind *kind = nth_kind(slices->kind);
	enum rc rc = RC_OK;

	for (unsigned left = slice; !rc && left && kind; kind = nth_kind(slices->kind))
		rc = judge_next(looking, kind, &left, fault);
	slices->on = kind != NULL;
	return rc;
}
