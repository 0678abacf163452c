/* SPDX-License-Identifier: GPL-3.0-or-later
 * UTF-8, columns, cutting, wrapping and order.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_code_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char text[5] = {0};
		uint32_t got;
		size_t size = text_put(cp, text);
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
		assert_int_equal(text_next(text, size, &got), size);
		assert_int_equal(got, surrogate ? 0xFFFD : cp);
		assert_int_equal(text_back(text, size), size);
		assert_true(text_valid(text, size));
		if (size > 1) /* cut short it is a bad byte and nothing more */
			assert_int_equal(text_next(text, size - 1, &got), 1);
	}
}

static void bad_bytes_count_as_one(void **state)
{
	(void)state;
	static const char *const bad[] = {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
		"\xE4\xBD", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
		"\xF8\x88\x80\x80\x80", "\xFF", "\xC4\xE3\xBA\xC3"};
	for (size_t i = 0; i < countof(bad); i++) {
		uint32_t cp;
		size_t len = strlen(bad[i]);
		assert_int_equal(text_next(bad[i], len, &cp), 1);
		assert_int_equal(cp, 0xFFFD);
		assert_false(text_valid(bad[i], len));
		assert_int_equal(text_back(bad[i], 1), 1);
	}
	uint32_t cp;
	assert_int_equal(text_next("", 0, &cp), 0);
	assert_int_equal(text_back("a", 0), 0);
	static const char whole[] = "a甲𠮷";
	static const size_t ends[] = {0, 1, 1, 1, 4, 4, 4, 4, 8};
	for (size_t len = 0; len < sizeof whole; len++)
		assert_int_equal(text_whole(whole, len), ends[len]);
	assert_int_equal(text_whole("\x80\x80\x80\x80", 4), 4); /* was none before the cut */
	assert_false(text_valid("a\0b", 3));
	assert_true(text_valid("", 0));
}

static void columns_are_counted(void **state)
{
	(void)state;
	assert_int_equal(text_columns("王庄3组"), 7);
	assert_int_equal(text_columns("Ａ，"), 4);
	assert_int_equal(text_columns("e\xCC\x81"), 1); /* an accent of its own */
	assert_int_equal(text_columns("𠮷"), 2);
	assert_int_equal(text_columns_n("王庄", 3), 2);
	assert_int_equal(text_columns("\xFF"), 1);
}

static void cutting_never_halves_a_hanzi(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t columns, bytes, used;
	} cases[] = {{"王庄3组", 0, 0, 0}, {"王庄3组", 1, 0, 0}, {"王庄3组", 2, 3, 2},
		{"王庄3组", 4, 6, 4}, {"王庄3组", 5, 7, 5}, {"王庄3组", 6, 7, 5},
		{"王庄3组", 99, 10, 7}, {"e\xCC\x81x", 1, 3, 1}};
	for (size_t i = 0; i < countof(cases); i++) {
		size_t used;
		assert_int_equal(text_cut(cases[i].text, cases[i].columns, &used), cases[i].bytes);
		assert_int_equal(used, cases[i].used);
	}
	assert_int_equal(text_cut("王", 2, NULL), 3);
}

static void check_wrap(const char *text, size_t columns, const char *want)
{
	struct buf got = {0};
	while (*text) {
		size_t len = text_wrap(text, columns);
		assert_true(len > 0);
		buf_put(&got, text, len);
		buf_byte(&got, '|');
		text += len;
	}
	assert_string_equal(buf_cstr(&got), want);
	buf_release(&got);
}

static void wrapping_heeds_marks_and_words(void **state)
{
	(void)state;
	check_wrap("后山边坡崩塌", 6, "后山边|坡崩塌|");
	check_wrap("后山边，坡崩塌", 6, "后山|边，坡|崩塌|");
	check_wrap("后山（边坡）", 6, "后山|（边|坡）|");
	check_wrap("hello big world", 9, "hello big |world|");
	check_wrap("hello  world", 5, "hello  |world|");
	check_wrap("雨量120毫米", 6, "雨量|120毫|米|");
	check_wrap("第一\n第二", 20, "第一\n|第二|");
	check_wrap("abcdefgh", 3, "abc|def|gh|");
	check_wrap("王", 1, "王|");
	check_wrap("，，，，", 4, "，，|，，|");
	assert_int_equal(text_wrap("", 10), 0);
}

static void numbers_in_texts_are_numbers(void **state)
{
	(void)state;
	static const char *const sorted[] = {"", "1组", "2组", "3组", "12组", "12组-1", "100组",
		"a", "a1b2", "a1b10", "王", "王1", "王02b", "王2c"};
	for (size_t i = 0; i < countof(sorted); i++)
		for (size_t k = 0; k < countof(sorted); k++) {
			int order = text_order(sorted[i], sorted[k]);
			assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
		}
	assert_true(text_order("03", "3") != 0);
	assert_true(text_order("99999999999999999999998", "99999999999999999999999") < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(bad_bytes_count_as_one),
		cmocka_unit_test(columns_are_counted),
		cmocka_unit_test(cutting_never_halves_a_hanzi),
		cmocka_unit_test(wrapping_heeds_marks_and_words),
		cmocka_unit_test(numbers_in_texts_are_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
