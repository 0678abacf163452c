/* SPDX-License-Identifier: GPL-3.0-or-later
 * When reports are due; and where they do not agree with the lists of people, with what came by
 * telephone and with the shelters, are late, or have stopped.
 */
#include "work/losses.h"

#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"

enum { MINUTE = 60, VILLAGE_FIRST = 30, TOWNSHIP_FIRST = 60, COUNTY_FIRST = 120 };
enum { FOLLOW_MINUTES = 90, TOWNSHIP_DAYS = 2, COUNTY_DAYS = 3 };

/* ---- limits, from the event on */

int64_t losses_first_limit(uint64_t area)
{
	switch (area_level(area)) {
	case LEVEL_VILLAGE:
		return rules_limit("report.village.first.minutes", VILLAGE_FIRST) * MINUTE;
	case LEVEL_TOWNSHIP:
		return rules_limit("report.township.first.minutes", TOWNSHIP_FIRST) * MINUTE;
	default:
		return rules_limit("report.county.first.minutes", COUNTY_FIRST) * MINUTE;
	}
}

int64_t losses_interval(void)
{
	return rules_limit("report.follow.minutes", FOLLOW_MINUTES);
}

/* Follow-ups are owed at night and at weekends, too; the verified report in working days. */
static int64_t later_limit(int64_t from, enum loss_stage stage, uint64_t area)
{
	if (stage == LOSS_FOLLOW)
		return from + losses_interval() * MINUTE;
	int64_t days = area_level(area) <= LEVEL_TOWNSHIP
			       ? rules_limit("report.township.verified.days", TOWNSHIP_DAYS)
			       : rules_limit("report.county.verified.days", COUNTY_DAYS);
	return rules_workdays(from, (int)days);
}

/* Reports stand with the newest first: the one before it is further on. */
static const struct loss_report *before(const struct losses *losses, unsigned n)
{
	for (unsigned m = n + 1; m < losses->count; m++)
		if (losses->reports[m].area == losses->reports[n].area &&
			losses->reports[m].stage != LOSS_ZERO)
			return &losses->reports[m];
	return NULL;
}

void losses_limits(struct losses *losses)
{
	for (unsigned n = 0; n < losses->count; n++) {
		struct loss_report *report = &losses->reports[n];
		const struct loss_report *last = before(losses, n);

		if (report->stage == LOSS_FIRST)
			report->limit = report->happened + losses_first_limit(report->area);
		else if (report->stage != LOSS_ZERO && last)
			report->limit = later_limit(last->at, report->stage, report->area);
		if (report->limit && report->at > report->limit)
			report->late = report->at - report->limit;
	}
}

/* ---- every day */

int64_t losses_day(const struct losses *losses)
{
	return date_end(date_of(losses->world->around.now)) - DAY_SECONDS;
}

bool loss_silent(const struct loss_place *place)
{
	return place->owes || (!place->newest && !place->quiet && !place->zero);
}

static void mark_owing(struct losses *losses, const struct asked *asked, uint64_t area)
{
	for (unsigned n = 0; n < losses->place_count; n++)
		losses->places[n].owes |= losses->places[n].area == area;
	if (area == losses->area)
		losses->owed_until = asked->until;
}

enum rc losses_owed(struct losses *losses, struct arena *arena, struct fault *fault)
{
	unsigned count;
	const struct rule *rules = rules_rows(RULE_ASK, &count);
	struct asked asked;
	enum rc rc = RC_OK;

	for (unsigned r = 0; r < count && !rc; r++) {
		if (rules[r].event || rules[r].answer != KIND_report ||
			!ask_every(losses->world, &rules[r]))
			continue;
		rc = asked_load(&asked, losses->world, &rules[r], NULL, arena, fault);
		for (unsigned n = 0; n < asked.count && !rc; n++)
			if (!asked.places[n].answered)
				mark_owing(losses, &asked, asked.places[n].area);
	}
	return rc;
}

int64_t losses_next(const struct losses *losses, enum loss_stage *stage, int64_t *serial)
{
	*stage = losses->own ? LOSS_FOLLOW : LOSS_FIRST;
	*serial = losses->own ? losses->own->serial + 1 : 0;
	if (losses->own && losses->own_zero && losses->own_zero->at >= losses->own->at)
		return 0;
	if (!*losses->event || (losses->own && losses->own->stage == LOSS_VERIFIED))
		return 0;
	if (!losses->own)
		return losses->from + losses_first_limit(losses->area);
	return later_limit(losses->own->at, LOSS_FOLLOW, losses->area);
}

/* ---- what does not agree */

struct doubting {
	const struct losses *losses;
	struct loss_doubts *doubts;
	struct arena *arena;
	int64_t *dead, *missing;      /* by place, as people are listed */
	int64_t *collapsed, *damaged; /* rooms, as households are listed */
	int64_t sheltered;
};

static void add(struct doubting *to, struct loss_doubt doubt)
{
	if (!doubt.text)
		doubt.text = "";
	if (to->doubts->count < DOUBTS_MOST)
		to->doubts->at[to->doubts->count++] = doubt;
}

static int place_at(const struct losses *losses, uint64_t area)
{
	for (unsigned n = 0; n < losses->place_count; n++)
		if (area_within(area, losses->places[n].area))
			return (int)n;
	return -1;
}

/* What was told; who said nothing of it has not said that it is 0. */
static int64_t told(const struct loss_numbers *numbers, enum loss_figure figure)
{
	return numbers && numbers->has[figure] ? numbers->num[figure] : LOSS_UNKNOWN;
}

/* Does LISTED, counted in a register, agree with what was TOLD? A register where nobody was entered
 * says nothing against who did not tell. */
static bool agrees(int64_t listed, int64_t told)
{
	return told == LOSS_UNKNOWN ? listed == 0 : listed == told;
}

/* ---- other registers */

static bool see_casualty(const struct row *row, void *to)
{
	struct doubting *doubting = to;
	const struct value *fate = row_value(row, casualty_fate);
	int place = place_at(doubting->losses, row->area);

	if (place < 0 || row->at < doubting->losses->from || row_void(row) || !fate)
		return true;
	if (bytes_equal(fate->text, bytes_text("dead")))
		doubting->dead[place]++;
	else if (bytes_equal(fate->text, bytes_text("missing")))
		doubting->missing[place]++;
	return true;
}

static bool see_house(const struct row *row, void *to)
{
	struct doubting *doubting = to;
	const struct value *damage = row_value(row, house_damage),
			   *rooms = row_value(row, house_rooms);
	int place = place_at(doubting->losses, row->area);

	if (place < 0 || row->at < doubting->losses->from || row_void(row) || !damage || !rooms)
		return true;
	*(bytes_equal(damage->text, bytes_text("collapsed")) ? &doubting->collapsed[place]
							     : &doubting->damaged[place]) +=
		rooms->num;
	return true;
}

static bool see_incident(const struct row *row, void *to)
{
	struct doubting *doubting = to;
	const struct losses *losses = doubting->losses;
	const struct value *dead = row_value(row, incident_dead),
			   *text = row_value(row, incident_text);
	int at = place_at(losses, row->area);
	const struct loss_report *report = at < 0 ? NULL : losses->places[at].newest;
	bool said_well = at >= 0 && losses->places[at].zero;

	int64_t mine = told(report ? &report->numbers : NULL, LOSS_DEAD);

	if (row_void(row) || row->at < losses->from || !dead || !dead->num ||
		(!report && !said_well) || dead->num <= mine)
		return true;
	char *said = arena_get(doubting->arena, text ? text->text.len + 1 : 1);
	if (text)
		bytes_into(said, text->text.len + 1, text->text);
	add(doubting, (struct loss_doubt){.kind = DOUBT_INCIDENT,
			      .area = losses->places[at].area,
			      .report = report,
			      .mine = mine,
			      .other = dead->num,
			      .at = row->at,
			      .text = said});
	return true;
}

static bool see_stay(const struct row *row, void *to)
{
	struct doubting *doubting = to;
	const struct value *people = row_value(row, stay_people);

	doubting->sheltered += people ? people->num : 0;
	return true;
}

static enum rc look(struct doubting *to, struct fault *fault)
{
	struct store *store = to->losses->world->store;
	struct query casualties = query_all(KIND_casualty), houses = query_all(KIND_house),
		     incidents = query_all(KIND_incident), stays = query_all(KIND_stay);

	casualties.area = houses.area = incidents.area = stays.area = to->losses->area;
	stays.state = stay_is_in;
	enum rc rc = store_each(store, &casualties, see_casualty, to, fault);
	if (!rc)
		rc = store_each(store, &houses, see_house, to, fault);
	if (!rc)
		rc = store_each(store, &incidents, see_incident, to, fault);
	if (!rc)
		rc = store_each(store, &stays, see_stay, to, fault);
	return rc;
}

/* ---- place by place */

static void compare(struct doubting *to, unsigned n)
{
	const struct loss_place *place = &to->losses->places[n];
	const struct {
		enum loss_doubt_kind kind;
		enum loss_figure figure;
		int64_t listed;
	} lists[] = {{DOUBT_DEAD, LOSS_DEAD, to->dead[n]},
		{DOUBT_MISSING, LOSS_MISSING, to->missing[n]},
		{DOUBT_COLLAPSED, LOSS_COLLAPSED, to->collapsed[n]},
		{DOUBT_DAMAGED, LOSS_DAMAGED, to->damaged[n]}};
	/* Households are listed for the verified report, people from the first hour on. */
	bool verified = place->newest && place->newest->stage == LOSS_VERIFIED;

	for (size_t i = 0; i < (verified ? countof(lists) : 2); i++) {
		int64_t said =
			told(place->newest ? &place->newest->numbers : NULL, lists[i].figure);

		if (!agrees(lists[i].listed, said))
			add(to, (struct loss_doubt){.kind = lists[i].kind,
					.area = place->area,
					.report = place->newest,
					.mine = said,
					.other = lists[i].listed});
	}
}

static void watch(struct doubting *to, const struct loss_place *place)
{
	const struct loss_report *newest = place->newest;
	int64_t limit = losses_interval() * MINUTE;
	int64_t heard = newest && newest->at > place->quiet ? newest->at : place->quiet;
	int64_t quiet = to->losses->world->around.now - heard;

	if (newest && newest->stage != LOSS_VERIFIED && quiet > limit)
		add(to, (struct loss_doubt){.kind = DOUBT_SILENT,
				.area = place->area,
				.report = newest,
				.mine = quiet / MINUTE});
	if (place->left_out)
		add(to, (struct loss_doubt){.kind = DOUBT_LEFT_OUT,
				.area = place->area,
				.report = newest,
				.at = newest->at});
}

/* One place told twice that the event began: both stand, and people say which counts. */
static void add_twice(struct doubting *to, uint64_t area)
{
	const struct losses *losses = to->losses;
	const struct loss_report *last = NULL;
	struct buf numbers = {0};
	unsigned count = 0;

	for (unsigned n = losses->count; n-- > 0;) {
		const struct loss_report *report = &losses->reports[n];
		char number[32];

		if (report->area != area || report->stage != LOSS_FIRST)
			continue;
		store_number(losses->world->store, report->ref, number);
		buf_fmt(&numbers, "%s%s", count++ ? " " : "", number);
		last = report;
	}
	if (count > 1)
		add(to, (struct loss_doubt){.kind = DOUBT_TWICE,
				.area = area,
				.report = last,
				.text = arena_text(to->arena, buf_cstr(&numbers))});
	buf_release(&numbers);
}

static void add_late(struct doubting *to)
{
	const struct losses *losses = to->losses;

	for (unsigned n = 0; n < losses->count; n++) {
		const struct loss_report *report = &losses->reports[n];
		bool here =
			report->area == losses->area || area_above(report->area) == losses->area;

		if (here && report->late)
			add(to, (struct loss_doubt){.kind = DOUBT_LATE,
					.area = report->area,
					.report = report,
					.mine = (report->late + MINUTE - 1) / MINUTE,
					.at = report->limit});
	}
}

static void compare_shelters(struct doubting *to)
{
	const struct losses *losses = to->losses;
	const struct loss_numbers *mine = losses->own ? &losses->own->numbers : &losses->sum;
	int64_t said = told(mine, LOSS_RESETTLED), below = told(&losses->sum, LOSS_RESETTLED);
	bool other = below != LOSS_UNKNOWN && below != said;

	if (said != LOSS_UNKNOWN && (said != to->sheltered || other))
		add(to, (struct loss_doubt){.kind = DOUBT_SHELTERS,
				.area = losses->area,
				.report = losses->own,
				.mine = said,
				.other = to->sheltered,
				.third = below});
}

enum rc losses_doubts(const struct losses *losses, struct loss_doubts *doubts, struct arena *arena,
	struct fault *fault)
{
	struct doubting to = {.losses = losses, .doubts = doubts, .arena = arena};
	size_t size = (losses->place_count + 1) * sizeof *to.dead;

	*doubts = (struct loss_doubts){0};
	to.dead = arena_get(arena, size);
	to.missing = arena_get(arena, size);
	to.collapsed = arena_get(arena, size);
	to.damaged = arena_get(arena, size);
	enum rc rc = look(&to, fault);
	for (unsigned n = 0; n < losses->place_count && !rc; n++)
		compare(&to, n);
	if (!rc && losses->place_count)
		compare_shelters(&to);
	if (!rc)
		add_twice(&to, losses->area);
	for (unsigned n = 0; n < losses->place_count && !rc; n++) {
		add_twice(&to, losses->places[n].area);
		watch(&to, &losses->places[n]);
	}
	if (!rc)
		add_late(&to);
	return rc;
}
