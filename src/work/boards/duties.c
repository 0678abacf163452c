/* SPDX-License-Identifier: GPL-3.0-or-later
 * Watches that were held, by person and month. Each half of a watch is one stint; what the rest of
 * it is worth stands in the rules.
 */
#include "work/duties.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/station.h"

enum { HOUR = 60 * 60, CHANGES_AT = 8, NIGHT_FROM = 20 };

/* Who it is: the record of a person, or a name that somebody typed. */
struct holder {
	struct bytes who; /* as facts have it */
	const char *name;
	bool typed; /* only a name: it is anybody who is called so */
};

struct handed {
	int64_t at;
	struct holder from, to;
};

struct stint {
	struct holder holder;
	int64_t date; /* on which the watch began */
	bool night;
};

struct gathering {
	struct store *store;
	struct arena *arena;
	int64_t now, changes, night; /* seconds of the day */
	struct handed *handed;
	struct stint *stints;
	unsigned handed_count, count;
	size_t handed_room, room;
};

static bool same(const struct holder *a, const struct holder *b)
{
	return bytes_equal(a->who, b->who) || ((a->typed || b->typed) && !strcmp(a->name, b->name));
}

/* Nobody: .who is empty. */
static struct holder holder_of(struct gathering *to, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	struct buf name = {0};

	if (!value)
		return (struct holder){.who = bytes_text(""), .name = ""};
	row_field(to->store, row, tag, true, &name);
	struct holder holder = {arena_bytes(to->arena, value->text),
		arena_text(to->arena, buf_cstr(&name)), value->wire == WIRE_TEXT};
	buf_release(&name);
	return holder;
}

static bool see_handover(const struct row *row, void *to)
{
	struct gathering *gathering = to;

	if (row->area != store_area(gathering->store))
		return true;
	gathering->handed = array_more_in(gathering->arena, gathering->handed,
		gathering->handed_count, &gathering->handed_room, sizeof *gathering->handed);
	gathering->handed[gathering->handed_count++] = (struct handed){row->state_at,
		holder_of(gathering, row, handover_from), holder_of(gathering, row, handover_to)};
	return true;
}

static int by_time(const void *a, const void *b)
{
	const struct handed *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Who has it at AT, when HOLDER had it from BEGAN on. */
static struct holder later_holder(
	const struct gathering *to, struct holder holder, int64_t began, int64_t at)
{
	for (unsigned n = 0; n < to->handed_count; n++)
		if (to->handed[n].at > began && to->handed[n].at <= at &&
			same(&to->handed[n].from, &holder))
			holder = to->handed[n].to;
	return holder;
}

/* One half of a watch, by whoever had it in the middle of it. */
static void add_stint(
	struct gathering *to, struct holder holder, bool moves, int64_t date, bool night)
{
	int64_t midnight = date_end(date) - DAY_SECONDS, began = midnight + to->changes;
	int64_t from = night ? midnight + to->night : began;
	int64_t until = night ? began + DAY_SECONDS : midnight + to->night;

	if (!holder.who.len || until > to->now)
		return;
	if (moves)
		holder = later_holder(to, holder, began, from + (until - from) / 2);
	to->stints = array_more_in(to->arena, to->stints, to->count, &to->room, sizeof *to->stints);
	to->stints[to->count++] = (struct stint){holder, date, night};
}

static bool see_roster(const struct row *row, void *to)
{
	static const unsigned posts[] = {
		roster_officer, roster_head, roster_leader, roster_leader_b};
	struct gathering *gathering = to;
	const struct value *date = row_value(row, roster_date);

	if (row->area != store_area(gathering->store) || !date)
		return true;
	for (size_t n = 0; n < countof(posts); n++) {
		struct holder holder = holder_of(gathering, row, posts[n]);

		for (unsigned night = 0; night < 2; night++)
			add_stint(gathering, holder, posts[n] == roster_officer, date->num, night);
	}
	return true;
}

static int by_bytes(struct bytes a, struct bytes b)
{
	int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* By month, name, person, day, half. */
static int by_person(const void *a, const void *b)
{
	enum { DAYS = 100 };
	const struct stint *x = a, *y = b;
	int order = x->date / DAYS != y->date / DAYS ? (x->date > y->date ? 1 : -1) : 0;

	if (!order)
		order = strcmp(x->holder.name, y->holder.name);
	if (!order)
		order = by_bytes(x->holder.who, y->holder.who);
	if (!order)
		order = (x->date > y->date) - (x->date < y->date);
	return order ? order : x->night - y->night;
}

static unsigned rest_for(bool holiday, bool weekend, bool night)
{
	enum { HALF_DAY = 4 };
	const char *name = holiday ? (night ? "rest.holiday.night.hours" : "rest.holiday.day.hours")
			   : weekend
				   ? (night ? "rest.weekend.night.hours" : "rest.weekend.day.hours")
			   : night ? "rest.workday.night.hours"
				   : "rest.workday.day.hours";
	int64_t hours = rules_limit(name, holiday || weekend || night ? HALF_DAY : 0);

	return hours > 0 ? (unsigned)hours : 0;
}

static void count_stint(struct duty_count *count, const struct stint *stint)
{
	const struct rule *named = rules_day(stint->date);
	bool holiday = named && !named->works, weekend = !holiday && !rules_workday(stint->date);

	count->day += !stint->night;
	count->night += stint->night;
	count->holiday += holiday;
	count->weekend += weekend;
	count->rest += rest_for(holiday, weekend, stint->night);
}

static unsigned signed_by(const struct gathering *at, const struct holder *holder, int64_t month)
{
	enum { DAYS = 100 };
	unsigned count = 0;

	for (unsigned n = 0; n < at->handed_count; n++)
		count += date_of(at->handed[n].at) / DAYS == month &&
			 (same(&at->handed[n].from, holder) || same(&at->handed[n].to, holder));
	return count;
}

static void fold(const struct gathering *at, struct duty_counts *counts)
{
	enum { DAYS = 100 };
	const struct stint *before = NULL;

	counts->list = arena_get(at->arena, (at->count + 1) * sizeof *counts->list);
	for (unsigned n = 0; n < at->count; n++) {
		const struct stint *stint = &at->stints[n];
		int64_t month = stint->date / DAYS;
		bool known = before && before->date / DAYS == month &&
			     same(&before->holder, &stint->holder);

		if (!known)
			counts->list[counts->count++] =
				(struct duty_count){.name = stint->holder.name,
					.month = month,
					.signed_by = signed_by(at, &stint->holder, month)};
		/* Two posts, or two desks, of one person are one watch. */
		if (!known || before->date != stint->date || before->night != stint->night)
			count_stint(&counts->list[counts->count - 1], stint);
		before = stint;
	}
}

enum rc duty_counts_load(struct duty_counts *counts, struct store *store, int64_t first,
	int64_t last, struct arena *arena, struct fault *fault)
{
	struct gathering gathering = {.store = store,
		.arena = arena,
		.now = store_now(store),
		.changes = rules_limit("watch.hour", CHANGES_AT) * HOUR,
		.night = rules_limit("watch.night.hour", NIGHT_FROM) * HOUR};
	struct query handovers = query_all(KIND_handover), rosters = query_all(KIND_roster);

	*counts = (struct duty_counts){0};
	handovers.state = handover_is_taken;
	rosters.filters[0] = (struct filter){roster_date, '>', value_num(first - 1)};
	rosters.filters[1] = (struct filter){roster_date, '<', value_num(last + 1)};
	rosters.filter_count = 2;
	enum rc rc = store_each(store, &handovers, see_handover, &gathering, fault);
	if (!rc && gathering.handed_count)
		qsort(gathering.handed, gathering.handed_count, sizeof *gathering.handed, by_time);
	if (!rc)
		rc = store_each(store, &rosters, see_roster, &gathering, fault);
	if (!rc && gathering.count)
		qsort(gathering.stints, gathering.count, sizeof *gathering.stints, by_person);
	if (!rc)
		fold(&gathering, counts);
	return rc;
}
