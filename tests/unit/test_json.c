/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing JSON, and reading values back.
 */
#include "format/json.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void test_write(void **state)
{
	struct buf text = {0};
	struct json_out out;

	(void)state;
	json_begin(&out, &text);
	json_open(&out, '[');
	json_line(&out);
	json_open(&out, '{');
	json_key_text(&out, "name", "王庄\"村\"\\\n\x1b");
	json_key_num(&out, "n", -5);
	json_key_bool(&out, "is", true);
	json_key(&out, "list");
	json_open(&out, '[');
	json_dec(&out, 12500);
	json_dec(&out, -5);
	json_dec(&out, 3000);
	json_dec(&out, 0);
	json_text(&out, NULL);
	json_close(&out, ']');
	json_close(&out, '}');
	json_line(&out);
	json_open(&out, '{');
	json_close(&out, '}');
	json_close(&out, ']');
	assert_string_equal(buf_cstr(&text),
		"[\n{\"name\":\"王庄\\\"村\\\"\\\\\\n\\u001b\",\"n\":-5,\"is\":true,"
		"\"list\":[12.5,-0.005,3,0,null]},\n{}]");
	buf_release(&text);
}

/* What a terminal or a reader would obey stands as a number, and comes back as what it was. */
static void test_nothing_commands(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0xE0200; cp++) {
		char in[5] = {0};
		struct buf text = {0};
		struct json_out out;
		struct json *root;
		struct fault fault;
		size_t len = text_put(cp, in);
		uint32_t shown;

		text_next_shown(in, len, &shown);
		if (shown == cp || (cp >= 0xD800 && cp < 0xE000))
			continue;
		json_begin(&out, &text);
		json_open(&out, '[');
		json_text(&out, in);
		json_close(&out, ']');
		for (size_t i = 0; i < text.len; i++)
			assert_in_range(text.at[i], ' ', '~');
		assert_int_equal(json_parse(buf_bytes(&text), &root, &fault), RC_OK);
		assert_memory_equal(json_string(json_first(root)), in, len + 1);
		json_free(root);
		buf_release(&text);
	}
}

/* Whatever bytes a text has, what comes out is JSON, and good text comes back the same. */
static void test_every_byte(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		uint8_t in[] = {'a', (uint8_t)c, 'b'};
		struct buf text = {0};
		struct json_out out;
		size_t at;
		const char *why;

		json_begin(&out, &text);
		json_open(&out, '[');
		json_bytes(&out, bytes_of(in, sizeof(in)));
		json_close(&out, ']');
		if (c == 0)
			assert_non_null(strstr(buf_cstr(&text), "\\u0000"));
		else
			assert_true(json_check(buf_bytes(&text), &at, &why));
		if (c && c < 128) {
			struct json *root;
			struct fault fault;

			assert_int_equal(json_parse(buf_bytes(&text), &root, &fault), RC_OK);
			assert_memory_equal(json_string(json_first(root)), in, sizeof(in));
			json_free(root);
		}
		buf_release(&text);
	}
}

static void test_read(void **state)
{
	struct json *root;
	struct fault fault = {0};
	struct buf text = {0};

	(void)state;
	assert_int_equal(
		json_parse(
			bytes_text("{\"kind\":\"hazard\",\"N\":13812345678,\"d\":1.25,\"t\":true,"
				   "\"z\":null,\"l\":[\"a\",\"b\"],\"o\":{}}"),
			&root, &fault),
		RC_OK);
	assert_int_equal(json_type(root), JSON_OBJECT);
	assert_string_equal(json_string(json_get(root, "kind")), "hazard");
	assert_null(json_get(root, "Kind"));
	assert_null(json_get(root, "n"));
	assert_null(json_get(json_get(root, "kind"), "x"));
	assert_true(json_as_text(json_get(root, "N"), &text));
	assert_string_equal(buf_cstr(&text), "13812345678");
	buf_clear(&text);
	assert_true(json_as_text(json_get(root, "d"), &text));
	assert_true(json_as_text(json_get(root, "t"), &text));
	assert_string_equal(buf_cstr(&text), "1.251");
	assert_false(json_as_text(json_get(root, "z"), &text));
	assert_false(json_as_text(json_get(root, "l"), &text));
	assert_int_equal(json_type(json_get(root, "o")), JSON_OBJECT);
	assert_null(json_first(json_get(root, "o")));
	const struct json *a = json_first(json_get(root, "l"));
	assert_string_equal(json_string(a), "a");
	assert_null(json_name(a));
	assert_string_equal(json_string(json_next(a)), "b");
	assert_null(json_next(json_next(a)));
	assert_string_equal(json_name(json_first(root)), "kind");
	json_free(root);
	buf_release(&text);
}

static void test_refused(void **state)
{
	struct json *root = (struct json *)&root;
	struct fault fault = {0};

	(void)state;
	assert_int_equal(json_parse(bytes_text("{\"a\":1} x"), &root, &fault), RC_BAD);
	assert_null(root);
	assert_non_null(strstr(fault.text, "9"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_nothing_commands),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
