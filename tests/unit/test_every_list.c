/* SPDX-License-Identifier: GPL-3.0-or-later
 * What holds of a list holds of every kind's: at a township it says where, marks what came since a
 * person looked, keeps the newest first among equals, and cuts no head. Tests also: rows.c
 * list_draw.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/shipped.h"
#include "screens/display.h"
#include "screens/rows.h"
#include "store_help.h"

enum { NOON = 1784001600 /* 2026-07-14 12:00 */, HOUR = 3600, WIDE = 80, NARROW = 40, LEAST = 8 };

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
		if (columns[n] == WIDE && !rows.show) {
			rows_release(&rows);
			continue;
		}
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
	for (unsigned n = 0; (rows.show || kind->flags & K_PILE) && n < 2 * LIST_COLUMNS; n++) {
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

/* The widths that a line of 80 columns has room for, with a mark of how far it has come. */
static void heads_are_whole(const struct kind *kind)
{
	enum { FRONT = 5, LADDER = 3 };
	unsigned used = FRONT + LADDER;

	open_list(kind, WIDE);
	for (unsigned c = 0; rows.show && c < rows.list.column_count; c++) {
		const struct list_column *column = &rows.list.columns[c];
		unsigned head = (unsigned)text_columns(column->label);

		if (column->width && head > column->width)
			fail_msg("%s: head %s is cut", kind->name, column->label);
		used += (column->width ? column->width : head > LEAST ? head : LEAST) + 1;
	}
	if (used > WIDE + 1)
		fail_msg("%s: %u columns", kind->name, used);
	rows_release(&rows);
}

static void no_head_is_cut(void **state)
{
	(void)state;
	each_register(heads_are_whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_new_to_a_person, start, stop),
		cmocka_unit_test_setup_teardown(the_village_is_said, start, stop),
		cmocka_unit_test_setup_teardown(newest_first_among_equals, start, stop),
		cmocka_unit_test_setup_teardown(no_head_is_cut, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
