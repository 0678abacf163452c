/* SPDX-License-Identifier: GPL-3.0-or-later
 * What rows `then` make is there once: in whatever order facts come, however often, and when two
 * stations that do not hear of each other are told the same.
 *
 * Tests also: then_text.c then_set.c
 * Covers: D01 D04
 */
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/search.h"
#include "store/station.h"
#include "work/change.h"

enum { PLACES = HELP_LEVELS, ROUNDS = 24, CARRIES = 8, LINES = 4 };

static struct store *at[PLACES];
static const char *const lines[LINES] = {"对讲机没电", "集合慢了10分钟", "花名册不全", "没有清点"};

static int start(void **state)
{
	(void)state;
	help_levels(at);
	for (unsigned i = 0; i < PLACES; i++)
		for (unsigned k = 0; k < PLACES; k++)
			if (i != k)
				help_introduce(at[i], at[k]);
	return 0;
}

/* A step as a person takes it, with what follows; FIELDS: name, value, …, NULL. */
static void take(struct store *store, struct ref ref, const char *verb, const char *const *fields)
{
	struct actor actor = {.store = store};
	struct arena arena = {0};
	struct fault fault = {.text = ""};
	struct record record;
	struct change change;
	struct ref made;
	const char *why = "";

	assert_int_equal(store_record(store, ref, &arena, &record, NULL, &fault), RC_OK);
	change_step(&change, &actor, &record, step_named(record.kind, verb));
	for (; *fields; fields += 2)
		if (!change_set(&change, fields[0], fields[1], &why))
			fail_msg("%s: %s", fields[0], why);
	change_defaults(&change);
	if (change_commit(&change, &made, &fault))
		fail_msg("%s: %s", verb, fault.text);
	change_release(&change);
	arena_release(&arena);
}

static void evaluate(struct store *store, struct ref drill, const char *problems)
{
	take(store, drill, "evaluate",
		(const char *const[]){"score", "good", "problems", problems, NULL});
}

struct findings {
	unsigned count, of[LINES], done;
	struct ref last;
};

static bool see(const struct row *row, void *to)
{
	struct findings *findings = to;
	const struct value *text = row_value(row, finding_text);

	findings->count++;
	findings->done += row->kind->states[row->state].flags == STATE_DONE;
	findings->last = row->ref;
	for (unsigned n = 0; n < LINES; n++)
		findings->of[n] += bytes_equal(text->text, bytes_text(lines[n]));
	return true;
}

static struct findings found(struct store *store, struct ref drill)
{
	struct findings findings = {0};
	struct query query = query_all(KIND_finding);
	unsigned count;

	query.parent = drill;
	assert_int_equal(store_each(store, &query, see, &findings, NULL), RC_OK);
	assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
	assert_int_equal(count, findings.count);
	return findings;
}

static void all_meet(void)
{
	for (unsigned i = 0; i < PLACES; i++)
		for (unsigned k = 0; k < PLACES; k++)
			if (i != k)
				help_carry(at[i], at[k]);
}

/* The rows of all stations are the same, and they are what their facts fold to. */
static void all_agree(void)
{
	struct buf first = {0}, other = {0};
	struct check check;

	for (unsigned i = 0; i < PLACES; i++) {
		help_dump(at[i], i ? &other : &first);
		if (i && strcmp(buf_cstr(&first), buf_cstr(&other)) != 0)
			fail_msg("station %u:\n%s\nstation 0:\n%s", i, buf_cstr(&other),
				buf_cstr(&first));
		assert_int_equal(store_check(at[i], false, &check, NULL), RC_OK);
		assert_int_equal(check.wrong_rows, 0);
	}
	assert_int_equal(store_rebuild(at[0], NULL), RC_OK);
	help_dump(at[0], &other);
	assert_string_equal(buf_cstr(&first), buf_cstr(&other));
	buf_release(&first);
	buf_release(&other);
}

/* Some of the lines, at least one. */
static unsigned pick(uint64_t *seed, struct buf *out)
{
	unsigned some = help_random(seed) % ((1 << LINES) - 1) + 1;

	buf_clear(out);
	for (unsigned n = 0; n < LINES; n++)
		if (some & 1u << n)
			buf_fmt(out, "%s%s", out->len ? "\n" : "", lines[n]);
	return some;
}

/* Village and township evaluate the same drill, once or more, while facts go to and fro or do not.
 */
static void each_problem_is_there_once(void **state)
{
	uint64_t seed = 20261129;
	struct buf text = {0};

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct ref drill = help_add(at[HELP_VILLAGE], "drill", "title=转移演练;type=D2");
		unsigned told = 0;

		for (unsigned i = 1; i < PLACES; i++)
			help_carry(at[i], at[HELP_VILLAGE]);
		for (unsigned n = 0; n < CARRIES; n++) {
			unsigned to = help_random(&seed) % PLACES;

			if (n < 2 || help_random(&seed) % 3 == 0) {
				told |= pick(&seed, &text);
				evaluate(at[n < 2 ? n : to % 2], drill, buf_cstr(&text));
			} else {
				help_carry(at[to], at[help_random(&seed) % PLACES]);
			}
		}
		all_meet();
		for (unsigned i = 0; i < PLACES; i++) {
			struct findings findings = found(at[i], drill);

			for (unsigned n = 0; n < LINES; n++)
				assert_int_equal(findings.of[n], told >> n & 1);
		}
	}
	all_agree();
	buf_release(&text);
}

/* What one has done with his is done with the one that both have. */
static void what_was_done_with_either_counts(void **state)
{
	struct ref drill = help_add(at[HELP_VILLAGE], "drill", "title=拉动;type=D2"), own, other;
	char typed[32];

	(void)state;
	help_carry(at[HELP_TOWN], at[HELP_VILLAGE]);
	evaluate(at[HELP_VILLAGE], drill, lines[0]);
	evaluate(at[HELP_TOWN], drill, lines[0]);
	own = found(at[HELP_VILLAGE], drill).last;
	other = found(at[HELP_TOWN], drill).last;
	assert_true(own.site != other.site);
	take(at[HELP_TOWN], other, "finish", (const char *const[]){"text", "换了电池", NULL});
	all_meet();
	for (unsigned i = 0; i < PLACES; i++) {
		struct findings findings = found(at[i], drill);
		struct ref shown;

		assert_int_equal(findings.count, 1);
		assert_int_equal(findings.done, 1);
		assert_true(findings.last.site == own.site && findings.last.seq == own.seq);
		/* Whoever noted the other number finds it, too. */
		store_number(at[i], other, typed);
		assert_int_equal(store_resolve(at[i], typed, &shown, NULL), RC_OK);
		assert_true(shown.site == own.site && shown.seq == own.seq);
		assert_string_equal(help_state(at[i], other), "done");
	}
	all_agree();
}

static bool count_found(const struct row *row, void *to)
{
	*(unsigned *)to += row->kind->id == KIND_finding;
	return true;
}

static void it_is_found_once(void **state)
{
	struct ref drill = help_add(at[HELP_VILLAGE], "drill", "title=夜间;type=D2");
	unsigned count = 0;

	(void)state;
	help_carry(at[HELP_TOWN], at[HELP_VILLAGE]);
	evaluate(at[HELP_VILLAGE], drill, "照明车没到");
	evaluate(at[HELP_TOWN], drill, "照明车没到");
	all_meet();
	assert_int_equal(store_find(at[HELP_COUNTY], &(struct find_query){.words = "照明车"},
				 count_found, &count, NULL),
		RC_OK);
	assert_int_equal(count, 1);
}

static bool see_ref(const struct row *row, void *to)
{
	*(struct ref *)to = row->ref;
	return true;
}

/* Closed at two places apart; opened again and closed for the second time. */
static void a_second_closing_makes_a_second_task(void **state)
{
	struct ref hazard =
		help_add(at[HELP_VILLAGE], "hazard", "category=H0101;place=后山;text=落石;grade=G");
	struct query query = query_all(KIND_task);
	struct ref task;
	unsigned count;

	(void)state;
	take(at[HELP_VILLAGE], hazard, "rectify", (const char *const[]){"text", "清了", NULL});
	help_carry(at[HELP_TOWN], at[HELP_VILLAGE]);
	take(at[HELP_TOWN], hazard, "recheck", (const char *const[]){"result", "passed", NULL});
	help_carry(at[HELP_VILLAGE], at[HELP_TOWN]);
	for (unsigned i = 0; i < 2; i++)
		take(at[i], hazard, "close", (const char *const[]){NULL});
	all_meet();
	query.parent = hazard;
	for (unsigned i = 0; i < PLACES; i++) {
		assert_int_equal(store_count(at[i], &query, &count, NULL), RC_OK);
		assert_int_equal(count, 1);
		assert_int_equal(store_each(at[i], &query, see_ref, &task, NULL), RC_OK);
	}
	take(at[HELP_TOWN], hazard, "reopen", (const char *const[]){"text", "又落石", NULL});
	take(at[HELP_VILLAGE], task, "finish", (const char *const[]){NULL});
	all_meet();
	take(at[HELP_VILLAGE], hazard, "rectify", (const char *const[]){"text", "又清了", NULL});
	all_meet();
	take(at[HELP_TOWN], hazard, "recheck", (const char *const[]){"result", "passed", NULL});
	take(at[HELP_TOWN], hazard, "close", (const char *const[]){NULL});
	all_meet();
	for (unsigned i = 0; i < PLACES; i++) {
		assert_int_equal(store_count(at[i], &query, &count, NULL), RC_OK);
		assert_int_equal(count, 2);
	}
}

/* A record as a person adds it, with what follows. */
static void adds(struct store *store, unsigned kind, struct ref parent, const char *const *fields)
{
	struct actor actor = {.store = store};
	struct fault fault = {.text = ""};
	struct change change;
	struct ref made;
	const char *why = "";

	change_new(&change, &actor, kind_of(kind), parent);
	for (; *fields; fields += 2)
		if (!change_set(&change, fields[0], fields[1], &why))
			fail_msg("%s: %s", fields[0], why);
	change_defaults(&change);
	if (change_commit(&change, &made, &fault))
		fail_msg("%s", fault.text);
	change_release(&change);
}

static void moves(struct store *store, struct ref supply, const char *type, const char *quantity)
{
	adds(store, KIND_move, supply,
		(const char *const[]){"type", type, "quantity", quantity, NULL});
}

static void has_left(struct store *store, struct ref supply, int64_t quantity, unsigned conflicts)
{
	struct arena arena = {0};
	struct row row;

	assert_int_equal(store_row(store, supply, &arena, &row, NULL), RC_OK);
	assert_int_equal(row_value(&row, supply_quantity)->num, quantity * 1000);
	assert_int_equal(row.conflicts, conflicts);
	arena_release(&arena);
}

static void what_two_places_hand_out_apart_adds_up(void **state)
{
	struct ref supply = help_add(at[HELP_VILLAGE], "supply", "name=编织袋;quantity=100");

	(void)state;
	help_carry(at[HELP_TOWN], at[HELP_VILLAGE]);
	moves(at[HELP_VILLAGE], supply, "out", "30");
	moves(at[HELP_TOWN], supply, "out", "20");
	moves(at[HELP_TOWN], supply, "in", "5");
	has_left(at[HELP_VILLAGE], supply, 70, 0);
	has_left(at[HELP_TOWN], supply, 85, 0);
	all_meet();
	for (unsigned i = 0; i < PLACES; i++)
		has_left(at[i], supply, 55, 0);
	/* Who counts them without having heard of what went out says something else. */
	moves(at[HELP_VILLAGE], supply, "out", "10");
	when_skip(60);
	moves(at[HELP_TOWN], supply, "count", "54");
	has_left(at[HELP_TOWN], supply, 54, 0);
	all_meet();
	for (unsigned i = 0; i < PLACES; i++)
		has_left(at[i], supply, 44, 0);
	all_agree();
}

static struct ref newest(struct store *store, unsigned kind)
{
	struct query query = query_all(kind);
	struct ref ref = {0, 0};

	query.limit = 1;
	assert_int_equal(store_each(store, &query, see_ref, &ref, NULL), RC_OK);
	return ref;
}

/* Nobody types what the program can work out: the difference, the number of the slip, its goods. */
static void a_count_says_its_difference_and_a_slip_its_number(void **state)
{
	struct store *town = at[HELP_TOWN];
	struct ref supply = help_add(town, "supply", "name=编织袋;quantity=100;unit=条");
	struct ref blank = help_add(town, "supply", "name=铁锹");

	(void)state;
	moves(town, supply, "count", "97");
	assert_string_equal(help_field(town, newest(town, KIND_move), "difference"), "-3");
	assert_string_equal(help_state(town, newest(town, KIND_move)), "in");
	has_left(town, supply, 97, 0);
	moves(town, blank, "count", "12");
	has_left(town, blank, 12, 0);
	moves(town, supply, "out", "7");
	moves(town, supply, "to", "10");
	assert_string_equal(help_state(town, newest(town, KIND_move)), "out");
	assert_string_equal(help_field(town, newest(town, KIND_move), "goods"), "编织袋");
	const char *number = help_field(town, newest(town, KIND_move), "order_no");
	assert_non_null(strstr(number, "-DB-1"));
	moves(town, supply, "to", "10");
	number = help_field(town, newest(town, KIND_move), "order_no");
	assert_non_null(strstr(number, "-DB-2"));
	has_left(town, supply, 70, 0);
	take(town, newest(town, KIND_move), "void", (const char *const[]){"text", "写错", NULL});
	has_left(town, supply, 80, 0);
}

static unsigned supplies_in(struct store *store, uint64_t area, int64_t *sum)
{
	struct query query = query_all(KIND_supply);
	struct ref ref;
	struct arena arena = {0};
	struct row row;
	unsigned count;

	query.area = area;
	assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
	assert_int_equal(store_each(store, &query, see_ref, &ref, NULL), RC_OK);
	if (count) {
		assert_int_equal(store_row(store, ref, &arena, &row, NULL), RC_OK);
		*sum = row_value(&row, supply_quantity)->num / 1000;
	}
	arena_release(&arena);
	return count;
}

/* What a township sends lies in the village's stock when the village has signed for it, and there
 * is one entry of it however often it comes. */
static void what_is_received_is_in_the_receivers_stock(void **state)
{
	struct store *town = at[HELP_TOWN], *village = at[HELP_VILLAGE];
	struct ref supply = help_add(town, "supply", "name=潜水泵;quantity=6;unit=台");
	struct ref depot = help_add(village, "depot", "name=村储备点");
	char number[32];
	int64_t sum = 0;

	(void)state;
	all_meet();
	store_id(depot, number);
	adds(town, KIND_move, supply,
		(const char *const[]){"type", "to", "quantity", "2", "to", number, NULL});
	all_meet();
	take(village, newest(village, KIND_move), "receive", (const char *const[]){NULL});
	assert_int_equal(supplies_in(village, VILLAGE, &sum), 1);
	assert_int_equal(sum, 2);
	adds(town, KIND_move, supply,
		(const char *const[]){"type", "to", "quantity", "3", "to", number, NULL});
	all_meet();
	take(village, newest(village, KIND_move), "receive",
		(const char *const[]){"received", "1", "text", "掉了2台", NULL});
	all_meet();
	for (unsigned i = 0; i < PLACES; i++) {
		assert_int_equal(supplies_in(at[i], VILLAGE, &sum), 1);
		assert_int_equal(sum, 3);
		has_left(at[i], supply, 1, 0);
	}
	all_agree();
}

static unsigned hazards_at(struct store *store, struct ref point)
{
	struct query query = query_all(KIND_hazard);
	unsigned count;

	query.parent = point;
	assert_int_equal(store_count(store, &query, &count, NULL), RC_OK);
	return count;
}

static void each_no_of_a_checklist_makes_its_hazard_once(void **state)
{
	struct store *village = at[HELP_VILLAGE];
	struct ref point = help_add(village, "point", "name=泵房;risk=2");
	struct ref list = help_add(village, "checklist",
		"code=T2;title=泵房检查;items=门锁好\n护栏完好\n泵能启动;makes=-\nH0403 G\nH0402 "
		"M");
	char number[32];
	struct query query = query_all(KIND_hazard);
	struct ref made;
	struct arena arena = {0};
	struct row row;

	(void)state;
	store_number(village, list, number);
	adds(village, KIND_patrol, point,
		(const char *const[]){"checklist", number, "answers", "yyy", NULL});
	assert_int_equal(hazards_at(village, point), 0);
	/* The first item makes none, and one that the list does not have neither. */
	adds(village, KIND_patrol, point,
		(const char *const[]){"checklist", number, "answers", "nayn", NULL});
	assert_int_equal(hazards_at(village, point), 0);
	adds(village, KIND_patrol, point,
		(const char *const[]){"checklist", number, "answers", "yyn", NULL});
	assert_int_equal(hazards_at(village, point), 1);
	query.parent = point;
	assert_int_equal(store_each(village, &query, see_ref, &made, NULL), RC_OK);
	assert_int_equal(store_row(village, made, &arena, &row, NULL), RC_OK);
	assert_true(bytes_equal(row_value(&row, hazard_category)->text, bytes_text("H0402")));
	assert_true(bytes_equal(row_value(&row, hazard_grade)->text, bytes_text("M")));
	assert_true(bytes_equal(row_value(&row, hazard_place)->text, bytes_text("泵房")));
	assert_true(
		bytes_equal(row_value(&row, hazard_text)->text, bytes_text("不符合：泵能启动")));
	adds(village, KIND_patrol, point,
		(const char *const[]){"checklist", number, "answers", "ynn", NULL});
	assert_int_equal(hazards_at(village, point), 2);
	arena_release(&arena);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, start, help_levels_stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_problem_is_there_once),
		TEST(what_was_done_with_either_counts),
		TEST(it_is_found_once),
		TEST(a_second_closing_makes_a_second_task),
		TEST(what_two_places_hand_out_apart_adds_up),
		TEST(a_count_says_its_difference_and_a_slip_its_number),
		TEST(what_is_received_is_in_the_receivers_stock),
		TEST(each_no_of_a_checklist_makes_its_hazard_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
