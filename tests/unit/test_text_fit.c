/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is said commands no terminal, is one line where one is meant, and is cut between characters.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void nothing_that_is_said_commands(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
	} pairs[] = {
		{"", ""},
		{"甲 \"乙\"：丙", "甲 \"乙\"：丙"},
		{"\x1b[31m红\x1b]0;题\x07：后面", "?[31m红?]0;题?：后面"},
		{"甲\xC2\x9B"
		 "2J乙\x7F",
			"甲?2J乙?"},
		{"一\n二\r\n三\r四\t五", "一 二  三 四 五"},
		{"\xE2\x80\xAE甲\xE2\x80\x8B乙\xEF\xBB\xBF", "甲乙"},
		{"\xB4\xF3\x9B"
		 "31m",
			"???31m"},
	};
	for (size_t i = 0; i < countof(pairs); i++) {
		char got[100];
		struct buf all = {0};
		text_fit(got, sizeof got, pairs[i].from);
		assert_string_equal(got, pairs[i].to);
		text_show(pairs[i].from, strlen(pairs[i].from), false, &all);
		assert_string_equal(buf_cstr(&all), pairs[i].to);
		buf_release(&all);
	}
}

static void lines_stay_where_they_are_meant(void **state)
{
	struct buf got = {0};
	static const char text[] = "一\r\n\t二\n三\r四\x1b[2J\0五";
	(void)state;
	text_show(text, sizeof text - 1, true, &got);
	assert_string_equal(buf_cstr(&got), "一\r\n\t二\n三 四?[2J?五");
	buf_release(&got);
}

static void a_line_is_not_broken(void **state)
{
	struct buf got = {0};
	(void)state;
	text_fmt(&got, "一 %s\n", "甲\n\n");
	text_fmt(&got, "\n%s，%d\n\n", "\x1b", 2);
	text_fmt(&got, "%s", "\n");
	text_fmt(&got, "\n");
	assert_string_equal(buf_cstr(&got), "一 甲  \n\n?，2\n\n \n");
	buf_release(&got);
}

static void said(char *out, size_t room, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	text_fit_args(out, room, fmt, args);
	va_end(args);
}

static void what_is_cut_says_so(void **state)
{
	char got[10];
	(void)state;
	text_fit(got, sizeof got, "甲乙丙");
	assert_string_equal(got, "甲乙丙"); /* nine bytes and the NUL: all of it */
	text_fit(got, sizeof got, "甲乙丙丁");
	assert_string_equal(got, "甲乙...");
	text_fit(got, sizeof got, "a甲乙丙");
	assert_string_equal(got, "a甲...");
	text_fit(got, sizeof got, "aaaaaaaaaa");
	assert_string_equal(got, "aaaaaa...");
	text_fit(got, 3, "甲");
	assert_string_equal(got, "");
	said(got, sizeof got, "%s%d", "甲", 1234567);
	assert_string_equal(got, "甲123...");
	assert_string_equal(text_brief(&(struct brief){""}, "\x1b甲"), "?甲");
	memcpy(got, "甲乙", 7);
	said(got, sizeof got, "%s/%s", got, got);
	assert_string_equal(got, "甲乙...");
}

/* Longer than what is formatted in one go: its last character may be half. */
static void very_long_is_cut_between_characters(void **state)
{
	static char text[20000], got[9000];
	(void)state;
	for (size_t lead = 0; lead < 4; lead++) {
		memset(text, 'a', lead);
		for (size_t at = lead; at + 4 < sizeof text; at += 4)
			memcpy(text + at, "𠮷", 5);
		said(got, sizeof got, "%s", text);
		size_t len = strlen(got);
		assert_true(len > 4000 && text_valid(got, len));
		assert_string_equal(got + len - 3, "...");
		assert_null(strchr(got, '?'));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_said_commands),
		cmocka_unit_test(lines_stay_where_they_are_meant),
		cmocka_unit_test(a_line_is_not_broken),
		cmocka_unit_test(what_is_cut_says_so),
		cmocka_unit_test(very_long_is_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
