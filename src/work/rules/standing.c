/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record needs here, and where on home that puts it.
 */
#include "work/rules.h"

#include <string.h>

#include "base/text.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/callees.h"

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* Only one of the copies that a record has on different roads stands on lists. */
static bool hidden_copy(struct world *world, const struct row *row)
{
	return has_copies(row->kind) && !same(warning_shown(world->store, row->ref), row->ref);
}

/* What lies above or beside is for those there, but for what is sent down to everybody. */
static bool concerns(struct world *world, const struct row *row)
{
	return row->kind->flags & K_TO_ALL || store_within(world->store, row->area);
}

static bool row_is(const struct row *row, unsigned tag, const char *code)
{
	const struct value *value = row_value(row, tag);
	return value && bytes_equal(value->text, bytes_text(code));
}

bool warning_in_force(const struct world *world, const struct row *row)
{
	const struct value *areas;
	if (row->kind->id != KIND_warning || row->state != warning_is_active ||
		row_is(row, warning_msgtype, "cancel") || row_over(world, row))
		return false;
	areas = row_value(row, warning_areas);
	return !areas || area_reach(areas->text, store_area(world->store)) != AREA_ELSEWHERE;
}

/* Is somebody called by now for what RULE wants, which has been owed since FROM? */
static bool escalated(
	struct world *world, const struct rule *rule, const struct record *record, int64_t from)
{
	const struct rule *row = rule ? escalate_of(rule) : NULL;
	return row && from &&
	       rules_past(&world->around, rule_until(from, &row->after, record, &world->around));
}

static struct needed needed_here(
	struct world *world, const struct row *row, const struct record *record)
{
	struct needed needed = {NEED_NONE, 0, NULL, true};
	int64_t until;
	const struct rule *ask = ask_open(world, row, &until);
	if (ask)
		return (struct needed){NEED_SIGN, until, ask, true};
	needed = rules_need(record, &world->around);
	/* A row that wants a signature beside what is asked is content with the same answer. */
	if (needed.need == NEED_SIGN && ask_answered(world, row))
		needed = (struct needed){NEED_NONE, 0, NULL, true};
	/* Said to be done here, it waits for who gave it. */
	if ((needed.need == NEED_DUE || needed.need == NEED_OVERDUE) && ask_done(world, row))
		needed = (struct needed){NEED_NONE, 0, NULL, true};
	/* Who only received it has nothing to end or to update. */
	if (row->kind->flags & K_TO_ALL && !needed.mine)
		needed = (struct needed){NEED_NONE, 0, NULL, true};
	return needed;
}

/* Places below that have not said that it is done; until when they were to, a row `due` says. */
static bool undone_below(struct world *world, const struct row *row, const struct asked *asked,
	struct standing *standing)
{
	struct record record;

	row_record(row, &record);
	struct needed needed = rules_need(&record, &world->around);
	if (!asked->undone || (needed.need != NEED_DUE && needed.need != NEED_OVERDUE))
		return false;
	standing->needed = needed;
	standing->needed.mine = true;
	standing->owing = asked->undone;
	standing->since = needed.until;
	standing->force = false;
	return true;
}

/* Places below that owe an answer to it, when a row of home asks for those. */
static bool owed_below(struct world *world, const struct rule *rank, const struct row *row,
	struct standing *standing)
{
	const struct rule *ask = rules_named(RULE_ASK, rank->asked);
	struct arena arena = {0};
	struct asked asked = {.count = 0};
	struct fault fault;
	bool loaded = ask && store_station(world->store)->level > LEVEL_VILLAGE &&
		      ask_asks(world, ask, row) &&
		      asked_load(&asked, world, ask, row, &arena, &fault) == RC_OK;
	bool owed = loaded && (rank->undone ? undone_below(world, row, &asked, standing)
					    : asked.answered < asked.count);

	if (owed && !rank->undone) {
		standing->needed = (struct needed){NEED_SILENT, asked.until, ask, true};
		standing->owing = asked.count - asked.answered;
		standing->since = asked.from;
		standing->force = false;
	}
	arena_release(&arena);
	return owed;
}

static bool places(struct world *world, const struct rule *rank, const struct row *row,
	struct standing *standing, const struct record *record)
{
	struct standing found = *standing;
	/* Who has answered, or asks himself, looks after those below. */
	bool wanted =
		rank->asked ? found.needed.need != NEED_SIGN && owed_below(world, rank, row, &found)
		: rank->force ? found.force && !found.needed.need
			      : found.needed.need && rank->needs >> found.needed.need & 1;
	struct matter matter = {.record = record,
		.around = &world->around,
		.until = found.needed.until,
		.late = found.needed.until && world->around.now >= found.needed.until,
		.mine = found.needed.mine,
		.answered = wanted && rule_speaks(rank, RULE_ANSWERED) && ask_answered(world, row),
		.escalated = wanted && rule_speaks(rank, RULE_ESCALATED) &&
			     escalated(world, found.needed.rule, record,
				     found.owing ? found.since : found.needed.until)};
	if (!wanted || !rule_holds(rank, &matter))
		return false;
	*standing = found;
	standing->rank = rank;
	return true;
}

struct standing standing_of(struct world *world, const struct row *row)
{
	struct standing standing = {.needed = {.mine = true}};
	struct record record;
	unsigned count;
	const struct rule *rank = rules_rows(RULE_RANK, &count);
	if (!concerns(world, row) || hidden_copy(world, row))
		return standing;
	row_record(row, &record);
	standing.needed = needed_here(world, row, &record);
	/* Answered, but people must still live with it: it stays in sight until it is over. */
	standing.force = standing.needed.need != NEED_SIGN && warning_in_force(world, row);
	for (unsigned n = 0; n < count && !standing.rank; n++)
		if (rule_fits(&rank[n], row->kind->id, row->state))
			places(world, &rank[n], row, &standing, &record);
	return standing;
}

/* What this place owes is its own to do; what those below owe is watched. */
static void owed_today(
	struct world *world, const struct rule *rule, struct standing *standing, unsigned *answered)
{
	struct arena arena = {0};
	struct asked asked = {.count = 0};
	struct fault fault;
	uint64_t own = store_area(world->store);
	bool mine = false;
	if (asked_load(&asked, world, rule, NULL, &arena, &fault) == RC_OK)
		for (unsigned n = 0; n < asked.count; n++)
			mine |= !asked.places[n].answered && asked.places[n].area == own;
	*answered = asked.answered;
	standing->event = asked.event;
	standing->owing = mine ? 0 : asked.count - asked.answered;
	bool late = rules_past(&world->around, asked.until);
	if (mine || standing->owing)
		standing->needed = (struct needed){!mine  ? NEED_SILENT
						   : late ? NEED_OVERDUE
							  : NEED_DUE,
			asked.until, rule, mine};
	arena_release(&arena);
}

struct standing standing_of_day(struct world *world, const struct rule *rule, unsigned *answered)
{
	struct standing standing = {.needed = {.mine = true}};
	static const struct record none;
	unsigned count;
	const struct rule *rank = rules_rows(RULE_RANK, &count);
	owed_today(world, rule, &standing, answered);
	const struct matter matter = {.record = &none,
		.around = &world->around,
		.until = standing.needed.until,
		.late = world->around.now >= standing.needed.until,
		.mine = standing.needed.mine,
		.escalated = escalated(world, rule, &none, standing.needed.until)};
	for (unsigned n = 0; n < count && standing.needed.need && !standing.rank; n++)
		if (rank[n].asked && !strcmp(rank[n].asked, rule->name) &&
			rule_holds(&rank[n], &matter))
			standing.rank = &rank[n];
	return standing;
}

const char *needed_text(const struct needed *needed)
{
	if (!needed->rule)
		return "";
	if (needed->rule->word != RULE_ASK)
		return rule_text(needed->rule);
	if (needed->rule->event)
		return _("下面报了灾情，本级还没有报");
	if (needed->rule->every && needed->mine)
		return _("今天还没有报");
	return needed->need == NEED_SIGN ? _("本站还没有签收") : _("下面还有没答复的");
}
