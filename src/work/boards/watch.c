/* SPDX-License-Identifier: GPL-3.0-or-later
 * The roster of a day, and the log with what else belongs in it.
 */
#include "work/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/peer.h"

struct reading {
	struct store *store;
	struct arena *arena;
	struct roster *roster;
	struct watch_log *log;
	int64_t since;
	size_t room;
};

static const char *text_of(struct reading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->store, row, tag, true, to->arena);
}

/* ---- the roster */

static void take_post(
	struct reading *to, const struct row *row, unsigned tag, struct watch_post *post)
{
	const struct value *value = row_value(row, tag);
	struct arena arena = {0};
	struct fault fault;
	struct row person;

	if (!value || *post->name)
		return;
	post->name = text_of(to, row, tag);
	if (value->wire == WIRE_BYTES && ref_take(value->text, &post->person) &&
		store_row(to->store, post->person, &arena, &person, &fault) == RC_OK)
		post->phone = text_of(to, &person, person_phone);
	arena_release(&arena);
}

static bool see_roster(const struct row *row, void *to)
{
	struct reading *reading = to;
	struct roster *roster = reading->roster;

	if (row->area != store_area(reading->store))
		return true;
	take_post(reading, row, roster_head, &roster->head);
	take_post(reading, row, roster_leader, &roster->leader);
	take_post(reading, row, roster_leader_b, &roster->leader_b);
	if (roster->count == ROSTER_DESKS)
		return true;
	roster->desks[roster->count].desk = text_of(reading, row, roster_desk);
	roster->desks[roster->count].officer = (struct watch_post){{0, 0}, "", ""};
	roster->desks[roster->count].deputy = (struct watch_post){{0, 0}, "", ""};
	take_post(reading, row, roster_officer, &roster->desks[roster->count].officer);
	take_post(reading, row, roster_deputy, &roster->desks[roster->count].deputy);
	roster->count++;
	return true;
}

enum rc roster_load(struct roster *roster, struct store *store, int64_t date, struct arena *arena,
	struct fault *fault)
{
	static const struct watch_post nobody = {{0, 0}, "", ""};
	struct reading reading = {.store = store, .arena = arena, .roster = roster};
	struct query query = query_all(KIND_roster);

	*roster = (struct roster){.head = nobody, .leader = nobody, .leader_b = nobody};
	query.filters[0] =
		(struct filter){.tag = roster_date, .how = '=', .value = value_num(date)};
	query.filter_count = 1;
	return store_each(store, &query, see_roster, &reading, fault);
}

/* ---- the log: which fields of a kind its line is made of */

static const struct source {
	unsigned kind, what, from, text, done;
	const char *label; /* where no field says what it is; NULL: WHAT does */
} sources[] = {
	{KIND_duty, duty_type, duty_from, duty_text, duty_done, NULL},
	{KIND_incident, 0, incident_place, incident_text, incident_first_action, N_("接报")},
	{KIND_warning, 0, warning_issuer, warning_headline, 0, N_("预警")},
};

static const struct source *source_of(unsigned kind)
{
	for (size_t n = 0; n < countof(sources); n++)
		if (sources[n].kind == kind)
			return &sources[n];
	return NULL;
}

static bool see_line(const struct row *row, void *to)
{
	struct reading *reading = to;
	struct watch_log *log = reading->log;
	const struct source *source = source_of(row->kind->id);
	bool here = row->kind->flags & K_TO_ALL || store_within(reading->store, row->area);

	if (row_void(row) || !here || row->at < reading->since)
		return true;
	log->lines = array_more_in(
		reading->arena, log->lines, log->count, &reading->room, sizeof *log->lines);
	log->lines[log->count++] = (struct watch_line){row->ref, row->at,
		source->label ? _(source->label) : text_of(reading, row, source->what),
		text_of(reading, row, source->from), text_of(reading, row, source->text),
		source->done ? text_of(reading, row, source->done) : ""};
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct watch_line *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->ref.seq < y->ref.seq) - (x->ref.seq > y->ref.seq);
}

enum rc watch_log_load(
	struct watch_log *log, struct world *world, struct arena *arena, struct fault *fault)
{
	enum { DAY = 24 * 60 * 60, MOST = 200 };
	struct reading reading = {.store = world->store,
		.arena = arena,
		.log = log,
		.since = world->around.now - DAY};
	enum rc rc = RC_OK;

	*log = (struct watch_log){0};
	for (size_t n = 0; n < countof(sources) && !rc; n++) {
		struct query query = query_all(sources[n].kind);

		query.limit = MOST;
		rc = store_each(world->store, &query, see_line, &reading, fault);
	}
	if (log->count)
		qsort(log->lines, log->count, sizeof *log->lines, by_time);
	return rc;
}

const char *watch_weather(const struct watch_log *log)
{
	const char *label = code_text("duty_type", "weather");

	for (unsigned n = 0; n < log->count; n++)
		if (!strcmp(log->lines[n].what, label))
			return log->lines[n].text;
	return "";
}

/* ---- who is not heard */

struct listening {
	struct watch_silent *silent;
	struct store *store;
	int64_t now;
	struct buf names;
};

static bool see_site(const struct site *site, void *to)
{
	enum { QUIET = 15 * 60 };
	struct listening *at = to;
	int64_t heard = below_heard(at->store, site->site);
	struct bytes name = {0};

	if (site->above != store_station(at->store)->site || site->revoked || site->ended ||
		(heard && at->now - heard < QUIET))
		return true;
	at->silent->count++;
	if (heard && at->silent->longest < at->now - heard)
		at->silent->longest = at->now - heard;
	(void)area_name(site->area, &name);
	buf_text(&at->names, at->names.len ? " " : "");
	buf_put(&at->names, name.at, name.len);
	return true;
}

enum rc watch_silent_load(struct watch_silent *silent, struct store *store, int64_t now,
	struct arena *arena, struct fault *fault)
{
	struct listening at = {.silent = silent, .store = store, .now = now};

	*silent = (struct watch_silent){.names = ""};
	enum rc rc = log_sites(store_log(store), see_site, &at, fault);
	silent->names = arena_text(arena, buf_cstr(&at.names));
	buf_release(&at.names);
	return rc;
}

bool watch_hands_on(const struct need_item *item)
{
	return item->band <= BAND_TODAY && item->mine;
}
