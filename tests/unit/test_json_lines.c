/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files of JSON values cut into lines or elements.
 */
#include "format/json_lines.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void cut(const char *text, unsigned count, const char *last, unsigned line)
{
	struct arena arena = {0};
	struct json_line *first;
	unsigned n;
	const char *why;

	if (!json_lines(&arena, bytes_text(text), &first, &n, &why))
		fail_msg("%s: %s", text, why);
	assert_int_equal(n, count);
	for (; first && first->next; first = first->next)
		;
	if (first) {
		assert_true(bytes_equal(first->text, bytes_text(last)));
		assert_int_equal(first->line, line);
	}
	arena_release(&arena);
}

static void test_lines(void **state)
{
	(void)state;
	cut("", 0, "", 0);
	cut("\n \r\n", 0, "", 0);
	cut("{}", 1, "{}", 1);
	cut("{\"a\":1}\r\n\r\n  {\"b\":2} \n", 2, "{\"b\":2}", 3);
	cut("x\ny\nz", 3, "z", 3);
}

static void test_arrays(void **state)
{
	(void)state;
	cut("[]", 0, "", 0);
	cut(" [ ] \n", 0, "", 0);
	cut("[{}]", 1, "{}", 1);
	cut("[\n{\"a\":[1,2]},\n{\"b\":\"],\\\"[\"}\n]\n", 2, "{\"b\":\"],\\\"[\"}", 3);
	cut("[\n {\n \"a\": 1\n },\n {\n \"b\": {}\n }\n]", 2, "{\n \"b\": {}\n }", 5);
	cut("[1,]", 2, "", 1); /* the empty element is for json_check to refuse */
}

static void test_broken(void **state)
{
	static const char *const cases[] = {
		"[", "[1", "[1,", "[\"a]", "[{]", "[1] x", "[1][2]", "[\"\\"};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct arena arena = {0};
		struct json_line *first;
		unsigned n;
		const char *why;

		if (json_lines(&arena, bytes_text(cases[i]), &first, &n, &why))
			fail_msg("%s", cases[i]);
		assert_non_null(why);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_arrays),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
