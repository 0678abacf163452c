/* SPDX-License-Identifier: GPL-3.0-or-later
 * Does this place owe a report of its own? It does once places below have reported of an event,
 * until it has reported of the same sort of disaster; the time runs from the event.
 */
#include "work/rules/internal.h"

#include <string.h>

#include "base/when.h"
#include "model/kinds.h"

enum { EVENT_DAYS = 10, EVENTS = 9 };

struct event {
	struct bytes code; /* in the arena */
	struct ref ref;    /* the report that says the earliest time */
	int64_t from;
	bool own;
};

struct seeing {
	struct world *world;
	struct arena *arena;
	struct event events[EVENTS];
	unsigned count;
	int64_t since;
};

static bool is_stage(const struct row *row, const char *stage)
{
	const struct value *value = row_value(row, report_stage);
	return value && bytes_equal(value->text, bytes_text(stage));
}

static struct event *event_of(struct seeing *to, struct bytes code)
{
	for (unsigned n = 0; n < to->count; n++)
		if (bytes_equal(to->events[n].code, code))
			return &to->events[n];
	if (to->count == EVENTS)
		return NULL;
	struct event *event = &to->events[to->count++];
	*event = (struct event){.code = arena_bytes(to->arena, code), .from = INT64_MAX};
	return event;
}

/* The newest come first; a clock may be some hours wrong. */
static bool see_report(const struct row *row, void *to)
{
	struct seeing *seeing = to;
	const struct value *code = row_value(row, report_event),
			   *time = row_value(row, report_time);
	int64_t from = time && time->num ? time->num : row->at;
	if (row->at < seeing->since)
		return row->at >= seeing->since - DAY_SECONDS;
	(void)!rules_past(
		&seeing->world->around, seeing->world->around.now + row->at - seeing->since + 1);
	if (!code || row_void(row) || is_stage(row, "zero") || is_stage(row, "withdraw") ||
		!store_within(seeing->world->store, row->area))
		return true;
	struct event *event = event_of(seeing, code->text);
	if (event && row->area == store_area(seeing->world->store)) {
		event->own = true;
	} else if (event && from < event->from) {
		event->from = from;
		event->ref = row->ref;
	}
	return true;
}

enum rc asked_event(struct asked *asked, struct world *world, const struct rule *rule,
	struct arena *arena, struct fault *fault)
{
	static const struct record none;
	struct seeing seeing = {.world = world, .arena = arena};
	struct query query = query_all(KIND_report);
	const struct event *first = NULL;
	seeing.since =
		world->around.now - rules_limit("report.event.days", EVENT_DAYS) * DAY_SECONDS;
	*asked = (struct asked){.median = -1, .ninety = -1};
	enum rc rc = store_each(world->store, &query, see_report, &seeing, fault);
	for (unsigned n = 0; n < seeing.count && !rc; n++) {
		const struct event *event = &seeing.events[n];
		if (!event->own && event->ref.seq && (!first || event->from < first->from))
			first = event;
	}
	if (!first)
		return rc;
	asked->places = arena_get(arena, sizeof *asked->places);
	asked->from = first->from;
	asked->until = rule_until(first->from, &rule->within, &none, &world->around);
	asked->event = first->ref;
	asked->places[asked->count++] = (struct asked_place){
		.area = store_area(world->store), .late = world->around.now > asked->until};
	return RC_OK;
}
