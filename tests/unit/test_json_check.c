/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is JSON and what only looks like it.
 */
#include "format/json.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void test_good(void **state)
{
	static const char *const cases[] = {"{}", "[]", "null", " true ", "false", "0", "-0",
		"12.5", "1e5", "1E-3", "-1.25e+10", "\"\"", "\"村\"", "\"\\u6751\\n\\\"\\\\\\/\"",
		"\"\\ud83d\\ude00\"", "[1,2,[3,{\"a\":[]}]]", "{\"a\":1,\"b\":{\"a\":2}}",
		"[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "999999999999999", "{\"\":1}"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		size_t at;
		const char *why;
		struct json *root;
		struct fault fault;

		if (!json_check(bytes_text(cases[i]), &at, &why))
			fail_msg("%s: %zu %s", cases[i], at, why);
		assert_null(why);
		/* What passes here must be readable. */
		assert_int_equal(json_parse(bytes_text(cases[i]), &root, &fault), RC_OK);
		json_free(root);
	}
}

static void test_bad(void **state)
{
	static const char *const cases[] = {"", " ", "{", "}", "[1,]", "[,1]", "{,}", "{\"a\":1,}",
		"{\"a\"}", "{a:1}", "{'a':1}", "[1 2]", "{} {}", "[] x", "nul", "True", "01", "+1",
		".5", "5.", "1e", "0x1", "NaN", "Infinity", "-", "--1", "\"", "\"\\x\"",
		"\"\\u12\"", "\"\\u00zz\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\"",
		"\"\\ud83d\\u0041\"", "\"a\nb\"", "\"\x01\"", "\"\xff\"", "\"\xed\xa0\x80\"",
		"\"\xc0\x80\"", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "1234567890123456",
		"0.1234567890123456", "1e9999", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "// a\n1",
		"[1]/**/", "\xef\xbb\xbf{}"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		size_t at;
		const char *why = NULL;

		if (json_check(bytes_text(cases[i]), &at, &why))
			fail_msg("%s was taken", cases[i]);
		assert_non_null(why);
		assert_true(at <= strlen(cases[i]));
	}
	size_t at;
	const char *why;
	assert_false(json_check(bytes_of("\"a\0b\"", 5), &at, &why));
	assert_false(json_check(bytes_of("{}\0", 3), &at, &why));
}

static void test_place(void **state)
{
	size_t at;
	const char *why;

	(void)state;
	assert_false(json_check(bytes_text("{\"a\":1,\"a\":2}"), &at, &why));
	assert_int_equal(at, 7);
	assert_false(json_check(bytes_text("{\"a\":x}"), &at, &why));
	assert_int_equal(at, 5);
}

/* Cut anywhere, an object is not whole. */
static void test_cuts(void **state)
{
	static const char text[] =
		"{\"kind\":\"hazard\",\"n\":[1.5,true,null,\"\\u6751村\"],\"f\":{\"a\":-2}}";

	(void)state;
	for (size_t n = 0; n < strlen(text); n++) {
		size_t at;
		const char *why;

		assert_false(json_check(bytes_of(text, n), &at, &why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
