/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drills of this place as they are now.
 */
#include "work/drill.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/kinds.h"

enum { MINUTE = 60 };

struct loading {
	struct drills *drills;
	struct world *world;
	struct arena *arena;
	bool all;
	size_t rooms[4];
};

static const char *text_of(struct loading *to, const struct row *row, unsigned tag)
{
	return row_field_text(to->world->store, row, tag, true, to->arena);
}

static const char *title_of(struct loading *to, const struct row *row)
{
	struct buf title = {0};

	row_title(to->world->store, row, &title);
	const char *kept = arena_text(to->arena, buf_cstr(&title));
	buf_release(&title);
	return kept;
}

static int64_t num_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value ? value->num : 0;
}

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* ---- counters */

static bool is_in(const struct counted *counted, struct ref ref)
{
	for (unsigned n = 0; n < counted->count; n++)
		if (same(counted->records[n], ref))
			return true;
	return false;
}

/* Whose it is, where it is about a person; else what it is called. */
static const char *called(struct loading *to, const struct row *row)
{
	const struct field *person = field_named(row->kind, "person");

	return person && row_value(row, person->tag) ? text_of(to, row, person->tag)
						     : title_of(to, row);
}

/* What a share divides by and does not count. */
static enum rc load_lacks(struct loading *to, struct drill_count *at, struct fault *fault)
{
	enum { MOST = 200 };
	const struct counted *all = &at->figured.bottom;
	enum rc rc = RC_OK;

	at->lacks = arena_get(to->arena, MOST * sizeof *at->lacks);
	for (unsigned n = 0; n < all->count && at->lack_count < MOST && !rc; n++) {
		struct arena arena = {0};
		struct row row;

		if (is_in(&at->figured.top, all->records[n]))
			continue;
		rc = store_row(to->world->store, all->records[n], &arena, &row, fault);
		if (!rc)
			at->lacks[at->lack_count++] =
				(struct drill_lack){all->records[n], called(to, &row)};
		arena_release(&arena);
	}
	return rc;
}

static enum rc load_counts(struct loading *to, struct fault *fault)
{
	struct drills *drills = to->drills;
	const struct counting_of of = {
		.at = to->world->around.now, .area = store_area(to->world->store)};
	unsigned count;
	const struct rule *rules = rules_rows(RULE_FIGURE, &count);
	enum rc rc = RC_OK;

	drills->counts = arena_get(to->arena, (count + 1) * sizeof *drills->counts);
	for (unsigned n = 0; n < count && !rc; n++) {
		struct drill_count *at = &drills->counts[drills->count];

		if (!strchr(rules[n].on, 'E') || !figure_applies(to->world, &rules[n]))
			continue;
		*at = (struct drill_count){.rule = &rules[n], .planned = ""};
		rc = figure_load(&at->figured, to->world, &rules[n], &of, to->arena, fault);
		if (!rc && at->figured.known && !at->figured.met && rules[n].bottom)
			rc = load_lacks(to, at, fault);
		drills->count +=
			at->figured
				.known; /* where there is nothing to divide by nothing is asked */
	}
	return rc;
}

/* Will ROW, a drill that is planned, count for them once it is held? The state apart, of course. */
static void plan_for(struct loading *to, const struct row *row)
{
	struct record record;
	const struct matter matter = {
		.record = &record, .around = &to->world->around, .mine = true};

	row_record(row, &record);
	for (unsigned n = 0; n < to->drills->count; n++) {
		struct drill_count *at = &to->drills->counts[n];
		const struct rule *count =
			at->rule->top ? rules_named(RULE_COUNT, at->rule->top) : NULL;

		if (!count || count->kind != KIND_drill || at->figured.met || at->rule->apart ||
			(at->planned_at && at->planned_at <= num_of(row, drill_held_at)) ||
			!rule_holds(count, &matter))
			continue;
		at->planned_at = num_of(row, drill_held_at);
		at->planned = title_of(to, row);
	}
}

/* ---- drills that are not filed, and the one that goes on */

static bool see_drill(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct drills *drills = loading->drills;
	struct record record;

	if (row->area != store_area(loading->world->store) || same(row->ref, drills->running))
		return true;
	row_record(row, &record);
	drills->rows = array_more_in(loading->arena, drills->rows, drills->row_count,
		&loading->rooms[0], sizeof *drills->rows);
	drills->rows[drills->row_count++] = (struct drill_row){.ref = row->ref,
		.title = title_of(loading, row),
		.state = row->state,
		.at = num_of(row, drill_held_at),
		.until = rules_need(&record, &loading->world->around).until};
	if (row->state == drill_is_planned)
		plan_for(loading, row);
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct drill_row *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static enum rc load_running(struct loading *to, struct fault *fault)
{
	struct drills *drills = to->drills;
	struct row row;

	drills->running = practice_on(to->world->store);
	if (!drills->running.seq)
		return RC_OK;
	enum rc rc = store_row(to->world->store, drills->running, to->arena, &row, fault);
	if (rc)
		return rc;
	drills->title = title_of(to, &row);
	drills->area = row.area;
	drills->begun_at = num_of(&row, drill_begun_at);
	drills->people = num_of(&row, drill_people);
	drills->expected = num_of(&row, drill_expected);
	drills->evacuated = num_of(&row, drill_evacuated);
	drills->units = text_of(to, &row, drill_units);
	return RC_OK;
}

/* ---- what is told in it */

/* When it was told, and who did what about it. */
static void find_times(struct loading *to, struct drill_inject *inject)
{
	struct arena arena = {0};
	struct history history = {0};
	struct record record;
	struct fault fault;
	struct buf name = {0};

	if (store_record(to->world->store, inject->ref, &arena, &record, &history, &fault))
		history.count = 0;
	for (size_t n = 0; n < history.count; n++) {
		const struct op *op = &history.ops[n];

		if (history.verdicts[n] != V_GOOD)
			continue;
		if (op->step == inject_do_give)
			inject->given_at = op_at(op);
		if (op->step != inject_do_answer)
			continue;
		inject->done_at = op_at(op);
		buf_clear(&name);
		store_author_of(to->world->store, op->site, op->who, op->by, &name);
	}
	inject->by = arena_text(to->arena, buf_cstr(&name));
	buf_release(&name);
	arena_release(&arena);
}

static bool see_inject(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct drills *drills = loading->drills;
	struct record record;

	drills->injects = array_more_in(loading->arena, drills->injects, drills->inject_count,
		&loading->rooms[1], sizeof *drills->injects);
	struct drill_inject *inject = &drills->injects[drills->inject_count++];
	*inject = (struct drill_inject){.ref = row->ref,
		.minute = num_of(row, inject_minute),
		.text = text_of(loading, row, inject_text),
		.answer = text_of(loading, row, inject_answer),
		.by = "",
		.state = row->state};
	if (drills->begun_at)
		inject->gives = drills->begun_at + inject->minute * MINUTE;
	row_record(row, &record);
	if (row->state == inject_is_given)
		inject->until = rules_need(&record, &loading->world->around).until;
	drills->answered += row->state == inject_is_answered;
	find_times(loading, inject);
	return true;
}

/* The text of a sealed one where it is held: at the station that runs the drill. */
static bool see_script(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct drills *drills = loading->drills;

	for (unsigned n = 0; n < drills->inject_count; n++) {
		struct drill_inject *inject = &drills->injects[n];

		if (row->state != script_is_sealed || inject->state != inject_is_sealed ||
			inject->script.seq || inject->minute != num_of(row, script_minute))
			continue;
		inject->script = row->ref;
		inject->text = text_of(loading, row, script_text);
		return true;
	}
	return true;
}

static int by_minute(const void *a, const void *b)
{
	const struct drill_inject *x = a, *y = b;

	if (x->minute != y->minute)
		return x->minute < y->minute ? -1 : 1;
	return (x->ref.seq > y->ref.seq) - (x->ref.seq < y->ref.seq);
}

static bool see_arrival(const struct row *row, void *to)
{
	enum { LATE = 15 };
	struct loading *loading = to;
	struct drills *drills = loading->drills;
	int64_t minute = num_of(row, arrival_minute), people = num_of(row, arrival_people);

	if (row_void(row))
		return true;
	drills->arrivals = array_more_in(loading->arena, drills->arrivals, drills->arrival_count,
		&loading->rooms[2], sizeof *drills->arrivals);
	drills->arrivals[drills->arrival_count++] = (struct drill_arrival){.ref = row->ref,
		.who = text_of(loading, row, arrival_who),
		.people = people,
		.minute = minute,
		.late = minute > rules_limit("drill.arrive.minutes", LATE)};
	drills->arrived += people;
	return true;
}

/* ---- what drills showed */

static bool see_finding(const struct row *row, void *to)
{
	struct loading *loading = to;
	struct drills *drills = loading->drills;
	const struct value *due = row_value(row, finding_due);

	if (row->area != store_area(loading->world->store) || row_void(row) ||
		(row->state == finding_is_done && !loading->all))
		return true;
	drills->findings = array_more_in(loading->arena, drills->findings, drills->finding_count,
		&loading->rooms[3], sizeof *drills->findings);
	struct drill_finding *finding = &drills->findings[drills->finding_count++];
	*finding = (struct drill_finding){.ref = row->ref,
		.text = text_of(loading, row, finding_text),
		.owner = text_of(loading, row, finding_owner),
		.due = due ? date_end(due->num) : 0,
		.state = row->state};
	drills->late += finding->state != finding_is_done && finding->due &&
			finding->due <= loading->world->around.now;
	return true;
}

static int by_due(const void *a, const void *b)
{
	const struct drill_finding *x = a, *y = b;
	bool done = x->state == finding_is_done, other = y->state == finding_is_done;
	int64_t one = x->due ? x->due : INT64_MAX, two = y->due ? y->due : INT64_MAX;

	if (done != other)
		return done - other;
	return (one > two) - (one < two);
}

/* ---- all of it */

static enum rc each(
	struct loading *to, unsigned kind, bool of_drill, row_fn *see, struct fault *fault)
{
	struct query query = query_all(kind);

	if (of_drill && !to->drills->running.seq)
		return RC_OK;
	if (of_drill)
		query.parent = to->drills->running;
	if (kind == KIND_drill)
		query.state_flags = STATE_OPEN;
	return store_each(to->world->store, &query, see, to, fault);
}

enum rc drills_load(struct drills *drills, struct world *world, bool all, struct arena *arena,
	struct fault *fault)
{
	struct loading loading = {.drills = drills, .world = world, .arena = arena, .all = all};

	*drills = (struct drills){.title = "", .units = ""};
	enum rc rc = load_counts(&loading, fault);
	if (!rc)
		rc = load_running(&loading, fault);
	if (!rc)
		rc = each(&loading, KIND_drill, false, see_drill, fault);
	if (!rc)
		rc = each(&loading, KIND_inject, true, see_inject, fault);
	if (drills->inject_count)
		qsort(drills->injects, drills->inject_count, sizeof *drills->injects, by_minute);
	if (!rc)
		rc = each(&loading, KIND_script, true, see_script, fault);
	if (!rc)
		rc = each(&loading, KIND_arrival, true, see_arrival, fault);
	if (!rc)
		rc = each(&loading, KIND_finding, false, see_finding, fault);
	if (drills->row_count)
		qsort(drills->rows, drills->row_count, sizeof *drills->rows, by_time);
	if (drills->finding_count)
		qsort(drills->findings, drills->finding_count, sizeof *drills->findings, by_due);
	return rc;
}
