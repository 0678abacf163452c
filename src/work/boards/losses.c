/* SPDX-License-Identifier: GPL-3.0-or-later
 * Disaster reports of one event, by place, and their sum.
 */
#include "work/losses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/peer.h"

enum { EVENT_DAYS = 10 };

const char *const losses_urge_word = N_("报灾情");

static bool is_word_end(char c)
{
	return !c || c == ' ';
}

/* Does the list MERGED of a merged report name the report of that number? */
static bool names(const char *merged, const char *number)
{
	size_t len = strlen(number);

	for (const char *at = merged; (at = strstr(at, number)); at += len)
		if ((at == merged || at[-1] == ' ') && is_word_end(at[len]))
			return true;
	return false;
}

static const unsigned figure_tags[LOSS_FIGURES] = {report_affected, report_dead, report_missing,
	report_injured, report_moved, report_resettled, report_need_help, report_houses_collapsed,
	report_houses_damaged, report_crop_ha, report_loss_wan};

const struct field *loss_field(unsigned figure)
{
	return field_of(kind_of(KIND_report), figure_tags[figure]);
}

void loss_show(const struct loss_numbers *numbers, unsigned figure, struct buf *out)
{
	const struct value value = value_num(numbers->num[figure]);

	if (numbers->has[figure])
		value_show(loss_field(figure), &value, &(struct value_ways){0}, out);
}

/* ---- reports */

struct loading {
	struct losses *losses;
	struct arena *arena;
	size_t room;
	int64_t since;
};

static const char *text_of(struct loading *to, const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	char *text;

	if (!value || value->wire != WIRE_TEXT)
		return "";
	text = arena_get(to->arena, value->text.len + 1);
	bytes_into(text, value->text.len + 1, value->text);
	return text;
}

static int64_t number_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);

	return value && value->wire == WIRE_NUM ? value->num : 0;
}

static enum loss_stage stage_of(const char *code)
{
	static const char *const codes[LOSS_STAGES] = {"first", "follow", "verified", "zero"};
	unsigned n = 0;

	while (n < LOSS_ZERO && strcmp(codes[n], code) != 0)
		n++;
	return (enum loss_stage)n;
}

static bool withdrawn(struct loading *to, const struct row *row)
{
	return !strcmp(text_of(to, row, report_stage), "withdraw");
}

static bool see_report(const struct row *row, void *to)
{
	if (row_practice(row))
		return true; /* a drill's numbers are in no sum */

	struct loading *loading = to;
	struct losses *losses = loading->losses;
	const struct value *first = row_value(row, report_first);

	if (row->at < loading->since || withdrawn(loading, row))
		return true;
	losses->reports = array_more_in(loading->arena, losses->reports, losses->count,
		&loading->room, sizeof *losses->reports);
	struct loss_report *report = &losses->reports[losses->count++];
	*report = (struct loss_report){.ref = row->ref,
		.area = row->area,
		.at = row->at,
		.state = row->state,
		.event = text_of(loading, row, report_event),
		.merged = text_of(loading, row, report_merged),
		.stage = stage_of(text_of(loading, row, report_stage)),
		.serial = number_of(row, report_serial),
		.happened = number_of(row, report_time)};
	if (!report->happened)
		report->happened = row->at;
	if (first && first->wire == WIRE_BYTES)
		(void)ref_take(first->text, &report->first);
	for (unsigned n = 0; n < LOSS_FIGURES; n++) {
		report->numbers.has[n] = row_value(row, figure_tags[n]) != NULL;
		report->numbers.num[n] = number_of(row, figure_tags[n]);
	}
	struct record record;
	row_record(row, &record);
	report->skips = rules_skip(&record);
	return true;
}

/* The newest first; of one second the later of its chain. */
static int by_age(const void *a, const void *b)
{
	const struct loss_report *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	if (x->serial != y->serial)
		return x->serial > y->serial ? -1 : 1;
	return (x->ref.seq < y->ref.seq) - (x->ref.seq > y->ref.seq);
}

static void add_event(struct losses *losses, const char *event)
{
	for (unsigned n = 0; n < losses->event_count; n++)
		if (!strcmp(losses->events[n], event))
			return;
	if (losses->event_count < LOSS_EVENTS)
		losses->events[losses->event_count++] = event;
}

/* The event that is looked at, since when it is, and of all reports those that are about it. */
static void choose_event(struct losses *losses, const char *wanted)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < losses->count; n++)
		if (losses->reports[n].stage != LOSS_ZERO)
			add_event(losses, losses->reports[n].event);
	losses->event = losses->event_count ? losses->events[0] : "";
	for (unsigned n = 0; n < losses->event_count; n++)
		if (!strcmp(losses->events[n], wanted))
			losses->event = losses->events[n];
	losses->from = losses_day(losses);
	for (unsigned n = 0; n < losses->count; n++) {
		const struct loss_report *report = &losses->reports[n];
		bool about = report->stage != LOSS_ZERO && !strcmp(report->event, losses->event);

		if (!about && report->stage != LOSS_ZERO)
			continue;
		if (about && report->happened < losses->from)
			losses->from = report->happened;
		losses->reports[kept++] = *report;
	}
	losses->count = kept;
}

/* When the event began, where it began today. */
static void begin_today(struct losses *losses)
{
	int64_t first = 0;

	for (unsigned n = 0; n < losses->count; n++)
		if (losses->reports[n].stage != LOSS_ZERO &&
			(!first || losses->reports[n].happened < first))
			first = losses->reports[n].happened;
	if (first > losses->from)
		losses->from = first;
}

/* ---- places */

static void see_places(struct loading *to)
{
	struct losses *losses = to->losses;
	struct bytes name;
	uint64_t area = 0;
	size_t room = 0;

	while (area_each(losses->area, &area, &name)) {
		losses->places = array_more_in(to->arena, losses->places, losses->place_count,
			&room, sizeof *losses->places);
		losses->places[losses->place_count++] = (struct loss_place){.area = area};
	}
}

static struct loss_place *place_of(struct losses *losses, uint64_t area)
{
	for (unsigned n = 0; n < losses->place_count; n++)
		if (losses->places[n].area == area)
			return &losses->places[n];
	return NULL;
}

/* One of today is today's, also when the event began after it. */
static void give_zero(
	struct losses *losses, struct loss_place *place, const struct loss_report *report)
{
	bool today = report->at >= losses_day(losses);

	if (report->area == losses->area && !losses->own_zero && today)
		losses->own_zero = report;
	if (!place)
		return;
	if (report->at >= losses->from && report->at > place->quiet)
		place->quiet = report->at;
	if (today && report->at > place->zero)
		place->zero = report->at;
}

static void give(struct losses *losses, const struct loss_report *report)
{
	struct loss_place *place = place_of(losses, report->area);
	bool own = report->area == losses->area;

	if (report->stage == LOSS_ZERO) {
		give_zero(losses, place, report);
		return;
	}
	if (own && !losses->own)
		losses->own = report;
	if (own)
		losses->own_first = report;
	if (!place)
		return;
	if (!place->newest)
		place->newest = report;
	place->first = report;
	place->reports++;
}

static int64_t gravity(const struct loss_place *place, bool people)
{
	const struct loss_numbers *numbers = place->newest ? &place->newest->numbers : NULL;

	if (!numbers)
		return 0;
	return people ? numbers->num[LOSS_DEAD] + numbers->num[LOSS_MISSING]
		      : numbers->num[LOSS_AFFECTED];
}

static unsigned turn_of(const struct loss_place *place)
{
	return place->newest ? 0 : loss_silent(place) ? 1 : 2;
}

static int by_gravity(const void *a, const void *b)
{
	const struct loss_place *x = a, *y = b;

	if (turn_of(x) != turn_of(y))
		return turn_of(x) < turn_of(y) ? -1 : 1;
	for (int people = 1; people >= 0; people--) {
		int64_t left = gravity(x, people), right = gravity(y, people);

		if (left != right)
			return left > right ? -1 : 1;
	}
	return (x->area > y->area) - (x->area < y->area);
}

/* ---- who was asked to report */

static bool see_order(const struct row *row, void *to)
{
	struct losses *losses = to;
	const struct value *whom = row_value(row, order_to), *text = row_value(row, order_text);
	const char *word = _(losses_urge_word);
	struct bytes name;

	if (row->area != losses->area || row->at < losses->from || !whom || !text ||
		!memmem(text->text.at, text->text.len, word, strlen(word)))
		return true;
	for (unsigned n = 0; n < losses->place_count; n++) {
		struct loss_place *place = &losses->places[n];

		if (area_name(place->area, &name) && name.len &&
			memmem(whom->text.at, whom->text.len, name.at, name.len) &&
			row->at > place->urged)
			place->urged = row->at;
	}
	return true;
}

/* ---- the sum */

/* Who leaves a number blank in a follow-up does not know it by now, and has not said that it is 0:
 * what the place told last of this event stays in the sum. False: it never told one. */
static bool last_told(const struct losses *losses, const struct loss_place *place, unsigned figure,
	int64_t *number)
{
	const struct loss_report *report;

	for (unsigned n = 0; (report = losses_version(losses, place->area, n)); n++) {
		if (!report->numbers.has[figure])
			continue;
		*number = report->numbers.num[figure];
		return true;
	}
	return false;
}

/* It has told that something was lost: a zero report of it says that this has not changed, not that
 * all is well. */
static bool has_losses(const struct losses *losses, const struct loss_place *place)
{
	bool any = false;
	int64_t number = 0;

	for (unsigned f = 0; place->newest && f < LOSS_FIGURES && !any; f++)
		any = last_told(losses, place, f, &number) && number > 0;
	return any;
}

static void add_up(struct losses *losses)
{
	for (unsigned n = 0; n < losses->place_count; n++) {
		const struct loss_place *place = &losses->places[n];

		losses->told += place->newest != NULL;
		losses->quiet += (place->quiet || place->zero) && !has_losses(losses, place);
		losses->silent += loss_silent(place);
		for (unsigned f = 0; place->newest && f < LOSS_FIGURES; f++) {
			int64_t number = 0;

			losses->sum.has[f] |= last_told(losses, place, f, &number);
			losses->sum.num[f] += number;
		}
	}
	for (unsigned f = 0; losses->own && f < LOSS_FIGURES; f++) {
		int64_t by = losses->sum.num[f] - losses->own->numbers.num[f];

		losses->difference.has[f] =
			losses->sum.has[f] && losses->own->numbers.has[f] && by != 0;
		losses->difference.num[f] = by;
	}
}

/* What this place had reported when the day began. 0 only where it said yesterday that nothing had
 * happened; where it said nothing, nobody knows. */
static void look_back(struct losses *losses)
{
	int64_t midnight = losses_day(losses);
	bool calm = false;

	for (unsigned n = 0; n < losses->count; n++) {
		const struct loss_report *report = &losses->reports[n];

		if (report->area != losses->area || report->at >= midnight)
			continue;
		if (report->stage != LOSS_ZERO) {
			losses->yesterday = report->numbers;
			return;
		}
		calm |= report->at >= midnight - DAY_SECONDS;
	}
	for (unsigned f = 0; f < LOSS_FIGURES; f++)
		losses->yesterday.has[f] = calm && losses->from >= midnight;
}

static void look_merged(struct losses *losses, struct store *store)
{
	char number[32];

	for (unsigned n = 0; losses->own && *losses->own->merged && n < losses->place_count; n++) {
		struct loss_place *place = &losses->places[n];

		if (!place->newest)
			continue;
		store_number(store, place->newest->ref, number);
		place->left_out = !names(losses->own->merged, number);
	}
}

/* Only of what is shown: each asks for marks. */
static enum rc look_proven(struct losses *losses, struct store *store, struct fault *fault)
{
	struct holders holders;
	bool held[LEVELS];
	bool joined = store_station(store)->joined;
	enum rc rc = joined ? holders_load(store, &holders, fault) : RC_OK;

	for (unsigned n = 0; n < losses->count && !rc; n++) {
		struct loss_report *report = &losses->reports[n];
		const struct loss_place *place = place_of(losses, report->area);

		report->proven = true;
		if (!joined ||
			(report != losses->own && report != losses->own_first &&
				report != losses->own_zero && (!place || place->newest != report)))
			continue;
		rc = holders_reached(store, &holders, report->ref, report->area, held, fault);
		report->proven = !rc && reached_top(held) > (int)store_station(store)->level;
	}
	return rc;
}

/* ---- all together */

static enum rc look_around(struct losses *losses, struct fault *fault)
{
	struct query orders = query_all(KIND_order);
	struct store *store = losses->world->store;

	orders.state_flags = STATE_OPEN | STATE_DONE;
	enum rc rc = store_each(store, &orders, see_order, losses, fault);
	if (!rc)
		rc = look_proven(losses, store, fault);
	look_merged(losses, store);
	return rc;
}

enum rc losses_load(struct losses *losses, struct world *world, const char *event,
	struct arena *arena, struct fault *fault)
{
	struct loading loading = {.losses = losses, .arena = arena};
	struct query query = query_all(KIND_report);
	char wanted[24];

	snprintf(wanted, sizeof wanted, "%s", event);
	*losses = (struct losses){.world = world, .area = store_area(world->store), .event = ""};
	loading.since =
		world->around.now - rules_limit("report.event.days", EVENT_DAYS) * DAY_SECONDS;
	query.area = losses->area;
	query.state_flags = STATE_OPEN | STATE_DONE;
	enum rc rc = store_each(world->store, &query, see_report, &loading, fault);
	if (rc)
		return rc;
	if (losses->count)
		qsort(losses->reports, losses->count, sizeof *losses->reports, by_age);
	choose_event(losses, wanted);
	begin_today(losses);
	losses_limits(losses);
	see_places(&loading);
	for (unsigned n = 0; n < losses->count; n++)
		give(losses, &losses->reports[n]);
	if ((rc = losses_owed(losses, arena, fault)))
		return rc;
	add_up(losses);
	look_back(losses);
	rc = look_around(losses, fault);
	if (losses->place_count)
		qsort(losses->places, losses->place_count, sizeof *losses->places, by_gravity);
	return rc;
}

const struct loss_report *losses_skipping(const struct losses *losses, unsigned n)
{
	for (unsigned m = 0; m < losses->count; m++) {
		const struct loss_report *report = &losses->reports[m];
		bool deeper =
			report->area != losses->area && area_above(report->area) != losses->area;

		if (deeper && report->skips && report->state != report_is_checked && n-- == 0)
			return report;
	}
	return NULL;
}

const struct loss_report *losses_version(const struct losses *losses, uint64_t area, unsigned n)
{
	for (unsigned m = 0; m < losses->count; m++)
		if (losses->reports[m].area == area && losses->reports[m].stage != LOSS_ZERO &&
			n-- == 0)
			return &losses->reports[m];
	return NULL;
}
