/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers under a name: there and back, and between programs that know fewer and more of them.
 */
#include "store/note.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "store_help.h"

static void numbers_come_back(void **state)
{
	const int64_t kept[4] = {77, 5, 0, INT64_MIN}, none[4] = {0};
	int64_t all[4], few[2], more[6];
	char home[HELP_HOME], name[NOTE_NAME];
	struct fault fault;

	(void)state;
	help_home(home);
	struct store *store = help_station(home, VILLAGE, "WZ");
	note_of_site(name, "told", 0xabc);
	assert_string_equal(name, "told.00000000000abc");
	assert_false(note_get(store, name, all, 4));
	assert_memory_equal(all, none, sizeof all);
	assert_int_equal(note_set(store, name, kept, 4, &fault), RC_OK);
	assert_true(note_get(store, name, all, 4));
	assert_int_equal(all[0], 0); /* no tag */
	assert_memory_equal(all + 1, kept + 1, 3 * sizeof *all);
	assert_true(note_get(store, name, few, 2));
	assert_int_equal(few[1], 5);
	memset(more, 1, sizeof more);
	assert_true(note_get(store, name, more, 6));
	assert_int_equal(more[3], INT64_MIN);
	assert_int_equal(more[4] | more[5], 0);
	assert_int_equal(note_set(store, name, none, 4, &fault), RC_OK);
	assert_false(note_get(store, name, all, 4));
	store_close(store);
	help_remove(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
