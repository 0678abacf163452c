/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who has to go when there are too many: by limits in all, of one address, of bytes, of places.
 */
#include "sync/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { MANY = 100 };

static const struct connections_limits limits = {
	.unfinished = 50, .unfinished_each = 20, .bytes = 10000, .idle = 1000};

struct set {
	struct connections *all;
	struct connection one[MANY];
};

static int begin(void **state)
{
	struct set *set = calloc(1, sizeof *set);

	set->all = connections_new(&limits);
	*state = set;
	return 0;
}

static int end(void **state)
{
	struct set *set = *state;

	connections_free(set->all);
	free(set);
	return 0;
}

static struct connection *come(struct set *set, int i, uint64_t address)
{
	connections_add(set->all, &set->one[i], i);
	connections_address(set->all, &set->one[i], address);
	return &set->one[i];
}

static void of_one_address_the_oldest_goes(void **state)
{
	struct set *set = *state;

	come(set, 0, 7);
	for (int i = 1; i <= 20; i++) {
		come(set, i, 5);
		assert_null(connections_victim(set->all, false, 100));
	}
	come(set, 21, 5);
	assert_ptr_equal(connections_victim(set->all, false, 100), &set->one[1]);
	connections_leave(set->all, &set->one[1]);
	assert_null(connections_victim(set->all, false, 100));
	/* One that is whole is none of them. */
	connections_move(set->all, &set->one[2], CONNECTION_WAITING, 100);
	come(set, 22, 5);
	assert_null(connections_victim(set->all, false, 100));
	come(set, 23, 5);
	assert_ptr_equal(connections_victim(set->all, false, 100), &set->one[3]);
}

/* Whoever came first and has one is not the one to go. */
static void of_many_the_address_with_the_most_gives(void **state)
{
	struct set *set = *state;

	come(set, 0, 1000);
	for (int i = 1; i <= 15; i++)
		come(set, i, 5);
	for (int i = 16; i < 50; i++)
		come(set, i, 100 + (uint64_t)i / 3);
	assert_null(connections_victim(set->all, false, 100));
	come(set, 50, 2000);
	assert_ptr_equal(connections_victim(set->all, false, 100), &set->one[1]);
	assert_int_equal(connections_unfinished(set->all), 51);
}

static void bytes_are_shared(void **state)
{
	struct set *set = *state;
	struct connection *small = come(set, 0, 1), *first = come(set, 1, 2),
			  *second = come(set, 2, 2);

	connections_hold(set->all, small, 4000);
	connections_hold(set->all, first, 3000);
	connections_hold(set->all, second, 3000);
	assert_null(connections_victim(set->all, false, 0));
	connections_hold(set->all, second, 1);
	assert_ptr_equal(connections_victim(set->all, false, 0), first);
	connections_leave(set->all, first);
	assert_int_equal(connections_bytes(set->all), 7001);
	connections_let(set->all, second);
	assert_int_equal(connections_bytes(set->all), 4000);
	/* Answers that nobody reads. */
	connections_move(set->all, small, CONNECTION_WRITING, 1);
	connections_move(set->all, second, CONNECTION_WRITING, 2);
	connections_hold(set->all, second, 9000);
	assert_ptr_equal(connections_victim(set->all, false, 0), small);
}

static void idle_ones_give_way_when_others_wait(void **state)
{
	struct set *set = *state;

	for (int i = 0; i < 5; i++) {
		come(set, i, 3);
		connections_move(set->all, &set->one[i], CONNECTION_IDLE, 100 + i);
	}
	assert_null(connections_victim(set->all, true, 1000));
	assert_null(connections_victim(set->all, false, 5000));
	assert_ptr_equal(connections_victim(set->all, true, 1100), &set->one[0]);
	/* It has asked once more since. */
	connections_move(set->all, &set->one[0], CONNECTION_UNFINISHED, 1100);
	connections_move(set->all, &set->one[0], CONNECTION_IDLE, 1101);
	assert_ptr_equal(connections_victim(set->all, true, 1101), &set->one[1]);
}

static void gone_is_gone(void **state)
{
	struct set *set = *state;
	struct connection *one = come(set, 0, 1);

	connections_hold(set->all, one, 500);
	connections_leave(set->all, one);
	connections_leave(set->all, one);
	connections_hold(set->all, one, 500);
	connections_move(set->all, one, CONNECTION_IDLE, 1);
	connections_address(set->all, one, 9);
	connections_let(set->all, one);
	assert_int_equal(connections_bytes(set->all), 0);
	assert_int_equal(connections_unfinished(set->all), 0);
	assert_null(connections_victim(set->all, true, 100000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(of_one_address_the_oldest_goes, begin, end),
		cmocka_unit_test_setup_teardown(
			of_many_the_address_with_the_most_gives, begin, end),
		cmocka_unit_test_setup_teardown(bytes_are_shared, begin, end),
		cmocka_unit_test_setup_teardown(idle_ones_give_way_when_others_wait, begin, end),
		cmocka_unit_test_setup_teardown(gone_is_gone, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
