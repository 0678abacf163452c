/* SPDX-License-Identifier: GPL-3.0-or-later
 * GB18030 and GBK: there and back without loss, or not at all.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void known_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *coding, *utf8, *bytes;
	} cases[] = {
		{"GB18030", "隐患", "\xD2\xFE\xBB\xBC"},
		{"GBK", "隐患", "\xD2\xFE\xBB\xBC"},
		{"GB18030", "𠮷", "\x95\x34\xB2\x35"},
		{"GB18030", "😀", "\x94\x39\xFC\x36"},
		{"GB18030", "", ""},
		{"UTF-8", "隐", "隐"},
		{NULL, "隐", "隐"},
	};
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf to = {0}, from = {0};
		size_t len = strlen(cases[i].bytes);
		assert_true(text_to(cases[i].coding, cases[i].utf8, strlen(cases[i].utf8), &to));
		assert_string_equal(buf_cstr(&to), cases[i].bytes);
		assert_true(text_from(cases[i].coding, cases[i].bytes, len, &from));
		assert_string_equal(buf_cstr(&from), cases[i].utf8);
		buf_release(&to);
		buf_release(&from);
	}
}

static void long_texts_cross_every_step(void **state)
{
	(void)state;
	struct buf text = {0}, to = {0}, back = {0};
	for (int i = 0; i < 400; i++)
		buf_text(&text, i % 7 ? "隐" : "a𠮷");
	buf_text(&back, "前");
	assert_true(text_to("GB18030", buf_cstr(&text), text.len, &to));
	assert_true(text_from("GB18030", (const char *)to.at, to.len, &back));
	assert_string_equal(buf_cstr(&back) + 3, buf_cstr(&text));
	buf_release(&text);
	buf_release(&to);
	buf_release(&back);
}

static void loss_is_refused_and_nothing_added(void **state)
{
	(void)state;
	struct buf out = {0};
	buf_text(&out, "前");
	assert_false(text_to("GBK", "𠮷", 4, &out));
	assert_false(text_to("GB18030", "\xC4\xE3", 2, &out));
	assert_false(text_to("NO-SUCH-CODING", "a", 1, &out));
	assert_false(text_from("GB18030", "\xD2", 1, &out));
	assert_false(text_from("GB18030", "\xFF\xFF", 2, &out));
	assert_false(text_from("GBK", "\x95\x34\xB2\x35", 4, &out));
	assert_false(text_from("UTF-8", "\xC0\x80", 2, &out));
	assert_false(text_from(NULL, "a\0b", 3, &out));
	assert_string_equal(buf_cstr(&out), "前");
	buf_release(&out);
}

static void every_truncation_is_refused_or_shorter(void **state)
{
	(void)state;
	static const char bytes[] = "\xD2\xFE"
				    "a\x95\x34\xB2\x35\xBB\xBC";
	static const bool whole[] = {
		true, false, true, true, false, false, false, true, false, true};
	for (size_t len = 0; len < sizeof bytes; len++) {
		struct buf out = {0};
		assert_int_equal(text_from("GB18030", bytes, len, &out), whole[len]);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_bytes),
		cmocka_unit_test(long_texts_cross_every_step),
		cmocka_unit_test(loss_is_refused_and_nothing_added),
		cmocka_unit_test(every_truncation_is_refused_or_shorter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
