/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing: by number, by words, by branch, several at once, and places.
 * Tests also: pick_draw.c
 */
#include "ui/pick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/area.h"
#include "sample.h"

static char table[] = "sample";

static enum pick_act type(struct pick *pick, const char *keys)
{
	enum pick_act act = PICK_NOT;

	for (; *keys; keys++)
		act = pick_key(pick, *keys == '\n' ? K_ENTER : *keys);
	return act;
}

static void start(struct pick *pick, const char *now, bool several)
{
	sample_codes();
	pick_start(pick, "类别", pick_codes, table, now, several);
}

static void test_by_number(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "", false);
	assert_int_equal(type(&pick, "2"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "F");
	pick_release(&pick);
}

static void test_by_pinyin(void **state)
{
	static const char *const words[] = {"bt\n", "bengta\n", "g1\n"};
	struct pick pick;

	(void)state;
	for (size_t n = 0; n < countof(words); n++) {
		start(&pick, "", false);
		assert_int_equal(type(&pick, words[n]), PICK_TAKEN);
		assert_string_equal(pick_value(&pick), "G1");
		pick_release(&pick);
	}
}

static void test_nothing_fits(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "", false);
	assert_int_equal(type(&pick, "zzz\n"), PICK_MOVED);
	assert_int_equal(pick.list.shown, 0);
	assert_int_equal(type(&pick, "9\n"), PICK_MOVED);
	pick.free = true;
	assert_int_equal(type(&pick, "\n"), PICK_MOVED);
	assert_int_equal(pick_key(&pick, K_CTRL('O')), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "zzz9");
	pick_release(&pick);
}

static void test_branches(void **state)
{
	struct pick pick;
	const char *value;
	bool below;

	(void)state;
	start(&pick, "", false);
	assert_int_equal(type(&pick, "1"), PICK_MOVED);
	assert_int_equal(pick.depth, 1);
	assert_string_equal(pick_shown(&pick, 0, &value, &below), "地质");
	assert_false(below);
	assert_string_equal(value, "G");
	assert_string_equal(pick_shown(&pick, 2, &value, &below), "滑坡");
	assert_null(pick_shown(&pick, 3, &value, &below));
	assert_int_equal(type(&pick, "<"), PICK_MOVED);
	assert_int_equal(pick.depth, 0);
	assert_int_equal(type(&pick, "13"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "G2");
	pick_release(&pick);
	start(&pick, "", false);
	assert_int_equal(pick_key(&pick, K_BACKSPACE), PICK_LEFT);
	assert_int_equal(pick_key(&pick, K_ESC), PICK_LEFT);
	pick_release(&pick);
}

/* ^X takes what was typed, and then the picker, wherever one is in it; backspace takes a digit,
 * then a branch. */
static void test_one_step_back(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "", false);
	assert_true(pick_open(&pick, 0));
	assert_int_equal(type(&pick, "b"), PICK_MOVED);
	assert_int_equal(pick_key(&pick, K_CTRL('X')), PICK_MOVED);
	assert_int_equal(pick.typed.text.len, 0);
	assert_int_equal(pick.depth, 1);
	assert_int_equal(pick_key(&pick, K_CTRL('X')), PICK_LEFT);
	pick.list.first = '1';
	assert_int_equal(pick_key(&pick, K_BACKSPACE), PICK_MOVED);
	assert_int_equal(pick.depth, 1);
	assert_int_equal(pick_key(&pick, K_BACKSPACE), PICK_MOVED);
	assert_int_equal(pick.depth, 0);
	pick.list.first = '1';
	assert_int_equal(pick_key(&pick, K_ESC), PICK_LEFT);
	pick_release(&pick);
}

static void test_marker_and_now(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "F", false);
	assert_int_equal(pick.list.at, 1);
	pick_key(&pick, K_DOWN);
	assert_int_equal(pick_key(&pick, K_ENTER), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "W");
	pick_release(&pick);
}

static void test_several(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "W", true);
	type(&pick, "bt\n");
	assert_int_equal(pick.typed.text.len, 0);
	pick_key(&pick, K_DOWN);
	type(&pick, " ");
	assert_int_equal(type(&pick, "\n"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "W,G1,F");
	pick_release(&pick);
	start(&pick, "W,F", true);
	pick_key(&pick, K_DOWN);
	type(&pick, " ");
	assert_false(list_row(&pick.list)->marked);
	assert_int_equal(type(&pick, "\n"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "W");
	pick_release(&pick);
	/* Where none is marked Enter marks, and says so, before it takes. */
	start(&pick, "", true);
	pick_key(&pick, K_DOWN);
	assert_int_equal(type(&pick, "\n"), PICK_MOVED);
	assert_true(list_row(&pick.list)->marked);
	assert_int_equal(type(&pick, "\n"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "F");
	pick_release(&pick);
}

static void test_areas(void **state)
{
	static const char list[] =
		"410882000000\t沁阳市\n410882105000\t柏香镇\n410882105201\t王庄村\n"
		"410882105202\t北李村\n410882106000\t王曲乡\n410882106201\t里村\n";
	uint64_t area = 410882105000;
	struct pick pick;
	const char *value;
	bool below;

	(void)state;
	area_lists_clear();
	area_list_add(bytes_text(list));
	pick_start(&pick, "所在", pick_areas, &area, "", false);
	assert_non_null(strstr(pick_shown(&pick, 0, &value, &below), "柏香镇"));
	assert_non_null(strstr(pick_shown(&pick, 2, &value, &below), "北李村"));
	assert_string_equal(value, "410882105202");
	assert_int_equal(type(&pick, "bl\n"), PICK_TAKEN);
	assert_string_equal(pick_value(&pick), "410882105202");
	pick_type(&pick, "里村");
	assert_non_null(pick_shown(&pick, 0, &value, &below));
	assert_string_equal(value, "410882106201");
	pick_release(&pick);
	/* The own place and those in it come before others, however the codes lie. */
	area = 410882106000;
	pick_start(&pick, "所在", pick_areas, &area, "", false);
	pick_type(&pick, "王");
	assert_non_null(strstr(pick_shown(&pick, 0, &value, &below), "王曲乡"));
	assert_non_null(strstr(pick_shown(&pick, 1, &value, &below), "王庄村"));
	assert_null(pick_shown(&pick, 2, &value, &below));
	pick_release(&pick);
	area_lists_clear();
}

/* The bar says what keys do now: of several, and of a text that is in no list. */
static void test_keys(void **state)
{
	struct key keys[PICK_KEYS];
	struct pick pick;

	(void)state;
	start(&pick, "", true);
	pick_keys(&pick, keys);
	assert_int_equal(keys[0].key, K_ENTER);
	assert_string_equal(keys[0].label, "勾选");
	assert_int_equal(keys[1].key, K_CTRL('X'));
	assert_int_equal(keys[2].key, 0);
	assert_int_equal(type(&pick, "\n"), PICK_MOVED);
	pick_keys(&pick, keys);
	assert_string_equal(keys[0].label, "选定");
	assert_int_equal(keys[1].key, K_CTRL('O'));
	pick_release(&pick);
	start(&pick, "", false);
	pick.free = true;
	pick_type(&pick, "哪里也没有");
	pick_keys(&pick, keys);
	assert_int_equal(keys[0].key, K_CTRL('O'));
	assert_string_equal(keys[0].label, "按文字记");
	pick_release(&pick);
}

static void test_draws_in_any_size(void **state)
{
	struct pick pick;

	(void)state;
	start(&pick, "", false);
	for (unsigned rows = 1; rows < 8; rows++) {
		for (unsigned columns = 1; columns < 40; columns += 3) {
			struct grid grid;

			grid_start(&grid, rows, columns);
			pick_layout(&pick, pane_measured(grid_pane(&grid)));
			pick_draw(&pick, grid_pane(&grid));
			grid_release(&grid);
		}
	}
	pick_release(&pick);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_number),
		cmocka_unit_test(test_by_pinyin),
		cmocka_unit_test(test_nothing_fits),
		cmocka_unit_test(test_branches),
		cmocka_unit_test(test_one_step_back),
		cmocka_unit_test(test_marker_and_now),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_draws_in_any_size),
	};

	return cmocka_run_group_tests_name("pick", tests, NULL, NULL);
}
