/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which warnings want this station's signature, and until when.
 * Tests also: place.c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app_help.h"
#include "base/when.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "work/agenda.h"
#include "work/receipt.h"

static enum need needed(struct village *village, struct ref ref, int64_t later, int64_t *until)
{
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	const char *text = NULL;
	assert_int_equal(store_row(village->app.store, ref, &arena, &row, &fault), RC_OK);
	enum need need = need_of(village->app.store, &row, when_now() + later, until, &text);
	if (need != NEED_NONE)
		assert_true(text && *text);
	arena_release(&arena);
	return need;
}

static void test_sign(void **state)
{
	struct village village;
	int64_t until;
	char word[80], number[32];
	(void)state;
	village_open(&village);
	struct ref red = village_add(&village, "warning", "event=11B03", "severity=red",
		"proof=hand", "expires=2026-07-15T00:00:00+08:00", NULL);
	struct ref blue = village_add(&village, "warning", "event=11B03", "severity=blue", NULL);
	assert_int_equal(needed(&village, red, 0, &until), NEED_SIGN);
	assert_true(until >= when_now() + 4 * 60 &&
		    until <= when_now() + 5 * 60); /* red: five minutes */
	assert_int_equal(
		needed(&village, red, 7 * 3600, &until), NEED_NONE); /* over, and not ours to end */
	assert_int_equal(needed(&village, blue, 0, &until), NEED_SIGN);
	assert_int_equal(needed(&village, blue, 30 * 86400, &until),
		NEED_NONE); /* no end given: three days */
	store_number(village.app.store, red, number);
	snprintf(word, sizeof word, "warning=%s", number);
	village_add(&village, "receipt", word, NULL);
	assert_true(warning_signed(village.app.store, red));
	assert_false(warning_signed(village.app.store, blue));
	assert_int_equal(needed(&village, red, 0, &until), NEED_NONE);
	assert_int_equal(needed(&village, blue, 0, &until), NEED_SIGN);
	village_close(&village);
}

static void test_a_cancel_is_signed(void **state)
{
	struct village village;
	int64_t until;
	(void)state;
	village_open(&village);
	struct ref ref = village_add(&village, "warning", "event=11B03", "severity=red",
		"msgtype=cancel", "proof=hand", NULL);
	assert_int_equal(needed(&village, ref, 0, &until), NEED_SIGN);
	assert_true(until > when_now() + 29 * 60 && until <= when_now() + 30 * 60);
	assert_int_equal(needed(&village, ref, 4 * 86400, &until), NEED_NONE);
	village_close(&village);
}

static void test_others_by_the_rules(void **state)
{
	struct village village;
	int64_t until;
	(void)state;
	village_open(&village);
	struct ref ref =
		village_add(&village, "hazard", "category=H0101", "place=村部", "text=堵", NULL);
	assert_int_equal(needed(&village, ref, 0, &until), NEED_DUE);
	assert_int_equal(needed(&village, ref, 2 * 86400, &until), NEED_OVERDUE);
	village_close(&village);
}

static void test_above(void **state)
{
	struct village village;
	struct arena arena = {0};
	struct row row;
	struct fault fault;
	int64_t until;
	const char *text;
	(void)state;
	village_open(&village);
	struct ref ref =
		village_add(&village, "hazard", "category=H0101", "place=村部", "text=堵", NULL);
	assert_int_equal(store_row(village.app.store, ref, &arena, &row, &fault), RC_OK);
	assert_int_equal(need_of(village.app.store, &row, when_now(), &until, &text), NEED_DUE);
	row.area = 410882103000; /* the township's own */
	assert_int_equal(need_of(village.app.store, &row, when_now(), &until, &text), NEED_NONE);
	ref = village_add(&village, "warning", "event=11B03", "severity=red", NULL);
	assert_int_equal(store_row(village.app.store, ref, &arena, &row, &fault), RC_OK);
	row.area = 410882103000;
	assert_int_equal(need_of(village.app.store, &row, when_now(), &until, &text), NEED_SIGN);
	arena_release(&arena);
	village_close(&village);
}

/* Signed, and without an end: it stays in force for the days that it would have asked. */
static void test_signed_without_an_end(void **state)
{
	struct village village;
	char word[80], number[32];
	struct needs needs = {0};
	struct fault fault;
	(void)state;
	village_open(&village);
	struct ref red = village_add(&village, "warning", "event=11B03", "severity=red", NULL);
	store_number(village.app.store, red, number);
	snprintf(word, sizeof word, "warning=%s", number);
	village_add(&village, "receipt", word, NULL);
	struct actor actor = {.store = village.app.store};
	assert_int_equal(needs_load(&needs, &actor, &fault), RC_OK);
	bool found = false;
	for (unsigned n = 0; n < needs.count; n++)
		if (needs.items[n].in_force) {
			found = true;
			/* No end is made up for it; it is looked at again when the days are over.
			 */
			assert_int_equal(needs.items[n].until, 0);
			assert_true(needs.items[n].turns > when_now() + 2 * 86400 &&
				    needs.items[n].turns < when_now() + 4 * 86400);
		}
	assert_true(found);
	needs_release(&needs);
	village_close(&village);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sign),
		cmocka_unit_test(test_a_cancel_is_signed),
		cmocka_unit_test(test_others_by_the_rules),
		cmocka_unit_test(test_above),
		cmocka_unit_test(test_signed_without_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
