/* SPDX-License-Identifier: GPL-3.0-or-later
 * The warnings of a station by identifier, by what they refer to and by what they say.
 */
#include "app/cap_book.h"
#include "intake_help.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void add(struct cap_book *book, const char *identifier, const char *refers, uint32_t seq)
{
	cap_book_add(book, &(struct book_entry){.identifier = identifier,
				   .refers = refers,
				   .event = "",
				   .severity = "",
				   .status = "",
				   .areas = "",
				   .ref = {1, seq}});
}

static void test_add(void **state)
{
	static struct cap_book book;
	char name[16];

	(void)state;
	for (uint32_t i = 1; i <= 9000; i++) { /* more than buckets */
		snprintf(name, sizeof(name), "W-%u", i);
		add(&book, name, "", i);
	}
	assert_int_equal(cap_book_find(&book, "W-1")->ref.seq, 1);
	assert_int_equal(cap_book_find(&book, "W-9000")->ref.seq, 9000);
	assert_null(cap_book_find(&book, "W-9001"));
	assert_null(cap_book_find(&book, ""));
	cap_book_release(&book);
}

static unsigned count_each(const struct cap_book *book, const char *identifier)
{
	unsigned count = 0;

	for (struct book_entry *e = NULL; (e = cap_book_each(book, identifier, e));)
		count++;
	return count;
}

/* Parts and versions are of their alert; an identifier that ends like another is another. */
static void test_same_alert(void **state)
{
	static struct cap_book book;

	(void)state;
	assert_true(cap_book_same("A~p2~v11", "A"));
	assert_false(cap_book_same("A~p", "A"));
	assert_false(cap_book_same("A#2", "A"));
	assert_false(cap_book_same("~p2", "~p3"));
	assert_true(cap_book_same("A~p2", "A~v3"));
	assert_false(cap_book_same("A", "AB"));
	add(&book, "A", "", 1);
	add(&book, "A~p2", "", 2);
	add(&book, "A~p2~v2", "", 3);
	add(&book, "A1", "", 4);
	assert_int_equal(count_each(&book, "A"), 3);
	assert_int_equal(count_each(&book, "A~p7"), 3);
	assert_int_equal(count_each(&book, "A1"), 1);
	assert_int_equal(cap_book_find(&book, "A~p2")->ref.seq, 2);
	cap_book_release(&book);
}

static void test_naming(void **state)
{
	static struct cap_book book;
	struct book_link *link;

	(void)state;
	add(&book, "C", "A-1 A-2", 1);
	add(&book, "U", "A-1 A-44", 2);
	link = cap_book_naming(&book, "A-1", NULL);
	assert_non_null(link);
	assert_non_null(cap_book_naming(&book, "A-1", link));
	assert_string_equal(cap_book_naming(&book, "A-2", NULL)->from->identifier, "C");
	assert_string_equal(cap_book_naming(&book, "A-2~p3", NULL)->from->identifier, "C");
	assert_null(cap_book_naming(&book, "A-4", NULL)); /* only the beginning of another */
	assert_null(cap_book_naming(&book, "4", NULL));
	assert_null(cap_book_naming(&book, "", NULL));
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
	assert_string_equal(cap_book_find(&book, "W")->event, "11B03");
	assert_true(cap_book_naming(&book, "V", NULL)->from->cancels);
	cap_book_release(&book);
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_same_alert),
		cmocka_unit_test(test_naming),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
