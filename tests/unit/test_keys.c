/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys and their names.
 */
#include "ui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void test_names(void **state)
{
	char text[16];

	(void)state;
	assert_int_equal(key_named("enter"), K_ENTER);
	assert_int_equal(key_named("^O"), 15);
	assert_int_equal(key_named("a"), 'a');
	assert_int_equal(key_named("界"), 0x754c);
	assert_int_equal(key_named("nothing"), 0);
	assert_int_equal(key_named(""), 0);
	assert_string_equal(key_show(15, text), "^O");
	assert_string_equal(key_show('a', text), "a");
	assert_string_equal(key_show(0x754c, text), "界");
	assert_string_equal(key_show(K_PAGE_UP, text), "PgUp");
}

static void test_text_keys(void **state)
{
	(void)state;
	assert_true(key_is_text('a') && key_is_text(' ') && key_is_text(0x754c));
	assert_false(key_is_text(0x1b) || key_is_text(0x7f) || key_is_text(0x9b));
	assert_false(key_is_text(K_ENTER) || key_is_text(K_HANGUP));
}

/* No two keys share a sequence, or one would never come. */
static void test_sequences_differ(void **state)
{
	(void)state;
	for (const struct key_sequence *a = key_sequences; a->bytes; a++) {
		for (const struct key_sequence *b = key_sequences; b < a; b++)
			assert_string_not_equal(a->bytes, b->bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_text_keys),
		cmocka_unit_test(test_sequences_differ),
	};

	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
