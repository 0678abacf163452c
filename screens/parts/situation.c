/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is on here and now: the response, the season, and who has the watch.
 */
#include "screens/situation.h"

#include "base/when.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "work/agenda.h"
#include "work/callees.h"
#include "work/homes.h"
#include "work/in_force.h"
#include "work/watch.h"

struct finding {
	struct world *world;
	struct buf *out;
	bool found;
	unsigned manned; /* desks, by their places in the table */
};

/* "" when no response is on. */
static const char *level_name(const struct world *world)
{
	char code[2] = {(char)('0' + world->around.response), '\0'};

	return world->around.response ? code_text("response_level", code) : "";
}

static void put_mark(const struct world *world, struct buf *out)
{
	if (practice_on(world->store).seq)
		buf_text(out, _("【演练】"));
	if (world->around.response)
		buf_fmt(out, _("[%s响应]"), level_name(world));
}

static void put_seasons(const struct world *world, struct buf *out)
{
	unsigned count;
	const struct rule *seasons = rules_rows(RULE_SEASON, &count);

	for (unsigned n = 0; n < count; n++)
		if (rules_season(seasons[n].name, world->around.now))
			buf_fmt(out, "%s%s", out->len ? "  " : "", rule_text(&seasons[n]));
}

void situation_over(struct stack *stack, struct store *store)
{
	struct buf mark = {0}, season = {0};
	struct world world;

	world_open(&world, store, NULL, store_now(store));
	put_mark(&world, &mark);
	put_seasons(&world, &season);
	stack_around(stack, buf_cstr(&mark), level_name(&world), buf_cstr(&season));
	buf_release(&mark);
	buf_release(&season);
}

void situation_clock(struct stack *stack, struct store *store)
{
	int64_t now = store_now(store);
	char clock[WHEN_TEXT];

	when_short(now, now, clock);
	stack_clock(stack, clock);
}

/* The one that is on at the gravest level, and since when. */
static bool see_response(const struct row *row, void *to)
{
	struct finding *finding = to;
	struct record record;
	int64_t level;
	char time[WHEN_TEXT];

	row_record(row, &record);
	if (!record_number(&record, response_level, &level) ||
		level != finding->world->around.response * INT64_C(1000))
		return true;
	buf_byte(finding->out, ' ');
	display_field(finding->world->store, row, field_of(row->kind, response_event), false,
		finding->out);
	display_time(row->at, finding->world->around.now, time);
	buf_fmt(finding->out, _(" %s起"), time);
	return false;
}

void situation_response(struct world *world, struct buf *out)
{
	struct finding finding = {.world = world, .out = out};
	struct query query = query_all(KIND_response);
	struct fault fault;

	put_mark(world, out);
	query.state_flags = STATE_OPEN;
	if (world->around.response)
		(void)!store_each(world->store, &query, see_response, &finding, &fault);
}

void situation_line(struct world *world, struct buf *out)
{
	situation_response(world, out);
	put_seasons(world, out);
}

/* ---- the watch */

static const struct {
	unsigned tag;
	const char *label;
	bool phone; /* that he is reached by */
} posts[] = {
	{roster_officer, "", false},
	{roster_head, N_("值班长"), true},
	{roster_leader, N_("带班"), true},
	{roster_leader_b, "B", false},
};

static void put_phone(struct finding *to, const struct value *value)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;

	if (value->wire == WIRE_BYTES && ref_take(value->text, &ref) &&
		store_row(to->world->store, ref, &arena, &row, &fault) == RC_OK &&
		row_value(&row, person_phone))
		row_field(to->world->store, &row, person_phone, true, to->out);
	arena_release(&arena);
}

/* Desks that have to be manned, and are not. */
static void put_unmanned(struct world *world, unsigned manned, struct buf *out)
{
	const struct code *code;

	for (unsigned n = 1; (code = code_nth("desk", n)); n++)
		if (!(manned & 1u << n) && desk_wanted(world, code->code)) {
			buf_byte(out, ' ');
			buf_fmt(out, _("缺%s席"), code_label(code));
		}
}

static unsigned desk_at(const struct value *desk)
{
	const struct code *code;
	unsigned n = 1;

	while (desk && (code = code_nth("desk", n)) &&
		!bytes_equal(desk->text, bytes_text(code->code)))
		n++;
	return desk ? n : 0;
}

static bool see_roster(const struct row *row, void *to)
{
	struct finding *finding = to;
	struct buf *out = finding->out;

	if (row->area != store_station(finding->world->store)->area)
		return true;
	finding->manned |= 1u << desk_at(row_value(row, roster_desk));
	for (size_t n = 0; n < countof(posts); n++) {
		const struct value *value = row_value(row, posts[n].tag);

		if (!value || (n && finding->found))
			continue; /* the second desk has the same leaders */
		buf_text(out, out->len ? " " : "");
		buf_text(out, *posts[n].label ? _(posts[n].label) : "");
		buf_text(out, *posts[n].label ? display_gap() : "");
		display_field(
			finding->world->store, row, field_of(row->kind, posts[n].tag), false, out);
		if (posts[n].phone)
			put_phone(finding, value);
	}
	finding->found = true;
	return true;
}

void situation_watch(struct world *world, struct buf *out)
{
	struct buf names = {0};
	struct finding finding = {.world = world, .out = &names};
	struct query query = query_all(KIND_roster);
	struct fault fault;

	query.filters[0] = (struct filter){
		.tag = roster_date, .how = '=', .value = value_num(watch_day(world->around.now))};
	query.filter_count = 1;
	if (!store_each(world->store, &query, see_roster, &finding, &fault) && names.len)
		buf_fmt(out, _("在班 %s"), buf_cstr(&names));
	if (names.len)
		put_unmanned(world, finding.manned, out);
	buf_release(&names);
}

void situation_above(struct world *world, struct buf *out)
{
	static const struct rule who = {.posts = 1, .post = {"up"}, .way = {"phone"}};
	struct arena arena = {0};
	struct callees callees = {.arena = &arena};
	uint64_t above = area_above(store_station(world->store)->area);
	struct fault fault;

	if (above && !callees_of(&callees, world, &who, above, NULL, &fault) && callees.count &&
		*callees.list[0].phone) {
		const struct callee *one = &callees.list[0];

		display_place(above, out);
		buf_fmt(out, "%s%s", display_gap(), _("值班"));
		buf_text(out, *one->title ? " " : "");
		display_text(one->title, out);
		buf_fmt(out, " %s", one->phone);
	}
	arena_release(&arena);
}

void situation_below(struct world *world, bool brief, struct buf *out)
{
	enum { MINUTE = 60 };
	struct watch_silent silent;
	struct arena arena = {0};
	struct fault fault;
	char span[WHEN_TEXT];
	bool some = watch_silent_load(&silent, world->store, world->around.now, &arena, &fault) ==
			    RC_OK &&
		    silent.count;

	if (some)
		buf_fmt(out, brief ? _("断网%u处") : _("下级断网%u处"), silent.count);
	if (some && !brief && silent.longest) {
		when_span(silent.longest / MINUTE * MINUTE, span);
		buf_fmt(out, _(" 最久%s"), span);
	}
	arena_release(&arena);
}

/* When the next second visit falls due; 0 = none does. */
static int64_t next_visit(const struct homes *homes, int64_t now)
{
	int64_t next = 0;

	for (unsigned n = 0; n < homes->count; n++) {
		int64_t again = homes->list[n].again;

		if (again > now && (!next || again < next))
			next = again;
	}
	return next;
}

int64_t situation_untold(struct world *world, struct buf *out)
{
	int64_t next = 0;
	enum { TARGET = 90, ORANGE = 1 };
	struct arena arena = {0};
	struct in_force in_force;
	struct homes homes;
	struct fault fault;
	struct row row;
	enum look look;
	bool grave = in_force_load(&in_force, world, &fault) == RC_OK && in_force.count &&
		     store_row(world->store, in_force.at[0], &arena, &row, &fault) == RC_OK &&
		     row_colour(&row) <= ORANGE;

	if (grave) {
		homes = (struct homes){.warning = row.ref, .area = store_area(world->store)};
		const char *colour = display_row_colour(&row, &look);

		if (!homes_load(&homes, world->store, world->around.now, &arena, &fault) &&
			homes_undone(&homes) &&
			homes_told(&homes) < rules_limit("told.percent", TARGET))
			buf_fmt(out, _("%s %u户没告知到户，告知率%u%%"), colour,
				homes_undone(&homes), homes_told(&homes));
		bool behind = out->len == 0;
		if (behind && homes.again)
			buf_fmt(out, _("%s %u户到时要回访"), colour, homes.again);
		if (out->len)
			buf_text(out, _("：按 D"));
		/* What stands behind the key may be cut. */
		if (!behind && homes.again)
			buf_fmt(out, _("，%u户到时要回访"), homes.again);
		if (!behind && homes.before)
			buf_fmt(out, _("，%u户告知过别的预警"), homes.before);
		next = next_visit(&homes, world->around.now);
	}
	arena_release(&arena);
	return next;
}
