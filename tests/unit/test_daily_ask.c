/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every village owes once a day is owed without a record: who has not, until when, and by whom
 * it is cleared. Covers: B01
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/shipped.h"
#include "work/agenda.h"
#include "work/writing.h"

enum { MIDNIGHT = 1783958400 /* 2026-07-14 00:00 in China */, HOUR = 3600 };

static struct store *store;

static int begin(uint64_t area)
{
	when_hold(MIDNIGHT + 5 * HOUR);
	area_list_add(shipped_file("areas.tsv"));
	store = help_alone(area, "BX");
	return 0;
}

static int township(void **state)
{
	(void)state;
	return begin(TOWN);
}

static int village(void **state)
{
	(void)state;
	return begin(VILLAGE);
}

static struct needs needs;

/* The one item of a daily ask; NULL. */
static const struct need_item *daily(void)
{
	const struct actor actor = {store, NULL, NULL};
	struct fault fault;
	const struct need_item *found = NULL;
	assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
	for (unsigned n = 0; n < needs.count; n++)
		if (needs.items[n].ask && !needs.items[n].event.seq) {
			assert_null(found);
			found = &needs.items[n];
		}
	return found;
}

static void respond(void)
{
	help_add(store, "response", "event=洪涝;level=3");
}

static void nobody_owes_without_a_response(void **state)
{
	(void)state;
	assert_null(daily());
	respond();
	assert_non_null(daily());
}

static void the_township_sees_who_has_not(void **state)
{
	struct arena arena = {0};
	struct asked asked;
	struct world world;
	struct fault fault;
	(void)state;
	respond();
	const struct need_item *item = daily();
	assert_non_null(item);
	assert_int_equal(item->band, BAND_TODAY);
	assert_int_equal(item->until, MIDNIGHT + 7 * HOUR);
	unsigned all = item->owing;
	assert_true(all > 2);
	assert_int_equal(item->answered, 0);
	assert_false(item->mine);
	help_add_in(store, "report", VILLAGE, "event=洪涝;stage=zero");
	help_add_in(store, "report", VILLAGE, "event=洪涝;stage=first");
	struct ref other = help_add_in(store, "report", VILLAGE_2, "event=洪涝;stage=zero");
	item = daily();
	assert_int_equal(item->owing, all - 2);
	assert_int_equal(item->answered, 2);
	/* What was taken back is no report. */
	const struct actor actor = {store, NULL, NULL};
	assert_int_equal(writing_step(&actor, other, "withdraw", "误报", &fault), RC_OK);
	assert_int_equal(daily()->answered, 1);
	when_skip(2 * HOUR + HOUR / 4);
	assert_int_equal(daily()->band, BAND_TODAY); /* it is theirs to do, */
	assert_int_equal(needs.next, MIDNIGHT + 7 * HOUR + HOUR / 2);
	when_skip(HOUR / 4);
	assert_int_equal(daily()->band, BAND_NOW); /* until somebody is to be called for it */
	when_skip(HOUR + HOUR / 2);
	world_open(&world, store, NULL, store_now(store));
	assert_int_equal(
		asked_load(&asked, &world, rules_named(RULE_ASK, "zero"), NULL, &arena, &fault),
		RC_OK);
	assert_int_equal(asked.count, all);
	assert_int_equal(asked.answered, 1);
	assert_true(asked.places[0].late);
	assert_false(asked.places[all - 1].late);
	assert_int_equal(asked.places[all - 1].area, VILLAGE);
	arena_release(&arena);
}

static void a_village_owes_its_own(void **state)
{
	(void)state;
	respond();
	const struct need_item *item = daily();
	assert_int_equal(item->need, NEED_DUE);
	assert_true(item->mine);
	assert_int_equal(item->band, BAND_TODAY);
	when_skip(3 * HOUR);
	item = daily();
	assert_int_equal(item->need, NEED_OVERDUE);
	assert_int_equal(item->band, BAND_NOW);
	help_add(store, "report", "event=洪涝;stage=zero");
	assert_null(daily());
	when_skip(24 * HOUR); /* the next day it is owed again */
	assert_non_null(daily());
}

static void slips_are_told(void **state)
{
	static const char *const rows[][2] = {
		{"ask x every day of areas answer report within 07:00\n", "villages 或 area"},
		{"ask x every day of villages answer report within 7\n", "07:00"},
		{"ask x every event of villages answer report within +1h\n", "every event"},
		{"ask x every event of area answer relay within +1h\n", "every event"},
		{"ask x every event of area answer report within 07:00\n", "07:00"},
		{"ask x every day of villages answer reports within 07:00\n", "reports"},
		{"ask x every day of villages answer report within 07:00 grade=M\n", "grade"},
	};
	(void)state;
	for (size_t n = 0; n < countof(rows); n++) {
		struct buf out = {0};
		assert_int_equal(rules_check(rules_now(), "x", bytes_text(rows[n][0]), &out), 1);
		if (!strstr(buf_cstr(&out), rows[n][1]))
			fail_msg("no \"%s\" in %s", rows[n][1], buf_cstr(&out));
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			nobody_owes_without_a_response, township, help_alone_stop),
		cmocka_unit_test_setup_teardown(
			the_township_sees_who_has_not, township, help_alone_stop),
		cmocka_unit_test_setup_teardown(a_village_owes_its_own, village, help_alone_stop),
		cmocka_unit_test(slips_are_told),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	needs_release(&needs);
	return failed;
}
