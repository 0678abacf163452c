/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts and figures over the records of a station, each with the records behind it.
 */
#include "work/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "base/when_parts.h"
#include "model/area.h"
#include "model/kinds.h"
#include "work/digest.h"
#include "work/homes.h"

enum { MILLI = 1000, PERCENT = 100, MINUTE = 60, WEEK = 7 };

struct gathering {
	struct world *world;
	const struct rule *rule;
	const struct counting_of *of;
	struct counted *counted;
	struct arena *arena;
	const struct field
		*about; /* of several records about the same other one the newest counts; NULL */
	struct bytes *seen;
	unsigned seens;
	size_t room;
	struct ref *told; /* households that the warning has reached, sorted; owned */
	unsigned tolds;
};

/* ---- periods */

static void set_period(struct counted *counted, enum rule_per per, int64_t at)
{
	struct when_parts from, to;
	when_split(at, &from);
	from.hour = from.minute = from.second = 0;
	if (per == PER_DAY || per == PER_WEEK) {
		unsigned past = per == PER_WEEK ? (date_weekday(date_of(at)) + 6) % WEEK : 0;
		counted->from = when_of(&from) - past * (int64_t)DAY_SECONDS;
		counted->to = counted->from + (per == PER_WEEK ? WEEK : 1) * (int64_t)DAY_SECONDS;
		return;
	}
	from.day = 1;
	from.month = per == PER_YEAR ? 1 : from.month;
	to = from;
	if (per == PER_YEAR || ++to.month > 12) {
		to.year++;
		to.month = 1;
	}
	counted->from = when_of(&from);
	counted->to = when_of(&to);
}

/* ---- one record after the other */

static bool lies(const struct counting_of *of, uint64_t area)
{
	if (of->areas.len && area_reach(of->areas, area) == AREA_ELSEWHERE)
		return false;
	return of->alone ? area == of->area : !of->area || area_within(area, of->area);
}

static bool seen_before(struct gathering *to, const struct row *row)
{
	const struct value *value = to->about ? row_value(row, to->about->tag) : NULL;
	if (!value || value->wire == WIRE_NUM)
		return false;
	for (unsigned n = 0; n < to->seens; n++)
		if (bytes_equal(to->seen[n], value->text))
			return true;
	to->seen = array_more_in(to->arena, to->seen, to->seens, &to->room, sizeof *to->seen);
	to->seen[to->seens++] = arena_bytes(to->arena, value->text);
	return false;
}

static int by_ref(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;
	if (x->site != y->site)
		return x->site < y->site ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* As the board of households counts them. */
static enum rc load_told(struct gathering *to, const struct counting_of *of, struct fault *fault)
{
	struct homes homes = {.warning = to->counted->of, .area = of->area};
	struct arena arena = {0};
	enum rc rc = homes_load(&homes, to->world->store, to->world->around.now, &arena, fault);
	to->told = memory_get(homes.count + 1, sizeof *to->told);
	for (unsigned n = 0; n < homes.count && !rc; n++)
		if (!home_undone(homes.list[n].status))
			to->told[to->tolds++] = homes.list[n].household;
	qsort(to->told, to->tolds, sizeof *to->told, by_ref);
	arena_release(&arena);
	return rc;
}

static bool holds(const struct gathering *to, const struct row *row, struct record *record)
{
	struct matter matter = {.record = record,
		.around = &to->world->around,
		.mine = true,
		.told = to->told &&
			bsearch(&row->ref, to->told, to->tolds, sizeof row->ref, by_ref)};
	row_record(row, record);
	if (!to->rule->conditions)
		return true;
	const struct needed needed = rules_need_late(record, &to->world->around, &matter.late);
	matter.until = needed.until;
	matter.mine = needed.mine;
	return rule_holds(to->rule, &matter);
}

/* Where it says no number itself: that of the household that it is about. */
static bool number_about(const struct gathering *to, const struct row *row, int64_t *number)
{
	const struct value *value = to->about ? row_value(row, to->about->tag) : NULL;
	const struct field *summed = field_of(row->kind, to->rule->summed);
	struct arena arena = {0};
	struct record record;
	struct fault fault;
	struct row about;
	struct ref ref;
	bool known = value && value->wire == WIRE_BYTES && ref_take(value->text, &ref) &&
		     store_row(to->world->store, ref, &arena, &about, &fault) == RC_OK;
	const struct field *field = known ? field_named(about.kind, summed->name) : NULL;
	if (field)
		row_record(&about, &record);
	known = field && record_number(&record, field->tag, number);
	arena_release(&arena);
	return known;
}

static bool gather(const struct row *row, void *to)
{
	struct gathering *gathering = to;
	struct counted *counted = gathering->counted;
	struct record record;
	int64_t number = MILLI;
	if (row_void(row) || row_practice(row) || !lies(gathering->of, row->area) ||
		!rule_fits(gathering->rule, row->kind->id, row->state) ||
		(counted->to && (row->at < counted->from || row->at >= counted->to)) ||
		seen_before(gathering, row) || !holds(gathering, row, &record))
		return true;
	if (gathering->rule->summed && !record_number(&record, gathering->rule->summed, &number) &&
		!number_about(gathering, row, &number))
		return true; /* what nobody counted adds nothing */
	counted->number += number;
	counted->records = array_more_in(gathering->arena, counted->records, counted->count,
		&counted->room, sizeof *counted->records);
	counted->records[counted->count++] = row->ref;
	return true;
}

/* ---- which record a count per KIND is of */

static bool see_newest(const struct row *row, void *to)
{
	struct ref *ref = to;
	if (row_void(row))
		return true;
	*ref = row->ref;
	return false;
}

static enum rc newest_of(struct world *world, unsigned kind, struct ref *ref, struct fault *fault)
{
	struct query query = query_all(kind);
	*ref = (struct ref){0, 0};
	enum rc rc = store_each(world->store, &query, see_newest, ref, fault);
	if (!rc && ref->seq && has_copies(kind_of(kind)))
		*ref = warning_shown(world->store, *ref);
	return rc;
}

/* The field that says what a record is about beside its parent: a household that was told. */
static const struct field *about_of(const struct kind *kind)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f->type == T_REF && f->flags & F_TITLE && !(f->flags & F_PARENT))
			return f;
	return NULL;
}

/* Households are those of the places that the warning is for. */
static struct counting_of within_areas(struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena)
{
	struct counting_of within = *of;
	struct arena own = {0};
	struct fault fault;
	struct row row;

	if (rule->kind == KIND_household && of->of.seq &&
		store_row(world->store, of->of, &own, &row, &fault) == RC_OK &&
		row.kind->id == KIND_warning && row_value(&row, warning_areas))
		within.areas = arena_bytes(arena, row_value(&row, warning_areas)->text);
	arena_release(&own);
	return within;
}

/* Of the records that are here. */
static enum rc count_here(struct counted *counted, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	struct gathering gathering = {
		.world = world, .rule = rule, .of = of, .counted = counted, .arena = arena};
	struct query query = query_all(rule->kind);
	enum rc rc = RC_OK;
	*counted = (struct counted){.of = of->of};
	query.area = of->area;
	if (rule->per == PER_KIND) {
		if (!of->of.seq)
			rc = newest_of(world, rule->per_kind, &counted->of, fault);
		if (rc || !counted->of.seq)
			return rc;
		if (rule->kind == KIND_household && (rc = load_told(&gathering, of, fault)))
			return rc;
		if (rule->kind != KIND_household)
			query.parent = counted->of;
		gathering.about = about_of(kind_of(rule->kind));
	} else if (rule->per != PER_ALL) {
		set_period(counted, rule->per, of->at);
	}
	rc = store_each(world->store, &query, gather, &gathering, fault);
	free(gathering.told);
	return rc;
}

enum rc count_load(struct counted *counted, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	const struct counting_of within = within_areas(world, rule, of, arena);
	enum rc rc = count_here(counted, world, rule, &within, arena, fault);
	if (!rc)
		rc = digest_below(counted, world, rule, &within, count_here, fault);
	counted->number += counted->below;
	return rc;
}

/* ---- figures */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Of COUNT so many: half, or nine in ten, rounded up. */
static unsigned part_of(const struct rule *rule, unsigned count)
{
	return (count * rule->part + PERCENT - 1) / PERCENT;
}

struct timing {
	struct world *world;
	const struct rule *rule;
	const struct counting_of *of;
	struct counted *counted;
	struct arena *arena;
	int64_t *took; /* owned */
	size_t room, records_room;
};

static bool time_of(const struct row *row, unsigned tag, int64_t *at)
{
	const struct value *value = tag ? row_value(row, tag) : NULL;
	*at = value ? value->num : row->at;
	return !tag || value;
}

static bool see_pair(const struct row *row, void *to)
{
	struct timing *timing = to;
	struct counted *counted = timing->counted;
	const struct field *parent = field_flagged(row->kind, F_PARENT);
	const struct value *value = row_value(row, parent->tag);
	struct arena arena = {0};
	struct fault fault;
	struct row begun;
	struct ref ref;
	int64_t end, begin;
	bool good = !row_void(row) && lies(timing->of, row->area) && row->at >= counted->from &&
		    row->at < counted->to && value && value->wire == WIRE_BYTES &&
		    ref_take(value->text, &ref) &&
		    store_row(timing->world->store, ref, &arena, &begun, &fault) == RC_OK &&
		    begun.kind->id == timing->rule->begin_kind &&
		    time_of(row, timing->rule->end_tag, &end) &&
		    time_of(&begun, timing->rule->begin_tag, &begin);
	if (good) {
		timing->took = array_more(
			timing->took, counted->count, &timing->room, sizeof *timing->took);
		timing->took[counted->count] = end > begin ? end - begin : 0;
		counted->records = array_more_in(timing->arena, counted->records, counted->count,
			&timing->records_room, sizeof *counted->records);
		counted->records[counted->count++] = row->ref;
	}
	arena_release(&arena);
	return true;
}

/* Of this year. */
static enum rc median_load(struct figured *figured, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	struct timing timing = {
		.world = world, .rule = rule, .of = of, .counted = &figured->top, .arena = arena};
	struct query query = query_all(rule->end_kind);
	query.area = of->area;
	query.parent = of->of;
	set_period(&figured->top, PER_YEAR, of->at);
	enum rc rc = store_each(world->store, &query, see_pair, &timing, fault);
	unsigned count = figured->top.count;
	if (!rc && count) {
		qsort(timing.took, count, sizeof *timing.took, by_number);
		figured->known = true;
		figured->value = timing.took[part_of(rule, count) - 1] * MILLI / MINUTE;
		figured->top.number = (int64_t)count * MILLI;
	}
	free(timing.took);
	return rc;
}

enum rc figure_asked(struct asked *asked, struct world *world, const struct rule *rule,
	struct counting_of *of, struct arena *arena, struct fault *fault)
{
	const struct rule *ask = rules_named(RULE_ASK, rule->timed);
	struct row row;
	enum rc rc = RC_OK;
	*asked = (struct asked){.median = -1};
	if (!of->of.seq)
		rc = newest_of(world, ask->kind, &of->of, fault);
	if (rc || !of->of.seq || (rc = store_row(world->store, of->of, arena, &row, fault)))
		return rc;
	return ask_asks(world, ask, &row) ? asked_load(asked, world, ask, &row, arena, fault)
					  : RC_OK;
}

/* Until half of the places of ASKED that OF means, or nine in ten, had answered. */
static enum rc answers_load(struct figured *figured, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	struct counted *top = &figured->top;
	struct asked own = {0};
	const struct asked *asked = of->asked ? of->asked : &own;
	struct counting_of about = *of;
	unsigned places = 0;
	enum rc rc = of->asked ? RC_OK : figure_asked(&own, world, rule, &about, arena, fault);
	top->of = about.of;
	if (rc)
		return rc;
	int64_t *took = memory_get(asked->count + 1, sizeof *took);
	for (unsigned n = 0; n < asked->count; n++) {
		const struct asked_place *place = &asked->places[n];
		if (!lies(of, place->area))
			continue;
		places++;
		if (!place->answered)
			continue;
		took[top->count] = place->at > asked->from ? place->at - asked->from : 0;
		top->records = array_more_in(
			arena, top->records, top->count, &top->room, sizeof *top->records);
		top->records[top->count++] = place->answer;
	}
	unsigned need = part_of(rule, places);
	qsort(took, top->count, sizeof *took, by_number);
	top->number = (int64_t)top->count * MILLI;
	figured->known = need && need <= top->count;
	figured->value = figured->known ? took[need - 1] * MILLI / MINUTE : 0;
	free(took);
	return RC_OK;
}

static enum rc share_load(struct figured *figured, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	const struct rule *top = rules_named(RULE_COUNT, rule->top);
	const struct rule *bottom = rule->bottom ? rules_named(RULE_COUNT, rule->bottom) : NULL;
	enum rc rc = count_load(&figured->top, world, top, of, arena, fault);
	figured->known = !rc;
	figured->value = figured->top.number;
	if (!rc && rule->apart)
		return figure_parts(figured, world, rule, of, arena, fault);
	if (rc || !bottom)
		return rc;
	/* Of the same record: of the newest, where none was given. */
	struct counting_of about = *of;
	if (!about.of.seq)
		about.of = figured->top.of;
	rc = count_load(&figured->bottom, world, bottom, &about, arena, fault);
	figured->known = !rc && figured->bottom.number;
	if (figured->known)
		figured->value = figured->top.number * PERCENT * MILLI / figured->bottom.number;
	return rc;
}

bool figure_applies(struct world *world, const struct rule *rule)
{
	const struct record here = {.area = store_area(world->store)};
	const struct matter matter = {.record = &here, .around = &world->around};
	return rule_holds(rule, &matter);
}

enum rc figure_load(struct figured *figured, struct world *world, const struct rule *rule,
	const struct counting_of *of, struct arena *arena, struct fault *fault)
{
	struct counting_of counting = *of;
	*figured = (struct figured){.known = false};
	if (rule->own && (!of->area || of->area == store_area(world->store))) {
		counting.area = store_area(world->store);
		counting.alone = true;
	}
	enum rc rc = (rule->timed    ? answers_load
		      : rule->median ? median_load
				     : share_load)(figured, world, rule, &counting, arena, fault);
	int64_t target = (rule->apart ? PERCENT : rule->target) * MILLI;
	figured->met = figured->known &&
		       (rule->median ? figured->value <= target : figured->value >= target);
	figured->red = !figured->met && rule->red_day &&
		       (unsigned)(date_of(of->at) % 10000) >= rule->red_day;
	return rc;
}

void figure_number(int64_t thousandths, struct buf *out)
{
	int64_t rest = thousandths % MILLI;
	buf_fmt(out, "%lld", (long long)(thousandths / MILLI));
	if (rest >= MILLI / 10)
		buf_fmt(out, ".%lld", (long long)(rest / (MILLI / 10)));
}
