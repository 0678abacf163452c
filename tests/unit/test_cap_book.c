/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings of a station by identifier and by what they refer to.
 */
#include "app/cap_book.h"
#include "intake_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_add(void **state)
{
	static struct cap_book book;
	char name[16];

	(void)state;
	for (uint32_t i = 1; i <= 5000; i++) { /* more than buckets */
		snprintf(name, sizeof(name), "W-%u", i);
		cap_book_add(&book, name, "", false, (struct ref){1, i});
	}
	assert_int_equal(cap_book_find(&book, "W-1")->ref.seq, 1);
	assert_int_equal(cap_book_find(&book, "W-5000")->ref.seq, 5000);
	assert_null(cap_book_find(&book, "W-5001"));
	assert_null(cap_book_find(&book, ""));
	cap_book_release(&book);
}

static void test_closing(void **state)
{
	static struct cap_book book;

	(void)state;
	cap_book_add(&book, "C", "A-1 A-2", true, (struct ref){1, 1});
	cap_book_add(&book, "U", "A-1 A-3 A-44", false, (struct ref){1, 2});
	assert_string_equal(
		cap_book_closing(&book, "A-1")->identifier, "C"); /* a cancel is the last word */
	assert_string_equal(cap_book_closing(&book, "A-2")->identifier, "C");
	assert_string_equal(cap_book_closing(&book, "A-3")->identifier, "U");
	assert_null(cap_book_closing(&book, "A-4")); /* only the beginning of another */
	assert_null(cap_book_closing(&book, "A"));
	assert_null(cap_book_closing(&book, "4"));
	assert_null(cap_book_closing(&book, ""));
	cap_book_release(&book);
}

static void test_read(void **state)
{
	static struct cap_book book;
	struct stand s;
	struct fault fault = {0};

	(void)state;
	stand_up(&s, 410882103000, "x");
	assert_int_equal(
		json_import(&s.in,
			bytes_text(
				"{\"kind\":\"warning\",\"fields\":{\"event\":\"11B03\","
				"\"severity\":\"red\","
				"\"identifier\":\"W\",\"refers\":\"V\",\"msgtype\":\"cancel\"}}\n"
				"{\"kind\":\"warning\",\"fields\":{\"event\":\"11B03\","
				"\"severity\":\"red\"}}"),
			&fault),
		RC_OK);
	stand_again(&s, "x");
	assert_int_equal(cap_book_read(&book, s.store, &fault), RC_OK);
	assert_non_null(cap_book_find(&book, "W"));
	assert_true(cap_book_closing(&book, "V")->cancels);
	cap_book_release(&book);
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_closing),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
