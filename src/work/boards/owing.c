/* SPDX-License-Identifier: GPL-3.0-or-later
 * The places that owe an answer to a record, and whom to call there now.
 */
#include "work/owing.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/peer.h"
#include "work/agenda.h"

struct loading {
	struct owing *owing;
	struct world *world;
	const struct row *row;
	struct arena *arena;
	const struct rule *escalate, *who;
};

const struct rule *owing_ask(struct world *world, const struct row *row)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_ASK, &count);

	for (unsigned n = 0; n < count; n++)
		if (ask_asks(world, &rules[n], row))
			return &rules[n];
	return NULL;
}

const struct rule *owing_asked(const struct row *row)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_ASK, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules[n].kind == row->kind->id)
			return &rules[n];
	return NULL;
}

int64_t owing_newest(const struct owing *owing)
{
	int64_t newest = owing->from;

	if (owing->over || owing->answered == owing->count)
		return 0;
	for (unsigned n = 0; n < owing->count; n++) {
		const struct owing_place *place = &owing->places[n];

		if (place->at > newest)
			newest = place->at;
		if (place->called > newest)
			newest = place->called;
	}
	return newest;
}

const char *owing_unit(const struct owing *owing)
{
	if (owing->count && area_level(owing->places[0].area) > LEVEL_VILLAGE)
		return words_english() && owing->count == 1 ? _("一处") : _("处");
	return words_english() && owing->count != 1 ? _("各村") : _("村");
}

const struct callee *owing_callee(const struct owing_place *place)
{
	return place->next.who < place->callees.count ? &place->callees.list[place->next.who]
						      : NULL;
}

static struct owing_place *place_of(struct owing *owing, uint64_t area)
{
	for (unsigned n = 0; n < owing->count; n++)
		if (owing->places[n].area == area)
			return &owing->places[n];
	return NULL;
}

/* ---- has it come there? */

struct holding {
	struct store *store;
	struct ref rec;
	void (*fn)(void *to, uint64_t area);
	void *to;
};

static bool see_site(const struct site *site, void *to)
{
	struct holding *holding = to;

	if (!site->revoked && !site->ended && below_holds(holding->store, site, holding->rec))
		holding->fn(holding->to, site->area);
	return true;
}

enum rc owing_sites(struct store *store, struct ref rec, void (*fn)(void *to, uint64_t area),
	void *to, struct fault *fault)
{
	struct holding holding = {store, rec, fn, to};

	return log_sites(store_log(store), see_site, &holding, fault);
}

static void came_to(void *to, uint64_t area)
{
	struct owing_place *place = place_of(((struct loading *)to)->owing, area);

	if (place)
		place->delivered = true;
}

/* ---- who is in danger there? */

static bool see_point(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct owing_place *place = place_of(loading->owing, row->area);
	const struct value *people = row_value(row, point_people);

	if (place && people)
		place->threatened += people->num;
	return true;
}

/* ---- calls */

static enum rc look_at_calls(
	struct loading *loading, struct owing_place *place, struct fault *fault)
{
	struct calls calls = {.arena = loading->arena};
	enum rc rc = RC_OK;

	place->callees.arena = loading->arena;
	if (loading->who && !loading->owing->over)
		rc = callees_of(&place->callees, loading->world, loading->who, place->area,
			loading->row, fault);
	if (!rc)
		rc = calls_made(&calls, loading->world->store, loading->row, place->area, fault);
	if (rc)
		return rc;
	place->next = call_next(loading->escalate, &place->callees, &calls, loading->owing->from);
	place->calls = calls.count;
	place->result = calls.count ? calls.made[calls.count - 1].result : "";
	place->called = calls.count ? calls.made[calls.count - 1].at : 0;
	return RC_OK;
}

/* ---- all together */

static int by_urgency(const void *a, const void *b)
{
	const struct owing_place *x = a, *y = b;

	if (x->answered != y->answered)
		return x->answered ? 1 : -1;
	if (x->answered && x->at != y->at)
		return x->at > y->at ? -1 : 1;
	if (x->late != y->late)
		return x->late ? -1 : 1;
	if (x->delivered != y->delivered)
		return x->delivered ? 1 : -1;
	if (x->threatened != y->threatened)
		return x->threatened > y->threatened ? -1 : 1;
	return (x->area > y->area) - (x->area < y->area);
}

static void take_places(struct loading *loading, const struct asked *asked)
{
	struct owing *owing = loading->owing;

	owing->places = arena_get(loading->arena, (asked->count + 1) * sizeof *owing->places);
	for (unsigned n = 0; n < asked->count; n++) {
		const struct asked_place *place = &asked->places[n];

		if (place->area == store_area(loading->world->store))
			continue;
		owing->places[owing->count++] = (struct owing_place){.area = place->area,
			.answered = place->answered,
			.late = place->late,
			.read = place->read && !place->answered,
			.at = place->at,
			.answer = place->answer,
			.result = ""};
		owing->answered += place->answered;
	}
	owing->from = asked->from;
	owing->until = asked->until;
	owing->median = asked->median;
	owing->ninety = asked->ninety;
}

static void sum_up(struct owing *owing)
{
	for (unsigned n = 0; n < owing->count; n++) {
		const struct owing_place *place = &owing->places[n];

		if (place->answered)
			continue;
		*(place->delivered ? &owing->delivered : &owing->undelivered) += 1;
		*(place->calls ? &owing->tried : &owing->uncalled) += 1;
	}
	if (owing->count)
		qsort(owing->places, owing->count, sizeof *owing->places, by_urgency);
}

enum rc owing_load(struct owing *owing, struct world *world, const struct rule *ask,
	const struct row *row, struct arena *arena, struct fault *fault)
{
	*owing = (struct owing){.record = row->ref, .ask = ask, .over = row_over(world, row)};

	struct loading loading = {owing, world, row, arena, escalate_of(ask), NULL};
	struct query points = query_all(KIND_point);
	struct asked asked = {.count = 0};

	loading.who = rules_named(RULE_WHO, loading.escalate ? loading.escalate->who : "callees");
	enum rc rc = asked_load(&asked, world, ask, row, arena, fault);
	if (rc)
		return rc;
	take_places(&loading, &asked);
	points.state = point_is_watched;
	rc = owing_sites(world->store, row->ref, came_to, &loading, fault);
	if (!rc)
		rc = store_each(world->store, &points, see_point, &loading, fault);
	for (unsigned n = 0; n < owing->count && !rc; n++)
		rc = look_at_calls(&loading, &owing->places[n], fault);
	sum_up(owing);
	return rc;
}

/* ---- every record that asks */

struct finding {
	struct world *world;
	struct owed *owed;
};

static bool asks_below(struct world *world, const struct row *row)
{
	struct arena arena = {0};
	struct asked asked = {0};
	struct fault fault;
	const struct rule *ask = owing_ask(world, row);
	uint64_t own = store_area(world->store);
	bool asks = false;

	if (ask && asked_load(&asked, world, ask, row, &arena, &fault) == RC_OK)
		for (unsigned n = 0; n < asked.count; n++)
			asks |= asked.places[n].area != own;
	arena_release(&arena);
	return asks;
}

/* ---- lifted */

struct lifting {
	struct world *world;
	struct in_force *in_force;
};

static bool owed_below(struct world *world, const struct rule *ask, const struct row *row)
{
	struct arena arena = {0};
	struct asked asked = {0};
	struct fault fault;
	bool owed = asked_load(&asked, world, ask, row, &arena, &fault) == RC_OK &&
		    asked.answered < asked.count;

	arena_release(&arena);
	return owed;
}

static bool see_lifted(const struct row *row, void *to)
{
	struct lifting *lifting = to;
	struct in_force *in_force = lifting->in_force;
	struct ref shown = warning_shown(lifting->world->store, row->ref);
	const struct rule *ask = owing_ask(lifting->world, row);
	int64_t until;

	if (ask && shown.site == row->ref.site && shown.seq == row->ref.seq &&
		warning_reaches(row, store_area(lifting->world->store)) &&
		(ask_open(lifting->world, row, &until) || owed_below(lifting->world, ask, row)))
		in_force->at[in_force->count++] = row->ref;
	return in_force->count < IN_FORCE_MOST;
}

enum rc owing_lifted(struct in_force *in_force, struct world *world, struct fault *fault)
{
	enum { NEWEST = 50 };
	struct lifting lifting = {world, in_force};
	struct query query = query_all(KIND_warning);

	query.state = warning_is_cancelled;
	query.limit = NEWEST;
	return in_force->count < IN_FORCE_MOST
		       ? store_each(world->store, &query, see_lifted, &lifting, fault)
		       : RC_OK;
}

static bool see_record(const struct row *row, void *to)
{
	struct finding *finding = to;
	struct owed *owed = finding->owed;
	struct ref shown = row->kind->id == KIND_warning
				   ? warning_shown(finding->world->store, row->ref)
				   : row->ref;

	if (shown.site == row->ref.site && shown.seq == row->ref.seq && owed->count < OWED_MOST &&
		asks_below(finding->world, row))
		owed->at[owed->count++] = row->ref;
	return owed->count < OWED_MOST;
}

enum rc owed_load(struct owed *owed, const struct actor *actor, struct fault *fault)
{
	struct world world;
	struct finding finding = {&world, owed};
	unsigned count;
	const struct rule *rules = rules_rows(RULE_ASK, &count);
	enum rc rc = RC_OK;

	*owed = (struct owed){0};
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	for (unsigned n = 0; n < count && !rc; n++) {
		struct query query = query_all(rules[n].kind);
		bool before = false;

		for (unsigned m = 0; m < n; m++)
			before |= rules[m].kind == rules[n].kind;
		before |= rules[n].every;
		query.limit = 200;
		if (!before)
			rc = store_each(actor->store, &query, see_record, &finding, fault);
	}
	return rc;
}

struct deepening {
	struct world *world;
	struct owed_deeper *deeper;
};

static bool see_deeper(const struct row *row, void *to)
{
	struct deepening *deepening = to;
	struct owed_deeper *deeper = deepening->deeper;
	const struct rule *ask = owing_ask(deepening->world, row);
	struct arena arena = {0};
	struct asked asked = {0};
	struct fault fault;

	if (ask && !ask->every && !strcmp(ask->places, "villages") &&
		asked_villages(&asked, deepening->world, ask, row, &arena, &fault) == RC_OK &&
		asked.answered < asked.count)
		*deeper = (struct owed_deeper){row->ref, asked.count, asked.answered};
	arena_release(&arena);
	return !deeper->record.seq;
}

enum rc owed_deeper_load(struct owed_deeper *deeper, const struct actor *actor, struct fault *fault)
{
	enum { NEWEST = 20 };
	struct world world;
	struct deepening deepening = {&world, deeper};
	struct query query = query_all(KIND_rollcall);

	*deeper = (struct owed_deeper){.count = 0};
	world_open(&world, actor->store, actor->user, store_now(actor->store));
	query.state_flags = STATE_OPEN;
	query.limit = NEWEST;
	return store_each(actor->store, &query, see_deeper, &deepening, fault);
}
