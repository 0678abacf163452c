/* SPDX-License-Identifier: GPL-3.0-or-later
 * An incident, until it has been told and written: its limits, its callees, its card.
 */
#include "work/incident.h"

#include <string.h>

#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/db.h"
#include "work/watch.h"
#include "work/writing.h"

/* ---- until when */

/* What RULE wants of this station; INCIDENT_DUTIES: nothing, for it is another's. */
static enum incident_duty duty_of(
	struct world *world, const struct rule *rule, const struct record *record)
{
	if (!world->around.mine(world, record, rule->by))
		return INCIDENT_DUTIES;
	if (!rule_fits(rule, KIND_incident, incident_is_received))
		return INCIDENT_WRITE;
	return rule->by && !strcmp(rule->by, "watch") ? INCIDENT_TELL : INCIDENT_RESPOND;
}

/* WORLD is nobody's in particular: who looks at it need not have the watch. */
static void find_limits(
	struct incident_limits *limits, struct world *world, const struct record *record)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_NEED, &count);
	const struct matter matter = {.record = record, .around = &world->around};

	*limits = (struct incident_limits){{0}};
	for (unsigned n = 0; n < count; n++) {
		const struct rule *rule = &rules[n];
		bool now = rule_fits(rule, KIND_incident, record->state);
		bool later = record->state == incident_is_received &&
			     rule_fits(rule, KIND_incident, incident_is_handling);

		if (rule->need != NEED_DUE || rule->kind != KIND_incident ||
			rule->from != FROM_AT || (!now && !later) || !rule_holds(rule, &matter))
			continue;
		enum incident_duty duty = duty_of(world, rule, record);
		int64_t until = rule_until(record->at, &rule->plus, record, &world->around);
		if (duty < INCIDENT_DUTIES && (!limits->until[duty] || until < limits->until[duty]))
			limits->until[duty] = until;
	}
}

enum incident_duty incident_next(const struct incident_limits *limits)
{
	enum incident_duty first = INCIDENT_DUTIES;

	for (unsigned n = 0; n < INCIDENT_DUTIES; n++)
		if (limits->until[n] &&
			(first == INCIDENT_DUTIES || limits->until[n] < limits->until[first]))
			first = n;
	return first;
}

void incident_limits_new(struct incident_limits *limits, struct world *world, int64_t at)
{
	const struct record record = {.kind = kind_of(KIND_incident),
		.kind_id = KIND_incident,
		.site = store_station(world->store)->site,
		.by_site = store_station(world->store)->site,
		.area = store_area(world->store),
		.state = incident_is_received,
		.at = at};

	find_limits(limits, world, &record);
}

struct looking {
	struct world *world;
	struct ref wanted;
	struct incident_running *nearest;
	int64_t until; /* its next limit */
};

static bool see_running(const struct row *row, void *to)
{
	struct looking *looking = to;
	struct incident_running found = {.ref = row->ref};
	bool wanted = row->ref.site == looking->wanted.site && row->ref.seq == looking->wanted.seq;
	struct record record;

	if (!store_within(looking->world->store, row->area))
		return true;
	row_record(row, &record);
	find_limits(&found.limits, looking->world, &record);
	enum incident_duty duty = incident_next(&found.limits);
	int64_t next = duty < INCIDENT_DUTIES ? found.limits.until[duty] : 0;
	if (!next || (!wanted && looking->until && looking->until <= next))
		return true;
	*looking->nearest = found;
	looking->until = next;
	return !wanted;
}

enum rc incident_running(struct world *world, struct incident_running *running, struct fault *fault)
{
	struct looking looking = {.world = world, .wanted = running->ref, .nearest = running};
	struct query query = query_all(KIND_incident);

	*running = (struct incident_running){.ref = {0, 0}};
	query.state_flags = STATE_OPEN;
	return store_each(world->store, &query, see_running, &looking, fault);
}

/* ---- the card that fits: of that event, else of its group */

struct choosing {
	struct incident *incident;
	struct store *store;
	struct arena *arena;
	struct bytes event;
	unsigned fits;
};

static bool see_card(const struct row *row, void *to)
{
	enum { GROUP = 3, EXACT = 2 };
	struct choosing *choosing = to;
	const struct value *event = row_value(row, card_event);
	unsigned fits = 0;

	if (event && bytes_equal(event->text, choosing->event))
		fits = EXACT;
	else if (event && event->text.len >= GROUP && choosing->event.len >= GROUP)
		fits = !memcmp(event->text.at, choosing->event.at, GROUP);
	if (fits <= choosing->fits)
		return true;
	choosing->fits = fits;
	choosing->incident->card = row->ref;
	choosing->incident->title =
		row_field_text(choosing->store, row, card_title, true, choosing->arena);
	choosing->incident->sign =
		row_field_text(choosing->store, row, card_key, true, choosing->arena);
	choosing->incident->steps =
		row_field_text(choosing->store, row, card_text, true, choosing->arena);
	return true;
}

static enum rc choose_card(struct incident *incident, struct world *world, const struct row *row,
	struct arena *arena, struct fault *fault)
{
	const struct value *event = row_value(row, incident_event);
	struct choosing choosing = {.incident = incident, .store = world->store, .arena = arena};
	struct query query = query_all(KIND_card);

	if (!event)
		return RC_OK;
	choosing.event = event->text;
	query.order = card_code;
	return store_each(world->store, &query, see_card, &choosing, fault);
}

/* ---- who is called */

struct calling {
	struct incident *incident;
	struct store *store;
	struct arena *arena;
};

/* The newest come first. */
static bool see_call(const struct row *row, void *to)
{
	struct calling *calling = to;
	struct incident *incident = calling->incident;
	const char *name = row_field_text(calling->store, row, call_callee, true, calling->arena);

	for (unsigned n = 0; n < incident->callees.count && !row_void(row); n++)
		if (!strcmp(incident->callees.list[n].name, name) && !*incident->called[n])
			incident->called[n] = row_field_text(
				calling->store, row, call_result, true, calling->arena);
	return true;
}

static enum rc load_callees(struct incident *incident, struct world *world, const struct row *row,
	struct arena *arena, struct fault *fault)
{
	struct calling calling = {incident, world->store, arena};
	const struct rule *who = rules_named(RULE_WHO, "reported");
	struct query query = query_all(KIND_call);

	incident->callees = (struct callees){.arena = arena};
	enum rc rc =
		who ? callees_of(&incident->callees, world, who, row->area, row, fault) : RC_OK;
	incident->called = arena_get(arena, (incident->callees.count + 1) * sizeof(char *));
	for (unsigned n = 0; n < incident->callees.count; n++)
		incident->called[n] = "";
	query.parent = row->ref;
	return rc ? rc : store_each(world->store, &query, see_call, &calling, fault);
}

enum rc incident_load(struct incident *incident, struct world *world, struct ref ref,
	struct arena *arena, struct fault *fault)
{
	struct world nobodys;
	struct record record;
	struct row row;
	struct buf about = {0};
	char number[32];
	enum rc rc = store_row(world->store, ref, arena, &row, fault);

	if (rc)
		return rc;
	*incident = (struct incident){
		.ref = ref, .state = row.state, .title = "", .steps = "", .about = ""};
	store_number(world->store, ref, number);
	row_title(world->store, &row, &about);
	incident->number = arena_text(arena, number);
	incident->about = arena_text(arena, buf_cstr(&about));
	buf_release(&about);
	world_open(&nobodys, world->store, NULL, world->around.now);
	row_record(&row, &record);
	find_limits(&incident->limits, &nobodys, &record);
	rc = choose_card(incident, world, &row, arena, fault);
	return rc ? rc : load_callees(incident, world, &row, arena, fault);
}

/* ---- a call */

static enum rc write_call(const struct actor *actor, const struct incident *incident,
	const struct callee *callee, const char *result, struct fault *fault)
{
	struct change change;
	struct ref ref;

	change_new(&change, actor, kind_of(KIND_call), incident->ref);
	writing_person(&change, "callee", callee->person, callee->name);
	enum rc rc = writing_text(&change, "phone", callee->phone, fault);
	if (!rc)
		rc = writing_text(&change, "result", result, fault);
	return writing_end(&change, rc, &ref, fault);
}

static enum rc write_entry(const struct actor *actor, const struct incident *incident,
	const struct callee *callee, const char *result, struct fault *fault)
{
	struct buf text = {0};
	struct ref ref;

	buf_fmt(&text, "%s %s %s %s", incident->number, callee->title, callee->name,
		code_text("call_result", result));
	enum rc rc = watch_write(actor, "out", buf_cstr(&text), incident->ref, &ref, fault);
	buf_release(&text);
	return rc;
}

enum rc incident_call(const struct actor *actor, const struct incident *incident, unsigned n,
	const char *result, struct fault *fault)
{
	const struct callee *callee =
		n < incident->callees.count ? &incident->callees.list[n] : NULL;
	enum rc rc;

	if (!callee)
		return fault_set(fault, RC_BAD, "%s", _("没有这一位"));
	bool told = callee->post->how == POST_UP && !strcmp(result, "answered") &&
		    incident->state == incident_is_received;
	if ((rc = store_begin(actor->store, fault)))
		return rc;
	rc = write_call(actor, incident, callee, result, fault);
	if (!rc)
		rc = write_entry(actor, incident, callee, result, fault);
	if (!rc && told)
		rc = writing_step(actor, incident->ref, "told", callee->name, fault);
	return writing_all(actor->store, rc, fault);
}
