/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is remembered comes back under its name, and under no other; and between programs that know
 * fewer and more numbers of a list. Tests also: kv_store.c.
 */
#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "store/identity.h"
#include "store/rows/internal.h"
#include "store_help.h"

static char home[HELP_HOME];
static struct store *store;

static int begin(void **state)
{
	(void)state;
	help_home(home);
	store = help_station(home, VILLAGE, "WZ");
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_close(store);
	help_remove(home);
	return 0;
}

static void lists_come_back(void **state)
{
	const int64_t kept[4] = {77, 5, 0, INT64_MIN}, none[4] = {0};
	const struct kv kv = kv_of(KV_HEARD, 0xabc);
	int64_t all[4], few[2], more[6];
	struct fault fault;

	(void)state;
	assert_false(kv_list(store, kv, all, 4));
	assert_memory_equal(all, none, sizeof all);
	assert_int_equal(kv_list_set(store, kv, kept, 4, &fault), RC_OK);
	assert_true(kv_list(store, kv, all, 4));
	assert_int_equal(all[0], 0); /* no tag */
	assert_memory_equal(all + 1, kept + 1, 3 * sizeof *all);
	assert_true(kv_list(store, kv, few, 2));
	assert_int_equal(few[1], 5);
	memset(more, 1, sizeof more);
	assert_true(kv_list(store, kv, more, 6));
	assert_int_equal(more[3], INT64_MIN);
	assert_int_equal(more[4] | more[5], 0);
	assert_int_equal(kv_list_set(store, kv, none, 4, &fault), RC_OK);
	assert_false(kv_list(store, kv, all, 4));
}

static void numbers_and_bytes_come_back(void **state)
{
	struct buf value = {0};
	struct fault fault;

	(void)state;
	assert_int_equal(kv_num(store, kv_own(KV_EXPIRED), 7), 7);
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), INT64_MIN, &fault), RC_OK);
	assert_true(kv_num(store, kv_own(KV_EXPIRED), 7) == INT64_MIN);
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 0, &fault), RC_OK);
	assert_int_equal(kv_num(store, kv_own(KV_EXPIRED), 7), 7);
	assert_false(kv_bytes(store, kv_own(KV_WAYS), &value));
	assert_int_equal(kv_bytes_set(store, kv_own(KV_WAYS), bytes_of("a\0b", 3), &fault), RC_OK);
	buf_text(&value, "-");
	assert_true(kv_bytes(store, kv_own(KV_WAYS), &value));
	assert_true(bytes_equal(buf_bytes(&value), bytes_of("-a\0b", 4)));
	assert_int_equal(kv_bytes_set(store, kv_own(KV_WAYS), (struct bytes){0, 0}, &fault), RC_OK);
	buf_clear(&value);
	assert_false(kv_bytes(store, kv_own(KV_WAYS), &value));
	buf_release(&value);
}

/* Neighbours are another name, another site or person, another part. */
static void each_has_its_own(void **state)
{
	const struct kv all[] = {kv_of(KV_PROVEN, 1), kv_part(KV_PROVEN, 1, "2"),
		kv_part(KV_PROVEN, 2, "2"), kv_own(KV_EXPIRED), kv_own(KV_ENDING)};
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < countof(all); i++)
		assert_int_equal(kv_num_set(store, all[i], (int64_t)i + 1, &fault), RC_OK);
	assert_int_equal(kv_num_set(store, all[1], 0, &fault), RC_OK);
	for (size_t i = 0; i < countof(all); i++)
		assert_int_equal(kv_num(store, all[i], -5), i == 1 ? -5 : (int64_t)i + 1);
}

/* One batch, and nothing of it when it is undone. */
static void they_belong_to_the_batch(void **state)
{
	struct fault fault;

	(void)state;
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 1, &fault), RC_OK);
	assert_int_equal(store_begin(store, &fault), RC_OK);
	assert_int_equal(kv_num_set(store, kv_own(KV_EXPIRED), 2, &fault), RC_OK);
	assert_int_equal(kv_num(store, kv_own(KV_EXPIRED), 0), 2);
	store_undo(store);
	assert_int_equal(kv_num(store, kv_own(KV_EXPIRED), 0), 1);
}

static void no_two_names_are_the_same(void **state)
{
	(void)state;
	for (unsigned i = 0; i < KV_NAMES; i++) {
		assert_true(*kv_rows[i].name && *kv_rows[i].what);
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(kv_rows[i].name, kv_rows[k].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lists_come_back, begin, end),
		cmocka_unit_test_setup_teardown(numbers_and_bytes_come_back, begin, end),
		cmocka_unit_test_setup_teardown(each_has_its_own, begin, end),
		cmocka_unit_test_setup_teardown(they_belong_to_the_batch, begin, end),
		cmocka_unit_test(no_two_names_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
