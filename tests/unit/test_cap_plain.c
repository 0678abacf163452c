/* SPDX-License-Identifier: GPL-3.0-or-later
 * Markup goes, and what only looks like it stays.
 */
#include "format/cap_plain.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void test_plain(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{"<p>今晨有<b>暴雨</b>。</p><p>请防范。</p>", "今晨有暴雨。\n请防范。"},
		{"一<br/>二<BR>三<br />四", "一\n二\n三\n四"},
		{"<div class=\"x\">雨<span style='color:red'>红色</span></div>", "雨红色"},
		{"<ul><li>关窗</li><li>断电</li></ul>", "关窗\n断电"},
		{"<style>p{color:red}</style>雨<script>if (a<b) x()</script>停", "雨停"},
		{"雨<!-- 内部 -->停", "雨停"},
		{"A&amp;B&nbsp;&lt;5&#176;C &#x96E8;", "A&B <5°C 雨"},
		{"雨量&ge;100毫米，能见度&le;50米&plusmn;5", "雨量≥100毫米，能见度≤50米±5"},
		{"风速<5 且 >3，<重要>", "风速<5 且 >3，<重要>"},
		{"a < b & c; <x>", "a < b & c; <x>"},
		{"<p", "<p"},
		{"&#0;&#xd800;&bad;", "&#0;&#xd800;&bad;"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf out = {0};

		cap_plain(cases[i].text, &out);
		assert_string_equal(buf_cstr(&out), cases[i].plain);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
