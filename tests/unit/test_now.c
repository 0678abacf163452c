/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whatever happens to records, at each of three levels: what stands in 现在 is open, this place's
 * own, and somebody here can do something about it. Random lives of records, judged by the
 * registers and not by the rules. Covers: C02
 */
#include "work/agenda.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "store/identity.h"
#include "store_help.h"
#include "work/may.h"

enum { NIGHT = 1784000000, MINUTE = 60, FIRST = 77, LIVES = 6, RECORDS = 60, STEPS = 4 };

static char homes[3][HELP_HOME];
static struct store *stations[3];
static uint64_t seed;
static unsigned life; /* which of them; its seed is this and FIRST */

static unsigned any(unsigned many)
{
	return help_random(&seed) % many;
}

/* ---- what happens */

static const char *const begins[][2] = {
	{"warning", "event=11B03;severity=red;headline=红;areas=410882103;expires=+4h"},
	{"warning", "event=11B03;severity=orange;headline=橙;areas=410882103205;expires=+1h"},
	{"warning", "event=11B03;severity=red;headline=邻;areas=410882104;expires=+4h"},
	{"warning", "event=11B03;severity=red;headline=演;areas=410882103;status=exercise"},
	{"order", "text=转移;to=西彰村;due=+50m"},
	{"order", "text=报数;to=西彰村、柏香镇;due=+20m;answer_type=number"},
	{"order", "text=邻镇的;to=王召乡;due=+10m"},
	{"rollcall", "text=点名;due=+10m"},
	{"hazard", "category=H0202;grade=M;place=坡;text=裂缝"},
	{"hazard", "category=H0202;grade=G;place=沟;text=落石"},
	{"task", "text=封涵洞;to=张三;due=+10m"},
	{"task", "text=别人的;to=李四;due=+10m"},
	{"report", "event=D01;stage=first;affected=3;dead=0;missing=3"},
	{"report", "event=D01;stage=zero"},
	{"request", "name=潜水泵;quantity=1;reason=积水"},
	{"incident", "place=北坡;text=塌方"},
};

static const char *const states[] = {"received", "doing", "done", "unable"};

/* What STEP takes in words, results and answers; false: it wants more. */
static bool fill(const struct step *step, char fields[128])
{
	fields[0] = '\0';
	for (unsigned n = 0; n < STEP_ARGS && step->args[n]; n++) {
		unsigned tag = step->args[n] & ~STEP_ARG_MUST;

		if (tag == ARG_TEXT)
			strcat(fields, "text=x;");
		else if (tag == ARG_RESULT)
			strcat(fields, any(3) ? "result=passed;" : "result=failed;");
		else if (step->args[n] & STEP_ARG_MUST)
			return false;
	}
	if (*fields)
		fields[strlen(fields) - 1] = '\0';
	return true;
}

/* A receipt, an answer, a presence. */
static void reply(struct store *store, struct ref ref, unsigned kind_id)
{
	const struct kind *kind = kind_of(kind_id);
	char fields[128], number[32];

	store_number(store, ref, number);
	snprintf(fields, sizeof fields, "%s=%s%s%s", field_flagged(kind, F_PARENT)->name, number,
		kind_id == KIND_answer ? ";state=" : "",
		kind_id == KIND_answer ? states[any(countof(states))] : "");
	help_add(store, kind->name, fields);
}

/* A step that may be taken here now, of those of the kind. */
static void live(struct store *store, const struct row *row)
{
	const struct actor actor = {store, NULL, NULL};
	char fields[128];
	struct fault fault;
	unsigned count = 0;

	while (row->kind->steps && row->kind->steps[count].tag)
		count++;
	const struct step *step = count ? &row->kind->steps[any(count)] : NULL;
	if (!step || may_row(&actor, row, step->tag, &fault))
		return;
	if (step->flags & STEP_MAKES &&
		(step->other == KIND_receipt || step->other == KIND_answer ||
			step->other == KIND_present))
		reply(store, row->ref, step->other);
	else if (!(step->flags & STEP_MAKES) && fill(step, fields))
		help_step(store, row->ref, step->verb, fields);
}

/* ---- what must be so */

struct finding {
	struct store *store;
	bool found;
};

static bool see_own(const struct row *row, void *to)
{
	struct finding *finding = to;

	finding->found |= !row_void(row) && row->area == store_area(finding->store);
	return !finding->found;
}

/* Has this place given an answer of KIND to it? */
static bool answered(struct store *store, struct ref ref, unsigned kind)
{
	struct finding finding = {store, false};
	struct query query = query_all(kind);
	struct fault fault;

	query.parent = ref;
	assert_int_equal(store_each(store, &query, see_own, &finding, &fault), RC_OK);
	return finding.found;
}

/* Can anybody here take a step of it, or write what answers it? */
static bool can(struct store *store, const struct row *row)
{
	const struct actor actor = {store, NULL, NULL};
	struct fault fault;

	for (const struct step *step = row->kind->steps; step && step->tag; step++) {
		enum bar bar = may_row(&actor, row, step->tag, &fault);

		if (!bar || bar == BAR_PERSON || bar == BAR_ROLE)
			return true;
	}
	return false;
}

static void is_wrong(struct store *store, const struct need_item *item, const char *why)
{
	char number[32];

	store_number(store, item->ref, number);
	fail_msg("life %u, level %d: %s %s in state %d stands in 现在 (%s), but %s", life,
		store_station(store)->level, item->kind->name, number, item->state, item->text,
		why);
}

/* What those above check, verify or grant is not for the village that wrote it. */
static bool is_for_others(struct store *store, const struct row *row)
{
	if (store_station(store)->level > LEVEL_VILLAGE)
		return false;
	return (row->kind->id == KIND_report && row->state == report_is_filed) ||
	       (row->kind->id == KIND_hazard && row->state == hazard_is_new) ||
	       (row->kind->id == KIND_request && row->state == request_is_open);
}

static void judge(struct store *store, const struct need_item *item)
{
	static const unsigned answers[] = {KIND_receipt, KIND_answer, KIND_present};
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	bool order = item->kind->id == KIND_order;

	assert_int_equal(store_row(store, item->ref, &arena, &row, &fault), RC_OK);
	/* A major hazard that others leave undone rises at every place that could call them. */
	bool risen = row.kind->id == KIND_hazard && item->until + 3600 <= when_now();
	if (!item->owing && !risen && (!item->mine || is_for_others(store, &row)))
		is_wrong(store, item, "it is another's duty");
	if (!item->owing && state_count(row.kind) &&
		!(row.kind->states[row.state].flags & STATE_OPEN) && row.kind->id != KIND_warning)
		is_wrong(store, item, "it is done");
	for (size_t n = 0; n < countof(answers) && !item->owing; n++)
		if ((item->need == NEED_SIGN || order) && answered(store, row.ref, answers[n]))
			is_wrong(store, item, "this place has answered");
	if (item->owing && item->owing > 62)
		is_wrong(store, item, "no more than all villages can owe");
	if (!item->owing && !can(store, &row))
		is_wrong(store, item, "nobody here can do anything about it");
	const struct value *end = field_flagged(row.kind, F_EXPIRES)
					  ? row_value(&row, field_flagged(row.kind, F_EXPIRES)->tag)
					  : NULL;
	if (row.kind->id == KIND_warning && end && end->num < when_now())
		is_wrong(store, item, "it is over");
	arena_release(&arena);
}

static unsigned judge_all(struct store *store)
{
	const struct actor actor = {store, NULL, NULL};
	struct needs needs = {0};
	struct fault fault;
	unsigned count = 0;

	assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
	for (unsigned n = 0; n < needs.count; n++)
		if (needs.items[n].band == BAND_NOW && needs.items[n].ref.seq) {
			judge(store, &needs.items[n]);
			count++;
		}
	needs_release(&needs);
	return count;
}

/* ---- a night */

static void begin(void)
{
	static const struct {
		uint64_t area;
		const char *code;
	} made[] = {{COUNTY, "QY"}, {TOWN, "BX"}, {VILLAGE, "XZ"}};

	for (unsigned n = 0; n < 3; n++) {
		help_home(homes[n]);
		stations[n] = help_station(homes[n], made[n].area, made[n].code);
		struct station own = *store_station(stations[n]);
		own.joined = true;
		assert_int_equal(store_station_set(stations[n], &own, NULL), RC_OK);
	}
	for (unsigned a = 0; a < 3; a++)
		for (unsigned b = 0; b < 3; b++)
			if (a != b)
				help_introduce(stations[a], stations[b]);
}

static void end(void)
{
	for (unsigned n = 0; n < 3; n++) {
		store_close(stations[n]);
		help_remove(homes[n]);
	}
}

static void what_stands_in_now_is_open_and_ours(void **state)
{
	unsigned stood = 0;

	(void)state;
	area_list_add(shipped_file("areas.tsv"));
	for (life = 0; life < LIVES; life++) {
		struct ref refs[RECORDS];

		when_hold(NIGHT);
		seed = FIRST + life;
		begin();
		for (unsigned n = 0; n < RECORDS; n++) {
			const char *const *one = begins[any(countof(begins))];

			when_skip(any(2) * MINUTE);
			refs[n] = help_add(stations[any(3)], one[0], one[1]);
			if (n % 10 < 9)
				continue;
			for (unsigned a = 0; a < 3; a++)
				for (unsigned b = 0; b < 3; b++)
					if (a != b)
						help_carry(stations[a], stations[b]);
			for (unsigned step = 0; step < 10 * STEPS; step++) {
				unsigned who = any(3), which = any(n + 1);
				struct arena arena = {0};
				struct fault fault;
				struct row row;

				when_skip(any(60));
				if (!store_row(stations[who], refs[which], &arena, &row, &fault))
					live(stations[who], &row);
				arena_release(&arena);
			}
			for (unsigned a = 0; a < 3; a++)
				stood += judge_all(stations[a]);
		}
		end();
	}
	print_message("%u things stood in now\n", stood);
	assert_true(stood > 100);
	area_lists_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_in_now_is_open_and_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
