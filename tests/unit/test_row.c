/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row: its values, its title, records in titles, and the record that rules look at.
 */
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kinds.h"

static struct store *store;

static int start(void **state)
{
	(void)state;
	store = help_alone(VILLAGE, "WZ");
	return 0;
}

static void row_is_the_record(void **state)
{
	struct arena arena = {0};
	struct row row;
	struct record folded, shown;
	struct fault fault;
	(void)state;
	struct ref ref = help_add(store, "hazard",
		"category=H0101;place=后山;text=落石;grade=M;found_at=2026-11-01 08:00");
	help_step(store, ref, "assign", "track=owner;owner=张三;owner_due=2026-12-01");
	assert_int_equal(store_row(store, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(store_record(store, ref, &arena, &folded, NULL, &fault), RC_OK);
	row_record(&row, &shown);
	assert_int_equal(shown.state, folded.state);
	assert_true(
		shown.stamp == folded.stamp && shown.at == folded.at && shown.area == folded.area);
	assert_int_equal(shown.facts, 2);
	for (unsigned i = 0; row.kind->fields[i].tag; i++) {
		const struct cell *a = record_cell(&folded, row.kind->fields[i].tag);
		const struct cell *b = record_cell(&shown, row.kind->fields[i].tag);
		assert_int_equal(a != NULL, b != NULL);
		if (a)
			assert_true(value_equal(&a->value, &b->value));
	}
	assert_non_null(row_value(&row, hazard_owner_due));
	assert_null(row_value(&row, hazard_regulator));
	assert_null(row_value(&row, 199));
	assert_int_equal(store_row(store, (struct ref){1, 8}, &arena, &row, &fault), RC_NONE);
	arena_release(&arena);
}

static const char *title(struct ref ref)
{
	static struct buf out;
	struct arena arena = {0};
	struct row row;
	buf_clear(&out);
	assert_int_equal(store_row(store, ref, &arena, &row, NULL), RC_OK);
	row_title(store, &row, &out);
	arena_release(&arena);
	return buf_cstr(&out);
}

static void titles_name_records(void **state)
{
	char text[100], number[32];
	(void)state;
	struct ref drill = help_add(store, "drill", "title=防汛演练;type=D1");
	assert_string_equal(title(drill), "防汛演练");
	struct ref order = help_add(store, "order", "text=立即转移");
	store_number(store, order, number);
	snprintf(text, sizeof(text), "order=%s;state=received", number);
	struct ref answer = help_add(store, "answer", text);
	assert_non_null(strstr(title(answer), "立即转移"));
	/* A title that is a record whose title is a record ends with its number. */
	store_number(store, answer, number);
	snprintf(text, sizeof(text), "record=%s;field=state", number);
	struct ref decision = help_add(store, "decision", text);
	store_number(store, order, number);
	assert_non_null(strstr(title(decision), number));
	/* Without a title there is the number. */
	struct ref bare = help_add(store, "supply", "quantity=3");
	store_number(store, bare, number);
	assert_string_equal(title(bare), number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_is_the_record),
		cmocka_unit_test(titles_name_records),
	};
	return cmocka_run_group_tests(tests, start, help_alone_stop);
}
