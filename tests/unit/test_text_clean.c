/* SPDX-License-Identifier: GPL-3.0-or-later
 * Naughty strings: what is kept and what is drawn commands no terminal and moves no column.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pair {
	const char *from, *to;
};

static void check_clean(bool lines, const struct pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf got = {0};
		buf_text(&got, " 前");
		assert_true(text_clean(pairs[i].from, strlen(pairs[i].from), lines, &got));
		assert_string_equal(buf_cstr(&got) + 4, pairs[i].to);
		buf_release(&got);
	}
}

static void one_line_is_kept(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{"", ""},
		{" \t\n", ""},
		{"  王庄　村 \n", "王庄　村"},
		{"　\xC2\xA0王庄　", "王庄"},
		{"a\tb\nc\r\nd\re", "a b c d e"},
		{"a\x01\x7F\xC2\x85"
		 "b",
			"ab"},
		{"\x1b[31;1m红\x1b[0m", "红"},
		{"\x1b]0;title\x07甲\x1b]8;;http://x\x1b\\乙", "甲乙"},
		{"\x1bP1$r0m\x1b\\甲", "甲"},
		{"\x1b(0甲\x1b=乙\x1b", "甲乙"},
		{"\x1b]52;c;open", ""},
		{"\x1b]open\n甲", "甲"},
		{"\xC2\x9B"
		 "31m甲",
			"甲"},
		{"\x1b[3甲", "甲"},
		{"\xE2\x80\xAE甲\xE2\x80\xAC\xE2\x81\xA6乙\xE2\x81\xA9\xE2\x80\x8F", "甲乙"},
		{"\xEF\xBB\xBF甲\xE2\x80\xA8乙\xE2\x80\xA9", "甲乙"},
		{"葛\xF3\xA0\x84\x80☎\xEF\xB8\x8F", "葛☎"},
		{"👨\xE2\x80\x8D👩", "👨👩"},
		{"“好”…—", "“好”…—"},
		{"钟\xEE\xA1\xA3", "钟䶮"},
		{"<script>'; DROP TABLE fact;--", "<script>'; DROP TABLE fact;--"},
	};
	check_clean(false, pairs, countof(pairs));
}

static void several_lines_are_kept(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{"\n第一\r\n\r\n第二\t列\n\n", "第一\n\n第二 列"},
		{"a\rb", "ab"},
	};
	check_clean(true, pairs, countof(pairs));
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	struct buf got = {0};
	buf_text(&got, "前");
	assert_false(text_clean("\xC4\xE3", 2, false, &got));
	assert_false(text_clean("a\0b", 3, true, &got));
	assert_false(text_clean("甲", 2, true, &got));
	assert_string_equal(buf_cstr(&got), "前");
	buf_release(&got);
}

static void doubtful_characters_are_drawn_plain(void **state)
{
	(void)state;
	static const struct pair pairs[] = {
		{"“你好”…——①⑳", "\"你好\"...--(1)(20)"},
		{"37℃ ±5° 1×2÷3→Ⅲ级№4", "37度 +/-5度 1x2/3->III级No.4"},
		{"艾力·买买提", "艾力.买买提"},
		{"├──┤║═▓■★", "+--+|=#**"},
		{"ɑàéüǚ αЖя", "?aeuu aZhya"},
		{"😀☔", "**"},
		{"\xFF甲\x80", "?甲?"},
		{"a\nb\x1b[2J", "a b"},
		{"\xEE\x80\x80", "?"},
		{"❶⓫ⓐⒶ⒈", "(1)(11)(a)(A)1."},
		{"㎡ 你，好。", "㎡ 你，好。"},
	};
	for (size_t i = 0; i < countof(pairs); i++) {
		struct buf got = {0};
		text_plain(pairs[i].from, &got);
		assert_string_equal(buf_cstr(&got), pairs[i].to);
		buf_release(&got);
	}
}

static void nothing_doubtful_is_ever_drawn(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp < 0x30000; cp++) {
		char text[5] = {0};
		struct buf got = {0};
		text_put(cp, text);
		text_plain(text, &got);
		const char *at = buf_cstr(&got);
		size_t len = got.len, step;
		uint32_t shown;
		for (; (step = text_next(at, len, &shown)) != 0; at += step, len -= step) {
			assert_true(shown >= 0x20 && (shown < 0x7F || shown >= 0xA0));
			assert_false(text_format(shown));
			assert_false(text_ambiguous(shown));
		}
		buf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_is_kept),
		cmocka_unit_test(several_lines_are_kept),
		cmocka_unit_test(what_is_no_text_is_refused),
		cmocka_unit_test(doubtful_characters_are_drawn_plain),
		cmocka_unit_test(nothing_doubtful_is_ever_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
