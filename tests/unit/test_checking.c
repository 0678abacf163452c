/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers of a checklist as bytes; a check item by item, its list in the version of then, what its
 * noes make, what a jump makes, what is kept of one that was left.
 *
 * Tests also: answers.c lists.c list_fits.c kept.c period.c checking.c round.c
 *
 * Covers: A19 A20 G04 W2.2 W2.3 W2.4
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "desk.h"
#include "model/answers.h"
#include "model/kinds.h"
#include "model/packs.h"
#include "model/rules.h"
#include "work/checking.h"
#include "work/round.h"

static int start(void **state)
{
	static struct desk desk;

	desk_open(&desk);
	*state = &desk;
	return 0;
}

static int stop(void **state)
{
	desk_close(*state);
	return 0;
}

/* ---- the bytes */

static void letters(const char *typed, const char *wanted)
{
	struct answers answers;
	struct buf out = {0};

	assert_true(answers_take(bytes_text(typed), &answers));
	answers_put(&answers, &out);
	assert_string_equal(buf_cstr(&out), wanted);
	buf_release(&out);
}

static void test_ten_answers_are_four_bytes(void **state)
{
	struct answers answers, again;
	struct buf out = {0};

	(void)state;
	letters("yyyyyyyyyyn", "10yn");
	letters("10yn", "10yn");
	letters("YNA", "yna");
	letters("", "");
	letters("40a", "40a");
	static const char *const bad[] = {"41y", "0y", "3", "yx", "39yyy", "y n", "999999999999y"};
	for (size_t n = 0; n < countof(bad); n++)
		assert_false(answers_take(bytes_text(bad[n]), &answers));
	/* every mask of some items comes back as it was */
	for (unsigned mask = 0; mask < 3 * 3 * 3 * 3 * 3 * 3; mask++) {
		answers = (struct answers){.count = 6};
		for (unsigned n = 0, rest = mask; n < 6; n++, rest /= 3)
			answers.at[n] = "yna"[rest % 3];
		buf_clear(&out);
		answers_put(&answers, &out);
		assert_true(answers_take(buf_bytes(&out), &again));
		assert_int_equal(again.count, 6);
		assert_memory_equal(again.at, answers.at, 6);
	}
	buf_release(&out);
	assert_true(answers_about(bytes_text("LPG 1"), "LPG"));
	assert_false(answers_about(bytes_text("LPG2 1"), "LPG"));
}

static void test_periods_of_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(rules_period_end("quarter", 20260714), 20260930);
	assert_int_equal(rules_period_before("quarter", 20260714), 20260630);
	assert_int_equal(rules_period_end("year", 20261231), 20261231);
	assert_int_equal(rules_period_end("month", 20280210), 20280229);
	assert_int_equal(rules_period_end("week", 20261130), 20261206); /* Monday to Sunday */
	assert_int_equal(rules_period_end("week", 20261206), 20261206);
	assert_int_equal(rules_period_add("quarter", 20260930), 20261231);
	assert_int_equal(rules_period_add("month", 20260131), 20260228);
	assert_int_equal(rules_period_add("year", 20260501), 20270501);
	assert_int_equal(rules_period_add("three", 20260615), 20290615);
	assert_int_equal(rules_period_add("day", 20261231), 20270101);
}

static void test_a_list_says_what_it_is_for(void **state)
{
	const struct kind *point = kind_of(KIND_point), *depot = kind_of(KIND_depot);
	int64_t july = 1784000000; /* 2026-07-14, in the flood season */

	(void)state;
	const char *fits = "point/river,pond@flood point depot";
	assert_int_equal(list_fits(fits, point, bytes_text("pond"), july), 7);
	assert_int_equal(list_fits(fits, point, bytes_text("pond"), july + 180 * 86400), 1);
	assert_int_equal(list_fits(fits, point, bytes_text("road"), july), 1);
	assert_int_equal(list_fits(fits, depot, bytes_text(""), july), 1);
	assert_int_equal(list_fits(fits, kind_of(KIND_boat), bytes_text(""), july), 0);
	assert_null(list_fits_wrong(fits));
	assert_non_null(list_fits_wrong("pointt"));
	assert_non_null(list_fits_wrong("point/rivers"));
}

/* ---- a check */

static struct actor actor_of(struct desk *desk)
{
	return (struct actor){desk->store, &desk->user, NULL};
}

struct found {
	unsigned count;
	struct buf text;
};

static bool see(const struct row *row, void *to)
{
	struct found *found = to;
	const struct value *text = row_value(row, field_named(row->kind, "text")->tag);

	found->count++;
	if (text)
		buf_put(&found->text, text->text.at, text->text.len);
	buf_byte(&found->text, '|');
	return true;
}

static unsigned all_of(struct desk *desk, unsigned kind, const char *wanted)
{
	struct query query = query_all(kind);
	struct found found = {0};
	struct fault fault;

	assert_int_equal(store_each(desk->store, &query, see, &found, &fault), RC_OK);
	if (wanted && !strstr(buf_cstr(&found.text), wanted))
		fail_msg("no \"%s\" in %s", wanted, buf_cstr(&found.text));
	buf_release(&found.text);
	return found.count;
}

static void begin(struct checking *checking, struct desk *desk, struct ref about)
{
	const struct actor actor = actor_of(desk);
	struct fault fault;

	if (checking_start(checking, &actor, about, (struct ref){0, 0}, &fault))
		fail_msg("%s", fault.text);
}

static void answer_all(struct checking *checking, struct desk *desk, const char *level, unsigned no)
{
	const struct actor actor = actor_of(desk);
	const char *why;

	for (unsigned n = 0; checking_item(checking); n++)
		if (!strcmp(checking_item(checking)->reading, "level_m"))
			assert_true(checking_number(checking, &actor, level, &why));
		else if (*checking_item(checking)->reading)
			assert_true(checking_number(checking, &actor, "", &why));
		else
			assert_true(checking_answer(checking, n == no ? ANSWER_NO : ANSWER_YES));
}

static struct ref commit(struct checking *checking, struct desk *desk)
{
	const struct actor actor = actor_of(desk);
	struct fault fault;
	struct ref ref;

	if (checking_commit(checking, &actor, &ref, &fault))
		fail_msg("%s", fault.text);
	checking_release(checking);
	return ref;
}

static void test_a_no_makes_a_hazard_with_its_note(void **state)
{
	struct desk *desk = *state;
	struct ref point = desk_add(desk, "point",
		(const char *const[]){"name=村东铁路涵洞", "type=culvert", "risk=2", NULL});
	struct checking checking;
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	begin(&checking, desk, point);
	assert_string_equal(checking.list.code, "FLD2");
	assert_int_equal(checking.kind->id, KIND_patrol);
	assert_false(checking_note(&checking, "没有"));
	answer_all(&checking, desk, "0.10", 3);
	assert_int_equal(checking_hazards(&checking), 1);
	while (checking.answers.count > 4)
		assert_true(checking_back(&checking));
	assert_true(checking_note(&checking, "水到膝盖"));
	answer_all(&checking, desk, "0.10", 99);
	struct ref ref = commit(&checking, desk);
	assert_int_equal(all_of(desk, KIND_hazard, "涵洞、路口积水不超过15厘米，水到膝盖|"), 1);
	assert_int_equal(store_row(desk->store, ref, &arena, &row, &fault), RC_OK);
	assert_true(bytes_equal(row_value(&row, patrol_answers)->text, bytes_text("2yan7y")));
	assert_true(bytes_equal(row_value(&row, patrol_list)->text, bytes_text("FLD2 2")));
	assert_true(bytes_equal(row_value(&row, patrol_result)->text, bytes_text("found")));
	/* People fish there: that is no hazard, and no hazard is counted as found. */
	begin(&checking, desk, point);
	answer_all(&checking, desk, "0.10", 6);
	assert_int_equal(checking_hazards(&checking), 0);
	ref = commit(&checking, desk);
	assert_int_equal(all_of(desk, KIND_hazard, NULL), 1);
	assert_int_equal(store_row(desk->store, ref, &arena, &row, &fault), RC_OK);
	assert_true(bytes_equal(row_value(&row, patrol_result)->text, bytes_text("watch")));
	arena_release(&arena);
}

static void test_a_jump_is_told_and_makes_an_incident(void **state)
{
	struct desk *desk = *state;
	const struct actor actor = actor_of(desk);
	struct ref point = desk_add(desk, "point",
		(const char *const[]){"name=猪龙河西彰段", "type=river", "risk=2", NULL});
	struct checking checking;
	struct buf told = {0};

	begin(&checking, desk, point);
	answer_all(&checking, desk, "1.4", 99);
	commit(&checking, desk);
	/* one that has no number does not hide the one before it */
	begin(&checking, desk, point);
	assert_int_equal(checking.number[1].count, 1);
	answer_all(&checking, desk, "", 99);
	commit(&checking, desk);
	begin(&checking, desk, point);
	answer_all(&checking, desk, "1.6", 99);
	checking_told(&checking, &actor, &told);
	assert_string_equal(buf_cstr(&told), "");
	commit(&checking, desk);
	assert_int_equal(all_of(desk, KIND_incident, NULL), 0);
	begin(&checking, desk, point);
	assert_int_equal(checking.number[1].last[0].number, 1600);
	answer_all(&checking, desk, "1.9", 99);
	checking_told(&checking, &actor, &told);
	assert_non_null(strstr(buf_cstr(&told), "水位比上次高了0.3米以上"));
	commit(&checking, desk);
	assert_int_equal(all_of(desk, KIND_incident, "水位1.9米，比上次高了0.3米以上"), 1);
	buf_release(&told);
}

static void test_an_old_check_is_read_by_the_list_of_then(void **state)
{
	struct desk *desk = *state;
	struct ref list = desk_add(desk, "checklist",
		(const char *const[]){"code=MY", "title=本镇表", "version=1",
			"items=门开着\n灯亮着", "makes=H0401 G\n-", "fits=enterprise/shop", NULL});
	struct ref shop = desk_add(desk, "enterprise",
		(const char *const[]){"name=惠民超市", "type=shop", "checklist=本镇表", NULL});
	struct checking checking;
	struct checklist_at then;
	struct arena arena = {0};
	struct fault fault;

	begin(&checking, desk, shop);
	assert_string_equal(checking.list.code, "MY");
	assert_int_equal(checking.kind->id, KIND_inspect);
	answer_all(&checking, desk, "", 1);
	assert_int_equal(checking_hazards(&checking), 0);
	commit(&checking, desk);
	assert_int_equal(all_of(desk, KIND_hazard, NULL), 0);
	desk_edit(desk, &desk->user, list,
		(const char *const[]){"version=2", "items=墙好着\n门开着\n灯亮着", NULL});
	assert_int_equal(
		list_answered(&then, desk->store, list, bytes_text("MY 1"), &arena, &fault), RC_OK);
	assert_int_equal(then.items, 2);
	assert_true(bytes_equal(then.item[1].text, bytes_text("灯亮着")));
	assert_int_equal(
		list_answered(&then, desk->store, list, bytes_text("MY 2"), &arena, &fault), RC_OK);
	assert_int_equal(then.items, 3);
	assert_int_equal(list_answered(&then, desk->store, (struct ref){0, 0}, bytes_text("LPG 1"),
				 &arena, &fault),
		RC_OK);
	assert_int_equal(then.items, 13);
	assert_int_equal(list_answered(&then, desk->store, (struct ref){0, 0}, bytes_text("NO 1"),
				 &arena, &fault),
		RC_NONE);
	arena_release(&arena);
}

static void test_what_was_left_is_fetched(void **state)
{
	struct desk *desk = *state;
	const struct actor actor = actor_of(desk);
	struct ref point = desk_add(
		desk, "point", (const char *const[]){"name=村南大坑", "type=pond", "risk=3", NULL});
	struct checking checking;
	struct fault fault;
	const char *why;
	unsigned kept;

	begin(&checking, desk, point);
	assert_true(checking_answer(&checking, ANSWER_NO));
	assert_true(checking_note(&checking, "护栏断8米"));
	assert_false(checking_answer(&checking, ANSWER_YES)); /* a number is asked */
	assert_false(checking_number(&checking, &actor, "高", &why));
	assert_true(checking_number(&checking, &actor, "0.8", &why));
	assert_int_equal(checking_keep(&checking, &actor, &fault), RC_OK);
	assert_int_equal(checking_commit(&checking, &actor, &point, &fault), RC_BAD);
	point = checking.about;
	checking_release(&checking);
	begin(&checking, desk, point);
	assert_true(checking_kept(&checking, &actor, &kept));
	assert_int_equal(kept, 2);
	assert_int_equal(checking.answers.count, 0); /* it does not come back by itself */
	assert_true(checking_fetch(&checking, &actor));
	assert_int_equal(checking.answers.count, 2);
	assert_string_equal(checking.note[0], "护栏断8米");
	assert_string_equal(checking.number[1].typed, "0.8");
	answer_all(&checking, desk, "", 99);
	commit(&checking, desk);
	begin(&checking, desk, point);
	assert_false(checking_kept(&checking, &actor, &kept));
	checking_release(&checking);
}

/* ---- the round */

static void test_the_round_knows_what_is_done(void **state)
{
	struct desk *desk = *state;
	const struct actor actor = actor_of(desk);
	struct round round = {.which = ROUND_TODAY};
	struct arena arena = {0};
	struct world world;
	struct fault fault;
	struct ref red = desk_add(desk, "point",
			   (const char *const[]){"name=甲", "risk=1", "walk=2", NULL}),
		   ref;

	desk_add(desk, "point", (const char *const[]){"name=乙", "risk=4", NULL});
	desk_add(desk, "point", (const char *const[]){"name=丙", "risk=1", "walk=1", NULL});
	world_open(&world, desk->store, &desk->user, store_now(desk->store));
	assert_int_equal(round_load(&round, &world, &arena, &fault), RC_OK);
	assert_int_equal(round.count, 0); /* a day is left */
	when_skip(DAY_SECONDS);
	world_open(&world, desk->store, &desk->user, store_now(desk->store));
	assert_int_equal(round_load(&round, &world, &arena, &fault), RC_OK);
	assert_int_equal(round.count, 2);
	assert_string_equal(round.rows[0].title, "丙");
	assert_true(round.rows[0].late);
	assert_int_equal(checking_fine(&actor, red, &ref, &fault), RC_OK);
	assert_int_equal(round_load(&round, &world, &arena, &fault), RC_OK);
	assert_int_equal(round.done, 1);
	assert_int_equal(round.late, 1);
	assert_int_equal(round.month, 1);
	assert_string_equal(round.rows[1].title, "甲");
	round.which = ROUND_ALL;
	assert_int_equal(round_load(&round, &world, &arena, &fault), RC_OK);
	assert_int_equal(round.count, 3);
	arena_release(&arena);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ten_answers_are_four_bytes),
		cmocka_unit_test(test_periods_of_the_calendar),
		cmocka_unit_test(test_a_list_says_what_it_is_for),
		EACH(test_a_no_makes_a_hazard_with_its_note),
		EACH(test_a_jump_is_told_and_makes_an_incident),
		EACH(test_an_old_check_is_read_by_the_list_of_then),
		EACH(test_what_was_left_is_fetched),
		EACH(test_the_round_knows_what_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
