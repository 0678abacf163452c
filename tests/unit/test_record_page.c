/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as lines: what can be done, what two stations wrote unseen, what had no effect, what
 * belongs below.
 */
#include "screens/record_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

static const struct user nobody = {0};

static bool has_line(const struct record_page *shown, const char *text)
{
	for (unsigned n = 0; n < shown->page.count; n++) {
		if (strstr(shown->page.lines[n].text, text))
			return true;
	}
	print_message("no line with: %s\n", text);
	for (unsigned n = 0; n < shown->page.count; n++)
		print_message("  %s\n", shown->page.lines[n].text);
	return false;
}

static void open_sheet(
	struct record_page *shown, struct store *store, struct ref ref, struct arena *arena)
{
	struct fault fault = {0};

	if (record_page_load(shown, store, &nobody, ref, arena, &fault) != RC_OK)
		fail_msg("%s", fault.text);
}

static void close_sheet(struct record_page *shown, struct arena *arena)
{
	record_page_release(shown);
	arena_release(arena);
}

static void test_steps_of_a_card_stand_apart(void **state)
{
	char home[HELP_HOME];
	struct record_page shown = {0};
	struct arena arena = {0};

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref =
		help_add(store, "card", "code=C01;title=山洪;text=先看沟水\n1. 鸣锣\n\n2. 敲门");
	open_sheet(&shown, store, ref, &arena);
	unsigned found = 0;
	for (unsigned n = 0; n < shown.page.count; n++)
		found += strcmp(shown.page.lines[n].text, "  1. 鸣锣") == 0 ||
			 strcmp(shown.page.lines[n].text, "  2. 敲门") == 0;
	assert_int_equal(found, 2);
	assert_true(has_line(&shown, "先看沟水"));
	close_sheet(&shown, &arena);
	store_close(store);
	help_remove(home);
}

static void test_two_stations_disagree(void **state)
{
	char home[HELP_HOME], home_2[HELP_HOME];
	struct record_page shown = {0};
	struct arena arena = {0};

	(void)state;
	help_home(home);
	help_home(home_2);
	struct store *town = help_station(home, TOWN, "BX");
	struct store *village = help_station(home_2, VILLAGE, "WZ");
	help_introduce(town, village);
	help_introduce(village, town);
	struct ref ref = help_add(village, "hazard", "category=H0101 place=后山 text=裂缝 grade=G");
	help_carry(town, village);
	help_edit(village, ref, "place=后山东");
	help_edit(town, ref, "place=后山西");
	help_carry(town, village);
	open_sheet(&shown, town, ref, &arena);
	assert_true(has_line(&shown, "两站填得不同 地点"));
	assert_true(has_line(&shown, "后山东"));
	assert_true(has_line(&shown, "后山西"));
	assert_int_equal(shown.conflicts, 1);
	assert_true(record_page_offers(&shown, kind_of(KIND_decision)));
	close_sheet(&shown, &arena);
	store_close(town);
	store_close(village);
	help_remove(home);
	help_remove(home_2);
}

static void test_what_is_offered_below(void **state)
{
	char home[HELP_HOME];
	struct record_page shown = {0};
	struct arena arena = {0};

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	struct ref ref = help_add(store, "warning", "event=11B01 severity=red headline=暴雨");
	open_sheet(&shown, store, ref, &arena);
	/* A step signs; a broadcast is hung below; nothing is to be decided. */
	assert_false(record_page_offers(&shown, kind_of(KIND_receipt)));
	assert_true(record_page_offers(&shown, kind_of(KIND_broadcast)));
	assert_false(record_page_offers(&shown, kind_of(KIND_decision)));
	close_sheet(&shown, &arena);
	store_close(store);
	help_remove(home);
}

static void test_steps_hang_on_state_and_place(void **state)
{
	char home[HELP_HOME], home_2[HELP_HOME];
	struct record_page shown = {0};
	struct arena arena = {0};

	(void)state;
	help_home(home);
	help_home(home_2);
	struct store *town = help_station(home, TOWN, "BX");
	struct store *village = help_station(home_2, VILLAGE, "WZ");
	help_introduce(village, town);
	struct ref above = help_add(town, "hazard", "category=H0101 place=镇区 text=裂缝 grade=G");
	help_carry(village, town);
	open_sheet(&shown, village, above, &arena);
	/* What lies above is read here and not written. */
	assert_int_equal(shown.action_count, 0);
	assert_false(shown.may_edit);
	struct ref own = help_add(village, "hazard", "category=H0101 place=后山 text=裂缝 grade=G");
	open_sheet(&shown, village, own, &arena);
	assert_true(shown.action_count > 0);
	assert_true(shown.may_edit);
	assert_true(has_line(&shown, "可办事项：1交办"));
	for (unsigned n = 0; n < shown.action_count; n++)
		assert_int_not_equal(shown.actions[n].step->tag, hazard_do_close);
	close_sheet(&shown, &arena);
	store_close(town);
	store_close(village);
	help_remove(home);
	help_remove(home_2);
}

static void test_no_such_record(void **state)
{
	char home[HELP_HOME];
	struct record_page shown = {0};
	struct arena arena = {0};
	struct fault fault;

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	assert_int_equal(
		record_page_load(&shown, store, &nobody, (struct ref){1, 8}, &arena, &fault),
		RC_NONE);
	close_sheet(&shown, &arena);
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps_of_a_card_stand_apart),
		cmocka_unit_test(test_two_stations_disagree),
		cmocka_unit_test(test_what_is_offered_below),
		cmocka_unit_test(test_steps_hang_on_state_and_place),
		cmocka_unit_test(test_no_such_record),
	};

	when_start("2026-07-14T06:33:00+08:00");
	crypt_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
