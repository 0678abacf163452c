/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options out of argv: anywhere before "--", both forms, and what is left over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/command.h"

static int set(char *argv[12], char *text)
{
	int argc = 0;
	while (*text) {
		argv[argc++] = text;
		text += strcspn(text, " ");
		if (*text)
			*text++ = 0;
	}
	argv[argc] = NULL;
	return argc;
}

static void test_flags(void **state)
{
	char text[] = "list --json hazard --json=x --csv -- --csv", *argv[12];
	int argc = set(argv, text);
	(void)state;
	assert_true(arg_flag(&argc, argv, "json"));
	assert_false(arg_flag(&argc, argv, "json")); /* --json=x is something else */
	assert_string_equal(arg_left(argc, argv), "--json=x");
	assert_true(arg_flag(&argc, argv, "csv"));
	assert_false(arg_flag(&argc, argv, "csv")); /* behind -- it is a word */
	assert_int_equal(argc, 5);
	assert_null(argv[argc]);
	assert_string_equal(argv[1], "hazard");
}

static void test_values(void **state)
{
	char text[] = "init --area 41 --name=王庄 --level", *argv[12];
	int argc = set(argv, text);
	(void)state;
	assert_string_equal(arg_value(&argc, argv, "area"), "41");
	assert_string_equal(arg_value(&argc, argv, "name"), "王庄");
	assert_string_equal(arg_value(&argc, argv, "level"), "");
	assert_null(arg_value(&argc, argv, "area"));
	assert_int_equal(argc, 1);
	assert_string_equal(arg_left(argc, argv), "");
}

static void test_names_are_whole(void **state)
{
	char text[] = "x --areas 41 --are 4", *argv[12];
	int argc = set(argv, text);
	(void)state;
	assert_null(arg_value(&argc, argv, "area"));
	assert_int_equal(argc, 5);
}

static void test_words(void **state)
{
	static const struct command command = {"x", "", "", NULL, NULL, NULL};
	struct app app = {.command = &command};
	char text[] = "x a -- --b --", *argv[12];
	int argc = set(argv, text);
	(void)state;
	assert_int_equal(app_args(&app, &argc, argv, 1, 3), 0);
	assert_int_equal(argc, 4);
	assert_string_equal(argv[2], "--b");
	assert_string_equal(argv[3], "--"); /* only the first one ends the options */
	char few[] = "x a";
	argc = set(argv, few);
	assert_int_equal(app_args(&app, &argc, argv, 2, -1), EXIT_USAGE);
	assert_int_equal(app_args(&app, &argc, argv, 0, 0), EXIT_USAGE);
	assert_int_equal(app_args(&app, &argc, argv, 1, 1), 0);
	char more[] = "x --left";
	argc = set(argv, more);
	assert_int_equal(app_args(&app, &argc, argv, 0, -1), EXIT_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_names_are_whole),
		cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
