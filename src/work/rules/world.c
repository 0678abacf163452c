/* SPDX-License-Identifier: GPL-3.0-or-later
 * What rules want to know of this station and of other records than the one they judge.
 */
#include "work/rules.h"
#include "work/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/log.h"

enum { MILLI = 1000 };

static struct ref ref_of(const struct record *record)
{
	return (struct ref){record->site, record->seq};
}

/* ---- responses and the roster */

static bool see_response(const struct row *row, void *to)
{
	struct world *world = to;
	const struct value *level = row_value(row, response_level);
	uint64_t own = store_area(world->store);
	char text[8] = "";

	/* Of this place, or of one above; what is on at one village is not on at its township. */
	if (!area_within(own, row->area))
		return true;
	if (level)
		bytes_into(text, sizeof text, level->text);
	unsigned number = (unsigned)strtoul(text, NULL, 10);
	if (number && (!world->around.response || number < world->around.response))
		world->around.response = number;
	return true;
}

static bool see_roster(const struct row *row, void *to)
{
	world_see_roster(to, row);
	return true;
}

bool desk_wanted(const struct world *world, const char *desk)
{
	static const struct record nothing;
	const struct matter matter = {.record = &nothing, .around = &world->around};
	unsigned count;
	const struct rule *rule = rules_rows(RULE_DESK, &count);
	bool wanted = false;

	for (unsigned n = 0; n < count && !wanted; n++)
		wanted = !strcmp(rule[n].name, desk) && rule_holds(&rule[n], &matter);
	return wanted;
}

static void see_watch(struct world *world)
{
	struct query responses = query_all(KIND_response), roster = query_all(KIND_roster);
	struct fault fault;

	responses.state_flags = STATE_OPEN;
	roster.filters[0] = (struct filter){
		.tag = roster_date, .how = '=', .value = value_num(watch_day(world->around.now))};
	roster.filter_count = 1;
	/* What cannot be read is not known; the list that is drawn from it says that it could not
	 * be read. */
	if (store_each(world->store, &responses, see_response, world, &fault) ||
		store_each(world->store, &roster, see_roster, world, &fault))
		return;
}

/* ---- whose it is */

static bool names_level(const char *by, enum level *level)
{
	for (unsigned n = 0; n < LEVELS; n++)
		if (!strcmp(level_names[n], by)) {
			*level = (enum level)n;
			return true;
		}
	return false;
}

/* A text that names this station's place, or the user. */
static bool text_names(const struct world *world, struct bytes text)
{
	const struct station *own = store_station(world->store);
	const char *user = world->user ? world->user->name : "";
	uint64_t area = store_area(world->store);
	struct bytes name;

	if (*user && text.len && memmem(text.at, text.len, user, strlen(user)))
		return true;
	/* A station may be called otherwise than its place. */
	bool other = !area_name(area, &name) || !bytes_equal(name, bytes_text(own->name));
	return receiver_place(area, text) ||
	       (!world->user && receiver_is(world->store, area, text)) ||
	       (world->user && receiver_post(world->user, text)) ||
	       (other && *own->name && text.len &&
		       memmem(text.at, text.len, own->name, strlen(own->name)));
}

/* Of this place itself, by the code of then or of now. */
static bool is_of_place(const struct world *world, const struct record *record)
{
	return area_now(log_areas(store_log(world->store)), record->area) ==
	       store_area(world->store);
}

static bool his(void *to, unsigned tag, struct value *value, bool *known)
{
	struct world *world = to;
	const struct user *user = world->user;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	*known = user && user->who &&
		 store_row(world->store, (struct ref){store_station(world->store)->site, user->who},
			 &arena, &row, &fault) == RC_OK &&
		 row.kind->id == KIND_person;
	const struct value *found = *known ? row_value(&row, tag) : NULL;
	if (found) {
		*value = *found;
		bytes_into(world->his, sizeof world->his, found->text);
		value->text = bytes_text(world->his);
	}
	arena_release(&arena);
	return found;
}

/* Whoever has that tag beside his post. */
static bool has_tag(const struct world *world, struct bytes tag)
{
	struct world asked = *world; /* its own place for the answer */
	char wanted[32];
	struct value value;
	bool known;

	if (!world->user)
		return true;
	if (!his(&asked, person_tags, &value, &known) || value.wire != WIRE_TEXT)
		return false;
	bytes_into(wanted, sizeof wanted, tag);
	for (struct bytes left = value.text; left.len;) {
		const uint8_t *comma = memchr(left.at, ',', left.len);
		size_t len = comma ? (size_t)(comma - left.at) : left.len;

		if (bytes_equal(bytes_of(left.at, len), bytes_text(wanted)))
			return true;
		left = bytes_of(left.at + len + (comma != NULL), left.len - len - (comma != NULL));
	}
	return false;
}

static bool is_on_watch(struct world *world)
{
	world->asked |= ASKED_WATCH;
	return world->on_watch != NULL;
}

/* "带班领导" of a card's line is whoever of the roster has that post this minute. */
static bool has_watch_of(struct world *world, struct bytes text)
{
	return text.len && is_on_watch(world) && text.len <= strlen(world->on_watch->label) &&
	       !memcmp(world->on_watch->label, text.at, text.len);
}

static bool field_names(struct world *world, const struct record *record, const char *by)
{
	const struct field *field = field_named(record->kind, by);
	const struct cell *cell = field ? record_cell(record, field->tag) : NULL;
	struct ref ref;

	if (!cell)
		return is_of_place(world, record);
	if (cell->value.wire == WIRE_BYTES && ref_take(cell->value.text, &ref))
		return world_is_person(world, ref);
	if (field->codes && !strcmp(field->codes, "role_tag"))
		return is_of_place(world, record) && has_tag(world, cell->value.text);
	return cell->value.wire == WIRE_TEXT &&
	       (text_names(world, cell->value.text) ||
		       (field->type == T_REF && world_in_team(world, cell->value.text)) ||
		       (is_of_place(world, record) && has_watch_of(world, cell->value.text)));
}

/* This station, also under the number that it had before it was put back from a backup, and the
 * other stations of its place. */
static bool own_site(struct world *world, uint64_t number)
{
	const struct station *own = store_station(world->store);
	struct site site;
	return number == own->site ||
	       (log_site(store_log(world->store), number, &site) && site.area == own->area);
}

/* By a station right below this one. */
static bool written_below(const struct world *world, const struct record *record)
{
	struct log *log = store_log(world->store);
	struct site site;

	return log_site(log, record->by_site, &site) && site.area != store_area(world->store) &&
	       area_now(log_areas(log), area_above(site.area)) == store_area(world->store);
}

static bool is_given(const struct record *record, unsigned tag)
{
	const struct cell *cell = record_cell(record, tag);
	return cell && cell->value.text.len;
}

/* What is sent down to everybody is for its issuer to end; a warning that came in a file is for
 * this station only while it is in doubt to what it is tied. */
static bool issued_here(struct world *world, const struct record *record)
{
	return own_site(world, record->by_site) &&
	       (record->kind_id != KIND_warning || !is_given(record, warning_proof) ||
		       is_given(record, warning_doubt));
}

/* Is the watch anybody's here: nobody stands on the roster, or nobody in particular asks? */
static bool watch_is_open(struct world *world)
{
	world->asked |= ASKED_WATCH;
	return !world->rostered || !world->user;
}

static bool post_here(struct world *world, const struct rule *who)
{
	for (unsigned n = 0; world->user && n < who->posts; n++) {
		const struct post *post = post_named(who->post[n]);
		if (post->how == POST_ROSTER || post->how == POST_THERE
				? is_on_watch(world)
				: !strcmp(post->code, world->user->role))
			return true;
	}
	return !world->user || !*world->user->role;
}

static bool mine(void *to, const struct record *record, const char *by)
{
	struct world *world = to;
	const struct station *own = store_station(world->store);
	const struct rule *who;
	enum level level;

	if (!by)
		return record->kind->flags & K_TO_ALL ? issued_here(world, record)
						      : store_within(world->store, record->area);
	if (!strcmp(by, "own"))
		return is_of_place(world, record);
	if (names_level(by, &level))
		return own->level == level || (world->around.alone && own->level < level);
	if (!strcmp(by, "above"))
		return written_below(world, record);
	if (!strcmp(by, "watch"))
		return own_site(world, record->by_site) &&
		       (watch_is_open(world) || is_on_watch(world));
	if ((who = rules_named(RULE_WHO, by)))
		return store_within(world->store, record->area) && post_here(world, who);
	return field_names(world, record, by);
}

/* The station itself acts for everybody, as long as it has no users. */
static bool himself(void *to, const struct record *record, unsigned tag)
{
	struct world *world = to;
	const struct cell *cell = record_cell(record, tag);

	return !world->user || (cell && world_is_user(world, &cell->value));
}

/* ---- other records */

struct counting {
	struct world *world;
	unsigned tag;
	int64_t since, sum;
};

static bool count_row(const struct row *row, void *to)
{
	struct counting *counting = to;
	struct record record;
	int64_t number = MILLI;

	if (row->at < counting->since ||
		/* what has run out warns of nothing, whether somebody lifted it or not */
		(row->kind->id == KIND_warning && row_over(counting->world, row)))
		return true;
	if (counting->tag) {
		row_record(row, &record);
		if (!record_number(&record, counting->tag, &number))
			return true;
	}
	counting->sum += number;
	return true;
}

/* A warning concerns the places that it names, wherever it lies. */
static bool names_places(const struct kind *kind)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f->type == T_AREAS)
			return true;
	return false;
}

/* Those that point to the record where they can; else those of its place. */
static int64_t count(void *to, const struct record *record, const struct counting_for *what)
{
	struct counting counting = {to, what->tag, what->since, 0};
	struct query query = query_all(what->kind);
	const struct kind *of = kind_of(what->kind);
	unsigned by = what->by;
	struct bytes value = what->value;
	const struct field *parent = field_parent(of, record->kind_id);
	struct fault fault;

	if (of->states[0].code)
		query.state_flags = STATE_OPEN;
	if (by) {
		query.filters[0] = (struct filter){.tag = by,
			.how = '=',
			.value = {.wire = field_of(of, by)->type == T_REF ? WIRE_BYTES : WIRE_TEXT,
				.text = value}};
		query.filter_count = 1;
		if (!value.len)
			return 0;
	}
	if (parent && parent->target == record->kind_id && record->seq && !by)
		query.parent = ref_of(record);
	else if (record->area && !(of->flags & K_TO_ALL) && !names_places(of))
		query.area = record->area;
	enum rc rc = store_each(counting.world->store, &query, count_row, &counting, &fault);
	if (!rc && by && field_of(of, by)->type == T_REF) { /* a name stands there as a text */
		query.filters[0].value.wire = WIRE_TEXT;
		rc = store_each(counting.world->store, &query, count_row, &counting, &fault);
	}
	return rc ? 0 : counting.sum;
}

/* ---- what is listed one by one */

struct listing {
	struct counting counting;
	unsigned by;
	struct bytes codes;
	int64_t since;
};

static bool one_of(struct bytes codes, struct bytes code)
{
	for (size_t at = 0, end; at < codes.len; at = end + 1) {
		for (end = at; end < codes.len && codes.at[end] != ',';)
			end++;
		if (bytes_equal(bytes_of(codes.at + at, end - at), code))
			return true;
	}
	return false;
}

static bool see_listed(const struct row *row, void *to)
{
	struct listing *listing = to;
	const struct value *code = listing->by ? row_value(row, listing->by) : NULL;

	if (row->at < listing->since || row_void(row) ||
		(listing->by && (!code || !one_of(listing->codes, code->text))))
		return true;
	return count_row(row, &listing->counting);
}

/* When what RECORD tells of began: it says so, or it began within the days of one event. */
static int64_t began(const struct record *record)
{
	enum { EVENT_DAYS = 10 };

	for (const struct field *f = record->kind->fields; f->tag; f++) {
		const struct cell *cell = f->type == T_TIME ? record_cell(record, f->tag) : NULL;

		if (cell && cell->value.num && cell->value.num < record->at)
			return cell->value.num;
	}
	return record->at - rules_limit("report.event.days", EVENT_DAYS) * DAY_SECONDS;
}

static int64_t ledger(void *to, const struct record *record, const struct counting_for *what)
{
	struct listing listing = {{to, what->tag, 0, 0}, what->by, what->value, began(record)};
	struct query query = query_all(what->kind);
	struct fault fault;

	query.area = record->area;
	return store_each(listing.counting.world->store, &query, see_listed, &listing, &fault)
		       ? 0
		       : listing.counting.sum;
}

static bool other(
	void *to, const struct record *record, unsigned pointer, unsigned tag, int64_t *number)
{
	struct world *world = to;
	const struct cell *cell = record_cell(record, pointer);
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct record found;
	struct ref ref;
	const struct field *field = field_of(record->kind, pointer);
	bool there = cell && field &&
		     value_record(world->store, field, &cell->value, record->area, &ref) &&
		     store_row(world->store, ref, &arena, &row, &fault) == RC_OK;

	if (there) {
		row_record(&row, &found);
		there = record_number(&found, tag, number);
	}
	arena_release(&arena);
	return there;
}

static bool newer(const struct row *row, void *to)
{
	int64_t *at = to;
	if (row->at > *at)
		*at = row->at;
	return true;
}

static bool newest(void *to, const struct record *record, unsigned kind, int64_t *at)
{
	struct world *world = to;
	struct query query = query_all(kind);
	struct fault fault;

	query.parent = ref_of(record);
	*at = 0;
	return !store_each(world->store, &query, newer, at, &fault) && *at;
}

void world_open(struct world *world, struct store *store, const struct user *user, int64_t now)
{
	const struct station *own = store_station(store);

	*world = (struct world){.store = store, .user = user && user->who ? user : NULL};
	world->around = (struct surroundings){.level = own->level,
		.alone = !own->joined,
		.now = now,
		.turns = &world->turns,
		.asked = &world->asked,
		.count = count,
		.ledger = ledger,
		.other = other,
		.newest = newest,
		.himself = himself,
		.his = his,
		.like = world_like,
		.mine = mine,
		.to = world};
	see_watch(world);
}

/* ---- is a drill going on here? */

struct practising {
	struct store *store;
	struct ref drill;
};

/* One of this place, of a place above it, or below. */
static bool see_drill(const struct row *row, void *to)
{
	struct practising *at = to;
	uint64_t own = store_area(at->store);

	if (area_within(own, row->area) || area_within(row->area, own))
		at->drill = row->ref;
	return !at->drill.seq;
}

struct ref practice_on(struct store *store)
{
	struct practising at = {.store = store};
	struct query query = query_all(KIND_drill);
	struct fault fault;

	query.state = drill_is_running;
	return store_each(store, &query, see_drill, &at, &fault) ? (struct ref){0, 0} : at.drill;
}
