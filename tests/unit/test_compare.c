/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an upgrade brought that the county's file has not: rows added, taken out, changed.
 */
#include "app/rules/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct compared compared;

static void compare(const char *name, const char *ours, const char *theirs)
{
	compare_release(&compared);
	compare_texts(&compared, name, bytes_text(ours), bytes_text(theirs));
}

static void counts(unsigned added, unsigned removed, unsigned changed)
{
	assert_int_equal(compared.added, added);
	assert_int_equal(compared.removed, removed);
	assert_int_equal(compared.changed, changed);
}

static void what_both_have_is_no_news(void **state)
{
	(void)state;
	compare("codes.tsv", "# ours\na\t1\tx\na\t2\ty\n", "a\t2\ty\r\n\na\t1\tx\n# theirs\n");
	counts(0, 0, 0);
	assert_int_equal(compared.same, 2);
	compare("codes.tsv", "", "");
	counts(0, 0, 0);
}

static void a_row_of_one_name_was_changed(void **state)
{
	(void)state;
	compare("codes.tsv", "a\t1\tx\na\t3\tnew\n", "a\t0\town\na\t1\tX\n");
	counts(1, 1, 1);
	assert_int_equal(compared.row[0].our_line, 2);
	assert_int_equal(compared.row[0].their_line, 0);
	assert_int_equal(compared.row[1].their_line, 1);
	assert_int_equal(compared.row[2].our_line, 1);
	assert_int_equal(compared.row[2].their_line, 2);
	assert_memory_equal(compared.row[2].theirs.at, "a\t1\tX", 5);
}

/* Nobody can tell which of two became which. */
static void two_of_one_name_are_not_guessed(void **state)
{
	(void)state;
	compare("rules.conf", "text day \"a\"\ntext day \"b\"\n", "text day \"c\"\n");
	counts(2, 1, 0);
	compare("rules.conf", "limit a 1\nlimit ab 2\n", "limit a 3\n");
	counts(1, 0, 1);
}

static void a_row_that_stands_twice_counts_twice(void **state)
{
	(void)state;
	compare("office.tsv", "a\nb\na\n", "a\n");
	counts(2, 0, 0);
}

static void each_line_of_a_card_counts(void **state)
{
	(void)state;
	compare("cards/fire.txt", "code: C11\n\n# 1\n", "code: C12\n\n# 2\n");
	counts(1, 1, 1);
}

static void what_was_so_before_is_no_news(void **state)
{
	(void)state;
	compare("codes.tsv", "a\t1\tours\na\t2\tours\na\t4\tnew\na\t6\told\n",
		"a\t1\town\na\t2\town\na\t5\told\na\t7\town\n");
	compare_since(&compared, "codes.tsv",
		bytes_text("a\t1\tours\na\t2\tolder\na\t5\told\na\t6\told\n"));
	counts(1, 1, 1);
	assert_int_equal(compared.row[0].our_line, 3);
	assert_int_equal(compared.row[1].their_line, 3);
	assert_int_equal(compared.row[2].our_line, 2);
}

static int stop(void **state)
{
	(void)state;
	compare_release(&compared);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_both_have_is_no_news),
		cmocka_unit_test(a_row_of_one_name_was_changed),
		cmocka_unit_test(two_of_one_name_are_not_guessed),
		cmocka_unit_test(a_row_that_stands_twice_counts_twice),
		cmocka_unit_test(each_line_of_a_card_counts),
		cmocka_unit_test(what_was_so_before_is_no_news),
	};
	return cmocka_run_group_tests(tests, NULL, stop);
}
