/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who owes an answer: which places a record asks, which of them have answered, and how long that
 * took.
 */
#include "work/rules/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"

enum { DAYS_ASKED = 3 };

/* ---- places */

/* A county that brought in a warning for one of its townships answers for it, too. */
static bool wrote(struct world *world, const struct row *row, uint64_t area)
{
	struct site site;
	return log_site(store_log(world->store), row->by_site, &site) &&
	       area_now(log_areas(store_log(world->store)), site.area) == area;
}

static bool field_means(
	struct world *world, const struct row *row, const char *places, uint64_t area)
{
	const struct field *field = field_named(row->kind, places);
	const struct value *value = field ? row_value(row, field->tag) : NULL;
	if (!value)
		return area_within(area, row->area);
	if (field->type == T_AREAS)
		return area_reach(value->text, area) != AREA_ELSEWHERE &&
		       (area_within(area, row->area) || wrote(world, row, area));
	if (value->wire != WIRE_TEXT)
		return area == row->area; /* a person of the place where it lies */
	return area_within(area, row->area) && receiver_is(world->store, area, value->text);
}

bool warning_own(struct store *store, const struct row *row)
{
	const struct value *issuer = row_value(row, warning_issuer),
			   *id = row_value(row, warning_issuer_site);
	struct site site;
	char own[24];

	if (row_value(row, warning_proof))
		return false;
	if (id) {
		snprintf(own, sizeof own, "%llx", (unsigned long long)row->ref.site);
		return bytes_equal(id->text, bytes_text(own));
	}
	/* By name where a file, or a program that did not write the id, says who issued it. */
	if (!log_site(store_log(store), row->by_site, &site))
		return false;
	return !issuer || bytes_equal(issuer->text, bytes_text(site.name));
}

/* Who issues something knows of it. What a village typed, what came in a file, and what was typed
 * in for another who issued it, was heard: the watch there signs it like everybody. */
static bool knows(struct world *world, const struct row *row, uint64_t area)
{
	return area == row->area && area_level(area) > LEVEL_VILLAGE &&
	       (row->kind->id != KIND_warning || warning_own(world->store, row)) &&
	       wrote(world, row, area);
}

bool ask_wants(struct world *world, const struct rule *rule, const struct row *row, uint64_t area)
{
	if (!row)
		return strcmp(rule->places, "villages") != 0 ? area == store_area(world->store)
							     : area_level(area) == LEVEL_VILLAGE;
	if (knows(world, row, area))
		return false;
	if (!strcmp(rule->places, "villages"))
		return area_level(area) == LEVEL_VILLAGE && area_within(area, row->area);
	if (!strcmp(rule->places, "area"))
		return area == row->area;
	return field_means(world, row, rule->places, area);
}

/* ---- until when */

/* Of a record that is over, an ask of the time before looks at that time. */
static bool of_before(const struct rule *rule, const struct row *row)
{
	return row->state && !rule_fits(rule, row->kind->id, row->state);
}

static int64_t asked_since(
	const struct world *world, const struct rule *rule, const struct row *row)
{
	if (!row) {
		(void)!rules_past(&world->around, date_end(date_of(world->around.now)));
		return date_end(date_of(world->around.now)) - DAY_SECONDS;
	}
	return row->state && !of_before(rule, row) ? row->state_at : row->at;
}

static int64_t ask_until(struct world *world, const struct rule *rule, const struct row *row)
{
	const struct value *due = rule->due ? row_value(row, (unsigned)rule->due) : NULL;
	struct record record;
	enum { MINUTE = 60 };
	if (!row)
		return asked_since(world, rule, row) + (int64_t)rule->clock * MINUTE;
	if (due && due->num)
		return field_of(row->kind, (unsigned)rule->due)->type == T_DATE ? date_end(due->num)
										: due->num;
	row_record(row, &record);
	return rule_until(asked_since(world, rule, row), &rule->within, &record, &world->around);
}

/* A warning that is lifted or replaced still runs out when it said that it would: from then on
 * nobody is told of its end. */
int64_t row_end(const struct row *row)
{
	const struct field *field = field_flagged(row->kind, F_EXPIRES);
	const struct value *value = field ? row_value(row, field->tag) : NULL;
	int64_t asked, end = INT64_MAX;
	if (value)
		end = field->type == T_DATE ? date_end(value->num) : value->num;
	if (!row->state && value)
		return end;
	if (row->kind->id != KIND_warning)
		return INT64_MAX;
	asked = (row->state ? row->state_at : row->at) +
		rules_limit("warning.unsigned.days", DAYS_ASKED) * DAY_SECONDS;
	return asked < end ? asked : end;
}

bool row_over(const struct world *world, const struct row *row)
{
	return rules_past(&world->around, row_end(row));
}

bool ask_asks(struct world *world, const struct rule *rule, const struct row *row)
{
	struct record record;
	struct matter matter = {.record = &record, .around = &world->around};
	if (rule->kind != row->kind->id || !rule_fits(rule, row->kind->id, row->state))
		return false;
	row_record(row, &record);
	return rule_holds(rule, &matter) && !row_over(world, row);
}

/* ---- answers */

struct looking {
	struct world *world;
	const struct rule *rule;
	const struct row *row;
	bool found;
};

static int64_t version_of(const struct row *row, unsigned tag)
{
	const struct value *value = row_value(row, tag);
	return value ? value->num : 1;
}

/* What was written where nobody keeps a roster, or by a program that did not know of it, says
 * nothing of the watch, and stands. */
bool ask_by_watch(const struct rule *rule, const struct row *answer)
{
	const struct field *field = rule->signers ? field_named(answer->kind, "watch") : NULL;
	const struct value *watch = field ? row_value(answer, field->tag) : NULL;
	const struct rule *who = watch ? rules_named(RULE_WHO, rule->signers) : NULL;

	for (unsigned n = 0; who && n < who->posts; n++) {
		const struct post *post = post_named(who->post[n]);

		if (post->how == POST_ROSTER && bytes_equal(watch->text, bytes_text(post->code)))
			return true;
	}
	return !who;
}

/* An answer is to the state that the record is in; a receipt is for the version that was signed. */
static bool counts(const struct rule *rule, const struct row *row, const struct row *answer)
{
	if (answer->kind->id == KIND_receipt && row->kind->id == KIND_warning &&
		version_of(answer, receipt_version) < version_of(row, warning_version))
		return false;
	if (row->state && (answer->at < row->state_at) != of_before(rule, row))
		return false;
	return !row_void(answer);
}

/* Another station of this place, and this one under the number that it had before it was put back,
 * are this one. What was written here for a place below, by telephone, is that place's. */
static bool from_here(struct world *world, const struct row *answer)
{
	const struct station *own = store_station(world->store);
	struct site site;
	uint64_t here = store_area(world->store);
	if (answer->area == here)
		return true;
	return !area_within(answer->area, here) &&
	       (answer->by_site == own->site ||
		       (log_site(store_log(world->store), answer->by_site, &site) &&
			       site.area == own->area));
}

static bool see_answer(const struct row *answer, void *to)
{
	struct looking *looking = to;
	looking->found = from_here(looking->world, answer) &&
			 counts(looking->rule, looking->row, answer) &&
			 ask_by_watch(looking->rule, answer);
	return !looking->found;
}

/* Without a record: the newest first. */
static struct query answers_to(const struct rule *rule, const struct row *row)
{
	struct query query = query_all(rule->answer);
	if (row)
		query.parent = row->ref;
	return query;
}

static bool answered_here(struct world *world, const struct rule *rule, const struct row *row)
{
	struct looking looking = {world, rule, row, false};
	struct query query = answers_to(rule, row);
	struct fault fault;
	return !store_each(world->store, &query, see_answer, &looking, &fault) && looking.found;
}

/* Does RULE want an answer to ROW from this station, and until when? */
static bool ask_here(
	struct world *world, const struct rule *rule, const struct row *row, int64_t *until)
{
	if (!ask_asks(world, rule, row) || !ask_wants(world, rule, row, store_area(world->store)) ||
		answered_here(world, rule, row))
		return false;
	*until = ask_until(world, rule, row);
	return true;
}

bool ask_answered(struct world *world, const struct row *row)
{
	unsigned count;
	const struct rule *rule = rules_rows(RULE_ASK, &count);
	for (unsigned n = 0; n < count; n++)
		if (rule[n].kind == row->kind->id &&
			rule_fits(&rule[n], row->kind->id, row->state) &&
			answered_here(world, &rule[n], row))
			return true;
	return false;
}

static bool says(const struct row *row, unsigned tag, const char *code)
{
	const struct value *value = row_value(row, tag);
	return value && bytes_equal(value->text, bytes_text(code));
}

/* It cannot be done here, or what the order asks for was given: a number, words, that they are
 * there. */
bool ask_ends(const struct row *order, const struct row *answer)
{
	if (answer->kind->id != KIND_answer)
		return false;
	if (says(answer, answer_state, "done") || says(answer, answer_state, "unable"))
		return true;
	if (order->kind->id != KIND_order || says(answer, answer_state, "received"))
		return false;
	return (says(order, order_answer_type, "number") && row_value(answer, answer_number)) ||
	       (says(order, order_answer_type, "text") && row_value(answer, answer_text)) ||
	       (says(order, order_answer_type, "arrival") && says(answer, answer_state, "arrived"));
}

static bool see_done(const struct row *answer, void *to)
{
	struct looking *looking = to;
	if (row_void(answer) || !from_here(looking->world, answer))
		return true;
	looking->found = ask_ends(looking->row, answer);
	return false;
}

bool ask_done(struct world *world, const struct row *row)
{
	unsigned count;
	const struct rule *rule = rules_rows(RULE_ASK, &count);
	struct looking looking = {.world = world, .row = row};
	for (unsigned n = 0; n < count && !looking.found; n++) {
		struct query query = answers_to(&rule[n], row);
		struct fault fault;
		if (rule[n].answer == KIND_answer && rule[n].kind == row->kind->id &&
			store_each(world->store, &query, see_done, &looking, &fault))
			return false;
	}
	return looking.found;
}

const struct rule *ask_open(struct world *world, const struct row *row, int64_t *until)
{
	unsigned count;
	const struct rule *rule = rules_rows(RULE_ASK, &count);
	for (unsigned n = 0; n < count; n++)
		if (ask_here(world, &rule[n], row, until))
			return &rule[n];
	return NULL;
}

bool ask_every(struct world *world, const struct rule *rule)
{
	static const struct record none;
	const struct matter matter = {.record = &none, .around = &world->around};
	return rule->every && rule_holds(rule, &matter);
}

/* ---- all of them */

struct gathering {
	const struct rule *rule;
	const struct row *row;
	struct asked *asked;
	size_t room;
};

static bool gather(const struct row *answer, void *to)
{
	struct gathering *gathering = to;
	struct asked *asked = gathering->asked;
	bool good = gathering->row ? counts(gathering->rule, gathering->row, answer)
				   : !row_void(answer) && answer->at >= asked->from;
	for (unsigned n = 0; n < asked->count && good; n++) {
		struct asked_place *place = &asked->places[n];
		if (place->area != answer->area)
			continue;
		if (!ask_by_watch(gathering->rule, answer)) {
			place->read = true;
			continue;
		}
		if (!place->answered) /* the newest come first */
			place->ended = gathering->row && ask_ends(gathering->row, answer);
		if (!place->answered || answer->at < place->at)
			place->at = answer->at;
		place->answer = answer->ref;
		place->answered = true;
	}
	/* Of a day the older ones are of no use; a clock may be some hours wrong. */
	return gathering->row || answer->at >= asked->from - DAY_SECONDS;
}

static int by_owing(const void *a, const void *b)
{
	const struct asked_place *x = a, *y = b;
	if (x->answered != y->answered)
		return x->answered ? 1 : -1;
	return (x->area > y->area) - (x->area < y->area);
}

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* How long it took until PERCENT of all had answered; -1 = they have not. */
static int64_t took(const struct asked *asked, const int64_t *times, unsigned percent)
{
	unsigned need = (asked->count * percent + 99) / 100;
	return need && need <= asked->answered ? times[need - 1] : -1;
}

static void sum_up(struct asked *asked, struct world *world)
{
	int64_t *times = memory_get(asked->count + 1, sizeof *times);
	for (unsigned n = 0; n < asked->count; n++) {
		struct asked_place *place = &asked->places[n];
		place->late = (place->answered ? place->at : world->around.now) > asked->until;
		asked->undone += !place->ended;
		if (place->answered)
			times[asked->answered++] =
				place->at > asked->from ? place->at - asked->from : 0;
	}
	qsort(times, asked->answered, sizeof *times, by_time);
	asked->median = took(asked, times, 50);
	asked->ninety = took(asked, times, 90);
	if (asked->count)
		qsort(asked->places, asked->count, sizeof *asked->places, by_owing);
	free(times);
}

static void add_place(struct asked *asked, struct arena *arena, uint64_t area, size_t *room)
{
	asked->places =
		array_more_in(arena, asked->places, asked->count, room, sizeof *asked->places);
	asked->places[asked->count++] = (struct asked_place){.area = area};
}

/* Those directly below ABOVE; DEEP: the villages below it instead. */
static void add_below(
	struct gathering *to, struct world *world, uint64_t above, bool deep, struct arena *arena)
{
	uint64_t area = 0;
	struct bytes name;
	while (area_each(above, &area, &name)) {
		if (deep && area_level(area) > LEVEL_VILLAGE)
			add_below(to, world, area, deep, arena);
		else if (ask_wants(world, to->rule, to->row, area))
			add_place(to->asked, arena, area, &to->room);
	}
}

static enum rc load(struct gathering *to, struct world *world, bool deep, struct arena *arena,
	struct fault *fault)
{
	uint64_t own = store_area(world->store);
	struct query query = answers_to(to->rule, to->row);
	struct asked *asked = to->asked;
	*asked = (struct asked){.from = asked_since(world, to->rule, to->row),
		.until = ask_until(world, to->rule, to->row)};
	/* What is owed every day is owed by this place, too; other asks of it go by ask_open. */
	if (!to->row && ask_wants(world, to->rule, to->row, own))
		add_place(asked, arena, own, &to->room);
	add_below(to, world, own, deep, arena);
	enum rc rc = store_each(world->store, &query, gather, to, fault);
	if (!rc)
		sum_up(asked, world);
	return rc;
}

enum rc asked_load(struct asked *asked, struct world *world, const struct rule *rule,
	const struct row *row, struct arena *arena, struct fault *fault)
{
	struct gathering gathering = {.rule = rule, .row = row, .asked = asked};
	if (rule->event)
		return asked_event(asked, world, rule, arena, fault);
	return load(&gathering, world, false, arena, fault);
}

enum rc asked_villages(struct asked *asked, struct world *world, const struct rule *rule,
	const struct row *row, struct arena *arena, struct fault *fault)
{
	struct gathering gathering = {.rule = rule, .row = row, .asked = asked};
	return load(&gathering, world, true, arena, fault);
}
