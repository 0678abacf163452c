/* SPDX-License-Identifier: GPL-3.0-or-later
 * The round of a day, and of a campaign.
 */
#include "work/round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "base/when_parts.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "work/agenda.h"
#include "work/checking.h"

struct gathering {
	struct round *round;
	struct world *world;
	struct arena *arena;
	const struct kind *check;
	size_t room;
	int64_t today, tomorrow;
	char objects[80]; /* of the campaign */
};

/* ---- until when */

/* Does RULE ask for a check of what it is about? */
static bool is_check(const struct rule *rule, const struct kind *kind, const struct kind *check)
{
	const struct field *checked = field_named(kind, "checked"),
			   *tested = field_named(kind, "tested");

	return (rule->from == FROM_KIND && rule->from_kind == check->id) ||
	       (checked && rule->from == (int)checked->tag) ||
	       (tested && rule->from == (int)tested->tag);
}

static int64_t counted_from(
	const struct rule *rule, const struct row *row, const struct round_row *to)
{
	const struct value *day = rule->from > 0 ? row_value(row, (unsigned)rule->from) : NULL;
	int64_t from = to->last_at ? to->last_at : row->at;

	return day && day->num && date_end(day->num) > from ? date_end(day->num) : from;
}

static void judge(struct gathering *at, const struct row *row, struct round_row *to)
{
	const struct surroundings *around = &at->world->around;
	unsigned count;
	const struct rule *rule = rules_rows(RULE_NEED, &count);
	struct record record;

	row_record(row, &record);
	for (unsigned n = 0; n < count; n++) {
		struct matter matter = {.record = &record, .around = around, .mine = true};

		if (rule[n].kind != row->kind->id || !is_check(&rule[n], row->kind, at->check) ||
			!rule_fits(&rule[n], row->kind->id, row->state))
			continue;
		matter.until =
			rule_until(counted_from(&rule[n], row, to), &rule[n].plus, &record, around);
		matter.late = around->now >= matter.until;
		if (rule_holds(&rule[n], &matter) && (!to->until || matter.until < to->until))
			to->until = matter.until;
	}
	to->late = to->until && around->now >= to->until;
}

/* ---- the check before */

struct last {
	struct round_row *row;
	struct gathering *at;
};

static bool in_campaign(const struct gathering *at, const struct row *check)
{
	const struct value *drive = row_value(check, field_named(check->kind, "drive")->tag);
	struct ref ref;

	return drive && drive->wire == WIRE_BYTES && ref_take(drive->text, &ref) &&
	       ref.site == at->round->campaign.site && ref.seq == at->round->campaign.seq;
}

static bool see_last(const struct row *check, void *to)
{
	struct last *last = to;
	struct round_row *row = last->row;
	bool campaign = last->at->round->which == ROUND_CAMPAIGN;
	unsigned result = field_named(check->kind, "result")->tag;

	if (check->at > row->last_at) {
		row->last_at = check->at;
		row->result = row_field_text(
			last->at->world->store, check, result, true, last->at->arena);
	}
	if (row->done)
		return false;
	row->done = campaign ? in_campaign(last->at, check) : check->at >= last->at->today;
	if (row->done) {
		const struct value *code = row_value(check, result);

		last->at->round->found += code && !bytes_equal(code->text, bytes_text("ok"));
		row->result = row_field_text(
			last->at->world->store, check, result, true, last->at->arena);
	}
	return campaign && !row->done;
}

static enum rc find_last(struct gathering *at, struct round_row *row, struct fault *fault)
{
	struct last last = {row, at};
	struct query query = query_all(at->check->id);

	query.parent = row->ref;
	enum rc rc = store_each(at->world->store, &query, see_last, &last, fault);
	if (rc || row->done)
		return rc;
	/* Its name may stand there as it was typed. */
	query = query_all(at->check->id);
	query.area = row->area;
	query.filters[query.filter_count++] = (struct filter){
		field_flagged(at->check, F_PARENT)->tag, '=', value_text(row->title)};
	return store_each(at->world->store, &query, see_last, &last, fault);
}

/* ---- rows */

static const char *text_of(struct gathering *at, const struct row *row, const char *name)
{
	const struct field *field = field_named(row->kind, name);

	return field && !(field->flags & F_TITLE)
		       ? row_field_text(at->world->store, row, field->tag, true, at->arena)
		       : "";
}

static int64_t number_of(const struct row *row, const char *name)
{
	const struct field *field = field_named(row->kind, name);
	const struct value *value = field ? row_value(row, field->tag) : NULL;

	return value && value->wire == WIRE_NUM ? value->num : 0;
}

static bool meant(const struct gathering *at, const struct row *row)
{
	const struct field *type = field_named(row->kind, "type");
	const struct value *value = type ? row_value(row, type->tag) : NULL;

	return list_fits(at->objects, row->kind, value ? value->text : bytes_of(NULL, 0),
		       at->world->around.now) > 0;
}

static bool wanted(const struct gathering *at, const struct round_row *row)
{
	if (at->round->which != ROUND_TODAY)
		return true;
	return row->done || (row->until && row->until < at->tomorrow);
}

static bool is_running(const struct row *row)
{
	return !row->kind->states[0].code || row->kind->states[row->state].flags != STATE_VOID;
}

static bool see_object(const struct row *row, void *to)
{
	struct gathering *at = to;
	struct round *round = at->round;
	struct round_row found = {.ref = row->ref,
		.kind = row->kind,
		.area = row->area,
		.colour = row_colour(row),
		.result = "",
		.walk = number_of(row, "walk")};
	struct buf title = {0};
	struct fault fault;

	if (!is_running(row) || (round->which == ROUND_CAMPAIGN && !meant(at, row)))
		return true;
	row_title(at->world->store, row, &title);
	found.title = arena_text(at->arena, buf_cstr(&title));
	buf_release(&title);
	if (find_last(at, &found, &fault))
		return true;
	judge(at, row, &found);
	if (!wanted(at, &found))
		return true;
	found.place = text_of(at, row, "place");
	found.people = text_of(at, row, "people");
	round->rows =
		array_more_in(at->arena, round->rows, round->count, &at->room, sizeof *round->rows);
	round->rows[round->count++] = found;
	round->done += found.done;
	round->late += found.late && !found.done;
	return true;
}

/* What is left before what is done; then as one walks, then the worst, then the soonest. */
static int by_way(const void *a, const void *b)
{
	const struct round_row *x = a, *y = b;

	if (x->done != y->done)
		return x->done ? 1 : -1;
	if (!x->walk != !y->walk)
		return x->walk ? -1 : 1;
	if (x->walk != y->walk)
		return x->walk < y->walk ? -1 : 1;
	if (x->colour != y->colour)
		return x->colour < y->colour ? -1 : 1;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return strcmp(x->title, y->title);
}

/* ---- the month, and campaigns */

static bool see_month(const struct row *row, void *to)
{
	struct gathering *at = to;
	struct when_parts parts;
	const struct value *code = row_value(row, field_named(row->kind, "result")->tag);

	when_split(at->world->around.now, &parts);
	parts.day = 1;
	parts.hour = parts.minute = parts.second = 0;
	if (row->at < when_of(&parts))
		return false;
	at->round->month++;
	at->round->month_found += code && bytes_equal(code->text, bytes_text("found"));
	return true;
}

static bool see_campaign(const struct row *row, void *to)
{
	struct gathering *at = to;
	struct round *round = at->round;
	struct buf title = {0};
	const struct value *objects = row_value(row, campaign_objects);

	if (round->campaign_count == ROUND_CAMPAIGNS)
		return false;
	row_title(at->world->store, row, &title);
	round->campaigns[round->campaign_count] = row->ref;
	round->campaign_title[round->campaign_count++] = arena_text(at->arena, buf_cstr(&title));
	buf_release(&title);
	if (row->ref.site == round->campaign.site && row->ref.seq == round->campaign.seq && objects)
		bytes_into(at->objects, sizeof at->objects, objects->text);
	return true;
}

static enum rc look_around(struct gathering *at, struct fault *fault)
{
	static const unsigned checks[] = {KIND_patrol, KIND_inspect};
	struct query query = query_all(KIND_campaign);
	enum rc rc;

	query.state_flags = STATE_OPEN;
	rc = store_each(at->world->store, &query, see_campaign, at, fault);
	for (size_t n = 0; n < countof(checks) && !rc; n++) {
		query = query_all(checks[n]);
		query.area = at->round->area;
		rc = store_each(at->world->store, &query, see_month, at, fault);
	}
	return rc;
}

/* ---- how often, where something makes it oftener than its limit says */

/* "红·重大" begins with the colour. */
static void put_colour(const struct code *code, struct buf *out)
{
	const char *label = code_label(code), *dot = strstr(label, "·");
	size_t len = dot ? (size_t)(dot - label) : strcspn(label, " ");

	buf_put(out, label, len);
}

static void put_span(struct gathering *at, const char *code, struct buf *out)
{
	struct record record = {.kind = kind_of(KIND_point), .kind_id = KIND_point};
	struct rule_span span = {.limit = "patrol.{risk}.days"};
	const struct code *colour = code_find("risk", code);
	char time[WHEN_TEXT], name[32];

	snprintf(name, sizeof name, "patrol.%s.days", code);
	record.cells[field_place(record.kind, point_risk)] =
		(struct cell){.tag = point_risk, .value = value_text(code)};
	int64_t now = rule_until(0, &span, &record, &at->world->around);

	if (!colour || !now || now >= rules_limit(name, 0) * DAY_SECONDS)
		return;
	when_span(now, time);
	buf_text(out, out->len ? " " : "");
	put_colour(colour, out);
	buf_text(out, time);
}

static const char *spans_of(struct gathering *at)
{
	static const char *const codes[] = {"1", "2", "3", "4"};
	struct buf text = {0};

	for (size_t n = 0; n < countof(codes); n++)
		put_span(at, codes[n], &text);
	const char *kept = arena_text(at->arena, buf_cstr(&text));
	buf_release(&text);
	return kept;
}

enum rc round_load(
	struct round *round, struct world *world, struct arena *arena, struct fault *fault)
{
	struct gathering at = {.round = round, .world = world, .arena = arena};
	enum rc rc;

	if (!round->area)
		round->area = store_area(world->store);
	round->rows = NULL;
	round->count = round->done = round->late = round->found = 0;
	round->month = round->month_found = round->campaign_count = 0;
	at.tomorrow = date_end(date_of(world->around.now));
	at.today = at.tomorrow - DAY_SECONDS;
	rc = look_around(&at, fault);
	for (unsigned n = 0; n < kinds_count && !rc; n++) {
		struct query query = query_all(kinds[n].id);

		at.check = checked_as(&kinds[n]);
		query.area = round->area;
		if (at.check)
			rc = store_each(world->store, &query, see_object, &at, fault);
	}
	if (round->count)
		qsort(round->rows, round->count, sizeof *round->rows, by_way);
	round->spans = spans_of(&at);
	return rc;
}
