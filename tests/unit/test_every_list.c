/* SPDX-License-Identifier: GPL-3.0-or-later
 * What holds of a list holds of every kind's: at a township it says where, marks what came since a
 * person looked, keeps the newest first among equals, and cuts no head. Tests also: rows.c
 * list_draw.c
 * Covers: T9
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/shipped.h"
#include "screens/display.h"
#include "screens/rows.h"
#include "store_help.h"

enum { NOON = 1784001600 /* 2026-07-14 12:00 */, HOUR = 3600, WIDE = 80, NARROW = 40 };

static struct store *store;
static struct arena arena;
static struct rows rows;
static struct ref first, second;

static int start(void **state)
{
	(void)state;
	area_list_add(shipped_file("areas.tsv"));
	store = help_alone(TOWN, "BX");
	return 0;
}

static int stop(void **state)
{
	arena_release(&arena);
	return help_alone_stop(state);
}

/* The register as a person opens it. */
static void open_list(const struct kind *kind, unsigned columns)
{
	const struct user user = {.who = 7};
	const struct actor actor = {store, &user, NULL};
	struct query query = query_all(kind->id);
	struct fault fault = {0};

	rows_start(&rows, kind, "");
	rows_order(&query);
	rows_look(&rows, &actor);
	if (rows_load(&rows, store, &query, &arena, &fault))
		fail_msg("%s: %s", kind->name, fault.text);
	rows.ladder = true; /* the column that says who has it takes room as well */
	rows_lay(&rows, columns);
}

static bool same(struct ref a, struct ref b)
{
	return a.site == b.site && a.seq == b.seq;
}

/* Two records of it, of which one came after somebody had looked. */
static void fill(const struct kind *kind)
{
	when_hold(NOON);
	first = help_add_in(store, kind->name, VILLAGE, "");
	open_list(kind, WIDE);
	rows_release(&rows);
	when_hold(NOON + HOUR);
	second = help_add_in(store, kind->name, VILLAGE, "");
}

static void each_register(void (*check)(const struct kind *kind))
{
	for (unsigned k = 0; k < kinds_count; k++) {
		if (kinds[k].flags & K_HIDDEN)
			continue;
		fill(&kinds[k]);
		check(&kinds[k]);
	}
}

/* In how many rows a cell begins with a star, and whether one of them is REF's. */
static unsigned stars(struct ref ref, bool *there)
{
	unsigned count = 0;

	*there = false;
	for (unsigned n = 0; n < rows.list.shown; n++) {
		const struct list_row *row = list_shown(&rows.list, n);
		bool star = false;

		for (unsigned c = 0; c < rows.list.column_count; c++)
			star |= row->cells[c][0] == '*';
		count += star;
		*there |= star && same(row->ref, ref);
	}
	return count;
}

static void marks_what_is_new(const struct kind *kind)
{
	bool there;

	open_list(kind, kind->id % 2 ? WIDE : NARROW);
	if (stars(second, &there) != 1 || !there)
		fail_msg("%s: the new one is not marked", kind->name);
	rows_release(&rows);
	open_list(kind, WIDE);
	if (stars(second, &there))
		fail_msg("%s: still marked when it was seen", kind->name);
	rows_release(&rows);
}

static void what_is_new_to_a_person(void **state)
{
	(void)state;
	each_register(marks_what_is_new);
}

static void says_where(const struct kind *kind)
{
	static const unsigned columns[] = {WIDE, NARROW};
	struct buf place = {0};

	display_place(VILLAGE, &place);
	for (size_t n = 0; n < countof(columns); n++) {
		open_list(kind, columns[n]);
		const struct list_row *row = list_shown(&rows.list, 0);
		bool there = false;

		for (unsigned c = 0; c < rows.list.column_count; c++)
			there |= strstr(row->cells[c], buf_cstr(&place)) != NULL;
		if (!there)
			fail_msg(
				"%s, %u columns: the village is not there", kind->name, columns[n]);
		rows_release(&rows);
	}
	buf_release(&place);
}

static void the_village_is_said(void **state)
{
	(void)state;
	each_register(says_where);
}

/* Neighbours that are equal in the column that is sorted by, or where nothing is. */
static void newer_first(const struct kind *kind)
{
	struct list *list = &rows.list;

	for (unsigned n = 1; n < list->shown; n++) {
		const struct list_row *above = list_shown(list, n - 1),
				      *below = list_shown(list, n);

		if (list->sort >= 0 &&
			strcmp(above->cells[list->sort], below->cells[list->sort]) != 0)
			continue;
		if (!same(above->ref, second) || !same(below->ref, first))
			fail_msg("%s, by column %d: the older one stands first", kind->name,
				list->sort);
	}
}

/* Registers of people and things go by their names; whatever ages goes by time. */
static void keeps_the_newest_first(const struct kind *kind)
{
	open_list(kind, WIDE);
	bool ages = kind->flags & K_PILE || (rows.show && rows.show->sorts);

	for (unsigned n = 0; ages && n < 2 * LIST_COLUMNS; n++) {
		newer_first(kind);
		assert_int_equal(list_key(&rows.list, 'o'), LIST_MOVED);
	}
	rows_release(&rows);
}

static void newest_first_among_equals(void **state)
{
	(void)state;
	each_register(keeps_the_newest_first);
}

/* The first line of the list as a terminal of that size shows it, in ARENA. */
static const char *heads_drawn(unsigned lines, unsigned columns)
{
	struct grid grid;
	struct buf text = {0};

	grid_start(&grid, lines, columns);
	list_layout(&rows.list, pane_measured(grid_pane(&grid)));
	list_draw(&rows.list, grid_pane(&grid));
	grid_show(&grid, &text);
	grid_release(&grid);
	struct bytes line = bytes_of(buf_cstr(&text), strcspn(buf_cstr(&text), "\n"));
	const char *heads = (const char *)arena_bytes(&arena, line).at;
	buf_release(&text);
	return heads;
}

/* Every column there is, with its head whole; what a screen cannot hold is not promised. */
static void heads_are_whole(const struct kind *kind)
{
	static const struct {
		unsigned lines, columns;
	} sizes[] = {{24, WIDE}, {23, WIDE - 1}, {12, NARROW}};

	for (size_t n = 0; n < countof(sizes); n++) {
		open_list(kind, sizes[n].columns);
		const char *heads = heads_drawn(sizes[n].lines, sizes[n].columns), *at = heads;

		for (unsigned c = 0; at && c < rows.list.column_count; c++) {
			const char *label = rows.list.columns[c].label;

			at = strstr(at, label);
			if (!at)
				fail_msg("%s, %u columns: head %s is cut: %s", kind->name,
					sizes[n].columns, label, heads);
			at += strlen(label);
		}
		assert_null(strchr(heads, '~'));
		rows_release(&rows);
	}
}

static void no_head_is_cut(void **state)
{
	(void)state;
	each_register(heads_are_whole);
}

static void no_head_is_cut_in_english(void **state)
{
	char folder[300];

	(void)state;
	snprintf(folder, sizeof folder, "%s/lang", getenv("OUTPOST_BUILD"));
	words_start("en", folder, false);
	assert_string_equal(_("状态"), "State");
	each_register(heads_are_whole);
	words_start("zh", NULL, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_new_to_a_person, start, stop),
		cmocka_unit_test_setup_teardown(the_village_is_said, start, stop),
		cmocka_unit_test_setup_teardown(newest_first_among_equals, start, stop),
		cmocka_unit_test_setup_teardown(no_head_is_cut, start, stop),
		cmocka_unit_test_setup_teardown(no_head_is_cut_in_english, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
