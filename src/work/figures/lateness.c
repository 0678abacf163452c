/* SPDX-License-Identifier: GPL-3.0-or-later
 * Places that were late in a past period, ask by ask.
 */
#include "work/lateness.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/when.h"
#include "base/when_parts.h"
#include "model/area.h"
#include "model/kinds.h"

enum { MINUTE = 60 };

struct tallying {
	struct lateness *late;
	struct world *world;
	const struct rule *ask;
	struct late_period period;
	struct arena *arena;
	struct fault *fault;
	enum rc rc;
};

struct late_period late_month(int64_t now, bool before)
{
	struct when_parts parts;
	when_split(now, &parts);
	parts.day = 1;
	parts.hour = parts.minute = parts.second = 0;
	struct late_period period = {.from = when_of(&parts), .to = now};
	if (!before)
		return period;
	period.to = period.from;
	when_split(period.from - 1, &parts);
	parts.day = 1;
	parts.hour = parts.minute = parts.second = 0;
	period.from = when_of(&parts);
	return period;
}

static void add(struct tallying *to, uint64_t area, bool never)
{
	struct lateness *late = to->late;
	unsigned n = 0;
	while (n < late->count && late->places[n].area != area)
		n++;
	if (n == late->count) {
		late->places = array_more_in(
			to->arena, late->places, late->count, &late->room, sizeof *late->places);
		late->places[late->count++] = (struct late_place){.area = area};
	}
	late->places[n].times++;
	late->places[n].never += never;
}

/* ENDED: when what asked was over, 0 = it is not; nobody is late who was not asked any more when
 * his time ran out. END: what was written from then on is no answer to it; 0 = all is. */
static void add_late(struct tallying *to, const struct asked *asked, int64_t ended, int64_t end)
{
	for (unsigned n = 0; n < asked->count; n++) {
		const struct asked_place *place = &asked->places[n];
		bool answered = place->answered && (!end || place->at < end);
		if (place->late && (answered || !ended || ended > asked->until))
			add(to, place->area, !answered);
	}
}

/* ---- asked about a record */

/* Did ASK ask about ROW, when it was new or as it is now? */
static bool was_asked(const struct tallying *to, const struct row *row)
{
	const struct rule *ask = to->ask;
	struct record record;
	const struct matter matter = {.record = &record, .around = &to->world->around};
	if (row_void(row) || row_practice(row) || row->at < to->period.from ||
		row->at >= to->period.to)
		return false;
	row_record(row, &record);
	return (row->state < 0 || ask->states & 1 || rule_fits(ask, row->kind->id, row->state)) &&
	       rule_holds(ask, &matter);
}

static bool see_record(const struct row *row, void *to)
{
	struct tallying *tally = to;
	struct arena arena = {0};
	struct asked asked;
	if (!was_asked(tally, row))
		return true;
	tally->rc = asked_load(&asked, tally->world, tally->ask, row, &arena, tally->fault);
	bool over = row->state > 0 && !rule_fits(tally->ask, row->kind->id, row->state);
	if (!tally->rc)
		add_late(tally, &asked, over ? row->state_at : 0, 0);
	arena_release(&arena);
	return !tally->rc;
}

/* ---- asked every day */

struct past {
	struct world world;
	int64_t at;
};

static bool see_response(const struct row *row, void *to)
{
	struct past *past = to;
	struct record record;
	int64_t level;
	bool open = row->state >= 0 && row->kind->states[row->state].flags & STATE_OPEN;
	row_record(row, &record);
	bool was_on = !row_void(row) && !row_practice(row) && row->at <= past->at &&
		      (open || row->state_at > past->at);
	if (!was_on || !area_within(store_area(past->world.store), row->area) ||
		!record_number(&record, response_level, &level))
		return true;
	unsigned number = (unsigned)(level / 1000);
	unsigned *gravest = &past->world.around.response;
	if (number && (!*gravest || number < *gravest))
		*gravest = number;
	return true;
}

/* As it was when the time of that day ran out. */
static enum rc see_day(struct tallying *to, int64_t date)
{
	int64_t until = date_end(date) - DAY_SECONDS + (int64_t)to->ask->clock * MINUTE;
	struct query responses = query_all(KIND_response);
	struct arena arena = {0};
	struct asked asked;
	struct past past = {.at = until};
	if (until >= to->period.to)
		return RC_OK;
	world_open(&past.world, to->world->store, to->world->user, date_end(date) - 1);
	past.world.around.response = 0;
	enum rc rc = store_each(to->world->store, &responses, see_response, &past, to->fault);
	if (!rc && ask_every(&past.world, to->ask)) {
		rc = asked_load(&asked, &past.world, to->ask, NULL, &arena, to->fault);
		if (!rc)
			add_late(to, &asked, 0, date_end(date));
	}
	arena_release(&arena);
	return rc;
}

/* ---- all of it */

static int by_times(const void *a, const void *b)
{
	const struct late_place *x = a, *y = b;
	if (x->times != y->times)
		return x->times > y->times ? -1 : 1;
	return (x->area > y->area) - (x->area < y->area);
}

enum rc lateness_load(struct lateness *late, struct world *world, const struct rule *ask,
	struct late_period period, struct arena *arena, struct fault *fault)
{
	struct tallying to = {late, world, ask, period, arena, fault, RC_OK};
	struct query query = query_all(ask->kind);
	*late = (struct lateness){.count = 0};
	if (ask->every && !ask->event) {
		int64_t last = date_of(period.to - 1);
		for (int64_t date = date_of(period.from); date <= last && !to.rc;
			date = date_add(date, 1))
			to.rc = see_day(&to, date);
	} else if (!ask->every) {
		enum rc rc = store_each(world->store, &query, see_record, &to, fault);
		to.rc = to.rc ? to.rc : rc;
	}
	if (late->count)
		qsort(late->places, late->count, sizeof *late->places, by_times);
	return to.rc;
}

/* zh: official texts are Chinese. */
static const char between[] = "、", times[] = "次", never[] = "没收到", open_bracket[] = "（",
		  close_bracket[] = "）";

void lateness_show(const struct lateness *late, struct buf *out)
{
	for (unsigned n = 0; n < late->count; n++) {
		const struct late_place *place = &late->places[n];
		struct bytes name;
		buf_text(out, n ? between : "");
		if (area_name(place->area, &name))
			buf_put(out, name.at, name.len);
		buf_fmt(out, "%u%s", place->times, times);
		if (place->never)
			buf_fmt(out, "%s%u%s%s%s", open_bracket, place->never, times, never,
				close_bracket);
	}
}
