/* SPDX-License-Identifier: GPL-3.0-or-later
 * People by post: through the registers of people, today's roster, and the record that is called
 * about.
 */
#include "work/callees.h"
#include "work/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

struct finding {
	struct callees *callees;
	struct world *world;
	struct arena *arena;
	const struct post *post;
	const char *way;
	uint64_t area;
	const struct row *row;
	struct ref deputy; /* of the first that was found */
	unsigned found, most;
	size_t room;
};

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

static const char *field_text(struct finding *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->world->store, row, tag, true, to->arena);
}

/* Nobody stands in the list twice by the same means, whatever posts he has. */
static void add(struct finding *to, const struct callee *callee)
{
	struct callees *callees = to->callees;

	for (unsigned n = 0; n < callees->count; n++)
		if (!strcmp(callees->list[n].way, to->way) &&
			(callee->person.seq ? same(callees->list[n].person, callee->person)
					    : !strcmp(callees->list[n].name, callee->name)))
			return;
	callees->list = array_more_in(
		to->arena, callees->list, callees->count, &to->room, sizeof *callees->list);
	callees->list[callees->count] = *callee;
	callees->list[callees->count++].way = to->way;
}

static void add_person(struct finding *to, const struct row *row)
{
	const struct callee callee = {to->post, row->ref, field_text(to, row, person_name),
		field_text(to, row, person_post), field_text(to, row, person_phone), row->area,
		to->way};

	add(to, &callee);
}

static enum rc add_ref(struct finding *to, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(to->world->store, ref, &arena, &row, fault);

	/* Nobody is to call himself. */
	bool himself = to->world->user && world_is_person(to->world, ref);
	if (!rc && row.kind->id == KIND_person && row.state == person_is_active && !himself)
		add_person(to, &row);
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

/* A field that names a person, by record or in words. */
static enum rc add_value(struct finding *to, const struct value *value, struct fault *fault)
{
	struct ref ref;

	if (!value)
		return RC_OK;
	if (value->wire == WIRE_BYTES)
		return ref_take(value->text, &ref) ? add_ref(to, ref, fault) : RC_OK;
	const struct callee callee = {to->post, {0, 0},
		(const char *)arena_bytes(to->arena, value->text).at, "", "", to->area, to->way};
	const struct name_query query = {
		KIND_person, value->text, store_area(to->world->store), false};
	struct bearers who = {0};
	enum rc rc = store_bearers(to->world->store, &query, &who, fault);

	if (!rc && who.count == 1)
		return add_ref(to, who.at[0], fault);
	add(to, &callee);
	return rc;
}

/* ---- the watch of the station above: a contact there, of a group that is named so */

/* zh: how lists of contacts call that group, as 县值班 */
static const char watch_group[] = "值班";

struct seeking {
	struct finding *finding;
	struct bytes above, own; /* names of places: a duty room of the own one is not above */
	const char *phone;
};

static bool see_contact(const struct row *row, void *to)
{
	struct seeking *seeking = to;
	const struct value *org = row_value(row, contact_org),
			   *group = row_value(row, contact_group);

	if (!org || !group || !seeking->above.len ||
		!memmem(org->text.at, org->text.len, seeking->above.at, seeking->above.len) ||
		(seeking->own.len &&
			memmem(org->text.at, org->text.len, seeking->own.at, seeking->own.len)) ||
		!memmem(group->text.at, group->text.len, watch_group, strlen(watch_group)))
		return true;
	seeking->phone = field_text(seeking->finding, row, contact_phone);
	return false;
}

/* ---- by role */

static bool see_person(const struct row *row, void *to)
{
	struct finding *finding = to;
	const struct value *deputy = row_value(row, person_deputy);

	if (row->area != finding->area)
		return true;
	if (!finding->found && deputy && deputy->wire == WIRE_BYTES)
		(void)!ref_take(deputy->text, &finding->deputy);
	if (finding->found++ == 0 || finding->most > 1)
		add_person(finding, row);
	return finding->found < finding->most;
}

static enum rc by_role(struct finding *to, uint64_t area, unsigned most, struct fault *fault)
{
	struct query query = query_all(KIND_person);
	uint64_t own = to->area;

	query.filters[0] = (struct filter){
		.tag = person_role, .how = '=', .value = value_text(to->post->code)};
	query.filter_count = 1;
	query.state = person_is_active;
	query.area = area;
	to->area = area;
	to->found = 0;
	to->most = most;
	enum rc rc = store_each(to->world->store, &query, see_person, to, fault);
	to->area = own;
	return rc;
}

/* The deputy whom the first one names; else the second of that role. */
static enum rc by_deputy(struct finding *to, struct fault *fault)
{
	enum { FIRST_TWO = 2 };
	struct finding first = *to;
	struct callees none = {.arena = to->arena};
	enum rc rc;

	first.callees = &none;
	first.room = 0;
	rc = by_role(&first, to->area, FIRST_TWO, fault);
	if (!rc && first.deputy.seq)
		return add_ref(to, first.deputy, fault);
	if (!rc && none.count == FIRST_TWO)
		add(to, &none.list[1]);
	return rc;
}

/* The village next to it in the list of the township. */
static uint64_t neighbour_of(uint64_t area)
{
	uint64_t at = 0, before = 0;
	struct bytes name;

	while (area_each(area_above(area), &at, &name)) {
		if (before == area)
			return at;
		if (at == area && before)
			return before;
		before = at;
	}
	return 0;
}

/* ---- by roster */

/* Who is on watch in the place that is called: his post there is what he is called by, and where
 * nobody knows his own number, one of the day's rosters may have that of the watch. */
static void name_there(struct finding *to, const struct row *row, const struct field *field)
{
	const char *name = field_text(to, row, field->tag);
	const char *phone = field_text(to, row, roster_phone);
	struct callees *callees = to->callees;

	if (*name && *phone)
		add(to, &(struct callee){
				.post = to->post, .name = name, .phone = "", .area = to->area});
	for (unsigned n = 0; n < callees->count; n++) {
		struct callee *callee = &callees->list[n];

		if (strcmp(callee->name, name) != 0)
			continue;
		callee->title = _(field->label);
		if (!*callee->phone)
			callee->phone = phone;
	}
}

static bool see_roster(const struct row *row, void *to)
{
	struct finding *finding = to;
	const struct field *field = field_named(row->kind, finding->post->code);
	struct fault fault;

	if (!field || row->area != finding->area)
		return true;
	(void)add_value(finding, row_value(row, field->tag), &fault);
	if (finding->post->how == POST_THERE)
		name_there(finding, row, field);
	return true;
}

/* Who is on the roster of AREA now. */
static enum rc by_roster(struct finding *to, uint64_t area, struct fault *fault)
{
	struct query query = query_all(KIND_roster);
	uint64_t own = to->area;

	query.filters[0] = (struct filter){.tag = roster_date,
		.how = '=',
		.value = value_num(watch_day(to->world->around.now))};
	query.filter_count = 1;
	to->area = area;
	enum rc rc = store_each(to->world->store, &query, see_roster, to, fault);
	to->area = own;
	return rc;
}

/* Who is on the watch there by the roster that it sent down, and the number of the watch; a list of
 * contacts says only the number. */
static enum rc add_above(struct finding *to, struct fault *fault)
{
	struct store *store = to->world->store;
	uint64_t above = area_above(store_station(store)->area);
	struct callees watch = {.arena = to->arena};
	struct finding there = *to;
	struct seeking seeking = {to, {0}, {0}, ""};
	struct query query = query_all(KIND_contact);
	const char *phone = "", *name = "";

	there.callees = &watch;
	there.room = 0;
	there.post = post_named("there.officer");
	enum rc rc = by_roster(&there, above, fault);
	for (unsigned n = 0; n < watch.count && !*phone; n++) {
		phone = watch.list[n].phone;
		name = watch.list[n].name;
	}
	(void)area_name(above, &seeking.above);
	(void)area_name(store_station(store)->area, &seeking.own);
	if (!rc && !*phone)
		rc = store_each(store, &query, see_contact, &seeking, fault);
	add(to, &(struct callee){to->post, {0, 0}, _("上级值班室"), *phone ? name : "",
			*phone ? phone : seeking.phone, above, to->way});
	return rc;
}

static enum rc by_post(struct finding *to, struct fault *fault)
{
	enum { ALL = 4 };
	const struct field *field;

	switch (to->post->how) {
	case POST_ROLE:
		/* A cadre has several villages, and lies in the township. */
		if (!strcmp(to->post->name, "cadre"))
			return by_role(to, area_above(to->area), ALL, fault);
		return by_role(to, to->area, 1, fault);
	case POST_DEPUTY:
		return by_deputy(to, fault);
	case POST_NEIGHBOUR:
		return by_role(to, neighbour_of(to->area), 1, fault);
	case POST_FIELD:
		field = to->row ? field_named(to->row->kind, to->post->code) : NULL;
		return field ? add_value(to, row_value(to->row, field->tag), fault) : RC_OK;
	case POST_ROSTER:
		return by_roster(to, store_station(to->world->store)->area, fault);
	case POST_THERE:
		return by_roster(to, to->area, fault);
	case POST_UP:
		break;
	}
	return add_above(to, fault);
}

enum rc callees_of(struct callees *callees, struct world *world, const struct rule *who,
	uint64_t area, const struct row *row, struct fault *fault)
{
	struct finding finding = {.callees = callees,
		.world = world,
		.arena = callees->arena,
		.area = area,
		.row = row};
	enum rc rc = RC_OK;

	for (unsigned n = 0; n < who->posts && !rc; n++) {
		finding.post = post_named(who->post[n]);
		finding.way = who->way[n];
		finding.deputy = (struct ref){0, 0};
		rc = by_post(&finding, fault);
	}
	return rc;
}

/* ---- calls so far */

struct listing {
	struct calls *calls;
	uint64_t area;
	size_t room;
};

static bool see_call(const struct row *row, void *to)
{
	struct listing *listing = to;
	struct calls *calls = listing->calls;
	const struct value *callee = row_value(row, call_callee),
			   *result = row_value(row, call_result);
	struct call_made made = {.result = "", .at = row->at, .nth = row->ref.seq};

	if (row->area != listing->area || row_void(row))
		return true;
	if (callee && callee->wire == WIRE_BYTES)
		(void)!ref_take(callee->text, &made.callee);
	if (result)
		made.result = (const char *)arena_bytes(calls->arena, result->text).at;
	calls->made = array_more_in(
		calls->arena, calls->made, calls->count, &listing->room, sizeof *calls->made);
	calls->made[calls->count++] = made;
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct call_made *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->nth > y->nth) - (x->nth < y->nth);
}

enum rc calls_made(struct calls *calls, struct store *store, const struct row *row, uint64_t area,
	struct fault *fault)
{
	struct listing listing = {.calls = calls, .area = area};
	struct query query = query_all(KIND_call);

	query.parent = row->ref;
	enum rc rc = store_each(store, &query, see_call, &listing, fault);
	if (calls->count)
		qsort(calls->made, calls->count, sizeof *calls->made, by_time);
	return rc;
}

/* ---- who is next */

const struct rule *escalate_of(const struct rule *ask)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_ESCALATE, &count);

	for (unsigned n = 0; n < count; n++)
		if (ask->word == RULE_ASK
				? !rules[n].of_need && !strcmp(rules[n].name, ask->name)
				: rules[n].of_need == ask->need && rules[n].kind == ask->kind)
			return &rules[n];
	return NULL;
}

bool callee_within_reach(const struct callee *callee)
{
	static const char *const dialled[] = {"phone", "sms", "satphone"};
	bool number = false;

	for (size_t n = 0; n < countof(dialled); n++)
		number |= !strcmp(dialled[n], callee->way);
	return !number || *callee->phone;
}

enum outcome { OUT_OTHER, OUT_ANSWERED, OUT_AGAIN, OUT_NEXT, OUT_TOLD, OUT_ABOVE };

static enum outcome outcome_of(const char *result)
{
	static const struct {
		const char *code;
		enum outcome outcome;
	} outcomes[] = {{"answered", OUT_ANSWERED}, {"none", OUT_AGAIN}, {"busy", OUT_AGAIN},
		{"off", OUT_NEXT}, {"wrong", OUT_NEXT}, {"told", OUT_TOLD}};

	for (size_t n = 0; n < countof(outcomes); n++)
		if (!strcmp(outcomes[n].code, result))
			return outcomes[n].outcome;
	return OUT_OTHER;
}

bool callee_answers(const struct callee *callee)
{
	return !callee->post ||
	       (callee->post->how != POST_NEIGHBOUR && callee->post->how != POST_UP);
}

/* Somebody took it: what that comes to depends on who it was. */
static enum outcome taken_by(const struct callees *callees, struct ref callee)
{
	for (unsigned n = 0; n < callees->count; n++)
		if (same(callees->list[n].person, callee) && !callee_answers(&callees->list[n]))
			return callees->list[n].post->how == POST_UP ? OUT_ABOVE : OUT_TOLD;
	return OUT_ANSWERED;
}

struct next_call call_next(const struct rule *rule, const struct callees *callees,
	const struct calls *calls, int64_t asked)
{
	enum { AGAIN = 5 * 60, TOLD = 10 * 60, TRIES = 2 };
	int64_t again = rule && rule->again.seconds ? rule->again.seconds : AGAIN;
	struct next_call next = {.attempt = 1, .due = asked + (rule ? rule->after.seconds : 0)};

	for (unsigned n = 0; n < calls->count && !next.answered; n++) {
		enum outcome outcome = outcome_of(calls->made[n].result);
		bool his = next.who < callees->count &&
			   same(calls->made[n].callee, callees->list[next.who].person);

		if (outcome == OUT_ANSWERED)
			outcome = taken_by(callees, calls->made[n].callee);
		next.answered = outcome == OUT_ANSWERED;
		if (outcome == OUT_ABOVE) {
			next.above = true;
			next.who = callees->count;
			next.due = calls->made[n].at;
		} else if (outcome == OUT_TOLD) {
			next.due = calls->made[n].at + TOLD;
		} else if (outcome == OUT_NEXT || (outcome == OUT_AGAIN && next.attempt >= TRIES)) {
			next.who += his;
			next.attempt = his ? 1 : next.attempt;
			next.due = calls->made[n].at;
		} else if (outcome == OUT_AGAIN) {
			next.attempt += his;
			next.due = calls->made[n].at + again;
		}
	}
	return next;
}
